//! Random swaps (Fränti 2018, J. Big Data 5): put one centroid elsewhere, let it settle, keep what is better.
//!
//! Starts alone leave about one run in a thousand in a poor optimum even on small sets; a few dozen swaps from the best of
//! them do not.

use super::run::{Run, screen_for};
use super::screen::Screen;
use super::screened::Found;
use super::{KMeansParams, init};
use crate::cluster::Samples;
use crate::numeric::{Matrix, Rng, squared_euclidean};

/// Work in swaps times distinct samples; small sets get more swaps for the same time.
const EFFORT: usize = 20_000;

/// Improves the best run by swaps: up to 50, fewer for larger sets.
pub(super) fn improve(best: &mut Run, samples: &Samples, params: &KMeansParams, rng: &mut Rng) {
    let swaps = (EFFORT / samples.n_distinct().max(1)).clamp(5, 50);
    for _ in 0..swaps {
        let mut run = Run::start(samples, swapped(best, samples, rng));
        run.iterate(samples, screen_for(samples, params.n_clusters), params);
        run.polish(samples);
        // Lower by more than rounding, or equal partitions would count as better.
        if run.inertia < best.inertia * (1.0 - 1e-12) {
            *best = run;
        }
    }
}

/// Swaps among screened samples.
const SCREENED_SWAPS: usize = 8;

/// Improves the best screened run by swaps.
pub(super) fn improve_screened(
    best: &mut Found,
    samples: &Samples,
    screen: &Screen,
    params: &KMeansParams,
) {
    let rng = &mut Rng::new(params.seed ^ 0x5EED);
    for _ in 0..SCREENED_SWAPS {
        let (chances, mut centroids) = (screen.distances(&best.centroids), best.centroids.clone());
        let moved = rng.below(centroids.n_samples());
        let sample = screen.distinct(init::draw(chances.iter().copied(), rng));
        centroids
            .row_mut(moved)
            .copy_from_slice(samples.points.row(sample));
        let found = screen.challenge(best, centroids, params.max_iter);
        if found.inertia < best.inertia {
            *best = found;
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
