//! What is known of a model without fitting it: data alone, so that who only asks for them carries no fit along.

use super::ModelKey;

/// A number that a model can be asked for beside its number of clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberOption {
    /// Its name in settings.
    pub name: &'static str,
    /// Smallest that makes sense.
    pub min: usize,
    /// Largest that makes sense.
    pub max: usize,
    /// What is in force unless another is asked for.
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
    /// Whether it is a tree of merges, cut where the number of clusters is reached: with a linkage, and a merge for every customer.
    pub is_tree: bool,
}

impl ModelFacts {
    /// A model of that key that is asked for nothing but a number of clusters, which the silhouette chooses, has no rule for
    /// other samples, does not start at random and is no tree.
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
