//! The interface of a model: its facts, what must be fitted before it, its fit.

use super::{Fit, FitError, FitJob, FitKey, ModelFacts, ModelOptions, Samples};

/// A model. A new one takes a folder of its own and one line in `cluster/registry.rs`.
pub trait ClusterModel: Sync {
    /// What is known of it without fitting it.
    fn facts(&self) -> &'static ModelFacts;

    /// What is fitted for so many clusters.
    fn fit_key(&self, options: &ModelOptions, n_clusters: usize) -> FitKey;

    /// What is fitted before it, to start from.
    fn requires(&self, _key: &FitKey) -> Vec<FitKey> {
        Vec::new()
    }

    /// Relative cost of a fit: roughly nanoseconds, measured on data of 200 to a million rows.
    fn weight(&self, key: &FitKey, n_distinct: usize, n_features: usize) -> f64;

    /// Work that is done once on samples from which many resamples are drawn, and kept with them.
    fn prepare(&self, _options: &ModelOptions, _samples: &Samples, _progress: &mut dyn FnMut(f64)) {
    }

    /// Fits it; `progress` hears the share done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`FitError`] when these samples cannot be fitted.
    fn fit(
        &self,
        job: &FitJob,
        samples: &Samples,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Fit, FitError>;

    /// Fits it from one random start, to see where another ends; `None` for a model that does not start at random.
    fn fit_from_one_start(
        &self,
        _job: &FitJob,
        _samples: &Samples,
    ) -> Option<Result<Fit, FitError>> {
        None
    }
}
