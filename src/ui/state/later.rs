//! What the state needs only once the engine has spoken: the build cuts the page's wasm here as it does in
//! [`later`](crate::ui::later). These functions are never inlined.

use super::{AppState, Source};
use crate::result::EngineError;
use crate::session::{Decision, DecisionError};
use crate::words;
use crate::worker::{Outcome, Request};

/// Shows what the engine found.
#[inline(never)]
pub(super) fn show(state: AppState, request: &Request, outcome: Outcome) {
    state.show(request, outcome);
}

/// Gives up the work in hand.
#[inline(never)]
pub(super) fn cancel(state: AppState) {
    state.go_back();
}

/// Opens a file together with the project that waits for it.
#[inline(never)]
pub(super) fn open_with_project(state: AppState, source: Source) {
    state.open_with_project(source);
}

/// A project cannot be opened, since its file cannot be read.
#[inline(never)]
pub(super) fn forget_opening(state: AppState) {
    state.forget_opening();
}

/// What would be taken back, in words.
#[inline(never)]
pub(super) fn undo_words(decision: &Decision) -> String {
    words::undo_words(decision)
}

/// What would be decided again, in words.
#[inline(never)]
pub(super) fn redo_words(decision: &Decision) -> String {
    words::redo_words(decision)
}

/// What is asked before decisions are let go.
#[inline(never)]
pub(super) fn letting_go_words(name: &str) -> String {
    words::letting_go_words(name)
}

/// What the engine could not do, in a sentence.
#[inline(never)]
pub(super) fn sentence(error: &EngineError) -> String {
    words::error_sentence(error)
}

/// Why something cannot be decided now, in a sentence.
#[inline(never)]
pub(super) fn reason(error: &DecisionError) -> String {
    words::decision_sentence(error)
}
