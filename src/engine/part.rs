//! Parts of a comparison that do not need each other, so that several workers can fit them.
//!
//! A part carries all that its fit needs beside the samples, and its result depends on nothing else: whoever fits it, the bits
//! are the same.

use serde::{Deserialize, Serialize};

use super::silhouettes::SilhouetteJob;
use crate::cluster::{Fit, FitError, FitJob, FitKey, Samples};
use crate::quality::{ClusterSums, References, references};
use crate::result::Stage;

/// Something that is fitted on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Piece {
    /// A model.
    Model(FitKey),
    /// What the gap statistic compares with.
    References,
    /// One of the parts that the distances between customers are cut into, for their silhouettes.
    Distances(usize),
}

/// A piece, with all that its fit needs beside the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
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

/// What came of a part.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Found {
    /// Of a model.
    Model(Fit),
    /// Reference sets.
    References(References),
    /// Sums of distances.
    Distances(ClusterSums),
}

impl Piece {
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

impl Part {
    /// Fits it. `progress` hears the share done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`FitError`] of the model.
    pub fn fit(
        &self,
        samples: &Samples,
        mut progress: &mut dyn FnMut(f64),
    ) -> Result<Found, FitError> {
        match self {
            Self::Model(job) => job.fit(samples, progress).map(Found::Model),
            Self::References { numbers, seed } => {
                references(samples, numbers, *seed, &mut progress).map(Found::References)
            }
            Self::Distances(job, part) => Ok(Found::Distances(job.part(samples, *part, progress))),
        }
    }
}
