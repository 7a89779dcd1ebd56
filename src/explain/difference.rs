//! Whether a column is distributed otherwise in a group than among the rest: whole distributions, since means mislead where a group
//! lies in the middle of everyone.
//!
//! ```text
//! D = max over x of | share of the group up to x  -  share of the rest up to x |         (Kolmogorov 1933, Smirnov 1948)
//! p = (1 + permutations of the membership that reach D) / (1 + permutations)
//! ```

use serde::{Deserialize, Serialize};

use crate::numeric::{Rng, order_of_numbers, pulse};

/// Permutations where rows are few.
const PERMUTATIONS: usize = 999;
/// Rows looked at in all permutations together, about.
const WORK: usize = 20_000_000;

/// How a column differs between a group and the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Largest distance between the distribution functions, in `[0, 1]`.
    pub statistic: f64,
    /// Share of permutations that reach it, itself counted in.
    pub p: f64,
}

/// Compares `values` (NaN left out) where `is_member` with the rest; `None` when one of them has no value.
pub fn difference(values: &[f64], is_member: &[bool], seed: u64) -> Option<Difference> {
    let present: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
    let order = order_of_numbers(present.len(), |i| values[present[i]]);
    let sorted: Vec<usize> = order.iter().map(|&i| present[i as usize]).collect();
    let mut members: Vec<bool> = sorted.iter().map(|&i| is_member[i]).collect();
    // A step ends where the next value is another.
    let ends: Vec<bool> = (0..sorted.len())
        .map(|at| {
            sorted
                .get(at + 1)
                .is_none_or(|&next| values[next] != values[sorted[at]])
        })
        .collect();
    let n_members = members.iter().filter(|&&is| is).count();
    if n_members == 0 || n_members == members.len() {
        return None;
    }
    let statistic = distance(&members, &ends, n_members);
    let mut rng = Rng::new(seed ^ 0x2D);
    let permutations = (WORK / members.len()).clamp(99, PERMUTATIONS);
    let mut reached = 0;
    for _ in 0..permutations {
        pulse(4 * members.len());
        for i in 0..members.len() {
            let other = i + rng.below(members.len() - i);
            members.swap(i, other);
        }
        reached += usize::from(distance(&members, &ends, n_members) >= statistic - 1e-12);
    }
    Some(Difference {
        statistic,
        p: (reached + 1) as f64 / (permutations + 1) as f64,
    })
}

fn distance(members: &[bool], ends: &[bool], n_members: usize) -> f64 {
    let (in_group, in_rest) = (
        1.0 / n_members as f64,
        1.0 / (members.len() - n_members) as f64,
    );
    let (mut below, mut largest) = (0.0_f64, 0.0_f64);
    for (&is_member, &ends) in members.iter().zip(ends) {
        below += if is_member { in_group } else { -in_rest };
        if ends {
            largest = largest.max(below.abs());
        }
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_in_the_middle_differs_though_its_mean_does_not() {
        let values: Vec<f64> = (0..200).map(f64::from).collect();
        let middle: Vec<bool> = (0..200).map(|i| (80..120).contains(&i)).collect();
        let found = difference(&values, &middle, 1).unwrap();
        // Up to 79 the rest has 80 of 160, the group none.
        assert!(
            (found.statistic - 0.5).abs() < 1e-12 && found.p < 0.01,
            "{found:?}"
        );
        let scattered: Vec<bool> = (0..200).map(|i| i % 5 == 0).collect();
        assert!(difference(&values, &scattered, 1).unwrap().p > 0.3);
        assert_eq!(difference(&values, &[false; 200], 1), None);
        let alike = difference(
            &[1.0; 10],
            &[
                true, false, true, false, true, false, true, false, true, false,
            ],
            1,
        );
        assert_eq!(
            alike,
            Some(Difference {
                statistic: 0.0,
                p: 1.0
            })
        );
    }
}
