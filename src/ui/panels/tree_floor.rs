//! How far down the splits of the tree are told from chance, below the reasons for a number of segments.

use leptos::prelude::*;

use crate::quality::TreeSplits;
use crate::questions::QuestionKind;
use crate::ui::panels::asked::Asked;
use crate::ui::state::AppState;
use crate::ui::widgets::{How, escaped, joined};
use crate::words::{MethodKey, SPLIT_HEADS, TREE_SPLITS, TREE_TIP, split_row, tree_words};

/// The sentences, or why they are not there yet; and the splits in a table.
#[component]
pub(super) fn TreeFloor() -> impl IntoView {
    let state = AppState::use_context();
    let words = move || {
        let shown = state.tree_shown()?;
        let words = tree_words(&shown.answer, state.n_clusters()?);
        Some(view! { {words}" "<How of=MethodKey::Tree/> })
    };
    let is_old = move || state.tree_shown().is_some_and(|shown| shown.is_old);
    let table = move || {
        let shown = state.tree_shown()?;
        shown.answer.splits.as_ref().map(table_html)
    };
    let has_none = move || table().is_none();
    view! {
        <Asked kind=QuestionKind::Tree/>
        <p class="caption" data-testid="tree-floor" title=TREE_TIP class:stale=is_old>{words}</p>
        <details class="criteria" class:criteria--none=has_none class:stale=is_old data-testid="tree-splits"><summary>{TREE_SPLITS}</summary><table class="criteria__table" inner_html=table></table></details>
    }
}

/// One row per split that was examined; those told from chance are in bold.
fn table_html(splits: &TreeSplits) -> String {
    let heads = SPLIT_HEADS.iter().map(|head| {
        let tip = escaped(head.tip);
        format!("<th scope=col title=\"{tip}\">{}</th>", head.words)
    });
    let rows = splits.splits.iter().map(|split| {
        let class = if split.is_told {
            " class=criteria__best"
        } else {
            ""
        };
        let [to, cells @ ..] = split_row(split);
        let cells = cells.map(|cell| escaped(&cell)).join("</td><td>");
        format!("<tr{class}><th scope=row>{to}</th><td>{cells}</td></tr>")
    });
    format!(
        "<thead><tr>{}</tr></thead><tbody>{}</tbody>",
        joined(heads),
        joined(rows)
    )
}
