//! What a search for the smallest change starts from: a customer, what may change of it, and the conditions.

use super::grid::Grid;

/// How far each condition is from failing at these attributes.
pub type Margins<'a> = dyn Fn(&[f64]) -> Vec<f64> + 'a;

/// One attribute that may change.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// The values that it can have; none for one that does not change.
    pub grid: Grid,
    /// What counts as one step, compared with other attributes.
    pub unit: f64,
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
        ((value - self.at[which]) / self.scopes[which].unit).powi(2)
    }
}

/// The same attributes with another value of one.
pub(super) fn with(at: &[f64], which: usize, value: f64) -> Vec<f64> {
    let mut changed = at.to_vec();
    changed[which] = value;
    changed
}
