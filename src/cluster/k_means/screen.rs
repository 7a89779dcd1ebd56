//! Lloyd's iteration in single precision, to get near an optimum fast. What it finds is only a start: the run is carried to its
//! end in double precision, which verifies every label.
//!
//! Samples lie feature by feature, scaled to 1; four at a time meet all centroids. Sums follow the samples that change their
//! cluster, so that a late iteration costs the distances and nothing else.

use crate::cluster::Samples;
use crate::numeric::{F32x4, LANES, Matrix};

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
    /// Feature by feature, filled up with copies of the last sample to whole groups.
    columns: Vec<Vec<f32>>,
    /// Weights; 0 for what fills up.
    weights: Vec<f32>,
    /// Largest absolute value before scaling.
    scale: f64,
    /// Positions among the distinct samples, where not all of them are here.
    chosen: Option<Vec<u32>>,
}

/// What a run has found.
pub(super) struct Found {
    /// Shape `(n_clusters, n_features)`, in the units of [`Samples::points`].
    pub(super) centroids: Matrix,
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
        let gather = |column: &[f64], factor: f64, fill: bool| -> Vec<f32> {
            let single = |x: f64| (x * factor) as f32;
            let mut values: Vec<f32> = match &chosen {
                None => column.iter().map(|&x| single(x)).collect(),
                Some(chosen) => chosen.iter().map(|&i| single(column[i as usize])).collect(),
            };
            let last = if fill {
                values.last().copied().unwrap_or(0.0)
            } else {
                0.0
            };
            values.resize(values.len().next_multiple_of(2 * LANES), last);
            values
        };
        Self {
            columns: samples
                .columns
                .iter()
                .map(|column| gather(column, 1.0 / scale, true))
                .collect(),
            weights: match &chosen {
                None => gather(&samples.weights, 1.0, false),
                Some(chosen) => {
                    let mut weights = vec![1.0; chosen.len()];
                    weights.resize(chosen.len().next_multiple_of(2 * LANES), 0.0);
                    weights
                }
            },
            scale,
            chosen,
        }
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
        let scaled = |x: f64| (x / self.scale) as f32;
        let squared = |i: usize, centre: &[f64]| -> f32 {
            let pairs = self.columns.iter().zip(centre);
            pairs
                .map(|(column, &c)| (column[i] - scaled(c)) * (column[i] - scaled(c)))
                .sum()
        };
        let nearest = |i: usize| {
            centroids
                .rows()
                .map(|centre| squared(i, centre))
                .fold(f32::INFINITY, f32::min)
        };
        (0..self.weights.len())
            .map(|i| f64::from(self.weights[i] * nearest(i)))
            .collect()
    }

    /// Iterates until hardly a sample changes its cluster.
    pub(super) fn iterate(&self, centroids: Matrix, max_iter: usize) -> Found {
        self.iterate_until(centroids, max_iter, self.weights.len() / SETTLED)
    }

    /// Iterates to the end only where the run may become better than `best`.
    pub(super) fn challenge(&self, best: &Found, centroids: Matrix, max_iter: usize) -> Found {
        let rough = self.iterate_until(centroids, max_iter, self.weights.len() / ROUGHLY_SETTLED);
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
        let (k, d) = (centroids.n_samples(), self.columns.len());
        let n = self.weights.len();
        let mut centres: Vec<f32> = centroids
            .rows()
            .flatten()
            .map(|&x| (x / self.scale) as f32)
            .collect();
        let mut labels = vec![-1.0_f32; n];
        let mut sums = vec![0.0_f64; k * d];
        let mut totals = vec![0.0_f64; k];
        let mut moves: Vec<(u32, f32)> = Vec::with_capacity(BLOCK);
        let (mut n_iter, mut inertia) = (0, f64::INFINITY);
        while n_iter < max_iter {
            n_iter += 1;
            let mut moved = 0;
            inertia = 0.0;
            for start in (0..n).step_by(BLOCK) {
                let end = (start + BLOCK).min(n);
                moves.clear();
                inertia += f64::from(match d {
                    2 => self.assign::<2>(&centres, start..end, &mut labels, &mut moves),
                    3 => self.assign::<3>(&centres, start..end, &mut labels, &mut moves),
                    _ => self.assign::<0>(&centres, start..end, &mut labels, &mut moves),
                });
                moved += moves.len();
                for &(i, old) in &moves {
                    let i = i as usize;
                    let (weight, new) = (f64::from(self.weights[i]), labels[i] as usize);
                    totals[new] += weight;
                    if old >= 0.0 {
                        totals[old as usize] -= weight;
                    }
                    for (feature, column) in self.columns.iter().enumerate() {
                        let x = weight * f64::from(column[i]);
                        sums[new * d + feature] += x;
                        if old >= 0.0 {
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
        Found {
            centroids,
            inertia,
            n_iter,
        }
    }

    /// Labels the samples of a block; `moves` gets those whose label is another one, with the old label. Returns the block's
    /// share of the inertia. `D` is the number of features, or 0 for any number.
    #[inline(never)]
    fn assign<const D: usize>(
        &self,
        centres: &[f32],
        range: std::ops::Range<usize>,
        labels: &mut [f32],
        moves: &mut Vec<(u32, f32)>,
    ) -> f32 {
        let d = if D == 0 { self.columns.len() } else { D };
        let mut inertia = F32x4::splat(0.0);
        for start in range.step_by(2 * LANES) {
            let mut least = [F32x4::splat(f32::INFINITY); 2];
            let mut nearest = [F32x4::splat(0.0); 2];
            for (label, centre) in centres.chunks_exact(d.max(1)).enumerate() {
                let label = F32x4::splat(label as f32);
                let mut distance = [F32x4::splat(0.0); 2];
                for (column, &c) in self.columns[..d].iter().zip(centre) {
                    let c = F32x4::splat(c);
                    for half in 0..2 {
                        let Some(values) = column[start + half * LANES..].first_chunk() else {
                            continue;
                        };
                        let difference = F32x4::load(values).minus(c);
                        distance[half] = distance[half].plus(difference.times(difference));
                    }
                }
                for half in 0..2 {
                    (least[half], nearest[half]) =
                        F32x4::nearer(distance[half], label, least[half], nearest[half]);
                }
            }
            for half in 0..2 {
                let start = start + half * LANES;
                if let (Some(weights), Some(old)) = (
                    self.weights[start..].first_chunk(),
                    labels[start..].first_chunk_mut(),
                ) {
                    inertia = inertia.plus(least[half].times(F32x4::load(weights)));
                    if nearest[half].differs(F32x4::load(old)) {
                        for (lane, (old, new)) in
                            old.iter_mut().zip(nearest[half].to_array()).enumerate()
                        {
                            if *old != new {
                                moves.push(((start + lane) as u32, *old));
                                *old = new;
                            }
                        }
                    }
                }
            }
        }
        inertia.to_array().iter().sum()
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
