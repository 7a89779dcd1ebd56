//! Random swaps (Fränti 2018, J. Big Data 5): put one centroid elsewhere, let it settle, keep what is better.
//!
//! Starts alone leave about one run in a thousand in a poor optimum even on small sets; a few dozen swaps from the best of
//! them do not.

use super::{KMeansParams, Run, init};
use crate::cluster::Samples;
use crate::numeric::{Matrix, Rng, squared_euclidean};

/// Work in swaps times distinct samples; small sets get more swaps for the same time.
const EFFORT: usize = 20_000;

/// Improves the best run by swaps: up to 50, fewer for larger sets.
pub(super) fn improve(best: &mut Run, samples: &Samples, params: &KMeansParams, rng: &mut Rng) {
    let swaps = (EFFORT / samples.n_distinct().max(1)).clamp(5, 50);
    for _ in 0..swaps {
        let centroids = swapped(best, samples, rng);
        let mut run = Run {
            labels: vec![u32::MAX; samples.n_distinct()],
            centroids,
            inertia: f64::INFINITY,
            n_iter: 0,
        };
        run.iterate(samples, params, 0.0);
        run.polish(samples);
        // Less by more than rounding, or equal partitions would be taken for better ones.
        if run.inertia < best.inertia * (1.0 - 1e-12) {
            *best = run;
        }
    }
}

/// The centroids of a run, a random one moved to a sample drawn by its squared distance to the nearest.
fn swapped(run: &Run, samples: &Samples, rng: &mut Rng) -> Matrix {
    let mut centroids = run.centroids.clone();
    let moved = rng.below(centroids.n_samples());
    let own = |i: usize| run.centroids.row(run.labels[i] as usize);
    let chances = (0..samples.n_distinct())
        .map(|i| samples.weights[i] * squared_euclidean(samples.points.row(i), own(i)));
    let sample = init::draw(chances, rng);
    centroids
        .row_mut(moved)
        .copy_from_slice(samples.points.row(sample));
    centroids
}
