//! A rule of at most three conditions that tells a group from the rest.
//!
//! ```text
//! precision = members among those the rule picks / picked         recall = members picked / members
//! F1        = 2 members picked / (members + picked)
//! ```
//!
//! The best range of a column is found exactly: F1 reaches `f` where the sum over a range of `2 member - f` reaches `f` times the
//! members, and the range with the largest sum is found in one pass (Kadane); `f` is raised until nothing better is left (Dinkelbach
//! 1967, Manag. Sci. 13). A second column adds one bound, each of its values tried.

use serde::{Deserialize, Serialize};

use crate::numeric::{order_of_numbers, pulse};

/// Bounds that are tried on a second column at most, fewer where there are many rows.
const BOUNDS: usize = 256;
/// Rows looked at for all bounds together, about.
const WORK: usize = 200_000_000;
/// Steps per row of a search.
const STEPS: usize = 8;
/// A rule that is right in fewer cases is none.
const LEAST_PRECISION: f64 = 0.5;

/// A range of a column; without a bound on a side that changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Name of the column.
    pub column: String,
    /// At least this.
    pub min: Option<f64>,
    /// At most this.
    pub max: Option<f64>,
}

/// Conditions that must all hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// One or two columns, at most three bounds.
    pub conditions: Vec<Condition>,
    /// Rows it picks.
    pub n_picked: usize,
    /// Members among them.
    pub n_hit: usize,
    /// Share of the picked that are members.
    pub precision: f64,
    /// Share of the members that are picked.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// Share of members among all rows.
    pub base_rate: f64,
}

/// The best range of one column, by F1; `None` where no range is right in at least half of what it picks.
pub fn best_range(name: &str, values: &[f64], is_member: &[bool]) -> Option<Rule> {
    pulse(STEPS * values.len());
    let order = ascending(values);
    pulse(STEPS * values.len());
    let (range, picked) = search(&order, values, is_member, |_| true)?;
    finished(vec![condition(name, values, range)], picked, is_member)
}

/// The best rule over all columns: a range of one and perhaps a bound on another.
pub fn best_rule(columns: &[(&str, &[f64])], is_member: &[bool]) -> Option<Rule> {
    let ranges = columns
        .iter()
        .map(|(name, values)| best_range(name, values, is_member));
    let mut best: Option<Rule> = None;
    let mut offer = |rule: Rule| {
        if best.as_ref().is_none_or(|best| rule.f1 > best.f1 + 1e-12) {
            best = Some(rule);
        }
    };
    ranges.flatten().for_each(&mut offer);
    let n_pairs = columns.len() * columns.len().saturating_sub(1);
    let n_bounds = (WORK / (2 * n_pairs * is_member.len()).max(1)).clamp(4, BOUNDS);
    for &(name, values) in columns {
        let order = ascending(values);
        for &(other, of_other) in columns.iter().filter(|(other, _)| *other != name) {
            for bound in bounds(of_other, n_bounds) {
                for is_upper in [true, false] {
                    let keeps = |i: usize| {
                        if is_upper {
                            of_other[i] <= bound
                        } else {
                            of_other[i] >= bound
                        }
                    };
                    pulse(STEPS * order.len());
                    let found = search(&order, values, is_member, keeps);
                    let rule = found.and_then(|(range, picked)| {
                        let second = Condition {
                            column: other.to_owned(),
                            min: (!is_upper).then_some(bound),
                            max: is_upper.then_some(bound),
                        };
                        let first = condition(name, values, range);
                        finished(vec![first, second], picked, is_member)
                    });
                    rule.into_iter().for_each(&mut offer);
                }
            }
        }
    }
    best
}

/// Rows that have a value, by it.
fn ascending(values: &[f64]) -> Vec<usize> {
    let present: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
    let order = order_of_numbers(present.len(), |i| values[present[i]]);
    order.into_iter().map(|i| present[i as usize]).collect()
}

/// Values at which a bound may be set, thinned where there are many.
fn bounds(values: &[f64], most: usize) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
    crate::numeric::sort_numbers(&mut sorted);
    sorted.dedup();
    let step = sorted.len().div_ceil(most).max(1);
    sorted.into_iter().step_by(step).collect()
}

/// The range of `values`, whose rows come in their `order`, with the largest F1 among the rows that `keeps` lets pass, with the rows and
/// members it picks.
fn search(
    order: &[usize],
    values: &[f64],
    is_member: &[bool],
    keeps: impl Fn(usize) -> bool,
) -> Option<((f64, f64), (usize, usize))> {
    // Rows and members of each different value, ascending.
    let mut steps: Vec<(f64, usize, usize)> = Vec::new();
    for &row in order.iter().filter(|&&row| keeps(row)) {
        let member = usize::from(is_member[row]);
        match steps.last_mut() {
            Some((value, n, hits)) if *value == values[row] => {
                (*n, *hits) = (*n + 1, *hits + member);
            }
            _ => steps.push((values[row], 1, member)),
        }
    }
    let n_members = is_member.iter().filter(|&&is| is).count() as f64;
    let (mut target, mut best) = (0.0, None);
    loop {
        let (mut sum, mut from, mut top) = (0.0, 0, (f64::NEG_INFINITY, 0, 0));
        for (at, &(_, n, hits)) in steps.iter().enumerate() {
            if sum <= 0.0 {
                (sum, from) = (0.0, at);
            }
            sum += 2.0 * hits as f64 - target * n as f64;
            if sum > top.0 {
                top = (sum, from, at);
            }
        }
        let part = steps.get(top.1..=top.2)?;
        let (n, hits) = part
            .iter()
            .fold((0, 0), |(n, hits), step| (n + step.1, hits + step.2));
        let f1 = 2.0 * hits as f64 / (n_members + n as f64);
        if f1 <= target + 1e-12 {
            return best;
        }
        target = f1;
        best = Some(((part[0].0, part[part.len() - 1].0), (n, hits)));
    }
}

/// A range as a condition, without the bounds that every row meets.
fn condition(name: &str, values: &[f64], (min, max): (f64, f64)) -> Condition {
    let present = || values.iter().filter(|x| !x.is_nan());
    Condition {
        column: name.to_owned(),
        min: present().any(|&x| x < min).then_some(min),
        max: present().any(|&x| x > max).then_some(max),
    }
}

fn finished(
    conditions: Vec<Condition>,
    (n_picked, n_hit): (usize, usize),
    is_member: &[bool],
) -> Option<Rule> {
    let n_members = is_member.iter().filter(|&&is| is).count();
    let (picked, hit, members) = (n_picked as f64, n_hit as f64, n_members as f64);
    let precision = hit / picked;
    let has_bound = conditions
        .iter()
        .all(|it| it.min.is_some() || it.max.is_some());
    (has_bound && precision >= LEAST_PRECISION).then(|| Rule {
        conditions,
        n_picked,
        n_hit,
        precision,
        recall: hit / members,
        f1: 2.0 * hit / (members + picked),
        base_rate: members / is_member.len() as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    /// Every range tried.
    fn slow(values: &[f64], is_member: &[bool]) -> f64 {
        let members = is_member.iter().filter(|&&is| is).count() as f64;
        let mut best = 0.0_f64;
        for &min in values {
            for &max in values {
                let picked = || (0..values.len()).filter(|&i| (min..=max).contains(&values[i]));
                let hits = picked().filter(|&i| is_member[i]).count() as f64;
                best = best.max(2.0 * hits / (members + picked().count() as f64));
            }
        }
        best
    }

    #[test]
    fn no_range_is_better_than_the_one_found() {
        let mut rng = Rng::new(9);
        for round in 0..100 {
            let n = 5 + rng.below(40);
            let values: Vec<f64> = (0..n).map(|_| rng.below(12) as f64).collect();
            let is_member: Vec<bool> = values
                .iter()
                .map(|&x| (x > 3.0 && x < 8.0) == (rng.below(4) > 0))
                .collect();
            let (_, (picked, hits)) = search(&ascending(&values), &values, &is_member, |_| true)
                .unwrap_or(((0.0, 0.0), (1, 0)));
            let members = is_member.iter().filter(|&&is| is).count() as f64;
            let found = 2.0 * hits as f64 / (members + picked as f64);
            assert!(
                (found - slow(&values, &is_member)).abs() < 1e-12,
                "round {round}"
            );
        }
    }

    #[test]
    fn a_second_column_sharpens_a_range() {
        let (mut a, mut b, mut is_member) = (Vec::new(), Vec::new(), Vec::new());
        for i in 0..400 {
            let (x, y) = (f64::from(i % 20), f64::from(i / 20));
            a.push(x);
            b.push(y);
            is_member.push((5.0..=9.0).contains(&x) && y <= 6.0);
        }
        let rule = best_rule(&[("a", &a), ("b", &b)], &is_member).unwrap();
        assert_eq!((rule.precision, rule.recall, rule.n_picked), (1.0, 1.0, 35));
        let expected = [
            Condition {
                column: "a".into(),
                min: Some(5.0),
                max: Some(9.0),
            },
            Condition {
                column: "b".into(),
                min: None,
                max: Some(6.0),
            },
        ];
        assert_eq!(rule.conditions, expected);
        assert_eq!(best_range("b", &b, &is_member), None);
    }
}
