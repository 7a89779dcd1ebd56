//! The choices that models are fitted with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::gaussian_mixture::CovarianceType;
use super::hierarchical::HierarchicalParams;
use super::k_means::Centres;
use super::{ModelKey, NumberOption};

/// The choices that models are fitted with, whatever their number of clusters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelOptions {
    /// The kind of centre that K-Means and its relatives use.
    pub centres: Centres,
    /// Linkage and metric of the tree.
    pub hierarchical: HierarchicalParams,
    /// Shape of the components of the mixture.
    pub covariance: CovarianceType,
    /// Numbers that single models are asked for, where they differ from the default.
    pub numbers: ModelNumbers,
    /// Independent runs.
    pub n_init: usize,
    /// Iterations per run at most.
    pub max_iter: usize,
    /// Start of the random sequences.
    pub seed: u64,
}

impl Default for ModelOptions {
    fn default() -> Self {
        Self {
            centres: Centres::default(),
            hierarchical: HierarchicalParams::default(),
            covariance: CovarianceType::default(),
            numbers: BTreeMap::new(),
            n_init: 10,
            max_iter: 300,
            seed: 1,
        }
    }
}

/// By model and name of the option.
pub type ModelNumbers = BTreeMap<ModelKey, BTreeMap<String, usize>>;

impl ModelOptions {
    /// The value of a model's option.
    pub fn number(&self, model: ModelKey, option: NumberOption) -> usize {
        let own = self.numbers.get(&model);
        let asked = own.and_then(|own| own.get(option.name)).copied();
        asked.unwrap_or(option.default)
    }
}
