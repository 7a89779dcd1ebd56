//! What stands where a result will be: that it is on its way, why there is none, or a way to have it after all.

use leptos::prelude::*;

use super::models::leave_out;
use crate::ui::state::{AppState, Work};
use crate::words::{FIT_AGAIN, FITTING, NOT_FITTED};

/// Before the first result.
#[component]
pub(in crate::ui) fn NoResult() -> impl IntoView {
    let state = AppState::use_context();
    let is_idle = Memo::new(move |_| state.work.get() == Work::Idle);
    let words = move || match state.unfitted() {
        Some((why, failed)) => view! { <p>{why}</p>{leave_out(state, &failed)} }.into_any(),
        None if is_idle.get() => view! { <p>{NOT_FITTED}</p> }.into_any(),
        None => view! { <p>{FITTING}</p> }.into_any(),
    };
    let is_open = move || is_idle.get() && state.unfitted().is_none();
    view! {
        <div class="empty" data-testid="no-result">
            {words}
            <Show when=is_open>
                <button class="button" data-testid="fit-again" on:click=move |_| state.fit_where_shown()>{FIT_AGAIN}</button>
            </Show>
        </div>
    }
}
