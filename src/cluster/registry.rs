//! All models, in the order in which they are shown: a model is a folder, a line here, and its words.

use super::{ClusterModel, gaussian_mixture, hierarchical, k_means};

/// The models.
pub static MODELS: &[&dyn ClusterModel] = &[
    &k_means::Model,
    &hierarchical::Model,
    &gaussian_mixture::Model,
];
