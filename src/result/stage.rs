//! What the engine is doing, as the screen says it.

use serde::{Deserialize, Serialize};

use crate::cluster::ModelKey;
use crate::cluster::k_means::Centres;

/// What the engine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reading the file.
    Reading,
    /// Fitting a model.
    Fitting {
        /// Which.
        model: ModelKey,
        /// Around what K-Means gathers customers.
        centres: Centres,
        /// Number of segments, where it is one.
        n_clusters: Option<usize>,
    },
    /// Fitting reference sets for the gap statistic.
    References,
    /// Measuring silhouettes.
    Silhouette,
    /// Comparing with data without segments.
    Judging,
    /// Drawing the customers again.
    Resampling,
    /// Looking for what sets the mismatched apart.
    Explaining,
    /// Trying other choices.
    Trying,
    /// Writing a file.
    Writing,
}

/// Hears the stage, and the share of the whole request that is done, by the weight of its work, in `[0, 1]`.
pub type Progress<'a> = dyn FnMut(Stage, f64) + 'a;
