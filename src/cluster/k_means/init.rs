//! Greedy k-means++ (Arthur & Vassilvitskii 2007, SODA): each next centre is the best of several draws.

use crate::cluster::Samples;
use crate::numeric::{Matrix, Rng, Sum, squared_euclidean};

/// Chooses `n_clusters` samples as centres, shape `(n_clusters, n_features)`.
///
/// A sample is drawn with probability proportional to its weight times its squared distance to the nearest centre so far;
/// of `2 + ln k` draws the one that lowers the sum of these the most is taken.
pub(super) fn greedy_plus_plus(samples: &Samples, n_clusters: usize, rng: &mut Rng) -> Matrix {
    let draws = 2 + libm::log(n_clusters as f64) as usize;
    let mut centres = Matrix::with_features(samples.n_features());
    let first = draw(samples.weights.iter().copied(), rng);
    centres.push_row(samples.points.row(first).iter().copied());
    let mut nearest = distances_to(samples, first, None);
    for _ in 1..n_clusters {
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        for _ in 0..draws {
            let chances = nearest
                .iter()
                .zip(&samples.weights)
                .map(|(distance, weight)| distance * weight);
            let candidate = draw(chances, rng);
            let distances = distances_to(samples, candidate, Some(&nearest));
            let potential = distances
                .iter()
                .zip(&samples.weights)
                .map(|(distance, weight)| distance * weight)
                .sum();
            if best.as_ref().is_none_or(|(least, ..)| potential < *least) {
                best = Some((potential, candidate, distances));
            }
        }
        let Some((_, chosen, distances)) = best else {
            break;
        };
        centres.push_row(samples.points.row(chosen).iter().copied());
        nearest = distances;
    }
    centres
}

/// Squared distance of every sample to sample `to`, or the one so far where that is smaller.
fn distances_to(samples: &Samples, to: usize, so_far: Option<&[f64]>) -> Vec<f64> {
    let target = samples.points.row(to);
    let distances = samples
        .points
        .rows()
        .map(|row| squared_euclidean(row, target));
    match so_far {
        None => distances.collect(),
        Some(so_far) => distances
            .zip(so_far)
            .map(|(new, &old)| if new < old { new } else { old })
            .collect(),
    }
}

/// An index drawn with probability proportional to `chances`; never one of chance 0 unless all are.
pub(super) fn draw(chances: impl Iterator<Item = f64> + Clone, rng: &mut Rng) -> usize {
    let total = chances.clone().collect::<Sum>().value();
    let target = rng.uniform() * total;
    let (mut reached, mut last) = (0.0, 0);
    for (i, chance) in chances.enumerate() {
        if chance > 0.0 {
            last = i;
            reached += chance;
            if reached > target {
                break;
            }
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn centres_are_distinct_samples() {
        let mut matrix = Matrix::with_features(1);
        for x in [0.0, 0.0, 1.0, 2.0, 100.0] {
            matrix.push_row([x]);
        }
        let samples = Samples::new(&matrix).unwrap();
        for seed in 0..20 {
            let centres = greedy_plus_plus(&samples, 4, &mut Rng::new(seed));
            let mut values: Vec<f64> = centres.column(0).collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            assert_eq!(values.len(), 4, "seed {seed}");
        }
    }
}
