//! Ward's method in rounds: all pairs of clusters that are each other's nearest merge at once (reciprocal nearest neighbours;
//! Murtagh 1983, Comput. J. 26; in parallel rounds Yu et al. 2021, VLDB 14).
//!
//! Ward's distance never shrinks by merging, so a nearest neighbour stays the nearest until it is merged itself: only clusters
//! that are new or lost theirs search again. Pairs are totally ordered (distance, then age, then number), hence the least pair
//! of all is always reciprocal and every round merges something.
//!
//! Cost: O(n log n) in practice for few features; O(n) memory.

use super::super::dendrogram::Merge;
use super::remaining::{Remaining, merge_at};
use super::tree::{Cluster, Nearest, Tree};
use crate::numeric::{order_by, pulse};

/// A round that merges fewer than one in this many clusters is not worth its searches; the chain finishes.
const LEAST_YIELD: usize = 100;
/// The tree is rebuilt when less than this share of its clusters is left; until then it keeps its order.
const REBUILD_BELOW: f64 = 0.6;
/// Steps that a search counts for; most take a hundredth of that, a few all.
const STEPS: usize = 1 << 14;
/// A nearest neighbour that is not known.
const UNKNOWN: Nearest = Nearest {
    position: u32::MAX,
    squared_distance: f64::INFINITY,
};

/// Merges rounds of reciprocal pairs until at most `enough` clusters are left or a round yields little.
pub(super) fn merge_in_rounds<const D: usize>(
    mut remaining: Remaining,
    enough: usize,
    merges: &mut Vec<Merge>,
    progress: &mut dyn FnMut(f64),
) -> Remaining {
    let n = remaining.sizes.len();
    let clusters = (0..n).map(|i| Cluster {
        centre: std::array::from_fn(|feature| {
            remaining
                .columns
                .get(feature)
                .map_or(0.0, |column| column[i])
        }),
        size: remaining.sizes[i],
        leaf: remaining.leaf[i],
        born: 0,
    });
    let mut tree = Tree::<D>::build(&clusters.collect::<Vec<_>>());
    let mut built_with = n;
    let mut nearest = vec![UNKNOWN; n];
    let mut round = 0;
    while tree.clusters.len() > enough.max(1) {
        round += 1;
        search(&tree, &mut nearest);
        let before = tree.clusters.len();
        let clusters = merge_pairs(
            &tree.clusters,
            &mut nearest,
            round,
            &mut remaining.height,
            merges,
        );
        let merged = before - clusters.len();
        if merged == 0 {
            // Rounding has left a neighbour that is not the nearest any more.
            nearest.fill(UNKNOWN);
        }
        if (clusters.len() as f64) < REBUILD_BELOW * built_with as f64 {
            built_with = clusters.len();
            tree = rebuilt(&clusters, &mut nearest);
        } else {
            tree = Tree::over(clusters);
        }
        progress(1.0 - tree.clusters.len() as f64 / n as f64);
        if merged * LEAST_YIELD < before && merged > 0 {
            break;
        }
    }
    // The chain wants clusters in the order of the samples.
    let order = order_by(tree.clusters.len(), &mut |a, b| {
        tree.clusters[a].leaf.cmp(&tree.clusters[b].leaf)
    });
    let clusters = || order.iter().map(|&at| &tree.clusters[at as usize]);
    for (feature, column) in remaining.columns.iter_mut().enumerate() {
        *column = clusters().map(|cluster| cluster.centre[feature]).collect();
    }
    remaining.sizes = clusters().map(|cluster| cluster.size).collect();
    remaining.leaf = clusters().map(|cluster| cluster.leaf).collect();
    remaining
}

/// Finds the nearest neighbours that are not known.
fn search<const D: usize>(tree: &Tree<D>, nearest: &mut [Nearest]) {
    for leaf in 0..tree.n_leaves() {
        for position in tree.leaf(leaf) {
            if nearest[position].position == u32::MAX {
                nearest[position] = tree.nearest(position, leaf);
                pulse(STEPS);
            }
        }
    }
}

/// Merges all reciprocal pairs; the union takes the place of the larger one. `nearest` follows to the new positions.
fn merge_pairs<const D: usize>(
    clusters: &[Cluster<D>],
    nearest: &mut Vec<Nearest>,
    round: u32,
    height: &mut [f64],
    merges: &mut Vec<Merge>,
) -> Vec<Cluster<D>> {
    let partner = |position: usize| {
        let other = nearest[position].position as usize;
        (nearest[other].position as usize == position).then_some(other)
    };
    let mut kept = Vec::with_capacity(clusters.len());
    let mut kept_nearest = Vec::with_capacity(clusters.len());
    let mut position_after = vec![u32::MAX; clusters.len()];
    for (position, cluster) in clusters.iter().enumerate() {
        let Some(other) = partner(position) else {
            position_after[position] = kept.len() as u32;
            kept.push(*cluster);
            kept_nearest.push(nearest[position]);
            continue;
        };
        let partner = &clusters[other];
        let has_place = (cluster.size, partner.leaf) > (partner.size, cluster.leaf);
        if has_place {
            let squared_distance = nearest[position].squared_distance;
            let merge = merge_at(height, cluster.leaf, partner.leaf, squared_distance);
            let size = cluster.size + partner.size;
            let share = partner.size / size;
            let centre = std::array::from_fn(|feature| {
                cluster.centre[feature]
                    + share * (partner.centre[feature] - cluster.centre[feature])
            });
            kept.push(Cluster {
                centre,
                size,
                leaf: merge.leaf_a,
                born: round,
            });
            merges.push(merge);
            kept_nearest.push(UNKNOWN);
        }
    }
    for nearest in &mut kept_nearest {
        if nearest.position != u32::MAX {
            // A neighbour that was merged has no place of its own any more.
            nearest.position = position_after[nearest.position as usize];
        }
    }
    *nearest = kept_nearest;
    kept
}

/// A fresh tree; the neighbours move with their clusters.
fn rebuilt<const D: usize>(clusters: &[Cluster<D>], nearest: &mut [Nearest]) -> Tree<D> {
    let before: Vec<u32> = clusters.iter().map(|cluster| cluster.leaf).collect();
    let tree = Tree::build(clusters);
    let n_leaves = before.iter().max().map_or(0, |leaf| *leaf as usize + 1);
    let mut position_of_leaf = vec![u32::MAX; n_leaves];
    for (position, cluster) in tree.clusters.iter().enumerate() {
        position_of_leaf[cluster.leaf as usize] = position as u32;
    }
    let mut moved = vec![UNKNOWN; nearest.len()];
    for (old, leaf) in nearest.iter().zip(&before) {
        let position = match old.position {
            u32::MAX => u32::MAX,
            other => position_of_leaf[before[other as usize] as usize],
        };
        moved[position_of_leaf[*leaf as usize] as usize] = Nearest { position, ..*old };
    }
    nearest.copy_from_slice(&moved);
    tree
}

#[cfg(test)]
mod tests {
    use super::super::chain::merge_by_chain;
    use super::*;
    use crate::numeric::Rng;

    fn remaining(seed: u64, n: usize, n_features: usize) -> Remaining {
        let mut rng = Rng::new(seed);
        let columns = (0..n_features).map(|_| {
            (0..n)
                .map(|_| match seed % 4 {
                    // A grid, so that distances tie; a heavy tail, so that neighbours form long chains.
                    0 => (rng.normal() * 4.0).round(),
                    1 => libm::exp(4.0 * rng.normal()),
                    _ => rng.normal(),
                })
                .collect()
        });
        Remaining {
            columns: columns.collect(),
            sizes: (0..n).map(|_| 1.0 + rng.below(3) as f64).collect(),
            leaf: (0..n as u32).collect(),
            height: vec![0.0; n],
        }
    }

    fn tree_of<const D: usize>(seed: u64, n: usize, n_features: usize) -> Vec<Merge> {
        let mut merges = Vec::new();
        let left =
            merge_in_rounds::<D>(remaining(seed, n, n_features), 1, &mut merges, &mut |_| ());
        merge_by_chain(left, &mut merges, &mut |_| ());
        merges
    }

    /// Replays the merges in order of height; each must be a least distance of its moment.
    fn assert_greedy(seed: u64, mut merges: Vec<Merge>, start: &Remaining) {
        merges.sort_by(|a, b| a.height.total_cmp(&b.height));
        let n = start.sizes.len();
        let centre =
            |i: usize| -> Vec<f64> { start.columns.iter().map(|column| column[i]).collect() };
        let mut clusters: Vec<(Vec<u32>, Vec<f64>, f64)> = (0..n)
            .map(|i| (vec![i as u32], centre(i), start.sizes[i]))
            .collect();
        for merge in merges {
            let distance = |a: &(Vec<u32>, Vec<f64>, f64), b: &(Vec<u32>, Vec<f64>, f64)| {
                let squared: f64 = a.1.iter().zip(&b.1).map(|(x, y)| (x - y) * (x - y)).sum();
                (2.0 * a.2 * b.2 / (a.2 + b.2) * squared).sqrt()
            };
            let place = |leaf: u32| {
                clusters
                    .iter()
                    .position(|cluster| cluster.0.contains(&leaf))
                    .unwrap()
            };
            let (a, b) = (place(merge.leaf_a), place(merge.leaf_b));
            assert_ne!(a, b, "seed {seed}");
            let found = distance(&clusters[a], &clusters[b]);
            let mut least = f64::INFINITY;
            for i in 0..clusters.len() {
                for j in 0..i {
                    least = least.min(distance(&clusters[i], &clusters[j]));
                }
            }
            assert!(
                (found - least).abs() <= 1e-9 * least.max(1e-9),
                "seed {seed}: {found} against {least}"
            );
            assert!(
                (found - merge.height).abs() <= 1e-9 * found.max(1e-9),
                "seed {seed}"
            );
            let (mut gone, keep) = (clusters.swap_remove(a.max(b)), a.min(b));
            let keep = &mut clusters[keep];
            let share = gone.2 / (gone.2 + keep.2);
            keep.1
                .iter_mut()
                .zip(&gone.1)
                .for_each(|(x, y)| *x += share * (y - *x));
            keep.2 += gone.2;
            keep.0.append(&mut gone.0);
        }
        assert_eq!(clusters.len(), 1);
    }

    #[test]
    fn every_merge_is_a_least_distance_of_its_moment() {
        for seed in 0..24 {
            let n = 2 + seed as usize * 4;
            assert_greedy(seed, tree_of::<2>(seed, n, 1), &remaining(seed, n, 1));
            assert_greedy(seed, tree_of::<2>(seed, n, 2), &remaining(seed, n, 2));
            assert_greedy(seed, tree_of::<4>(seed, n, 3), &remaining(seed, n, 3));
            assert_greedy(seed, tree_of::<8>(seed, n, 6), &remaining(seed, n, 6));
        }
    }

    #[test]
    fn rounds_and_chain_have_the_same_heights() {
        for seed in [1, 2, 3, 5] {
            let mut by_chain = Vec::new();
            merge_by_chain(remaining(seed, 1500, 2), &mut by_chain, &mut |_| ());
            let mut by_rounds = tree_of::<2>(seed, 1500, 2);
            by_chain.sort_by(|a, b| a.height.total_cmp(&b.height));
            by_rounds.sort_by(|a, b| a.height.total_cmp(&b.height));
            assert_eq!(by_rounds.len(), 1499);
            for (a, b) in by_chain.iter().zip(&by_rounds) {
                assert!(
                    (a.height - b.height).abs() <= 1e-10 * a.height,
                    "seed {seed}: {} against {}",
                    a.height,
                    b.height
                );
            }
        }
    }
}
