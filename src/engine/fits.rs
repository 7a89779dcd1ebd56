//! Everything fitted for one choice of features and scaling, kept for the next request.

use std::collections::{BTreeMap, BTreeSet};

use super::only::only_passing;
use super::silhouettes::{InParts, MAX_MEASURED};
use super::unit::{UnitJob, UnitKey, UnitResult};
use crate::cluster::hierarchical::Hierarchical;
use crate::cluster::k_means::Centres;
use crate::cluster::{Fit, FitError, FitJob, FitKey, ModelKey, ModelOptions, Samples, Scale};
use crate::features::{Feature, Gathered, Prepared};
use crate::numeric::{pulse, sorted_by};
use crate::quality::{GroupCount, References, n_parts};
use crate::result::{EngineError, K_RANGE, Settings, Sweep};
use crate::table::{ReadOptions, Table};

/// No model can find segments with fewer customers.
const MIN_CUSTOMERS: usize = 2;
/// More customers need more memory than a browser provides: Ward's method takes about 360 bytes per customer.
const MAX_CUSTOMERS: usize = 5_000_000;
/// The largest number of customers for silhouettes in the sweep, which only compares numbers of segments with each other.
pub(super) const MAX_MEASURED_IN_SWEEP: usize = 5_000;
/// Work steps per customer for cutting a tree and measuring segments.
pub(super) const STEPS_TO_CUT: usize = 64;
/// Up to this number of distinct customers, all pairs are visited.
const MAX_PAIRED: usize = 20_000;

/// Everything fitted for one choice of features, scaling and seed.
#[derive(Debug)]
pub(crate) struct Fits {
    /// The settings without the choices made after fitting.
    settings: Settings,
    pub(crate) prepared: Prepared,
    pub(crate) samples: Samples,
    /// Customers who could be in the models, but do not pass the filters of the settings.
    pub(super) n_outside: usize,
    /// Whether helpers have the samples.
    pub(super) are_lent: bool,
    scale: Scale,
    /// The fits; errors are kept like results.
    fitted: Vec<(FitKey, Result<Fit, FitError>)>,
    /// Up to the largest number of segments that they were made for.
    pub(super) references: Option<UpTo<References>>,
    /// The number of groups, if it is counted; `None` inside where there are too few customers.
    pub(super) group_count: Option<UpTo<Option<GroupCount>>>,
    /// With the settings it depends on.
    pub(super) sweep: Option<(SweepChoices, Sweep)>,
    /// Silhouettes of the last comparison, if they are measured in parts.
    pub(super) in_parts: Option<InParts>,
}

/// What a sweep depends on besides the samples.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SweepChoices {
    models: BTreeSet<ModelKey>,
    pub(super) options: ModelOptions,
    sweep_to: usize,
}

impl SweepChoices {
    pub(super) fn of(settings: &Settings) -> Self {
        Self {
            models: settings.models.clone(),
            options: settings.model_options(),
            sweep_to: settings.sweep_to,
        }
    }
}

/// What a request needs to have fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The models side by side, at the chosen number of segments or else at the one recommended by a sweep.
    Comparison,
    /// The models at every number of segments.
    Sweep,
}

impl Fits {
    /// The settings without the choices made after fitting.
    pub(super) fn key(settings: &Settings, features: &[Feature]) -> Settings {
        let defaults = Settings::default();
        Settings {
            features: Some(features.to_vec()),
            n_clusters: None,
            own_n_clusters: BTreeMap::new(),
            sweep_to: defaults.sweep_to,
            options: BTreeMap::new(),
            identity: None,
            reading: ReadOptions::default(),
            roles: BTreeMap::new(),
            models: BTreeSet::new(),
            segment_column: None,
            centres: defaults.centres,
            hierarchical: defaults.hierarchical,
            covariance: defaults.covariance,
            ..settings.clone()
        }
    }

    pub(super) fn new(
        settings: Settings,
        table: &Table,
        features: &[Feature],
    ) -> Result<Self, EngineError> {
        let n_rows = table.n_rows();
        if n_rows > MAX_CUSTOMERS {
            let max = MAX_CUSTOMERS;
            return Err(EngineError::TooManyCustomers { n_rows, max });
        }
        let Settings {
            scaling,
            missing,
            repeats,
            ..
        } = settings;
        let gathered = Gathered::of(table, features, missing, repeats, &settings.left_out)?;
        let (gathered, n_outside) = only_passing(gathered, &settings, table)?;
        let (n_samples, n_by_hand) = (gathered.rows.len(), gathered.n_by_hand);
        let kept_out = (n_by_hand + n_outside > 0).then_some(EngineError::KeptOut {
            n_customers: n_samples,
            n_by_hand,
            n_outside,
        });
        if n_samples < MIN_CUSTOMERS {
            return Err(kept_out.unwrap_or(EngineError::TooFewCustomers {
                n_samples,
                min: MIN_CUSTOMERS,
            }));
        }
        let prepared = gathered.prepared(table, scaling)?;
        let in_file = |error: FitError| error.of_feature(prepared.scaler.order());
        let samples = Samples::new(&prepared.scaled).map_err(in_file)?;
        if samples.n_distinct() < MIN_CUSTOMERS {
            return Err(kept_out.unwrap_or(EngineError::AllAlike { n_samples }));
        }
        Ok(Self {
            settings,
            prepared,
            n_outside,
            scale: Scale::of(&samples),
            samples,
            are_lent: false,
            fitted: Vec::new(),
            references: None,
            group_count: None,
            sweep: None,
            in_parts: None,
        })
    }

    /// Whether the fits are valid for these settings. Drops trees of another linkage and what started from them: they are large.
    pub(super) fn takes(&mut self, key: &Settings, settings: &Settings) -> bool {
        if self.settings != *key {
            return false;
        }
        let defaults = ModelOptions::default().hierarchical;
        self.fitted.retain(|(key, _)| {
            let own = key.options.hierarchical;
            own == settings.hierarchical || own == defaults && key.model != ModelKey::HIERARCHICAL
        });
        true
    }

    /// The scale that tolerances are relative to.
    pub(crate) fn scale(&self) -> Scale {
        self.scale
    }

    /// The key of a model's fit, given the number of segments of all models.
    pub(crate) fn key_of(
        model: ModelKey,
        settings: &Settings,
        n_clusters: usize,
    ) -> Option<FitKey> {
        let n_own = settings.n_clusters_of(model, n_clusters);
        let found = model.model()?;
        Some(found.fit_key(&settings.model_options(), n_own))
    }

    /// The fit with that key; `None` before it is fitted.
    pub(crate) fn fit(&self, key: &FitKey) -> Option<&Result<Fit, FitError>> {
        let mut fitted = self.fitted.iter();
        fitted.find(|(other, _)| other == key).map(|(_, fit)| fit)
    }

    /// The fit of a model under these settings, if it succeeded.
    pub(crate) fn fit_of(
        &self,
        model: ModelKey,
        settings: &Settings,
        n_clusters: usize,
    ) -> Option<&Fit> {
        let key = Self::key_of(model, settings, n_clusters)?;
        self.fit(&key)?.as_ref().ok()
    }

    /// The tree among the models compared, if any.
    pub(crate) fn tree(&self, settings: &Settings) -> Option<(ModelKey, &Hierarchical)> {
        settings.models.iter().find_map(|&model| {
            match self.fit_of(model, settings, *K_RANGE.start())? {
                Fit::Tree(tree) => Some((model, tree)),
                Fit::Partition(_) | Fit::Mixture(_) => None,
            }
        })
    }

    /// The numbers of segments that a goal needs.
    pub(super) fn numbers(&self, settings: &Settings, goal: Goal) -> Vec<usize> {
        match (goal, settings.n_clusters) {
            (Goal::Comparison, Some(n_clusters)) => vec![n_clusters],
            _ => (*K_RANGE.start()..=settings.sweep_to)
                .filter(|&n_clusters| n_clusters <= self.samples.n_distinct())
                .collect(),
        }
    }

    /// What a goal still needs, each unit after those it starts from.
    pub(super) fn missing(&self, settings: &Settings, goal: Goal) -> Vec<UnitKey> {
        let options = settings.model_options();
        let mut wanted: Vec<FitKey> = Vec::new();
        let mut want = |key: FitKey| {
            if self.fit(&key).is_none() && !wanted.contains(&key) {
                wanted.push(key);
            }
        };
        let has_sweep = goal == Goal::Sweep || settings.n_clusters.is_none();
        for &model in &settings.models {
            let Some(found) = model.model() else {
                continue;
            };
            let own = settings.own_n_clusters.get(&model).copied();
            let own = own.filter(|_| settings.models.first() != Some(&model));
            let shared = self.numbers(settings, goal);
            let numbers = match (goal, own) {
                _ if model.decides_number() => shared.into_iter().take(1).collect(),
                (Goal::Comparison, Some(own)) if settings.n_clusters.is_some() => vec![own],
                (Goal::Comparison, Some(own)) => shared.into_iter().chain([own]).collect(),
                _ => shared,
            };
            for n_clusters in numbers {
                let key = found.fit_key(&options, n_clusters);
                found.requires(&key).into_iter().for_each(&mut want);
                want(key);
            }
        }
        // Units for all numbers of segments, such as a tree, are the heaviest. They come first, so that others can start from them.
        let wanted = sorted_by(wanted, |a, b| {
            a.n_clusters.is_some().cmp(&b.n_clusters.is_some())
        });
        let mut missing: Vec<UnitKey> = wanted.into_iter().map(UnitKey::Model).collect();
        if has_sweep && wants_references(settings) && !is_for(self.references.as_ref(), settings) {
            missing.insert(0, UnitKey::References(settings.sweep_to));
        }
        if has_sweep && !is_for(self.group_count.as_ref(), settings) {
            missing.insert(0, UnitKey::GroupCount(settings.sweep_to));
        }
        missing
    }

    /// Weight of the work that a goal still needs.
    pub(super) fn weight_left(&self, settings: &Settings, goal: Goal) -> f64 {
        let missing = self.missing(settings, goal);
        let mut left: f64 = missing.iter().map(|unit| self.weight(unit)).sum();
        if goal == Goal::Sweep || settings.n_clusters.is_none() {
            left += self.weight_of_judging(Goal::Sweep);
        }
        if goal == Goal::Comparison {
            left += self.weight_of_judging(Goal::Comparison);
        }
        left
    }

    /// Whether the silhouettes of a result are measured in parts.
    pub(super) fn measures_in_parts(&self) -> bool {
        n_parts(&self.samples, MAX_MEASURED) > 1
    }

    pub(super) fn weight_of_judging(&self, goal: Goal) -> f64 {
        let measured = match goal {
            Goal::Sweep => MAX_MEASURED_IN_SWEEP,
            Goal::Comparison => MAX_MEASURED,
        };
        let n = self.samples.n_distinct().min(measured) as f64;
        n * n * (1.5 + 0.06 * self.samples.n_features() as f64)
    }

    /// Weight of a unit of work: about its time in nanoseconds.
    pub(super) fn weight(&self, unit: &UnitKey) -> f64 {
        let (n, d) = (self.samples.n_distinct(), self.samples.n_features());
        match unit {
            UnitKey::Model(key) => key
                .model
                .model()
                .map_or(0.0, |model| model.weight(key, n, d)),
            UnitKey::References(_) => (n as f64).min(1_000.0) * 40_000.0 * d as f64,
            UnitKey::GroupCount(_) => (n as f64).min(1_000.0) * (8.0 + d as f64).powi(2) * 3_000.0,
            // These are handed out separately, with their own weights.
            UnitKey::Distances(_) => 0.0,
        }
    }

    /// Weight of fitting the models compared again.
    pub(crate) fn weight_of_resample(&self, settings: &Settings, n_clusters: usize) -> f64 {
        let keys = settings.models.iter();
        let keys = keys.filter_map(|&model| Self::key_of(model, settings, n_clusters));
        keys.map(|key| self.weight(&UnitKey::Model(key))).sum()
    }

    /// A unit of work with everything it needs; `None` if something else must be fitted first.
    pub(super) fn job(&self, unit: &UnitKey) -> Option<UnitJob> {
        Some(match unit {
            UnitKey::Model(key) => {
                let mut starts = Vec::new();
                for before in key.model.model()?.requires(key) {
                    let n_clusters = key.n_clusters.unwrap_or_default();
                    if let Ok(fit) = self.fit(&before)? {
                        pulse(STEPS_TO_CUT * self.samples.n_distinct());
                        starts.extend(fit.labels(n_clusters).ok());
                    }
                }
                UnitJob::Model(FitJob {
                    key: key.clone(),
                    starts,
                    scale: self.scale,
                })
            }
            UnitKey::References(most) => UnitJob::References {
                numbers: (*K_RANGE.start()..=(*most).min(self.samples.n_distinct())).collect(),
                seed: self.settings.seed,
            },
            UnitKey::GroupCount(most) => UnitJob::GroupCount {
                most: *most,
                seed: self.settings.seed,
            },
            UnitKey::Distances(_) => return None,
        })
    }

    /// Keeps the result of a unit of work. The error of a model is kept like a result.
    ///
    /// # Errors
    /// Errors of other units, which nothing can replace.
    pub(super) fn keep(
        &mut self,
        unit: UnitKey,
        found: Result<UnitResult, FitError>,
    ) -> Result<(), FitError> {
        match (unit, found) {
            (UnitKey::Model(key), Ok(UnitResult::Model(fit))) => self.fitted.push((key, Ok(fit))),
            (UnitKey::Model(key), Err(error)) => self.fitted.push((key, Err(error))),
            (UnitKey::References(most), Ok(UnitResult::References(found))) => {
                self.references = Some(UpTo { most, found });
            }
            (UnitKey::GroupCount(most), Ok(UnitResult::GroupCount(found))) => {
                self.group_count = Some(UpTo { most, found });
            }
            (UnitKey::Distances(part), Ok(UnitResult::Distances(sums))) => {
                if let Some(in_parts) = &mut self.in_parts {
                    in_parts.keep(part, sums);
                }
            }
            (
                UnitKey::References(_) | UnitKey::GroupCount(_) | UnitKey::Distances(_),
                Err(error),
            ) => {
                return Err(error);
            }
            (_, Ok(_)) => {}
        }
        Ok(())
    }

    /// Cophenetic correlation of the tree; `None` without a tree, and with so many customers that all pairs would take too long.
    pub(crate) fn cophenetic_correlation(
        &self,
        settings: &Settings,
    ) -> Result<Option<f64>, FitError> {
        match self.tree(settings) {
            Some((_, Hierarchical { tree, .. })) if self.samples.n_distinct() <= MAX_PAIRED => {
                let metric = settings.hierarchical.metric;
                tree.cophenetic_correlation(&self.samples, metric).map(Some)
            }
            _ => Ok(None),
        }
    }
}

/// What depends on the largest number of segments that is tried.
#[derive(Debug)]
pub(super) struct UpTo<T> {
    most: usize,
    pub(super) found: T,
}

fn is_for<T>(held: Option<&UpTo<T>>, settings: &Settings) -> bool {
    held.is_some_and(|held| held.most == settings.sweep_to)
}

/// Whether the gap statistic is defined: K-Means with means is compared.
pub(super) fn wants_references(settings: &Settings) -> bool {
    settings.centres == Centres::Means && settings.models.contains(&ModelKey::K_MEANS)
}
