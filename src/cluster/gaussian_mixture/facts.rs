//! What is known of the mixture without fitting it.

use crate::cluster::{ModelFacts, ModelKey, NumberRule, Placing};

impl ModelKey {
    /// Gaussian mixture.
    pub const GAUSSIAN_MIXTURE: Self = Self::new("gaussian_mixture");
}

/// The facts.
pub static FACTS: ModelFacts = ModelFacts {
    number_rule: NumberRule::Likelihood,
    placing: Placing::LargestShare,
    ..ModelFacts::of(ModelKey::GAUSSIAN_MIXTURE)
};
