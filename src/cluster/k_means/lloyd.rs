//! Lloyd's iteration: assign every sample to the nearest centroid, move the centroids to the means.

use crate::cluster::Samples;
use crate::numeric::{F64x4, LANES, Matrix, squared_euclidean};

/// Iterates until no label changes, an iteration lowers the inertia by no more than the share `tol`, or `max_iter` is
/// reached; returns the number of iterations.
pub(super) fn iterate(
    samples: &Samples,
    centroids: &mut Matrix,
    labels: &mut [u32],
    max_iter: usize,
    tol: f64,
) -> usize {
    let mut inertia_before = f64::INFINITY;
    for iteration in 1..=max_iter {
        let Assigned { changed, inertia } = assign(samples, centroids, labels);
        let refilled = fill_empty_clusters(samples, centroids, labels);
        if !changed && !refilled {
            return iteration;
        }
        *centroids = centroids_of(samples, labels, centroids.n_samples());
        if tol > 0.0 && inertia_before - inertia <= tol * inertia_before {
            return iteration;
        }
        inertia_before = inertia;
    }
    max_iter
}

/// What came of an assignment.
pub(super) struct Assigned {
    /// Whether some label is another one than before.
    pub(super) changed: bool,
    /// Sum of squared distances to the centroids assigned to.
    pub(super) inertia: f64,
}

/// Gives every sample the label of its nearest centroid; ties go to the lowest.
pub(super) fn assign(samples: &Samples, centroids: &Matrix, labels: &mut [u32]) -> Assigned {
    let mut changed = false;
    let mut inertia = F64x4::splat(0.0);
    let (groups, rest) = labels.as_chunks_mut::<LANES>();
    let start_of_rest = groups.len() * LANES;
    for (group, labels) in groups.iter_mut().enumerate() {
        let (nearest, least) = nearest_of_group(samples, centroids, group * LANES);
        if let Some(weights) = samples.weights[group * LANES..].first_chunk() {
            inertia = inertia.plus(least.times(F64x4::load(weights)));
        }
        for (label, nearest) in labels.iter_mut().zip(nearest.to_array()) {
            changed |= *label != nearest as u32;
            *label = nearest as u32;
        }
    }
    let mut inertia: f64 = inertia.to_array().iter().sum();
    for (i, label) in (start_of_rest..).zip(rest) {
        let (nearest, least) = nearest_of_one(samples, centroids, i);
        inertia += least * samples.weights[i];
        changed |= *label != nearest;
        *label = nearest;
    }
    Assigned { changed, inertia }
}

/// The nearest centroid of four samples at once (as numbers, so that they stay in vector registers) and its squared distance.
#[inline(never)]
fn nearest_of_group(samples: &Samples, centroids: &Matrix, start: usize) -> (F64x4, F64x4) {
    let mut least = F64x4::splat(f64::INFINITY);
    let mut nearest = F64x4::splat(0.0);
    for (label, centroid) in centroids.rows().enumerate() {
        let mut distance = F64x4::splat(0.0);
        for (column, &c) in samples.columns.iter().zip(centroid) {
            let Some(values) = column[start..].first_chunk() else {
                continue;
            };
            let difference = F64x4::load(values).minus(F64x4::splat(c));
            distance = distance.plus(difference.times(difference));
        }
        nearest = distance.where_less(least, F64x4::splat(label as f64), nearest);
        least = distance.where_less(least, distance, least);
    }
    (nearest, least)
}

/// The scalar twin, for the samples that fill no group.
fn nearest_of_one(samples: &Samples, centroids: &Matrix, sample: usize) -> (u32, f64) {
    let (mut nearest, mut least) = (0, f64::INFINITY);
    for (label, centroid) in centroids.rows().enumerate() {
        let distance = squared_euclidean(samples.points.row(sample), centroid);
        if distance < least {
            (nearest, least) = (label as u32, distance);
        }
    }
    (nearest, least)
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
    fn groups_assign_like_one_sample_at_a_time() {
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
        iterate(&samples, &mut centroids, &mut labels, 50, 0.0);
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
                iterate(&samples, &mut centroids, &mut labels, 1, 0.0);
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
