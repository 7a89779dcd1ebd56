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
