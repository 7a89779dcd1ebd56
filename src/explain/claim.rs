//! Claims about a group, checked against the data.
//!
//! ```text
//! D, p           largest distance of the distribution functions, with permutations (see difference)
//! superiority    share of pairs (member, other) in which the member has more, ties counted half (Vargha & Delaney 2000, J. Educ.
//!                Behav. Stat. 25); 0.5 where neither side tends to have more
//! p superiority  of the rank sum (Mann & Whitney 1947, Ann. Math. Stat. 18), by the normal limit with ties corrected, two-sided
//! ```
//!
//! A direction is supported if both the distributions and the ranks differ that way, and contradicted if both differ the other way.
//! Means are shown but do not decide: they differ, even "significantly", where a group merely has a different shape.

use serde::{Deserialize, Serialize};

use super::difference::{Difference, Sides, difference, differences};
use crate::numeric::{FiveNumbers, five_numbers, order_of_numbers, pulse};

/// The level of significance, divided by the number of claims tested together.
const LEVEL: f64 = 0.05;
/// Work steps per row for sorting and summing values.
const STEPS: usize = 64;
/// With fewer members or others there is no finding.
const FEWEST: usize = 5;

/// The group of a claim; it is compared with everyone else in the models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Customers that the models place differently.
    Mismatched,
    /// Customers of one segment, in the first of the models compared that has it.
    Segment(u32),
}

/// What a claim says about the group and a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// Members tend to have more than the others.
    Higher,
    /// Members tend to have less.
    Lower,
    /// Members have the same distribution as the others.
    Same,
    /// Of all columns, this one distinguishes the group most.
    Driver,
    /// This column does not distinguish the group most.
    NotDriver,
}

impl Says {
    /// All of them, in the order on the screen.
    pub const ALL: [Self; 5] = [
        Self::Higher,
        Self::Lower,
        Self::Same,
        Self::Driver,
        Self::NotDriver,
    ];
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Name of the column.
    pub column: String,
    /// The group.
    pub group: Group,
    /// The statement.
    pub says: Says,
}

/// What the data say about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It holds beyond chance.
    Supported,
    /// The opposite holds beyond chance.
    Contradicted,
    /// The data show neither it nor the opposite.
    NotShown,
    /// There are too few customers.
    TooFew,
}

/// A claim with the result of the check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// The claim.
    pub claim: Claim,
    /// The finding.
    pub finding: Finding,
    /// Whether the column is a feature of the models.
    pub is_feature: bool,
    /// The values of the group.
    pub group: Option<FiveNumbers>,
    /// The values of the others.
    pub others: Option<FiveNumbers>,
    /// Largest distance of the distribution functions.
    pub statistic: f64,
    /// Share of permutations that reach it.
    pub p: f64,
    /// Share of pairs in which the member has the larger value.
    pub superiority: f64,
    /// Probability by chance of a superiority at least that far from one half.
    pub p_superiority: f64,
    /// The column that distinguishes the group most, if any does beyond chance.
    pub leading: Option<String>,
    /// Number of claims tested together, which divides the level.
    pub n_tests: usize,
}

/// A column for checking claims: `values` are those of the customers, NaN where missing.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is a feature of the models.
    pub is_feature: bool,
    /// One value per customer.
    pub values: &'a [f64],
}

/// Checks a claim against all columns; `None` if its column is not among them.
pub fn check(
    claim: &Claim,
    columns: &[Evidence],
    is_member: &[bool],
    seed: u64,
) -> Option<Checked> {
    let column = columns.iter().find(|column| column.name == claim.column)?;
    let asks_for_leading = matches!(claim.says, Says::Driver | Says::NotDriver);
    let leading = if asks_for_leading {
        leading(columns, is_member, seed)
    } else {
        None
    };
    let spread = difference(column.values, is_member, seed);
    let found = judged(
        claim.clone(),
        column,
        is_member,
        spread.as_ref(),
        (leading, 1),
    );
    Some(found)
}

/// How each column differs between members and others, for each group; all tested together.
pub fn spreads(
    columns: &[Evidence],
    groups: &[Vec<bool>],
    seed: u64,
) -> Vec<Vec<Option<Difference>>> {
    let sides = groups.iter().flat_map(|is_member| {
        columns.iter().map(|column| Sides {
            values: column.values,
            is_member,
        })
    });
    let all = differences(&sides.collect::<Vec<_>>(), seed);
    all.chunks(columns.len().max(1))
        .map(<[_]>::to_vec)
        .collect()
}

/// Every direction that holds for the group, over all columns, with their differences in `spreads`; the level is divided by the
/// number of columns.
pub fn insights(
    group: Group,
    columns: &[Evidence],
    is_member: &[bool],
    spreads: &[Option<Difference>],
) -> Vec<Checked> {
    let checked = columns.iter().zip(spreads).map(|(column, spread)| {
        let claim = Claim {
            column: column.name.to_owned(),
            group,
            says: Says::Higher,
        };
        let n_tests = columns.len();
        let mut checked = judged(claim, column, is_member, spread.as_ref(), (None, n_tests));
        if checked.finding == Finding::Contradicted {
            checked.claim.says = Says::Lower;
            checked.finding = Finding::Supported;
        }
        checked
    });
    checked
        .filter(|checked| checked.finding == Finding::Supported)
        .collect()
}

/// The column that differs most, if the difference is beyond chance.
fn leading(columns: &[Evidence], is_member: &[bool], seed: u64) -> Option<String> {
    let spreads = spreads(columns, &[is_member.to_vec()], seed);
    let pairs = columns.iter().zip(spreads.into_iter().flatten());
    let found = pairs.filter_map(|(column, spread)| Some((column.name, spread?)));
    let most = found.max_by(|(_, a), (_, b)| a.statistic.total_cmp(&b.statistic));
    let (name, found) = most?;
    (found.p * columns.len() as f64 <= LEVEL).then(|| name.to_owned())
}

fn judged(
    claim: Claim,
    column: &Evidence,
    is_member: &[bool],
    spread: Option<&Difference>,
    (leading, n_tests): (Option<String>, usize),
) -> Checked {
    let of = |wanted: bool| {
        pulse(STEPS * is_member.len());
        let values = column.values.iter().zip(is_member);
        five_numbers(values.filter(|(_, is)| **is == wanted).map(|(x, _)| *x))
    };
    let (group, others) = (of(true), of(false));
    let is_few = |side: &Option<FiveNumbers>| side.is_none_or(|it| it.count < FEWEST);
    let is_too_few = is_few(&group) || is_few(&others);
    let (statistic, p) = spread.map_or((0.0, 1.0), |it| (it.statistic, it.p));
    pulse(STEPS * is_member.len());
    let (superiority, p_superiority) = superiority(column.values, is_member).unwrap_or((0.5, 1.0));
    let is_beyond = |p: f64| p * n_tests as f64 <= LEVEL;
    let is_shifted = is_beyond(p) && is_beyond(p_superiority);
    let either = |holds: bool| match (is_shifted, holds) {
        (false, _) => Finding::NotShown,
        (true, true) => Finding::Supported,
        (true, false) => Finding::Contradicted,
    };
    let is_leading = leading.as_ref() == Some(&claim.column);
    let finding = match claim.says {
        _ if is_too_few => Finding::TooFew,
        Says::Higher => either(superiority > 0.5),
        Says::Lower => either(superiority < 0.5),
        // A difference that is not shown may still exist.
        Says::Same if is_beyond(p) => Finding::Contradicted,
        Says::Same => Finding::NotShown,
        Says::Driver | Says::NotDriver if leading.is_none() => Finding::NotShown,
        Says::Driver if is_leading => Finding::Supported,
        Says::NotDriver if !is_leading => Finding::Supported,
        Says::Driver | Says::NotDriver => Finding::Contradicted,
    };
    Checked {
        claim,
        finding,
        is_feature: column.is_feature,
        group,
        others,
        statistic,
        p,
        superiority,
        p_superiority,
        leading,
        n_tests,
    }
}

/// Share of pairs in which the member has the larger value, and the probability by chance of one at least that far from one half.
fn superiority(values: &[f64], is_member: &[bool]) -> Option<(f64, f64)> {
    let present: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
    let order = order_of_numbers(present.len(), |i| values[present[i]]);
    let sorted: Vec<usize> = order.iter().map(|&i| present[i as usize]).collect();
    let n = sorted.len() as f64;
    let members = sorted.iter().filter(|&&i| is_member[i]).count() as f64;
    let others = n - members;
    if members == 0.0 || others == 0.0 {
        return None;
    }
    let (mut rank_sum, mut ties, mut at) = (0.0, 0.0, 0);
    while at < sorted.len() {
        let value = values[sorted[at]];
        let alike = sorted[at..]
            .iter()
            .take_while(|&&i| values[i] == value)
            .count();
        let rank = at as f64 + f64::midpoint(alike as f64, 1.0);
        let own = sorted[at..at + alike]
            .iter()
            .filter(|&&i| is_member[i])
            .count();
        rank_sum += rank * own as f64;
        ties += (alike as f64).powi(3) - alike as f64;
        at += alike;
    }
    let share = (rank_sum - members * (members + 1.0) / 2.0) / (members * others);
    let variance = (n + 1.0 - ties / (n * (n - 1.0))) / (12.0 * members * others);
    let p = if variance > 0.0 {
        libm::erfc((share - 0.5).abs() / (2.0 * variance).sqrt())
    } else {
        1.0
    };
    Some((share, p))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn claim(column: &str, says: Says) -> Claim {
        Claim {
            column: column.into(),
            group: Group::Mismatched,
            says,
        }
    }

    #[test]
    fn superiority_is_the_share_of_pairs() {
        let mut rng = Rng::new(2);
        let values: Vec<f64> = (0..60).map(|_| rng.below(12) as f64).collect();
        let is_member: Vec<bool> = (0..60).map(|i| i % 3 == 0).collect();
        let (mut more, mut pairs) = (0.0, 0.0);
        for i in (0..60).filter(|&i| is_member[i]) {
            for j in (0..60).filter(|&j| !is_member[j]) {
                pairs += 1.0;
                more += match values[i].total_cmp(&values[j]) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
        }
        let (share, p) = superiority(&values, &is_member).unwrap();
        assert!((share - more / pairs).abs() < 1e-12 && p < 1.0);
        // SciPy 1.17.1 mannwhitneyu([1, 2, 3, 3], [3, 4, 5, 6, 7], use_continuity=False, method="asymptotic"): U = 1
        let values = [1.0, 2.0, 3.0, 3.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        let is_member: Vec<bool> = (0..9).map(|i| i < 4).collect();
        let (share, p) = superiority(&values, &is_member).unwrap();
        assert!((share - 1.0 / 20.0).abs() < 1e-12, "{share}");
        assert!((p - 0.024_946_643_222_908_644).abs() < 1e-12, "{p}");
    }

    #[test]
    fn a_direction_needs_a_shift_and_a_group_in_the_middle_has_none() {
        let values: Vec<f64> = (0..200).map(f64::from).collect();
        let column = |values| Evidence {
            name: "x",
            is_feature: true,
            values,
        };
        let find = |is_member: &[bool], says| {
            let columns = [column(values.as_slice())];
            check(&claim("x", says), &columns, is_member, 1)
                .unwrap()
                .finding
        };
        let middle: Vec<bool> = (0..200).map(|i| (80..120).contains(&i)).collect();
        assert_eq!(find(&middle, Says::Higher), Finding::NotShown);
        assert_eq!(find(&middle, Says::Same), Finding::Contradicted);
        assert_eq!(find(&middle, Says::Driver), Finding::Supported);
        assert_eq!(find(&middle, Says::NotDriver), Finding::Contradicted);
        let top: Vec<bool> = (0..200).map(|i| i >= 170).collect();
        assert_eq!(find(&top, Says::Higher), Finding::Supported);
        assert_eq!(find(&top, Says::Lower), Finding::Contradicted);
        let few: Vec<bool> = (0..200).map(|i| i >= 198).collect();
        assert_eq!(find(&few, Says::Higher), Finding::TooFew);
        let columns = [column(values.as_slice())];
        let spreads = spreads(&columns, &[top.clone(), middle.clone()], 1);
        let found = insights(Group::Segment(1), &columns, &top, &spreads[0]);
        assert_eq!((found.len(), found[0].claim.says), (1, Says::Higher));
        let found = insights(Group::Mismatched, &columns, &middle, &spreads[1]);
        assert!(found.is_empty());
        assert_eq!(
            check(
                &claim("y", Says::Higher),
                &[column(values.as_slice())],
                &top,
                1
            )
            .map(|it| it.finding),
            None
        );
    }
}
