//! Where the models agree: customers per pair of segments.

use leptos::prelude::*;

use crate::export::letter;
use crate::ui::state::{AppState, SelectMode};
use crate::ui::text::{count, fixed};
use crate::ui::widgets::SegmentName;

/// The contingency table; a cell selects its customers.
#[component]
pub(in crate::ui) fn Matrix() -> impl IntoView {
    let state = AppState::use_context();
    let table = move || {
        let (facts, comparison) = (state.facts.get()?, state.comparison.get()?);
        let n = comparison.n_clusters;
        let selection = state.selection.get();
        let selected = (!selection.is_empty())
            .then(|| comparison.contingency(|row| selection.contains(&row) && facts.visible[row]));
        let head: Vec<_> = (0..n)
            .map(|segment| view! { <th scope="col"><SegmentName segment=segment/></th> })
            .collect();
        let column_totals: Vec<_> = facts
            .contingency
            .column_totals()
            .into_iter()
            .map(|total| view! { <td>{count(total as usize)}</td> })
            .collect();
        let rows: Vec<_> = (0..n).map(|row| {
            let cells: Vec<_> = (0..n).map(|column| {
                let n_all = facts.contingency.count(row, column);
                let n_selected = selected.as_ref().map(|selected| selected.count(row, column));
                let is_chosen = n_all > 0 && n_selected == Some(n_all) && selected.as_ref().is_some_and(|selected| selected.total() == n_all);
                let (facts, comparison) = (facts.clone(), comparison.clone());
                let select = move |event: leptos::ev::MouseEvent| {
                    let pair = (row as u32, column as u32);
                    let rows = facts.rows.iter().copied().filter(|&i| (comparison.k_means.labels[i], comparison.hierarchical.labels[i]) == pair);
                    state.select(rows, SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key()));
                };
                let kind = match (n_all, row == column) {
                    (0, _) => "matrix__cell matrix__cell--none".to_owned(),
                    (_, true) => format!("matrix__cell matrix__cell--agree glyph--{}", row % 12 + 1),
                    (_, false) => "matrix__cell matrix__cell--mismatched".to_owned(),
                };
                let words = format!("{} customers: {} in K-Means, {} in Hierarchical", count(n_all as usize), letter(row), letter(column));
                let shown = match n_selected {
                    _ if n_all == 0 => "·".into_any(),
                    Some(part) if !is_chosen => view! { {count(part as usize)}<small>{format!("/{}", count(n_all as usize))}</small> }.into_any(),
                    _ => count(n_all as usize).into_any(),
                };
                view! {
                    <td><button class=kind class:matrix__cell--chosen=is_chosen class:matrix__cell--dim=n_selected == Some(0) disabled=n_all == 0 data-testid=format!("cell-{row}-{column}")
                        data-count=n_all aria-label=words.clone() title=words.clone() aria-pressed=is_chosen.to_string() on:click=select>{shown}</button></td>
                }
            }).collect();
            let total: u64 = facts.contingency.rows().nth(row).map_or(0, |row| row.iter().sum());
            view! { <tr><th scope="row"><SegmentName segment=row/></th>{cells}<td class="matrix__total">{count(total as usize)}</td></tr> }
        }).collect();
        let note = format!(
            "Rows K-Means, columns Hierarchical. Adjusted Rand index {} (1: the same segments, 0: what chance gives).",
            fixed(facts.adjusted_rand_index, 3)
        );
        Some(view! {
            <div class="matrix__scroll scroll-x">
                <table class="matrix">
                    <thead><tr><td></td>{head}<th scope="col">"All"</th></tr></thead>
                    <tbody>{rows}</tbody>
                    <tfoot><tr><th scope="row">"All"</th>{column_totals}<td data-testid="matrix-total">{count(facts.rows.len())}</td></tr></tfoot>
                </table>
            </div>
            <p class="caption matrix__note">{note}</p>
        })
    };
    view! {
        <section class="lower__panel" class:stale=move || state.is_stale() aria-label="Where the models agree">
            <header class="panel-head"><h2>"Where the models agree"</h2></header>
            {table}
        </section>
    }
}
