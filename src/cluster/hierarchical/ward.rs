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
//! Cost: O(n_distinct^2 * n_features) time, O(n_distinct * n_features) memory.

use super::dendrogram::{Dendrogram, Merge};
use crate::cluster::Samples;

/// Independent minima kept while scanning; one vector register or a few.
const LANES: usize = 8;

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

/// Centroids and sizes of the clusters that are left, feature by feature. Positions keep the order of the leaves.
struct Clusters {
    columns: Vec<Vec<f64>>,
    sizes: Vec<f64>,
    /// Leaf that names the cluster at each position.
    leaf: Vec<u32>,
    /// Position of each leaf that names a cluster.
    position: Vec<u32>,
    /// Positions that hold no cluster any more: their size is 0 and their distance to anything infinite.
    dead: usize,
}

impl Clusters {
    fn new(samples: &Samples) -> Self {
        let n = samples.n_distinct();
        let numbers: Vec<u32> = (0..n as u32).collect();
        Self {
            columns: samples.columns.clone(),
            sizes: samples.weights.clone(),
            leaf: numbers.clone(),
            position: numbers,
            dead: 0,
        }
    }

    /// The first cluster that is left.
    fn first(&self) -> u32 {
        self.sizes
            .iter()
            .position(|&size| size > 0.0)
            .map_or(0, |position| self.leaf[position])
    }

    /// The nearest other cluster and its squared Ward distance. Ties go to `preferred`, then to the first.
    fn nearest(&self, of: u32, preferred: Option<u32>) -> (u32, f64) {
        let own = self.position[of as usize] as usize;
        let centre: Vec<f64> = self.columns.iter().map(|column| column[own]).collect();
        let mut scan = Scan {
            least: [f64::INFINITY; LANES],
            at: [0.0; LANES],
        };
        // In two parts, so that the cluster is not compared with itself.
        scan.range(self, &centre, self.sizes[own], 0..own);
        scan.range(self, &centre, self.sizes[own], own + 1..self.sizes.len());
        let (mut distance, mut position) = (f64::INFINITY, usize::MAX);
        for (least, at) in scan.least.into_iter().zip(scan.at) {
            if (least, at as usize) < (distance, position) {
                (distance, position) = (least, at as usize);
            }
        }
        if let Some(preferred) = preferred {
            let at = self.position[preferred as usize] as usize;
            if self.squared_ward(&centre, self.sizes[own], at) <= distance {
                return (preferred, distance);
            }
        }
        (self.leaf.get(position).copied().unwrap_or(of), distance)
    }

    fn squared_ward(&self, centre: &[f64], size: f64, at: usize) -> f64 {
        let mut distance = 0.0;
        for (column, c) in self.columns.iter().zip(centre) {
            distance += (column[at] - c) * (column[at] - c);
        }
        distance * (2.0 * size * self.sizes[at] / (size + self.sizes[at]))
    }

    /// Puts the union of two clusters where `keep` stands.
    fn merge(&mut self, keep: u32, gone: u32) {
        let (a, b) = (
            self.position[keep as usize] as usize,
            self.position[gone as usize] as usize,
        );
        let total = self.sizes[a] + self.sizes[b];
        let share = self.sizes[b] / total;
        for column in &mut self.columns {
            column[a] += share * (column[b] - column[a]);
            // An infinite coordinate keeps a dead position away from every scan without a test in the loop.
            column[b] = f64::INFINITY;
        }
        self.sizes[a] = total;
        self.sizes[b] = 0.0;
        self.dead += 1;
        if self.dead * 4 > self.sizes.len() {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let alive: Vec<usize> = (0..self.sizes.len())
            .filter(|&at| self.sizes[at] > 0.0)
            .collect();
        for column in &mut self.columns {
            *column = alive.iter().map(|&at| column[at]).collect();
        }
        self.sizes = alive.iter().map(|&at| self.sizes[at]).collect();
        self.leaf = alive.iter().map(|&at| self.leaf[at]).collect();
        for (position, &leaf) in self.leaf.iter().enumerate() {
            self.position[leaf as usize] = position as u32;
        }
        self.dead = 0;
    }
}

/// The least distance so far and its position, one per lane.
struct Scan {
    least: [f64; LANES],
    at: [f64; LANES],
}

impl Scan {
    /// Looks at the clusters of `range`, [`LANES`] at a time. Within a lane, ties keep the earlier position.
    #[inline(never)]
    fn range(
        &mut self,
        clusters: &Clusters,
        centre: &[f64],
        size: f64,
        range: std::ops::Range<usize>,
    ) {
        let mut start = range.start;
        while start + LANES <= range.end {
            let mut distances = [0.0; LANES];
            for (column, &c) in clusters.columns.iter().zip(centre) {
                let values = &column[start..start + LANES];
                for lane in 0..LANES {
                    distances[lane] += (values[lane] - c) * (values[lane] - c);
                }
            }
            let sizes = &clusters.sizes[start..start + LANES];
            for lane in 0..LANES {
                // A dead position has 0 * infinity = NaN here, which is never below the least.
                let distance = distances[lane] * (2.0 * size * sizes[lane] / (size + sizes[lane]));
                let closer = distance < self.least[lane];
                self.least[lane] = if closer { distance } else { self.least[lane] };
                self.at[lane] = if closer {
                    (start + lane) as f64
                } else {
                    self.at[lane]
                };
            }
            start += LANES;
        }
        for at in start..range.end {
            let distance = clusters.squared_ward(centre, size, at);
            let lane = at - start;
            if distance < self.least[lane] {
                self.least[lane] = distance;
                self.at[lane] = at as f64;
            }
        }
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
