//! The list of customers: the mismatched first, or the selected, or all. Sorted on any column, virtual rows.

use std::cmp::Ordering;

use leptos::html::Div;
use leptos::prelude::*;

use super::bands::BandTable;
use super::claims::Claims;
use super::summary::Summary;
use super::what_if::OtherChoices;
use crate::numeric::order_by;
use crate::session::{ListMode, ListScope, Sort, SortKey};
use crate::ui::hooks::use_size;
use crate::ui::state::{AppState, SelectMode};
use crate::ui::widgets::{SegmentName, Segmented, position_of};
use crate::words::{compact, count, fixed};

/// Height of a row in CSS pixels; the style sheet uses the same.
const ROW_HEIGHT: f64 = 27.0;
/// Columns beside the customer and the segments.
const MAX_COLUMNS: usize = 6;

/// The panel below the plots.
#[component]
pub(in crate::ui) fn Customers() -> impl IntoView {
    let state = AppState::use_context();
    let mode = state.looks_at(|look| look.list);
    let listed = state.looks_at(|look| look.scope);
    let title = move || match (mode.get(), listed.get()) {
        (ListMode::List, ListScope::Selected) => "Selected customers",
        (ListMode::List, ListScope::All) => "All customers",
        (ListMode::List | ListMode::Summary, _) => "Mismatched customers",
        (ListMode::Bands, _) => "Bands",
        (ListMode::Claims, _) => "Claims",
        (ListMode::WhatIf, _) => "Other choices",
    };
    let n = move |scope: ListScope| rows_of(state, scope).len();
    let scope_button = move |scope: ListScope, words: &'static str| {
        view! {
            <button class="chip" class:chip--on=move || listed.get() == scope aria-pressed=move || (listed.get() == scope).to_string() disabled=move || n(scope) == 0 && listed.get() != scope
                on:click=move |_| state.list_those(scope)><span>{words}</span><b>{move || count(n(scope))}</b></button>
        }
    };
    view! {
        <section class="lower__panel" class:stale=move || state.is_stale() aria-label="Customers">
            <header class="panel-head">
                <h2>{title}</h2>
                <Segmented label="What to show".to_owned() options=vec!["List", "Summary", "Bands", "Claims", "What if"] chosen=Signal::derive(move || position_of(&ListMode::ALL, &mode.get())) on_choose=move |position: usize| if let Some(chosen) = ListMode::ALL.get(position) { state.look(|look| look.list = *chosen); }/>
                <Show when=move || mode.get() == ListMode::List>
                    <div class="chips chips--row" role="group" aria-label="Which customers">
                        {scope_button(ListScope::Mismatched, "Mismatched")}{scope_button(ListScope::Selected, "Selected")}{scope_button(ListScope::All, "All")}
                    </div>
                </Show>
            </header>
            {move || match mode.get() {
                ListMode::List => view! { <List/> }.into_any(),
                ListMode::Summary => view! { <Summary/> }.into_any(),
                ListMode::Bands => view! { <BandTable/> }.into_any(),
                ListMode::Claims => view! { <Claims/> }.into_any(),
                ListMode::WhatIf => view! { <OtherChoices/> }.into_any(),
            }}
        </section>
    }
}

fn rows_of(state: AppState, scope: ListScope) -> Vec<usize> {
    let Some(facts) = state.facts.get() else {
        return Vec::new();
    };
    match scope {
        ListScope::Mismatched => facts.mismatched.clone(),
        ListScope::All => facts.rows.clone(),
        ListScope::Selected => {
            let selection = state.selection.get();
            selection
                .iter()
                .filter(|&row| facts.visible.get(row).copied().unwrap_or(false))
                .collect()
        }
    }
}

#[component]
fn List() -> impl IntoView {
    let state = AppState::use_context();
    let sort = state.looks_at(|look| look.sort.clone());
    let columns = Memo::new(move |_| {
        let features = state
            .comparison
            .get()
            .map(|comparison| comparison.features.clone())
            .unwrap_or_default();
        let others = state
            .numeric_names()
            .into_iter()
            .filter(|name| !features.contains(name))
            .collect::<Vec<_>>();
        features
            .into_iter()
            .chain(others)
            .take(MAX_COLUMNS)
            .collect::<Vec<_>>()
    });
    let models = Memo::new(move |_| state.models());
    let listed = state.looks_at(|look| look.scope);
    let rows = Memo::new(move |_| {
        let mut rows = rows_of(state, listed.get());
        let Sort { by, is_ascending } = sort.get();
        state.view(|view| {
            let compare: Box<dyn Fn(usize, usize) -> Ordering> = match &by {
                SortKey::Customer => Box::new(|a: usize, b: usize| a.cmp(&b)),
                SortKey::Number(name) => {
                    let values = view.numbers(name).unwrap_or_default();
                    let value = |row: usize| values.get(row).copied().unwrap_or(f64::NAN);
                    Box::new(move |a, b| value(a).total_cmp(&value(b)))
                }
                SortKey::Keeps => {
                    let noise = state.noise();
                    let keeps = move |row| {
                        noise
                            .as_ref()
                            .and_then(|noise| noise.keeps(row))
                            .unwrap_or(-1.0)
                    };
                    Box::new(move |a, b| keeps(a).total_cmp(&keeps(b)))
                }
                SortKey::Times => {
                    let found = state.what_if();
                    let times = move |row| found.as_ref().and_then(|found| found.times_of(row));
                    Box::new(move |a, b| times(a).cmp(&times(b)))
                }
                SortKey::Segment(model) => {
                    let labels = view.comparison.labels(*model);
                    Box::new(|a, b| labels.get(a).cmp(&labels.get(b)))
                }
            };
            // Rows ascend already, so equal ones stay in the order of the file.
            let order = order_by(rows.len(), &mut |a, b| {
                let (a, b) = (rows[a], rows[b]);
                if is_ascending {
                    compare(a, b)
                } else {
                    compare(b, a)
                }
            });
            rows = order.into_iter().map(|at| rows[at as usize]).collect();
        });
        rows
    });
    let set_sort = move |key: SortKey| {
        state.look(|look| look.sort = look.sort.clicked(key));
    };
    let head = move |key: SortKey, words: String, numeric: bool| {
        let (for_aria, for_arrow) = (key.clone(), key.clone());
        let aria = move || {
            sort.with(|Sort { by, is_ascending }| {
                if *by == for_aria {
                    if *is_ascending {
                        "ascending"
                    } else {
                        "descending"
                    }
                } else {
                    "none"
                }
            })
        };
        let arrow = move || {
            sort.with(|Sort { by, is_ascending }| {
                if *by == for_arrow {
                    if *is_ascending { " ▴" } else { " ▾" }
                } else {
                    ""
                }
            })
        };
        view! { <th scope="col" class:num=numeric aria-sort=aria><button class="table__sort" title=words.clone() on:click=move |_| set_sort(key.clone())>{words.clone()}{arrow}</button></th> }
    };
    let stage = NodeRef::<Div>::new();
    let size = use_size(stage);
    let scrolled = RwSignal::new(0.0);
    let window = Memo::new(move |_| {
        let n = rows.with(Vec::len);
        let first = ((scrolled.get() / ROW_HEIGHT) as usize)
            .saturating_sub(5)
            .min(n);
        let last = (first + (size.get().1 / ROW_HEIGHT) as usize + 12).min(n);
        (first, last, n)
    });
    let body = move || {
        let (first, last, n) = window.get();
        let (columns, comparison) = (columns.get(), state.comparison.get()?);
        let rows = rows.with(|rows| rows.get(first..last).unwrap_or_default().to_vec());
        let n_cells = columns.len() + 3 + comparison.models.len();
        let noise = state.noise();
        let tried = state.what_if();
        let spacer = move |height: f64| {
            (height > 0.0).then(|| view! { <tr aria-hidden="true" class="table__spacer"><td colspan=n_cells style:height=format!("{height}px")></td></tr> })
        };
        let shown: Vec<_> = rows.into_iter().enumerate().map(|(i, row)| {
            let values = state.view(|view| columns.iter().map(|name| view.numbers(name).map_or(f64::NAN, |values| values[row])).collect::<Vec<_>>()).unwrap_or_default();
            let numbers: Vec<_> = values.into_iter().map(|value| view! { <td class="num">{compact(value)}</td> }).collect();
            let mismatched = comparison.is_mismatched(row);
            let segments: Vec<_> = comparison.models.iter().map(|result| {
                let segment = result.labels[row] as usize;
                view! { <td class:table__differs=mismatched><SegmentName mark=state.mark(segment)/></td> }
            }).collect();
            let is_on = move || [state.hover.get(), state.open.get()].contains(&Some(row));
            let select = move |event: leptos::ev::MouseEvent| {
                let mode = SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key());
                state.select_listed(row, mode);
                state.open_if_alone(row, mode);
            };
            let name = state.customer_name(row);
            view! {
                <tr class="table__row" on:click=select class:table__row--on=is_on aria-rowindex=first + i + 2 data-row=row on:mouseenter=move |_| state.point_at(Some(row)) on:mouseleave=move |_| state.point_at(None)>
                    <th scope="row"><button class="table__pick" data-testid="customer" on:focus=move |_| state.point_at(Some(row))>{name}{mismatched.then(|| view! { <i class="ring ring--small" title="mismatched"></i> })}</button></th>
                    {numbers}{segments}{noise.as_ref().map(|noise| view! { <td class="num">{noise.keeps(row).map_or_else(String::new, percent_of)}</td> })}
                    {tried.as_ref().map(|tried| view! { <td class="num">{tried.times_of(row).map(|times| format!("{} of {}", count(times), count(tried.tried.len())))}</td> })}
                </tr>
            }
        }).collect();
        Some(
            view! { {spacer(first as f64 * ROW_HEIGHT)}{shown}{spacer((n - last) as f64 * ROW_HEIGHT)} },
        )
    };
    let on_scroll = move |_| {
        if let Some(stage) = stage.get() {
            scrolled.set(f64::from(stage.scroll_top()));
        }
    };
    let empty = move || {
        rows.with(Vec::is_empty).then(|| {
            let words = match listed.get() {
                ListScope::Mismatched => {
                    "The models place every visible customer in the same segment."
                }
                ListScope::Selected => {
                    "No customer is selected. Click a mark, a row or a cell of the matrix."
                }
                ListScope::All => "No customer passes the filters.",
            };
            view! { <p class="empty">{words}</p> }
        })
    };
    view! {
        <div class="scroll-both" node_ref=stage on:scroll=on_scroll tabindex="0" role="region" aria-label="List of customers">
            <table class="table table--sticky customers" aria-rowcount=move || (rows.with(Vec::len) + 1).to_string() data-testid="customer-list" data-count=move || rows.with(Vec::len)>
                <thead><tr>
                    {head(SortKey::Customer, "Customer".to_owned(), false)}
                    {move || columns.get().into_iter().map(|name| head(SortKey::Number(name.clone()), name, true)).collect::<Vec<_>>()}
                    {move || models.get().into_iter().map(|model| head(SortKey::Segment(model), state.model_name(model).to_owned(), false)).collect::<Vec<_>>()}
                    {move || state.noise().is_some().then(|| head(SortKey::Keeps, "Keeps segment".to_owned(), true))}
                    {move || state.what_if().is_some().then(|| head(SortKey::Times, "Mismatched in".to_owned(), true))}
                </tr></thead>
                <tbody>{body}</tbody>
            </table>
            {empty}
        </div>
    }
}

/// A share as whole percent.
fn percent_of(share: f64) -> String {
    format!("{} %", fixed(share * 100.0, 0))
}
