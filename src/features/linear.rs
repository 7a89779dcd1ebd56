//! Whether a column lies on a straight line over another: a copy, the same in another unit, what is left of a fixed total.
//!
//! ```text
//! slope   (y_2 - y_1) / (x_2 - x_1),   shift  y_1 - slope x_1        1, 2: the rows of the smallest and the largest x
//! on it   |y - slope x - shift| <= 1e-9 of the width of y, or where both are rounded what rounding leaves:
//!         2 (h_y + |slope| h_x), h half of the last digit: of the row itself and of the two that the line is drawn through
//! ```
//!
//! Rounding is accepted only up to a thousandth of the width, where chance keeps no ten rows on a line.

use crate::numeric::{of_steps, pulse};

/// Largest distance from the line, as a share of the width.
const EXACT: f64 = 1e-9;
/// Largest distance that rounding explains, as a share of the width.
const ROUNDED: f64 = 1e-3;

/// A few rows show that most pairs of columns are on no line.
const FEW: usize = 32;

/// A straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    slope: f64,
    shift: f64,
}

/// A column with its decimals, if it is rounded, and the difference of its largest and smallest value.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) values: &'a [f64],
    pub(super) decimals: Option<i32>,
    pub(super) width: f64,
}

impl Written<'_> {
    /// Half of its last digit.
    pub(super) fn half(&self) -> f64 {
        let digit = self.decimals.map(|decimals| of_steps(1, -decimals));
        digit.map_or(0.0, |digit| 0.5 * digit)
    }
}

impl Line {
    /// The line of `y` over `x`, if all rows that have both lie on it and these are at least `least`; every `y` needs its `x`.
    pub(super) fn of(y: Written, x: Written, least: usize) -> Option<Self> {
        let rows = || x.values.iter().zip(y.values).filter(|(_, y)| !y.is_nan());
        if !may_be_on_one(&rows().take(FEW), ROUNDED.max(EXACT) * y.width) {
            return None;
        }
        // The order of rows decides nothing: where x is the same y must be, too.
        let first = rows().min_by(|a, b| a.0.total_cmp(b.0).then(a.1.total_cmp(b.1)))?;
        let last = rows().max_by(|a, b| a.0.total_cmp(b.0).then(a.1.total_cmp(b.1)))?;
        pulse(8 * y.values.len());
        let slope = (last.1 - first.1) / (last.0 - first.0);
        let line = Self {
            slope,
            shift: first.1 - slope * first.0,
        };
        let width = (last.1 - first.1).abs();
        let rounding = 2.0 * (y.half() + slope.abs() * x.half());
        let off = if rounding <= ROUNDED * width {
            rounding
        } else {
            0.0
        };
        let off = off.max(EXACT * width);
        let is_line = slope.is_finite() && width > 0.0 && rows().count() >= least;
        let is_on = |(x, y): (&f64, &f64)| (line.value(*x) - y).abs() <= off;
        (is_line && rows().all(is_on)).then_some(line)
    }

    /// Its value at `x`.
    pub(super) fn value(self, x: f64) -> f64 {
        self.slope * x + self.shift
    }
}

/// Whether all of these rows could lie within `off` of one line. One drawn through two of them, at `x_1` and `x_2`, is at most
/// `off (|t| + |1 - t|)` from it, `t = (x - x_1) / (x_2 - x_1)`.
fn may_be_on_one<'a>(rows: &(impl Iterator<Item = (&'a f64, &'a f64)> + Clone), off: f64) -> bool {
    let first = rows.clone().min_by(|a, b| a.0.total_cmp(b.0));
    let last = rows.clone().max_by(|a, b| a.0.total_cmp(b.0));
    let (Some(first), Some(last)) = (first, last) else {
        return true;
    };
    let width = last.0 - first.0;
    let is_off = |(x, y): (&f64, &f64)| {
        let t = (x - first.0) / width;
        let made = first.1 + t * (last.1 - first.1);
        (y - made).abs() > 2.0 * off * (1.0 + t.abs() + (1.0 - t).abs())
    };
    width.is_nan() || width == 0.0 || !rows.clone().any(is_off)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn line<'a>(y: &'a [f64], x: &'a [f64], decimals: Option<i32>) -> Option<Line> {
        let width = |values: &[f64]| {
            let ends = (f64::INFINITY, f64::NEG_INFINITY);
            let present = values.iter().filter(|x| !x.is_nan());
            let (min, max) = present.fold(ends, |(a, b), &x| (a.min(x), b.max(x)));
            max - min
        };
        let written = |values: &'a [f64]| Written {
            values,
            decimals,
            width: width(values),
        };
        Line::of(written(y), written(x), 10)
    }

    #[test]
    fn copies_are_lines_rounded_or_not_and_other_columns_are_none() {
        let mut rng = Rng::new(6);
        let x: Vec<f64> = (0..50).map(|_| rng.normal()).collect();
        let y: Vec<f64> = x.iter().map(|x| 7.0 - 3.0 * x).collect();
        let found = line(&y, &x, None).unwrap();
        assert!((found.slope + 3.0).abs() < 1e-9 && (found.value(2.0) - 1.0).abs() < 1e-9);
        let cut = |of: &[f64]| -> Vec<f64> { of.iter().map(|x| (x * 1e3).round() / 1e3).collect() };
        let found = line(&cut(&y), &cut(&x), Some(3)).unwrap();
        assert!((found.slope + 3.0).abs() < 2e-3);
        assert_eq!(line(&cut(&y), &cut(&x), None), None);
        // Whole numbers are no more than what they are: a year of birth is a line over the age, marks near each other are none.
        let age: Vec<f64> = (0..40).map(|i| f64::from(20 + i * 7 % 50)).collect();
        let born: Vec<f64> = age.iter().map(|age| 2_024.0 - age).collect();
        assert_eq!(line(&born, &age, Some(0)).unwrap().value(30.0), 1_994.0);
        let near: Vec<f64> = age.iter().map(|age| age + age % 2.0).collect();
        assert_eq!(line(&near, &age, Some(0)), None);
        // One row off, a constant, too few, one without x.
        let mut off = y.clone();
        off[20] += 0.1;
        assert_eq!(line(&off, &x, None), None);
        assert_eq!(line(&[4.0; 50], &x, None), None);
        assert_eq!(line(&y[..9], &x[..9], None), None);
        let mut gap = x.clone();
        gap[7] = f64::NAN;
        assert_eq!(line(&y, &gap, None), None);
    }
}
