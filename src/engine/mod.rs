//! What fits: the engine keeps the last table and what was fitted on it, and plans what is missing. One method a use case.

mod fits;
mod part;
mod task;

use std::collections::{BTreeMap, BTreeSet};

pub use fits::Goal;
pub(crate) use fits::{Fits, mixture_in};
use fits::{MAX_MEASURED, judge};
pub use part::{Found, Part, Partitioned};
pub use task::{Finished, Task};

use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::{FitError, Samples};
use crate::features::{Feature, Missing, values_of};
use crate::questions::{Resampling, Trying};
use crate::result::{
    Centres, Comparison, Dataset, EngineError, Fitted, FittedOn, K_RANGE, Model, Piece, Progress,
    Settings, Stage, Sweep,
};
use crate::table::{ReadOptions, Role, Source as Bytes, Table, read_table};

/// Work of less weight than this (about 200 ms) is done sooner than shared.
const WORTH_SHARING: f64 = 2e8;
/// The same of the parts that can start now.
const WORTH_HANDING_OVER: f64 = 5e7;

/// Keeps the last table and the last fits.
#[derive(Debug, Default)]
pub struct Engine {
    pub(crate) source: Option<Source>,
    pub(crate) fits: Option<Fits>,
    /// The last comparison, for what is asked about it.
    last: Option<Comparison>,
    /// Resamples that are being drawn.
    pub(crate) resampling: Option<Resampling>,
    /// Other choices that are being tried.
    pub(crate) trying: Option<Trying>,
    /// Weight of all the work of the request in hand.
    whole: Option<f64>,
}

/// What others can do for a request.
#[derive(Debug)]
pub struct Shares<'a> {
    /// What the tasks work on.
    pub samples: &'a Samples,
    /// Each with its weight.
    pub tasks: Vec<(Task, f64)>,
    /// Weight of all the work of the request.
    pub whole: f64,
    /// Weight of what is not done yet.
    pub left: f64,
}

#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) table: Table,
}

impl Engine {
    /// The table read last.
    pub fn table(&self) -> Option<&Table> {
        self.source.as_ref().map(|source| &source.table)
    }

    /// The name of the file read last, without its ending.
    pub fn file_stem(&self) -> &str {
        let name = self
            .source
            .as_ref()
            .map_or("", |source| source.name.as_str());
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Reads a file; the table of before is replaced only when this one can be read.
    ///
    /// # Errors
    /// [`EngineError::Table`] when the bytes are no table, or not to be had.
    pub fn import(
        &mut self,
        name: &str,
        bytes: &mut dyn Bytes,
        options: &ReadOptions,
        progress: &mut Progress,
    ) -> Result<Dataset, EngineError> {
        progress(Stage::Reading, 0.0);
        let mut hear = |fraction: f64| progress(Stage::Reading, fraction);
        let table = read_table(bytes, options, &mut hear)?;
        let dataset = Dataset::of(name, bytes.n_bytes(), options, &table).with_unseen(&table);
        self.hold(name.to_owned(), table);
        Ok(dataset)
    }

    /// Takes a table back from what the page holds of it.
    ///
    /// # Errors
    /// [`EngineError::NoTable`] when parts of it are missing.
    pub fn restore(&mut self, dataset: &Dataset) -> Result<(), EngineError> {
        let table = dataset.to_table().ok_or(EngineError::NoTable)?;
        self.hold(dataset.name.clone(), table);
        Ok(())
    }

    /// From now on this is the table; what was fitted on another is forgotten.
    fn hold(&mut self, name: String, table: Table) {
        *self = Self {
            source: Some(Source { name, table }),
            ..Self::default()
        };
    }

    /// Fits the models, matches their segments and puts them side by side.
    ///
    /// # Errors
    /// [`EngineError`] when the settings are wrong or these data cannot meet them.
    pub fn compare(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Comparison, EngineError> {
        if let Some(last) = self.last.as_ref().filter(|last| last.settings == settings) {
            return Ok(last.clone());
        }
        let result = self.compared(settings, progress);
        self.whole = None;
        self.last = result.as_ref().ok().cloned();
        result
    }

    /// Fits the models at every number of segments in [`K_RANGE`] that the data allow.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn sweep(
        &mut self,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Result<Sweep, EngineError> {
        let result = self.swept(settings, Goal::Sweep, progress);
        self.whole = None;
        result
    }

    /// What others can fit meanwhile for a request, so that [`Engine::compare`] or [`Engine::sweep`] find it done; `None` when
    /// it is not worth their while. Some parts can only start when others are kept: ask again then.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn shares(
        &mut self,
        settings: &Settings,
        goal: Goal,
    ) -> Result<Option<Shares<'_>>, EngineError> {
        settings.check()?;
        let whole = self.whole;
        let fits = self.fits_for(settings)?;
        let left = fits.weight_left(settings, goal);
        let whole = whole.unwrap_or(left);
        let missing = fits.missing(settings, goal);
        let tasks = missing.into_iter();
        let tasks: Vec<_> = tasks
            .filter_map(|piece| Some((Task::Fit(piece, fits.part(piece)?), fits.weight(piece))))
            .collect();
        let weight: f64 = tasks.iter().map(|(_, weight)| weight).sum();
        if tasks.len() < 2 || left < WORTH_SHARING || weight < WORTH_HANDING_OVER {
            return Ok(None);
        }
        self.whole = Some(whole);
        Ok(self.fits.as_ref().map(|fits| Shares {
            samples: &fits.samples,
            tasks,
            whole,
            left,
        }))
    }

    /// Keeps what somebody found for the request that was shared last. An error is found again by the request itself.
    pub fn keep(&mut self, finished: Finished) {
        match finished {
            Finished::Fitted(piece, found) => {
                if let Some(fits) = &mut self.fits {
                    fits.keep(piece, found).unwrap_or_default();
                }
            }
            Finished::Drawn(first, redrawn) => {
                if let (Some(resampling), Ok(redrawn)) = (&mut self.resampling, redrawn) {
                    resampling.keep(first, redrawn);
                }
            }
        }
    }

    /// What the last fits stand on.
    pub fn samples(&self) -> Option<&Samples> {
        self.fits.as_ref().map(|fits| &fits.samples)
    }

    fn compared(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Comparison, EngineError> {
        self.fit(&settings, Goal::Comparison, progress)?;
        let n_clusters = match settings.n_clusters {
            Some(n_clusters) => n_clusters,
            None => self
                .swept(&settings, Goal::Comparison, progress)?
                .recommended()
                .unwrap_or(*K_RANGE.start()),
        };
        let settings = Settings {
            n_clusters: Some(n_clusters),
            ..settings
        };
        let (Some(source), Some(fits)) = (&self.source, &self.fits) else {
            return Err(EngineError::NoTable);
        };
        let weight = fits.weight_of_judging(Goal::Comparison);
        let key = (settings.centres, n_clusters);
        let k_means = fits.partitions.get(&key).ok_or(EngineError::NoTable)?;
        let tree = fits.tree.as_ref().ok_or(EngineError::NoTable)?;
        let n_of = |model| settings.n_clusters_of(model, n_clusters);
        let cut = tree.tree.cut_at_count(n_of(Model::Hierarchical))?;
        let mixture = mixture_in(&settings).and_then(|covariance| {
            let key = (n_of(Model::GaussianMixture), covariance);
            fits.mixtures.get(&key)
        });
        let mixture = match mixture {
            Some(mixture) => Some(mixture.as_ref().map_err(FitError::clone)?),
            None => None,
        };
        let mut clusterings = vec![&k_means.labels, &cut];
        clusterings.extend(mixture.map(|mixture| &mixture.labels));
        let judged = judge(
            &fits.samples,
            &clusterings,
            MAX_MEASURED,
            settings.seed,
            &mut course(self.whole, weight, weight, progress),
        )?;
        let [of_k_means, of_hierarchical, of_mixture @ ..] = judged.as_slice() else {
            return Err(EngineError::NoTable);
        };
        let k_means = Fitted {
            labels: &k_means.labels,
            silhouette: of_k_means,
            inertia: (settings.centres == Centres::Means).then_some(k_means.cost),
            is_approximate: false,
            mixture: None,
        };
        let hierarchical = Fitted {
            labels: &cut,
            silhouette: of_hierarchical,
            inertia: None,
            is_approximate: tree.is_approximate,
            mixture: None,
        };
        let mixture = mixture
            .zip(of_mixture.first())
            .map(|(mixture, silhouette)| Fitted {
                labels: &mixture.labels,
                silhouette,
                inertia: None,
                is_approximate: false,
                mixture: Some(mixture),
            });
        let features = settings.features_for(&source.table);
        let made = made_features(&features, &settings, &source.table);
        let made_values = made
            .iter()
            .map(|&at| values_of(&source.table, &features[at], settings.missing))
            .collect::<Result<_, _>>()?;
        let settings = Settings {
            features: Some(features),
            ..settings
        };
        let fitted_on = FittedOn {
            prepared: &fits.prepared,
            samples: &fits.samples,
            table: &source.table,
        };
        Ok(Comparison::new(
            settings,
            &fitted_on,
            (made, made_values),
            [&k_means, &hierarchical],
            mixture.as_ref(),
        ))
    }

    fn swept(
        &mut self,
        settings: &Settings,
        goal: Goal,
        progress: &mut Progress,
    ) -> Result<Sweep, EngineError> {
        self.fit(settings, goal, progress)?;
        let whole = self.whole;
        let fits = self.fits.as_mut().ok_or(EngineError::NoTable)?;
        let key = (settings.centres, mixture_in(settings));
        match &fits.sweep {
            Some((centres, covariance, sweep)) if (*centres, *covariance) == key => {
                return Ok(sweep.clone());
            }
            _ => {}
        }
        let left = fits.weight_left(settings, goal);
        let weight = fits.weight_of_judging(Goal::Sweep);
        let sweep = fits.judge_sweep(settings, &mut course(whole, left, weight, progress))?;
        fits.sweep = Some((key.0, key.1, sweep.clone()));
        Ok(sweep)
    }

    /// Fits what a goal needs and nobody has fitted yet.
    fn fit(
        &mut self,
        settings: &Settings,
        goal: Goal,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        settings.check()?;
        let whole = self.whole;
        let fits = self.fits_for(settings)?;
        let whole = whole.unwrap_or_else(|| fits.weight_left(settings, goal));
        loop {
            let missing = fits.missing(settings, goal);
            let ready = |&piece: &Piece| Some((piece, fits.part(piece)?));
            let Some((piece, part)) = missing.iter().find_map(ready) else {
                break;
            };
            let (left, weight) = (fits.weight_left(settings, goal), fits.weight(piece));
            let mut hear = |fraction: f64| {
                progress(Stage::Fitting(piece), done(whole, left - weight * fraction));
            };
            hear(0.0);
            let found = part.fit(&fits.samples, &mut hear);
            fits.keep(piece, found)?;
        }
        self.whole = Some(whole);
        Ok(())
    }

    /// The fits under these settings: those of before as far as they still hold.
    fn fits_for(&mut self, settings: &Settings) -> Result<&mut Fits, EngineError> {
        let source = self.source.as_ref().ok_or(EngineError::NoTable)?;
        let table = &source.table;
        let features = settings.features_for(table);
        let key = Settings {
            features: Some(features.clone()),
            n_clusters: None,
            own_n_clusters: BTreeMap::new(),
            identity: None,
            reading: ReadOptions::default(),
            roles: BTreeMap::new(),
            models: BTreeSet::new(),
            centres: Centres::default(),
            covariance: CovarianceType::default(),
            ..settings.clone()
        };
        if let Some(column) = identifier_among(settings, table, &features) {
            return Err(EngineError::IdentifierAsFeature { column });
        }
        let fits = match self.fits.take() {
            Some(mut fits) => {
                if fits.takes(&key) {
                    fits
                } else {
                    match Fits::new(key, table, &features) {
                        Ok(new) => new,
                        Err(error) => {
                            self.fits = Some(fits);
                            return Err(error);
                        }
                    }
                }
            }
            None => Fits::new(key, table, &features)?,
        };
        Ok(self.fits.insert(fits))
    }
}

/// Share of the whole that is done when so much is left.
fn done(whole: f64, left: f64) -> f64 {
    (1.0 - left / whole.max(1.0)).clamp(0.0, 1.0)
}

/// Tells the share of a whole request from that of one work of this weight, while so much is left.
fn course<'a>(
    whole: Option<f64>,
    left: f64,
    weight: f64,
    progress: &'a mut Progress,
) -> impl FnMut(Stage, f64) + 'a {
    let whole = whole.unwrap_or(left);
    move |stage, fraction| progress(stage, done(whole, left - weight * fraction))
}

/// Positions of the features whose values are not in the table.
fn made_features(features: &[Feature], settings: &Settings, table: &Table) -> Vec<usize> {
    let is_made = |feature: &Feature| match feature {
        Feature::Column(name) => {
            let column = table.column(name);
            settings.missing != Missing::LeaveOut && column.is_some_and(|it| it.missing > 0)
        }
        _ => true,
    };
    (0..features.len())
        .filter(|&at| is_made(&features[at]))
        .collect()
}

fn identifier_among(settings: &Settings, table: &Table, features: &[Feature]) -> Option<String> {
    let mut sources = features.iter().flat_map(Feature::sources);
    let is_identifier = |name: &&str| {
        table
            .column(name)
            .is_some_and(|column| settings.role_of(column) == Role::Identifier)
    };
    sources.find(is_identifier).map(str::to_owned)
}
