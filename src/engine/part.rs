//! Parts of a comparison that do not need each other, so that several workers can fit them.
//!
//! A part carries all that its fit needs beside the samples, and its result depends on nothing else: whoever fits it, the bits
//! are the same.

use serde::{Deserialize, Serialize};

use crate::cluster::{Fit, FitError, FitJob, FitKey, Samples};
use crate::quality::{References, references};
use crate::result::Stage;

/// Something that is fitted on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Piece {
    /// A model.
    Model(FitKey),
    /// What the gap statistic compares with.
    References,
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
}

/// What came of a part.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Found {
    /// Of a model.
    Model(Fit),
    /// Reference sets.
    References(References),
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
        }
    }
}
