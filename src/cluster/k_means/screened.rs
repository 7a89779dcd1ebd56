//! Lloyd's iteration among samples in single precision.

use super::assignment::{NONE, Step};
use super::cells::CELL;
use super::screen::Screen;
use crate::numeric::Matrix;

/// A run ends when an iteration moves at most one sample in this many; double precision does the rest.
const SETTLED: usize = 1_000_000;
/// The same for a run that is only compared with others.
const ROUGHLY_SETTLED: usize = 500;
/// A rough run that is worse than the best by more than this factor is given up.
const HOPE: f64 = 1.002;
/// What a run has found.
pub(super) struct Found {
    /// Shape `(n_clusters, n_features)`, in the units of [`crate::cluster::Samples::points`].
    pub(super) centroids: Matrix,
    /// Cluster of the distinct samples before the last step of the centroids; none where the screen holds only a part of them.
    pub(super) labels: Vec<u32>,
    /// Sum of squared distances in single precision, in squared units of the screen.
    pub(super) inertia: f64,
    /// Iterations made.
    pub(super) n_iter: usize,
}

impl Screen {
    /// Iterates until hardly any sample changes its cluster.
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
        let (k, d) = (centroids.n_samples(), self.n_features);
        let mut centres = self.centres(&centroids);
        let mut to = self.new_assignment();
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
            row.for_each(|(c, &x)| *c = f64::from(x) * self.scale());
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
}

/// Adds weight and sums to those of a cluster.
fn add(sums: &mut [f64], cluster: u32, of_cell: &[f64], sign: f64) {
    let sums = &mut sums[cluster as usize * of_cell.len()..][..of_cell.len()];
    let pairs = sums.iter_mut().zip(of_cell);
    pairs.for_each(|(sum, x)| *sum += sign * x);
}

#[cfg(test)]
mod tests {
    use super::super::fit::{best_of_large, best_of_small};
    use super::super::{KMeansParams, lloyd};
    use super::*;
    use crate::cluster::Samples;
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
                slow = lloyd::centroids_of(&samples, &labels, 3);
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
}
