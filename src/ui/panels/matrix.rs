//! Where the models agree: customers per pair of segments.

use leptos::prelude::*;

use super::visible::{Nobody, is_nobody};
use crate::cluster::ModelKey;
use crate::result::{Comparison, FailedModel};
use crate::session::{Decision, Pair};
use crate::ui::state::{AppState, SelectMode};
use crate::ui::widgets::{How, SegmentName, Select, keyed_options_html};
use crate::words::{
    ALL_TOGETHER, INDICES_TIP, MethodKey, NO_PAIR, ONE_MODEL, SegmentOf, WHERE_MODELS_AGREE,
    WHICH_TWO_MODELS, count, failed_sentence, matrix_cell_words, matrix_note, of_cell_words,
    pair_words, part_words,
};

/// The contingency table; a cell selects its customers.
#[component]
pub(in crate::ui) fn Matrix() -> impl IntoView {
    let state = AppState::use_context();
    let table = move || {
        let (facts, comparison, pair) = (
            state.facts.get()?,
            state.comparison.get()?,
            state.shown_pair()?,
        );
        let (of_rows, of_columns) = (state.model_name(pair.0), state.model_name(pair.1));
        let [in_rows, in_columns] = [pair.0, pair.1].map(|model| segments_of(&comparison, model));
        let segment_of = move |segment: usize, model: &'static str| SegmentOf {
            segment: state.mark(segment).segment(),
            model,
        };
        let selection = state.selection.get();
        let selected = (!selection.is_empty()).then(|| {
            comparison.contingency(pair, |row| selection.contains(row) && facts.visible[row])
        });
        let head: Vec<_> = in_columns
            .iter()
            .copied()
            .map(|segment| view! { <th scope="col"><SegmentName mark=state.mark(segment)/>{value_of(&comparison, pair.1, segment)}</th> })
            .collect();
        let totals = facts.contingency.column_totals();
        // As wide whichever part of the customers is shown or selected.
        let digits = count(comparison.n_customers).len().to_string();
        let n_columns = in_columns.len().to_string();
        let n_rows = in_rows.len().to_string();
        let column_totals: Vec<_> = in_columns
            .iter()
            .map(|&column| totals[column])
            .map(|total| view! { <td>{count(total as usize)}</td> })
            .collect();
        let rows: Vec<_> = in_rows.into_iter().map(|row| {
            let cells: Vec<_> = in_columns.iter().copied().map(|column| {
                let n_all = facts.contingency.count(row, column);
                let n_selected = selected.as_ref().map(|selected| selected.count(row, column));
                let is_chosen = n_all > 0 && n_selected == Some(n_all) && selected.as_ref().is_some_and(|selected| selected.total() == n_all);
                let (facts, comparison) = (facts.clone(), comparison.clone());
                let select = move |event: leptos::ev::MouseEvent| {
                    let (a, b) = (comparison.labels(pair.0), comparison.labels(pair.1));
                    let rows = facts.rows.iter().copied().filter(|&i| a.get(i) == Some(&(row as u32)) && b.get(i) == Some(&(column as u32)));
                    state.select(rows, SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key()));
                };
                let kind = match (n_all, row == column) {
                    (0, _) => "matrix__cell matrix__cell--none".to_owned(),
                    (_, true) => format!("matrix__cell matrix__cell--agree {}", state.mark(row).class()),
                    (_, false) => "matrix__cell matrix__cell--mismatched".to_owned(),
                };
                let words = matrix_cell_words(n_all as usize, &segment_of(row, of_rows), &segment_of(column, of_columns));
                let shown = match n_selected {
                    _ if n_all == 0 => NO_PAIR.into_any(),
                    Some(part) if !is_chosen => view! { {count(part as usize)}<small>{of_cell_words(n_all as usize)}</small> }.into_any(),
                    _ => count(n_all as usize).into_any(),
                };
                view! {
                    <td><button class=kind class:matrix__cell--chosen=is_chosen class:matrix__cell--dim=n_selected == Some(0) disabled=n_all == 0 data-testid=format!("cell-{row}-{column}")
                        data-count=n_all aria-label=words.clone() title=words.clone() aria-pressed=is_chosen.to_string() on:click=select>{shown}</button></td>
                }
            }).collect();
            let total: u64 = facts.contingency.rows().nth(row).map_or(0, |row| row.iter().sum());
            view! { <tr><th scope="row"><SegmentName mark=state.mark(row)/>{value_of(&comparison, pair.0, row)}</th>{cells}<td class="matrix__total">{count(total as usize)}</td></tr> }
        }).collect();
        let shown = part_words(facts.rows.len(), comparison.n_customers);
        let note = matrix_note(
            of_rows,
            of_columns,
            &shown,
            &facts.contingency,
            comparison.noise,
        );
        let failed: Vec<_> = comparison.failed.iter().map(failed_line).collect();
        Some(view! {
            <div class="matrix__scroll scroll-x">
                <table class="matrix" style:--digits=digits style:--columns=n_columns style:--rows=n_rows>
                    <thead><tr><td></td>{head}<th scope="col">{ALL_TOGETHER}</th></tr></thead>
                    <tbody>{rows}</tbody>
                    <tfoot><tr><th scope="row">{ALL_TOGETHER}</th>{column_totals}<td data-testid="matrix-total">{count(facts.rows.len())}</td></tr></tfoot>
                </table>
            </div>
            <p class="caption matrix__note" title=INDICES_TIP>{note}</p>
            {failed}
        })
    };
    let is_nobody = Memo::new(move |_| is_nobody(state));
    let is_alone = Memo::new(move |_| state.comparison.get().is_some_and(|it| it.is_alone()));
    let shown = move || {
        if is_alone.get() {
            view! { <Alone/> }.into_any()
        } else {
            view! { {table} }.into_any()
        }
    };
    view! {
        <section class="lower__panel" class:stale=move || state.is_stale() aria-label=WHERE_MODELS_AGREE>
            <header class="panel-head"><h2>{WHERE_MODELS_AGREE}</h2><How of=MethodKey::Agreement/><PairChoice/></header>
            <Show when=move || is_nobody.get() fallback=move || shown><Nobody/></Show>
        </section>
    }
}

/// Instead of the matrix where only one model could be fitted: nothing is shown of it with itself.
#[component]
fn Alone() -> impl IntoView {
    let state = AppState::use_context();
    let failed = move || {
        let comparison = state.comparison.get()?;
        Some(
            comparison
                .failed
                .iter()
                .map(failed_line)
                .collect::<Vec<_>>(),
        )
    };
    view! { <div class="nobody" data-testid="one-model"><p>{ONE_MODEL}</p>{failed}</div> }
}

/// Why a model is not there.
fn failed_line(failed: &FailedModel) -> impl IntoView + use<> {
    view! { <p class="caption">{failed_sentence(failed)}</p> }
}

/// Which two of the models the matrix shows.
#[component]
fn PairChoice() -> impl IntoView {
    let state = AppState::use_context();
    // No key of a model holds a space.
    let key = |(a, b): (ModelKey, ModelKey)| format!("{} {}", a.as_str(), b.as_str());
    let pairs = move || {
        let models = state.models();
        let mut pairs = Vec::new();
        for (i, &a) in models.iter().enumerate() {
            pairs.extend(models[i + 1..].iter().map(|&b| (a, b)));
        }
        pairs
    };
    let options = move || {
        let words = |(a, b)| pair_words(state.model_name(a), state.model_name(b));
        let options = pairs().into_iter().map(|pair| (key(pair), words(pair)));
        let options: Vec<_> = options.collect();
        keyed_options_html(&options, state.shown_pair().map(key).as_deref())
    };
    let choose = move |chosen: String| {
        let pair = untrack(pairs).into_iter().find(|&pair| key(pair) == chosen);
        if let Some((first, second)) = pair {
            state.decide(Decision::SetPair(Pair { first, second }));
        }
    };
    let has_choice = Memo::new(move |_| pairs().len() > 1);
    move || {
        has_choice.get().then(|| view! { <Select label=WHICH_TWO_MODELS.to_owned() id="pair" options=Signal::derive(options) on_choose=choose/> })
    }
}

/// Below a segment of a column: its value.
fn value_of(comparison: &Comparison, model: ModelKey, segment: usize) -> Option<AnyView> {
    let value = comparison
        .result(model)?
        .value_of(segment as u32)?
        .to_owned();
    Some(
        view! { <small class="matrix__value" title=value.clone()>{value.clone()}</small> }
            .into_any(),
    )
}

/// Numbers of the segments that a model has.
fn segments_of(comparison: &Comparison, model: ModelKey) -> Vec<usize> {
    let sizes = comparison.result(model).map(|result| result.sizes.iter());
    let sizes = sizes.into_iter().flatten().enumerate();
    sizes
        .filter(|(_, size)| **size > 0)
        .map(|(segment, _)| segment)
        .collect()
}
