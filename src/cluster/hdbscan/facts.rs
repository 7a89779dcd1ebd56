//! What is known of HDBSCAN without fitting it.

use crate::cluster::{ModelFacts, ModelKey, NumberOption, NumberRule};

impl ModelKey {
    /// Clusters of any shape, by density.
    pub const HDBSCAN: Self = Self::new("hdbscan");
}

/// The smallest number of customers that counts as a segment.
pub(super) const MIN_CLUSTER_SIZE: NumberOption = NumberOption {
    name: "min_cluster_size",
    min: 2,
    max: 100_000,
    default: 15,
};
/// The number of nearest customers whose distance measures the density around one.
pub(super) const MIN_SAMPLES: NumberOption = NumberOption {
    name: "min_samples",
    min: 1,
    max: 1_000,
    default: 5,
};

/// The facts.
pub static FACTS: ModelFacts = ModelFacts {
    numbers: &[MIN_CLUSTER_SIZE, MIN_SAMPLES],
    number_rule: NumberRule::Own,
    ..ModelFacts::of(ModelKey::HDBSCAN)
};
