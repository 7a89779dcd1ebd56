//! The chain of nearest neighbours with a short list per cluster: whatever is not on the list is known to be farther, so that most
//! searches check a few clusters instead of all. The merges are those of [`super::chain`], to the bit, ties included.
//!
//! A list names samples; the clusters that hold them now are its candidates. Ward's distance never shrinks by merging (Murtagh
//! 1983, Comput. J. 26), so a cluster without a listed sample stays beyond the bound of the list. A union has the samples of both
//! lists, and the bound that the formula of Lance & Williams 1967 (Comput. J. 9) leaves it:
//!
//! ```text
//! d(A u B, C)^2 = ((a + c) d(A, C)^2 + (b + c) d(B, C)^2 - c d(A, B)^2) / (a + b + c)
//!              >= min((a R_A + b R_B) / (a + b),  R_A + R_B - d(A, B)^2)              for d(A, C)^2 >= R_A, d(B, C)^2 >= R_B, any c
//! ```
//!
//! If the nearest candidate is not clearly within the bound, all clusters are searched in single precision ([`super::crowd`]), and
//! the nearest few become the list. Decisions always rest on distances in double precision.
//!
//! Cost: O(n^2 * n_features) time in single precision at worst, O(n * n_features) memory.

use super::super::dendrogram::Merge;
use super::crowd::{Crowd, Member};
use super::remaining::merge_at;
use super::starts::Starts;
use crate::cluster::Samples;
use crate::cluster::neighbours::{LISTED, Neighbours, least_distance, norm};
use crate::numeric::{LANES, order_by, pulse, sort_numbers};

/// Candidates that a list keeps at most.
const KEPT: usize = 2 * LISTED;
/// Rounding of double precision in a merge: of distances, as a share and per feature, and of centres, as a share of their reach.
const ROUNDING: f64 = 1e-15;
/// Factor on a limit, so that what is at the limit in double precision is below it in single precision.
const ABOVE: f64 = 1.0 + 1e-4;
/// More than rounding can change.
const CLEARLY: f64 = 1e-9;

/// Merges until one cluster is left. Ties go to the lowest leaf.
pub(super) fn merge_by_lists(
    samples: &Samples,
    neighbours: &Neighbours,
    merges: &mut Vec<Merge>,
    progress: &mut dyn FnMut(f64),
) {
    let n = samples.n_distinct();
    let mut clusters = Clusters::new(samples, neighbours);
    let mut height = vec![0.0; n];
    let mut chain: Vec<u32> = Vec::new();
    let mut left = n;
    while left > 1 {
        // Lists are short; now and then all are looked at.
        pulse(2 * LISTED * clusters.centres.n_features);
        if chain.is_empty() {
            chain.push(clusters.starts.first());
        }
        let top = chain[chain.len() - 1];
        let before = chain.len().checked_sub(2).map(|i| chain[i]);
        let nearest = clusters.nearest(top, before);
        if before != Some(nearest.name) {
            chain.push(nearest.name);
            continue;
        }
        chain.truncate(chain.len() - 2);
        let merge = merge_at(&mut height, top, nearest.name, nearest.distance);
        clusters.merge(merge.leaf_a, merge.leaf_b, nearest.distance);
        merges.push(merge);
        left -= 1;
        if left.is_multiple_of((n / 100).max(1)) {
            progress(1.0 - (left as f64 / n as f64).powi(2));
        }
    }
}

/// The nearest cluster so far, by its lowest leaf.
#[derive(Clone, Copy)]
struct Nearest {
    distance: f64,
    name: u32,
}

impl Nearest {
    const NONE: Self = Self {
        distance: f64::INFINITY,
        name: u32::MAX,
    };

    fn or(self, distance: f64, name: u32) -> Self {
        if distance < self.distance || (distance == self.distance && name < self.name) {
            Self { distance, name }
        } else {
            self
        }
    }
}

/// The clusters that are left, by their lowest leaf.
struct Clusters {
    centres: Centres,
    /// A leaf of the cluster that a leaf is in; its own number for the lowest.
    parent: Vec<u32>,
    /// Samples near each cluster.
    lists: Vec<Vec<u32>>,
    /// Every cluster without a listed sample is at this squared Ward distance or farther.
    beyond: Vec<f64>,
    /// Squared Ward distances of the candidates measured last.
    distances: Vec<f64>,
    crowd: Crowd,
    starts: Starts,
    /// Merges one above the other in each cluster, and the most in any.
    depths: Vec<u32>,
    depth: u32,
    reach: f64,
}

/// Centres, row by row, and sizes.
struct Centres {
    n_features: usize,
    values: Vec<f64>,
    sizes: Vec<f64>,
}

impl Centres {
    fn row(&self, name: u32) -> &[f64] {
        &self.values[name as usize * self.n_features..][..self.n_features]
    }

    fn size(&self, name: u32) -> f64 {
        self.sizes[name as usize]
    }

    fn first_feature(&self, name: u32) -> f64 {
        self.row(name).first().copied().unwrap_or(0.0)
    }

    fn member(&self, name: u32) -> Member<'_> {
        Member {
            centre: self.row(name),
            size: self.size(name),
        }
    }

    /// The same bits as those of the chain.
    fn squared_ward(&self, a: u32, b: u32) -> f64 {
        let mut distance = 0.0;
        for (x, c) in self.row(b).iter().zip(self.row(a)) {
            distance += (x - c) * (x - c);
        }
        let (of_a, of_b) = (self.size(a), self.size(b));
        distance * (2.0 * of_a * of_b / (of_a + of_b))
    }

    /// The same of many.
    fn squared_wards(&self, of: u32, names: &[u32], into: &mut Vec<f64>) {
        into.clear();
        let (fours, rest) = names.as_chunks();
        for four in fours {
            // Four at once: sums of one wait for each other.
            let rows: [&[f64]; LANES] = four.map(|name| self.row(name));
            let mut sums = [0.0; LANES];
            for (feature, c) in self.row(of).iter().enumerate() {
                for (sum, row) in sums.iter_mut().zip(rows) {
                    *sum += (row[feature] - c) * (row[feature] - c);
                }
            }
            let size = self.size(of);
            into.extend(sums.iter().zip(four).map(|(sum, &name)| {
                let other = self.size(name);
                sum * (2.0 * size * other / (size + other))
            }));
        }
        into.extend(rest.iter().map(|&name| self.squared_ward(of, name)));
    }

    fn merge(&mut self, keep: u32, gone: u32) {
        let (a, b) = (keep as usize, gone as usize);
        let total = self.sizes[a] + self.sizes[b];
        let share = self.sizes[b] / total;
        for feature in 0..self.n_features {
            let other = self.values[b * self.n_features + feature];
            let value = &mut self.values[a * self.n_features + feature];
            *value += share * (other - *value);
        }
        self.sizes[a] = total;
    }
}

impl Clusters {
    fn new(samples: &Samples, neighbours: &Neighbours) -> Self {
        let (n, n_features) = (samples.n_distinct(), samples.n_features());
        let centres = Centres {
            n_features,
            values: samples.points.rows().flatten().copied().collect(),
            sizes: samples.weights.clone(),
        };
        // A cluster of samples weighs at least 1.
        let beyond = |i: usize| {
            let size = samples.weights[i];
            neighbours.beyond(i) * (2.0 * size / (size + 1.0))
        };
        Self {
            parent: (0..n as u32).collect(),
            lists: (0..n).map(|i| neighbours.list(i).to_vec()).collect(),
            beyond: (0..n).map(beyond).collect(),
            crowd: Crowd::new(0..n as u32, n, n_features, neighbours.reach, |name| {
                centres.member(name)
            }),
            distances: Vec::new(),
            starts: Starts::new(n, &|name| centres.first_feature(name)),
            depths: vec![0; n],
            depth: 0,
            reach: neighbours.reach,
            centres,
        }
    }

    /// The nearest other cluster. Ties go to `preferred`, then to the lowest leaf.
    fn nearest(&mut self, of: u32, preferred: Option<u32>) -> Nearest {
        let known = preferred.map(|name| Nearest {
            distance: self.centres.squared_ward(of, name),
            name,
        });
        let better = |found: Nearest| known.filter(|known| known.distance <= found.distance);
        let mut found = self.nearest_listed(of);
        if !self.is_certain(of, better(found).unwrap_or(found)) {
            self.list_anew(of);
            found = self.nearest_listed(of);
            let best = better(found).unwrap_or(found);
            if !self.is_certain(of, best) {
                found = self.nearest_of_all(of, best);
            }
        }
        better(found).unwrap_or(found)
    }

    /// The nearest candidate of a list, whose samples become the names of their clusters.
    fn nearest_listed(&mut self, of: u32) -> Nearest {
        let mut list = std::mem::take(&mut self.lists[of as usize]);
        for name in &mut list {
            *name = root(&mut self.parent, *name);
        }
        list.sort_unstable();
        list.dedup();
        list.retain(|&name| name != of);
        let mut distances = std::mem::take(&mut self.distances);
        self.centres.squared_wards(of, &list, &mut distances);
        let pairs = distances.iter().zip(&list);
        let nearest = pairs.fold(Nearest::NONE, |nearest, (&distance, &name)| {
            nearest.or(distance, name)
        });
        if list.len() > KEPT {
            let order = order_by(list.len(), &mut |a, b| {
                distances[a].total_cmp(&distances[b])
            });
            let beyond = &mut self.beyond[of as usize];
            *beyond = beyond.min(distances[order[KEPT] as usize]);
            let kept = order[..KEPT].iter().map(|&at| at as usize);
            (list, distances) = kept.map(|at| (list[at], distances[at])).unzip();
        }
        self.lists[of as usize] = list;
        self.distances = distances;
        nearest
    }

    /// What rounding may have taken off the square root of a squared Ward distance of `of`, beside a share of it: at each merge,
    /// one above the other on both sides, centres are moved by rounding.
    fn moved(&self, of: u32) -> f64 {
        let stretch = (2.0 * self.centres.size(of)).sqrt();
        let steps = f64::from(2 * self.depth + 4);
        steps * ROUNDING * self.reach * (self.centres.n_features as f64).sqrt() * stretch
    }

    /// The share of a distance that rounding may have changed.
    fn share(&self) -> f64 {
        let steps = f64::from(2 * self.depth + 4);
        CLEARLY + steps * ROUNDING * (self.centres.n_features + 8) as f64
    }

    /// Whether the nearest candidate is nearer than all other clusters by more than rounding.
    fn is_certain(&self, of: u32, nearest: Nearest) -> bool {
        let beyond = self.beyond[of as usize].sqrt() * (1.0 - self.share()) - self.moved(of);
        nearest.distance.sqrt() < beyond
    }

    /// Makes the list of the nearest few among all, after the candidates were measured.
    fn list_anew(&mut self, of: u32) {
        // As many as a list takes are no farther than this.
        sort_numbers(&mut self.distances);
        let known = self.distances.get(LISTED - 1).copied();
        let scaled = known.unwrap_or(f64::INFINITY) / (self.reach * self.reach);
        pulse(self.centres.n_features * self.crowd.len());
        let least = self.crowd.nearest(of, (scaled * ABOVE) as f32);
        let norm = norm(self.centres.row(of)) / self.reach;
        let stretch = (2.0 * self.centres.size(of)).sqrt();
        let beyond = least_distance(least.last(), self.centres.n_features, norm, stretch);
        self.beyond[of as usize] = (beyond * self.reach) * (beyond * self.reach);
        self.lists[of as usize] = least.numbers().collect();
    }

    /// If single precision cannot decide: every cluster that may be as near as `nearest`, in double precision.
    fn nearest_of_all(&self, of: u32, nearest: Nearest) -> Nearest {
        let d = self.centres.n_features as f64;
        let stretch = (2.0 * self.centres.size(of)).sqrt();
        let distance = nearest.distance.sqrt() / self.reach;
        let norm = norm(self.centres.row(of)) / self.reach;
        // What may be taken for farther than it is, by the rounding of `least_distance`, and twice of it.
        let widened =
            (distance + 2.4e-7 * (norm * stretch + distance)) * (1.0 + CLEARLY) + 1e-18 * d;
        let limit = widened * widened * (1.0 + (d + 16.0) * 1.2e-7);
        let near = self.crowd.within(of, limit as f32);
        near.into_iter().fold(Nearest::NONE, |nearest, name| {
            nearest.or(self.centres.squared_ward(of, name), name)
        })
    }

    fn merge(&mut self, keep: u32, gone: u32, squared_distance: f64) {
        let (a, b) = (keep as usize, gone as usize);
        let (of_a, of_b) = (self.centres.sizes[a], self.centres.sizes[b]);
        let (beyond_a, beyond_b) = (self.beyond[a], self.beyond[b]);
        let mean = (of_a * beyond_a + of_b * beyond_b) / (of_a + of_b);
        self.beyond[a] = mean.min(beyond_a + beyond_b - squared_distance);
        let other = std::mem::take(&mut self.lists[b]);
        self.lists[a].extend(other);
        self.centres.merge(keep, gone);
        self.parent[b] = keep;
        self.depths[a] = 1 + self.depths[a].max(self.depths[b]);
        self.depth = self.depth.max(self.depths[a]);
        let centres = &self.centres;
        self.crowd.merge(keep, gone, |name| centres.member(name));
        self.starts
            .merge(keep, gone, &|name| centres.first_feature(name));
    }
}

/// The lowest leaf of a leaf's cluster; the way there is halved.
fn root(parent: &mut [u32], mut leaf: u32) -> u32 {
    while parent[leaf as usize] != leaf {
        let above = parent[parent[leaf as usize] as usize];
        parent[leaf as usize] = above;
        leaf = above;
    }
    leaf
}

#[cfg(test)]
mod tests {
    use super::super::chain::merge_by_chain;
    use super::super::remaining::Remaining;
    use super::*;
    use crate::numeric::{Matrix, Rng};

    /// Samples of some kind: on a grid with repeated rows, so that distances tie; of a heavy tail; far from the mean and near each other, which single
    /// precision cannot tell; round.
    fn samples(seed: u64, n: usize, d: usize) -> Samples {
        let mut rng = Rng::new(seed);
        let mut matrix = Matrix::with_features(d);
        for i in 0..n {
            matrix.push_row((0..d).map(|feature| match seed % 4 {
                0 => (1.5 * rng.normal()).round(),
                1 => libm::exp(2.0 * rng.normal()),
                2 if feature == 0 => 1e9 * (i % 3) as f64,
                _ => rng.normal() + (i % 5) as f64,
            }));
        }
        Samples::new(&matrix).unwrap()
    }

    /// Leaves and bits of the height of every merge, in their order.
    fn told(merges: &[Merge]) -> Vec<(u32, u32, u64)> {
        let tell = |merge: &Merge| (merge.leaf_a, merge.leaf_b, merge.height.to_bits());
        merges.iter().map(tell).collect()
    }

    fn by_chain(samples: &Samples) -> Vec<(u32, u32, u64)> {
        let n = samples.n_distinct();
        let remaining = Remaining {
            columns: samples.columns.clone(),
            sizes: samples.weights.clone(),
            leaf: (0..n as u32).collect(),
            height: vec![0.0; n],
        };
        let mut merges = Vec::new();
        merge_by_chain(remaining, &mut merges, &mut |_| ());
        told(&merges)
    }

    fn by_lists(samples: &Samples, neighbours: &Neighbours) -> Vec<(u32, u32, u64)> {
        let mut merges = Vec::new();
        merge_by_lists(samples, neighbours, &mut merges, &mut |_| ());
        told(&merges)
    }

    #[test]
    fn lists_merge_as_the_chain_does_to_the_bit_and_in_its_order() {
        for seed in 0..48 {
            let n = [3, 20, 90, 400][seed as usize / 12];
            let samples = samples(seed, n, 1 + seed as usize % 11);
            let neighbours = Neighbours::of(&samples.screen, &samples.points, &mut |_| ());
            let (found, slow) = (by_lists(&samples, &neighbours), by_chain(&samples));
            assert_eq!(found, slow, "seed {seed}");
        }
    }

    #[test]
    fn neighbours_of_the_whole_serve_a_part() {
        for seed in 0..16 {
            let whole = samples(seed, 300, 1 + seed as usize % 9);
            let mut rng = Rng::new(seed);
            let (mut matrix, mut chosen) = (Matrix::with_features(whole.n_features()), Vec::new());
            for (i, row) in whole.points.rows().enumerate() {
                let times = rng.below(3);
                (0..times).for_each(|_| matrix.push_row(row.iter().copied()));
                chosen.extend((times > 0).then_some(i as u32));
            }
            let part = Samples::new(&matrix).unwrap();
            let neighbours =
                Neighbours::of(&whole.screen, &whole.points, &mut |_| ()).among(&chosen);
            assert_eq!(by_lists(&part, &neighbours), by_chain(&part), "seed {seed}");
        }
    }

    #[test]
    fn most_searches_look_at_a_list_alone() {
        let samples = samples(3, 600, 10);
        let neighbours = Neighbours::of(&samples.screen, &samples.points, &mut |_| ());
        let mut clusters = Clusters::new(&samples, &neighbours);
        let n = samples.n_distinct() as u32;
        let certain = (0..n).filter(|&of| {
            let nearest = clusters.nearest_listed(of);
            clusters.is_certain(of, nearest)
        });
        assert_eq!(certain.count(), n as usize);
    }
}
