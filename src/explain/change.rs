//! The smallest changes of a customer for which some conditions hold, on the grids of its attributes.
//!
//! The conditions are margins: functions of the attributes that are above 0 where they hold, such as how much nearer one centre is
//! than another. Lengths are Euclidean, every attribute in its own unit.
//!
//! ```text
//! one attribute   the nearest value of its grid where all margins are above 0 (`line`)
//! up to three     the nearest point without a grid (`nearest`), then value by value of the coarsest grid about it, the others anew;
//!                 chosen from the four attributes that move most where all may
//! categories      value by value before all others, which then start anew: no point lies between two categories; chosen from the two
//!                 with the shortest moves
//! ```
//!
//! K-Means: the half-space of a centre against another lies at `(|x - c2|^2 - |x - c1|^2) / (2 |c2 - c1|)`; a mixture: one equation
//! for the multiplier of the quadratic between two components (Vardakas, Karra, Pitoura & Likas 2025, arXiv 2501.10234). Both are
//! points without a grid: what is found is at most as long as their next values outwards, where those are possible. The margins
//! themselves check every result.

use super::search::{Margins, Scope, Search, with};
use crate::numeric::{order_by, sorted_by};

/// At most so many changes are told.
const MOST_TOLD: usize = 3;
/// At most so many attributes change together: nobody acts on a list of twenty.
const MOST_TOGETHER: usize = 3;
/// Attributes that three are chosen from.
const RANKED: usize = 4;
/// Categories beside them.
const RANKED_CATEGORIES: usize = 2;
/// Up to so many values of a grid are all tried; of more, those about the nearest point without a grid.
const FEW: u64 = 12;
/// On each side of it.
const ABOUT: u64 = 2;

/// A change for which all conditions hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The attributes after it.
    pub to: Vec<f64>,
    /// Its length in units.
    pub length: f64,
}

/// At most three changes, the shortest first: of one attribute each, and of up to three together where that is shorter than all of
/// them. `inside` is a place where the conditions are likely to hold. Empty where they hold already, or nowhere that is found.
pub fn smallest_changes(
    at: &[f64],
    scopes: &[Scope],
    margins: &Margins,
    inside: &[f64],
) -> Vec<Found> {
    let search = Search {
        at,
        scopes,
        margins,
    };
    if search.holds(at) {
        return Vec::new();
    }
    let alone = |which: usize| {
        let to = search.line(at, which, f64::INFINITY)?;
        Some(search.found(with(at, which, to)))
    };
    let mut found: Vec<Found> = (0..at.len()).filter_map(alone).collect();
    found = sorted_by(found, |a, b| a.length.total_cmp(&b.length));
    if let Some(together) = search.together(&found, inside) {
        found.insert(0, together);
    }
    found.truncate(MOST_TOLD);
    found
}

impl Search<'_> {
    fn found(&self, to: Vec<f64>) -> Found {
        let squares = (0..to.len()).map(|which| self.square(which, to[which]));
        Found {
            length: squares.sum::<f64>().sqrt(),
            to,
        }
    }

    /// The smallest change of two or three attributes that is shorter than all of one.
    fn together(&self, alone: &[Found], inside: &[f64]) -> Option<Found> {
        let may_move = |which: &usize| self.scopes[*which].grid.n() > 0;
        let is_category = |which: &usize| self.scopes[*which].is_category();
        let may_move = (0..self.at.len()).filter(may_move);
        let (categories, free): (Vec<usize>, Vec<usize>) = may_move.partition(is_category);
        let of_numbers = |found: &&Found| free.iter().any(|&at| found.to[at] != self.at[at]);
        let starts = alone.iter().filter(of_numbers);
        let starts = starts.map(|found| found.to.as_slice());
        let starts: Vec<&[f64]> = starts.take(RANKED).chain([inside]).collect();
        let mut ranked = if free.len() > RANKED {
            // Where numbers alone lead nowhere, a category may.
            let or_inside = || (!categories.is_empty()).then(|| inside.to_vec());
            let aim = self.nearest(self.at, &free, &starts).or_else(or_inside)?;
            let size = |at: usize| self.square(free[at], aim[free[at]]);
            let order = order_by(free.len(), &mut |a, b| size(b).total_cmp(&size(a)));
            let most = order.into_iter().take(RANKED);
            most.map(|at| free[at as usize]).collect()
        } else {
            free
        };
        let shortest = |which: &usize| {
            let grid = &self.scopes[*which].grid;
            let squares = (0..grid.n()).map(|at| self.square(*which, grid.value(at)));
            squares.fold(f64::INFINITY, f64::min)
        };
        let categories = sorted_by(categories, |a, b| shortest(a).total_cmp(&shortest(b)));
        ranked.extend(categories.into_iter().take(RANKED_CATEGORIES));
        let mut best = Best {
            square: alone.first().map_or(f64::INFINITY, |it| it.length.powi(2)),
            to: None,
        };
        // Every choice of as many as may move together.
        let n_chosen = MOST_TOGETHER.min(ranked.len());
        for choice in (0..1_u32 << ranked.len()).rev() {
            if choice.count_ones() as usize == n_chosen {
                let is_chosen = |at: &usize| choice >> at & 1 == 1;
                let chosen = (0..ranked.len()).filter(is_chosen);
                let chosen: Vec<usize> = chosen.map(|at| ranked[at]).collect();
                self.step_by_step(self.at, &chosen, &starts, &mut best);
            }
        }
        let to = best.to?;
        let n_moves = to.iter().zip(self.at).filter(|(to, from)| to != from);
        (n_moves.count() > 1).then(|| self.found(to))
    }

    /// Moves the attributes in `free`, categories first, then that of the coarsest grid; the others of `point` stay.
    fn step_by_step(&self, point: &[f64], free: &[usize], starts: &[&[f64]], best: &mut Best) {
        let moved = (0..point.len()).map(|which| self.square(which, point[which]));
        let before: f64 = moved.sum();
        let left = best.square - before;
        if left <= 0.0 {
            return;
        }
        let coarse = |which: &usize| {
            let scope = &self.scopes[*which];
            if scope.is_category() {
                f64::INFINITY
            } else {
                scope.grid.step() / scope.unit
            }
        };
        let Some(&which) = free.iter().max_by(|a, b| coarse(a).total_cmp(&coarse(b))) else {
            return;
        };
        let reach = left.sqrt() * self.scopes[which].unit;
        if free.len() == 1 {
            if let Some(value) = self.line(point, which, reach) {
                best.offer(
                    before + self.square(which, value),
                    with(point, which, value),
                );
            }
            return;
        }
        let rest: Vec<usize> = free.iter().copied().filter(|it| *it != which).collect();
        let (start, grid) = (self.at[which], &self.scopes[which].grid);
        let has_few = |which: &usize| self.scopes[*which].grid.n() <= FEW;
        let (mut values, mut about) = (vec![start], None);
        if self.scopes[which].is_category() || free.iter().all(has_few) {
            values.extend((0..grid.n()).map(|at| grid.value(at)));
        } else {
            let aim = self.nearest(point, free, starts);
            if let Some(aim) = &aim {
                let outwards = self.outwards(aim, free);
                if self.holds(&outwards) {
                    best.offer(self.found(outwards.clone()).length.powi(2), outwards);
                }
            }
            let range = match &aim {
                _ if has_few(&which) => 0..grid.n(),
                Some(aim) => {
                    let at = grid.n_up_to(aim[which]);
                    at.saturating_sub(ABOUT)..(at + ABOUT).min(grid.n())
                }
                None => 0..0,
            };
            values.extend(range.map(|at| grid.value(at)));
            about = aim;
        }
        // From the nearest point on, unless there is none.
        let about = about.as_ref().map(|aim| vec![aim.as_slice()]);
        let starts = about.as_deref().unwrap_or(starts);
        // The shortest moves first: what they find leaves the longer ones out.
        for value in self.nearest_first(which, values) {
            if self.apart(which, value) <= reach {
                self.step_by_step(&with(point, which, value), &rest, starts, best);
            }
        }
    }

    /// The next values of the grids outwards, seen from the customer.
    fn outwards(&self, aim: &[f64], free: &[usize]) -> Vec<f64> {
        let mut to = aim.to_vec();
        for &which in free {
            let (start, grid) = (self.at[which], &self.scopes[which].grid);
            let n_up_to = grid.n_up_to(aim[which]);
            let is_on_grid = n_up_to > 0 && grid.value(n_up_to - 1) == aim[which];
            if aim[which] == start || is_on_grid {
                continue;
            }
            to[which] = if aim[which] < start {
                grid.value(n_up_to.saturating_sub(1))
            } else {
                grid.value(n_up_to.min(grid.n() - 1))
            };
        }
        to
    }
}

/// The shortest of several attributes so far.
struct Best {
    /// Its squared length; that of the shortest of one attribute before there is any.
    square: f64,
    to: Option<Vec<f64>>,
}

impl Best {
    fn offer(&mut self, square: f64, to: Vec<f64>) {
        if square < self.square {
            (self.square, self.to) = (square, Some(to));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
