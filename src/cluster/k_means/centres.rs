//! The kind of centre that K-Means and its two relatives use.

use serde::{Deserialize, Serialize};

use crate::cluster::Metric;

/// Each is an algorithm of its own.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Centres {
    /// Means, by squared Euclidean distance: K-Means.
    #[default]
    Means,
    /// Medians, by Manhattan distance: K-medians.
    Medians,
    /// Mean directions, by cosine distance: spherical k-means.
    Directions,
}

impl Centres {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Means, Self::Medians, Self::Directions];

    /// The distance by which samples are assigned.
    pub fn metric(self) -> Metric {
        match self {
            Self::Means => Metric::Euclidean,
            Self::Medians => Metric::Manhattan,
            Self::Directions => Metric::Cosine,
        }
    }
}
