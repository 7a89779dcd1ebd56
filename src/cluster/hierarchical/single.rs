//! Single linkage in linear memory: its merges are the edges of a minimum spanning tree (Gower & Ross 1969, Appl. Stat. 18),
//! taken from the shortest to the longest.
//!
//! Few samples or many features: Prim's algorithm (1957), O(n^2). Many samples of few features: Borůvka's (1926) in rounds; each
//! component looks for the nearest sample outside it in a tree of boxes over samples sorted along a space-filling curve,
//! O(n log^2 n) in practice.

use super::dendrogram::{Forest, Merge};
use crate::cluster::Metric;
use crate::numeric::{along_curve, pulse};

/// Up to so many samples Prim's algorithm is as fast.
const FEW: usize = 2_000;
/// With more features boxes pass over nothing.
const MAX_BOXED_FEATURES: usize = 8;
/// Samples per box of the lowest level at most.
const LEAF: usize = 8;
/// Bounds are lowered by more than they can be wrong by rounding.
const SLACK: f64 = 1.0 - 1e-14;
/// Steps that a search counts for; most take a hundredth of that, a few all.
const STEPS: usize = 1 << 14;
const NONE: u32 = u32::MAX;

/// The merges over `rows`, in no order.
pub(super) fn single(
    rows: &[Vec<f64>],
    metric: Metric,
    progress: &mut dyn FnMut(f64),
) -> Vec<Merge> {
    let n_features = rows.first().map_or(0, Vec::len);
    if rows.len() <= FEW || n_features > MAX_BOXED_FEATURES {
        prim(rows, metric, progress)
    } else {
        boruvka(rows, metric, progress)
    }
}

/// The tree grows by the nearest sample outside it; ties go to the lowest.
fn prim(rows: &[Vec<f64>], metric: Metric, progress: &mut dyn FnMut(f64)) -> Vec<Merge> {
    let mut merges = Vec::with_capacity(rows.len());
    let mut outside: Vec<u32> = (1..rows.len() as u32).collect();
    let mut nearest = vec![(f64::INFINITY, 0_u32); rows.len()];
    let mut last = 0_u32;
    while !outside.is_empty() {
        pulse(outside.len() * rows[0].len());
        let mut best = 0;
        for (at, &i) in outside.iter().enumerate() {
            let distance = metric.distance(&rows[i as usize], &rows[last as usize]);
            if distance < nearest[i as usize].0 {
                nearest[i as usize] = (distance, last);
            }
            if nearest[i as usize].0 < nearest[outside[best] as usize].0 {
                best = at;
            }
        }
        last = outside.remove(best);
        let (height, leaf_a) = nearest[last as usize];
        merges.push(Merge {
            leaf_a,
            leaf_b: last,
            height,
        });
        if merges.len() % 1024 == 0 {
            progress(merges.len() as f64 / rows.len() as f64);
        }
    }
    merges
}

/// A way between two places.
#[derive(Clone, Copy)]
struct Way {
    distance: f64,
    from: u32,
    to: u32,
}

impl Way {
    /// Longer than all others.
    const ENDLESS: Self = Self {
        distance: f64::INFINITY,
        from: NONE,
        to: NONE,
    };
}

fn boruvka(rows: &[Vec<f64>], metric: Metric, progress: &mut dyn FnMut(f64)) -> Vec<Merge> {
    let n = rows.len();
    let mut boxes = Boxes::new(rows, metric);
    let mut forest = Forest::new(n);
    let mut known = vec![Known::default(); n];
    let mut merges = Vec::with_capacity(n);
    while merges.len() + 1 < n {
        for at in 0..n {
            boxes.component[at] = forest.root(at as u32);
        }
        boxes.join_components();
        // The shortest way out of each component.
        let mut ways = vec![Way::ENDLESS; n];
        let mut offer = |component: u32, way: Way| {
            let best = &mut ways[component as usize];
            if way.distance < best.distance {
                *best = way;
            }
            best.distance
        };
        // What is known still holds as long as it is outside.
        for at in 0..n {
            let (own, to) = (boxes.component[at], known[at].to);
            if to != NONE && boxes.component[to as usize] != own {
                let distance = known[at].at_least;
                let from = at as u32;
                offer(own, Way { distance, from, to });
            } else {
                known[at].to = NONE;
            }
        }
        for at in 0..n {
            let own = boxes.component[at];
            let bound = offer(own, Way::ENDLESS);
            if known[at].to == NONE && known[at].at_least < bound {
                let (distance, to) = boxes.nearest_outside(at, bound);
                pulse(STEPS);
                known[at] = Known {
                    at_least: distance,
                    to,
                };
                if to != NONE {
                    let from = at as u32;
                    offer(own, Way { distance, from, to });
                }
            }
        }
        for Way { distance, from, to } in ways.into_iter().filter(|way| way.from != NONE) {
            let (root_a, root_b) = (forest.root(from), forest.root(to));
            if root_a != root_b {
                forest.join(root_a, root_b);
                merges.push(Merge {
                    leaf_a: boxes.order[from as usize],
                    leaf_b: boxes.order[to as usize],
                    height: distance,
                });
            }
        }
        progress(merges.len() as f64 / n as f64);
    }
    merges
}

/// What a sample has learnt: nothing outside its component is nearer than this; and where it found that, if it did.
#[derive(Clone, Copy)]
struct Known {
    at_least: f64,
    to: u32,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            at_least: 0.0,
            to: NONE,
        }
    }
}

/// Samples in the order of the curve under a tree of boxes: node 1 is the root, node `i` has the children `2 i` and `2 i + 1`.
struct Boxes {
    metric: Metric,
    n_features: usize,
    /// Row at each position.
    order: Vec<u32>,
    /// Position by position, feature by feature.
    points: Vec<f64>,
    /// Component of each position.
    component: Vec<u32>,
    /// Node by node, least and largest value of each feature.
    bounds: Vec<[f64; 2]>,
    /// The component in which a node lies as a whole, or [`NONE`].
    of_node: Vec<u32>,
    n_leaves: usize,
}

impl Boxes {
    fn new(rows: &[Vec<f64>], metric: Metric) -> Self {
        let (n, d) = (rows.len(), rows.first().map_or(0, Vec::len));
        let order = along_curve(n, d, |i, feature| rows[i][feature]);
        let points: Vec<f64> = order
            .iter()
            .flat_map(|&i| rows[i as usize].iter().copied())
            .collect();
        let n_leaves = n.div_ceil(LEAF).next_power_of_two();
        let mut boxes = Self {
            metric,
            n_features: d,
            order,
            points,
            component: vec![0; n],
            bounds: vec![[f64::INFINITY, f64::NEG_INFINITY]; 2 * n_leaves * d],
            of_node: vec![NONE; 2 * n_leaves],
            n_leaves,
        };
        for node in (1..2 * n_leaves).rev() {
            for feature in 0..d {
                let widen = |[a, b]: [f64; 2], [c, d]: [f64; 2]| [a.min(c), b.max(d)];
                let bound = if node < n_leaves {
                    let child = |which: usize| boxes.bounds[(2 * node + which) * d + feature];
                    widen(child(0), child(1))
                } else {
                    let values = boxes.range(node).map(|at| boxes.points[at * d + feature]);
                    values.fold([f64::INFINITY, f64::NEG_INFINITY], |bound, x| {
                        widen(bound, [x, x])
                    })
                };
                boxes.bounds[node * d + feature] = bound;
            }
        }
        boxes
    }

    /// Positions below a node of the lowest level.
    fn range(&self, node: usize) -> std::ops::Range<usize> {
        let (leaf, n) = (node - self.n_leaves, self.order.len());
        leaf * n / self.n_leaves..(leaf + 1) * n / self.n_leaves
    }

    fn join_components(&mut self) {
        for node in (1..2 * self.n_leaves).rev() {
            let same = |a: u32, b: u32| if a == b { a } else { NONE };
            self.of_node[node] = if node < self.n_leaves {
                same(self.of_node[2 * node], self.of_node[2 * node + 1])
            } else {
                let components = self.range(node).map(|at| self.component[at]);
                components.reduce(same).unwrap_or(NONE)
            };
        }
    }

    fn point(&self, at: usize) -> &[f64] {
        &self.points[at * self.n_features..(at + 1) * self.n_features]
    }

    /// No sample of the node is nearer to `point`.
    fn bound(&self, node: usize, point: &[f64]) -> f64 {
        let bounds = &self.bounds[node * self.n_features..(node + 1) * self.n_features];
        let outside = bounds.iter().zip(point).map(|([lower, upper], x)| {
            let gap = if lower - x > x - upper {
                lower - x
            } else {
                x - upper
            };
            if gap > 0.0 { gap } else { 0.0 }
        });
        self.metric.of_differences(outside) * SLACK
    }

    /// The nearest sample outside the component of the one at `position` that is nearer than `bound`, or `(bound, NONE)`.
    fn nearest_outside(&self, position: usize, bound: f64) -> (f64, u32) {
        let mut best = (bound, NONE);
        // From the own leaf upwards: what is near is mostly found at once, and most siblings are passed over.
        let n = self.order.len();
        let mut leaf = position * self.n_leaves / n;
        while !self.range(self.n_leaves + leaf).contains(&position) {
            leaf = if self.range(self.n_leaves + leaf).start > position {
                leaf - 1
            } else {
                leaf + 1
            };
        }
        let mut node = self.n_leaves + leaf;
        self.descend(position, node, &mut best);
        while node > 1 {
            self.descend(position, node ^ 1, &mut best);
            node >>= 1;
        }
        best
    }

    fn descend(&self, position: usize, node: usize, best: &mut (f64, u32)) {
        let (point, own) = (self.point(position), self.component[position]);
        if self.of_node[node] == own || self.bound(node, point) >= best.0 {
            return;
        }
        if node < self.n_leaves {
            let children = [2 * node, 2 * node + 1];
            let [left, right] = children.map(|child| self.bound(child, point));
            let [near, far] = if left <= right {
                children
            } else {
                [children[1], children[0]]
            };
            self.descend(position, near, best);
            self.descend(position, far, best);
            return;
        }
        for at in self.range(node) {
            if self.component[at] != own {
                let distance = self.metric.distance(point, self.point(at));
                if distance < best.0 {
                    *best = (distance, at as u32);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn heights(merges: &[Merge]) -> Vec<f64> {
        let mut heights: Vec<f64> = merges.iter().map(|merge| merge.height).collect();
        heights.sort_by(f64::total_cmp);
        heights
    }

    #[test]
    fn rounds_find_the_spanning_tree_of_one_sample_at_a_time() {
        for (seed, metric) in (0..12).zip(Metric::ALL.into_iter().cycle()) {
            let mut rng = Rng::new(seed);
            let d = 1 + rng.below(5);
            let n = 2 + rng.below(600);
            let rows: Vec<Vec<f64>> = (0..n)
                .map(|_| {
                    (0..d)
                        // Every third set is full of ties, every fourth has a heavy tail.
                        .map(|_| match seed % 12 {
                            0 | 3 | 6 | 9 => rng.below(12) as f64,
                            4 | 8 => libm::exp(4.0 * rng.normal()),
                            _ => rng.normal(),
                        })
                        .collect()
                })
                .collect();
            let (fast, slow) = (
                boruvka(&rows, metric, &mut |_| ()),
                prim(&rows, metric, &mut |_| ()),
            );
            assert_eq!(heights(&fast), heights(&slow), "seed {seed}, {metric:?}");
            let mut forest = Forest::new(n);
            for merge in &fast {
                let (a, b) = (forest.root(merge.leaf_a), forest.root(merge.leaf_b));
                assert_ne!(a, b, "seed {seed}: a circle");
                forest.join(a, b);
                let (a, b) = (&rows[merge.leaf_a as usize], &rows[merge.leaf_b as usize]);
                assert_eq!(merge.height, metric.distance(a, b));
            }
        }
    }
}
