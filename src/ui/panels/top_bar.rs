//! What the bar at the top holds beside what `index.html` has there: screens, steps back and forth, what can be saved.

use leptos::prelude::*;

use super::save_menu::{SAVE_MENU, SaveMenu};
use crate::session::Screen;
use crate::ui::state::{AppState, Step};
use crate::ui::widgets::{Icon, IconKind};
use crate::words::{NOTHING_TO_REDO, NOTHING_TO_UNDO, SAVE, SAVE_TIP, screen_name};

/// The screens of a file.
#[component]
pub(in crate::ui) fn Tabs() -> impl IntoView {
    let state = AppState::use_context();
    let has_data = move || state.dataset.with(Option::is_some);
    let tab = move |screen: Screen, icon: IconKind| {
        let is_on = move || {
            state.screen.get() == screen
                || (screen == Screen::Data && state.screen.get() == Screen::Start)
        };
        let go = move |_| {
            if has_data() {
                state.go_to(screen);
            }
        };
        view! {
            <button class="tab" data-words=screen_name(screen) class:tab--on=is_on aria-current=move || is_on().then_some("page")
                disabled=move || screen != Screen::Data && !has_data() on:click=go>
                <span class="tab__icon"><Icon kind=icon/></span>{screen_name(screen)}
            </button>
        }
    };
    [
        (Screen::Data, IconKind::Table),
        (Screen::Compare, IconKind::Compare),
        (Screen::Segments, IconKind::Segments),
    ]
    .map(|(screen, icon)| tab(screen, icon))
    .collect_view()
}

/// Steps back and forth through what was decided.
#[component]
pub(in crate::ui) fn Steps() -> impl IntoView {
    view! { <StepButton step=Step::Undo/><StepButton step=Step::Redo/> }
}

/// What can be saved.
#[component]
pub(in crate::ui) fn Save() -> impl IntoView {
    let state = AppState::use_context();
    view! {
        <button class="button" data-testid="save" aria-haspopup="true" popovertarget=SAVE_MENU disabled=move || state.dataset.with(Option::is_none)
            title=SAVE_TIP>
            <Icon kind=IconKind::Download/><span>{SAVE}</span>
        </button>
        <div class="menu" id=SAVE_MENU popover="auto"><SaveMenu/></div>
    }
}

/// Goes a step back or forth; its tip names the step.
#[component]
fn StepButton(
    /// Which.
    step: Step,
) -> impl IntoView {
    let state = AppState::use_context();
    let (id, icon, nothing, keys) = match step {
        Step::Undo => ("undo", IconKind::Undo, NOTHING_TO_UNDO, "Control+Z Meta+Z"),
        Step::Redo => (
            "redo",
            IconKind::Redo,
            NOTHING_TO_REDO,
            "Control+Shift+Z Meta+Shift+Z Control+Y",
        ),
    };
    let words = Memo::new(move |_| state.step_words(step));
    let tip = move || words.get().unwrap_or_else(|| nothing.to_owned());
    view! {
        <button class="icon-button" data-testid=id title=tip aria-label=tip aria-keyshortcuts=keys
            disabled=move || words.with(Option::is_none) on:click=move |_| state.step(step)><Icon kind=icon/></button>
    }
}
