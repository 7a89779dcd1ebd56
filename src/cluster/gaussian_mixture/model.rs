//! The mixture as one of the models: it starts from the segments of K-Means and of the tree and from random ones, and the likeliest
//! run is kept.

use super::{CovarianceType, FACTS, GaussianMixture, GaussianMixtureParams};
use crate::cluster::k_means::Centres;
use crate::cluster::{
    ClusterModel, Fit, FitError, FitJob, FitKey, Labels, ModelFacts, ModelKey, ModelOptions,
    Samples, Scale, hierarchical, k_means,
};

/// Above this number of distinct samples the tolerance is larger: likelihoods of different mixtures differ by far more.
const MANY: usize = 5_000;

/// Random starts beside the segments of K-Means and of the tree.
const N_STARTS: usize = 18;

/// A Gaussian mixture.
pub struct Model;

impl ClusterModel for Model {
    fn facts(&self) -> &'static ModelFacts {
        &FACTS
    }

    fn fit_key(&self, options: &ModelOptions, n_clusters: usize) -> FitKey {
        FitKey {
            model: ModelKey::GAUSSIAN_MIXTURE,
            n_clusters: Some(n_clusters),
            options: ModelOptions {
                centres: Centres::Means,
                numbers: ModelOptions::default().numbers,
                ..options.clone()
            },
        }
    }

    fn requires(&self, key: &FitKey) -> Vec<FitKey> {
        let n_clusters = key.n_clusters.unwrap_or_default();
        vec![
            k_means::Model.fit_key(&key.options, n_clusters),
            hierarchical::Model.fit_key(&key.options, n_clusters),
        ]
    }

    fn weight(&self, key: &FitKey, n_distinct: usize, n_features: usize) -> f64 {
        let (n, d) = (n_distinct as f64, n_features as f64);
        // Short runs of many starts among some of the samples, then few among all.
        let steps = 600.0 * n.min(2_000.0) + 60.0 * n;
        key.n_clusters.unwrap_or_default() as f64 * (5.0 + d * d) * steps
    }

    fn fit(
        &self,
        job: &FitJob,
        samples: &Samples,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Fit, FitError> {
        samples.check_clusters(job.key.n_clusters.unwrap_or_default())?;
        let options = &job.key.options;
        let params = |covariance| GaussianMixtureParams {
            n_starts: N_STARTS,
            seed: options.seed,
            ..GaussianMixtureParams::for_scale(covariance, job.scale)
        };
        let starts: Vec<&Labels> = job.starts.iter().collect();
        let found = GaussianMixture::fit(samples, &starts, &params(options.covariance), progress);
        let found = found.map_err(|error| match error {
            FitError::Collapsed {
                n_clusters, spike, ..
            } if options.covariance != CovarianceType::Tied => {
                let tied = params(CovarianceType::Tied);
                let found = GaussianMixture::fit(samples, &starts, &tied, |_| ());
                FitError::Collapsed {
                    n_clusters,
                    spike,
                    tied_works: found.is_ok(),
                }
            }
            other => other,
        });
        found.map(Fit::Mixture)
    }
}

impl GaussianMixtureParams {
    /// The amount added to variances is relative to the smallest one, so that data in tiny units are not blurred.
    pub fn for_scale(covariance: CovarianceType, scale: Scale) -> Self {
        let defaults = Self::default();
        Self {
            covariance,
            reg_covar: defaults.reg_covar * scale.least_variance,
            tol: if scale.n_distinct > MANY {
                1e-5
            } else {
                defaults.tol
            },
            max_iter: defaults.max_iter,
            ..defaults
        }
    }
}
