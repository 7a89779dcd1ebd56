//! What was fitted under one choice of features and scaling, kept for the next request.

use std::collections::BTreeMap;

use super::engine::{Progress, Stage};
use super::{Centres, EngineError, Judged, Settings, Sweep, SweepPoint};
use crate::cluster::gaussian_mixture::{CovarianceType, GaussianMixture, GaussianMixtureParams};
use crate::cluster::hierarchical::{Hierarchical, HierarchicalParams};
use crate::cluster::k_means::{KMeans, KMeansParams};
use crate::cluster::{FitError, Labels, Samples, k_medians, spherical_k_means};
use crate::features::{Feature, Prepared, prepare};
use crate::quality::{Silhouette, gaps, separation, silhouettes};
use crate::table::Table;

/// Both models need two customers to say anything about segments.
const MIN_CUSTOMERS: usize = 2;
/// Above this number of distinct customers a mixture settles for less: its likelihood is only told from others by far more.
const MANY_FOR_MIXTURE: usize = 5_000;

/// Silhouettes of the sweep, which only compares numbers of segments with each other, are exact up to this number of distinct
/// customers, and measured on a random sample of so many above.
const MAX_MEASURED_IN_SWEEP: usize = 5_000;

/// All pairs of distinct customers are gone through up to this number.
const MAX_PAIRED: usize = 20_000;

/// Everything fitted under one choice of features, scaling and seed.
#[derive(Debug)]
pub(super) struct Fits {
    /// The settings without the choices that are made on the fits.
    pub(super) settings: Settings,
    pub(super) prepared: Prepared,
    pub(super) samples: Samples,
    pub(super) hierarchical: Hierarchical,
    pub(super) partitions: BTreeMap<(Centres, usize), Partitioned>,
    pub(super) mixtures: BTreeMap<(usize, CovarianceType), Result<GaussianMixture, FitError>>,
    /// With the choices that were made on the fits.
    pub(super) sweep: Option<(Centres, Option<CovarianceType>, Sweep)>,
}

/// What K-Means or one of its relatives found.
#[derive(Debug)]
pub(super) struct Partitioned {
    pub(super) labels: Labels,
    /// Inertia of K-Means, sum of distances of the others.
    pub(super) cost: f64,
}

impl Fits {
    pub(super) fn new(
        settings: Settings,
        table: &Table,
        features: &[Feature],
        progress: &mut Progress,
    ) -> Result<Self, EngineError> {
        let prepared = prepare(table, features, settings.scaling)?;
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
        progress(Stage::Hierarchical, 0.0);
        let hierarchical = Hierarchical::fit(&samples, settings.hierarchical, &mut |fraction| {
            progress(Stage::Hierarchical, fraction);
        })?;
        Ok(Self {
            settings,
            prepared,
            samples,
            hierarchical,
            partitions: BTreeMap::new(),
            mixtures: BTreeMap::new(),
            sweep: None,
        })
    }

    /// Whether nothing but linkage or metric is another one.
    pub(super) fn differs_in_tree_only(&self, settings: &Settings) -> bool {
        let hierarchical = settings.hierarchical;
        let with_its_tree = Settings {
            hierarchical,
            ..self.settings.clone()
        };
        with_its_tree == *settings
    }

    /// Builds another tree on the same samples. K-Means stays; mixtures start from the tree and go.
    pub(super) fn rebuild_tree(
        &mut self,
        params: HierarchicalParams,
        progress: &mut Progress,
    ) -> Result<(), FitError> {
        progress(Stage::Hierarchical, 0.0);
        self.hierarchical = Hierarchical::fit(&self.samples, params, &mut |fraction| {
            progress(Stage::Hierarchical, fraction);
        })?;
        self.settings.hierarchical = params;
        self.mixtures.clear();
        self.sweep = None;
        Ok(())
    }

    pub(super) fn fit_partition(
        &mut self,
        centres: Centres,
        n_clusters: usize,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        if self.partitions.contains_key(&(centres, n_clusters)) {
            return Ok(());
        }
        let Settings {
            n_init,
            max_iter,
            seed,
            ..
        } = self.settings;
        let params = KMeansParams {
            n_clusters,
            n_init,
            max_iter,
            seed,
        };
        let stage = Stage::KMeans { n_clusters };
        progress(stage, 0.0);
        let hear = &mut |fraction| progress(stage, fraction);
        let (labels, cost) = match centres {
            Centres::Means => {
                let model = KMeans::fit(&self.samples, &params, hear)?;
                (model.labels, model.inertia)
            }
            Centres::Medians => {
                let model = k_medians(&self.samples, &params, hear)?;
                (model.labels, model.cost)
            }
            Centres::Directions => {
                let model = spherical_k_means(&self.samples, &params, hear)?;
                (model.labels, model.cost)
            }
        };
        let partition = Partitioned { labels, cost };
        self.partitions.insert((centres, n_clusters), partition);
        Ok(())
    }

    /// Fits the mixture from the segments of K-Means and of the tree; the likelier run is kept.
    pub(super) fn fit_mixture(
        &mut self,
        n_clusters: usize,
        covariance: CovarianceType,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        if self.mixtures.contains_key(&(n_clusters, covariance)) {
            return Ok(());
        }
        self.fit_partition(Centres::Means, n_clusters, progress)?;
        let cut = self.hierarchical.tree.cut_at_count(n_clusters)?;
        let starts: Vec<&Labels> = self
            .partitions
            .get(&(Centres::Means, n_clusters))
            .map(|model| &model.labels)
            .into_iter()
            .chain([&cut])
            .collect();
        let samples = &self.samples;
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
        let params = GaussianMixtureParams {
            covariance,
            reg_covar: defaults.reg_covar * least_variance,
            tol: if is_large { 1e-5 } else { defaults.tol },
            max_iter: defaults.max_iter,
        };
        progress(Stage::GaussianMixture, 0.0);
        let mixture = GaussianMixture::fit(samples, &starts, &params, |fraction| {
            progress(Stage::GaussianMixture, fraction);
        });
        self.mixtures.insert((n_clusters, covariance), mixture);
        Ok(())
    }
}

impl Fits {
    /// Cophenetic correlation of the tree; `None` for so many customers that all pairs would take too long.
    pub(super) fn cophenetic_correlation(&self) -> Result<Option<f64>, FitError> {
        if self.samples.n_distinct() > MAX_PAIRED {
            return Ok(None);
        }
        let metric = self.settings.hierarchical.metric;
        let tree = &self.hierarchical.tree;
        tree.cophenetic_correlation(&self.samples, metric).map(Some)
    }

    /// Judges every number of segments that was fitted.
    pub(super) fn judge_sweep(
        &self,
        numbers: &[usize],
        centres: Centres,
        with_mixture: Option<CovarianceType>,
        seed: u64,
        progress: &mut Progress,
    ) -> Result<Sweep, EngineError> {
        let samples = &self.samples;
        let mut fitted = Vec::with_capacity(numbers.len());
        for &n_clusters in numbers {
            if let Some(partition) = self.partitions.get(&(centres, n_clusters)) {
                let cut = self.hierarchical.tree.cut_at_count(n_clusters)?;
                let mixture = with_mixture.and_then(|covariance| {
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
        let judged = judge(samples, &clusterings, MAX_MEASURED_IN_SWEEP, seed, progress)?;
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
        let gaps = if centres == Centres::Means {
            let inertias: Vec<(usize, f64)> = points
                .iter()
                .map(|point| (point.n_clusters, point.inertia))
                .collect();
            gaps(samples, &inertias, seed, |fraction| {
                progress(Stage::Silhouette, fraction);
            })?
        } else {
            Vec::new()
        };
        Ok(Sweep::new(points, gaps, n_measured, samples.n_samples()))
    }
}

pub(super) fn judge(
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
