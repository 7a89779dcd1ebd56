//! The minimum spanning tree of samples: the shortest edges that join them all.
//!
//! Few samples or many features: Prim's algorithm (`prim`), O(n^2). Many samples of few features: Borůvka's (`boruvka`) on a
//! tree of boxes (`boxes`), O(n log^2 n) in practice.

mod boruvka;
mod boxes;
mod core_distance;
mod edge;
mod four;
mod prim;

use crate::cluster::Metric;
use boruvka::boruvka;
use boxes::Boxes;
use prim::prim;

pub use edge::{Edge, Neighbourhood};
pub(crate) use four::Fours;

/// Up to this number of samples Prim's algorithm is as fast.
const FEW: usize = 2_000;
/// With more features, boxes rule out nothing.
const MAX_BOXED_FEATURES: usize = 8;

/// The tree.
#[derive(Debug)]
pub struct SpanningTree {
    /// Its edges, in no order.
    pub edges: Vec<Edge>,
    /// Core distance of each row; 0 where none was asked for.
    pub core_distances: Vec<f64>,
}

/// The tree over `rows`; without a neighbourhood edges are as long as the distance of their ends. `progress` hears the share of
/// the work done, in `[0, 1]`.
pub fn spanning_tree(
    rows: &[&[f64]],
    metric: Metric,
    neighbourhood: Option<Neighbourhood>,
    progress: &mut dyn FnMut(f64),
) -> SpanningTree {
    let n_features = rows.first().map_or(0, |row| row.len());
    if rows.len() <= FEW || n_features > MAX_BOXED_FEATURES {
        pair_by_pair(rows, metric, neighbourhood, progress)
    } else {
        in_boxes(rows, metric, neighbourhood, progress)
    }
}

/// Share of the work that the core distances take.
fn share_of_cores(neighbourhood: Option<Neighbourhood>) -> f64 {
    if neighbourhood.is_some() { 0.4 } else { 0.0 }
}

fn pair_by_pair(
    rows: &[&[f64]],
    metric: Metric,
    neighbourhood: Option<Neighbourhood>,
    progress: &mut dyn FnMut(f64),
) -> SpanningTree {
    let fours = Fours::new(rows, 0..rows.len() as u32);
    let share = share_of_cores(neighbourhood);
    let core_distances = neighbourhood.map_or(vec![0.0; rows.len()], |neighbourhood| {
        core_distance::pair_by_pair(rows, &fours, metric, neighbourhood, &mut |fraction| {
            progress(share * fraction);
        })
    });
    let edges = prim(rows, fours, metric, &core_distances, &mut |fraction| {
        progress(share + (1.0 - share) * fraction);
    });
    SpanningTree {
        edges,
        core_distances,
    }
}

fn in_boxes(
    rows: &[&[f64]],
    metric: Metric,
    neighbourhood: Option<Neighbourhood>,
    progress: &mut dyn FnMut(f64),
) -> SpanningTree {
    match rows.first().map_or(0, |row| row.len()) {
        0..=2 => by_rounds(&Boxes::<2>::new(rows, metric), neighbourhood, progress),
        3..=4 => by_rounds(&Boxes::<4>::new(rows, metric), neighbourhood, progress),
        _ => {
            let boxes = Boxes::<MAX_BOXED_FEATURES>::new(rows, metric);
            by_rounds(&boxes, neighbourhood, progress)
        }
    }
}

fn by_rounds<const D: usize>(
    boxes: &Boxes<D>,
    neighbourhood: Option<Neighbourhood>,
    progress: &mut dyn FnMut(f64),
) -> SpanningTree {
    let n = boxes.order.len();
    let share = share_of_cores(neighbourhood);
    let cores = neighbourhood.map_or(vec![0.0; n], |neighbourhood| {
        core_distance::in_boxes(boxes, neighbourhood, &mut |fraction| {
            progress(share * fraction);
        })
    });
    let edges = boruvka(boxes, &cores, &mut |fraction| {
        progress(share + (1.0 - share) * fraction);
    });
    let mut core_distances = vec![0.0; n];
    for (&row, core) in boxes.order.iter().zip(cores) {
        core_distances[row as usize] = core;
    }
    SpanningTree {
        edges,
        core_distances,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::forest::Forest;
    use crate::numeric::{Rng, order_by};

    /// Rows of every kind and how many samples each stands for.
    fn drawn(seed: u64, n: usize, d: usize) -> (Vec<Vec<f64>>, Vec<f64>) {
        let mut rng = Rng::new(seed);
        let row = |_| {
            let values = (0..d).map(|_| match seed % 4 {
                // Full of ties, a heavy tail, neither.
                0 => rng.below(12) as f64,
                1 => libm::exp(4.0 * rng.normal()),
                _ => rng.normal(),
            });
            values.collect()
        };
        let rows = (0..n).map(row).collect();
        let weights = (0..n).map(|_| 1.0 + (rng.below(8) / 5) as f64);
        (rows, weights.collect())
    }

    /// Core distances by the definition.
    fn slow_cores(rows: &[&[f64]], metric: Metric, of: Neighbourhood) -> Vec<f64> {
        let core = |a: &&[f64]| {
            let pairs = rows.iter().zip(of.weights);
            let copies = pairs.flat_map(|(b, &weight)| {
                vec![
                    metric.distance(a, b);
                    if std::ptr::eq(*a, *b) {
                        0
                    } else {
                        weight as usize
                    }
                ]
            });
            let mut distances: Vec<f64> = copies.collect();
            let own = rows.iter().position(|b| std::ptr::eq(*a, *b)).unwrap();
            distances.extend(vec![0.0; of.weights[own] as usize]);
            distances.sort_by(f64::total_cmp);
            distances[of.min_samples - 1]
        };
        rows.iter().map(core).collect()
    }

    /// Lengths of the tree by taking all pairs from the shortest (Kruskal 1956), ascending.
    fn slow_lengths(rows: &[&[f64]], metric: Metric, cores: &[f64]) -> Vec<f64> {
        let n = rows.len();
        let pairs: Vec<Edge> = (0..n * n)
            .map(|pair| (pair / n, pair % n))
            .filter(|(a, b)| a < b)
            .map(|(a, b)| Edge {
                a: a as u32,
                b: b as u32,
                length: metric
                    .distance(rows[a], rows[b])
                    .max(cores[a])
                    .max(cores[b]),
            })
            .collect();
        let order = order_by(pairs.len(), &mut |a, b| {
            pairs[a].length.total_cmp(&pairs[b].length)
        });
        let mut forest = Forest::new(n);
        let mut lengths = Vec::new();
        for edge in order.into_iter().map(|at| pairs[at as usize]) {
            let (a, b) = (forest.root(edge.a), forest.root(edge.b));
            if a != b {
                forest.join(a, b);
                lengths.push(edge.length);
            }
        }
        lengths
    }

    /// The lengths of the edges, ascending; each must be as long as it says, and there must be no circle.
    fn checked_lengths(tree: &SpanningTree, rows: &[&[f64]], metric: Metric) -> Vec<f64> {
        let mut forest = Forest::new(rows.len());
        for edge in &tree.edges {
            let (a, b) = (forest.root(edge.a), forest.root(edge.b));
            assert_ne!(a, b, "a circle");
            forest.join(a, b);
            let (a, b) = (edge.a as usize, edge.b as usize);
            let distance = metric.distance(rows[a], rows[b]);
            let cores = tree.core_distances[a].max(tree.core_distances[b]);
            assert_eq!(edge.length, distance.max(cores));
        }
        let mut lengths: Vec<f64> = tree.edges.iter().map(|edge| edge.length).collect();
        lengths.sort_by(f64::total_cmp);
        lengths
    }

    #[test]
    fn both_ways_find_the_spanning_tree_of_all_pairs() {
        for (seed, metric) in (0..32).zip(Metric::ALL.into_iter().cycle()) {
            let mut rng = Rng::new(seed + 100);
            let (n, d) = (2 + rng.below(250), 1 + rng.below(12));
            let (rows, weights) = drawn(seed / 4, n, d);
            let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let near = Neighbourhood {
                weights: &weights,
                min_samples: 1 + rng.below(n.min(40)),
            };
            for neighbourhood in [None, Some(near)] {
                let cores = neighbourhood.map_or(vec![0.0; n], |of| slow_cores(&rows, metric, of));
                let slow = slow_lengths(&rows, metric, &cores);
                let mut trees = vec![pair_by_pair(&rows, metric, neighbourhood, &mut |_| ())];
                if d <= MAX_BOXED_FEATURES {
                    trees.push(in_boxes(&rows, metric, neighbourhood, &mut |_| ()));
                }
                for tree in trees {
                    assert_eq!(tree.core_distances, cores, "seed {seed}, {metric:?}");
                    let fast = checked_lengths(&tree, &rows, metric);
                    assert_eq!(fast, slow, "seed {seed}, {metric:?}");
                }
            }
        }
    }

    #[test]
    fn both_ways_are_equal_on_more_samples() {
        for seed in 0..4 {
            let (rows, weights) = drawn(seed, 3_000, 2 + seed as usize);
            let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let near = Neighbourhood {
                weights: &weights,
                min_samples: 4 + 30 * seed as usize,
            };
            let metric = Metric::Euclidean;
            for neighbourhood in [None, Some(near)] {
                let slow = pair_by_pair(&rows, metric, neighbourhood, &mut |_| ());
                let fast = in_boxes(&rows, metric, neighbourhood, &mut |_| ());
                assert_eq!(fast.core_distances, slow.core_distances, "seed {seed}");
                assert_eq!(
                    checked_lengths(&fast, &rows, metric),
                    checked_lengths(&slow, &rows, metric),
                    "seed {seed}"
                );
            }
        }
    }
}
