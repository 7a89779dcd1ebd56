//! Why a request for a model is wrong, or its fit fails.

use serde::{Deserialize, Serialize};

use super::hierarchical::Linkage;
use super::{Metric, ModelKey};

/// A request that is wrong for any data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParamsError {
    /// The number of clusters is outside the supported range.
    ClusterCount {
        /// What was asked for.
        n_clusters: usize,
        /// Smallest allowed.
        min: usize,
        /// Largest allowed.
        max: usize,
    },
    /// `n_init` or `max_iter` is 0.
    NoIterations,
    /// Fewer than two models to compare.
    TooFewModels {
        /// How many were asked for.
        n_models: usize,
    },
    /// A model that is not registered.
    UnknownModel {
        /// Its name.
        model: String,
    },
    /// A model does not know the option, or not this value of it.
    Option {
        /// The model.
        model: ModelKey,
        /// Name of the option.
        name: String,
        /// What was asked for.
        value: usize,
    },
    /// The linkage needs centroids, which are not defined for the metric.
    MetricForLinkage {
        /// What was asked for.
        linkage: Linkage,
        /// The metric.
        metric: Metric,
    },
}

/// A request that cannot be met with these data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FitError {
    /// Fewer distinct samples than clusters.
    TooFewDistinct {
        /// Clusters asked for.
        n_clusters: usize,
        /// Samples that differ in some feature.
        n_distinct: usize,
        /// All samples.
        n_samples: usize,
    },
    /// Fewer samples than the model needs.
    TooFewSamples {
        /// How many it needs.
        needed: usize,
        /// All samples.
        n_samples: usize,
    },
    /// Values so large that squared distances overflow.
    Overflow {
        /// Position of the feature.
        feature: usize,
    },
    /// Cosine distance was asked for and some sample is zero in every feature.
    ZeroVector {
        /// All samples.
        n_samples: usize,
    },
    /// A table of all distances does not fit into memory.
    Memory {
        /// Its size.
        bytes: u64,
    },
    /// In every run of a mixture some component shrank to a few samples or to no spread.
    Collapsed {
        /// Components asked for.
        n_clusters: usize,
        /// The value that a component without spread sat on, if many samples share it.
        spike: Option<Spike>,
        /// Whether components that share their spread can be fitted.
        tied_works: bool,
    },
    /// The model decides its number of clusters itself, and finds none.
    NoClusters {
        /// Samples that differ in some feature.
        n_distinct: usize,
    },
    /// The model decides its number of clusters itself, and finds more than can be compared.
    TooManyClusters {
        /// How many it finds.
        found: usize,
        /// Most that are compared.
        max: usize,
    },
    /// The parameters are wrong.
    Params(ParamsError),
}

/// A value of a feature that many samples share, so that a component can sit on it without spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spike {
    /// Position of the feature.
    pub feature: usize,
    /// A distinct sample with that value.
    pub sample: usize,
    /// Samples with that value.
    pub n_same: usize,
    /// All samples.
    pub n_samples: usize,
}

impl From<ParamsError> for FitError {
    fn from(error: ParamsError) -> Self {
        Self::Params(error)
    }
}
