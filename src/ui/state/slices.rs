//! Parts of what the user decided, and what follows from them and from the result: a panel runs again only when its part changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Shared, Signals, pair_of};
use crate::explain::Bands;
use crate::result::{Comparison, Dataset, Filters};
use crate::session::{Axes, History, Look, Pair, Screen, Session};
use crate::ui::later;
use crate::view::{View, ViewFacts};
use crate::words::segment_names;

/// A part of the session.
pub(super) fn slice<T>(history: RwSignal<History>, part: fn(&Session) -> T) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| history.with(|history| part(history.session())))
}

/// The screen: the start, whatever was looked at, while no file is open.
pub(super) fn screen(signals: Signals, look: Memo<Look>) -> Memo<Screen> {
    Memo::new(move |_| {
        if signals.dataset.with(Option::is_some) {
            look.with(|look| look.screen)
        } else {
            Screen::Start
        }
    })
}

/// What the filters let through, counted.
pub(super) fn facts(
    signals: Signals,
    filters: Memo<Filters>,
    pair: Memo<Option<Pair>>,
) -> Memo<Option<Shared<ViewFacts>>> {
    Memo::new(move |_| {
        let (dataset, comparison) = (signals.dataset.get()?, signals.comparison.get()?);
        filters.with(|filters| {
            let view = View {
                dataset: &dataset,
                comparison: &comparison,
                filters,
            };
            Some(later::facts(&view, pair.get()))
        })
    })
}

/// The numbers of a view.
pub(in crate::ui) fn facts_of(view: &View, pair: Option<Pair>) -> Shared<ViewFacts> {
    Shared::new(view.facts(pair_of(view.comparison, pair)))
}

/// The axes in force.
pub(super) fn axes(signals: Signals, session: Memo<Arc<Session>>) -> Memo<Option<Axes>> {
    Memo::new(move |_| {
        let (dataset, comparison) = (signals.dataset.get()?, signals.comparison.get()?);
        session.with(|session| later::axes(session, &dataset, &comparison))
    })
}

/// The axes that are chosen, where the result has what they name; else the first two features of the result.
pub(in crate::ui) fn axes_of(
    session: &Session,
    dataset: &Dataset,
    comparison: &Comparison,
) -> Option<Axes> {
    let chosen = session.view.axes.clone();
    let is_there = |name: &str| numbers(dataset, comparison, name).is_some();
    let chosen = chosen.filter(|axes| is_there(&axes.x) && is_there(&axes.y));
    chosen.or_else(|| {
        let x = comparison.features.first()?.clone();
        let names = session.numeric_names(dataset).into_iter();
        let other = || names.filter(|name| is_there(name)).find(|name| *name != x);
        let y = comparison.features.get(1).cloned().or_else(other);
        Some(Axes {
            y: y.unwrap_or_else(|| x.clone()),
            x,
        })
    })
}

/// The bands in force.
pub(super) fn bands(signals: Signals, session: Memo<Arc<Session>>) -> Memo<Option<Bands>> {
    Memo::new(move |_| {
        let (dataset, comparison) = (signals.dataset.get()?, signals.comparison.get()?);
        session.with(|session| later::bands(session, &dataset, &comparison))
    })
}

/// The bands of the column that is chosen, where the result has it; else of a feature of the result.
pub(in crate::ui) fn bands_of(
    session: &Session,
    dataset: &Dataset,
    comparison: &Comparison,
) -> Option<Bands> {
    let chosen = session.band_column(dataset);
    let chosen = chosen.filter(|name| numbers(dataset, comparison, name).is_some());
    let features = &comparison.features;
    let column = chosen.or_else(|| features.get(1).or(features.first()).cloned())?;
    let values = numbers(dataset, comparison, &column)?.iter();
    let values = values.filter(|value| !value.is_nan());
    let ends = (f64::INFINITY, f64::NEG_INFINITY);
    let (min, max) = values.fold(ends, |(min, max), &x| (min.min(x), max.max(x)));
    (min <= max).then(|| session.bands_of(&column, min, max))
}

/// Values of a column or of a feature of the result.
fn numbers<'a>(dataset: &'a Dataset, comparison: &'a Comparison, name: &str) -> Option<&'a [f64]> {
    let mut made = comparison.made();
    let found = made.find(|(feature, _)| feature.name() == name);
    found
        .map(|(_, values)| values)
        .or_else(|| dataset.numbers(name))
}

/// A name for every segment, proposed from all customers.
pub(super) fn proposed(signals: Signals) -> Memo<Shared<BTreeMap<u32, String>>> {
    Memo::new(move |_| {
        let (dataset, comparison) = (signals.dataset.get(), signals.comparison.get());
        let both = dataset.zip(comparison);
        both.map(|(dataset, comparison)| later::proposed(&dataset, &comparison))
            .unwrap_or_default()
    })
}

/// A name for every segment; one that the first model does not have is named by the first that has it.
pub(in crate::ui) fn proposed_of(
    dataset: &Dataset,
    comparison: &Comparison,
) -> Shared<BTreeMap<u32, String>> {
    let view = View {
        dataset,
        comparison,
        filters: &NO_FILTERS,
    };
    let mut proposed = BTreeMap::new();
    for model in comparison.models() {
        for (segment, name) in segment_names(&view.named_profiles(model)) {
            proposed.entry(segment).or_insert(name);
        }
    }
    Shared::new(proposed)
}

/// The filters of a view of which only columns are asked.
static NO_FILTERS: Filters = Filters::new();
