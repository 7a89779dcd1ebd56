//! What is known of K-Means and its relatives without fitting them.

use crate::cluster::{ModelFacts, ModelKey, Placing};

impl ModelKey {
    /// K-Means and its relatives.
    pub const K_MEANS: Self = Self::new("k_means");
}

/// The facts.
pub static FACTS: ModelFacts = ModelFacts {
    placing: Placing::NearestCentre,
    starts_at_random: true,
    ..ModelFacts::of(ModelKey::K_MEANS)
};
