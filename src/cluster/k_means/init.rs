//! Greedy k-means++ (Arthur & Vassilvitskii 2007, SODA): each next centre is the best of several draws.

use crate::cluster::Samples;
use crate::numeric::{F64x4, LANES, Matrix, Rng, Sum};

/// Chooses `n_clusters` samples as centres, shape `(n_clusters, n_features)`; only among `chosen` where they are given, each
/// with weight 1.
///
/// A sample is drawn with probability proportional to its weight times its squared distance to the nearest centre so far;
/// of `2 + ln k` draws the one that lowers the sum of these the most is taken.
pub(super) fn greedy_plus_plus(
    samples: &Samples,
    chosen: Option<&[u32]>,
    n_clusters: usize,
    rng: &mut Rng,
) -> Matrix {
    let draws = 2 + libm::log(n_clusters as f64) as usize;
    let gathered = chosen.map(|chosen| Candidates::among(samples, chosen));
    let all = Candidates {
        columns: &samples.columns,
        weights: &samples.weights,
    };
    let candidates = gathered
        .as_ref()
        .map_or(all, |(columns, weights)| Candidates { columns, weights });
    let mut centres = Matrix::with_features(samples.n_features());
    let first = draw(candidates.weights.iter().copied(), rng);
    centres.push_row(candidates.row(first));
    let mut nearest = vec![f64::INFINITY; candidates.weights.len()];
    candidates.lower(first, &mut nearest);
    let mut trial = nearest.clone();
    for _ in 1..n_clusters {
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        for _ in 0..draws {
            let chances = nearest
                .iter()
                .zip(candidates.weights)
                .map(|(distance, weight)| distance * weight);
            let candidate = draw(chances, rng);
            trial.copy_from_slice(&nearest);
            let potential = candidates.lower(candidate, &mut trial);
            if best.as_ref().is_none_or(|(least, ..)| potential < *least) {
                let spare = best.map_or_else(|| vec![0.0; nearest.len()], |(.., spare)| spare);
                best = Some((potential, candidate, std::mem::replace(&mut trial, spare)));
            }
        }
        let Some((_, chosen, distances)) = best else {
            break;
        };
        centres.push_row(candidates.row(chosen));
        nearest = distances;
    }
    centres
}

/// Samples that may become centres.
#[derive(Clone, Copy)]
struct Candidates<'a> {
    columns: &'a [Vec<f64>],
    weights: &'a [f64],
}

impl Candidates<'_> {
    fn among(samples: &Samples, chosen: &[u32]) -> (Vec<Vec<f64>>, Vec<f64>) {
        let gather = |column: &Vec<f64>| chosen.iter().map(|&i| column[i as usize]).collect();
        (
            samples.columns.iter().map(gather).collect(),
            vec![1.0; chosen.len()],
        )
    }

    fn row(&self, i: usize) -> impl Iterator<Item = f64> {
        self.columns.iter().map(move |column| column[i])
    }

    /// Lowers each sample's squared distance to that to sample `to`, where it is smaller; returns their weighted sum.
    #[inline(never)]
    fn lower(&self, to: usize, distances: &mut [f64]) -> f64 {
        let target: Vec<f64> = self.row(to).collect();
        let mut potential = F64x4::splat(0.0);
        let (groups, rest) = distances.as_chunks_mut::<LANES>();
        let start_of_rest = groups.len() * LANES;
        for (group, so_far) in groups.iter_mut().enumerate() {
            let mut squared = F64x4::splat(0.0);
            for (column, &t) in self.columns.iter().zip(&target) {
                if let Some(values) = column[group * LANES..].first_chunk() {
                    let difference = F64x4::load(values).minus(F64x4::splat(t));
                    squared = squared.plus(difference.times(difference));
                }
            }
            let before = F64x4::load(so_far);
            let lowered = squared.where_less(before, squared, before);
            *so_far = lowered.to_array();
            if let Some(weights) = self.weights[group * LANES..].first_chunk() {
                potential = potential.plus(lowered.times(F64x4::load(weights)));
            }
        }
        let mut sum: f64 = potential.to_array().iter().sum();
        for (i, so_far) in (start_of_rest..).zip(rest) {
            let squared: f64 = self
                .row(i)
                .zip(&target)
                .map(|(x, t)| (x - t) * (x - t))
                .sum();
            *so_far = if squared < *so_far { squared } else { *so_far };
            sum += *so_far * self.weights[i];
        }
        sum
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
            let centres = greedy_plus_plus(&samples, None, 4, &mut Rng::new(seed));
            let mut values: Vec<f64> = centres.column(0).collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            assert_eq!(values.len(), 4, "seed {seed}");
        }
    }
}
