//! The nearest centroid of every sample of a screen: cell by cell, block by block where a cell has several.

use super::block::{Assigned, Block, Centres, GROUP, products};
use super::cells::CELL;
use super::screen::Screen;
use crate::numeric::{Matrix, pulse};

/// The label of a sample that has met no centroid yet, and of a cell that has several.
pub(super) const NONE: u32 = u32::MAX;
/// Cells per call of the kernel when all centroids are compared: browsers switch to optimised code only at the next call of a
/// function.
const CELLS: usize = 16;
/// Cells are no longer used when at least this share of the centroids remains per cell.
const IDLE: f64 = 0.6;
/// From this number of features on, distances are computed from products.
const MANY_FEATURES: usize = 5;

/// Labels of all positions, from one assignment to the next.
#[derive(Default)]
pub(super) struct Assignment {
    pub(super) labels: Vec<u32>,
    /// The label of each cell, or [`NONE`].
    of_cells: Vec<u32>,
    /// Whether cells are no longer used.
    is_idle: bool,
    found: Assigned,
    candidates: Vec<u32>,
}

/// What moved in a cell.
pub(super) enum Step<'a> {
    /// All of it, from one cluster to another.
    Cell(u32, u32),
    /// Some samples; their labels are the new ones.
    Samples(&'a mut [u32], &'a Assigned),
}

impl Screen {
    /// An assignment from nothing.
    pub(super) fn new_assignment(&self) -> Assignment {
        Assignment {
            labels: vec![NONE; self.n()],
            of_cells: vec![NONE; self.cells.count()],
            ..Default::default()
        }
    }

    /// An assignment that goes on from the labels of the distinct samples.
    pub(super) fn assignment(&self, labels: &[u32]) -> Assignment {
        let of_order = self.order.iter().map(|&i| labels[i as usize]);
        let mut labels: Vec<u32> = of_order.collect();
        labels.resize(self.n(), NONE);
        Assignment {
            labels,
            of_cells: vec![NONE; self.cells.count()],
            ..Default::default()
        }
    }

    /// Calls `relabel` with every distinct sample whose nearest centroid is not that of the assignment. Where two centroids are as
    /// near as single precision can tell, `verify` decides.
    ///
    /// Coordinates are at most 1, rounding is `u = 2^-24`: a difference is wrong by `4u`, its square by `20u`, the squared
    /// distance over `d` features by `d (20 + 4d) u`; the number of the centroid changes it by a share of at most
    /// `2^(bits - 23)`.
    pub(super) fn assign_verified(
        &self,
        centroids: &Matrix,
        to: &mut Assignment,
        verify: impl Fn(usize) -> u32,
        mut relabel: impl FnMut(usize, u32),
    ) {
        let centres = self.centres(centroids);
        let d = self.n_features as f32;
        let doubt = 2.0 * d * (20.0 + 4.0 * d) * (f32::EPSILON / 2.0);
        self.assign::<true>(&centres, doubt, to, |_, step| {
            let Step::Samples(labels, found) = step else {
                return;
            };
            for &i in &found.doubtful {
                if self.weight(i as usize) > 0.0 {
                    labels[i as usize] = verify(self.distinct(i as usize));
                }
            }
            let moved = found.moves.iter().map(|&(i, _)| i);
            for i in moved.chain(found.doubtful.iter().copied()) {
                if self.weight(i as usize) > 0.0 {
                    relabel(self.distinct(i as usize), labels[i as usize]);
                }
            }
        });
    }

    /// Gives every sample the number of its nearest centroid; `note` hears of cells whose samples moved.
    pub(super) fn assign<const VERIFIED: bool>(
        &self,
        centres: &[f32],
        doubt: f32,
        to: &mut Assignment,
        mut note: impl FnMut(usize, Step),
    ) {
        let d = self.n_features.max(1);
        let k = centres.len() / d;
        let marks = k.next_power_of_two() as u32 - 1;
        let everyone: Vec<u32> = (0..k as u32).collect();
        let by_products = !VERIFIED && d >= MANY_FEATURES;
        let (centres_met, width) = if by_products {
            (products(centres, d), d + 1)
        } else {
            (centres.to_vec(), d)
        };
        let mut few = Vec::new();
        let mut n_met = 0;
        let n_cells = self.cells.count();
        let step = if to.is_idle { CELLS } else { 1 };
        for cell in (0..n_cells).step_by(step) {
            pulse(step * CELL * d * k);
            let range = cell * CELL..((cell + step) * CELL).min(self.n());
            let mut met = Centres {
                values: &centres_met,
                numbers: &everyone,
            };
            if !to.is_idle {
                self.cells
                    .candidates(cell, centres, doubt, &mut to.candidates);
                n_met += to.candidates.len();
                let old = to.of_cells[cell];
                if let [only] = to.candidates[..] {
                    if old == only {
                        continue;
                    }
                    to.of_cells[cell] = only;
                    if !VERIFIED && old != NONE {
                        to.labels[range].fill(only);
                        note(cell, Step::Cell(old, only));
                        continue;
                    }
                } else {
                    to.of_cells[cell] = NONE;
                }
                if to.candidates.len() < k {
                    few.clear();
                    for &number in &to.candidates {
                        few.extend_from_slice(&centres_met[number as usize * width..][..width]);
                    }
                    met = Centres {
                        values: &few,
                        numbers: &to.candidates,
                    };
                }
            }
            let block = Block {
                values: &self.values[range.start / GROUP * d..range.end / GROUP * d],
                start: range.start,
                marks,
                doubt,
            };
            to.found.clear();
            let (labels, _) = to.labels[range].as_chunks_mut::<GROUP>();
            match d {
                // Verified assignments are few: one kernel for any number of features is enough.
                _ if VERIFIED => block.assign_verified(d, &met, labels, &mut to.found),
                1 => block.assign::<1>(&met, labels, &mut to.found),
                2 => block.assign::<2>(&met, labels, &mut to.found),
                3 => block.assign::<3>(&met, labels, &mut to.found),
                4 => block.assign::<4>(&met, labels, &mut to.found),
                _ => block.assign_by_products(d, &met, labels, &mut to.found),
            }
            if !to.found.moves.is_empty() || !to.found.doubtful.is_empty() {
                note(cell, Step::Samples(&mut to.labels, &to.found));
            }
        }
        to.is_idle |= n_met as f64 > IDLE * (k * n_cells) as f64;
    }
}
