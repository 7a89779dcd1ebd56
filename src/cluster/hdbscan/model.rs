//! HDBSCAN as one of the models: it decides its number of clusters itself, and some samples belong to none.

use super::{Hdbscan, HdbscanParams};
use crate::cluster::{
    ClusterModel, Fit, FitError, FitJob, FitKey, Labels, ModelKey, ModelOptions, NumberOption,
    NumberRule, Partitioned, Samples,
};

/// Density-based clustering.
pub struct Model;

impl ModelKey {
    /// Clusters of any shape, by density.
    pub const HDBSCAN: Self = Self::new("hdbscan");
}

/// Fewer customers than this are no segment.
const MIN_CLUSTER_SIZE: NumberOption = NumberOption {
    name: "min_cluster_size",
    min: 2,
    max: 100_000,
    default: 15,
};
/// Customers whose distance says how dense it is around one.
const MIN_SAMPLES: NumberOption = NumberOption {
    name: "min_samples",
    min: 1,
    max: 1_000,
    default: 5,
};

impl ClusterModel for Model {
    fn key(&self) -> ModelKey {
        ModelKey::HDBSCAN
    }

    fn numbers(&self) -> &'static [NumberOption] {
        &[MIN_CLUSTER_SIZE, MIN_SAMPLES]
    }

    fn number_rule(&self) -> NumberRule {
        NumberRule::Own
    }

    fn fit_key(&self, options: &ModelOptions, _n_clusters: usize) -> FitKey {
        let own = options.numbers.get_key_value(&self.key());
        FitKey {
            model: self.key(),
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
            min_cluster_size: options.number(self.key(), MIN_CLUSTER_SIZE),
            min_samples: options.number(self.key(), MIN_SAMPLES),
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
