//! The list of customers: the mismatched first, or the selected, or all. Sorted on any column, virtual rows.

use leptos::prelude::*;

use super::bands::BandTable;
use super::claims::Claims;
use super::kept_out::LeaveListed;
use super::summary::Summary;
use super::visible::{Nobody, is_nobody};
use super::what_if::OtherChoices;
use crate::questions::QuestionKind;
use crate::result::{Likeness, NO_SEGMENT, Remote};
use crate::session::{ListMode, ListScope, Sort, SortKey};
use crate::table::Unit;
use crate::ui::state::{AppState, SelectMode, Shared};
use crate::ui::widgets::{
    Segmented, TableColumn, TableEvent, TableRow, TableShape, VirtualTable, escaped, position_of,
    segment_html,
};
use crate::view::{ListOrder, SortValues, ViewFacts};
use crate::words::{
    EmptyList, KEEPS_COLUMN, LIST_LABEL, LIST_MODES_LABEL, LIST_PANEL_LABEL, LIST_SCOPES_LABEL,
    MISMATCHED_TIP, PERSON_COLUMN, SHARED_COLUMN, SHARED_TIP, TIMES_COLUMN, columns_left_out,
    compact, count, empty_list_sentence, keeps_share_words, list_mode_name, list_scope_name,
    list_title, percent, times_words,
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
    // Those left out have a chip once there are any.
    let is_offered = move |scope: ListScope| {
        scope != ListScope::LeftOut || n(scope) > 0 || listed.get() == scope
    };
    let scope_button = move |scope: ListScope| {
        view! {
            <Show when=move || is_offered(scope)><button class="chip" class:chip--on=move || listed.get() == scope aria-pressed=move || (listed.get() == scope).to_string() disabled=move || n(scope) == 0 && listed.get() != scope
                on:click=move |_| state.list_those(scope)><span>{list_scope_name(scope)}</span><b>{move || count(n(scope))}</b></button></Show>
        }
    };
    // Room for the largest number: what is counted beside it does not push it.
    let digits = move || {
        let n = state
            .dataset
            .with(|it| it.as_ref().map_or(0, |it| it.n_rows));
        count(n).len().to_string()
    };
    let choose = move |position: usize| {
        if let Some(chosen) = ListMode::ALL.get(position) {
            state.look(|look| look.list = *chosen);
        }
    };
    let is_nobody = Memo::new(move |_| is_nobody(state));
    view! {
        <section class="lower__panel lower__panel--tabs" class:stale=move || state.is_stale() aria-label=LIST_PANEL_LABEL>
            <header class="panel-head panel-head--tabs">
                <h2>{move || list_title(mode.get())}</h2>
                <Segmented label=LIST_MODES_LABEL.to_owned() options=ListMode::ALL.map(list_mode_name).to_vec() chosen=Signal::derive(move || position_of(&ListMode::ALL, &mode.get())) on_choose=choose/>
                <Show when=move || mode.get() == ListMode::List>
                    <div class="chips chips--row" style:--digits=digits role="group" aria-label=LIST_SCOPES_LABEL>{ListScope::ALL.into_iter().map(scope_button).collect::<Vec<_>>()}</div>
                </Show>
            </header>
            {move || match mode.get() {
                ListMode::List | ListMode::Summary | ListMode::Bands if is_nobody.get() && listed.get() != ListScope::LeftOut => view! { <Nobody/> }.into_any(),
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
        ListScope::LeftOut => {
            let rows = state
                .settings
                .with(|it| it.left_out.iter().map(|&row| row as usize).collect());
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

fn listed_in_order(state: AppState, likeness: Alike, scope: ListScope, sort: &Sort) -> Listed {
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
                let noise = state.noise_shown().map(|shown| shown.answer);
                order(SortValues::Known(&|row| noise.as_ref()?.keeps(row)))
            }
            SortKey::Times => {
                let found = state.what_if_shown();
                let times = |row| found.as_ref()?.times_of(row).map(|times| times as f64);
                order(SortValues::Known(&times))
            }
            SortKey::Shared => {
                let likeness = likeness.get();
                order(SortValues::Known(&|row| {
                    likeness.as_ref()?.of_row(view.comparison, row)
                }))
            }
        }
    });
    Listed {
        order: Shared::new(order.unwrap_or_default()),
        rows,
    }
}

/// How much of every customer's segment the models share.
type Alike = Memo<Option<Shared<Likeness>>>;

/// A column of the list.
struct ListColumn {
    key: SortKey,
    name: String,
}

impl ListColumn {
    fn new(key: SortKey, name: impl Into<String>) -> Self {
        let name = name.into();
        Self { key, name }
    }

    /// Its shape in the table, with a head that sorts by it.
    fn shape(&self, sort: &Sort) -> TableColumn {
        let (aria, arrow) = match (sort.by == self.key, sort.is_ascending) {
            (false, _) => ("none", ""),
            (true, true) => ("ascending", "▴"),
            (true, false) => ("descending", "▾"),
        };
        let class = match self.key {
            SortKey::Customer | SortKey::Segment(_) => "",
            SortKey::Number(_) | SortKey::Keeps | SortKey::Times | SortKey::Shared => " class=num",
        };
        let name = escaped(&self.name);
        let tip = if self.key == SortKey::Shared {
            SHARED_TIP
        } else {
            &name
        };
        TableColumn {
            name: self.name.clone(),
            // Wide enough for its name in two lines and the arrow, within reason; what is cut has a tip.
            width: match self.key {
                SortKey::Customer => 100.0,
                // As wide whichever of its kind the model is.
                SortKey::Segment(_) => 92.0,
                _ => (line_length(&self.name) as f64 * 6.6 + 30.0).clamp(76.0, 150.0),
            },
            head: format!(
                "<th scope=col aria-sort={aria}{class}><button class=table__sort title=\"{tip}\"><span>{name}</span><i aria-hidden=true>{arrow}</i></button></th>"
            ),
        }
    }
}

/// How long the longer line of a name in two lines is: it breaks at the space that leaves it the shortest.
fn line_length(name: &str) -> usize {
    let n = name.chars().count();
    let chars = name.chars().enumerate();
    let breaks = chars.filter(|(_, character)| *character == ' ');
    let lengths = breaks.map(|(at, _)| at.max(n - at - 1));
    lengths.min().unwrap_or(n)
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
fn columns_of(state: AppState) -> Vec<ListColumn> {
    let mut columns = vec![ListColumn::new(SortKey::Customer, PERSON_COLUMN)];
    for model in state.models() {
        let name = state.model_name(model);
        columns.push(ListColumn::new(SortKey::Segment(model), name));
    }
    // Its place is kept while it is not known yet.
    let noise = state.asked(QuestionKind::NoiseFloor);
    if !matches!(noise, Remote::NotPossible(_) | Remote::Failed(_)) {
        columns.push(ListColumn::new(SortKey::Keeps, KEEPS_COLUMN));
    }
    columns.push(ListColumn::new(SortKey::Shared, SHARED_COLUMN));
    if state.what_if_shown().is_some() {
        columns.push(ListColumn::new(SortKey::Times, TIMES_COLUMN));
    }
    let numbers = number_columns(state).into_iter().take(MAX_COLUMNS);
    columns.extend(numbers.map(|name| ListColumn::new(SortKey::Number(name.clone()), name)));
    columns
}

/// The cells of customers, as HTML.
fn rows_html(
    state: AppState,
    likeness: Alike,
    columns: &[ListColumn],
    customers: &[usize],
) -> Vec<TableRow> {
    let likeness = likeness.get();
    let noise = state.noise_shown().map(|shown| shown.answer);
    let tried = state.what_if_shown();
    let rows = state.view(|view| {
        let values: Vec<&[f64]> = columns
            .iter()
            .map(|column| match &column.key {
                SortKey::Number(name) => view.numbers(name).unwrap_or_default(),
                _ => &[],
            })
            .collect();
        let units = columns.iter().map(|column| match &column.key {
            SortKey::Number(name) => view.dataset.unit(name),
            _ => Unit::None,
        });
        let units: Vec<Unit> = units.collect();
        let cells = |row: usize| {
            let is_mismatched = view.comparison.is_mismatched(row);
            let cell = |((column, values), unit): ((&ListColumn, &&[f64]), &Unit)| match &column.key {
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
                    let placed = segment.filter(|segment| *segment != NO_SEGMENT);
                    let mark = placed.map_or_else(String::new, |it| segment_html(state.mark(it as usize)));
                    let class = if is_mismatched { " class=table__differs" } else { "" };
                    // The segment of a column has a value of its own.
                    let result = view.comparison.result(*model);
                    let value = placed.and_then(|it| result?.value_of(it)).map(escaped);
                    let value = value.map_or_else(String::new, |value| {
                        format!(" <small title=\"{value}\">{value}</small>")
                    });
                    format!("<td{class}>{mark}{value}</td>")
                }
                SortKey::Number(_) => value_cell(values.get(row).copied().unwrap_or(f64::NAN), *unit),
                SortKey::Keeps => {
                    let share = noise.as_ref().and_then(|noise| noise.keeps(row));
                    number_cell(&share.map_or_else(String::new, keeps_share_words))
                }
                SortKey::Shared => {
                    let alike = likeness.as_ref();
                    let share = alike.and_then(|it| it.of_row(view.comparison, row));
                    number_cell(&share.map_or_else(String::new, percent))
                }
                SortKey::Times => {
                    let words = tried.as_ref().and_then(|tried| {
                        let times = tried.times_of(row)?;
                        Some(times_words(times, tried.tried.len()))
                    });
                    number_cell(&words.unwrap_or_default())
                }
            };
            columns.iter().zip(&values).zip(&units).map(cell).collect()
        };
        let rows = customers.iter();
        rows.map(|&key| TableRow { key, cells: cells(key) }).collect()
    });
    rows.unwrap_or_default()
}

fn number_cell(words: &str) -> String {
    format!("<td class=num>{words}</td>")
}

/// A value of a column; its tip has the digits that the cell leaves out.
fn value_cell(value: f64, unit: Unit) -> String {
    let unit_of = |words: String| crate::words::with_unit(words, unit);
    let (words, all) = (compact(value), crate::words::all_digits(value));
    let (words, all) = (unit_of(words), unit_of(all));
    if words == all {
        number_cell(&words)
    } else {
        format!("<td class=num title=\"{all}\">{words}</td>")
    }
}

#[component]
fn List() -> impl IntoView {
    let state = AppState::use_context();
    let sort = state.looks_at(|look| look.sort.clone());
    let scope = state.looks_at(|look| look.scope);
    let likeness = Memo::new(move |_| {
        let comparison = state.comparison.get()?;
        Some(Shared::new(Likeness::of(&comparison)))
    });
    let listed =
        Memo::new(move |_| sort.with(|sort| listed_in_order(state, likeness, scope.get(), sort)));
    let rows = move |(first, last): (usize, usize)| {
        let customers: Vec<usize> = listed.with(|listed| {
            let row = |at| listed.order.row(listed.rows.rows(), at);
            (first..last).filter_map(row).collect()
        });
        rows_html(state, likeness, &columns_of(state), &customers)
    };
    let shape = move |()| {
        let columns = columns_of(state).into_iter();
        let columns = sort.with(|sort| columns.map(|column| column.shape(sort)).collect());
        let n = listed.with(|listed| listed.rows.rows().len());
        let scope = scope.get();
        let visible = state.facts.get().map_or(0, |facts| facts.rows.len());
        let comparison = state.comparison.get();
        let list = EmptyList {
            visible,
            all: comparison.as_ref().map_or(0, |it| it.n_customers),
            n_selected: state.selection.with(|selection| selection.len()),
            is_alone: comparison.is_some_and(|it| it.is_alone()),
        };
        TableShape {
            columns,
            n,
            about: position_of(&ListScope::ALL, &scope),
            empty: (n == 0).then(|| empty_list_sentence(scope, &list)),
        }
    };
    let marked = move |()| {
        let marked = [state.hover.get(), state.open.get()];
        marked.into_iter().flatten().collect::<Vec<_>>()
    };
    let on_event = move |event: TableEvent| match event {
        TableEvent::Row(row, event) => {
            let mode = SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key());
            state.select_listed(row, mode);
            state.open_if_alone(row, mode);
        }
        TableEvent::Head(at) => {
            if let Some(column) = untrack(|| columns_of(state)).into_iter().nth(at) {
                state.look(|look| look.sort = look.sort.clicked(column.key));
            }
        }
        TableEvent::Point(row) => state.point_at(row),
    };
    let left_out = move || {
        let n = number_columns(state).len();
        columns_left_out(n.min(MAX_COLUMNS), n)
    };
    let n = Memo::new(move |_| listed.with(|listed| listed.rows.rows().len()));
    view! {
        <VirtualTable label=LIST_LABEL id="customer-list" shape=shape rows=rows marked=marked on_event=on_event/>
        {move || left_out().map(|words| view! { <p class="caption list__left-out">{words}</p> })}
        <LeaveListed scope=scope n=n/>
    }
}
