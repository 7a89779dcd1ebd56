//! What the page needs only once the engine has spoken. The build cuts the page's wasm in two here: all that is reached
//! through these functions alone is loaded behind the first paint (`xtask/split` names them). They are never inlined.

use leptos::prelude::*;

use super::panels::{Compare, Data, Segments};
use super::state::{AppState, Screen};
use super::widgets::InTurn;
use crate::result::EngineError;
use crate::words;
use crate::worker::Outcome;

/// A screen of a file.
#[inline(never)]
pub(super) fn screen(screen: Screen) -> AnyView {
    match screen {
        Screen::Start => ().into_any(),
        Screen::Data => view! { <Data/> }.into_any(),
        // Leaving the review of the columns is a task's work of its own.
        Screen::Compare => view! { <InTurn><Compare/></InTurn> }.into_any(),
        Screen::Segments => view! { <InTurn><Segments/></InTurn> }.into_any(),
    }
}

/// Shows what the engine found.
#[inline(never)]
pub(super) fn show(state: AppState, outcome: Outcome) {
    state.show(outcome);
}

/// What the engine could not do, in a sentence.
#[inline(never)]
pub(super) fn sentence(error: &EngineError) -> String {
    words::error_sentence(error)
}
