//! What is fitted, and its result.

use serde::{Deserialize, Serialize};

use super::gaussian_mixture::GaussianMixture;
use super::hierarchical::Hierarchical;
use super::{FitError, Labels, ModelKey, ModelOptions, Samples};

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

/// A fit to be done, with everything it needs besides the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitJob {
    /// What is fitted.
    pub key: FitKey,
    /// Labels of what was fitted before it, in the order of [`super::ClusterModel::requires`]; those that could not be fitted are left out.
    pub starts: Vec<Labels>,
    /// The scale that tolerances are relative to.
    pub scale: Scale,
}

/// What tolerances are relative to. Resamples use the scale of the samples that they were drawn from.
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
    /// Certainty of each distinct sample's cluster, in `[0, 1]`, if the model gives one.
    pub certainty: Option<Vec<f64>>,
}

/// A partition with more clusters than this is not compared: comparing takes quadratic space and cubic time in them, and nobody can
/// tell that many segments apart. The numbers on offer are far below.
const MAX_CLUSTERS: usize = 100;

impl Fit {
    /// The cluster of each distinct sample; `n_clusters` matters to a tree alone.
    ///
    /// # Errors
    /// [`FitError::TooFewDistinct`] for more clusters than a tree has leaves; [`FitError::TooManyClusters`] where a model that decides
    /// its number itself finds more than can be compared, [`FitError::NoClusters`] where it finds none.
    pub fn labels(&self, n_clusters: usize) -> Result<Labels, FitError> {
        match self {
            Self::Partition(found) if found.labels.n_clusters > MAX_CLUSTERS => {
                Err(FitError::TooManyClusters {
                    found: found.labels.n_clusters,
                    max: MAX_CLUSTERS,
                })
            }
            Self::Partition(found) if found.labels.n_clusters == 0 => Err(FitError::NoClusters {
                n_distinct: found.labels.of_distinct.len(),
            }),
            Self::Partition(found) => Ok(found.labels.clone()),
            Self::Tree(found) => found.tree.cut_at_count(n_clusters),
            Self::Mixture(found) => Ok(found.labels.clone()),
        }
    }

    /// Certainty of each distinct sample's cluster, if the model gives one.
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
