//! Parameters of a tree.

use serde::{Deserialize, Serialize};

use super::Linkage;
use crate::cluster::{Metric, ParamsError};

/// Parameters of a tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HierarchicalParams {
    /// Distance of clusters.
    pub linkage: Linkage,
    /// Distance of samples.
    pub metric: Metric,
}

impl Linkage {
    /// Whether the linkage is defined for the metric.
    ///
    /// # Errors
    /// [`ParamsError::MetricForLinkage`]: Ward, centroid and median need centroids, which only Euclidean distance has.
    pub fn check(self, metric: Metric) -> Result<(), ParamsError> {
        if self.needs_centroids() && metric != Metric::Euclidean {
            return Err(ParamsError::MetricForLinkage {
                linkage: self,
                metric,
            });
        }
        Ok(())
    }
}
