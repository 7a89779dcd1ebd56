//! The tree as one of the models.

use super::{FACTS, Hierarchical, Linkage, prepare_ward};
use crate::cluster::{
    ClusterModel, Fit, FitError, FitJob, FitKey, ModelFacts, ModelKey, ModelOptions, Samples,
};

/// Agglomerative clustering.
pub struct Model;

impl ClusterModel for Model {
    fn facts(&self) -> &'static ModelFacts {
        &FACTS
    }

    fn fit_key(&self, options: &ModelOptions, _n_clusters: usize) -> FitKey {
        FitKey {
            model: ModelKey::HIERARCHICAL,
            n_clusters: None,
            options: ModelOptions {
                hierarchical: options.hierarchical,
                ..ModelOptions::default()
            },
        }
    }

    fn weight(&self, key: &FitKey, n_distinct: usize, n_features: usize) -> f64 {
        let (n, d) = (n_distinct as f64, n_features as f64);
        match key.options.hierarchical.linkage {
            // Above eight features there is no search tree: quadratic time.
            Linkage::Ward if d > 8.0 => n * n * (1.0 + 0.09 * d),
            Linkage::Ward => n * n.log2() * 80.0 * d,
            Linkage::Single => n * n.log2() * 60.0 * d,
            Linkage::Complete
            | Linkage::Average
            | Linkage::Weighted
            | Linkage::Centroid
            | Linkage::Median => n.min(20_000.0).powi(2) * 8.0,
        }
    }

    fn prepare(&self, options: &ModelOptions, samples: &Samples, progress: &mut dyn FnMut(f64)) {
        if options.hierarchical.linkage == Linkage::Ward {
            prepare_ward(samples, progress);
        }
    }

    fn fit(
        &self,
        job: &FitJob,
        samples: &Samples,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Fit, FitError> {
        Hierarchical::fit(samples, job.key.options.hierarchical, progress).map(Fit::Tree)
    }
}
