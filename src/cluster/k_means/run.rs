//! One run of K-Means, from its start to its end.

use super::screen::Screen;
use super::screened::Found;
use super::{KMeansParams, lloyd, moves};
use crate::cluster::Samples;
use crate::numeric::{Matrix, Sum, squared_euclidean};

/// Above this number swaps are tried on the part alone, single-sample moves, which would gain less than a millionth, are not,
/// and a run ends when an iteration moves fewer than one sample in [`SETTLED`].
pub(super) const HUGE: usize = 100_000;
const SETTLED: usize = 100_000;

/// Below this number of distinct samples double precision is as fast.
const FEW: usize = 64;

/// The screen of the samples, if it is worth using.
pub(super) fn screen_for(samples: &Samples, n_clusters: usize) -> Option<&Screen> {
    // Up to this number of clusters, single precision has enough bits left for the distance.
    (samples.n_distinct() >= FEW && n_clusters <= 256).then_some(&samples.screen)
}

/// Moves per iteration below which a run has ended.
fn settled(samples: &Samples) -> usize {
    if samples.n_distinct() > HUGE {
        samples.n_distinct() / SETTLED
    } else {
        0
    }
}

/// One run from one start. All parts belong together at any time.
pub(super) struct Run {
    pub(super) labels: Vec<u32>,
    pub(super) centroids: Matrix,
    pub(super) inertia: f64,
    pub(super) n_iter: usize,
}

impl Run {
    pub(super) fn start(samples: &Samples, centroids: Matrix) -> Self {
        Self {
            labels: vec![u32::MAX; samples.n_distinct()],
            centroids,
            inertia: f64::INFINITY,
            n_iter: 0,
        }
    }

    /// Continues from the result of a screened run.
    pub(super) fn go_on(samples: &Samples, found: Found) -> Self {
        let labels = found.labels;
        Self {
            // Found on a part of the samples, labels belong to others.
            labels: if labels.len() == samples.n_distinct() {
                labels
            } else {
                vec![u32::MAX; samples.n_distinct()]
            },
            centroids: found.centroids,
            inertia: f64::INFINITY,
            n_iter: found.n_iter,
        }
    }

    pub(super) fn iterate(
        &mut self,
        samples: &Samples,
        screen: Option<&Screen>,
        params: &KMeansParams,
    ) {
        let left = params.max_iter.saturating_sub(self.n_iter).max(1);
        self.n_iter += lloyd::iterate(
            samples,
            screen,
            &mut self.centroids,
            &mut self.labels,
            left,
            settled(samples),
        );
        self.inertia = inertia(samples, &self.centroids, &self.labels);
    }

    pub(super) fn polish(&mut self, samples: &Samples) {
        let n_clusters = self.centroids.n_samples();
        moves::improve(samples, &mut self.centroids, &mut self.labels, n_clusters);
        self.centroids = lloyd::centroids_of(samples, &self.labels, n_clusters);
        self.inertia = inertia(samples, &self.centroids, &self.labels);
    }
}

/// ```text
/// inertia = sum_i w_i |x_i - c_(label i)|^2
/// ```
pub(super) fn inertia(samples: &Samples, centroids: &Matrix, labels: &[u32]) -> f64 {
    let terms = labels.iter().enumerate().map(|(i, &label)| {
        samples.weights[i] * squared_euclidean(samples.points.row(i), centroids.row(label as usize))
    });
    terms.collect::<Sum>().value()
}
