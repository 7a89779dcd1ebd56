//! Greedy k-means++ (Arthur & Vassilvitskii 2007, SODA): each next centre is the best of several draws.

use crate::cluster::Samples;
use crate::numeric::{F64x4, LANES, Matrix, Rng, Sum, order_by};

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
        let chances = nearest
            .iter()
            .zip(candidates.weights)
            .map(|(distance, weight)| distance * weight);
        for candidate in draw_some(draws, chances, rng) {
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
    draw_some(1, chances, rng).first().copied().unwrap_or(0)
}

/// So many indices drawn like this, each as if it were alone, in one pass.
fn draw_some(
    n_draws: usize,
    chances: impl Iterator<Item = f64> + Clone,
    rng: &mut Rng,
) -> Vec<usize> {
    let total = chances.clone().collect::<Sum>().value();
    let targets: Vec<f64> = (0..n_draws).map(|_| rng.uniform() * total).collect();
    let ascending = order_by(n_draws, &mut |a, b| targets[a].total_cmp(&targets[b]));
    let mut next = ascending.into_iter().map(|draw| draw as usize).peekable();
    let mut drawn = vec![0; n_draws];
    let (mut reached, mut last) = (0.0, 0);
    for (i, chance) in chances.enumerate() {
        if chance > 0.0 {
            last = i;
            reached += chance;
            while let Some(draw) = next.next_if(|&draw| reached > targets[draw]) {
                drawn[draw] = i;
            }
            if next.peek().is_none() {
                break;
            }
        }
    }
    // Rounding may leave a target above the sum.
    next.for_each(|draw| drawn[draw] = last);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_follow_their_chances_whether_alone_or_together() {
        let chances = [0.0, 1.0, 3.0, 0.0, 4.0, 0.0];
        let (mut alone, mut together) = (Rng::new(3), Rng::new(3));
        let one_by_one: Vec<usize> = (0..8_000)
            .map(|_| draw(chances.into_iter(), &mut alone))
            .collect();
        let mut at_once = Vec::new();
        while at_once.len() < 8_000 {
            at_once.extend(draw_some(4, chances.into_iter(), &mut together));
        }
        assert_eq!(one_by_one, at_once);
        for (i, chance) in chances.iter().enumerate() {
            let drawn = at_once.iter().filter(|&&drawn| drawn == i).count() as f64;
            assert!((drawn - 1_000.0 * chance).abs() < 150.0, "{i}: {drawn}");
        }
        assert_eq!(draw([0.0, 0.0].into_iter(), &mut alone), 0);
    }

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
