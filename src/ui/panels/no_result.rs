//! What stands where a result will be: that it is on its way, why there is none, or a way to have it after all.

use leptos::prelude::*;

use crate::ui::state::{AppState, Work};
use crate::words::{FIT_AGAIN, FIT_CANCELLED, FITTING};

/// Before the first result.
#[component]
pub(in crate::ui) fn NoResult() -> impl IntoView {
    let state = AppState::use_context();
    let is_idle = Memo::new(move |_| state.work.get() == Work::Idle);
    let words = move || match state.unfitted() {
        _ if !is_idle.get() => FITTING.to_owned(),
        Some(why) => why,
        None => FIT_CANCELLED.to_owned(),
    };
    let is_cancelled = move || is_idle.get() && state.unfitted().is_none();
    view! {
        <div class="empty" data-testid="no-result">
            <p>{words}</p>
            <Show when=is_cancelled>
                <button class="button" data-testid="fit-again" on:click=move |_| state.fit_where_shown()>{FIT_AGAIN}</button>
            </Show>
        </div>
    }
}
