//! The models that can be compared.

use serde::{Deserialize, Serialize};

/// A model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// K-Means.
    KMeans,
    /// Hierarchical clustering.
    Hierarchical,
    /// Gaussian mixture.
    GaussianMixture,
}

impl Model {
    /// All models, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::KMeans, Self::Hierarchical, Self::GaussianMixture];
}

/// Around what K-Means and its two relatives gather customers; each is an algorithm of its own.
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
}
