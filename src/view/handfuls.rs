//! Segments of a handful of customers, who can be left out of the models.

use std::collections::BTreeSet;

use crate::quality::handful;
use crate::result::Comparison;
use crate::session::Rows;

/// More customers than this share are no outliers: nobody is offered to leave them out.
const MOST: f64 = 0.05;

/// Segments of a handful in the first model.
#[derive(Clone, Debug, PartialEq)]
pub struct Handfuls {
    /// Their numbers, ascending.
    pub segments: Vec<usize>,
    /// Customers in all of them.
    pub n_customers: usize,
    /// The rows left out when these are, too.
    pub left_out: Rows,
}

/// The segments of a handful, if there are any and they are few customers together.
pub fn handfuls(comparison: &Comparison, left_out: &BTreeSet<u32>) -> Option<Handfuls> {
    let first = comparison.models.first()?;
    let least = handful(comparison.n_customers);
    let is_handful = |&segment: &usize| {
        let size = first.sizes.get(segment).copied().unwrap_or(0);
        size > 0 && (size as f64) < least && comparison.noise != Some(segment as u32)
    };
    let segments: Vec<usize> = (0..first.sizes.len()).filter(is_handful).collect();
    let n_customers: usize = segments.iter().map(|&segment| first.sizes[segment]).sum();
    if n_customers == 0 || n_customers as f64 > MOST * comparison.n_customers as f64 {
        return None;
    }
    let of_handfuls = first.labels.iter().enumerate();
    let of_handfuls = of_handfuls.filter(|(_, label)| segments.contains(&(**label as usize)));
    let rows = of_handfuls.map(|(row, _)| row as u32);
    let left_out = Rows::of(rows.chain(left_out.iter().copied()));
    Some(Handfuls {
        segments,
        n_customers,
        left_out,
    })
}
