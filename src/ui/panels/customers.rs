//! The list of customers: the mismatched first, or the selected, or all. Sorted on any column, virtual rows.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::bands::BandTable;
use super::claims::Claims;
use super::summary::Summary;
use super::what_if::OtherChoices;
use crate::session::{ListMode, ListScope, Sort, SortKey};
use crate::ui::state::{AppState, SelectMode, Shared};
use crate::ui::widgets::{
    Segmented, TableColumn, TableRow, VirtualTable, escaped, position_of, segment_html,
};
use crate::view::{ListOrder, SortValues, ViewFacts};
use crate::words::{
    KEEPS_COLUMN, LIST_LABEL, LIST_MODES_LABEL, LIST_SCOPES_LABEL, MISMATCHED_TIP, PERSON_COLUMN,
    TIMES_COLUMN, columns_left_out, compact, count, empty_list_sentence, fixed, list_mode_name,
    list_scope_name, list_title, times_words,
};

/// Columns beside the customer and the segments: more would make each row dear to draw.
const MAX_COLUMNS: usize = 24;

/// The panel below the plots.
#[component]
pub(in crate::ui) fn Customers() -> impl IntoView {
    let state = AppState::use_context();
    let mode = state.looks_at(|look| look.list);
    let listed = state.looks_at(|look| look.scope);
    let n = move |scope: ListScope| listed_rows(state, scope).rows().len();
    let scope_button = move |scope: ListScope| {
        view! {
            <button class="chip" class:chip--on=move || listed.get() == scope aria-pressed=move || (listed.get() == scope).to_string() disabled=move || n(scope) == 0 && listed.get() != scope
                on:click=move |_| state.list_those(scope)><span>{list_scope_name(scope)}</span><b>{move || count(n(scope))}</b></button>
        }
    };
    let choose = move |position: usize| {
        if let Some(chosen) = ListMode::ALL.get(position) {
            state.look(|look| look.list = *chosen);
        }
    };
    view! {
        <section class="lower__panel lower__panel--tabs" class:stale=move || state.is_stale() aria-label="Customers">
            <header class="panel-head panel-head--tabs">
                <h2>{move || list_title(mode.get())}</h2>
                <Segmented label=LIST_MODES_LABEL.to_owned() options=ListMode::ALL.map(list_mode_name).to_vec() chosen=Signal::derive(move || position_of(&ListMode::ALL, &mode.get())) on_choose=choose/>
                <Show when=move || mode.get() == ListMode::List>
                    <div class="chips chips--row" role="group" aria-label=LIST_SCOPES_LABEL>{ListScope::ALL.into_iter().map(scope_button).collect::<Vec<_>>()}</div>
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

/// Rows that may be listed; those of the facts are not copied.
#[derive(Clone, PartialEq)]
enum Rows {
    Mismatched(Shared<ViewFacts>),
    All(Shared<ViewFacts>),
    Some(Shared<Vec<usize>>),
}

impl Rows {
    /// Ascending.
    fn rows(&self) -> &[usize] {
        match self {
            Self::Mismatched(facts) => &facts.mismatched,
            Self::All(facts) => &facts.rows,
            Self::Some(rows) => rows,
        }
    }
}

fn listed_rows(state: AppState, scope: ListScope) -> Rows {
    let Some(facts) = state.facts.get() else {
        return Rows::Some(Shared::default());
    };
    match scope {
        ListScope::Mismatched => Rows::Mismatched(facts),
        ListScope::All => Rows::All(facts),
        ListScope::Selected => {
            let selection = state.selection.get();
            let visible = |&row: &usize| facts.visible.get(row).copied().unwrap_or(false);
            let rows = selection.iter().filter(visible).collect();
            Rows::Some(Shared::new(rows))
        }
    }
}

/// Who is listed, and in which order.
#[derive(Clone, PartialEq)]
struct Listed {
    rows: Rows,
    order: Shared<ListOrder>,
}

fn listed_in_order(state: AppState, scope: ListScope, sort: &Sort) -> Listed {
    let rows = listed_rows(state, scope);
    let order = state.view(|view| {
        let order = |values: SortValues| ListOrder::new(rows.rows(), values, sort.is_ascending);
        match &sort.by {
            SortKey::Customer => order(SortValues::Place),
            SortKey::Number(name) => {
                order(SortValues::Numbers(view.numbers(name).unwrap_or_default()))
            }
            SortKey::Segment(model) => order(SortValues::Labels(view.comparison.labels(*model))),
            SortKey::Keeps => {
                let noise = state.noise();
                order(SortValues::Known(&|row| noise.as_ref()?.keeps(row)))
            }
            SortKey::Times => {
                let found = state.what_if();
                let times = |row| found.as_ref()?.times_of(row).map(|times| times as f64);
                order(SortValues::Known(&times))
            }
        }
    });
    Listed {
        order: Shared::new(order.unwrap_or_default()),
        rows,
    }
}

/// A column of the list.
#[derive(Clone, Debug, PartialEq)]
struct ListColumn {
    key: SortKey,
    name: String,
}

impl ListColumn {
    fn new(key: SortKey, name: impl Into<String>) -> Self {
        let name = name.into();
        Self { key, name }
    }

    fn is_numeric(&self) -> bool {
        !matches!(self.key, SortKey::Customer | SortKey::Segment(_))
    }

    /// Wide enough for its name and the arrow of sorting, within reason; what is cut has a tip.
    fn width(&self) -> f64 {
        let of_name = self.name.chars().count() as f64 * 6.5 + 34.0;
        match self.key {
            SortKey::Customer => 140.0,
            _ => of_name.clamp(76.0, 170.0),
        }
    }
}

/// Names of the columns of numbers: features first.
fn number_columns(state: AppState) -> Vec<String> {
    let comparison = state.comparison.get();
    let features = comparison.map(|comparison| comparison.features.clone());
    let mut names = features.unwrap_or_default();
    for name in state.numeric_names() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The customer, what the models and the resamples say, then the numbers.
fn columns_of(state: AppState, numbers: &[String]) -> Vec<ListColumn> {
    let mut columns = vec![ListColumn::new(SortKey::Customer, PERSON_COLUMN)];
    for model in state.models() {
        let name = state.model_name(model);
        columns.push(ListColumn::new(SortKey::Segment(model), name));
    }
    if state.noise().is_some() {
        columns.push(ListColumn::new(SortKey::Keeps, KEEPS_COLUMN));
    }
    if state.what_if().is_some() {
        columns.push(ListColumn::new(SortKey::Times, TIMES_COLUMN));
    }
    let numbers = numbers.iter().take(MAX_COLUMNS);
    columns.extend(numbers.map(|name| ListColumn::new(SortKey::Number(name.clone()), name)));
    columns
}

/// The cells of customers, as HTML.
fn rows_html(state: AppState, columns: &[ListColumn], customers: &[usize]) -> Vec<TableRow> {
    let (noise, tried) = (state.noise(), state.what_if());
    let rows = state.view(|view| {
        let values: Vec<&[f64]> = columns
            .iter()
            .map(|column| match &column.key {
                SortKey::Number(name) => view.numbers(name).unwrap_or_default(),
                _ => &[],
            })
            .collect();
        let cells = |row: usize| {
            let is_mismatched = view.comparison.is_mismatched(row);
            let cell = |(column, values): (&ListColumn, &&[f64])| match &column.key {
                SortKey::Customer => {
                    let name = escaped(&state.customer_name(row));
                    let ring = if is_mismatched {
                        format!("<i class=\"ring ring--small\" title=\"{MISMATCHED_TIP}\"></i>")
                    } else {
                        String::new()
                    };
                    format!("<th scope=row><button class=table__pick data-testid=customer title=\"{name}\"><span>{name}</span>{ring}</button></th>")
                }
                SortKey::Segment(model) => {
                    let segment = view.comparison.labels(*model).get(row).copied();
                    let mark = segment_html(state.mark(segment.unwrap_or_default() as usize));
                    let class = if is_mismatched { " class=table__differs" } else { "" };
                    format!("<td{class}>{mark}</td>")
                }
                SortKey::Number(_) => number_cell(&compact(values.get(row).copied().unwrap_or(f64::NAN))),
                SortKey::Keeps => {
                    let share = noise.as_ref().and_then(|noise| noise.keeps(row));
                    number_cell(&share.map_or_else(String::new, percent_of))
                }
                SortKey::Times => {
                    let words = tried.as_ref().and_then(|tried| {
                        let times = tried.times_of(row)?;
                        Some(times_words(times, tried.tried.len()))
                    });
                    number_cell(&words.unwrap_or_default())
                }
            };
            columns.iter().zip(&values).map(cell).collect()
        };
        let rows = customers.iter();
        rows.map(|&key| TableRow { key, cells: cells(key) }).collect()
    });
    rows.unwrap_or_default()
}

fn number_cell(words: &str) -> String {
    format!("<td class=num>{words}</td>")
}

#[component]
fn List() -> impl IntoView {
    let state = AppState::use_context();
    let sort = state.looks_at(|look| look.sort.clone());
    let scope = state.looks_at(|look| look.scope);
    let numbers = Memo::new(move |_| number_columns(state));
    let columns = Memo::new(move |_| numbers.with(|numbers| columns_of(state, numbers)));
    let shapes = Memo::new(move |_| {
        let shape = |column: &ListColumn| TableColumn {
            name: column.name.clone(),
            width: column.width(),
        };
        columns.with(|columns| columns.iter().map(shape).collect::<Vec<_>>())
    });
    let listed = Memo::new(move |_| sort.with(|sort| listed_in_order(state, scope.get(), sort)));
    let n = Signal::derive(move || listed.with(|listed| listed.rows.rows().len()));
    let rows = move |(first, last): (usize, usize)| {
        let customers: Vec<usize> = listed.with(|listed| {
            let row = |at| listed.order.row(listed.rows.rows(), at);
            (first..last).filter_map(row).collect()
        });
        columns.with(|columns| rows_html(state, columns, &customers))
    };
    let marked = Signal::derive(move || {
        let marked = [state.hover.get(), state.open.get()];
        marked.into_iter().flatten().collect::<Vec<_>>()
    });
    let select = move |(row, event): (usize, MouseEvent)| {
        let mode = SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key());
        state.select_listed(row, mode);
        state.open_if_alone(row, mode);
    };
    let empty = move || (n.get() == 0).then(|| empty_list_sentence(scope.get()));
    let heads = move || {
        let columns = columns.get().into_iter();
        columns
            .map(|column| head(state, sort, &column))
            .collect::<Vec<_>>()
    };
    let left_out =
        move || numbers.with(|all| columns_left_out(all.len().min(MAX_COLUMNS), all.len()));
    view! {
        <VirtualTable label=LIST_LABEL id="customer-list" columns=shapes n=n rows=rows about=Signal::derive(move || position_of(&ListScope::ALL, &scope.get())) marked=marked on_click=select on_point=move |row| state.point_at(row) empty=Signal::derive(empty)>{heads}</VirtualTable>
        {move || left_out().map(|words| view! { <p class="caption list__left-out">{words}</p> })}
    }
}

/// The head of a column: sorts by it.
fn head(state: AppState, sort: Memo<Sort>, column: &ListColumn) -> impl IntoView + use<> {
    let (numeric, words, key) = (column.is_numeric(), column.name.clone(), column.key.clone());
    let direction = {
        let key = key.clone();
        move || sort.with(|sort| (sort.by == key).then_some(sort.is_ascending))
    };
    let aria = {
        let direction = direction.clone();
        move || match direction() {
            Some(true) => "ascending",
            Some(false) => "descending",
            None => "none",
        }
    };
    let arrow = move || match direction() {
        Some(true) => "▴",
        Some(false) => "▾",
        None => "",
    };
    let by = move |_| {
        let key = key.clone();
        state.look(|look| look.sort = look.sort.clicked(key));
    };
    view! { <th scope="col" class:num=numeric aria-sort=aria><button class="table__sort" title=words.clone() on:click=by><span>{words.clone()}</span><i aria-hidden="true">{arrow}</i></button></th> }
}

/// A share as whole percent.
fn percent_of(share: f64) -> String {
    format!("{} %", fixed(share * 100.0, 0))
}
