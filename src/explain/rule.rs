//! A rule of at most three conditions that distinguishes a group from the rest.
//!
//! ```text
//! precision = members among the rows picked / rows picked         recall = members picked / members
//! F1        = 2 members picked / (members + picked)
//! ```
//!
//! The best range of a column is exact (`range`). A second column adds one bound; its values are tried.

use serde::{Deserialize, Serialize};

use super::range::{Column, Kept, Range};
use crate::numeric::pulse;

/// The largest number of bounds tried on a second column; fewer with many rows.
const BOUNDS: usize = 256;
/// Rows visited for all bounds together, approximately.
const WORK: usize = 200_000_000;
/// Work steps per row of a search.
const STEPS: usize = 8;
/// Rules below this precision are discarded.
const LEAST_PRECISION: f64 = 0.5;
/// Rules that hold for fewer members are discarded: a range around a few customers always exists and says nothing of the next.
const LEAST_MEMBERS: usize = 5;

/// A range of a column; a bound that changes nothing is left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Name of the column.
    pub column: String,
    /// At least this.
    pub min: Option<f64>,
    /// At most this.
    pub max: Option<f64>,
}

/// Conditions that must all be met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// One or two columns, at most three bounds.
    pub conditions: Vec<Condition>,
    /// Number of rows picked.
    pub n_picked: usize,
    /// Number of members among them.
    pub n_hit: usize,
    /// Share of the rows picked that are members.
    pub precision: f64,
    /// Share of the members that are picked.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// Share of members among all rows.
    pub base_rate: f64,
}

/// The best range of one column, by F1; `None` if it has a precision below one half or holds for fewer than five members.
pub fn best_range(name: &str, values: &[f64], is_member: &[bool]) -> Option<Rule> {
    let column = Column::of(name, values);
    let found = Kept::all(&column, is_member).best()?;
    rule_of(&column, &found, None, is_member)
}

/// The best rule over all columns: a range of one, and possibly a bound on another; `None` for a group of fewer than five.
///
/// A bound is skipped if no range under it can beat the best rule so far (`Kept::may_hold`).
pub fn best_rule(columns: &[(&str, &[f64])], is_member: &[bool]) -> Option<Rule> {
    let mut best: Option<Rule> = None;
    if is_member.iter().filter(|&&is| is).count() < LEAST_MEMBERS {
        return None;
    }
    let mut offer = |rule: Option<Rule>| {
        let is_better = |rule: &Rule| best.as_ref().is_none_or(|best| rule.f1 > best.f1 + 1e-12);
        if let Some(rule) = rule.filter(is_better) {
            best = Some(rule);
        }
        best.as_ref().map_or(0.0, |best| best.f1)
    };
    let mut columns: Vec<Column> = columns
        .iter()
        .map(|(name, values)| Column::of(name, values))
        .collect();
    let mut least = 0.0;
    for column in &mut columns {
        if let Some(found) = Kept::all(column, is_member).best() {
            least = offer(rule_of(column, &found, None, is_member));
            column.own = Some(found.steps);
        }
    }
    let n_pairs = columns.len() * columns.len().saturating_sub(1);
    let n_bounds = (WORK / (2 * n_pairs * is_member.len()).max(1)).clamp(4, BOUNDS);
    for column in &columns {
        let all = Kept::all(column, is_member);
        for other in columns.iter().filter(|other| other.name != column.name) {
            let (mut below, mut above) = (all.none(), all.clone());
            // Rows without a value are on neither side of a bound.
            let missing = (0..is_member.len()).filter(|&row| other.values[row].is_nan());
            missing.for_each(|row| above.drop(column, row, is_member[row]));
            let (mut n_below, mut n_not_above) = (0, 0);
            let thinned = other.steps.len().div_ceil(n_bounds).max(1);
            for &bound in other.steps.iter().step_by(thinned) {
                while let Some(&row) = other
                    .order
                    .get(n_below)
                    .filter(|&&row| other.values[row] <= bound)
                {
                    below.take(column, row, is_member[row]);
                    n_below += 1;
                }
                while let Some(&row) = other
                    .order
                    .get(n_not_above)
                    .filter(|&&row| other.values[row] < bound)
                {
                    above.drop(column, row, is_member[row]);
                    n_not_above += 1;
                }
                for (kept, is_upper) in [(&below, true), (&above, false)] {
                    pulse(kept.n_steps());
                    if !kept.may_hold(least) {
                        continue;
                    }
                    let second = Condition {
                        column: other.name.to_owned(),
                        min: (!is_upper).then_some(bound),
                        max: is_upper.then_some(bound),
                    };
                    pulse(STEPS * column.steps.len());
                    let found = kept.best();
                    least = offer(
                        found.and_then(|found| rule_of(column, &found, Some(second), is_member)),
                    );
                }
            }
        }
    }
    best
}

/// Turns a range, possibly with a bound on another column, into a rule.
fn rule_of(
    column: &Column,
    found: &Range,
    second: Option<Condition>,
    is_member: &[bool],
) -> Option<Rule> {
    let ends = (column.steps[found.steps.0], column.steps[found.steps.1]);
    let first = condition(column.name, column.values, ends);
    let conditions = std::iter::once(first).chain(second).collect();
    finished(conditions, (found.n_picked, found.n_hit), is_member)
}

/// Turns a range into a condition, without the bounds that every row meets.
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
    let is_rule = has_bound && precision >= LEAST_PRECISION && n_hit >= LEAST_MEMBERS;
    is_rule.then(|| Rule {
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

    /// Tries every range under every bound, in the order of [`best_rule`].
    fn slow_rule(columns: &[(&str, &[f64])], is_member: &[bool]) -> Option<Rule> {
        let mut best: Option<Rule> = None;
        let mut offer = |rule: Option<Rule>| {
            let is_better = |rule: &Rule| best.as_ref().is_none_or(|it| rule.f1 > it.f1 + 1e-12);
            if let Some(rule) = rule.filter(is_better) {
                best = Some(rule);
            }
        };
        for (name, values) in columns {
            offer(best_range(name, values, is_member));
        }
        let n_pairs = columns.len() * (columns.len() - 1);
        let most = (WORK / (2 * n_pairs * is_member.len())).clamp(4, BOUNDS);
        for (name, values) in columns {
            for (other, of_other) in columns.iter().filter(|(other, _)| other != name) {
                let mut bounds: Vec<f64> =
                    of_other.iter().copied().filter(|x| !x.is_nan()).collect();
                crate::numeric::sort_numbers(&mut bounds);
                bounds.dedup();
                let step = bounds.len().div_ceil(most).max(1);
                for &bound in bounds.iter().step_by(step) {
                    for is_upper in [true, false] {
                        let keeps = |x: f64| if is_upper { x <= bound } else { x >= bound };
                        // Rows not kept get no value.
                        let pairs = values.iter().zip(*of_other);
                        let kept: Vec<f64> = pairs
                            .map(|(&x, &y)| if keeps(y) { x } else { f64::NAN })
                            .collect();
                        let column = Column::of(name, &kept);
                        let found = Kept::all(&column, is_member).best();
                        offer(found.and_then(|found| {
                            let ends = (column.steps[found.steps.0], column.steps[found.steps.1]);
                            let second = Condition {
                                column: (*other).to_owned(),
                                min: (!is_upper).then_some(bound),
                                max: is_upper.then_some(bound),
                            };
                            let first = condition(name, values, ends);
                            finished(
                                vec![first, second],
                                (found.n_picked, found.n_hit),
                                is_member,
                            )
                        }));
                    }
                }
            }
        }
        best
    }

    #[test]
    fn what_is_passed_over_is_no_better_rule() {
        let mut n_pairs = 0;
        for seed in 0..24 {
            let mut rng = Rng::new(seed);
            let n = [30, 90, 400][seed as usize % 3];
            // Few values, many, missing ones; members given by one column, by two, by none, or rare.
            let mut draw = |few: usize, missing: usize| -> Vec<f64> {
                (0..n)
                    .map(|_| match rng.below(100) {
                        x if x < missing => f64::NAN,
                        _ if few > 0 => rng.below(few) as f64,
                        _ => rng.normal(),
                    })
                    .collect()
            };
            let columns = [draw(5, 0), draw(0, 10), draw(0, 0), draw(40, 5)];
            let mut is_member = |i: usize| {
                let is = match seed % 4 {
                    0 => columns[2][i].abs() < 0.7,
                    1 => columns[2][i] > 0.2 && columns[0][i] < 2.5,
                    2 => rng.below(3) == 0,
                    _ => rng.below(25) == 0,
                };
                is != (rng.below(12) == 0)
            };
            let is_member: Vec<bool> = (0..n).map(&mut is_member).collect();
            let named = ["a", "b", "c", "d"].into_iter().zip(&columns);
            let named: Vec<(&str, &[f64])> = named.map(|(name, x)| (name, x.as_slice())).collect();
            let found = best_rule(&named, &is_member);
            assert_eq!(found, slow_rule(&named, &is_member), "seed {seed}");
            n_pairs += usize::from(found.is_some_and(|rule| rule.conditions.len() == 2));
        }
        assert!(n_pairs > 8, "{n_pairs}");
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

    #[test]
    fn a_few_customers_have_no_rule() {
        let a: Vec<f64> = (0..200).map(f64::from).collect();
        let b: Vec<f64> = a.iter().map(|x| x % 7.0).collect();
        for n in 0..8 {
            // Neighbours in one column: a range holds exactly them.
            let is_member: Vec<bool> = (0..200).map(|i| (90..90 + n).contains(&i)).collect();
            let range = best_range("a", &a, &is_member);
            let rule = best_rule(&[("a", &a), ("b", &b)], &is_member);
            assert_eq!([range.is_some(), rule.is_some()], [n >= 5; 2], "{n}");
        }
        // Six members far from each other: the best range holds for one of them.
        let is_apart: Vec<bool> = (0..200).map(|i| i % 37 == 0).collect();
        assert_eq!(best_range("a", &a, &is_apart), None);
    }
}
