//! What the screen knows (to read) and what can be done (verbs).
//!
//! All that the user decided is one [`History`], and [`AppState::decide`], [`AppState::look`] and the steps back and forth are the
//! only ways to change it. Panels read its parts, and what the engine found; they write nothing here.

mod answers;
mod derived;
mod keeping;
mod known;
mod shared;
mod signals;
mod slices;
mod sources;
mod verbs;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;

use derived::pair_of;
pub(super) use keeping::Keep;
use known::Known;
pub(super) use shared::Shared;
pub(super) use signals::Work;
use signals::{AskedFile, Signals};
pub(super) use sources::Source;
use sources::Sources;
pub(super) use verbs::{SelectMode, Step};

use crate::advise::{Offer, Rule};
use crate::chart::{Domain, Mark, PointGrid, Theme};
use crate::cluster::ModelKey;
use crate::cluster::k_means::Centres;
use crate::explain::Bands;
use crate::features::Feature;
use crate::questions::AskSweep;
use crate::result::{Comparison, Dataset, Filters, Settings, Sweep};
use crate::session::{Axes, History, Look, Pair, Screen, Session};
use crate::table::{ColumnKind, Unit};
use crate::view::{RowSet, View, ViewFacts};

/// The state of the page. Cheap to copy; provided as context to panels.
#[derive(Clone, Copy)]
pub(super) struct AppState(&'static Parts);

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

/// What the state consists of.
pub(super) struct Parts {
    /// What the user decided, and the way back.
    history: RwSignal<History>,
    /// What changes beside it.
    signals: Signals,
    sources: StoredValue<Sources, LocalStorage>,

    /// Whether colours are light on dark.
    pub(super) dark: ReadSignal<bool>,
    /// Whether the engine is loaded and the network locked.
    pub(super) has_engine: ReadSignal<bool>,
    /// What the worker is doing.
    pub(super) work: ReadSignal<Work>,
    /// One sentence on what went wrong.
    pub(super) notice: ReadSignal<Option<String>>,
    /// Files to save that are asked for.
    pub(super) files: ReadSignal<Vec<AskedFile>>,
    /// The table.
    pub(super) dataset: ReadSignal<Option<Shared<Dataset>>>,
    /// The result on the screen.
    pub(super) comparison: ReadSignal<Option<Shared<Comparison>>>,
    /// Every number of segments, tried.
    pub(super) sweep: Memo<Option<Shared<Sweep>>>,
    /// What is asked of the result on the screen, however far its answers are.
    known: Memo<Known>,
    /// The rules in force, once they are read.
    pub(super) rules: ReadSignal<Option<Shared<Vec<Rule>>>>,
    /// What the browser keeps.
    pub(super) keep: ReadSignal<Keep>,
    /// Rows that are selected.
    pub(super) selection: ReadSignal<Shared<RowSet>>,
    /// The customer under the pointer.
    pub(super) hover: ReadSignal<Option<usize>>,

    /// What fills the window.
    pub(super) screen: Memo<Screen>,
    /// What shapes a result.
    pub(super) settings: Memo<Settings>,
    /// Which customers are hidden.
    pub(super) filters: Memo<Filters>,
    /// Whether the filters decide whom the models use.
    pub(super) refits: Memo<bool>,
    /// Names given to segments, by number.
    names: Memo<BTreeMap<u32, String>>,
    /// The user's numbers.
    pub(super) offer: Memo<Offer>,
    /// The text of the user's own rules.
    pub(super) rules_text: Memo<Option<String>>,
    /// Whether advice is shown although the segments are not real.
    pub(super) is_advice_shown: Memo<bool>,
    /// Where the user looks.
    pub(super) look: Memo<Look>,
    /// The customer whose card is open.
    pub(super) open: Memo<Option<usize>>,
    /// What the plots show.
    pub(super) axes: Memo<Option<Axes>>,
    /// The ranges of both axes: filters hide marks, they do not move the axes.
    pub(super) domains: Memo<Option<[Domain; 2]>>,
    /// The customers by their place in the plots. It is made when a pointer first asks, once for all plots.
    pub(super) grid: Memo<Option<Shared<PointGrid>>>,
    /// Low, Medium and High.
    pub(super) bands: Memo<Option<Bands>>,
    /// The two models of the matrix that are wanted.
    pair: Memo<Option<Pair>>,
    /// What the filters let through, counted.
    pub(super) facts: Memo<Option<Shared<ViewFacts>>>,
    /// A name for every segment, proposed from all customers.
    proposed: Memo<Shared<BTreeMap<u32, String>>>,
    /// Position of the column that names the customers.
    identifier: Memo<Option<usize>>,
    /// Whether what is on screen was made with other settings than those chosen.
    is_stale: Memo<bool>,
}

impl AppState {
    pub(super) fn new(dark: bool) -> Self {
        let history = RwSignal::new(History::new(Session::default()));
        let signals = Signals::new(dark);
        let session = Memo::new(move |_| history.with(|history| Arc::clone(history.session())));
        let look = slices::slice(history, |session| session.view.look.clone());
        let filters = slices::slice(history, |session| session.filters.clone());
        let pair = slices::slice(history, |session| session.view.pair);
        let identifier = Memo::new(move |_| {
            let dataset = signals.dataset.get()?;
            let name =
                session.with(|session| session.identifier(&dataset).map(|it| &it.name).cloned())?;
            dataset
                .columns
                .iter()
                .position(|column| column.name == name)
        });
        let is_stale = Memo::new(move |_| {
            let fitted = signals.fitted.get();
            fitted.is_some_and(|fitted| session.with(|session| session.needs_fit(&fitted)))
        });
        let known = Memo::new(move |_| Known(signals.answers.get()));
        let axes = slices::axes(signals, session);
        let domains = slices::domains(signals, axes);
        let parts = Parts {
            history,
            signals,
            sources: StoredValue::new_local(Sources::default()),
            dark: signals.dark.read_only(),
            has_engine: signals.has_engine.read_only(),
            work: signals.work.read_only(),
            notice: signals.notice.read_only(),
            files: signals.files.read_only(),
            dataset: signals.dataset.read_only(),
            comparison: signals.comparison.read_only(),
            sweep: Memo::new(move |_| Some(known.with(Known::shown::<AskSweep>)?.answer)),
            known,
            rules: signals.rules.read_only(),
            keep: signals.keep.read_only(),
            selection: signals.selection.read_only(),
            hover: signals.hover.read_only(),
            screen: slices::screen(signals, look),
            settings: slices::slice(history, |session| session.settings.clone()),
            filters,
            refits: slices::slice(history, |session| session.refits),
            names: slices::slice(history, |session| session.names.clone()),
            offer: slices::slice(history, |session| session.offer),
            rules_text: slices::slice(history, |session| session.rules.clone()),
            is_advice_shown: slices::slice(history, |session| session.view.is_advice_shown),
            look,
            open: slices::slice(history, |session| {
                session.view.look.card.map(|row| row as usize)
            }),
            axes,
            domains,
            grid: slices::grid(signals, axes, domains),
            bands: slices::bands(signals, session),
            pair,
            facts: slices::facts(signals, filters, pair),
            proposed: slices::proposed(signals),
            identifier,
            is_stale,
        };
        // It lives as long as the page, and every closure holds it.
        Self(Box::leak(Box::new(parts)))
    }

    /// The state that a panel works on.
    pub(super) fn use_context() -> Self {
        expect_context()
    }

    /// Everything that is decided now.
    pub(super) fn session(self) -> Arc<Session> {
        self.history.with(|history| Arc::clone(history.session()))
    }

    /// A part of where the user looks.
    pub(super) fn looks_at<T>(self, part: fn(&Look) -> T) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let look = self.look;
        Memo::new(move |_| look.with(part))
    }

    /// The name of a model of the comparison on the screen.
    pub(super) fn model_name(self, model: ModelKey) -> &'static str {
        let centres = self.comparison.with(|comparison| {
            let settings = comparison.as_ref().map(|comparison| &comparison.settings);
            settings.map_or_else(Centres::default, |settings| settings.centres)
        });
        crate::words::model_name(model, centres)
    }

    /// The column whose segments stand beside the models of the comparison on the screen; empty for none.
    pub(super) fn segment_column(self) -> String {
        self.comparison.with(|comparison| {
            let settings = comparison.as_ref().map(|comparison| &comparison.settings);
            settings
                .and_then(|settings| settings.segment_column.clone())
                .unwrap_or_default()
        })
    }

    /// The neutral colours of charts.
    pub(super) fn theme(self) -> Theme {
        if self.dark.get() {
            Theme::DARK
        } else {
            Theme::LIGHT
        }
    }

    /// Looks at data, models and filters together; `None` before the first comparison.
    pub(super) fn view<T>(self, look: impl FnOnce(&View<'_>) -> T) -> Option<T> {
        let (dataset, comparison) = (self.dataset.get()?, self.comparison.get()?);
        self.filters.with(|filters| {
            Some(look(&View {
                dataset: &dataset,
                comparison: &comparison,
                filters,
            }))
        })
    }

    /// Whether the filters may hide customers of the result on the screen: not where its models use only those who pass them.
    pub(super) fn hides(self) -> bool {
        self.filters.with(|filters| {
            let is_for_these = |it: &Option<Shared<Comparison>>| {
                it.as_ref().is_some_and(|it| it.settings.only == *filters)
            };
            !filters.is_empty() && !self.comparison.with(is_for_these)
        })
    }

    /// The two models of the matrix.
    pub(super) fn shown_pair(self) -> Option<(ModelKey, ModelKey)> {
        let comparison = self.comparison.get()?;
        Some(pair_of(&comparison, self.pair.get()))
    }

    /// The models of the comparison on the screen, in their order.
    pub(super) fn models(self) -> Vec<ModelKey> {
        let comparison = self.comparison.get();
        let models = comparison.iter().flat_map(|comparison| comparison.models());
        models.collect()
    }

    /// What a segment of the comparison on the screen is drawn by.
    pub(super) fn mark(self, segment: usize) -> Mark {
        let none = self
            .comparison
            .with(|comparison| comparison.as_ref()?.noise);
        Mark::of(segment, none)
    }

    /// What a segment is called: by the user, or as proposed.
    pub(super) fn segment_name(self, segment: u32) -> String {
        let comparison = self.comparison.get();
        if comparison.is_some_and(|comparison| comparison.is_noise(segment)) {
            return crate::words::NO_SEGMENT.to_owned();
        }
        let given = self.names.with(|names| names.get(&segment).cloned());
        let proposed = || self.proposed.with(|names| names.get(&segment).cloned());
        given.or_else(proposed).unwrap_or_default()
    }

    /// The features that the settings name.
    pub(super) fn features(self) -> Vec<Feature> {
        self.settings
            .with(|settings| settings.features.clone().unwrap_or_default())
    }

    /// The number of segments: that which is set, or else that of the result.
    pub(super) fn n_clusters(self) -> Option<usize> {
        let chosen = self.settings.with(|settings| settings.n_clusters);
        let of_result = || self.comparison.get().map(|it| it.n_clusters);
        chosen.or_else(of_result)
    }

    /// Whether what is on screen was made with other settings than those chosen.
    pub(super) fn is_stale(self) -> bool {
        self.is_stale.get()
    }

    /// What a customer is called: the identifier, or the row number.
    pub(super) fn customer_name(self, row: usize) -> String {
        let cell = self.identifier.get().and_then(|column| {
            self.dataset.with(|dataset| {
                let column = dataset.as_ref()?.columns.get(column)?;
                Some(column.cell(row).into_owned())
            })
        });
        cell.unwrap_or_else(|| crate::words::row_name(row))
    }

    /// What the numbers of that name are written with.
    pub(super) fn unit(self, name: &str) -> Unit {
        let dataset = self.dataset.get();
        dataset.map_or(Unit::None, |dataset| dataset.unit(name))
    }

    /// The features of the result.
    pub(super) fn features_compared(self) -> Vec<Feature> {
        let comparison = self.comparison.get();
        let features = comparison.and_then(|it| it.settings.features.clone());
        features.unwrap_or_default()
    }

    /// Names of all columns and features of the result that hold numbers and are no identifier.
    pub(super) fn numeric_names(self) -> Vec<String> {
        let Some(dataset) = self.dataset.get() else {
            return Vec::new();
        };
        let columns = dataset.columns.iter();
        let numbers = columns.filter(|column| column.kind == ColumnKind::Number);
        let mut names: Vec<String> = numbers.map(|column| column.name.clone()).collect();
        if let Some(comparison) = self.comparison.get() {
            let derived = comparison.made();
            let derived = derived.filter(|(feature, _)| !matches!(feature, Feature::Column(_)));
            names.extend(derived.map(|(feature, _)| feature.name()));
        }
        names
    }
}
