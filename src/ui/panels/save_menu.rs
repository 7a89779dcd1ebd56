//! The kinds of files that can be saved.

use leptos::prelude::*;

use crate::export::Format;
use crate::ui::state::AppState;
use crate::words::{NO_RESULT_YET, SAVE_KEYS, format_name, format_tip};

/// Name of the menu, which the button that opens it knows.
pub(in crate::ui) const SAVE_MENU: &str = "save-menu";

/// A line for each kind of file. The menu closes when one is chosen.
#[component]
pub(in crate::ui) fn SaveMenu() -> impl IntoView {
    let state = AppState::use_context();
    let line = |format: Format| {
        let is_possible = move || !format.needs_result() || state.comparison.with(Option::is_some);
        let tip = move || {
            if is_possible() {
                format_tip(format)
            } else {
                NO_RESULT_YET
            }
        };
        let keys = (format == Format::Project).then_some(SAVE_KEYS);
        view! {
            <button class="menu__line" data-testid=format!("export{}", id_of(format)) title=tip popovertarget=SAVE_MENU popovertargetaction="hide"
                disabled=move || !is_possible() on:click=move |_| state.export(format)>
                <span>{format_name(format)}</span><kbd>{keys}</kbd>
            </button>
        }
    };
    Format::ALL
        .iter()
        .map(|format| line(*format))
        .collect::<Vec<_>>()
}

/// The ending of its files, as a part of a name.
fn id_of(format: Format) -> String {
    format.ending().replace(['.', '_'], "-")
}
