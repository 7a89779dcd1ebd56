//! HDBSCAN as one of the models: it decides its number of clusters itself, and some samples belong to none.

use super::facts::{MIN_CLUSTER_SIZE, MIN_SAMPLES};
use super::{FACTS, Hdbscan, HdbscanParams};
use crate::cluster::{
    ClusterModel, Fit, FitError, FitJob, FitKey, Labels, ModelFacts, ModelKey, ModelOptions,
    Partitioned, Samples,
};

/// Density-based clustering.
pub struct Model;

impl ClusterModel for Model {
    fn facts(&self) -> &'static ModelFacts {
        &FACTS
    }

    fn fit_key(&self, options: &ModelOptions, _n_clusters: usize) -> FitKey {
        let own = options.numbers.get_key_value(&ModelKey::HDBSCAN);
        FitKey {
            model: ModelKey::HDBSCAN,
            n_clusters: None,
            options: ModelOptions {
                numbers: own
                    .map(|(key, own)| (*key, own.clone()))
                    .into_iter()
                    .collect(),
                ..ModelOptions::default()
            },
        }
    }

    fn weight(&self, _key: &FitKey, n_distinct: usize, n_features: usize) -> f64 {
        let (n, d) = (n_distinct as f64, n_features as f64);
        if n_features > 8 {
            n * n * (1.0 + d)
        } else {
            n * n.log2() * 200.0 * d
        }
    }

    fn fit(
        &self,
        job: &FitJob,
        samples: &Samples,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Fit, FitError> {
        let options = &job.key.options;
        let params = HdbscanParams {
            min_cluster_size: options.number(ModelKey::HDBSCAN, MIN_CLUSTER_SIZE),
            min_samples: options.number(ModelKey::HDBSCAN, MIN_SAMPLES),
        };
        let found = Hdbscan::fit(samples, &params, progress)?;
        Ok(Fit::Partition(Partitioned {
            labels: Labels {
                of_distinct: found.labels,
                n_clusters: found.n_clusters,
            },
            cost: None,
            certainty: Some(found.probabilities),
        }))
    }
}
