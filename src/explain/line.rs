//! The nearest value of one attribute where all margins are above 0: the search along one axis of `change`.
//!
//! ```text
//! a grid of few values      all of them, outwards
//! a category                all of them, the shortest move first
//! margins of degree two     their roots along the axis, from three points each: K-Means and mixtures on columns as they are; the
//!                           nearest value of the grid lies next to a root
//! other margins             1,024 values outwards on each side, then halving to the border
//! ```

use super::grid::Grid;
use super::search::{Search, with};

/// Grids of at most so many values are tried value by value: before roots are searched for, and where they are no help.
const FEW: u64 = 32;
const SOME: u64 = 2_048;
/// Values tried outwards on a finer grid.
const SCANNED: u64 = 1_024;
/// Roots are found up to so many steps of the grid, rounding included.
const DOUBT: i64 = 64;
/// A margin is of degree two if it is at two further points, relative to its size.
const DEGREE: f64 = 1e-7;

impl Search<'_> {
    /// The nearest value of the grid, at most `reach` from that of the customer; the customer's own, if all margins are above 0 with it.
    pub(super) fn line(&self, point: &[f64], which: usize, reach: f64) -> Option<f64> {
        let (start, grid) = (self.at[which], &self.scopes[which].grid);
        let is_right = |value: f64| self.holds(&with(point, which, value));
        if is_right(start) {
            return Some(start);
        }
        if self.scopes[which].is_category() {
            let values = (0..grid.n()).map(|at| grid.value(at)).collect();
            let mut values = self.nearest_first(which, values).into_iter();
            return values.find(|&value| self.apart(which, value) <= reach && is_right(value));
        }
        if grid.n() <= FEW {
            return outwards(grid, start, 1).find_map(|at| {
                let value = grid.value(at);
                ((value - start).abs() <= reach && is_right(value)).then_some(value)
            });
        }
        let found = if let Some(borders) = self.borders(point, which) {
            let near = borders.into_iter();
            let near = near.filter_map(|border| beyond(grid, start, border, &is_right));
            near.min_by(|a, b| (a - start).abs().total_cmp(&(b - start).abs()))
        } else {
            let step = if grid.n() <= SOME {
                1
            } else {
                grid.n() / SCANNED
            };
            let mut near = outwards(grid, start, step)
                .take_while(|&at| (grid.value(at) - start).abs() <= reach);
            let at = near.find(|&at| is_right(grid.value(at)));
            at.map(|at| inwards(grid, start, at, step, &is_right))
        };
        found.filter(|value| (value - start).abs() <= reach)
    }

    /// Where the margins change sign along an attribute; `None` where they are not of degree two in it.
    fn borders(&self, point: &[f64], which: usize) -> Option<Vec<f64>> {
        let grid = &self.scopes[which].grid;
        let (low, high) = (grid.value(0), grid.value(grid.n() - 1));
        let place = |share: f64| low + share * (high - low);
        let margins = |share: f64| (self.margins)(&with(point, which, place(share)));
        let [first, middle, last, check, other] = [0.0, 0.5, 1.0, 0.2, 0.7].map(margins);
        let n = first.len();
        if [&middle, &last, &check, &other]
            .iter()
            .any(|it| it.len() != n)
        {
            return None;
        }
        let mut borders = Vec::new();
        for i in 0..n {
            let (c, half, end) = (first[i], middle[i], last[i]);
            let a = 2.0 * (c - 2.0 * half + end);
            let b = 4.0 * half - 3.0 * c - end;
            let size = c.abs() + half.abs() + end.abs();
            let is_off =
                |share: f64, x: f64| ((a * share + b) * share + c - x).abs() > DEGREE * size;
            if !size.is_finite() || is_off(0.2, check[i]) || is_off(0.7, other[i]) {
                return None;
            }
            borders.extend(roots(a, b, c).into_iter().flatten().map(place));
        }
        Some(borders)
    }
}

/// The roots of `a x^2 + b x + c` between 0 and 1, where it has any.
fn roots(a: f64, b: f64, c: f64) -> [Option<f64>; 2] {
    let within = |x: f64| (-1e-9..=1.0 + 1e-9).contains(&x).then_some(x);
    let square = b * b - 4.0 * a * c;
    // A root that rounding hides is one of touching: the sign stays.
    if square < 0.0 {
        return [None, None];
    }
    // Sums of numbers of one sign: no digits are lost.
    let sum = -0.5 * (b + square.sqrt().copysign(b));
    [within(sum / a), within(c / sum)]
}

/// Positions of a grid from `start` outwards, every `step`-th on each side, the nearer first.
fn outwards(grid: &Grid, start: f64, step: u64) -> impl Iterator<Item = u64> {
    let n_up_to = grid.n_up_to(start);
    // The value of the customer itself is no change.
    let is_on_grid = n_up_to > 0 && grid.value(n_up_to - 1) == start;
    // The last step of a side is shorter.
    let lower = move |at: u64| (at > 0).then(|| at.saturating_sub(step));
    let n = grid.n();
    let upper = move |at: u64| (at < n).then(|| (at + step).min(n));
    // `above` counts from 1.
    let mut below = lower(n_up_to - u64::from(is_on_grid));
    let mut above = upper(n_up_to);
    std::iter::from_fn(move || {
        let apart = |at: u64| (grid.value(at) - start).abs();
        let takes_below = match (below, above) {
            (Some(below), Some(above)) => apart(below) <= apart(above - 1),
            (at, _) => at.is_some(),
        };
        if takes_below {
            let at = below;
            below = below.and_then(lower);
            at
        } else {
            let at = above;
            above = above.and_then(upper);
            at.map(|at| at - 1)
        }
    })
}

/// From a position where all is right back towards the customer, by halving the last step.
fn inwards(grid: &Grid, start: f64, at: u64, step: u64, is_right: &dyn Fn(f64) -> bool) -> f64 {
    let is_above = grid.value(at) > start;
    let value = |back: u64| {
        let at = if is_above {
            at.checked_sub(back)
        } else {
            Some(at + back)
        };
        at.filter(|&at| at < grid.n()).map(|at| grid.value(at))
    };
    let is_there = |back: u64| {
        value(back)
            .is_some_and(|value| value != start && (value > start) == is_above && is_right(value))
    };
    let (mut right, mut wrong) = (0, step);
    while wrong - right > 1 {
        let middle = u64::midpoint(right, wrong);
        if is_there(middle) {
            right = middle;
        } else {
            wrong = middle;
        }
    }
    value(right).unwrap_or(start)
}

/// The first value at or beyond a border, seen from the customer, where all is right.
fn beyond(grid: &Grid, start: f64, border: f64, is_right: &dyn Fn(f64) -> bool) -> Option<f64> {
    let (n, n_up_to) = (grid.n() as i64, grid.n_up_to(border) as i64);
    let (outer, first) = if border >= start {
        let is_on_grid = n_up_to > 0 && grid.value(n_up_to as u64 - 1) == border;
        (1, n_up_to - i64::from(is_on_grid))
    } else {
        (-1, n_up_to - 1)
    };
    let value = |steps: i64| {
        let at = first + outer * steps;
        (0..n).contains(&at).then(|| grid.value(at as u64))
    };
    let right = |steps: i64| {
        value(steps).is_some_and(|value| (value > start) == (outer > 0) && is_right(value))
    };
    // Outwards until it is right, then back by halving.
    let (mut wrong, mut far) = (-1, 0);
    while !right(far) {
        wrong = far;
        far = if far == 0 { 1 } else { 2 * far };
        if far > DOUBT {
            return None;
        }
    }
    if far == 0 {
        while right(wrong) {
            far = wrong;
            wrong *= 2;
            if wrong < -DOUBT {
                break;
            }
        }
    }
    while far - wrong > 1 {
        let middle = i64::midpoint(wrong, far);
        if right(middle) {
            far = middle;
        } else {
            wrong = middle;
        }
    }
    value(far)
}
