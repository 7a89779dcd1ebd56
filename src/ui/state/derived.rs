//! What follows from the session and the result: axes, bands, names, the numbers of a view.
//!
//! The build cuts the page here too ([`later`](crate::ui::later)): before the engine has spoken there is no result.

use std::collections::BTreeMap;

use super::Shared;
use crate::chart::{Domain, PointGrid};
use crate::cluster::ModelKey;
use crate::explain::Bands;
use crate::result::{Comparison, Dataset, Filters};
use crate::session::{Axes, Pair, Session};
use crate::view::{View, ViewFacts};
use crate::words::segment_names;

/// The pair that is wanted, or the first two models where one of it is not compared.
pub(super) fn pair_of(comparison: &Comparison, wanted: Option<Pair>) -> (ModelKey, ModelKey) {
    let is_there = |pair: &Pair| {
        comparison.result(pair.first).is_some() && comparison.result(pair.second).is_some()
    };
    let wanted = wanted.filter(is_there);
    wanted.map_or_else(|| comparison.first_pair(), |pair| (pair.first, pair.second))
}

/// The numbers of a view.
#[inline(never)]
pub(super) fn facts_of(view: &View, pair: Option<Pair>) -> Shared<ViewFacts> {
    Shared::new(view.facts(pair_of(view.comparison, pair)))
}

/// The features that separate the segments most.
#[inline(never)]
pub(super) fn separating_of(dataset: &Dataset, comparison: &Comparison) -> Vec<String> {
    let view = View {
        dataset,
        comparison,
        filters: &NO_FILTERS,
    };
    view.separating()
}

/// The axes that are chosen, where the result has what they name; else the two features that separate its segments most.
#[inline(never)]
pub(super) fn axes_of(
    session: &Session,
    dataset: &Dataset,
    comparison: &Comparison,
    separating: &[String],
) -> Option<Axes> {
    let chosen = session.view.axes.clone();
    let is_there = |name: &str| numbers(dataset, comparison, name).is_some();
    let chosen = chosen.filter(|axes| is_there(&axes.x) && is_there(&axes.y));
    chosen.or_else(|| {
        let x = separating.first()?.clone();
        let names = session.numeric_names(dataset).into_iter();
        let other = || names.filter(|name| is_there(name)).find(|name| *name != x);
        let y = separating.get(1).cloned().or_else(other);
        Some(Axes {
            y: y.unwrap_or_else(|| x.clone()),
            x,
        })
    })
}

/// The ranges of two axes over all customers in a model.
#[inline(never)]
pub(super) fn domains_of(
    dataset: &Dataset,
    comparison: &Comparison,
    axes: &Axes,
) -> Option<[Domain; 2]> {
    let domain = |name: &str| {
        let values = numbers(dataset, comparison, name)?;
        let placed = (0..dataset.n_rows).filter(|&row| comparison.is_in(row));
        Some(Domain::around(placed.map(|row| values[row])))
    };
    Some([domain(&axes.x)?, domain(&axes.y)?])
}

/// All rows by their place on two axes.
#[inline(never)]
pub(super) fn grid_of(
    dataset: &Dataset,
    comparison: &Comparison,
    axes: &Axes,
    domains: [Domain; 2],
) -> Option<Shared<PointGrid>> {
    let x = numbers(dataset, comparison, &axes.x)?;
    let y = numbers(dataset, comparison, &axes.y)?;
    Some(Shared::new(PointGrid::new(x, y, domains)))
}

/// The bands of the column that is chosen, where the result has it; else of a feature of the result.
#[inline(never)]
pub(super) fn bands_of(
    session: &Session,
    dataset: &Dataset,
    comparison: &Comparison,
) -> Option<Bands> {
    let chosen = session.band_column(dataset);
    let chosen = chosen.filter(|name| numbers(dataset, comparison, name).is_some());
    let features = &comparison.features;
    let column = chosen.or_else(|| features.get(1).or(features.first()).cloned())?;
    session.bands_of(&column, numbers(dataset, comparison, &column)?)
}

/// Values of a column or of a feature of the result.
fn numbers<'a>(dataset: &'a Dataset, comparison: &'a Comparison, name: &str) -> Option<&'a [f64]> {
    let mut made = comparison.made();
    let found = made.find(|(feature, _)| feature.name() == name);
    found
        .map(|(_, values)| values)
        .or_else(|| dataset.numbers(name))
}

/// A name for every segment; one that the first model does not have is named by the first that has it.
#[inline(never)]
pub(super) fn proposed_of(
    dataset: &Dataset,
    comparison: &Comparison,
) -> Shared<BTreeMap<u32, String>> {
    let view = View {
        dataset,
        comparison,
        filters: &NO_FILTERS,
    };
    let mut proposed = BTreeMap::new();
    let features = comparison.settings.features.as_deref().unwrap_or_default();
    for model in comparison.models() {
        for (segment, name) in segment_names(&view.named_profiles(model), features) {
            proposed.entry(segment).or_insert(name);
        }
    }
    Shared::new(proposed)
}

/// The filters of a view of which only columns are asked.
static NO_FILTERS: Filters = Filters::new();
