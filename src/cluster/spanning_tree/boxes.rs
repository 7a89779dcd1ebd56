//! Samples under a tree of boxes: a k-d tree (Bentley 1975, Commun. ACM 18) whose cuts follow a curve through space.
//!
//! Node 1 is the root, node `i` has the children `2 i` and `2 i + 1`; the leaves are the last level.

use std::ops::Range;

use crate::cluster::Metric;
use crate::numeric::along_curve;

/// Steps that a search counts for; most take a hundredth of that, a few all.
pub(super) const STEPS: usize = 1 << 14;
/// Samples per leaf at most.
const LEAF: usize = 8;
/// Bounds are lowered by more than rounding can change.
const SLACK: f64 = 1.0 - 1e-14;

/// The tree. `D` is the number of features, filled up with zeros, which change no distance.
pub(super) struct Boxes<const D: usize> {
    metric: Metric,
    /// Row at each position along the curve.
    pub(super) order: Vec<u32>,
    /// The samples, position by position.
    points: Vec<[f64; D]>,
    /// The box of each node.
    sides: Vec<Sides<D>>,
    n_leaves: usize,
}

/// Least and largest value of each feature.
#[derive(Clone, Copy)]
struct Sides<const D: usize> {
    lower: [f64; D],
    upper: [f64; D],
}

impl<const D: usize> Sides<D> {
    fn union(mut self, other: Self) -> Self {
        for feature in 0..D {
            self.lower[feature] = self.lower[feature].min(other.lower[feature]);
            self.upper[feature] = self.upper[feature].max(other.upper[feature]);
        }
        self
    }
}

/// What is looked for around a sample.
pub(super) trait Search {
    /// Nothing from this far on is of interest.
    fn limit(&self) -> f64;
    /// Whether nothing in the node is of interest, wherever it is.
    fn passes_over(&self, node: usize) -> bool;
    /// No sample of the node counts as nearer than this, if its box is that far away.
    fn at_least(&self, node: usize, to_box: f64) -> f64;
    /// Looks at the samples at these positions.
    fn look(&mut self, positions: Range<usize>);
}

impl<const D: usize> Boxes<D> {
    /// Builds the tree over rows of at most `D` features. Cost: O(n log n).
    pub(super) fn new(rows: &[&[f64]], metric: Metric) -> Self {
        let n = rows.len();
        let n_features = rows.first().map_or(0, |row| row.len());
        let order = along_curve(n, n_features, |i, feature| rows[i][feature]);
        let points = order.iter().map(|&i| {
            let mut point = [0.0; D];
            point[..n_features].copy_from_slice(rows[i as usize]);
            point
        });
        let mut boxes = Self {
            metric,
            points: points.collect(),
            order,
            sides: Vec::new(),
            n_leaves: n.div_ceil(LEAF).next_power_of_two(),
        };
        let point = |at: usize| Sides {
            lower: boxes.points[at],
            upper: boxes.points[at],
        };
        let nothing = Sides {
            lower: [f64::INFINITY; D],
            upper: [f64::NEG_INFINITY; D],
        };
        let mut sides = vec![nothing; boxes.n_nodes()];
        boxes.gather(&mut sides, point, Sides::union);
        boxes.sides = sides;
        boxes
    }

    /// Numbers of nodes are below this.
    pub(super) fn n_nodes(&self) -> usize {
        2 * self.n_leaves
    }

    /// What the samples of each node have in common, from what each of them has.
    pub(super) fn gather<T: Copy>(
        &self,
        of_node: &mut [T],
        of_position: impl Fn(usize) -> T,
        join: impl Fn(T, T) -> T,
    ) {
        for node in (1..self.n_nodes()).rev() {
            if node < self.n_leaves {
                of_node[node] = join(of_node[2 * node], of_node[2 * node + 1]);
            } else if let Some(joined) = self.positions(node).map(&of_position).reduce(&join) {
                of_node[node] = joined;
            }
        }
    }

    /// First position in leaf number `leaf`.
    fn start_of(&self, leaf: usize) -> usize {
        // In the browser `usize` has 32 bits, which the product of two counts exceeds.
        ((leaf as u64 * self.order.len() as u64) >> self.n_leaves.trailing_zeros()) as usize
    }

    /// Positions of the samples in a leaf.
    fn positions(&self, leaf_node: usize) -> Range<usize> {
        let leaf = leaf_node - self.n_leaves;
        self.start_of(leaf)..self.start_of(leaf + 1)
    }

    /// The leaf that holds a position.
    fn leaf_of(&self, position: usize) -> usize {
        let leaf = position as u64 * self.n_leaves as u64 / self.order.len() as u64;
        let mut node = self.n_leaves + leaf as usize;
        while self.positions(node).start > position {
            node -= 1;
        }
        while self.positions(node).end <= position {
            node += 1;
        }
        node
    }

    /// Distance of the samples at two positions.
    #[inline]
    pub(super) fn distance(&self, a: usize, b: usize) -> f64 {
        self.metric.distance(&self.points[a], &self.points[b])
    }

    /// No sample of the node is nearer to `point`.
    #[inline]
    fn to_box(&self, node: usize, point: &[f64; D]) -> f64 {
        let Sides { lower, upper } = &self.sides[node];
        let outside = (0..D).map(|feature| {
            let x = point[feature];
            let (below, above) = (lower[feature] - x, x - upper[feature]);
            let gap = if below > above { below } else { above };
            if gap > 0.0 { gap } else { 0.0 }
        });
        self.metric.of_differences(outside) * SLACK
    }

    /// Searches around the sample at `position`, upwards from its own leaf: near samples are mostly found at once, and most
    /// siblings can then be skipped.
    pub(super) fn search(&self, position: usize, search: &mut impl Search) {
        let mut node = self.leaf_of(position);
        let point = &self.points[position];
        self.descend(node, 0.0, point, search);
        while node > 1 {
            let sibling = node ^ 1;
            let to_box = self.unless_passed(sibling, point, search);
            self.descend(sibling, to_box, point, search);
            node >>= 1;
        }
    }

    #[inline]
    fn unless_passed(&self, node: usize, point: &[f64; D], search: &impl Search) -> f64 {
        if search.passes_over(node) {
            f64::INFINITY
        } else {
            self.to_box(node, point)
        }
    }

    fn descend(&self, node: usize, to_box: f64, point: &[f64; D], search: &mut impl Search) {
        if search.at_least(node, to_box) >= search.limit() {
            return;
        }
        if node >= self.n_leaves {
            search.look(self.positions(node));
            return;
        }
        let (left, right) = (2 * node, 2 * node + 1);
        let to_left = self.unless_passed(left, point, search);
        let to_right = self.unless_passed(right, point, search);
        if to_left <= to_right {
            self.descend(left, to_left, point, search);
            self.descend(right, to_right, point, search);
        } else {
            self.descend(right, to_right, point, search);
            self.descend(left, to_left, point, search);
        }
    }
}
