//! Distances in single precision: to get near an optimum fast, and to find the nearest centroid where single precision leaves
//! no doubt which it is. What it finds is verified in double precision.
//!
//! Sixteen samples lie together, feature by feature, scaled to 1. Sums follow the samples that change their cluster, so that a
//! late iteration costs the distances and nothing else.

use std::borrow::Cow;
use std::ops::Range;

use super::block::{Assigned, Block, GROUP, Group};
use crate::cluster::Samples;
use crate::numeric::Matrix;

/// The label of a sample that has met no centroid yet.
const NONE: u32 = u32::MAX;
/// Samples per call of the kernel: browsers replace a function by faster code only when it is called anew.
const BLOCK: usize = 1024;
/// A run has ended when an iteration moves at most one sample in so many; the rest is left to double precision.
const SETTLED: usize = 1_000_000;
/// The same for a run that is only compared with others.
const ROUGHLY_SETTLED: usize = 500;
/// A rough run that is worse than the best by more than this share will not become better.
const HOPE: f64 = 1.002;

/// Samples in single precision.
pub(super) struct Screen {
    /// Group by group, each feature by feature; filled up with copies of the last sample to whole groups.
    values: Vec<Group>,
    n_features: usize,
    /// Weights; 0 for what fills up.
    weights: Vec<Group>,
    /// Largest absolute value before scaling.
    scale: f64,
    /// Positions among the distinct samples, where not all of them are here.
    chosen: Option<Vec<u32>>,
}

/// What a run has found.
pub(super) struct Found {
    /// Shape `(n_clusters, n_features)`, in the units of [`Samples::points`].
    pub(super) centroids: Matrix,
    /// Cluster of every sample of the screen before the last step of the centroids.
    pub(super) labels: Vec<u32>,
    /// Sum of squared distances, as far as single precision knows it, in squared units of the screen.
    pub(super) inertia: f64,
    /// Iterations made.
    pub(super) n_iter: usize,
}

impl Screen {
    /// All samples.
    pub(super) fn new(samples: &Samples) -> Self {
        Self::of(samples, None)
    }

    /// About `n` samples at even steps through their order, each as likely as its weight.
    pub(super) fn thinned(samples: &Samples, n: usize) -> Self {
        let step = samples.n_samples() as f64 / n as f64;
        let mut passed = 0.0;
        let mut next = step / 2.0;
        let mut chosen = Vec::with_capacity(n);
        for (i, weight) in samples.weights.iter().enumerate() {
            passed += weight;
            while next < passed {
                chosen.push(i as u32);
                next += step;
            }
        }
        Self::of(samples, Some(chosen))
    }

    fn of(samples: &Samples, chosen: Option<Vec<u32>>) -> Self {
        let largest = samples
            .columns
            .iter()
            .flatten()
            .fold(0.0_f64, |largest, x| largest.max(x.abs()));
        let scale = if largest > 0.0 { largest } else { 1.0 };
        let factor = 1.0 / scale;
        let n = chosen.as_ref().map_or(samples.n_distinct(), Vec::len);
        let d = samples.n_features();
        let mut values = vec![[0.0; GROUP]; n.div_ceil(GROUP) * d];
        for (feature, column) in samples.columns.iter().enumerate() {
            let column = gather(column, chosen.as_deref());
            let fill = column.last().copied().unwrap_or(0.0);
            let places = values[feature..].iter_mut().step_by(d);
            fill_groups(&column, fill, places, |x| (x * factor) as f32);
        }
        let mut weights = vec![[0.0; GROUP]; n.div_ceil(GROUP)];
        let counted = match &chosen {
            None => Cow::Borrowed(samples.weights.as_slice()),
            Some(_) => Cow::Owned(vec![1.0; n]),
        };
        fill_groups(&counted, 0.0, weights.iter_mut(), |weight| weight as f32);
        Self {
            values,
            n_features: samples.n_features(),
            weights,
            scale,
            chosen,
        }
    }

    /// Samples here, with those that fill up.
    fn n(&self) -> usize {
        self.weights.len() * GROUP
    }

    fn value(&self, position: usize, feature: usize) -> f32 {
        self.values[position / GROUP * self.n_features + feature][position % GROUP]
    }

    fn weight(&self, position: usize) -> f32 {
        self.weights[position / GROUP][position % GROUP]
    }

    fn centres(&self, centroids: &Matrix) -> Vec<f32> {
        let values = centroids.rows().flatten();
        values.map(|&x| (x / self.scale) as f32).collect()
    }

    /// The distinct samples that are here.
    pub(super) fn chosen(&self) -> Option<&[u32]> {
        self.chosen.as_deref()
    }

    /// The distinct sample at a position of the screen.
    pub(super) fn distinct(&self, position: usize) -> usize {
        self.chosen
            .as_ref()
            .map_or(position, |chosen| chosen[position] as usize)
    }

    /// Weighted squared distance of every sample to its nearest centroid.
    pub(super) fn distances(&self, centroids: &Matrix) -> Vec<f64> {
        let centres = self.centres(centroids);
        let squared = |i: usize, centre: &[f32]| -> f32 {
            let differences = centre.iter().enumerate();
            differences
                .map(|(feature, &c)| self.value(i, feature) - c)
                .map(|difference| difference * difference)
                .sum()
        };
        let nearest = |i: usize| {
            centres
                .chunks_exact(self.n_features.max(1))
                .map(|centre| squared(i, centre))
                .fold(f32::INFINITY, f32::min)
        };
        (0..self.n())
            .map(|i| f64::from(self.weight(i) * nearest(i)))
            .collect()
    }

    /// Calls `relabel` with every sample whose nearest centroid is not that of `labels`. Where two centroids are as near as
    /// single precision can tell, `verify` decides.
    ///
    /// Coordinates are at most 1, rounding is `u = 2^-24`: a difference is wrong by `4u`, its square by `20u`, the squared
    /// distance over `d` features by `d (20 + 4d) u`; the number of the centroid changes it by a share of at most
    /// `2^(bits - 23)`.
    pub(super) fn assign_verified(
        &self,
        centroids: &Matrix,
        labels: &mut Vec<u32>,
        verify: impl Fn(usize) -> u32,
        mut relabel: impl FnMut(usize, u32),
    ) {
        labels.resize(self.n(), NONE);
        let centres = self.centres(centroids);
        let d = self.n_features as f32;
        let doubt = 2.0 * d * (20.0 + 4.0 * d) * (f32::EPSILON / 2.0);
        let mut found = Assigned::default();
        for start in (0..self.n()).step_by(BLOCK) {
            let end = (start + BLOCK).min(self.n());
            found.clear();
            self.assign::<true>(&centres, start..end, labels, doubt, &mut found);
            found.doubtful.retain(|&i| self.weight(i as usize) > 0.0);
            for &i in &found.doubtful {
                labels[i as usize] = verify(i as usize);
            }
            found.moves.retain(|&(i, _)| self.weight(i as usize) > 0.0);
            let changed = found
                .moves
                .iter()
                .map(|&(i, _)| i)
                .chain(found.doubtful.iter().copied());
            for i in changed.map(|i| i as usize) {
                relabel(i, labels[i]);
            }
        }
    }

    /// Iterates until hardly a sample changes its cluster.
    pub(super) fn iterate(&self, centroids: Matrix, max_iter: usize) -> Found {
        self.iterate_until(centroids, max_iter, self.n() / SETTLED)
    }

    /// Iterates to the end only where the run may become better than `best`.
    pub(super) fn challenge(&self, best: &Found, centroids: Matrix, max_iter: usize) -> Found {
        let rough = self.iterate_until(centroids, max_iter, self.n() / ROUGHLY_SETTLED);
        if rough.inertia > best.inertia * HOPE {
            return rough;
        }
        let n_iter = rough.n_iter;
        let found = self.iterate(rough.centroids, max_iter.saturating_sub(n_iter).max(1));
        Found {
            n_iter: n_iter + found.n_iter,
            ..found
        }
    }

    fn iterate_until(&self, mut centroids: Matrix, max_iter: usize, settled: usize) -> Found {
        let (k, d, n) = (centroids.n_samples(), self.n_features, self.n());
        let mut centres = self.centres(&centroids);
        let mut labels = vec![NONE; n];
        let mut sums = vec![0.0_f64; k * d];
        let mut totals = vec![0.0_f64; k];
        let mut found = Assigned::default();
        let (mut n_iter, mut inertia) = (0, f64::INFINITY);
        while n_iter < max_iter {
            n_iter += 1;
            let mut moved = 0;
            inertia = 0.0;
            for start in (0..n).step_by(BLOCK) {
                let range = start..(start + BLOCK).min(n);
                found.clear();
                let share = self.assign::<false>(&centres, range, &mut labels, 0.0, &mut found);
                inertia += f64::from(share);
                moved += found.moves.len();
                for &(i, old) in &found.moves {
                    let i = i as usize;
                    let (weight, new) = (f64::from(self.weight(i)), labels[i] as usize);
                    totals[new] += weight;
                    if old != NONE {
                        totals[old as usize] -= weight;
                    }
                    for feature in 0..d {
                        let x = weight * f64::from(self.value(i, feature));
                        sums[new * d + feature] += x;
                        if old != NONE {
                            sums[old as usize * d + feature] -= x;
                        }
                    }
                }
            }
            if moved <= settled {
                break;
            }
            for (cluster, &total) in totals.iter().enumerate() {
                if total > 0.0 {
                    for feature in 0..d {
                        centres[cluster * d + feature] =
                            (sums[cluster * d + feature] / total) as f32;
                    }
                }
            }
        }
        for (cluster, centre) in centres.chunks_exact(d.max(1)).enumerate() {
            let row = centroids.row_mut(cluster).iter_mut().zip(centre);
            row.for_each(|(c, &x)| *c = f64::from(x) * self.scale);
        }
        // What fills up is of no use to anyone else.
        labels.truncate(
            n - (0..GROUP.min(n))
                .filter(|i| self.weight(n - 1 - i) == 0.0)
                .count(),
        );
        Found {
            centroids,
            labels,
            inertia,
            n_iter,
        }
    }

    /// Labels the samples of a block and notes what changed; returns the block's share of the inertia.
    fn assign<const VERIFIED: bool>(
        &self,
        centres: &[f32],
        range: Range<usize>,
        labels: &mut [u32],
        doubt: f32,
        found: &mut Assigned,
    ) -> f32 {
        let block = Block {
            values: &self.values
                [range.start / GROUP * self.n_features..range.end / GROUP * self.n_features],
            weights: &self.weights[range.start / GROUP..range.end / GROUP],
            start: range.start,
            marks: (centres.len() / self.n_features.max(1)).next_power_of_two() as u32 - 1,
            doubt,
        };
        let (labels, _) = labels[range].as_chunks_mut::<GROUP>();
        // Verified assignments are few: one kernel for any number of features is enough.
        match self.n_features {
            _ if VERIFIED => block.assign_any::<VERIFIED>(self.n_features, centres, labels, found),
            2 => block.assign::<2>(centres, labels, found),
            3 => block.assign::<3>(centres, labels, found),
            4 => block.assign::<4>(centres, labels, found),
            _ => block.assign_any::<VERIFIED>(self.n_features, centres, labels, found),
        }
    }
}

/// A column, or those values of it that are wanted.
fn gather<'a>(column: &'a [f64], chosen: Option<&[u32]>) -> Cow<'a, [f64]> {
    chosen.map_or(Cow::Borrowed(column), |chosen| {
        chosen.iter().map(|&i| column[i as usize]).collect()
    })
}

/// Writes a column group by group; the last group is filled up with `fill`.
fn fill_groups<'a>(
    column: &[f64],
    fill: f64,
    mut places: impl Iterator<Item = &'a mut Group>,
    single: impl Fn(f64) -> f32,
) {
    let (groups, rest) = column.as_chunks::<GROUP>();
    for (place, group) in places.by_ref().take(groups.len()).zip(groups) {
        *place = group.map(&single);
    }
    if let Some(place) = places.next() {
        *place = std::array::from_fn(|i| single(rest.get(i).copied().unwrap_or(fill)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KMeansParams, best_of_large, best_of_small};
    use super::*;
    use crate::numeric::{Rng, squared_euclidean};

    fn samples(seed: u64, n: usize, n_features: usize) -> Samples {
        let mut rng = Rng::new(seed);
        let mut matrix = Matrix::with_features(n_features);
        for i in 0..n {
            let centre = 6.0 * (i % 3) as f64;
            matrix.push_row(
                (0..n_features)
                    .map(|_| centre + rng.normal())
                    .collect::<Vec<_>>(),
            );
        }
        Samples::new(&matrix).unwrap()
    }

    #[test]
    fn groups_find_the_centroids_of_one_sample_at_a_time() {
        for n_features in [1, 2, 3, 4, 5, 8, 9] {
            let samples = samples(n_features as u64, 203, n_features);
            let mut start = Matrix::with_features(n_features);
            [3, 90, 170]
                .iter()
                .for_each(|&i| start.push_row(samples.points.row(i).iter().copied()));
            let found = Screen::new(&samples).iterate(start.clone(), 100);
            let mut slow = start;
            for _ in 0..100 {
                let nearest = |row: &[f64]| {
                    (0..3).min_by(|&a, &b| {
                        squared_euclidean(row, slow.row(a))
                            .total_cmp(&squared_euclidean(row, slow.row(b)))
                    })
                };
                let labels: Vec<u32> = samples
                    .points
                    .rows()
                    .map(|row| nearest(row).unwrap() as u32)
                    .collect();
                slow = super::super::lloyd::centroids_of(&samples, &labels, 3);
            }
            for (found, slow) in found.centroids.rows().zip(slow.rows()) {
                assert!(
                    squared_euclidean(found, slow) < 1e-8,
                    "{n_features} features: {found:?} against {slow:?}"
                );
            }
        }
    }

    #[test]
    fn screened_runs_end_where_full_runs_end() {
        for seed in 0..5 {
            let samples = samples(seed, 2500, 2);
            let params = KMeansParams {
                n_clusters: 3,
                seed,
                ..Default::default()
            };
            let (fast, slow) = (
                best_of_large(&samples, &params, &mut |_| ()),
                best_of_small(&samples, &params, &mut |_| ()),
            );
            assert_eq!(
                fast.inertia.to_bits(),
                slow.inertia.to_bits(),
                "seed {seed}"
            );
        }
    }

    #[test]
    fn a_thinned_screen_takes_samples_by_their_weight() {
        let samples = samples(9, 1000, 1);
        let screen = Screen::thinned(&samples, 100);
        let chosen = screen.chosen().unwrap();
        assert_eq!(chosen.len(), 100);
        assert!(chosen.windows(2).all(|pair| pair[1] - pair[0] == 10));
    }
}
