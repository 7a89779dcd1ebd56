//! Name, screens, steps back and forth, privacy, theme, what can be saved.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::privacy::Privacy;
use super::save_menu::SAVE_MENU;
use crate::session::Screen;
use crate::ui::later;
use crate::ui::state::{AppState, Step};
use crate::ui::widgets::{Icon, IconKind};
use crate::words::screen_name;

/// The bar at the top; on a phone its tabs stand at the bottom.
#[component]
pub(in crate::ui) fn TopBar() -> impl IntoView {
    let state = AppState::use_context();
    let dialog = NodeRef::<Dialog>::new();
    let has_data = move || state.dataset.with(Option::is_some);
    let go_to = move |screen: Screen| {
        if has_data() {
            later::go_to(state, screen);
        }
    };
    let tab = move |screen: Screen, icon: IconKind| {
        let is_on = move || {
            state.screen.get() == screen
                || (screen == Screen::Data && state.screen.get() == Screen::Start)
        };
        view! {
            <button class="tab" class:tab--on=is_on aria-current=move || is_on().then_some("page")
                disabled=move || screen != Screen::Data && !has_data() on:click=move |_| go_to(screen)>
                <span class="tab__icon"><Icon kind=icon/></span>{screen_name(screen)}
            </button>
        }
    };
    let open_privacy = move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
            && dialog.show_modal().is_err()
        {
            leptos::logging::warn!("the dialog could not be opened");
        }
    };
    let close_privacy = move |_| {
        if let Some(dialog) = dialog.get() {
            dialog.close();
        }
    };
    view! {
        <header class="bar">
            <button class="brand" on:click=move |_| go_to(Screen::Start) aria-label="Seamline, open another file">
                <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
                    <path d="M8 1.5a7.5 7.5 0 0 0 0 15z" fill="currentColor"></path>
                    <path d="M10 1.5a7.5 7.5 0 0 1 0 15" fill="none" stroke="currentColor" stroke-width="1.5"></path>
                    <path d="M10 2v14" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 2" fill="none"></path>
                </svg>
                "Seamline"
            </button>
            <nav class="tabs" aria-label="Screens">
                {tab(Screen::Data, IconKind::Table)}
                {tab(Screen::Compare, IconKind::Compare)}
                {tab(Screen::Segments, IconKind::Segments)}
            </nav>
            <div class="bar__right">
                <div class="bar__steps" role="group" aria-label="Decisions"><StepButton step=Step::Undo/><StepButton step=Step::Redo/></div>
                <button class="privacy-link" on:click=open_privacy><Icon kind=IconKind::Lock/><span>"Nothing has left this tab"</span></button>
                <button class="icon-button" aria-label=move || if state.dark.get() { "Use the light theme" } else { "Use the dark theme" }
                    on:click=move |_| state.toggle_theme()><Icon kind=IconKind::Theme/></button>
                <button class="button" data-testid="save" aria-haspopup="true" popovertarget=SAVE_MENU disabled=move || !has_data()
                    title="Save the project, the rows with their segments, or the result">
                    <Icon kind=IconKind::Download/><span>"Save"</span>
                </button>
                <div class="menu" id=SAVE_MENU popover="auto">{move || state.has_engine.get().then(later::save_menu)}</div>
            </div>
        </header>
        <dialog class="dialog" node_ref=dialog aria-label="Privacy">
            <Privacy/>
            <button class="button" on:click=close_privacy>"Close"</button>
        </dialog>
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
        Step::Undo => (
            "undo",
            IconKind::Undo,
            "Nothing to undo",
            "Control+Z Meta+Z",
        ),
        Step::Redo => (
            "redo",
            IconKind::Redo,
            "Nothing to redo",
            "Control+Shift+Z Meta+Shift+Z Control+Y",
        ),
    };
    let words = Memo::new(move |_| state.step_words(step));
    let tip = move || words.get().unwrap_or_else(|| nothing.to_owned());
    view! {
        <button class="icon-button" data-testid=id title=tip aria-label=tip aria-keyshortcuts=keys
            disabled=move || words.with(Option::is_none) on:click=move |_| later::step(state, step)><Icon kind=icon/></button>
    }
}
