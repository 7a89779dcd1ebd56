//! Checks claims about a group against the data.
//!
//! ```text
//! D, p           largest distance of the distribution functions, with permutations (see difference)
//! superiority    share of pairs (member, other) in which the member has more, ties counted half (Vargha & Delaney 2000, J. Educ.
//!                Behav. Stat. 25); 0.5 where neither side tends to have more
//! p superiority  of the rank sum (Mann & Whitney 1947, Ann. Math. Stat. 18), by the normal limit with ties corrected, two-sided
//! ```
//!
//! In a column that no model used, a direction is supported if both the distributions and the ranks differ that way, and contradicted if
//! both differ the other way. Means do not decide there: they differ, even "significantly", where a group merely has a different shape.
//!
//! A group that the models cut by a column differs in it by construction: there the p value is the selective one of
//! [`crate::inference`], for the difference of the means; a direction needs ranks that point the same way. Where that p value
//! cannot be had nothing is claimed ([`Basis`]). Nor does D say there how far a group differs, since the cut makes it large: which
//! column sets a group apart most is asked only among those that no model used.
//!
//! Columns looked at together share the level (Holm 1979, Scand. J. Stat. 6): with p values ascending, the i-th of m is beyond chance
//! where all up to it satisfy
//!
//! ```text
//! (m - i + 1) p_i <= level
//! ```

use super::claim::{Basis, Checked, Claim, Evidence, Finding, Group, NotShown, Says, Test};
use super::difference::{Difference, Sides, difference, differences};
use super::superiority::superiority;
use crate::numeric::{FiveNumbers, five_numbers, order_by, pulse};

/// The level of significance, shared by the columns tested together.
pub const LEVEL: f64 = 0.05;
/// Work steps per row for summing values.
const STEPS: usize = 64;
/// With fewer members or others there is no finding and no rule.
pub const FEWEST: usize = 5;

/// Checks a claim against all columns, with the test of each in `tests`; `None` if its column is not among them.
pub fn check(
    claim: &Claim,
    columns: &[Evidence],
    is_member: &[bool],
    tests: &[Test],
    seed: u64,
) -> Option<Checked> {
    let at = columns
        .iter()
        .position(|column| column.name == claim.column)?;
    let (column, test) = (&columns[at], *tests.get(at)?);
    let asks_for_leading = matches!(claim.says, Says::Driver | Says::NotDriver);
    let (leading, n_tests) = if asks_for_leading {
        let spreads = spreads(columns, &[is_member.to_vec()], seed).concat();
        let p = p_values(columns, is_member, tests, &spreads);
        let looked_at = looked_at(columns, tests, &spreads, &p);
        let leader = leader(&looked_at).map(str::to_owned);
        (leader, looked_at.len())
    } else {
        (None, 1)
    };
    let spread = difference(column.values, is_member, seed);
    let measured = Measured::of(column, is_member, spread.as_ref(), test);
    let is_beyond = measured.is_beyond(LEVEL);
    Some(measured.judged(claim.clone(), column, leading, is_beyond, n_tests))
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

/// A group beside its columns.
#[derive(Clone, Copy, Debug)]
pub struct Grouped<'a> {
    /// The group.
    pub group: Group,
    /// Whether each customer is in it.
    pub is_member: &'a [bool],
    /// How each column differs between members and others.
    pub spreads: &'a [Option<Difference>],
    /// The test of each column.
    pub tests: &'a [Test],
}

/// Every direction that holds for one of the groups, over all columns, and what came of every column that the models cut by. All
/// groups and columns share the level.
pub fn insights(columns: &[Evidence], groups: &[Grouped]) -> Vec<Checked> {
    let pairs = groups.iter().flat_map(|grouped| {
        let of_column = columns.iter().zip(grouped.spreads).zip(grouped.tests);
        of_column.map(|((column, spread), test)| {
            let measured = Measured::of(column, grouped.is_member, spread.as_ref(), *test);
            (grouped.group, column, measured)
        })
    });
    let measured: Vec<(Group, &Evidence, Measured)> = pairs.collect();
    let shifts = measured.iter().map(|(.., it)| it.p_of_shift());
    let shifts: Vec<Option<f64>> = shifts.collect();
    let n_tests = shifts.iter().flatten().count();
    let beyond = beyond_chance(&shifts);
    let checked = measured.into_iter().zip(beyond);
    let checked = checked.map(|((group, column, measured), is_shifted)| {
        let claim = Claim {
            column: column.name.to_owned(),
            group,
            says: if measured.is_higher() {
                Says::Higher
            } else {
                Says::Lower
            },
        };
        let is_beyond = Beyond {
            is_different: is_shifted,
            is_shifted,
        };
        measured.judged(claim, column, None, is_beyond, n_tests)
    });
    checked
        .filter(|checked| match checked.finding {
            Finding::Supported | Finding::NoClaim => true,
            Finding::NotShown => checked.basis == Basis::Selective,
            Finding::Contradicted | Finding::TooFew => false,
        })
        .collect()
}

/// Which of these p values are beyond chance when they share the level; those without a p value are not, and do not count.
pub fn beyond_chance(p: &[Option<f64>]) -> Vec<bool> {
    let order = order_by(p.len(), &mut |a, b| {
        let of = |at: usize| p[at].unwrap_or(f64::INFINITY);
        of(a).total_cmp(&of(b))
    });
    let m = p.iter().flatten().count();
    let mut beyond = vec![false; p.len()];
    for (i, at) in order.into_iter().take(m).enumerate() {
        let at = at as usize;
        let holds = p[at].is_some_and(|p| p * (m - i) as f64 <= LEVEL);
        if !holds {
            break;
        }
        beyond[at] = true;
    }
    beyond
}

/// The p value that the group is spread differently in each column; `None` without a valid test, or with fewer than five customers on
/// a side that have a value.
pub fn p_values(
    columns: &[Evidence],
    is_member: &[bool],
    tests: &[Test],
    spreads: &[Option<Difference>],
) -> Vec<Option<f64>> {
    let columns = columns.iter().zip(tests).zip(spreads);
    let p = columns.map(|((column, test), spread)| {
        let is_enough = !is_too_few(column.values, is_member);
        test.p_of(spread.as_ref()).filter(|_| is_enough)
    });
    p.collect()
}

/// Whether one side has fewer than five values.
fn is_too_few(values: &[f64], is_member: &[bool]) -> bool {
    let n_of = |wanted: bool| {
        let values = values.iter().zip(is_member);
        let values = values.filter(|(x, is)| **is == wanted && !x.is_nan());
        values.take(FEWEST).count()
    };
    n_of(true) < FEWEST || n_of(false) < FEWEST
}

/// A column that may set a group apart: one that no model used, with a p value.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its name.
    pub name: &'a str,
    /// Largest distance of the distribution functions.
    pub statistic: f64,
    /// Whether the difference is beyond chance, all columns sharing the level.
    pub differs: bool,
}

/// The columns among which the one that sets a group apart most is looked for.
fn looked_at<'a>(
    columns: &[Evidence<'a>],
    tests: &[Test],
    spreads: &[Option<Difference>],
    p: &[Option<f64>],
) -> Vec<Candidate<'a>> {
    let beyond = beyond_chance(p);
    let candidate = |at: usize| {
        let is_looked_at = tests[at] == Test::Permutations && p[at].is_some();
        let spread = spreads[at].as_ref().filter(|_| is_looked_at)?;
        Some(Candidate {
            name: columns[at].name,
            statistic: spread.statistic,
            differs: beyond[at],
        })
    };
    (0..columns.len()).filter_map(candidate).collect()
}

/// The column that sets a group apart most, if any does beyond chance; of equal ones the first by name.
pub fn leader<'a>(candidates: &[Candidate<'a>]) -> Option<&'a str> {
    let differ = candidates.iter().filter(|it| it.differs);
    let most = differ.max_by(|a, b| {
        let by_name = b.name.cmp(a.name);
        a.statistic.total_cmp(&b.statistic).then(by_name)
    });
    most.map(|it| it.name)
}

/// What is beyond chance.
#[derive(Clone, Copy)]
struct Beyond {
    /// The distributions differ.
    is_different: bool,
    /// And one side has more.
    is_shifted: bool,
}

/// A column measured for a group.
struct Measured {
    test: Test,
    /// Whether one side has too few values for any test.
    is_too_few: bool,
    group: Option<FiveNumbers>,
    others: Option<FiveNumbers>,
    statistic: f64,
    p: Option<f64>,
    superiority: f64,
    p_superiority: Option<f64>,
}

impl Measured {
    fn of(column: &Evidence, is_member: &[bool], spread: Option<&Difference>, test: Test) -> Self {
        let of = |wanted: bool| {
            pulse(STEPS * is_member.len());
            let values = column.values.iter().zip(is_member);
            five_numbers(values.filter(|(_, is)| **is == wanted).map(|(x, _)| *x))
        };
        let by_ranks = superiority(column.values, is_member);
        let p_superiority = by_ranks.map_or(1.0, |(_, p)| p);
        let is_too_few = is_too_few(column.values, is_member);
        let is_by_ranks = test == Test::Permutations && !is_too_few;
        Self {
            test,
            is_too_few,
            group: of(true),
            others: of(false),
            statistic: spread.map_or(0.0, |it| it.statistic),
            p: test.p_of(spread).filter(|_| !is_too_few),
            superiority: by_ranks.map_or(0.5, |(share, _)| share),
            p_superiority: is_by_ranks.then_some(p_superiority),
        }
    }

    fn is_higher(&self) -> bool {
        let basis = self.test.basis();
        is_higher(
            basis,
            self.group.as_ref(),
            self.others.as_ref(),
            self.superiority,
        )
    }

    /// The p value of a direction: distributions and ranks must both differ. `None` without a valid one or with too few customers.
    fn p_of_shift(&self) -> Option<f64> {
        let ranks = p_of_ranks(self.p_superiority, self.superiority, self.is_higher());
        Some(self.p?.max(ranks))
    }

    fn is_beyond(&self, level: f64) -> Beyond {
        Beyond {
            is_different: self.p.is_some_and(|p| p <= level),
            is_shifted: self.p_of_shift().is_some_and(|p| p <= level),
        }
    }

    fn judged(
        self,
        claim: Claim,
        column: &Evidence,
        leading: Option<String>,
        is_beyond: Beyond,
        n_tests: usize,
    ) -> Checked {
        let is_higher = self.is_higher();
        let either = |holds: bool| match (is_beyond.is_shifted, holds) {
            (false, _) => Finding::NotShown,
            (true, true) => Finding::Supported,
            (true, false) => Finding::Contradicted,
        };
        let is_leading = leading.as_ref() == Some(&claim.column);
        let finding = match claim.says {
            _ if self.is_too_few => Finding::TooFew,
            _ if matches!(self.test, Test::Cut(_)) => Finding::NoClaim,
            Says::Higher => either(is_higher),
            Says::Lower => either(!is_higher),
            // A difference that is not shown may still exist.
            Says::Same if is_beyond.is_different => Finding::Contradicted,
            Says::Same => Finding::NotShown,
            Says::Driver | Says::NotDriver if self.test != Test::Permutations => Finding::NoClaim,
            Says::Driver | Says::NotDriver if leading.is_none() => Finding::NotShown,
            Says::Driver if is_leading => Finding::Supported,
            Says::NotDriver if !is_leading => Finding::Supported,
            Says::Driver | Says::NotDriver => Finding::Contradicted,
        };
        Checked {
            claim,
            finding,
            is_feature: column.is_feature,
            basis: self.test.basis(),
            group: self.group,
            others: self.others,
            statistic: self.statistic,
            p: self.p,
            superiority: self.superiority,
            p_superiority: self.p_superiority,
            leading,
            n_tests,
        }
    }
}

/// Whether the group has more: by ranks, or by the means that a selective p value is about.
fn is_higher(
    basis: Basis,
    group: Option<&FiveNumbers>,
    others: Option<&FiveNumbers>,
    superiority: f64,
) -> bool {
    match (basis, group, others) {
        (Basis::Selective | Basis::Cut(_), Some(group), Some(others)) => group.mean > others.mean,
        _ => superiority > 0.5,
    }
}

/// The p value of the ranks. Without one of their own they still have to point where the means do: 1 where they do not, or nowhere, and 0
/// where they do, so that they decide nothing.
fn p_of_ranks(own: Option<f64>, superiority: f64, is_higher: bool) -> f64 {
    let is_one_way = if is_higher {
        superiority > 0.5
    } else {
        superiority < 0.5
    };
    own.unwrap_or(if is_one_way { 0.0 } else { 1.0 })
}

impl Checked {
    /// Why a direction is not shown, though there is a test of it; `None` for every other finding and claim.
    pub fn why_not(&self) -> Option<NotShown> {
        let is_direction = matches!(self.claim.says, Says::Higher | Says::Lower);
        let p = self
            .p
            .filter(|_| is_direction && self.finding == Finding::NotShown)?;
        let (group, others) = (self.group.as_ref(), self.others.as_ref());
        let is_higher = is_higher(self.basis, group, others, self.superiority);
        Some(if p > LEVEL {
            NotShown::Chance
        } else if p_of_ranks(self.p_superiority, self.superiority, is_higher) > LEVEL {
            NotShown::Ranks
        } else {
            NotShown::ManyTests
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
