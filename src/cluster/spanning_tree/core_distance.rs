//! Core distances: how far a sample must reach to have enough samples around it.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::boxes::{Boxes, STEPS, Search};
use super::edge::Neighbourhood;
use super::four::Fours;
use crate::cluster::Metric;
use crate::numeric::{F64x4, LANES, pulse};

/// A guess is raised by more than rounding can change.
const LOOSE: f64 = 1.0 + 1e-14;

/// Core distances of all rows, from all pairs. Cost: O(n^2 n_features).
pub(super) fn pair_by_pair(
    rows: &[&[f64]],
    fours: &Fours,
    metric: Metric,
    neighbourhood: Neighbourhood,
    progress: &mut dyn FnMut(f64),
) -> Vec<f64> {
    let weights = neighbourhood.weights;
    let mut nearest = Nearest::of(neighbourhood.min_samples);
    let mut cores = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        nearest.start(weights[i], f64::INFINITY);
        // Starts at its own block: sorted rows are near their neighbours, and near rows let the search skip the rest.
        let (first, n_blocks) = (i / LANES, rows.len().div_ceil(LANES));
        for block in (first..n_blocks).chain(0..first) {
            if nearest.limit == 0.0 {
                break;
            }
            let limit = F64x4::splat(nearest.limit);
            let Some(distances) = fours.distances(metric, row, block, limit) else {
                continue;
            };
            if distances.any_at_most(limit) {
                let others = (block * LANES..rows.len()).zip(distances.to_array());
                for (other, distance) in others.filter(|&(other, _)| other != i) {
                    nearest.offer(distance, weights[other]);
                }
            }
        }
        cores.push(nearest.reach());
        if cores.len() % 1024 == 0 {
            progress(cores.len() as f64 / rows.len() as f64);
        }
    }
    cores
}

/// Core distances of all positions. Cost: O(n log n) in practice.
pub(super) fn in_boxes<const D: usize>(
    boxes: &Boxes<D>,
    neighbourhood: Neighbourhood,
    progress: &mut dyn FnMut(f64),
) -> Vec<f64> {
    let n = boxes.order.len();
    let of_row = |&row: &u32| neighbourhood.weights[row as usize];
    let weights: Vec<f64> = boxes.order.iter().map(of_row).collect();
    let mut around = Around {
        boxes,
        weights: &weights,
        origin: 0,
        nearest: Nearest::of(neighbourhood.min_samples),
    };
    let mut cores = Vec::with_capacity(n);
    for at in 0..n {
        around.origin = at;
        pulse(STEPS);
        // A first guess by the triangle inequality: what is enough around the neighbour on the curve is not much farther from here.
        let guess = cores.last().map_or(f64::INFINITY, |&core| {
            (core + boxes.distance(at - 1, at)) * LOOSE
        });
        for limit in [guess, f64::INFINITY] {
            around.nearest.start(weights[at], limit);
            boxes.search(at, &mut around);
            if around.nearest.is_enough() {
                break;
            }
        }
        cores.push(around.nearest.reach());
        if at % 16_384 == 0 {
            progress(at as f64 / n as f64);
        }
    }
    cores
}

/// The samples around one.
struct Around<'a, const D: usize> {
    boxes: &'a Boxes<D>,
    /// Samples at each position.
    weights: &'a [f64],
    origin: usize,
    nearest: Nearest,
}

impl<const D: usize> Search for Around<'_, D> {
    fn limit(&self) -> f64 {
        self.nearest.limit
    }

    fn passes_over(&self, _: usize) -> bool {
        false
    }

    fn at_least(&self, _: usize, to_box: f64) -> f64 {
        to_box
    }

    fn look(&mut self, positions: Range<usize>) {
        for at in positions.filter(|&at| at != self.origin) {
            let distance = self.boxes.distance(self.origin, at);
            self.nearest.offer(distance, self.weights[at]);
        }
    }
}

/// The nearest so far that are enough together.
struct Nearest {
    wanted: f64,
    /// With the farthest on top.
    found: BinaryHeap<Found>,
    /// Sum of their weights, with that of the sample itself.
    weight: f64,
    /// Nothing from this far on is among them.
    limit: f64,
}

struct Found {
    distance: f64,
    weight: f64,
}

impl Nearest {
    fn of(min_samples: usize) -> Self {
        Self {
            wanted: min_samples as f64,
            found: BinaryHeap::new(),
            weight: 0.0,
            limit: f64::INFINITY,
        }
    }

    /// Forgets all but the sample itself and its equals, which are `weight` samples.
    fn start(&mut self, weight: f64, limit: f64) {
        self.found.clear();
        self.weight = weight;
        self.limit = if self.is_enough() { 0.0 } else { limit };
    }

    fn is_enough(&self) -> bool {
        self.weight >= self.wanted
    }

    /// How far the farthest is; 0 for the sample itself.
    fn reach(&self) -> f64 {
        self.found.peek().map_or(0.0, |found| found.distance)
    }

    fn offer(&mut self, distance: f64, weight: f64) {
        if distance >= self.limit {
            return;
        }
        self.found.push(Found { distance, weight });
        self.weight += weight;
        while let Some(farthest) = self.found.peek()
            && self.weight - farthest.weight >= self.wanted
        {
            self.weight -= farthest.weight;
            self.found.pop();
        }
        if self.is_enough() {
            self.limit = self.reach();
        }
    }
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        self.distance.total_cmp(&other.distance)
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Found {}
