//! How far down the splits of the tree are told from chance, below the reasons for a number of segments.

use leptos::prelude::*;

use crate::questions::QuestionKind;
use crate::ui::panels::asked::Asked;
use crate::ui::state::AppState;
use crate::ui::widgets::How;
use crate::words::{MethodKey, TREE_TIP, tree_words};

/// The sentences, or why they are not there yet.
#[component]
pub(super) fn TreeFloor() -> impl IntoView {
    let state = AppState::use_context();
    let words = move || {
        let shown = state.tree_shown()?;
        let words = tree_words(&shown.answer, state.n_clusters()?);
        Some(view! { {words}" "<How of=MethodKey::Tree/> })
    };
    let is_old = move || state.tree_shown().is_some_and(|shown| shown.is_old);
    view! {
        <Asked kind=QuestionKind::Tree/>
        <p class="caption" data-testid="tree-floor" title=TREE_TIP class:stale=is_old>{words}</p>
    }
}
