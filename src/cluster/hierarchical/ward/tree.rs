//! A balanced k-d tree over cluster centres (Bentley 1975, Commun. ACM 18) that finds the nearest cluster in Ward's distance.
//!
//! The clusters lie in the order of the tree: a node covers a range of positions, so that the tree itself is a list of boxes.
//!
//! ```text
//! d(A, B)^2 >= 2 a s / (a + s) D^2      D: distance of c_A to the box of a node,  s: least size of a cluster in it
//! ```

use std::ops::Range;

use crate::numeric::pulse;

/// Clusters per leaf of the tree at most.
const LEAF: usize = 8;
/// Bounds are lowered by more than rounding can change.
const SLACK: f64 = 1.0 - 1e-14;

/// A cluster that is not merged yet. `D` is the number of features, filled up with zeros.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster<const D: usize> {
    /// Mean of its samples.
    pub(super) centre: [f64; D],
    /// Number of its samples.
    pub(super) size: f64,
    /// Lowest leaf of the dendrogram in it.
    pub(super) leaf: u32,
    /// Round in which it was made; 0 for a single distinct sample.
    pub(super) born: u32,
}

impl<const D: usize> Cluster<D> {
    /// The squared distance of Ward's method; the same bits for either order of the two.
    pub(super) fn squared_ward(&self, other: &Self) -> f64 {
        2.0 * self.size * other.size / (self.size + other.size) * self.squared_euclidean(other)
    }

    fn squared_euclidean(&self, other: &Self) -> f64 {
        let mut sum = 0.0;
        for feature in 0..D {
            let difference = self.centre[feature] - other.centre[feature];
            sum += difference * difference;
        }
        sum
    }

    /// Order among pairs at the same distance: pairs of older clusters first, then by a scrambled number, so that ties do not
    /// line up into chains in which only one pair is reciprocal.
    fn tie(&self, other: &Self) -> (u32, u64, u64) {
        let pair =
            u64::from(self.leaf.min(other.leaf)) << 32 | u64::from(self.leaf.max(other.leaf));
        let mut scrambled = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        scrambled ^= scrambled >> 29;
        (
            self.born.max(other.born),
            scrambled.wrapping_mul(0xBF58_476D_1CE4_E5B9),
            pair,
        )
    }
}

/// What the clusters of a node have in common.
#[derive(Clone, Copy, Debug)]
struct Node<const D: usize> {
    lower: [f64; D],
    upper: [f64; D],
    least_size: f64,
}

impl<const D: usize> Node<D> {
    const EMPTY: Self = Self {
        lower: [f64::INFINITY; D],
        upper: [f64::NEG_INFINITY; D],
        least_size: f64::INFINITY,
    };

    fn with(self, cluster: &Cluster<D>) -> Self {
        self.union(&Self {
            lower: cluster.centre,
            upper: cluster.centre,
            least_size: cluster.size,
        })
    }

    fn union(mut self, other: &Self) -> Self {
        for feature in 0..D {
            let (lower, upper) = (other.lower[feature], other.upper[feature]);
            self.lower[feature] = if lower < self.lower[feature] {
                lower
            } else {
                self.lower[feature]
            };
            self.upper[feature] = if upper > self.upper[feature] {
                upper
            } else {
                self.upper[feature]
            };
        }
        self.least_size = if other.least_size < self.least_size {
            other.least_size
        } else {
            self.least_size
        };
        self
    }

    /// No cluster of the node is nearer to `cluster` than this, in squared Ward distance.
    fn bound(&self, cluster: &Cluster<D>) -> f64 {
        let mut sum = 0.0;
        for feature in 0..D {
            let x = cluster.centre[feature];
            let (below, above) = (self.lower[feature] - x, x - self.upper[feature]);
            let outside = if below > above { below } else { above };
            let outside = if outside > 0.0 { outside } else { 0.0 };
            sum += outside * outside;
        }
        sum * (2.0 * cluster.size * self.least_size / (cluster.size + self.least_size)) * SLACK
    }
}

/// The nearest cluster so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nearest {
    pub(super) position: u32,
    pub(super) squared_distance: f64,
}

/// The tree. Node 1 is the root, node `i` has the children `2 i` and `2 i + 1`; the leaves are the last level.
#[derive(Debug)]
pub(super) struct Tree<const D: usize> {
    pub(super) clusters: Vec<Cluster<D>>,
    nodes: Vec<Node<D>>,
    /// Levels below the root.
    depth: u32,
}

impl<const D: usize> Tree<D> {
    /// Orders the clusters and builds the tree. Cost: O(n log n).
    pub(super) fn build(clusters: &[Cluster<D>]) -> Self {
        let n = clusters.len();
        let mut order: Vec<u32> = (0..n as u32).collect();
        let mut split = Split {
            clusters,
            depth: depth_for(n),
            keys: Vec::with_capacity(n),
        };
        split.node(&mut order, 0, 0, 0);
        let ordered = order.into_iter().map(|i| clusters[i as usize]);
        Self::over(ordered.collect())
    }

    /// Builds the tree over clusters that are already in a good order. Cost: O(n).
    pub(super) fn over(clusters: Vec<Cluster<D>>) -> Self {
        let depth = depth_for(clusters.len());
        let mut tree = Self {
            clusters,
            nodes: Vec::new(),
            depth,
        };
        tree.measure();
        tree
    }

    fn measure(&mut self) {
        let n_leaves = 1 << self.depth;
        self.nodes.clear();
        self.nodes.resize(2 * n_leaves, Node::EMPTY);
        for node in (1..2 * n_leaves).rev() {
            self.nodes[node] = if node >= n_leaves {
                self.clusters[self.range(node)]
                    .iter()
                    .fold(Node::EMPTY, Node::with)
            } else {
                self.nodes[2 * node].union(&self.nodes[2 * node + 1])
            };
        }
    }

    /// Number of leaves.
    pub(super) fn n_leaves(&self) -> usize {
        1 << self.depth
    }

    /// Positions in leaf number `leaf`.
    pub(super) fn leaf(&self, leaf: usize) -> Range<usize> {
        self.range(self.n_leaves() + leaf)
    }

    fn range(&self, leaf_node: usize) -> Range<usize> {
        let leaf = leaf_node - (1 << self.depth);
        start_of(leaf, self.clusters.len(), self.depth)
            ..start_of(leaf + 1, self.clusters.len(), self.depth)
    }

    /// The cluster nearest to the one at `position`, which lies in leaf number `leaf`.
    #[inline(never)]
    pub(super) fn nearest(&self, position: usize, leaf: usize) -> Nearest {
        let mut node = self.n_leaves() + leaf;
        let mut best = Nearest {
            position: u32::MAX,
            squared_distance: f64::INFINITY,
        };
        self.scan(position, node, &mut best);
        let origin = &self.clusters[position];
        // Upwards from its own leaf: near clusters are mostly found at once, and most siblings are skipped.
        while node > 1 {
            let sibling = node ^ 1;
            if self.nodes[sibling].bound(origin) <= best.squared_distance {
                self.descend(position, sibling, &mut best);
            }
            node >>= 1;
        }
        best
    }

    fn descend(&self, position: usize, node: usize, best: &mut Nearest) {
        if node >= self.n_leaves() {
            self.scan(position, node, best);
            return;
        }
        let origin = &self.clusters[position];
        let (left, right) = (2 * node, 2 * node + 1);
        let (of_left, of_right) = (
            self.nodes[left].bound(origin),
            self.nodes[right].bound(origin),
        );
        let order = if of_left <= of_right {
            [(left, of_left), (right, of_right)]
        } else {
            [(right, of_right), (left, of_left)]
        };
        for (child, bound) in order {
            if bound <= best.squared_distance {
                self.descend(position, child, best);
            }
        }
    }

    fn scan(&self, position: usize, leaf_node: usize, best: &mut Nearest) {
        let origin = &self.clusters[position];
        let range = self.range(leaf_node);
        let least_size = self.nodes[leaf_node].least_size;
        let factor = 2.0 * origin.size * least_size / (origin.size + least_size) * SLACK;
        for (at, other) in range.clone().zip(&self.clusters[range]) {
            // No division is needed if the bound of the leaf is enough.
            if at == position || origin.squared_euclidean(other) * factor > best.squared_distance {
                continue;
            }
            let squared_distance = origin.squared_ward(other);
            let is_nearer = squared_distance < best.squared_distance
                || squared_distance == best.squared_distance
                    && (best.position == u32::MAX
                        || origin.tie(other) < origin.tie(&self.clusters[best.position as usize]));
            if is_nearer {
                *best = Nearest {
                    position: at as u32,
                    squared_distance,
                };
            }
        }
    }
}

/// Levels below the root, so that a leaf has few clusters.
fn depth_for(n: usize) -> u32 {
    (n / LEAF).checked_ilog2().map_or(0, |levels| levels + 1)
}

/// First position of node `number` among the `2^level` nodes of its level.
fn start_of(number: usize, n: usize, level: u32) -> usize {
    ((number as u64 * n as u64) >> level) as usize
}

/// Orders the clusters of a node so that each child gets one half along the longest side of the box.
struct Split<'a, const D: usize> {
    clusters: &'a [Cluster<D>],
    depth: u32,
    keys: Vec<(f64, u32)>,
}

impl<const D: usize> Split<'_, D> {
    /// `order` are the clusters of node `number` of a level; `offset` is the position of the first.
    fn node(&mut self, order: &mut [u32], offset: usize, number: usize, level: u32) {
        if level == self.depth {
            return;
        }
        pulse(order.len() * D);
        let of = |i: &u32| &self.clusters[*i as usize];
        let sides = order.iter().map(of).fold(Node::EMPTY, Node::with);
        let side = |feature: usize| sides.upper[feature] - sides.lower[feature];
        let longest = (1..D).fold(0, |longest, feature| {
            if side(feature) > side(longest) {
                feature
            } else {
                longest
            }
        });
        let middle = start_of(2 * number + 1, self.clusters.len(), level + 1) - offset;
        self.keys.clear();
        self.keys
            .extend(order.iter().map(|i| (of(i).centre[longest], *i)));
        halve(&mut self.keys, middle);
        for (place, &(_, i)) in order.iter_mut().zip(&self.keys) {
            *place = i;
        }
        let (left, right) = order.split_at_mut(middle);
        self.node(left, offset, 2 * number, level + 1);
        self.node(right, offset + middle, 2 * number + 1, level + 1);
    }
}

/// Puts the `middle` smallest keys first; equal ones by their number.
#[inline(never)]
fn halve(keys: &mut [(f64, u32)], middle: usize) {
    if middle < keys.len() {
        keys.select_nth_unstable_by(middle, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    }
}
