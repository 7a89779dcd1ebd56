//! The cluster of every sample.

use serde::{Deserialize, Serialize};

use super::Samples;

/// Label of a sample that belongs to no cluster.
pub const NOISE: u32 = u32::MAX;

/// The cluster of each distinct sample, in `0..n_clusters`, or [`NOISE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// One label per distinct sample.
    pub of_distinct: Vec<u32>,
    /// Number of clusters; every label below it occurs.
    pub n_clusters: usize,
}

impl Labels {
    /// The label of every sample, equal ones included.
    pub fn of_samples(&self, samples: &Samples) -> Vec<u32> {
        samples
            .distinct_of
            .iter()
            .map(|&distinct| self.of_distinct[distinct as usize])
            .collect()
    }

    /// Whether some sample belongs to no cluster.
    pub fn has_noise(&self) -> bool {
        self.of_distinct.contains(&NOISE)
    }

    /// The same with those who belong to no cluster as one more, the last.
    pub fn with_noise_as_cluster(mut self) -> Self {
        if self.has_noise() {
            let group = self.n_clusters as u32;
            self.n_clusters += 1;
            let noise = self.of_distinct.iter_mut();
            noise
                .filter(|label| **label == NOISE)
                .for_each(|label| *label = group);
        }
        self
    }

    /// Number of samples per cluster.
    pub fn sizes(&self, samples: &Samples) -> Vec<usize> {
        let mut sizes = vec![0; self.n_clusters];
        for (&label, &weight) in self.of_distinct.iter().zip(&samples.weights) {
            if let Some(size) = sizes.get_mut(label as usize) {
                *size += weight as usize;
            }
        }
        sizes
    }
}
