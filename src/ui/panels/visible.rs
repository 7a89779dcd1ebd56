//! What says whether numbers are old or follow the filters, and what stands where nobody passes them.

use leptos::prelude::*;

use crate::session::Decision;
use crate::ui::state::AppState;
use crate::words::{ALL_CUSTOMERS, NOBODY, OLD_RESULT, SHOW_EVERYONE};

/// Names what is on the screen old while it is: its room is always there.
#[component]
pub(in crate::ui) fn OldResult() -> impl IntoView {
    let state = AppState::use_context();
    view! { <span class="old" class:old--on=move || state.is_stale() data-testid="old-result">{OLD_RESULT}</span> }
}

/// Beside what counts all customers: says so while a filter hides some.
#[component]
pub(in crate::ui) fn OfAll() -> impl IntoView {
    let state = AppState::use_context();
    view! { <span class="of-all">{move || state.hides().then_some(ALL_CUSTOMERS)}</span> }
}

/// Whether there is a result and nobody of it is visible.
pub(in crate::ui) fn is_nobody(state: AppState) -> bool {
    state
        .facts
        .with(|facts| facts.as_ref().is_some_and(|facts| facts.rows.is_empty()))
}

/// Instead of what would be shown of nobody: the sentence, and the way back.
#[component]
pub(in crate::ui) fn Nobody() -> impl IntoView {
    let state = AppState::use_context();
    view! {
        <div class="nobody" data-testid="nobody"><p>{NOBODY}</p>
            <button class="button" on:click=move |_| { state.decide(Decision::ClearFilters); }>{SHOW_EVERYONE}</button></div>
    }
}
