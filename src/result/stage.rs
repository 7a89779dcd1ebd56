//! What the engine is doing, as the screen says it.

use serde::{Deserialize, Serialize};

use super::Centres;
use crate::cluster::gaussian_mixture::CovarianceType;

/// Something that is fitted on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// The tree of the hierarchical model.
    Tree,
    /// K-Means or one of its relatives.
    Partition {
        /// Which of them.
        centres: Centres,
        /// Number of segments.
        n_clusters: usize,
    },
    /// The Gaussian mixture.
    Mixture {
        /// Shape of its components.
        covariance: CovarianceType,
        /// Number of segments.
        n_clusters: usize,
    },
    /// What the gap statistic compares with.
    References,
}

/// What the engine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reading the file.
    Reading,
    /// Fitting a model, or what it is compared with.
    Fitting(Piece),
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
