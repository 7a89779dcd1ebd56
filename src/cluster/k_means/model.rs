//! K-Means and its relatives as one of the models.

use super::{Centres, FACTS, KMeans, KMeansParams};
use crate::cluster::{
    ClusterModel, Fit, FitError, FitJob, FitKey, Labels, ModelFacts, ModelKey, ModelOptions,
    Partitioned, Samples, k_medians, spherical_k_means,
};

/// K-Means, K-medians or spherical k-means, depending on the centres.
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
        let params = params_of(&job.key, options.n_init);
        match options.centres {
            Centres::Means => {
                let found = KMeans::fit(samples, &params, progress)?;
                Ok(partition(found.labels, found.inertia))
            }
            Centres::Medians => {
                let found = k_medians(samples, &params, progress)?;
                Ok(partition(found.labels, found.cost))
            }
            Centres::Directions => {
                let found = spherical_k_means(samples, &params, progress)?;
                Ok(partition(found.labels, found.cost))
            }
        }
    }

    fn fit_from_one_start(&self, job: &FitJob, samples: &Samples) -> Option<Result<Fit, FitError>> {
        let params = params_of(&job.key, 1);
        Some(match job.key.options.centres {
            Centres::Means => KMeans::fit_once(samples, &params)
                .map(|found| partition(found.labels, found.inertia)),
            Centres::Medians => k_medians(samples, &params, &mut |_| ())
                .map(|found| partition(found.labels, found.cost)),
            Centres::Directions => spherical_k_means(samples, &params, &mut |_| ())
                .map(|found| partition(found.labels, found.cost)),
        })
    }
}

fn params_of(key: &FitKey, n_init: usize) -> KMeansParams {
    KMeansParams {
        n_clusters: key.n_clusters.unwrap_or_default(),
        n_init,
        max_iter: key.options.max_iter,
        seed: key.options.seed,
    }
}

fn partition(labels: Labels, cost: f64) -> Fit {
    Fit::Partition(Partitioned {
        labels,
        cost: Some(cost),
        certainty: None,
    })
}
