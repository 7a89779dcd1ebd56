//! What is known of a model without fitting it. Plain data: code that only needs these does not link the fits.

use super::ModelKey;

/// A numeric parameter of a model, besides its number of clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberOption {
    /// Its name in settings.
    pub name: &'static str,
    /// Smallest that makes sense.
    pub min: usize,
    /// Largest that makes sense.
    pub max: usize,
    /// The default.
    pub default: usize,
}

/// What a model's number of clusters is chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberRule {
    /// The mean silhouette.
    Silhouette,
    /// The Bayesian information criterion.
    Likelihood,
    /// The model decides it.
    Own,
}

/// How a model places a sample that it was not fitted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placing {
    /// With the nearest centre.
    NearestCentre,
    /// With the component of the largest share.
    LargestShare,
    /// It has no rule.
    None,
}

/// The facts of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModelFacts {
    /// Its key.
    pub key: ModelKey,
    /// Numbers that it can be asked for beside the number of clusters.
    pub numbers: &'static [NumberOption],
    /// What its number of clusters is chosen by.
    pub number_rule: NumberRule,
    /// How it places a sample that it was not fitted on.
    pub placing: Placing,
    /// Whether it starts at random, so that another start can end elsewhere.
    pub starts_at_random: bool,
    /// Whether it is a tree of merges, cut at the number of clusters; such a model has a linkage.
    pub is_tree: bool,
}

impl ModelFacts {
    /// Facts of a model without options: the silhouette chooses its number of clusters, it has no rule for other samples, does not
    /// start at random and is not a tree.
    pub(super) const fn of(key: ModelKey) -> Self {
        Self {
            key,
            numbers: &[],
            number_rule: NumberRule::Silhouette,
            placing: Placing::None,
            starts_at_random: false,
            is_tree: false,
        }
    }
}
