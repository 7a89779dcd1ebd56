//! What was fitted under one choice of features and scaling, kept for the next request.

use std::collections::BTreeMap;

use super::part::{Found, Part, Partitioned, weight};
use crate::cluster::gaussian_mixture::{CovarianceType, GaussianMixture, GaussianMixtureParams};
use crate::cluster::hierarchical::Hierarchical;
use crate::cluster::k_means::KMeansParams;
use crate::cluster::{FitError, Labels, Samples};
use crate::features::{Feature, Prepared, prepare};
use crate::numeric::pulse;
use crate::quality::{References, Silhouette, gaps, separation, silhouettes};
use crate::result::{
    Centres, EngineError, Judged, K_RANGE, Model, Piece, Progress, Settings, Stage, Sweep,
    SweepPoint,
};
use crate::table::Table;

/// Both models need two customers to say anything about segments.
const MIN_CUSTOMERS: usize = 2;
/// More need more memory than a browser gives: Ward's method takes about 360 bytes a customer.
const MAX_CUSTOMERS: usize = 5_000_000;
/// Above this number of distinct customers a mixture settles for less: its likelihood is only told from others by far more.
const MANY_FOR_MIXTURE: usize = 5_000;

/// Silhouettes are exact up to this number of distinct customers, and measured on a random sample of so many above.
pub(crate) const MAX_MEASURED: usize = 20_000;
/// The same in the sweep, which only compares numbers of segments with each other.
const MAX_MEASURED_IN_SWEEP: usize = 5_000;
/// Steps per customer in which trees are cut and segments measured.
const STEPS_TO_CUT: usize = 64;
/// All pairs of distinct customers are gone through up to this number.
const MAX_PAIRED: usize = 20_000;

/// Everything fitted under one choice of features, scaling and seed.
#[derive(Debug)]
pub(crate) struct Fits {
    /// The settings without the choices that are made on the fits.
    pub(crate) settings: Settings,
    pub(crate) prepared: Prepared,
    pub(crate) samples: Samples,
    pub(crate) tree: Option<Hierarchical>,
    pub(crate) partitions: BTreeMap<(Centres, usize), Partitioned>,
    pub(crate) mixtures: BTreeMap<(usize, CovarianceType), Result<GaussianMixture, FitError>>,
    references: Option<References>,
    /// With the choices that were made on the fits.
    pub(crate) sweep: Option<(Centres, Option<CovarianceType>, Sweep)>,
}

/// What a request needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The models side by side, at the number of segments that is set, or else at the one that a sweep recommends.
    Comparison,
    /// The models at every number of segments.
    Sweep,
}

impl Fits {
    pub(crate) fn new(
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
        let prepared = prepare(table, features, scaling, missing, repeats)?;
        let n_samples = prepared.rows.len();
        if n_samples < MIN_CUSTOMERS {
            return Err(EngineError::TooFewCustomers {
                n_samples,
                min: MIN_CUSTOMERS,
            });
        }
        let samples = Samples::new(&prepared.scaled)?;
        if samples.n_distinct() < MIN_CUSTOMERS {
            return Err(EngineError::AllAlike { n_samples });
        }
        Ok(Self {
            settings,
            prepared,
            samples,
            tree: None,
            partitions: BTreeMap::new(),
            mixtures: BTreeMap::new(),
            references: None,
            sweep: None,
        })
    }

    /// Takes other settings if they differ in nothing but linkage and metric. K-Means stays; mixtures start from the tree and go.
    pub(crate) fn takes(&mut self, settings: &Settings) -> bool {
        let hierarchical = settings.hierarchical;
        let with_its_tree = Settings {
            hierarchical,
            ..self.settings.clone()
        };
        if with_its_tree != *settings {
            return false;
        }
        if self.settings.hierarchical != hierarchical {
            self.settings.hierarchical = hierarchical;
            self.tree = None;
            self.mixtures.clear();
            self.sweep = None;
        }
        true
    }

    /// Numbers of segments that a goal needs.
    pub(crate) fn numbers(&self, settings: &Settings, goal: Goal) -> Vec<usize> {
        match (goal, settings.n_clusters) {
            (Goal::Comparison, Some(n_clusters)) => vec![n_clusters],
            _ => K_RANGE
                .filter(|&n_clusters| n_clusters <= self.samples.n_distinct())
                .collect(),
        }
    }

    /// What a goal needs and is not fitted yet.
    pub(crate) fn missing(&self, settings: &Settings, goal: Goal) -> Vec<Piece> {
        let mut wanted = vec![Piece::Tree];
        let has_sweep = goal == Goal::Sweep || settings.n_clusters.is_none();
        if has_sweep && settings.centres == Centres::Means {
            wanted.push(Piece::References);
        }
        let numbers = self.numbers(settings, goal);
        let partition = |centres, n_clusters| Piece::Partition {
            centres,
            n_clusters,
        };
        for &n_clusters in &numbers {
            wanted.push(partition(settings.centres, n_clusters));
        }
        if let Some(covariance) = mixture_in(settings) {
            let own = settings.own_n_clusters.get(&Model::GaussianMixture);
            let of_mixture = match (goal, own) {
                (Goal::Comparison, Some(&own)) if settings.n_clusters.is_some() => vec![own],
                (Goal::Comparison, Some(&own)) => numbers.into_iter().chain([own]).collect(),
                _ => numbers,
            };
            for n_clusters in of_mixture {
                wanted.push(partition(Centres::Means, n_clusters));
                wanted.push(Piece::Mixture {
                    covariance,
                    n_clusters,
                });
            }
        }
        let mut missing = Vec::new();
        for piece in wanted {
            if !self.has(piece) && !missing.contains(&piece) {
                missing.push(piece);
            }
        }
        missing
    }

    fn has(&self, piece: Piece) -> bool {
        match piece {
            Piece::Tree => self.tree.is_some(),
            Piece::References => self.references.is_some(),
            Piece::Partition {
                centres,
                n_clusters,
            } => self.partitions.contains_key(&(centres, n_clusters)),
            Piece::Mixture {
                covariance,
                n_clusters,
            } => self.mixtures.contains_key(&(n_clusters, covariance)),
        }
    }

    /// Weight of the work that a goal still needs.
    pub(crate) fn weight_left(&self, settings: &Settings, goal: Goal) -> f64 {
        let missing = self.missing(settings, goal);
        let mut left: f64 = missing.into_iter().map(|piece| self.weight(piece)).sum();
        if goal == Goal::Sweep || settings.n_clusters.is_none() {
            left += self.weight_of_judging(Goal::Sweep);
        }
        if goal == Goal::Comparison {
            left += self.weight_of_judging(Goal::Comparison);
        }
        left
    }

    pub(crate) fn weight_of_judging(&self, goal: Goal) -> f64 {
        let measured = match goal {
            Goal::Sweep => MAX_MEASURED_IN_SWEEP,
            Goal::Comparison => MAX_MEASURED,
        };
        (self.samples.n_distinct().min(measured) as f64).powi(2) * 2.0
    }

    pub(crate) fn weight(&self, piece: Piece) -> f64 {
        let shape = (self.samples.n_distinct(), self.samples.n_features());
        let Settings {
            hierarchical,
            n_init,
            ..
        } = self.settings;
        weight(piece, shape, hierarchical, n_init)
    }

    /// Weight of fitting the models compared once more.
    pub(crate) fn weight_of_resample(&self, settings: &Settings, n_clusters: usize) -> f64 {
        let centres = settings.centres;
        let partition = Piece::Partition {
            centres,
            n_clusters,
        };
        let mixture = mixture_in(settings).map(|covariance| Piece::Mixture {
            covariance,
            n_clusters,
        });
        let pieces = [Some(Piece::Tree), Some(partition), mixture];
        pieces
            .into_iter()
            .flatten()
            .map(|piece| self.weight(piece))
            .sum()
    }

    /// A piece with all that its fit needs; `None` when something else must be fitted before it.
    pub(crate) fn part(&self, piece: Piece) -> Option<Part> {
        let Settings {
            n_init,
            max_iter,
            seed,
            hierarchical,
            ..
        } = self.settings;
        Some(match piece {
            Piece::Tree => Part::Tree(hierarchical),
            Piece::Partition {
                centres,
                n_clusters,
            } => {
                let params = KMeansParams {
                    n_clusters,
                    n_init,
                    max_iter,
                    seed,
                };
                Part::Partition(centres, params)
            }
            Piece::Mixture {
                covariance,
                n_clusters,
            } => {
                pulse(STEPS_TO_CUT * self.samples.n_distinct());
                // From the segments of K-Means and of the tree; the likelier run is kept.
                let partition = self.partitions.get(&(Centres::Means, n_clusters))?;
                let cut = self.tree.as_ref()?.tree.cut_at_count(n_clusters).ok()?;
                let starts = vec![partition.labels.clone(), cut];
                Part::Mixture(self.mixture_params(covariance), starts)
            }
            Piece::References => Part::References {
                numbers: self.numbers(&self.settings, Goal::Sweep),
                seed,
            },
        })
    }

    pub(crate) fn mixture_params(&self, covariance: CovarianceType) -> GaussianMixtureParams {
        Self::mixture_params_of(&self.samples, covariance)
    }

    pub(crate) fn mixture_params_of(
        samples: &Samples,
        covariance: CovarianceType,
    ) -> GaussianMixtureParams {
        // What is added to variances follows the unit of the smallest, so that data in tiny units are not blurred.
        let least_variance = samples.columns.iter().map(|column| {
            let squares = column
                .iter()
                .zip(&samples.weights)
                .map(|(x, weight)| weight * x * x);
            squares.sum::<f64>() / samples.n_samples() as f64
        });
        let least_variance = least_variance
            .filter(|&variance| variance > 0.0)
            .fold(1.0, f64::min);
        let is_large = samples.n_distinct() > MANY_FOR_MIXTURE;
        let defaults = GaussianMixtureParams::default();
        GaussianMixtureParams {
            covariance,
            reg_covar: defaults.reg_covar * least_variance,
            tol: if is_large { 1e-5 } else { defaults.tol },
            max_iter: defaults.max_iter,
        }
    }

    /// Keeps what came of a piece. That a mixture collapsed is kept like a result.
    pub(crate) fn keep(
        &mut self,
        piece: Piece,
        found: Result<Found, FitError>,
    ) -> Result<(), FitError> {
        if let (
            Piece::Mixture {
                covariance,
                n_clusters,
            },
            Err(error),
        ) = (piece, &found)
        {
            let error = Err(error.clone());
            self.mixtures.insert((n_clusters, covariance), error);
            return Ok(());
        }
        match (piece, found?) {
            (_, Found::Tree(tree)) => self.tree = Some(tree),
            (_, Found::References(references)) => self.references = Some(references),
            (
                Piece::Partition {
                    centres,
                    n_clusters,
                },
                Found::Partition(partition),
            ) => {
                self.partitions.insert((centres, n_clusters), partition);
            }
            (
                Piece::Mixture {
                    covariance,
                    n_clusters,
                },
                Found::Mixture(mixture),
            ) => {
                self.mixtures.insert((n_clusters, covariance), Ok(mixture));
            }
            (_, Found::Partition(_) | Found::Mixture(_)) => {}
        }
        Ok(())
    }
}

/// The shape of the mixture's components, where the mixture is among the models.
pub(crate) fn mixture_in(settings: &Settings) -> Option<CovarianceType> {
    settings
        .models
        .contains(&Model::GaussianMixture)
        .then_some(settings.covariance)
}

impl Fits {
    /// Cophenetic correlation of the tree; `None` for so many customers that all pairs would take too long.
    pub(crate) fn cophenetic_correlation(&self) -> Result<Option<f64>, FitError> {
        match &self.tree {
            Some(Hierarchical { tree, .. }) if self.samples.n_distinct() <= MAX_PAIRED => {
                let metric = self.settings.hierarchical.metric;
                tree.cophenetic_correlation(&self.samples, metric).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Judges every number of segments that was fitted.
    pub(crate) fn judge_sweep(
        &self,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Result<Sweep, EngineError> {
        let samples = &self.samples;
        let tree = self.tree.as_ref().ok_or(EngineError::NoTable)?;
        let covariance = mixture_in(settings);
        let mut fitted = Vec::new();
        for n_clusters in self.numbers(settings, Goal::Sweep) {
            pulse(STEPS_TO_CUT * self.samples.n_distinct());
            if let Some(partition) = self.partitions.get(&(settings.centres, n_clusters)) {
                let cut = tree.tree.cut_at_count(n_clusters)?;
                let mixture = covariance.and_then(|covariance| {
                    let mixture = self.mixtures.get(&(n_clusters, covariance))?;
                    mixture.as_ref().ok()
                });
                fitted.push((n_clusters, partition, cut, mixture));
            }
        }
        let clusterings: Vec<&Labels> = fitted
            .iter()
            .flat_map(|(_, partition, cut, mixture)| {
                [&partition.labels, cut]
                    .into_iter()
                    .chain(mixture.map(|mixture| &mixture.labels))
            })
            .collect();
        let judged = judge(
            samples,
            &clusterings,
            MAX_MEASURED_IN_SWEEP,
            settings.seed,
            progress,
        )?;
        let n_measured = judged.first().map_or(0, |silhouette| silhouette.n_measured);
        let mut silhouettes = judged.iter().map(|judged| judged.score);
        let mut of = |labels: &Labels| Judged {
            silhouette: silhouettes.next().unwrap_or(f64::NAN),
            separation: separation(samples, labels),
            smallest: labels.sizes(samples).into_iter().min().unwrap_or(0),
        };
        let points = fitted
            .iter()
            .map(|(n_clusters, partition, cut, mixture)| SweepPoint {
                n_clusters: *n_clusters,
                k_means: of(&partition.labels),
                hierarchical: of(cut),
                gaussian_mixture: mixture.map(|mixture| of(&mixture.labels)),
                inertia: partition.cost,
                bic: mixture.map(GaussianMixture::bic),
            });
        let points: Vec<SweepPoint> = points.collect();
        let gaps = match &self.references {
            Some(references) if settings.centres == Centres::Means => {
                let inertias = points.iter().map(|point| (point.n_clusters, point.inertia));
                gaps(samples, &inertias.collect::<Vec<_>>(), references)
            }
            _ => Vec::new(),
        };
        Ok(Sweep::new(points, gaps, n_measured, samples.n_samples()))
    }
}

pub(crate) fn judge(
    samples: &Samples,
    clusterings: &[&Labels],
    max_measured: usize,
    seed: u64,
    progress: &mut Progress,
) -> Result<Vec<Silhouette>, EngineError> {
    progress(Stage::Silhouette, 0.0);
    Ok(silhouettes(
        samples,
        clusterings,
        max_measured,
        seed,
        |fraction| progress(Stage::Silhouette, fraction),
    )?)
}
