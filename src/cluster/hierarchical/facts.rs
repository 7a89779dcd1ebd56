//! What is known of the tree without fitting it.

use crate::cluster::{ModelFacts, ModelKey};

impl ModelKey {
    /// Hierarchical clustering.
    pub const HIERARCHICAL: Self = Self::new("hierarchical");
}

/// The facts.
pub static FACTS: ModelFacts = ModelFacts {
    is_tree: true,
    ..ModelFacts::of(ModelKey::HIERARCHICAL)
};
