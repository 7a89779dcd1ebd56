//! What a model is to all that compare models: its key, what it can be asked for, what must be fitted before it, its fit.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::gaussian_mixture::{CovarianceType, GaussianMixture};
use super::hierarchical::{Hierarchical, HierarchicalParams};
use super::k_means::Centres;
use super::registry::MODELS;
use super::{FitError, Labels, ParamsError, Samples};

/// A model, by the name that it has in settings, results and files. Ordered as in [`MODELS`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ModelKey(&'static str);

impl ModelKey {
    /// The key of that name; it is known once its model stands in [`MODELS`].
    pub(super) const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The key of that name; `None` for a model that is not registered.
    pub fn named(name: &str) -> Option<Self> {
        let mut keys = Self::all();
        keys.find(|key| key.0 == name)
    }

    /// All models, in the order in which they are shown.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> + Clone {
        MODELS.iter().map(|model| model.key())
    }

    /// The model; `None` for a key that is not registered.
    pub fn model(self) -> Option<&'static dyn ClusterModel> {
        MODELS.iter().copied().find(|model| model.key() == self)
    }

    /// Whether the model decides its number of clusters itself.
    pub fn decides_number(self) -> bool {
        self.model().is_some_and(ClusterModel::decides_number)
    }

    fn rank(self) -> usize {
        let found = MODELS.iter().position(|model| model.key() == self);
        found.unwrap_or(MODELS.len())
    }
}

impl fmt::Debug for ModelKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.0)
    }
}

impl Ord for ModelKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for ModelKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for ModelKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for ModelKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        let unknown = || serde::de::Error::custom(format_args!("there is no model {name}"));
        Self::named(&name).ok_or_else(unknown)
    }
}

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

/// The choices that models are fitted with, whatever their number of clusters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelOptions {
    /// Around what K-Means and its relatives gather samples.
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
    /// The number that a model is asked for.
    pub fn number(&self, model: ModelKey, option: NumberOption) -> usize {
        let own = self.numbers.get(&model);
        let asked = own.and_then(|own| own.get(option.name)).copied();
        asked.unwrap_or(option.default)
    }

    /// Whether all numbers are known to their model and within its range.
    ///
    /// # Errors
    /// [`ParamsError::Option`] naming the one that is not.
    pub fn check_numbers(numbers: &ModelNumbers) -> Result<(), ParamsError> {
        for (model, own) in numbers {
            let options = model.model().map_or(&[] as &[_], ClusterModel::numbers);
            for (name, &value) in own {
                let option = options.iter().find(|option| option.name == *name);
                let is_sound = option.is_some_and(|it| (it.min..=it.max).contains(&value));
                if !is_sound {
                    return Err(ParamsError::Option {
                        model: *model,
                        name: name.clone(),
                        value,
                    });
                }
            }
        }
        Ok(())
    }
}

/// What is fitted: a model, with all choices that its fit depends on and no others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitKey {
    /// The model.
    pub model: ModelKey,
    /// Number of clusters; `None` where one fit holds all numbers, or decides itself.
    pub n_clusters: Option<usize>,
    /// The choices; those that do not matter to the model are the defaults.
    pub options: ModelOptions,
}

/// A fit to be done, with all that it needs beside the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitJob {
    /// What is fitted.
    pub key: FitKey,
    /// Labels of what was fitted before it, in the order of [`ClusterModel::requires`]; those that could not be fitted are left out.
    pub starts: Vec<Labels>,
    /// What tolerances follow.
    pub scale: Scale,
}

/// What tolerances follow: that of the samples of a result, in resamples of them too.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Smallest variance of a feature above 0, at most 1.
    pub least_variance: f64,
    /// Number of distinct samples.
    pub n_distinct: usize,
}

impl Scale {
    /// Of these samples.
    pub fn of(samples: &Samples) -> Self {
        let variances = samples.columns.iter().map(|column| {
            let squares = column
                .iter()
                .zip(&samples.weights)
                .map(|(x, weight)| weight * x * x);
            squares.sum::<f64>() / samples.n_samples() as f64
        });
        Self {
            least_variance: variances
                .filter(|&variance| variance > 0.0)
                .fold(1.0, f64::min),
            n_distinct: samples.n_distinct(),
        }
    }
}

/// What a model found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Fit {
    /// One partition.
    Partition(Partitioned),
    /// A tree, which holds a partition for every number of clusters.
    Tree(Hierarchical),
    /// A mixture of distributions.
    Mixture(GaussianMixture),
}

/// A partition and what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partitioned {
    /// Cluster of each distinct sample, [`super::NOISE`] where it belongs to none.
    pub labels: Labels,
    /// Inertia of K-Means, sum of distances of its relatives; `None` for a model that has none.
    pub cost: Option<f64>,
    /// How surely each distinct sample belongs to its cluster, in `[0, 1]`, where the model says so.
    pub certainty: Option<Vec<f64>>,
}

impl Fit {
    /// The cluster of each distinct sample; `n_clusters` matters to a tree alone.
    ///
    /// # Errors
    /// [`FitError::TooFewDistinct`] for more clusters than a tree has leaves.
    pub fn labels(&self, n_clusters: usize) -> Result<Labels, FitError> {
        match self {
            Self::Partition(found) => Ok(found.labels.clone()),
            Self::Tree(found) => found.tree.cut_at_count(n_clusters),
            Self::Mixture(found) => Ok(found.labels.clone()),
        }
    }

    /// How surely each distinct sample belongs to its cluster, where the model says so.
    pub fn certainty(&self) -> Option<&[f64]> {
        match self {
            Self::Partition(found) => found.certainty.as_deref(),
            Self::Tree(_) => None,
            Self::Mixture(found) => Some(&found.certainty),
        }
    }

    /// Whether it was fitted to groups of near samples instead of each.
    pub fn is_approximate(&self) -> bool {
        matches!(self, Self::Tree(found) if found.is_approximate)
    }
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

/// A model, whatever it is. A new one stands in a folder of its own and in one line of [`MODELS`].
pub trait ClusterModel: Sync {
    /// Its key.
    fn key(&self) -> ModelKey;

    /// Numbers that it can be asked for beside the number of clusters.
    fn numbers(&self) -> &'static [NumberOption] {
        &[]
    }

    /// What its number of clusters is chosen by.
    fn number_rule(&self) -> NumberRule {
        NumberRule::Silhouette
    }

    /// How it places a sample that it was not fitted on.
    fn placing(&self) -> Placing {
        Placing::None
    }

    /// Whether it starts at random, so that another start can end elsewhere.
    fn starts_at_random(&self) -> bool {
        false
    }

    /// What is fitted for so many clusters.
    fn fit_key(&self, options: &ModelOptions, n_clusters: usize) -> FitKey;

    /// What is fitted before it, to start from.
    fn requires(&self, _key: &FitKey) -> Vec<FitKey> {
        Vec::new()
    }

    /// Weight of a fit beside others: about the nanoseconds that it takes, measured on data of 200 to a million rows.
    fn weight(&self, key: &FitKey, n_distinct: usize, n_features: usize) -> f64;

    /// What is found once in samples from which many others are drawn, and kept with them.
    fn prepare(&self, _options: &ModelOptions, _samples: &Samples, _progress: &mut dyn FnMut(f64)) {
    }

    /// Fits it; `progress` hears the share done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`FitError`] when these samples cannot be fitted.
    fn fit(
        &self,
        job: &FitJob,
        samples: &Samples,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Fit, FitError>;

    /// Whether it decides its number of clusters itself.
    fn decides_number(&self) -> bool {
        self.number_rule() == NumberRule::Own
    }
}

impl FitJob {
    /// Fits it, by whichever model it is of.
    ///
    /// # Errors
    /// [`FitError`] of the model.
    pub fn fit(&self, samples: &Samples, progress: &mut dyn FnMut(f64)) -> Result<Fit, FitError> {
        let model = self.key.model.model();
        let unknown = || ParamsError::UnknownModel {
            model: self.key.model.as_str().to_owned(),
        };
        model.ok_or_else(unknown)?.fit(self, samples, progress)
    }
}
