//! Ward's method (Ward 1963, J. Am. Stat. Assoc. 58), exact, in linear memory.
//!
//! Nearest-neighbour chain (Murtagh 1983, Comput. J. 26) on centroids: follow nearest neighbours until two clusters are each
//! other's, merge them, go on from where the chain stood. Ward's distance never shrinks by merging, so the merges found in
//! chain order are those of the greedy algorithm, up to the order of equal heights.
//!
//! ```text
//! d(A, B)^2 = 2 a b / (a + b) |c_A - c_B|^2          a, b: samples in A and B;  the scale of SciPy's linkage(X, "ward")
//! ```
//!
//! Cost: O(n_distinct^2 * n_features) time at worst, far less where the first feature spreads the samples;
//! O(n_distinct * n_features) memory.

use std::ops::Range;

use super::dendrogram::{Dendrogram, Merge};
use crate::cluster::Samples;
use crate::numeric::{F64x4, LANES};

/// The full tree of Ward's method over the distinct samples. Ties go to the sample that comes first in their order.
///
/// `progress` hears the share of the work done, in `[0, 1]`, about a hundred times.
pub fn ward(samples: &Samples, mut progress: impl FnMut(f64)) -> Dendrogram {
    let n = samples.n_distinct();
    let mut clusters = Clusters::new(samples);
    let mut chain: Vec<u32> = Vec::new();
    let mut merges = Vec::with_capacity(n.saturating_sub(1));
    let mut height = vec![0.0_f64; n];
    while merges.len() + 1 < n {
        let top = *chain.last().unwrap_or(&clusters.first());
        if chain.is_empty() {
            chain.push(top);
        }
        let before = chain.len().checked_sub(2).map(|i| chain[i]);
        let (nearest, distance) = clusters.nearest(top, before);
        if before != Some(nearest) {
            chain.push(nearest);
            continue;
        }
        chain.truncate(chain.len() - 2);
        let (keep, gone) = (top.min(nearest), top.max(nearest));
        // Rounding must not put a merge below the merges it is made of.
        let raised = distance
            .sqrt()
            .max(height[keep as usize])
            .max(height[gone as usize]);
        height[keep as usize] = raised;
        merges.push(Merge {
            leaf_a: keep,
            leaf_b: gone,
            height: raised,
        });
        clusters.merge(keep, gone);
        if merges.len() % (n / 100).max(1) == 0 {
            // The work left falls with the square of the clusters left.
            progress(1.0 - (1.0 - merges.len() as f64 / n as f64).powi(2));
        }
    }
    let sizes: Vec<u32> = samples
        .weights
        .iter()
        .map(|&weight| weight as u32)
        .collect();
    Dendrogram::from_merges(merges, &sizes)
}

/// Centroids and sizes of the clusters that are left, feature by feature.
///
/// The clusters up to `n_sorted` are ascending in the first feature; those merged since the last sorting follow. A search
/// goes from its own place outwards and stops where the first feature alone is farther than the best so far.
struct Clusters {
    columns: Vec<Vec<f64>>,
    /// 0 marks a position whose cluster was merged; its coordinates are infinite, so that it is near to nothing.
    sizes: Vec<f64>,
    /// Leaf that names the cluster at each position.
    leaf: Vec<u32>,
    /// Position of each leaf that names a cluster.
    position: Vec<u32>,
    n_sorted: usize,
    /// First feature at the last sorting, per sorted position.
    keys: Vec<f64>,
}

/// The nearest cluster so far.
#[derive(Clone, Copy)]
struct Nearest {
    distance: f64,
    leaf: u32,
}

/// What a search looks from.
struct Origin<'a> {
    centre: &'a [f64],
    size: f64,
    position: usize,
}

impl Clusters {
    fn new(samples: &Samples) -> Self {
        let n = samples.n_distinct();
        let numbers: Vec<u32> = (0..n as u32).collect();
        Self {
            keys: samples.columns.first().cloned().unwrap_or_default(),
            columns: samples.columns.clone(),
            sizes: samples.weights.clone(),
            leaf: numbers.clone(),
            position: numbers,
            n_sorted: n,
        }
    }

    /// Some cluster that is left, always the same one.
    fn first(&self) -> u32 {
        self.sizes
            .iter()
            .position(|&size| size > 0.0)
            .map_or(0, |position| self.leaf[position])
    }

    /// The nearest other cluster and its squared Ward distance. Ties go to `preferred`, then to the lowest leaf.
    fn nearest(&self, of: u32, preferred: Option<u32>) -> (u32, f64) {
        let position = self.position[of as usize] as usize;
        let centre: Vec<f64> = self.columns.iter().map(|column| column[position]).collect();
        let origin = Origin {
            centre: &centre,
            size: self.sizes[position],
            position,
        };
        let mut best = Nearest {
            distance: f64::INFINITY,
            leaf: u32::MAX,
        };
        if let Some(preferred) = preferred {
            best.distance = self.squared_ward(&origin, self.position[preferred as usize] as usize);
        }
        let known = best.distance;
        self.scan(&origin, self.n_sorted..self.sizes.len(), &mut best);
        self.scan_outwards(&origin, &mut best);
        match preferred {
            Some(preferred) if known <= best.distance => (preferred, known),
            _ => (best.leaf, best.distance),
        }
    }

    /// The least squared Ward distance that a cluster at squared distance 1 can have: its size is at least 1.
    fn least_factor(size: f64) -> f64 {
        2.0 * size / (size + 1.0)
    }

    /// Looks at the sorted clusters, below and above the place of the origin in turn.
    fn scan_outwards(&self, origin: &Origin, best: &mut Nearest) {
        const STRIDE: usize = 16 * LANES;
        let Some(&own) = origin.centre.first() else {
            return;
        };
        let factor = Self::least_factor(origin.size);
        let is_too_far =
            |key: f64, best: &Nearest| (key - own) * (key - own) * factor > best.distance;
        let place = self.keys.partition_point(|&key| key < own);
        let (mut below, mut above) = (place, place);
        while below > 0 || above < self.n_sorted {
            if below > 0 {
                let start = below.saturating_sub(STRIDE);
                self.scan(origin, start..below, best);
                below = if is_too_far(self.keys[start], best) {
                    0
                } else {
                    start
                };
            }
            if above < self.n_sorted {
                let end = (above + STRIDE).min(self.n_sorted);
                self.scan(origin, above..end, best);
                above = if is_too_far(self.keys[end - 1], best) {
                    self.n_sorted
                } else {
                    end
                };
            }
        }
    }

    /// Looks at the clusters of `range`. Groups that cannot hold a nearer one are passed over at once.
    #[inline(never)]
    fn scan(&self, origin: &Origin, range: Range<usize>, best: &mut Nearest) {
        let factor = F64x4::splat(Self::least_factor(origin.size));
        let end_of_groups = range.end - range.len() % LANES;
        for start in (range.start..end_of_groups).step_by(LANES) {
            let mut distance = F64x4::splat(0.0);
            for (column, &c) in self.columns.iter().zip(origin.centre) {
                let Some(values) = column[start..].first_chunk() else {
                    continue;
                };
                let difference = F64x4::load(values).minus(F64x4::splat(c));
                distance = distance.plus(difference.times(difference));
            }
            if distance
                .times(factor)
                .any_at_most(F64x4::splat(best.distance))
            {
                (start..start + LANES).for_each(|at| self.consider(origin, at, best));
            }
        }
        (end_of_groups..range.end).for_each(|at| self.consider(origin, at, best));
    }

    fn consider(&self, origin: &Origin, at: usize, best: &mut Nearest) {
        if at == origin.position || self.sizes[at] == 0.0 {
            return;
        }
        let (distance, leaf) = (self.squared_ward(origin, at), self.leaf[at]);
        if distance < best.distance || (distance == best.distance && leaf < best.leaf) {
            *best = Nearest { distance, leaf };
        }
    }

    fn squared_ward(&self, origin: &Origin, at: usize) -> f64 {
        let mut distance = 0.0;
        for (column, c) in self.columns.iter().zip(origin.centre) {
            distance += (column[at] - c) * (column[at] - c);
        }
        distance * (2.0 * origin.size * self.sizes[at] / (origin.size + self.sizes[at]))
    }

    /// Puts the union of two clusters after the sorted ones, under the name of `keep`.
    fn merge(&mut self, keep: u32, gone: u32) {
        let (a, b) = (
            self.position[keep as usize] as usize,
            self.position[gone as usize] as usize,
        );
        let total = self.sizes[a] + self.sizes[b];
        let share = self.sizes[b] / total;
        for column in &mut self.columns {
            let union = column[a] + share * (column[b] - column[a]);
            column.push(union);
            (column[a], column[b]) = (f64::INFINITY, f64::INFINITY);
        }
        (self.sizes[a], self.sizes[b]) = (0.0, 0.0);
        self.sizes.push(total);
        self.position[keep as usize] = self.leaf.len() as u32;
        self.leaf.push(keep);
        if (self.leaf.len() - self.n_sorted) * 16 > self.n_sorted {
            self.sort();
        }
    }

    /// Forgets merged clusters and sorts the others by the first feature.
    fn sort(&mut self) {
        let mut alive: Vec<usize> = (0..self.sizes.len())
            .filter(|&at| self.sizes[at] > 0.0)
            .collect();
        if let Some(first) = self.columns.first() {
            alive.sort_by(|&a, &b| {
                first[a]
                    .total_cmp(&first[b])
                    .then(self.leaf[a].cmp(&self.leaf[b]))
            });
        }
        for column in &mut self.columns {
            *column = alive.iter().map(|&at| column[at]).collect();
        }
        self.sizes = alive.iter().map(|&at| self.sizes[at]).collect();
        self.leaf = alive.iter().map(|&at| self.leaf[at]).collect();
        for (position, &leaf) in self.leaf.iter().enumerate() {
            self.position[leaf as usize] = position as u32;
        }
        self.n_sorted = alive.len();
        self.keys = self.columns.first().cloned().unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Matrix, Rng, squared_euclidean};

    /// The greedy algorithm by its definition: all pairs, every time. Returns the heights.
    fn slow_heights(samples: &Samples) -> Vec<f64> {
        let mut clusters: Vec<(Vec<f64>, f64)> = (0..samples.n_distinct())
            .map(|i| (samples.points.row(i).to_vec(), samples.weights[i]))
            .collect();
        let mut heights = Vec::new();
        while clusters.len() > 1 {
            let mut best = (f64::INFINITY, 0, 0);
            for i in 0..clusters.len() {
                for j in i + 1..clusters.len() {
                    let ((c, a), (d, b)) = (&clusters[i], &clusters[j]);
                    let distance = 2.0 * a * b / (a + b) * squared_euclidean(c, d);
                    if distance < best.0 {
                        best = (distance, i, j);
                    }
                }
            }
            let (d, b) = clusters.remove(best.2);
            let (c, a) = &mut clusters[best.1];
            c.iter_mut()
                .zip(d)
                .for_each(|(x, y)| *x = (*x * *a + y * b) / (*a + b));
            *a += b;
            heights.push(best.0.sqrt());
        }
        heights
    }

    #[test]
    fn the_chain_finds_the_merges_of_the_greedy_algorithm() {
        for seed in 0..30 {
            let mut rng = Rng::new(seed);
            let mut matrix = Matrix::with_features(2);
            for _ in 0..60 {
                // Every third set sits on a grid, so that distances tie and rows repeat.
                let (x, y) = (rng.normal(), rng.normal());
                matrix.push_row(if seed % 3 == 0 {
                    [(x * 3.0).round(), (y * 3.0).round()]
                } else {
                    [x, y]
                });
            }
            let samples = Samples::new(&matrix).unwrap();
            let tree = ward(&samples, |_| ());
            assert_eq!(tree.steps().len(), samples.n_distinct() - 1);
            assert!(
                tree.steps()
                    .windows(2)
                    .all(|pair| pair[0].height <= pair[1].height)
            );
            assert_eq!(tree.over_all_samples(&samples).steps().len(), 59);
            assert_eq!(
                tree.over_all_samples(&samples)
                    .steps()
                    .last()
                    .map(|step| step.size),
                Some(60)
            );
            if seed % 3 != 0 {
                for (step, slow) in tree.steps().iter().zip(slow_heights(&samples)) {
                    assert!(
                        (step.height - slow).abs() <= 1e-10 * slow,
                        "seed {seed}: {} against {slow}",
                        step.height
                    );
                }
            }
        }
    }

    #[test]
    fn heights_have_the_scale_of_scipy() {
        let mut matrix = Matrix::with_features(2);
        for row in [[0.0, 0.0], [3.0, 4.0], [3.0, 4.0]] {
            matrix.push_row(row);
        }
        let samples = Samples::new(&matrix).unwrap();
        let tree = ward(&samples, |_| ()).over_all_samples(&samples);
        // SciPy 1.17.1 linkage(X, "ward"): [[1, 2, 0, 2], [0, 3, 5.773502691896258, 3]]
        assert_eq!(
            (
                tree.steps()[0].left,
                tree.steps()[0].right,
                tree.steps()[0].height
            ),
            (1, 2, 0.0)
        );
        assert_eq!(
            (
                tree.steps()[1].left,
                tree.steps()[1].right,
                tree.steps()[1].size
            ),
            (0, 3, 3)
        );
        assert!((tree.steps()[1].height - 5.773_502_691_896_258).abs() < 1e-14);
    }
}
