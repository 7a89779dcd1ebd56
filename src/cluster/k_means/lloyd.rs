//! Lloyd's iteration: assign every sample to the nearest centroid, move the centroids to the means.

use crate::cluster::Samples;
use crate::numeric::{Matrix, squared_euclidean};

/// Samples treated at once: long enough to fill vector registers, short enough for the first cache.
const BLOCK: usize = 64;

/// Iterates until no label changes or `max_iter` is reached; returns the number of iterations.
pub(super) fn iterate(
    samples: &Samples,
    centroids: &mut Matrix,
    labels: &mut [u32],
    max_iter: usize,
) -> usize {
    for iteration in 1..=max_iter {
        let changed = assign(samples, centroids, labels);
        let refilled = fill_empty_clusters(samples, centroids, labels);
        if !changed && !refilled {
            return iteration;
        }
        *centroids = centroids_of(samples, labels, centroids.n_samples());
    }
    max_iter
}

/// Gives every sample the label of its nearest centroid (ties to the lowest) and says whether any changed.
pub(super) fn assign(samples: &Samples, centroids: &Matrix, labels: &mut [u32]) -> bool {
    let mut changed = false;
    for (block, labels) in labels.chunks_mut(BLOCK).enumerate() {
        changed |= assign_block(samples, centroids, block * BLOCK, labels);
    }
    changed
}

/// One block; element-wise loops over arrays of fixed length, which the compiler turns into vector instructions.
#[inline(never)]
fn assign_block(samples: &Samples, centroids: &Matrix, start: usize, labels: &mut [u32]) -> bool {
    let mut least = [f64::INFINITY; BLOCK];
    let mut nearest = [0.0; BLOCK];
    let len = labels.len();
    for (label, centroid) in centroids.rows().enumerate() {
        let mut distances = [0.0; BLOCK];
        for (column, &c) in samples.columns.iter().zip(centroid) {
            if let Ok(values) = <&[f64; BLOCK]>::try_from(&column[start..start + len]) {
                for (distance, x) in distances.iter_mut().zip(values) {
                    *distance += (x - c) * (x - c);
                }
            } else {
                for (distance, x) in distances.iter_mut().zip(&column[start..start + len]) {
                    *distance += (x - c) * (x - c);
                }
            }
        }
        let label = label as f64;
        for i in 0..BLOCK {
            let closer = distances[i] < least[i];
            least[i] = if closer { distances[i] } else { least[i] };
            nearest[i] = if closer { label } else { nearest[i] };
        }
    }
    let mut changed = false;
    for (label, nearest) in labels.iter_mut().zip(nearest) {
        changed |= *label != nearest as u32;
        *label = nearest as u32;
    }
    changed
}

/// Weighted mean per label; a label without samples has the origin, the mean of everything.
pub(super) fn centroids_of(samples: &Samples, labels: &[u32], n_clusters: usize) -> Matrix {
    let mut sums = Matrix::zeros(n_clusters, samples.n_features());
    let mut totals = vec![0.0; n_clusters];
    for ((row, &weight), &label) in samples.points.rows().zip(&samples.weights).zip(labels) {
        totals[label as usize] += weight;
        for (sum, x) in sums.row_mut(label as usize).iter_mut().zip(row) {
            *sum += weight * x;
        }
    }
    for (label, total) in totals.into_iter().enumerate() {
        if total > 0.0 {
            sums.row_mut(label).iter_mut().for_each(|sum| *sum /= total);
        }
    }
    sums
}

/// Moves the sample farthest from its centroid into each cluster that lost all of its own (the rule of scikit-learn).
fn fill_empty_clusters(samples: &Samples, centroids: &Matrix, labels: &mut [u32]) -> bool {
    let mut counts = vec![0_usize; centroids.n_samples()];
    labels.iter().for_each(|&label| counts[label as usize] += 1);
    let empty: Vec<u32> = (0..counts.len())
        .filter(|&label| counts[label] == 0)
        .map(|label| label as u32)
        .collect();
    if empty.is_empty() {
        return false;
    }
    let mut farthest: Vec<(f64, usize)> = labels
        .iter()
        .enumerate()
        .map(|(i, &label)| {
            (
                squared_euclidean(samples.points.row(i), centroids.row(label as usize)),
                i,
            )
        })
        .collect();
    farthest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut candidates = farthest.into_iter().map(|(_, i)| i);
    for label in empty {
        let Some(i) = candidates.find(|&i| counts[labels[i] as usize] > 1) else {
            break;
        };
        counts[labels[i] as usize] -= 1;
        counts[label as usize] += 1;
        labels[i] = label;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn random_samples(seed: u64, n: usize, n_features: usize) -> Samples {
        let mut rng = Rng::new(seed);
        let mut matrix = Matrix::with_features(n_features);
        for _ in 0..n {
            matrix.push_row((0..n_features).map(|_| rng.normal()).collect::<Vec<_>>());
        }
        Samples::new(&matrix).unwrap()
    }

    #[test]
    fn blocks_assign_like_one_sample_at_a_time() {
        for (seed, n) in [(1, 1), (2, 63), (3, 64), (4, 200)] {
            let samples = random_samples(seed, n, 3);
            let centroids = random_samples(seed + 50, 5, 3).points;
            let mut labels = vec![0; n];
            assign(&samples, &centroids, &mut labels);
            for (row, &label) in samples.points.rows().zip(&labels) {
                let slow = (0..5).min_by(|&a, &b| {
                    squared_euclidean(row, centroids.row(a))
                        .total_cmp(&squared_euclidean(row, centroids.row(b)))
                });
                assert_eq!(Some(label as usize), slow, "seed {seed}");
            }
        }
    }

    #[test]
    fn an_emptied_cluster_takes_the_farthest_sample() {
        let mut matrix = Matrix::with_features(1);
        for x in [-10.0, -9.5, -9.0, -8.5, -8.0, -1.0, 1.0, 9.0, 9.5, 10.0] {
            matrix.push_row([x]);
        }
        let samples = Samples::new(&matrix).unwrap();
        let mut centroids = Matrix::zeros(3, 1);
        centroids.row_mut(0)[0] = -10.0;
        centroids.row_mut(1)[0] = -10.0;
        centroids.row_mut(2)[0] = -10.0;
        let mut labels = vec![u32::MAX; 10];
        iterate(&samples, &mut centroids, &mut labels, 50);
        assert!((0..3).all(|label| labels.contains(&label)), "{labels:?}");
    }

    #[test]
    fn inertia_never_rises_from_one_iteration_to_the_next() {
        for seed in 0..20 {
            let samples = random_samples(seed, 150, 2);
            let mut centroids = random_samples(seed + 99, 6, 2).points;
            let mut labels = vec![u32::MAX; 150];
            let mut before = f64::INFINITY;
            for _ in 0..30 {
                iterate(&samples, &mut centroids, &mut labels, 1);
                let now = super::super::inertia(&samples, &centroids, &labels);
                assert!(
                    now <= before * (1.0 + 1e-12),
                    "seed {seed}: {now} after {before}"
                );
                before = now;
            }
        }
    }
}
