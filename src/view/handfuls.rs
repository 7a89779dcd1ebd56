//! Customers who can be left out of the models: segments of a handful, and who keeps a model from being fitted.

use std::collections::BTreeSet;

use crate::quality::handful;
use crate::result::{Comparison, FailedModel, Obstacle};
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

/// Customers whom a model cannot place, so that it cannot be fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Unplaceable {
    /// How many they are.
    pub n_customers: usize,
    /// The rows left out when they are, too.
    pub left_out: Rows,
}

/// Customers that are zero in every feature, where a model failed by them and all of them are named.
pub fn unplaceable(failed: &[FailedModel], left_out: &BTreeSet<u32>) -> Option<Unplaceable> {
    let mut causes = failed.iter().map(|it| &it.cause);
    causes.find_map(|cause| match cause {
        Some(Obstacle::Zeros { rows, n_zero }) if rows.len() == *n_zero => {
            let zeros = rows.iter().map(|&row| row as u32);
            Some(Unplaceable {
                n_customers: *n_zero,
                left_out: Rows::of(zeros.chain(left_out.iter().copied())),
            })
        }
        _ => None,
    })
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
