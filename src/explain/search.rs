//! What a search for the smallest change starts from: a customer, what may change of it, and the conditions.

use super::grid::Grid;
use crate::numeric::sorted_by;

/// How far each condition is from failing at these attributes.
pub type Margins<'a> = dyn Fn(&[f64]) -> Vec<f64> + 'a;

/// One attribute that may change.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// The values that it can have; none for one that does not change.
    pub grid: Grid,
    /// What counts as one step, compared with other attributes.
    pub unit: f64,
    /// Of a category, whose values are codes: the squared length of the move to each, by code. Empty for numbers.
    pub squares: Vec<f64>,
}

impl Scope {
    /// Of a number.
    pub fn number(grid: Grid, unit: f64) -> Self {
        Self {
            grid,
            unit,
            squares: Vec::new(),
        }
    }

    /// Of a category: the codes that it can have instead of its own, and the squared lengths of the moves, by code.
    pub fn category(codes: Vec<f64>, squares: Vec<f64>) -> Self {
        Self {
            grid: Grid::Answers(codes),
            unit: 1.0,
            squares,
        }
    }

    /// Whether it moves from value to value at once: no value lies between others.
    pub(super) fn is_category(&self) -> bool {
        !self.squares.is_empty()
    }
}

/// A customer, and what it may become.
pub(super) struct Search<'a> {
    pub(super) at: &'a [f64],
    pub(super) scopes: &'a [Scope],
    pub(super) margins: &'a Margins<'a>,
}

impl Search<'_> {
    pub(super) fn holds(&self, at: &[f64]) -> bool {
        (self.margins)(at).into_iter().all(|margin| margin > 0.0)
    }

    /// What a move of one attribute adds to the squared length.
    pub(super) fn square(&self, which: usize, value: f64) -> f64 {
        let scope = &self.scopes[which];
        if scope.is_category() {
            let is_moved = value != self.at[which];
            let square = scope.squares.get(value as usize).filter(|_| is_moved);
            return square.copied().unwrap_or(0.0);
        }
        ((value - self.at[which]) / scope.unit).powi(2)
    }

    /// How far a value is from the customer's, in the scale of the attribute.
    pub(super) fn apart(&self, which: usize, value: f64) -> f64 {
        if self.scopes[which].is_category() {
            self.square(which, value).sqrt()
        } else {
            (value - self.at[which]).abs()
        }
    }

    /// Values of an attribute, the nearest first.
    pub(super) fn nearest_first(&self, which: usize, values: Vec<f64>) -> Vec<f64> {
        sorted_by(values, |a, b| {
            self.apart(which, *a).total_cmp(&self.apart(which, *b))
        })
    }
}

/// The same attributes with another value of one.
pub(super) fn with(at: &[f64], which: usize, value: f64) -> Vec<f64> {
    let mut changed = at.to_vec();
    changed[which] = value;
    changed
}
