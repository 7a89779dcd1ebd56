//! Units of work: independent parts of a comparison, so that several workers can do them.
//!
//! A job carries everything it needs besides the samples, and its result depends on nothing else: any worker gives the same bits.

use serde::{Deserialize, Serialize};

use super::silhouettes::SilhouetteJob;
use crate::cluster::{Fit, FitError, FitJob, FitKey, Samples};
use crate::quality::{ClusterSums, GroupCount, References, group_count, references};
use crate::result::Stage;

/// What a unit of work computes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum UnitKey {
    /// A model.
    Model(FitKey),
    /// Reference sets for the gap statistic.
    References,
    /// The number of groups that the customers form.
    GroupCount,
    /// One part of the distances between customers, for silhouettes.
    Distances(usize),
}

/// A unit of work with everything it needs besides the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum UnitJob {
    /// A model.
    Model(FitJob),
    /// Reference sets for these numbers of segments.
    References {
        /// Numbers of segments.
        numbers: Vec<usize>,
        /// Seed of the random numbers.
        seed: u64,
    },
    /// The number of groups.
    GroupCount {
        /// The largest number of segments that is tried.
        most: usize,
        /// Seed of the random numbers.
        seed: u64,
    },
    /// A part of the distances.
    Distances(SilhouetteJob, usize),
}

/// The result of a unit of work.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum UnitResult {
    /// A model.
    Model(Fit),
    /// Reference sets.
    References(References),
    /// The number of groups, if there are enough customers to count them.
    GroupCount(Option<GroupCount>),
    /// Sums of distances.
    Distances(ClusterSums),
}

impl UnitKey {
    /// What the engine is doing meanwhile.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Model(key) => Stage::Fitting {
                model: key.model,
                centres: key.options.centres,
                n_clusters: key.n_clusters,
            },
            Self::References => Stage::References,
            Self::GroupCount => Stage::Counting,
            Self::Distances(_) => Stage::Silhouette,
        }
    }
}

impl UnitJob {
    /// Does the work. `progress` receives the share done, in `[0, 1]`.
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
            Self::GroupCount { most, seed } => {
                group_count(samples, *most, *seed, progress).map(UnitResult::GroupCount)
            }
            Self::Distances(job, part) => {
                Ok(UnitResult::Distances(job.part(samples, *part, progress)))
            }
        }
    }
}
