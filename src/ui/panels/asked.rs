//! What stands where an answer is not there yet: what is being done, or why there is none and a way to ask again.

use leptos::prelude::*;

use crate::questions::QuestionKind;
use crate::result::{Failure, Remote};
use crate::ui::state::AppState;
use crate::words::{
    ASK_AGAIN, CANCELLED, STOPPED, error_sentence, going_on_words, not_possible_sentence,
};

/// The state of the last question of a kind; nothing once its answer is there, or before it is asked.
#[component]
pub(in crate::ui) fn Asked(
    /// Which.
    kind: QuestionKind,
) -> impl IntoView {
    let state = AppState::use_context();
    move || {
        let (words, is_lost) = match state.asked(kind) {
            Remote::Idle | Remote::Ready(()) => return None,
            Remote::Running { stage, .. } => (going_on_words(stage), false),
            Remote::NotPossible(reason) => (not_possible_sentence(&reason), false),
            Remote::Failed(Failure::Cancelled) => (CANCELLED.to_owned(), true),
            Remote::Failed(Failure::Stopped) => (STOPPED.to_owned(), true),
            Remote::Failed(Failure::Refused(error)) => (error_sentence(&error), true),
        };
        let again = is_lost.then(|| {
            view! { <button class="link" data-testid=format!("ask-again-{kind:?}") on:click=move |_| state.ask_once_more(kind)>{ASK_AGAIN}</button> }
        });
        Some(
            view! { <p class="caption asked" data-testid=format!("asked-{kind:?}")>{words}" "{again}</p> },
        )
    }
}
