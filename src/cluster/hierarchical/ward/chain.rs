//! Ward's method by a chain of nearest neighbours (Murtagh 1983, Comput. J. 26): follow nearest neighbours until two clusters
//! are each other's, merge them, go on from where the chain stood. Ward's distance never shrinks by merging, so the merges
//! found in chain order are those of the greedy algorithm.
//!
//! Cost: O(n^2 * n_features) time at worst, far less where the first feature spreads the samples.

use std::ops::Range;

use super::super::dendrogram::Merge;
use super::remaining::{Remaining, merge_at};
use crate::numeric::{F64x4, LANES, order_by, pulse};

/// Merges until one cluster is left. Ties go to the lowest leaf.
pub(super) fn merge_by_chain(
    mut remaining: Remaining,
    merges: &mut Vec<Merge>,
    progress: &mut dyn FnMut(f64),
) {
    let mut height = std::mem::take(&mut remaining.height);
    let (n, n_leaves) = (remaining.sizes.len(), height.len());
    let mut clusters = Clusters::new(remaining, n_leaves);
    let mut chain: Vec<u32> = Vec::new();
    let mut left = n;
    while left > 1 {
        pulse(clusters.sizes.len() * clusters.columns.len());
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
        let merge = merge_at(&mut height, top, nearest, distance);
        clusters.merge(merge.leaf_a, merge.leaf_b);
        merges.push(merge);
        left -= 1;
        if left % (n / 100).max(1) == 0 && n == n_leaves {
            // The remaining work is proportional to the square of the remaining clusters.
            progress(1.0 - (left as f64 / n as f64).powi(2));
        }
    }
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
    fn new(remaining: Remaining, n_leaves: usize) -> Self {
        let mut clusters = Self {
            keys: Vec::new(),
            position: vec![u32::MAX; n_leaves],
            columns: remaining.columns,
            sizes: remaining.sizes,
            leaf: remaining.leaf,
            n_sorted: 0,
        };
        clusters.sort();
        clusters
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

    /// Checks the sorted clusters, alternating below and above the place of the origin.
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

    /// Checks the clusters of `range`. Groups that cannot hold a nearer one are skipped as a whole.
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

    /// Removes merged clusters and sorts the others by the first feature.
    fn sort(&mut self) {
        let alive: Vec<usize> = (0..self.sizes.len())
            .filter(|&at| self.sizes[at] > 0.0)
            .collect();
        let key = |at: usize| self.columns.first().map_or(0.0, |column| column[alive[at]]);
        let order = order_by(alive.len(), &mut |a, b| {
            let by_leaf = self.leaf[alive[a]].cmp(&self.leaf[alive[b]]);
            key(a).total_cmp(&key(b)).then(by_leaf)
        });
        let alive: Vec<usize> = order.into_iter().map(|at| alive[at as usize]).collect();
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
