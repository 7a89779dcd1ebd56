//! What the engine is doing, for display.

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
        /// The model.
        model: ModelKey,
        /// The centres of K-Means.
        centres: Centres,
        /// Number of segments, if it is a single one.
        n_clusters: Option<usize>,
    },
    /// Fitting reference sets for the gap statistic.
    References,
    /// Counting the groups that the customers form.
    Counting,
    /// Measuring silhouettes.
    Silhouette,
    /// Comparing with data that have no segments.
    Judging,
    /// Resampling the customers.
    Resampling,
    /// Finding what distinguishes the mismatched customers.
    Explaining,
    /// Trying other settings.
    Trying,
    /// Writing a file.
    Writing,
}

/// Receives the stage and the share of the whole request that is done, weighted by work, in `[0, 1]`.
pub type Progress<'a> = dyn FnMut(Stage, f64) + 'a;
