//! Parts of what the user decided, and what follows from them and from the result: a panel runs again only when its part changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::Shared;
use super::derived::{
    axes_of, bands_of, domains_of, facts_of, grid_of, proposed_of, separating_of,
};
use super::signals::Signals;
use crate::chart::{Domain, PointGrid};
use crate::explain::Bands;
use crate::result::Filters;
use crate::session::{Axes, History, Look, Pair, Screen, Session};
use crate::view::{View, ViewFacts};

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
            Some(facts_of(&view, pair.get()))
        })
    })
}

/// The columns that separate the segments most, and the features that they were chosen for.
#[derive(Clone, Default, PartialEq)]
struct Separating {
    features: Vec<String>,
    columns: Vec<String>,
}

/// The axes in force.
pub(super) fn axes(signals: Signals, session: Memo<Arc<Session>>) -> Memo<Option<Axes>> {
    // Chosen once for the same features: another number of segments does not turn the plots to other columns.
    let separating = Memo::new(move |before: Option<&Separating>| {
        let both = signals.dataset.get().zip(signals.comparison.get());
        let Some((dataset, comparison)) = both else {
            return Separating::default();
        };
        let is_for_these = |it: &&Separating| it.features == comparison.features;
        before
            .filter(is_for_these)
            .cloned()
            .unwrap_or_else(|| Separating {
                features: comparison.features.clone(),
                columns: separating_of(&dataset, &comparison),
            })
    });
    Memo::new(move |_| {
        let (dataset, comparison) = (signals.dataset.get()?, signals.comparison.get()?);
        let separating = separating.get().columns;
        session.with(|session| axes_of(session, &dataset, &comparison, &separating))
    })
}

/// The ranges of the axes in force.
pub(super) fn domains(signals: Signals, axes: Memo<Option<Axes>>) -> Memo<Option<[Domain; 2]>> {
    Memo::new(move |_| {
        let (dataset, comparison) = (signals.dataset.get()?, signals.comparison.get()?);
        domains_of(&dataset, &comparison, &axes.get()?)
    })
}

/// The customers by their place on the axes in force.
pub(super) fn grid(
    signals: Signals,
    axes: Memo<Option<Axes>>,
    domains: Memo<Option<[Domain; 2]>>,
) -> Memo<Option<Shared<PointGrid>>> {
    Memo::new(move |_| {
        let (dataset, comparison) = (signals.dataset.get()?, signals.comparison.get()?);
        grid_of(&dataset, &comparison, &axes.get()?, domains.get()?)
    })
}

/// The bands in force.
pub(super) fn bands(signals: Signals, session: Memo<Arc<Session>>) -> Memo<Option<Bands>> {
    Memo::new(move |_| {
        let (dataset, comparison) = (signals.dataset.get()?, signals.comparison.get()?);
        session.with(|session| bands_of(session, &dataset, &comparison))
    })
}

/// A name for every segment, proposed from all customers.
pub(super) fn proposed(signals: Signals) -> Memo<Shared<BTreeMap<u32, String>>> {
    Memo::new(move |_| {
        let (dataset, comparison) = (signals.dataset.get(), signals.comparison.get());
        let both = dataset.zip(comparison);
        both.map(|(dataset, comparison)| proposed_of(&dataset, &comparison))
            .unwrap_or_default()
    })
}
