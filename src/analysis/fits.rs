//! What was fitted under one choice of features and scaling, kept for the next request.

use std::collections::BTreeMap;

use super::engine::{Progress, Stage};
use super::{EngineError, Settings, Sweep};
use crate::cluster::gaussian_mixture::{CovarianceType, GaussianMixture, GaussianMixtureParams};
use crate::cluster::hierarchical::{Hierarchical, HierarchicalParams};
use crate::cluster::k_means::{KMeans, KMeansParams};
use crate::cluster::{FitError, Labels, Samples};
use crate::features::{Feature, Prepared, prepare};
use crate::quality::{Silhouette, silhouettes};
use crate::table::Table;

/// Both models need two customers to say anything about segments.
const MIN_CUSTOMERS: usize = 2;
/// Above this number of distinct customers a mixture settles for less: its likelihood is only told from others by far more.
const MANY_FOR_MIXTURE: usize = 5_000;

/// Everything fitted under one choice of features, scaling and seed.
#[derive(Debug)]
pub(super) struct Fits {
    /// The settings without the choices that are made on the fits.
    pub(super) settings: Settings,
    pub(super) prepared: Prepared,
    pub(super) samples: Samples,
    pub(super) hierarchical: Hierarchical,
    pub(super) k_means: BTreeMap<usize, KMeans>,
    pub(super) mixtures: BTreeMap<(usize, CovarianceType), Result<GaussianMixture, FitError>>,
    /// With the shape of the mixtures in it, if any.
    pub(super) sweep: Option<(Option<CovarianceType>, Sweep)>,
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
            k_means: BTreeMap::new(),
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

    pub(super) fn fit_k_means(
        &mut self,
        n_clusters: usize,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        if self.k_means.contains_key(&n_clusters) {
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
        progress(Stage::KMeans { n_clusters }, 0.0);
        let model = KMeans::fit(&self.samples, &params, &mut |fraction| {
            progress(Stage::KMeans { n_clusters }, fraction);
        })?;
        self.k_means.insert(n_clusters, model);
        Ok(())
    }

    /// Fits the mixture from the segments of both other models; the likelier run is kept.
    pub(super) fn fit_mixture(
        &mut self,
        n_clusters: usize,
        covariance: CovarianceType,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        if self.mixtures.contains_key(&(n_clusters, covariance)) {
            return Ok(());
        }
        self.fit_k_means(n_clusters, progress)?;
        let cut = self.hierarchical.tree.cut_at_count(n_clusters)?;
        let starts: Vec<&Labels> = self
            .k_means
            .get(&n_clusters)
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
