//! Parts of a comparison that do not need each other, so that several workers can fit them.
//!
//! A part carries all that its fit needs beside the samples, and its result depends on nothing else: whoever fits it, the bits
//! are the same.

use serde::{Deserialize, Serialize};

use crate::cluster::gaussian_mixture::{GaussianMixture, GaussianMixtureParams};
use crate::cluster::hierarchical::{Hierarchical, HierarchicalParams, Linkage};
use crate::cluster::k_means::{KMeans, KMeansParams};
use crate::cluster::{FitError, Labels, Samples, k_medians, spherical_k_means};
use crate::quality::{References, references};
use crate::result::{Centres, Piece};

/// A piece, with all that its fit needs beside the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// A tree.
    Tree(HierarchicalParams),
    /// K-Means or one of its relatives.
    Partition(Centres, KMeansParams),
    /// A mixture, from each of these partitions.
    Mixture(GaussianMixtureParams, Vec<Labels>),
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
    /// A tree.
    Tree(Hierarchical),
    /// K-Means or one of its relatives.
    Partition(Partitioned),
    /// A mixture.
    Mixture(GaussianMixture),
    /// Reference sets.
    References(References),
}

/// What K-Means or one of its relatives found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partitioned {
    /// Segment of each distinct sample.
    pub labels: Labels,
    /// Inertia of K-Means, sum of distances of the others.
    pub cost: f64,
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
            Self::Tree(params) => Hierarchical::fit(samples, *params, progress).map(Found::Tree),
            Self::Partition(centres, params) => {
                let relative = match centres {
                    Centres::Means => {
                        let model = KMeans::fit(samples, params, progress)?;
                        return Ok(Found::Partition(Partitioned {
                            labels: model.labels,
                            cost: model.inertia,
                        }));
                    }
                    Centres::Medians => k_medians(samples, params, progress)?,
                    Centres::Directions => spherical_k_means(samples, params, progress)?,
                };
                Ok(Found::Partition(Partitioned {
                    labels: relative.labels,
                    cost: relative.cost,
                }))
            }
            Self::Mixture(params, starts) => {
                let starts: Vec<&Labels> = starts.iter().collect();
                GaussianMixture::fit(samples, &starts, params, &mut progress).map(Found::Mixture)
            }
            Self::References { numbers, seed } => {
                references(samples, numbers, *seed, &mut progress).map(Found::References)
            }
        }
    }
}

/// Weight of a piece beside others: about the nanoseconds that it takes, measured on data of 200 to a million rows.
pub(crate) fn weight(
    piece: Piece,
    (n_distinct, n_features): (usize, usize),
    hierarchical: HierarchicalParams,
    n_init: usize,
) -> f64 {
    let (n, d) = (n_distinct as f64, n_features as f64);
    match piece {
        Piece::Tree => match hierarchical.linkage {
            Linkage::Ward => n * n.log2() * 80.0 * d,
            Linkage::Single => n * n.log2() * 60.0 * d,
            Linkage::Complete
            | Linkage::Average
            | Linkage::Weighted
            | Linkage::Centroid
            | Linkage::Median => n.min(20_000.0).powi(2) * 8.0,
        },
        Piece::Partition {
            centres: Centres::Means,
            n_clusters,
        } => {
            let k = n_clusters as f64;
            k * d * (20.0 * n + n_init as f64 * 20.0 * n.min(8_192.0))
        }
        Piece::Partition { n_clusters, .. } => {
            let k = n_clusters as f64;
            k * d * (300.0 * n + n_init as f64 * 100.0 * n.min(4_096.0))
        }
        Piece::Mixture { n_clusters, .. } => n * n_clusters as f64 * (5.0 + d * d) * 100.0,
        Piece::References => n.min(1_000.0) * 40_000.0 * d,
    }
}
