//! One sentence about what went wrong, until it is read.

use leptos::prelude::*;

use crate::ui::state::AppState;
use crate::ui::widgets::{Icon, IconKind};
use crate::words::CLOSE_MESSAGE;

/// The last error, within the part of the page that announces it at once.
#[component]
pub(in crate::ui) fn Notice() -> impl IntoView {
    let state = AppState::use_context();
    move || {
        state.notice.get().map(|sentence| view! {
            <div class="notice notice--error">
                <p>{sentence}</p>
                <button class="icon-button" aria-label=CLOSE_MESSAGE on:click=move |_| state.dismiss_notice()>
                    <Icon kind=IconKind::Close/>
                </button>
            </div>
        })
    }
}
