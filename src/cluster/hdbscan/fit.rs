//! From the spanning tree to clusters.

use serde::{Deserialize, Serialize};

use super::HdbscanParams;
use super::condense::condense;
use super::select::select;
use crate::cluster::hierarchical::Dendrogram;
use crate::cluster::spanning_tree::{Neighbourhood, spanning_tree};
use crate::cluster::{FitError, Metric, NOISE, Samples};
use crate::numeric::Sum;

/// Share of the work that the spanning tree takes.
const SHARE_OF_TREE: f64 = 0.8;

/// A fitted model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hdbscan {
    /// Cluster of each distinct sample, or [`NOISE`]. Clusters are numbered by their first distinct sample.
    pub labels: Vec<u32>,
    /// Number of clusters; every number below it occurs. 0 when all samples are noise.
    pub n_clusters: usize,
    /// Up to which share of its cluster's density each distinct sample stays in it, in `[0, 1]`: 1 at its core, 0 for noise.
    pub probabilities: Vec<f64>,
    /// Sum of the edges of the minimum spanning tree over all samples, equal ones included, in scaled units.
    pub tree_length: f64,
}

impl Hdbscan {
    /// Finds the clusters. `progress` hears the share of the work done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`FitError::Params`] when the request is wrong; [`FitError::TooFewSamples`] when there are fewer samples than
    /// `min_samples`, or one alone.
    pub fn fit(
        samples: &Samples,
        params: &HdbscanParams,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Self, FitError> {
        params.check()?;
        let needed = params.min_samples.max(2);
        if samples.n_samples() < needed {
            return Err(FitError::TooFewSamples {
                needed,
                n_samples: samples.n_samples(),
            });
        }
        let rows: Vec<&[f64]> = samples.points.rows().collect();
        let neighbourhood = Neighbourhood {
            weights: &samples.weights,
            min_samples: params.min_samples,
        };
        let tree = spanning_tree(
            &rows,
            Metric::Euclidean,
            Some(neighbourhood),
            &mut |fraction| progress(SHARE_OF_TREE * fraction),
        );
        let cores = &tree.core_distances;
        // Equal samples are as far from each other as their core distance.
        let equals = samples.weights.iter().zip(cores);
        let equals = equals.map(|(weight, core)| (weight - 1.0) * core);
        let edges = tree.edges.iter().map(|edge| edge.length);
        let tree_length = edges.chain(equals).collect::<Sum>().value();
        let sizes: Vec<u32> = samples.weights.iter().map(|&w| w as u32).collect();
        let dendrogram = Dendrogram::of_spanning_tree(tree.edges, &sizes);
        let condensed = condense(&dendrogram, &sizes, cores, params.min_cluster_size);
        let selected = select(&condensed.clusters);
        let mut model = Self {
            labels: vec![NOISE; samples.n_distinct()],
            n_clusters: 0,
            probabilities: vec![0.0; samples.n_distinct()],
            tree_length,
        };
        let mut numbers = vec![NOISE; condensed.clusters.len()];
        for (i, exit) in condensed.exits.iter().enumerate() {
            let Some(cluster) = selected[exit.cluster as usize] else {
                continue;
            };
            let number = &mut numbers[cluster as usize];
            if *number == NOISE {
                *number = model.n_clusters as u32;
                model.n_clusters += 1;
            }
            model.labels[i] = *number;
            let death = condensed.clusters[cluster as usize].death;
            // Samples that are still there at infinite density are certain; the ratio of two infinities would be NaN.
            model.probabilities[i] = if exit.lambda.is_infinite() {
                1.0
            } else {
                exit.lambda.min(death) / death
            };
        }
        progress(1.0);
        Ok(model)
    }
}
