//! Greedy k-means++ (Arthur & Vassilvitskii 2007, SODA): each next centre is the best of several draws.

use crate::cluster::Samples;
use crate::numeric::{F64x4, LANES, Matrix, Rng, Sum, order_by, pulse};

/// Chooses `n_clusters` samples as centres, shape `(n_clusters, n_features)`.
///
/// A sample is drawn with probability proportional to its weight times its squared distance to the nearest centre so far;
/// of `2 + ln k` draws the one that lowers the sum of these the most is taken.
pub(super) fn greedy_plus_plus(
    candidates: &Candidates,
    n_clusters: usize,
    rng: &mut Rng,
) -> Matrix {
    let draws = 2 + libm::log(n_clusters as f64) as usize;
    let mut centres = Matrix::with_features(candidates.n_features);
    let first = draw(candidates.weights.iter().copied(), rng);
    centres.push_row(candidates.row(first));
    let mut nearest = vec![f64::INFINITY; candidates.weights.len()];
    candidates.lower(first, &mut nearest);
    let mut trial = nearest.clone();
    for _ in 1..n_clusters {
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        let chances = nearest
            .iter()
            .zip(&candidates.weights)
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

/// Samples that lie together.
const BLOCK: usize = QUADS * LANES;
const QUADS: usize = 4;
/// Features between two checks whether a sample of a block can still be nearer than before.
const STRETCH: usize = 32;

/// Candidate samples in groups of sixteen, feature by feature, so that distances read memory in order.
pub(super) struct Candidates {
    n_features: usize,
    /// Block by block; zeros fill up the last.
    values: Vec<[f64; BLOCK]>,
    weights: Vec<f64>,
}

impl Candidates {
    /// All samples; only the `chosen` where they are given, each with weight 1.
    pub(super) fn of(samples: &Samples, chosen: Option<&[u32]>) -> Self {
        let n = chosen.map_or(samples.n_distinct(), <[u32]>::len);
        let sample = |at: usize| chosen.map_or(at, |chosen| chosen[at] as usize);
        let mut values = Vec::with_capacity(n.div_ceil(BLOCK) * samples.n_features());
        for start in (0..n).step_by(BLOCK) {
            for column in &samples.columns {
                values.push(std::array::from_fn(|at| {
                    let is_there = start + at < n;
                    if is_there {
                        column[sample(start + at)]
                    } else {
                        0.0
                    }
                }));
            }
        }
        Self {
            n_features: samples.n_features(),
            values,
            weights: chosen.map_or_else(|| samples.weights.clone(), |_| vec![1.0; n]),
        }
    }

    fn row(&self, i: usize) -> impl Iterator<Item = f64> {
        let block = &self.values[i / BLOCK * self.n_features..][..self.n_features];
        block.iter().map(move |values| values[i % BLOCK])
    }

    /// Lowers each sample's squared distance to that to sample `to`, where it is smaller; returns their weighted sum.
    fn lower(&self, to: usize, distances: &mut [f64]) -> f64 {
        pulse(self.weights.len() * self.n_features);
        let target: Vec<f64> = self.row(to).collect();
        let mut potential = F64x4::splat(0.0);
        // Samples that do not fill a group of four are added last.
        let mut rest = Vec::new();
        let blocks = self.values.chunks_exact(self.n_features.max(1));
        let pairs = distances.chunks_mut(BLOCK).zip(self.weights.chunks(BLOCK));
        for (values, (distances, weights)) in blocks.zip(pairs) {
            let squared = lower_block(values, &target, distances);
            let (groups, tail) = distances.as_chunks_mut::<LANES>();
            let (of_groups, of_tail) = weights.as_chunks::<LANES>();
            let lowered = squared.iter().zip(groups.iter_mut()).zip(of_groups);
            for ((&lowered, so_far), weights) in lowered {
                *so_far = lowered.to_array();
                potential = potential.plus(lowered.times(F64x4::load(weights)));
            }
            if let Some(lowered) = squared.get(groups.len()) {
                tail.copy_from_slice(&lowered.to_array()[..tail.len()]);
                rest.extend(tail.iter().zip(of_tail).map(|(x, weight)| x * weight));
            }
        }
        let of_groups: f64 = potential.to_array().iter().sum();
        rest.iter().fold(of_groups, |sum, x| sum + x)
    }
}

/// The lesser of each distance so far and that to the target, for up to a block of samples.
#[inline(never)]
fn lower_block(values: &[[f64; BLOCK]], target: &[f64], so_far: &[f64]) -> [F64x4; QUADS] {
    let mut before = [0.0; BLOCK];
    before[..so_far.len()].copy_from_slice(so_far);
    let before: [F64x4; QUADS] = quads(&before);
    let mut squared = [F64x4::splat(0.0); QUADS];
    for (values, target) in values.chunks(STRETCH).zip(target.chunks(STRETCH)) {
        for (values, &t) in values.iter().zip(target) {
            let target = F64x4::splat(t);
            for (squared, values) in squared.iter_mut().zip(quads(values)) {
                let difference = values.minus(target);
                *squared = squared.plus(difference.times(difference));
            }
        }
        // Sums of squares never decrease: once as far as before, always as far.
        let mut pairs = squared.iter().zip(&before);
        if pairs.all(|(squared, before)| before.all_at_most(*squared)) {
            return before;
        }
    }
    std::array::from_fn(|at| squared[at].where_less(before[at], squared[at], before[at]))
}

#[allow(
    clippy::inline_always,
    reason = "a call would cost more than the loads"
)]
#[inline(always)]
fn quads(values: &[f64; BLOCK]) -> [F64x4; QUADS] {
    let (quads, _) = values.as_chunks::<LANES>();
    std::array::from_fn(|at| F64x4::load(&quads[at]))
}

/// An index drawn with probability proportional to `chances`; never one of chance 0 unless all are.
pub(super) fn draw(chances: impl Iterator<Item = f64> + Clone, rng: &mut Rng) -> usize {
    draw_some(1, chances, rng).first().copied().unwrap_or(0)
}

/// Several independent draws of this kind in one pass.
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
    use crate::numeric::squared_euclidean;

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
    fn distances_are_lowered_as_one_by_one() {
        for (seed, n) in [1, 3, 4, 15, 16, 17, 90].into_iter().enumerate() {
            let mut rng = Rng::new(seed as u64);
            let d = [1, 2, 33, 70][seed % 4];
            let mut matrix = Matrix::with_features(d);
            for i in 0..n {
                matrix.push_row((0..d).map(|_| (i % 5) as f64 + rng.normal()));
            }
            let samples = Samples::new(&matrix).unwrap();
            let candidates = Candidates::of(&samples, None);
            let mut fast = vec![f64::INFINITY; n];
            let mut slow = fast.clone();
            for to in [n / 2, 0, n - 1] {
                let potential = candidates.lower(to, &mut fast);
                for (i, slow) in slow.iter_mut().enumerate() {
                    let row = samples.points.row(i);
                    let squared = squared_euclidean(row, samples.points.row(to));
                    *slow = slow.min(squared);
                }
                assert_eq!(fast, slow, "{n} samples");
                let sum: f64 = slow.iter().zip(&samples.weights).map(|(x, w)| x * w).sum();
                assert!((potential - sum).abs() <= 1e-12 * sum, "{potential} {sum}");
            }
        }
    }

    #[test]
    fn centres_are_distinct_samples() {
        let mut matrix = Matrix::with_features(1);
        for x in [0.0, 0.0, 1.0, 2.0, 100.0] {
            matrix.push_row([x]);
        }
        let samples = Samples::new(&matrix).unwrap();
        for seed in 0..20 {
            let candidates = Candidates::of(&samples, None);
            let centres = greedy_plus_plus(&candidates, 4, &mut Rng::new(seed));
            let mut values: Vec<f64> = centres.column(0).collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            assert_eq!(values.len(), 4, "seed {seed}");
        }
    }
}
