//! Lloyd's iteration: assign every sample to the nearest centroid, move the centroids to the means.

use super::assignment::Assignment;
use super::screen::Screen;
use crate::cluster::Samples;
use crate::numeric::{F64x4, LANES, Matrix, order_by, squared_euclidean};

/// Iterates until at most `settled` labels change or `max_iter` is reached; returns the number of iterations.
///
/// Sums are updated by the samples that change their cluster; every few iterations, and before the end, they are computed from
/// scratch. With a `screen` of all samples the labels are the same, only faster.
pub(super) fn iterate(
    samples: &Samples,
    screen: Option<&Screen>,
    centroids: &mut Matrix,
    labels: &mut [u32],
    max_iter: usize,
    settled: usize,
) -> usize {
    let n_clusters = centroids.n_samples();
    let mut means = Means::zeros(n_clusters, samples.n_features());
    let mut is_exact = false;
    let mut moves = Vec::new();
    let mut assignment = screen.map(|screen| screen.assignment(labels));
    for iteration in 1..=max_iter {
        moves.clear();
        if let Some((screen, assignment)) = screen.zip(assignment.as_mut()) {
            assign_screened(samples, screen, centroids, assignment, labels, &mut moves);
        } else {
            assign(samples, centroids, labels, &mut moves);
        }
        let refilled = fill_empty_clusters(samples, centroids, labels);
        if refilled {
            assignment = screen.map(|screen| screen.assignment(labels));
        }
        let is_settled = moves.len() <= settled && !refilled;
        if is_settled && is_exact {
            return iteration;
        }
        is_exact = is_settled || refilled || iteration % RECOUNT == 1;
        if is_exact {
            means = Means::of(samples, labels, n_clusters);
        } else {
            moves.iter().for_each(|&(i, old)| {
                means.move_sample(samples, i as usize, old, labels[i as usize]);
            });
        }
        means.write(centroids);
    }
    if !is_exact {
        *centroids = centroids_of(samples, labels, n_clusters);
    }
    max_iter
}

/// Iterations between two sums from scratch.
const RECOUNT: usize = 16;

/// Gives every sample the label of its nearest centroid; ties go to the lowest. `moves` gets those whose label changed, with
/// the label of before.
fn assign(samples: &Samples, centroids: &Matrix, labels: &mut [u32], moves: &mut Vec<(u32, u32)>) {
    let (groups, rest) = labels.as_chunks_mut::<LANES>();
    let start_of_rest = groups.len() * LANES;
    let mut relabel = |i: usize, label: &mut u32, nearest: u32| {
        if *label != nearest {
            moves.push((i as u32, *label));
            *label = nearest;
        }
    };
    for (group, labels) in groups.iter_mut().enumerate() {
        let nearest = nearest_of_group(samples, centroids, group * LANES);
        for (lane, (label, nearest)) in labels.iter_mut().zip(nearest.to_array()).enumerate() {
            relabel(group * LANES + lane, label, nearest as u32);
        }
    }
    for (i, label) in (start_of_rest..).zip(rest) {
        relabel(i, label, nearest_of_one(samples, centroids, i));
    }
}

/// The same labels, found with the help of single precision.
fn assign_screened(
    samples: &Samples,
    screen: &Screen,
    centroids: &Matrix,
    assignment: &mut Assignment,
    labels: &mut [u32],
    moves: &mut Vec<(u32, u32)>,
) {
    let verify = |i: usize| nearest_of_one(samples, centroids, i);
    screen.assign_verified(centroids, assignment, verify, |i, label| {
        if labels[i] != label {
            moves.push((i as u32, labels[i]));
            labels[i] = label;
        }
    });
}

/// Weighted sums and weights per cluster.
struct Means {
    sums: Matrix,
    totals: Vec<f64>,
}

impl Means {
    fn zeros(n_clusters: usize, n_features: usize) -> Self {
        Self {
            sums: Matrix::zeros(n_clusters, n_features),
            totals: vec![0.0; n_clusters],
        }
    }

    fn of(samples: &Samples, labels: &[u32], n_clusters: usize) -> Self {
        let mut means = Self::zeros(n_clusters, samples.n_features());
        for (i, &label) in labels.iter().enumerate() {
            means.add(samples, i, label, samples.weights[i]);
        }
        means
    }

    fn add(&mut self, samples: &Samples, i: usize, label: u32, weight: f64) {
        self.totals[label as usize] += weight;
        let sums = self.sums.row_mut(label as usize).iter_mut();
        sums.zip(samples.points.row(i))
            .for_each(|(sum, x)| *sum += weight * x);
    }

    fn move_sample(&mut self, samples: &Samples, i: usize, old: u32, new: u32) {
        self.add(samples, i, new, samples.weights[i]);
        self.add(samples, i, old, -samples.weights[i]);
    }

    /// A cluster without samples has the origin, the mean of everything.
    fn write(&self, centroids: &mut Matrix) {
        for (label, &total) in self.totals.iter().enumerate() {
            let row = centroids
                .row_mut(label)
                .iter_mut()
                .zip(self.sums.row(label));
            row.for_each(|(c, sum)| *c = if total > 0.0 { sum / total } else { 0.0 });
        }
    }
}

/// The nearest centroid of four samples at once (as numbers, so that they stay in vector registers).
#[inline(never)]
fn nearest_of_group(samples: &Samples, centroids: &Matrix, start: usize) -> F64x4 {
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
    nearest
}

/// The scalar twin, for the samples that fill no group.
fn nearest_of_one(samples: &Samples, centroids: &Matrix, sample: usize) -> u32 {
    let (mut nearest, mut least) = (0, f64::INFINITY);
    for (label, centroid) in centroids.rows().enumerate() {
        let distance = squared_euclidean(samples.points.row(sample), centroid);
        if distance < least {
            (nearest, least) = (label as u32, distance);
        }
    }
    nearest
}

/// Weighted mean per label.
pub(super) fn centroids_of(samples: &Samples, labels: &[u32], n_clusters: usize) -> Matrix {
    let mut centroids = Matrix::zeros(n_clusters, samples.n_features());
    Means::of(samples, labels, n_clusters).write(&mut centroids);
    centroids
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
    let distance =
        |i: usize| squared_euclidean(samples.points.row(i), centroids.row(labels[i] as usize));
    let distances: Vec<f64> = (0..labels.len()).map(distance).collect();
    // Farthest first; ties keep the order of the samples.
    let farthest = order_by(labels.len(), &mut |a, b| {
        distances[b].total_cmp(&distances[a])
    });
    let mut candidates = farthest.into_iter().map(|i| i as usize);
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
            assign(&samples, &centroids, &mut labels, &mut Vec::new());
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
    fn screened_labels_are_those_of_double_precision() {
        for n_features in [1, 2, 3, 4, 7, 20] {
            let samples = random_samples(n_features as u64, 3000, n_features);
            // Two centroids nearly coincide: single precision cannot tell them apart.
            let mut centroids = random_samples(n_features as u64 + 50, 6, n_features).points;
            let twin: Vec<f64> = centroids.row(2).iter().map(|x| x + 1e-9).collect();
            centroids.row_mut(4).copy_from_slice(&twin);
            let (mut fast, mut slow) = (vec![u32::MAX; 3000], vec![u32::MAX; 3000]);
            assign(&samples, &centroids, &mut slow, &mut Vec::new());
            let mut moves = Vec::new();
            let screen = &samples.screen;
            let mut assignment = screen.assignment(&fast);
            assign_screened(
                &samples,
                screen,
                &centroids,
                &mut assignment,
                &mut fast,
                &mut moves,
            );
            assert_eq!(fast, slow, "{n_features} features");
            assert_eq!(moves.len(), 3000);
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
        iterate(&samples, None, &mut centroids, &mut labels, 50, 0);
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
                iterate(&samples, None, &mut centroids, &mut labels, 1, 0);
                let now = super::super::run::inertia(&samples, &centroids, &labels);
                assert!(
                    now <= before * (1.0 + 1e-12),
                    "seed {seed}: {now} after {before}"
                );
                before = now;
            }
        }
    }
}
