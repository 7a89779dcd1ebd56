//! The minimum spanning tree of samples: the shortest edges that join them all.
//!
//! Few samples or many features: Prim's algorithm (1957), O(n^2). Many samples of few features: Borůvka's (1926) in rounds; each
//! component looks for the nearest sample outside it in a tree of boxes, O(n log^2 n) in practice.

use std::ops::Range;

use super::Metric;
use super::boxes::{Boxes, Search};
use super::forest::Forest;

/// Up to so many samples Prim's algorithm is as fast.
const FEW: usize = 2_000;
/// With more features boxes pass over nothing.
const MAX_BOXED_FEATURES: usize = 8;
const NONE: u32 = u32::MAX;

/// An edge between two rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) length: f64,
}

/// The edges of the tree over `rows`, in no order. `progress` hears the share of the work done, in `[0, 1]`.
pub(super) fn spanning_tree(
    rows: &[&[f64]],
    metric: Metric,
    progress: &mut dyn FnMut(f64),
) -> Vec<Edge> {
    let n_features = rows.first().map_or(0, |row| row.len());
    if rows.len() <= FEW || n_features > MAX_BOXED_FEATURES {
        prim(rows, metric, progress)
    } else {
        with_boxes(rows, metric, progress)
    }
}

/// The tree grows by the nearest sample outside it; ties go to the lowest.
fn prim(rows: &[&[f64]], metric: Metric, progress: &mut dyn FnMut(f64)) -> Vec<Edge> {
    let mut edges = Vec::with_capacity(rows.len());
    let mut outside: Vec<u32> = (1..rows.len() as u32).collect();
    let mut nearest = vec![(f64::INFINITY, 0_u32); rows.len()];
    let mut last = 0_u32;
    while !outside.is_empty() {
        let mut best = 0;
        for (at, &i) in outside.iter().enumerate() {
            let distance = metric.distance(rows[i as usize], rows[last as usize]);
            if distance < nearest[i as usize].0 {
                nearest[i as usize] = (distance, last);
            }
            if nearest[i as usize].0 < nearest[outside[best] as usize].0 {
                best = at;
            }
        }
        last = outside.remove(best);
        let (length, a) = nearest[last as usize];
        edges.push(Edge { a, b: last, length });
        if edges.len() % 1024 == 0 {
            progress(edges.len() as f64 / rows.len() as f64);
        }
    }
    edges
}

fn with_boxes(rows: &[&[f64]], metric: Metric, progress: &mut dyn FnMut(f64)) -> Vec<Edge> {
    match rows.first().map_or(0, |row| row.len()) {
        0..=2 => boruvka(&Boxes::<2>::new(rows, metric), progress),
        3..=4 => boruvka(&Boxes::<4>::new(rows, metric), progress),
        _ => boruvka(&Boxes::<MAX_BOXED_FEATURES>::new(rows, metric), progress),
    }
}

fn boruvka<const D: usize>(boxes: &Boxes<D>, progress: &mut dyn FnMut(f64)) -> Vec<Edge> {
    let n = boxes.order.len();
    let mut forest = Forest::new(n);
    let mut components = Components {
        of_position: vec![0; n],
        of_node: vec![NONE; boxes.n_nodes()],
    };
    let mut known = vec![Known::default(); n];
    let mut edges = Vec::with_capacity(n);
    while edges.len() + 1 < n {
        components.find(boxes, &mut forest);
        let component = &components.of_position;
        let mut ways = vec![Way::NONE; n];
        let mut offer = |component: u32, way: Way| {
            let best = &mut ways[component as usize];
            if way.length < best.length {
                *best = way;
            }
            best.length
        };
        // What is known still holds as long as it is outside.
        for at in 0..n {
            let (own, to) = (component[at], known[at].to);
            if to != NONE && component[to as usize] != own {
                let (length, from) = (known[at].at_least, at as u32);
                offer(own, Way { length, from, to });
            } else {
                known[at].to = NONE;
            }
        }
        for at in 0..n {
            let own = component[at];
            let bound = offer(own, Way::NONE);
            if known[at].to == NONE && known[at].at_least < bound {
                let mut search = Outside {
                    boxes,
                    components: &components,
                    own,
                    best: Way {
                        length: bound,
                        from: at as u32,
                        to: NONE,
                    },
                };
                boxes.search(at, &mut search);
                let best = search.best;
                known[at] = Known {
                    at_least: best.length,
                    to: best.to,
                };
                if best.to != NONE {
                    offer(own, best);
                }
            }
        }
        for way in ways.into_iter().filter(|way| way.from != NONE) {
            let (a, b) = (forest.root(way.from), forest.root(way.to));
            if a != b {
                forest.join(a, b);
                edges.push(Edge {
                    a: boxes.order[way.from as usize],
                    b: boxes.order[way.to as usize],
                    length: way.length,
                });
            }
        }
        progress(edges.len() as f64 / n as f64);
    }
    edges
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

/// A way out of a component, between two positions.
#[derive(Clone, Copy)]
struct Way {
    length: f64,
    from: u32,
    to: u32,
}

impl Way {
    const NONE: Self = Self {
        length: f64::INFINITY,
        from: NONE,
        to: NONE,
    };
}

/// Who belongs together already.
struct Components {
    of_position: Vec<u32>,
    /// The component in which a node lies as a whole, or [`NONE`].
    of_node: Vec<u32>,
}

impl Components {
    fn find<const D: usize>(&mut self, boxes: &Boxes<D>, forest: &mut Forest) {
        for (at, component) in self.of_position.iter_mut().enumerate() {
            *component = forest.root(at as u32);
        }
        let same = |a: u32, b: u32| if a == b { a } else { NONE };
        boxes.gather(&mut self.of_node, |at| self.of_position[at], same);
    }
}

/// The nearest sample outside a component that is nearer than what is known.
struct Outside<'a, const D: usize> {
    boxes: &'a Boxes<D>,
    components: &'a Components,
    own: u32,
    best: Way,
}

impl<const D: usize> Search for Outside<'_, D> {
    fn limit(&self) -> f64 {
        self.best.length
    }

    fn at_least(&self, node: usize, to_box: f64) -> f64 {
        if self.components.of_node[node] == self.own {
            f64::INFINITY
        } else {
            to_box
        }
    }

    fn look(&mut self, positions: Range<usize>) {
        for at in positions {
            if self.components.of_position[at] == self.own {
                continue;
            }
            let length = self.boxes.distance(self.best.from as usize, at);
            if length < self.best.length {
                self.best.length = length;
                self.best.to = at as u32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn lengths(edges: &[Edge]) -> Vec<f64> {
        let mut lengths: Vec<f64> = edges.iter().map(|edge| edge.length).collect();
        lengths.sort_by(f64::total_cmp);
        lengths
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
            let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let (fast, slow) = (
                with_boxes(&rows, metric, &mut |_| ()),
                prim(&rows, metric, &mut |_| ()),
            );
            assert_eq!(lengths(&fast), lengths(&slow), "seed {seed}, {metric:?}");
            let mut forest = Forest::new(n);
            for edge in &fast {
                let (a, b) = (forest.root(edge.a), forest.root(edge.b));
                assert_ne!(a, b, "seed {seed}: a circle");
                forest.join(a, b);
                let (a, b) = (rows[edge.a as usize], rows[edge.b as usize]);
                assert_eq!(edge.length, metric.distance(a, b));
            }
        }
    }
}
