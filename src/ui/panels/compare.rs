//! The models side by side.

use leptos::prelude::*;

use super::customers::Customers;
use super::inspector::Inspector;
use super::kept_out::LeaveSelected;
use super::legend::{Axes, Legend};
use super::matrix::Matrix;
use super::no_result::NoResult;
use super::plot::Plot;
use super::rail::Rail;
use super::strip::Strip;
use super::verdict::Verdict;
use super::visible::{Nobody, OldResult, is_nobody};
use crate::cluster::ModelKey;
use crate::ui::state::AppState;
use crate::ui::widgets::{Icon, IconKind, InTurn, Segmented, position_of};
use crate::words::{
    CLEAR, CLEAR_KEY, FIRST_CARD, FIRST_CARD_KEY, MODEL, NO_CARD, NO_CARD_LABEL, NO_SELECTION,
    SETTINGS, SHOW_RESULT, selection_words,
};

/// The dashboard.
#[component]
pub(in crate::ui) fn Compare() -> impl IntoView {
    let state = AppState::use_context();
    let settings_open = RwSignal::new(false);
    let models = Memo::new(move |_| state.models());
    let plotted = state.looks_at(|look| look.plotted);
    let shown_on_phone = Signal::derive(move || {
        let plotted = plotted.get();
        models.with(|models| plotted.map_or(0, |plotted| position_of(models, &plotted)))
    });
    let is_on_phone = move |model: ModelKey| {
        models.with(|models| models.get(shown_on_phone.get()) == Some(&model))
    };
    let show_on_phone = move |at: usize| {
        let plotted = models.with_untracked(|models| models.get(at).copied());
        state.look(|look| look.plotted = plotted);
    };
    let has_result = move || state.comparison.with(Option::is_some);
    let is_open = Memo::new(move |_| state.open.get().is_some());
    view! {
        <div class="compare" class:compare--settings=settings_open class:compare--card=move || state.open.get().is_some()>
            <div class="compare__settings"><Rail/><div class="phone-only compare__done"><button class="button button--primary" on:click=move |_| settings_open.set(false)>{SHOW_RESULT}</button></div></div>
            <main class="compare__main">
                <Show when=has_result fallback=|| view! { <NoResult/> }>
                    <InTurn><Strip/></InTurn>
                    <InTurn><Verdict/></InTurn>
                    <InTurn><Legend/></InTurn>
                    <div class="phone-only phone-switch">
                        {move || view! { <Segmented label=MODEL.to_owned() options=models.get().into_iter().map(|model| state.model_name(model)).collect() chosen=shown_on_phone on_choose=show_on_phone/> }}
                        <button class="button" on:click=move |_| settings_open.set(true)><Icon kind=IconKind::Filters/>{SETTINGS}</button>
                    </div>
                    <Tools/>
                    <div class="plots" class:stale=move || state.is_stale()>
                        <For each=move || models.get() key=|model| *model let:model>
                            <div class="plots__place" class:plots__place--on-phone=move || is_on_phone(model)><InTurn><Plot model=model/></InTurn></div>
                        </For>
                        <Show when=move || is_nobody(state)><Nobody/></Show>
                    </div>
                    <div class="lower"><InTurn><Matrix/></InTurn><InTurn><Customers/></InTurn></div>
                </Show>
            </main>
            <Show when=move || is_open.get() fallback=|| view! { <NoCard/> }><Inspector/></Show>
        </div>
    }
}

/// Who is selected, and what the plots show. It stands there whether somebody is selected or not.
#[component]
fn Tools() -> impl IntoView {
    view! { <div class="tools"><Selected/><OldResult/><InTurn><Axes/></InTurn></div> }
}

/// What stands in the place of the card while none is open.
#[component]
fn NoCard() -> impl IntoView {
    let state = AppState::use_context();
    let is_none = move || state.facts.get().is_none_or(|it| it.mismatched.is_empty());
    view! {
        <aside class="inspector inspector--none" aria-label=NO_CARD_LABEL>
            <h2>{NO_CARD_LABEL}</h2>
            <p>{NO_CARD}</p>
            <button class="button" data-testid="first-card" disabled=is_none on:click=move |_| state.open_first_card()>{FIRST_CARD}<kbd>{FIRST_CARD_KEY}</kbd></button>
        </aside>
    }
}

/// How many customers are selected, and how many of them are mismatched.
#[component]
fn Selected() -> impl IntoView {
    let state = AppState::use_context();
    let words = move || {
        let (selection, facts) = (state.selection.get(), state.facts.get()?);
        let visible = selection
            .iter()
            .filter(|&row| facts.visible.get(row).copied().unwrap_or(false))
            .count();
        let mismatched = facts
            .mismatched
            .iter()
            .filter(|&&row| selection.contains(row))
            .count();
        let hidden = selection.len() - visible;
        (!selection.is_empty()).then(|| selection_words(visible, mismatched, hidden))
    };
    let words = Memo::new(move |_| words());
    view! {
        <div class="selection" class:selection--on=move || words.get().is_some()>
            <span role="status" data-testid="selection" title=move || words.get()>{move || words.get()}</span>
            <small class="phone-only selection__none" hidden=move || words.get().is_some()>{NO_SELECTION}</small>
            <LeaveSelected/>
            <button class="button" on:click=move |_| state.clear_selection()>{CLEAR}<kbd>{CLEAR_KEY}</kbd></button>
        </div>
    }
}
