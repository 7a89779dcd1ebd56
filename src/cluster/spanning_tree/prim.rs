//! The spanning tree by one sample at a time (Prim 1957, Bell Syst. Tech. J. 36). Cost: O(n^2 n_features).

use super::edge::Edge;
use super::four::Fours;
use crate::cluster::Metric;
use crate::numeric::{F64x4, LANES, pulse};

/// The tree grows by the nearest sample outside it; ties go to the lowest. `cores` are the core distances, `fours` all rows.
pub(super) fn prim(
    rows: &[&[f64]],
    fours: Fours,
    metric: Metric,
    cores: &[f64],
    progress: &mut dyn FnMut(f64),
) -> Vec<Edge> {
    let n = rows.len();
    let mut edges = Vec::with_capacity(n);
    let Some(&core) = cores.first() else {
        return edges;
    };
    let mut outside = Outside::new((0..n as u32).collect(), fours, cores);
    outside.leave(0);
    let mut last = Last { row: 0, core };
    while edges.len() + 1 < n {
        pulse(outside.numbers.len() * rows[0].len());
        if 4 * (n - edges.len()) < 3 * outside.numbers.len() {
            outside = outside.packed(rows, cores);
        }
        let Some(at) = outside.nearest_to(&last, rows[last.row as usize], metric) else {
            break;
        };
        let (row, length) = (outside.numbers[at], outside.nearest[at / LANES][at % LANES]);
        edges.push(Edge {
            a: outside.from[at],
            b: row,
            length,
        });
        last = Last {
            row,
            core: cores[row as usize],
        };
        outside.leave(at);
        if edges.len() % 1024 == 0 {
            progress(edges.len() as f64 / n as f64);
        }
    }
    edges
}

/// The sample that joined the tree last.
struct Last {
    row: u32,
    core: f64,
}

/// The samples outside the tree, and some that have left since they were last packed.
struct Outside {
    /// Row of each, ascending.
    numbers: Vec<u32>,
    fours: Fours,
    /// Core distances by fours; infinite for those that have left.
    cores: Vec<[f64; LANES]>,
    /// Length of the shortest edge to the tree; 0 for those that have left.
    nearest: Vec<[f64; LANES]>,
    /// Where that edge leads.
    from: Vec<u32>,
}

impl Outside {
    fn new(numbers: Vec<u32>, fours: Fours, cores: &[f64]) -> Self {
        let n_blocks = numbers.len().div_ceil(LANES);
        let mut outside = Self {
            fours,
            cores: vec![[f64::INFINITY; LANES]; n_blocks],
            nearest: vec![[f64::INFINITY; LANES]; n_blocks],
            from: vec![0; numbers.len()],
            numbers,
        };
        for (at, &number) in outside.numbers.iter().enumerate() {
            outside.cores[at / LANES][at % LANES] = cores[number as usize];
        }
        outside
    }

    fn leave(&mut self, at: usize) {
        self.cores[at / LANES][at % LANES] = f64::INFINITY;
        self.nearest[at / LANES][at % LANES] = 0.0;
    }

    /// The same without those that have left.
    fn packed(&self, rows: &[&[f64]], cores: &[f64]) -> Self {
        let is_outside = |at: &usize| self.cores[at / LANES][at % LANES] < f64::INFINITY;
        let places: Vec<usize> = (0..self.numbers.len()).filter(is_outside).collect();
        let numbers: Vec<u32> = places.iter().map(|&at| self.numbers[at]).collect();
        let fours = Fours::new(rows, numbers.iter().copied());
        let mut packed = Self::new(numbers, fours, cores);
        for (to, at) in places.into_iter().enumerate() {
            packed.nearest[to / LANES][to % LANES] = self.nearest[at / LANES][at % LANES];
            packed.from[to] = self.from[at];
        }
        packed
    }

    /// Takes the edges to the last sample into account and finds the nearest sample.
    fn nearest_to(&mut self, last: &Last, point: &[f64], metric: Metric) -> Option<usize> {
        let mut best = f64::INFINITY;
        let mut best_at = None;
        for block in 0..self.nearest.len() {
            let cores = F64x4::load(&self.cores[block]);
            let before = F64x4::load(&self.nearest[block]);
            if let Some(distances) = self.fours.distances(metric, point, block, before) {
                let own = F64x4::splat(last.core);
                let cores = cores.where_less(own, own, cores);
                let lengths = distances.where_less(cores, cores, distances);
                if lengths.any_at_most(before) {
                    for (lane, length) in lengths.to_array().into_iter().enumerate() {
                        if length < self.nearest[block][lane] {
                            self.nearest[block][lane] = length;
                            self.from[block * LANES + lane] = last.row;
                        }
                    }
                }
            }
            // Those that have left are kept away by their core distance.
            let nearest = F64x4::load(&self.nearest[block]);
            let nearest = nearest.where_less(cores, cores, nearest);
            if nearest.any_at_most(F64x4::splat(best)) {
                for (lane, length) in nearest.to_array().into_iter().enumerate() {
                    if length < best {
                        best = length;
                        best_at = Some(block * LANES + lane);
                    }
                }
            }
        }
        best_at
    }
}
