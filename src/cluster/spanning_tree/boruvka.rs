//! The spanning tree by rounds (Borůvka 1926): each component looks for the nearest sample outside it in a tree of boxes.

use std::ops::Range;

use super::boxes::{Boxes, STEPS, Search};
use super::edge::Edge;
use crate::cluster::forest::Forest;
use crate::numeric::pulse;

const NONE: u32 = u32::MAX;

/// The edges of the tree; `cores` are the core distances of the positions.
pub(super) fn boruvka<const D: usize>(
    boxes: &Boxes<D>,
    cores: &[f64],
    progress: &mut dyn FnMut(f64),
) -> Vec<Edge> {
    let n = boxes.order.len();
    let mut forest = Forest::new(n);
    let mut components = Components {
        of_position: vec![0; n],
        of_node: vec![NONE; boxes.n_nodes()],
    };
    let mut least_core = vec![0.0; boxes.n_nodes()];
    boxes.gather(&mut least_core, |at| cores[at], f64::min);
    let known = cores.iter().map(|&core| Known {
        at_least: core,
        to: NONE,
    });
    let mut known: Vec<Known> = known.collect();
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
        // A neighbour found earlier still counts while it is outside the component.
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
                    cores,
                    least_core: &least_core,
                    own,
                    core: cores[at],
                    best: Way {
                        length: bound,
                        from: at as u32,
                        to: NONE,
                    },
                };
                boxes.search(at, &mut search);
                pulse(STEPS);
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

/// A lower bound on the distance from a sample to anything outside its component, and the neighbour at that distance, if found.
#[derive(Clone, Copy)]
struct Known {
    at_least: f64,
    to: u32,
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

/// The components so far.
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
    cores: &'a [f64],
    /// Least core distance below each node.
    least_core: &'a [f64],
    own: u32,
    core: f64,
    best: Way,
}

impl<const D: usize> Search for Outside<'_, D> {
    fn limit(&self) -> f64 {
        self.best.length
    }

    fn passes_over(&self, node: usize) -> bool {
        self.components.of_node[node] == self.own
    }

    fn at_least(&self, node: usize, to_box: f64) -> f64 {
        larger(to_box, larger(self.core, self.least_core[node]))
    }

    fn look(&mut self, positions: Range<usize>) {
        for at in positions {
            if self.components.of_position[at] == self.own {
                continue;
            }
            let distance = self.boxes.distance(self.best.from as usize, at);
            let length = larger(distance, larger(self.core, self.cores[at]));
            if length < self.best.length {
                self.best.length = length;
                self.best.to = at as u32;
            }
        }
    }
}

/// The larger of two numbers, neither of which is NaN.
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}
