//! Distances in single precision: to get near an optimum fast, and to find the nearest centroid where single precision leaves
//! no doubt which it is. What it finds is verified in double precision.
//!
//! Samples lie along a curve through space, sixteen together, feature by feature, scaled to 1. Sums follow the samples that change
//! their cluster; cells of near samples that only one centroid can be nearest to are passed over as a whole.

use super::block::{Assigned, Block, Centres, GROUP, Group, least_squares, products};
use super::cells::{CELL, Cells};
use crate::cluster::Samples;
use crate::numeric::{Matrix, pulse};

/// The label of a sample that has met no centroid yet, and of a cell that has several.
const NONE: u32 = u32::MAX;
/// Cells per call of the kernel where all centroids are met: browsers replace a function by faster code only when it is called
/// anew.
const CELLS: usize = 16;
/// A run has ended when an iteration moves at most one sample in so many; the rest is left to double precision.
const SETTLED: usize = 1_000_000;
/// The same for a run that is only compared with others.
const ROUGHLY_SETTLED: usize = 500;
/// A rough run that is worse than the best by more than this share will not become better.
const HOPE: f64 = 1.002;
/// Cells are no longer looked at when so many of the centroids, as a share, are left to meet.
const IDLE: f64 = 0.6;
/// Features from which distances are told by products.
const MANY_FEATURES: usize = 5;

/// Samples in single precision.
#[derive(Clone, Debug)]
pub struct Screen {
    /// Group by group, each feature by feature; filled up with copies of the last sample to whole groups.
    values: Vec<Group>,
    n_features: usize,
    /// Weights; 0 for what fills up.
    weights: Vec<Group>,
    cells: Cells,
    /// Largest absolute value before scaling.
    scale: f64,
    /// Distinct sample at each position.
    order: Vec<u32>,
    /// Whether not all samples are here; those that are count once each.
    is_part: bool,
    /// Sum of weighted squares of all values.
    squares: f64,
}

/// What a run has found.
pub(super) struct Found {
    /// Shape `(n_clusters, n_features)`, in the units of [`Samples::points`].
    pub(super) centroids: Matrix,
    /// Cluster of the distinct samples before the last step of the centroids; none where the screen holds only a part of them.
    pub(super) labels: Vec<u32>,
    /// Sum of squared distances, as far as single precision knows it, in squared units of the screen.
    pub(super) inertia: f64,
    /// Iterations made.
    pub(super) n_iter: usize,
}

/// Labels of all positions, from one assignment to the next.
#[derive(Default)]
pub(super) struct Assignment {
    labels: Vec<u32>,
    /// The label of each cell, or [`NONE`].
    of_cells: Vec<u32>,
    /// Whether cells are no longer looked at.
    is_idle: bool,
    found: Assigned,
    candidates: Vec<u32>,
}

impl Screen {
    /// All samples: columns, weights and the order of the curve.
    pub(in crate::cluster) fn new(columns: &[Vec<f64>], weights: &[f64], along: &[u32]) -> Self {
        Self::of(columns, Some(weights), along.to_vec())
    }

    /// About `n` samples at even steps along the curve, each as likely as its weight.
    pub(super) fn thinned(samples: &Samples, n: usize) -> Self {
        let step = samples.n_samples() as f64 / n as f64;
        let mut passed = 0.0;
        let mut next = step / 2.0;
        let mut chosen = Vec::with_capacity(n);
        for &i in &samples.along_curve {
            passed += samples.weights[i as usize];
            while next < passed {
                chosen.push(i);
                next += step;
            }
        }
        Self::of(&samples.columns, None, chosen)
    }

    /// Without weights these are a part of the samples, each of which counts once.
    fn of(columns: &[Vec<f64>], weights: Option<&[f64]>, order: Vec<u32>) -> Self {
        let largest = columns.iter().map(|column| largest_of(column));
        let largest = largest.fold(0.0, f64::max);
        let scale = if largest > 0.0 { largest } else { 1.0 };
        let factor = 1.0 / scale;
        let d = columns.len();
        let n_groups = order.len().div_ceil(GROUP);
        let mut values = Vec::with_capacity(n_groups * d);
        let mut of_groups = Vec::with_capacity(n_groups);
        for order in order.chunks(GROUP) {
            for column in columns {
                values.push(gather(column, order, factor));
            }
            let mut of_group = weights.map_or([1.0; GROUP], |weights| gather(weights, order, 1.0));
            of_group[order.len()..].fill(0.0);
            of_groups.push(of_group);
        }
        let (is_part, weights) = (weights.is_none(), of_groups);
        let squares = values
            .chunks(d.max(1))
            .zip(&weights)
            .map(|(group, weights)| squares_of(group, weights));
        Self {
            squares: squares.sum(),
            cells: Cells::new(&values, &weights, d),
            values,
            n_features: d,
            weights,
            scale,
            order,
            is_part,
        }
    }

    /// All values, group by group and feature by feature, divided by the scale.
    pub(in crate::cluster) fn groups(&self) -> &[Group] {
        &self.values
    }

    /// Distinct sample at each position.
    pub(in crate::cluster) fn order(&self) -> &[u32] {
        &self.order
    }

    /// Largest absolute value of a feature.
    pub(in crate::cluster) fn scale(&self) -> f64 {
        self.scale
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

    /// The distinct samples that are here, where not all are.
    pub(super) fn chosen(&self) -> Option<&[u32]> {
        self.is_part.then_some(self.order.as_slice())
    }

    /// The distinct sample at a position of the screen.
    pub(super) fn distinct(&self, position: usize) -> usize {
        self.order[position] as usize
    }

    /// Weighted squared distance of every sample to its nearest centroid.
    pub(super) fn distances(&self, centroids: &Matrix) -> Vec<f64> {
        let centres = self.centres(centroids);
        let groups = self.values.chunks_exact(self.n_features.max(1));
        let of_groups = groups.zip(&self.weights).flat_map(|(values, weights)| {
            let mut nearest = least_squares(values, &centres);
            let pairs = nearest.iter_mut().zip(weights);
            pairs.for_each(|(nearest, weight)| *nearest *= weight);
            nearest.map(f64::from)
        });
        of_groups.collect()
    }

    /// An assignment that goes on from the labels of the distinct samples.
    pub(super) fn assignment(&self, labels: &[u32]) -> Assignment {
        let of_order = self.order.iter().map(|&i| labels[i as usize]);
        let mut labels: Vec<u32> = of_order.collect();
        labels.resize(self.n(), NONE);
        Assignment {
            labels,
            of_cells: vec![NONE; self.cells.count()],
            ..Default::default()
        }
    }

    /// Calls `relabel` with every distinct sample whose nearest centroid is not that of the assignment. Where two centroids are as
    /// near as single precision can tell, `verify` decides.
    ///
    /// Coordinates are at most 1, rounding is `u = 2^-24`: a difference is wrong by `4u`, its square by `20u`, the squared
    /// distance over `d` features by `d (20 + 4d) u`; the number of the centroid changes it by a share of at most
    /// `2^(bits - 23)`.
    pub(super) fn assign_verified(
        &self,
        centroids: &Matrix,
        to: &mut Assignment,
        verify: impl Fn(usize) -> u32,
        mut relabel: impl FnMut(usize, u32),
    ) {
        let centres = self.centres(centroids);
        let d = self.n_features as f32;
        let doubt = 2.0 * d * (20.0 + 4.0 * d) * (f32::EPSILON / 2.0);
        self.assign::<true>(&centres, doubt, to, |_, step| {
            let Step::Samples(labels, found) = step else {
                return;
            };
            for &i in &found.doubtful {
                if self.weight(i as usize) > 0.0 {
                    labels[i as usize] = verify(self.distinct(i as usize));
                }
            }
            let moved = found.moves.iter().map(|&(i, _)| i);
            for i in moved.chain(found.doubtful.iter().copied()) {
                if self.weight(i as usize) > 0.0 {
                    relabel(self.distinct(i as usize), labels[i as usize]);
                }
            }
        });
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
        let mut to = Assignment {
            labels: vec![NONE; n],
            of_cells: vec![NONE; self.cells.count()],
            ..Default::default()
        };
        // Weight and weighted sums of each cluster.
        let mut sums = vec![0.0_f64; k * (1 + d)];
        let mut n_iter = 0;
        while n_iter < max_iter {
            n_iter += 1;
            let mut moved = 0;
            self.assign::<false>(&centres, 0.0, &mut to, |cell, step| match step {
                Step::Cell(old, new) => {
                    moved += CELL;
                    let of_cell = self.cells.sums(cell);
                    add(&mut sums, new, of_cell, 1.0);
                    add(&mut sums, old, of_cell, -1.0);
                }
                Step::Samples(labels, found) => {
                    moved += found.moves.len();
                    self.move_samples(&found.moves, labels, &mut sums);
                }
            });
            if moved <= settled {
                break;
            }
            for (sums, centre) in sums
                .chunks_exact(1 + d)
                .zip(centres.chunks_exact_mut(d.max(1)))
            {
                if let [total, sums @ ..] = sums
                    && *total > 0.0
                {
                    let pairs = centre.iter_mut().zip(sums);
                    pairs.for_each(|(c, sum)| *c = (sum / total) as f32);
                }
            }
        }
        for (cluster, centre) in centres.chunks_exact(d.max(1)).enumerate() {
            let row = centroids.row_mut(cluster).iter_mut().zip(centre);
            row.for_each(|(c, &x)| *c = f64::from(x) * self.scale);
        }
        let mut labels = Vec::new();
        if !self.is_part {
            labels.resize(self.order.len(), NONE);
            for (&i, &label) in self.order.iter().zip(&to.labels) {
                labels[i as usize] = label;
            }
        }
        // The squared distances to the mean: squares less the squared sum by the weight.
        let explained = sums.chunks_exact(1 + d).filter(|sums| sums[0] > 0.0);
        let explained =
            explained.map(|sums| sums[1..].iter().map(|sum| sum * sum).sum::<f64>() / sums[0]);
        Found {
            centroids,
            labels,
            inertia: self.squares - explained.sum::<f64>(),
            n_iter,
        }
    }

    #[inline(never)]
    fn move_samples(&self, moves: &[(u32, u32)], labels: &[u32], sums: &mut [f64]) {
        let d = self.n_features;
        for &(i, old) in moves {
            let i = i as usize;
            let (weight, new) = (f64::from(self.weight(i)), labels[i] as usize);
            let (new, old) = (new * (1 + d), (old != NONE).then(|| old as usize * (1 + d)));
            sums[new] += weight;
            if let Some(old) = old {
                sums[old] -= weight;
            }
            for feature in 0..d {
                let x = weight * f64::from(self.value(i, feature));
                sums[new + 1 + feature] += x;
                if let Some(old) = old {
                    sums[old + 1 + feature] -= x;
                }
            }
        }
    }

    /// Gives every sample the number of its nearest centroid; `note` hears of cells whose samples moved.
    fn assign<const VERIFIED: bool>(
        &self,
        centres: &[f32],
        doubt: f32,
        to: &mut Assignment,
        mut note: impl FnMut(usize, Step),
    ) {
        let d = self.n_features.max(1);
        let k = centres.len() / d;
        let marks = k.next_power_of_two() as u32 - 1;
        let everyone: Vec<u32> = (0..k as u32).collect();
        let by_products = !VERIFIED && d >= MANY_FEATURES;
        let (centres_met, width) = if by_products {
            (products(centres, d), d + 1)
        } else {
            (centres.to_vec(), d)
        };
        let mut few = Vec::new();
        let mut n_met = 0;
        let n_cells = self.cells.count();
        let step = if to.is_idle { CELLS } else { 1 };
        for cell in (0..n_cells).step_by(step) {
            pulse(step * CELL * d * k);
            let range = cell * CELL..((cell + step) * CELL).min(self.n());
            let mut met = Centres {
                values: &centres_met,
                numbers: &everyone,
            };
            if !to.is_idle {
                self.cells
                    .candidates(cell, centres, doubt, &mut to.candidates);
                n_met += to.candidates.len();
                let old = to.of_cells[cell];
                if let [only] = to.candidates[..] {
                    if old == only {
                        continue;
                    }
                    to.of_cells[cell] = only;
                    if !VERIFIED && old != NONE {
                        to.labels[range].fill(only);
                        note(cell, Step::Cell(old, only));
                        continue;
                    }
                } else {
                    to.of_cells[cell] = NONE;
                }
                if to.candidates.len() < k {
                    few.clear();
                    for &number in &to.candidates {
                        few.extend_from_slice(&centres_met[number as usize * width..][..width]);
                    }
                    met = Centres {
                        values: &few,
                        numbers: &to.candidates,
                    };
                }
            }
            let block = Block {
                values: &self.values[range.start / GROUP * d..range.end / GROUP * d],
                start: range.start,
                marks,
                doubt,
            };
            to.found.clear();
            let (labels, _) = to.labels[range].as_chunks_mut::<GROUP>();
            match d {
                // Verified assignments are few: one kernel for any number of features is enough.
                _ if VERIFIED => block.assign_verified(d, &met, labels, &mut to.found),
                1 => block.assign::<1>(&met, labels, &mut to.found),
                2 => block.assign::<2>(&met, labels, &mut to.found),
                3 => block.assign::<3>(&met, labels, &mut to.found),
                4 => block.assign::<4>(&met, labels, &mut to.found),
                _ => block.assign_by_products(d, &met, labels, &mut to.found),
            }
            if !to.found.moves.is_empty() || !to.found.doubtful.is_empty() {
                note(cell, Step::Samples(&mut to.labels, &to.found));
            }
        }
        to.is_idle |= n_met as f64 > IDLE * (k * n_cells) as f64;
    }
}

/// What moved in a cell.
enum Step<'a> {
    /// All of it, from one cluster to another.
    Cell(u32, u32),
    /// Some samples; their labels are the new ones.
    Samples(&'a mut [u32], &'a Assigned),
}

/// Adds weight and sums to those of a cluster.
fn add(sums: &mut [f64], cluster: u32, of_cell: &[f64], sign: f64) {
    let sums = &mut sums[cluster as usize * of_cell.len()..][..of_cell.len()];
    let pairs = sums.iter_mut().zip(of_cell);
    pairs.for_each(|(sum, x)| *sum += sign * x);
}

#[inline(never)]
fn largest_of(column: &[f64]) -> f64 {
    let sizes = column.iter().map(|x| x.abs());
    sizes.fold(0.0, |largest, x| if x > largest { x } else { largest })
}

/// Some values of a column; the last fills up.
#[inline(never)]
fn gather(column: &[f64], order: &[u32], factor: f64) -> Group {
    let last = order.len().saturating_sub(1);
    std::array::from_fn(|at| {
        let i = order.get(at).or_else(|| order.get(last));
        i.map_or(0.0, |&i| (column[i as usize] * factor) as f32)
    })
}

#[inline(never)]
fn squares_of(group: &[Group], weights: &Group) -> f64 {
    let square = |(x, weight): (&f32, &f32)| f64::from(*weight) * f64::from(*x) * f64::from(*x);
    let of_features = group
        .iter()
        .map(|values| values.iter().zip(weights).map(square).sum::<f64>());
    of_features.sum()
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
            let found = samples.screen.iterate(start.clone(), 100);
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
        // Of one feature: ten apart in the order of its values, which the curve follows.
        assert!(chosen.windows(2).all(|pair| pair[1] - pair[0] == 10));
    }
}
