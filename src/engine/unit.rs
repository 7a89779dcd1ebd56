//! Units of work: parts of a comparison that do not need each other, so that several workers can do them.
//!
//! A job carries all that it needs beside the samples, and its result depends on nothing else: whoever does it, the bits are the same.

use serde::{Deserialize, Serialize};

use super::silhouettes::SilhouetteJob;
use crate::cluster::{Fit, FitError, FitJob, FitKey, Samples};
use crate::quality::{ClusterSums, References, references};
use crate::result::Stage;

/// What a unit of work is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum UnitKey {
    /// A model.
    Model(FitKey),
    /// What the gap statistic compares with.
    References,
    /// One of the parts that the distances between customers are cut into, for their silhouettes.
    Distances(usize),
}

/// A unit of work, with all that it needs beside the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum UnitJob {
    /// A model.
    Model(FitJob),
    /// Reference sets for these numbers of segments.
    References {
        /// Numbers of segments.
        numbers: Vec<usize>,
        /// Start of the random sequences.
        seed: u64,
    },
    /// A part of the distances.
    Distances(SilhouetteJob, usize),
}

/// What came of a unit of work.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum UnitResult {
    /// Of a model.
    Model(Fit),
    /// Reference sets.
    References(References),
    /// Sums of distances.
    Distances(ClusterSums),
}

impl UnitKey {
    /// What the engine is doing while it fits this.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Model(key) => Stage::Fitting {
                model: key.model,
                centres: key.options.centres,
                n_clusters: key.n_clusters,
            },
            Self::References => Stage::References,
            Self::Distances(_) => Stage::Silhouette,
        }
    }
}

impl UnitJob {
    /// Does it. `progress` hears the share done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`FitError`] of the model.
    pub fn fit(
        &self,
        samples: &Samples,
        mut progress: &mut dyn FnMut(f64),
    ) -> Result<UnitResult, FitError> {
        match self {
            Self::Model(job) => job.fit(samples, progress).map(UnitResult::Model),
            Self::References { numbers, seed } => {
                references(samples, numbers, *seed, &mut progress).map(UnitResult::References)
            }
            Self::Distances(job, part) => {
                Ok(UnitResult::Distances(job.part(samples, *part, progress)))
            }
        }
    }
}
