//! Single-sample moves (Hartigan & Wong 1979, Appl. Stat. 28): leaves optima of Lloyd's iteration that are not optimal
//! for moving one sample.
//!
//! ```text
//! moving x (weight w) from A to B changes the inertia by
//!     w b/(b + w) |x - c_B|^2  -  w a/(a - w) |x - c_A|^2          a, b: weights of A and B
//! ```

use super::lloyd;
use crate::cluster::Samples;
use crate::numeric::{Matrix, pulse, squared_euclidean};

/// Passes over all samples at most; a handful is usual.
const MAX_PASSES: usize = 100;
/// A move must lower the inertia by this share of what the sample costs, or rounding could move it back and forth for ever.
const LEAST_GAIN: f64 = 1e-12;

/// Moves single samples as long as that lowers the inertia. No cluster is emptied.
pub(super) fn improve(
    samples: &Samples,
    centroids: &mut Matrix,
    labels: &mut [u32],
    n_clusters: usize,
) {
    let mut totals = vec![0.0; n_clusters];
    labels
        .iter()
        .zip(&samples.weights)
        .for_each(|(&label, weight)| totals[label as usize] += weight);
    for _ in 0..MAX_PASSES {
        pulse(samples.n_distinct() * n_clusters * samples.n_features());
        *centroids = lloyd::centroids_of(samples, labels, n_clusters);
        let mut moved = false;
        for i in 0..samples.n_distinct() {
            let (from, weight, point) = (
                labels[i] as usize,
                samples.weights[i],
                samples.points.row(i),
            );
            if totals[from] <= weight {
                continue;
            }
            let to = best_cluster(point, weight, from, centroids, &totals);
            if to != from {
                shift(
                    centroids.row_mut(from),
                    point,
                    -weight / (totals[from] - weight),
                );
                shift(centroids.row_mut(to), point, weight / (totals[to] + weight));
                totals[from] -= weight;
                totals[to] += weight;
                labels[i] = to as u32;
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
}

/// The cluster in which a sample of cluster `from` costs least; a separate function, so that browsers switch to optimised code
/// between two calls.
#[inline(never)]
fn best_cluster(
    point: &[f64],
    weight: f64,
    from: usize,
    centroids: &Matrix,
    totals: &[f64],
) -> usize {
    let leaving =
        totals[from] / (totals[from] - weight) * squared_euclidean(point, centroids.row(from));
    let mut best = (leaving * (1.0 - LEAST_GAIN), from);
    for (to, &total) in totals.iter().enumerate().filter(|&(to, _)| to != from) {
        let joining = total / (total + weight) * squared_euclidean(point, centroids.row(to));
        if joining < best.0 {
            best = (joining, to);
        }
    }
    best.1
}

/// Moves a centroid by `share` of the way to `point`.
fn shift(centroid: &mut [f64], point: &[f64], share: f64) {
    centroid
        .iter_mut()
        .zip(point)
        .for_each(|(c, x)| *c += share * (x - *c));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lloyd_optimum_is_left_for_a_better_one() {
        // 5.1 is nearer to the centroid of the six zeros and itself than to 10, so Lloyd keeps it there; moving it costs less.
        let mut matrix = Matrix::with_features(1);
        for x in [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.1, 10.0] {
            matrix.push_row([x]);
        }
        let samples = Samples::new(&matrix).unwrap();
        let mut labels = vec![0, 0, 1];
        let mut centroids = lloyd::centroids_of(&samples, &labels, 2);
        lloyd::iterate(&samples, None, &mut centroids, &mut labels, 50, 0);
        let before = super::super::run::inertia(&samples, &centroids, &labels);
        improve(&samples, &mut centroids, &mut labels, 2);
        let after = super::super::run::inertia(
            &samples,
            &lloyd::centroids_of(&samples, &labels, 2),
            &labels,
        );
        assert!(after < before, "{after} against {before}");
        assert_eq!(labels, [0, 1, 1]);
    }
}
