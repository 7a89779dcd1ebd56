//! K-Means and its relatives as one of the models.

use super::{Centres, FACTS, KMeans, KMeansParams};
use crate::cluster::{
    ClusterModel, Fit, FitError, FitJob, FitKey, ModelFacts, ModelKey, ModelOptions, Partitioned,
    Samples, k_medians, spherical_k_means,
};

/// K-Means, K-medians or spherical k-means, as the centres want it.
pub struct Model;

impl ClusterModel for Model {
    fn facts(&self) -> &'static ModelFacts {
        &FACTS
    }

    fn fit_key(&self, options: &ModelOptions, n_clusters: usize) -> FitKey {
        FitKey {
            model: ModelKey::K_MEANS,
            n_clusters: Some(n_clusters),
            options: ModelOptions {
                centres: options.centres,
                n_init: options.n_init,
                max_iter: options.max_iter,
                seed: options.seed,
                ..ModelOptions::default()
            },
        }
    }

    fn weight(&self, key: &FitKey, n_distinct: usize, n_features: usize) -> f64 {
        let (n, d) = (n_distinct as f64, n_features as f64);
        let (k, n_init) = (
            key.n_clusters.unwrap_or_default() as f64,
            key.options.n_init as f64,
        );
        if key.options.centres == Centres::Means {
            k * d * (20.0 * n + n_init * 20.0 * n.min(8_192.0))
        } else {
            k * d * (300.0 * n + n_init * 100.0 * n.min(4_096.0))
        }
    }

    fn fit(
        &self,
        job: &FitJob,
        samples: &Samples,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Fit, FitError> {
        let options = &job.key.options;
        let params = KMeansParams {
            n_clusters: job.key.n_clusters.unwrap_or_default(),
            n_init: options.n_init,
            max_iter: options.max_iter,
            seed: options.seed,
        };
        let (labels, cost) = match options.centres {
            Centres::Means => {
                let found = KMeans::fit(samples, &params, progress)?;
                (found.labels, found.inertia)
            }
            Centres::Medians => {
                let found = k_medians(samples, &params, progress)?;
                (found.labels, found.cost)
            }
            Centres::Directions => {
                let found = spherical_k_means(samples, &params, progress)?;
                (found.labels, found.cost)
            }
        };
        Ok(Fit::Partition(Partitioned {
            labels,
            cost: Some(cost),
            certainty: None,
        }))
    }
}
