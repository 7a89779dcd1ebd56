//! Filters: they hide customers, so that models, letters, axes and the verdict stay those of all, or decide whom the models use.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::kept_out::{FiltersDo, LeaveByFilter};
use crate::chart::Bins;
use crate::explain::Bands;
use crate::result::{ColumnData, Filter};
use crate::session::{Decision, Gesture, grid_of};
use crate::table::ColumnKind;
use crate::ui::state::AppState;
use crate::ui::widgets::{InTurn, RangeFilter, Select, escaped, options_html};
use crate::words::{
    ADD_FILTER, ADD_FILTER_FIRST, FILTERS, SHOW_EVERYONE, band_name, band_tip, bands_label,
    bands_title, count, filter_label,
};

/// A category with more values than this shows its chips when it is asked for.
const MAX_CHIPS: usize = 12;
const BINS: usize = 30;

/// One control per filter: features and categories from the start, others added.
#[component]
pub(in crate::ui) fn FilterList() -> impl IntoView {
    let state = AppState::use_context();
    let added = RwSignal::new(BTreeSet::<String>::new());
    let numeric = Memo::new(move |_| state.numeric_names());
    let shown = Memo::new(move |_| {
        let features: Vec<String> = state
            .comparison
            .get()
            .map(|comparison| comparison.features.clone())
            .unwrap_or_default();
        // One that came back with a step is shown as one that was added.
        let is_shown = |name: &String| {
            features.contains(name)
                || added.with(|added| added.contains(name))
                || state
                    .filters
                    .with(|filters| matches!(filters.get(name), Some(Filter::Range { .. })))
        };
        numeric
            .get()
            .into_iter()
            .filter(is_shown)
            .collect::<Vec<_>>()
    });
    let categories = Memo::new(move |_| {
        let dataset = state.dataset.get();
        let columns = dataset.iter().flat_map(|dataset| dataset.columns.iter());
        let categories = columns.filter(|column| column.kind == ColumnKind::Category);
        categories
            .map(|column| (column.name.clone(), column.distinct <= MAX_CHIPS))
            .collect::<Vec<_>>()
    });
    let shown_categories = Memo::new(move |_| {
        let is_shown = |(name, few): &(String, bool)| {
            *few || added.with(|added| added.contains(name))
                || state.filters.with(|filters| filters.contains_key(name))
        };
        categories
            .get()
            .into_iter()
            .filter(is_shown)
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
    });
    let addable = move || {
        let numbers = numeric
            .get()
            .into_iter()
            .filter(|name| !shown.get().contains(name));
        let categories = categories
            .get()
            .into_iter()
            .map(|(name, _)| name)
            .filter(|name| !shown_categories.get().contains(name));
        numbers.chain(categories).collect::<Vec<_>>()
    };
    let addable_html = move || {
        let names = addable();
        let first = format!("<option value=\"\">{}</option>", escaped(ADD_FILTER_FIRST));
        first + &options_html(names.iter().map(String::as_str), None)
    };
    let any = move || state.filters.with(|filters| !filters.is_empty());
    view! {
        <h2>{FILTERS}<Show when=any><button class="link" data-testid="clear-filters" on:click=move |_| { state.decide(Decision::ClearFilters); }>{SHOW_EVERYONE}</button></Show></h2>
        <FiltersDo/>
        <For each=move || shown.get() key=Clone::clone let:name><InTurn><NumberFilter name=name.clone() added=added/></InTurn></For>
        <InTurn><BandFilter/></InTurn>
        <For each=move || shown_categories.get() key=Clone::clone let:name><InTurn><CategoryFilter name=name.clone()/></InTurn></For>
        <Show when=move || !addable().is_empty()>
            <Select label=ADD_FILTER.to_owned() id="add-filter" options=Signal::derive(addable_html)
                on_choose=move |name: String| added.update(|added| { added.insert(name); })/>
        </Show>
        <LeaveByFilter/>
    }
}

#[component]
fn NumberFilter(name: String, added: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let state = AppState::use_context();
    let stored = StoredValue::new(name.clone());
    let bins = Memo::new(move |_| {
        let name = stored.get_value();
        let bins = state.view(|view| {
            let values = view.numbers(&name).unwrap_or_default();
            let (min, max) = view.extent(&name)?;
            let rows = view.rows_without_filter(&name);
            let values = rows.into_iter().filter_map(|row| values.get(row).copied());
            Some(Bins::of(values, min, max, BINS))
        });
        bins.flatten().unwrap_or(Bins {
            min: 0.0,
            max: 1.0,
            counts: vec![0],
        })
    });
    let grid = Memo::new(move |_| {
        let grid = state.view(|view| {
            let Bins { min, max, .. } = bins.get();
            stored.with_value(|name| grid_of(view.numbers(name).unwrap_or_default(), min, max))
        });
        grid.unwrap_or(1.0)
    });
    let range = Signal::derive(move || {
        state
            .filters
            .with(|filters| match filters.get(&stored.get_value()) {
                Some(Filter::Range { min, max }) => Some((*min, *max)),
                Some(Filter::Values { .. }) | None => None,
            })
    });
    let remove = Callback::new(move |()| {
        let name = stored.get_value();
        set_range(state, &name, None, Gesture::Whole);
        added.update(|added| {
            added.remove(&name);
        });
    });
    let is_added = added.with_untracked(|added| added.contains(&name));
    let unit = Signal::derive(move || stored.with_value(|name| state.unit(name)));
    view! {
        <RangeFilter name=name bins=bins range=range unit=unit grid=grid theme=Signal::derive(move || state.theme())
            on_change=move |range, gesture| stored.with_value(|name| set_range(state, name, range, gesture)) on_end=move || state.end_gesture() on_remove=is_added.then_some(remove)/>
    }
}

/// Keeps customers whose value lies within the range; none for all.
fn set_range(state: AppState, column: &str, range: Option<(f64, f64)>, gesture: Gesture) {
    let decision = Decision::FilterRange {
        column: column.to_owned(),
        range: range.map(<[f64; 2]>::from),
    };
    match gesture {
        Gesture::Whole => state.decide(decision),
        Gesture::Part => state.decide_part(decision),
    };
}

/// Keeps or drops customers of a category; none chosen means all.
fn toggle_value(state: AppState, column: &str, code: u32) {
    let session = untrack(|| state.session());
    state.decide(session.toggle_value(column, code));
}

/// The room that the count of a chip needs at most, in digits: a filter must not move the chips beside it.
fn digits_of_all(state: AppState) -> String {
    let n = state
        .dataset
        .with(|it| it.as_ref().map_or(0, |it| it.n_rows));
    count(n).len().to_string()
}

/// Low, Medium, High of the band column as chips.
#[component]
fn BandFilter() -> impl IntoView {
    let state = AppState::use_context();
    let chips = move || {
        let bands = state.bands.get()?;
        let (counts, min, max) = state.view(|view| {
            let (min, max) = view.extent(&bands.column)?;
            let rows = view.rows_without_filter(&bands.column);
            Some((view.band_counts(&bands, &rows).totals(), min, max))
        })??;
        let chosen = state
            .filters
            .with(|filters| filters.get(&bands.column).cloned());
        let unit = state.unit(&bands.column);
        let digits = digits_of_all(state);
        let chips = (0..counts.len()).map(|band| {
            let range = range_of_band(&bands, band, min, max);
            let is_on = chosen == Some(Filter::Range { min: range.0, max: range.1 });
            let column = bands.column.clone();
            view! {
                <button class="chip" class:chip--on=is_on aria-pressed=is_on.to_string() title=band_tip(&bands.column, range, unit)
                    on:click=move |_| set_range(state, &column, (!is_on).then_some(range), Gesture::Whole)>
                    <span>{band_name(band)}</span><b>{count(counts[band] as usize)}</b>
                </button>
            }
        });
        Some(
            view! { <div class="chips" style:--digits=digits role="group" aria-label=bands_label(&bands.column)><p class="chips__name">{bands_title(&bands.column)}</p>{chips.collect::<Vec<_>>()}</div> },
        )
    };
    view! { {chips} }
}

/// The values of a band: from just above the edge below it, up to and including its own edge.
fn range_of_band(bands: &Bands, band: usize, min: f64, max: f64) -> (f64, f64) {
    let [low, high] = bands.edges;
    match band {
        0 => (min, low),
        1 => (low.next_up(), high),
        _ => (high.next_up(), max),
    }
}

#[component]
fn CategoryFilter(name: String) -> impl IntoView {
    let state = AppState::use_context();
    let stored = StoredValue::new(name.clone());
    let chips = move || {
        let name = stored.get_value();
        state.view(|view| {
            let Some(ColumnData::Codes { codes, names, .. }) = view.dataset.column(&name).map(|column| &column.data) else { return Vec::new() };
            let mut counts = vec![0_usize; names.len()];
            for row in view.rows_without_filter(&name) {
                if let Some(count) = counts.get_mut(codes[row] as usize) {
                    *count += 1;
                }
            }
            let chosen = match view.filters.get(&name) {
                Some(Filter::Values { codes }) => codes.clone(),
                Some(Filter::Range { .. }) | None => BTreeSet::new(),
            };
            names.iter().zip(counts).enumerate().map(|(code, (value, n))| (code as u32, value.clone(), n, chosen.contains(&(code as u32)))).collect::<Vec<_>>()
        })
        .unwrap_or_default()
        .into_iter()
        .map(|(code, value, n, is_on)| view! {
            <button class="chip" class:chip--on=is_on aria-pressed=is_on.to_string() title=value.clone() on:click=move |_| toggle_value(state, &stored.get_value(), code)>
                <span>{value.clone()}</span><b>{count(n)}</b>
            </button>
        })
        .collect::<Vec<_>>()
    };
    let digits = move || digits_of_all(state);
    view! { <div class="chips chips--scroll" style:--digits=digits role="group" aria-label=filter_label(&name)><p class="chips__name">{name.clone()}</p>{chips}</div> }
}
