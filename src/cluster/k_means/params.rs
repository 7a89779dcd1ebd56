//! Parameters of K-Means.

use serde::{Deserialize, Serialize};

use crate::cluster::ParamsError;

/// Parameters of [`super::KMeans::fit`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KMeansParams {
    /// Number of clusters, at least 1.
    pub n_clusters: usize,
    /// Independent runs; the one with the smallest inertia is kept.
    pub n_init: usize,
    /// Lloyd iterations per run at most.
    pub max_iter: usize,
    /// Start of the random sequence.
    pub seed: u64,
}

impl Default for KMeansParams {
    fn default() -> Self {
        Self {
            n_clusters: 8,
            n_init: 10,
            max_iter: 300,
            seed: 1,
        }
    }
}

impl KMeansParams {
    /// Whether the request makes sense for any data.
    ///
    /// # Errors
    /// [`ParamsError`] naming what is wrong.
    pub fn check(&self) -> Result<(), ParamsError> {
        if self.n_clusters == 0 {
            return Err(ParamsError::ClusterCount {
                n_clusters: 0,
                min: 1,
                max: usize::MAX,
            });
        }
        if self.n_init == 0 || self.max_iter == 0 {
            Err(ParamsError::NoIterations)
        } else {
            Ok(())
        }
    }
}
