//! Samples far from all others: alone, or a handful together.
//!
//! ```text
//! m           a handful (`super::small`), rounded up
//! reach(i)    distance from sample i to the m-th nearest other, features in units of the room between their 5 % and 95 % quantiles
//! usual       the 90 % quantile of the reaches
//! far         all from the first reach that is more than 2.5 times the usual and 1.3 times the next smaller one: tails thin out, outliers
//!             begin after a gap
//! together    far samples at most 2.5 times the usual reach from each other, in a chain
//! ```
//!
//! The distance to the m-th neighbour as a measure of outliers: Ramaswamy, Rastogi & Shim 2000, ACM SIGMOD. Quantiles of both kinds are
//! what a few samples far out cannot move; means and deviations are not. A group of more than m samples has its own neighbours.

use super::columns::ascending;
use super::small::handful;
use crate::numeric::{Matrix, pulse, quantile_of_sorted, sort_numbers, squared_euclidean};

/// How many times the usual reach is far.
const FAR: f64 = 2.5;
/// How many times the next smaller reach the first of those far away has.
const GAP: f64 = 1.3;
/// Share of the samples whose reach is usual.
const USUAL: f64 = 0.9;
/// Share of the samples on either side that does not decide the unit of a feature.
const TAIL: f64 = 0.05;

/// The samples that are far from all others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Far {
    /// Of each row, whether it is far.
    pub(super) is_far: Vec<bool>,
    /// Sizes of what lies together, ascending.
    pub(super) sizes: Vec<usize>,
}

/// Looks for rows far from all others. Cost: the distances of all pairs.
pub(super) fn far(data: &Matrix) -> Far {
    let n = data.n_samples();
    let rows = in_units(data);
    let m = (handful(n).ceil() as usize).min(n.saturating_sub(1)).max(1);
    let reaches: Vec<f64> = (0..n).map(|i| reach(&rows, i, m)).collect();
    let mut sorted = reaches.clone();
    sort_numbers(&mut sorted);
    let usual = quantile_of_sorted(&sorted, USUAL);
    let bound = FAR * usual;
    let begins = |pair: &&[f64]| pair[1] > bound && pair[1] >= GAP * pair[0];
    // Where nine of ten rows have as many equal ones, no distance is usual.
    let first = sorted.windows(2).find(begins).filter(|_| usual > 0.0);
    let least = first.map_or(f64::INFINITY, |pair| pair[1]);
    let is_far: Vec<bool> = reaches.iter().map(|&it| it >= least).collect();
    let members: Vec<usize> = (0..n).filter(|&i| is_far[i]).collect();
    Far {
        sizes: together(&rows, &members, bound),
        is_far,
    }
}

/// Rows with each feature in units of the room between its quantiles, or of its whole room where that is none.
fn in_units(data: &Matrix) -> Matrix {
    let units: Vec<f64> = (0..data.n_features())
        .map(|feature| {
            let sorted = ascending(data, feature);
            let between =
                quantile_of_sorted(&sorted, 1.0 - TAIL) - quantile_of_sorted(&sorted, TAIL);
            let whole = quantile_of_sorted(&sorted, 1.0) - quantile_of_sorted(&sorted, 0.0);
            if between > 0.0 { between } else { whole }
        })
        .collect();
    let mut rows = Matrix::with_features(units.len());
    for row in data.rows() {
        let row = row.iter().zip(&units);
        rows.push_row(row.map(|(x, unit)| if *unit > 0.0 { x / unit } else { 0.0 }));
    }
    rows
}

/// Distance from a row to its m-th nearest other.
fn reach(rows: &Matrix, i: usize, m: usize) -> f64 {
    pulse(rows.n_samples());
    let mut nearest: Vec<f64> = Vec::with_capacity(m + 1);
    for j in (0..rows.n_samples()).filter(|&j| j != i) {
        let squared = squared_euclidean(rows.row(i), rows.row(j));
        if nearest.len() < m || nearest.last().is_some_and(|&last| squared < last) {
            nearest.insert(nearest.partition_point(|&other| other <= squared), squared);
            nearest.truncate(m);
        }
    }
    nearest.last().map_or(0.0, |squared| squared.sqrt())
}

/// Sizes of the chains of `members` in which each is at most `bound` from the next, ascending.
fn together(rows: &Matrix, members: &[usize], bound: f64) -> Vec<usize> {
    let mut left = members.to_vec();
    let mut sizes = Vec::new();
    while let Some(first) = left.pop() {
        let mut chain = vec![first];
        let mut at = 0;
        while let Some(&from) = chain.get(at) {
            let is_near = |&other: &usize| {
                squared_euclidean(rows.row(from), rows.row(other)) <= bound * bound
            };
            chain.extend(left.iter().copied().filter(|other| is_near(other)));
            left.retain(|other| !is_near(other));
            at += 1;
        }
        sizes.push(chain.len());
    }
    sizes.sort_unstable();
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn bells(sizes: &[usize], seed: u64) -> Matrix {
        let mut rng = Rng::new(seed);
        let mut data = Matrix::with_features(3);
        for (group, &size) in sizes.iter().enumerate() {
            for _ in 0..size {
                data.push_row([8.0 * group as f64, 0.0, 0.0].map(|c| c + rng.normal()));
            }
        }
        data
    }

    #[test]
    fn outliers_are_far_alone_or_together_and_groups_are_not() {
        let mut data = bells(&[100, 20, 60], 3);
        assert_eq!(far(&data).sizes, Vec::<usize>::new());
        for place in [[90.0, 0.0, 0.0], [0.0, -14.0, 3.0]] {
            data.push_row(place);
        }
        for step in 0..3 {
            data.push_row([0.0, 0.4 * f64::from(step), 25.0]);
        }
        let found = far(&data);
        assert_eq!(found.sizes, [1, 1, 3]);
        assert!(found.is_far[180..].iter().all(|&is_far| is_far));
        assert!(found.is_far[..180].iter().all(|&is_far| !is_far));
    }

    #[test]
    fn the_order_of_rows_and_the_units_of_features_change_nothing() {
        let mut data = bells(&[80, 40], 5);
        data.push_row([40.0, 40.0, 0.0]);
        let found = far(&data);
        assert_eq!(found.sizes, [1]);
        let mut other = Matrix::with_features(3);
        for at in (0..data.n_samples()).rev() {
            let row = data.row(at);
            other.push_row([1024.0 * row[0], row[1], row[2] / 4.0]);
        }
        let back: Vec<bool> = far(&other).is_far.into_iter().rev().collect();
        assert_eq!(back, found.is_far);
    }

    #[test]
    fn equal_rows_and_few_rows_have_none() {
        let mut data = Matrix::with_features(2);
        (0..60).for_each(|i| data.push_row([1.0, f64::from(u8::from(i == 7))]));
        assert!(far(&data).sizes.is_empty());
        let mut two = Matrix::with_features(1);
        [1.0, 9.0].into_iter().for_each(|x| two.push_row([x]));
        assert!(far(&two).sizes.is_empty());
    }
}
