//! What HDBSCAN can be asked for.

use serde::{Deserialize, Serialize};

use crate::cluster::ParamsError;

/// Parameters of [`super::Hdbscan::fit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HdbscanParams {
    /// Fewer samples than this are no cluster; at least 2.
    pub min_cluster_size: usize,
    /// How many samples lie within the core distance of a sample, itself among them; at least 1. The more, the more is noise.
    pub min_samples: usize,
}

impl Default for HdbscanParams {
    fn default() -> Self {
        Self {
            min_cluster_size: 5,
            min_samples: 5,
        }
    }
}

impl HdbscanParams {
    /// Whether the request makes sense for any data.
    ///
    /// # Errors
    /// [`ParamsError::ClusterSize`] or [`ParamsError::NoNeighbourhood`].
    pub fn check(&self) -> Result<(), ParamsError> {
        if self.min_cluster_size < 2 {
            return Err(ParamsError::ClusterSize {
                min_cluster_size: self.min_cluster_size,
                min: 2,
            });
        }
        if self.min_samples == 0 {
            return Err(ParamsError::NoNeighbourhood);
        }
        Ok(())
    }
}
