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
//! cannot be had nothing is claimed ([`Basis`]).
//!
//! Columns looked at together share the level (Holm 1979, Scand. J. Stat. 6): with p values ascending, the i-th of m is beyond chance
//! where all up to it satisfy
//!
//! ```text
//! (m - i + 1) p_i <= level
//! ```

use super::claim::{Basis, Checked, Claim, Evidence, Finding, Group, Says, Test};
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
        leading(columns, is_member, tests, seed)
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

/// The column that differs most, of those whose difference is beyond chance; and how many were looked at: those with a valid test.
fn leading(
    columns: &[Evidence],
    is_member: &[bool],
    tests: &[Test],
    seed: u64,
) -> (Option<String>, usize) {
    let spreads = spreads(columns, &[is_member.to_vec()], seed).concat();
    let p = tests.iter().zip(&spreads);
    let p: Vec<Option<f64>> = p.map(|(test, spread)| test.p_of(spread.as_ref())).collect();
    let beyond = beyond_chance(&p);
    let found = columns.iter().zip(&spreads).zip(beyond);
    let found = found.filter(|(_, is_beyond)| *is_beyond);
    let found = found.filter_map(|((column, spread), _)| Some((column.name, spread.as_ref()?)));
    let most = found.max_by(|(_, a), (_, b)| a.statistic.total_cmp(&b.statistic));
    let n_tests = p.iter().flatten().count();
    (most.map(|(name, _)| name.to_owned()), n_tests)
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
        Self {
            test,
            group: of(true),
            others: of(false),
            statistic: spread.map_or(0.0, |it| it.statistic),
            p: test.p_of(spread),
            superiority: by_ranks.map_or(0.5, |(share, _)| share),
            p_superiority: (test == Test::Permutations).then_some(p_superiority),
        }
    }

    fn is_too_few(&self) -> bool {
        let is_few = |side: &Option<FiveNumbers>| side.is_none_or(|it| it.count < FEWEST);
        is_few(&self.group) || is_few(&self.others)
    }

    /// Whether the group has more: by ranks, or by the means that a selective p value is about.
    fn is_higher(&self) -> bool {
        match (self.test, &self.group, &self.others) {
            (Test::Selective(_) | Test::Cut(_), Some(group), Some(others)) => {
                group.mean > others.mean
            }
            _ => self.superiority > 0.5,
        }
    }

    /// The p value of a direction: distributions and ranks must both differ. `None` without a valid one or with too few customers.
    fn p_of_shift(&self) -> Option<f64> {
        let p = self.p.filter(|_| !self.is_too_few())?;
        // Without a p value of their own ranks still have to point where the means do.
        let of_ranks = || {
            let is_one_way = (self.superiority > 0.5) == self.is_higher();
            if is_one_way { p } else { 1.0 }
        };
        Some(
            self.p_superiority
                .map_or_else(of_ranks, |ranks| p.max(ranks)),
        )
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
            _ if self.is_too_few() => Finding::TooFew,
            _ if matches!(self.test, Test::Cut(_)) => Finding::NoClaim,
            Says::Higher => either(is_higher),
            Says::Lower => either(!is_higher),
            // A difference that is not shown may still exist.
            Says::Same if is_beyond.is_different => Finding::Contradicted,
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::explain::WhyCut;

    fn claim(column: &str, says: Says) -> Claim {
        Claim {
            column: column.into(),
            group: Group::Mismatched,
            says,
        }
    }

    #[test]
    fn a_direction_needs_a_shift_and_a_group_in_the_middle_has_none() {
        let values: Vec<f64> = (0..200).map(f64::from).collect();
        let column = |values| Evidence {
            name: "x",
            is_feature: false,
            values,
        };
        let find = |is_member: &[bool], says| {
            let columns = [column(values.as_slice())];
            check(
                &claim("x", says),
                &columns,
                is_member,
                &[Test::Permutations],
                1,
            )
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
        let of = |group, is_member, at: usize| {
            let grouped = Grouped {
                group,
                is_member,
                spreads: &spreads[at],
                tests: &[Test::Permutations],
            };
            insights(&columns, &[grouped])
        };
        let found = of(Group::Segment(1), &top, 0);
        assert_eq!((found.len(), found[0].claim.says), (1, Says::Higher));
        let found = of(Group::Mismatched, &middle, 1);
        assert!(found.is_empty());
        assert_eq!(
            check(
                &claim("y", Says::Higher),
                &[column(values.as_slice())],
                &top,
                &[Test::Permutations],
                1
            )
            .map(|it| it.finding),
            None
        );
    }

    #[test]
    fn a_column_that_the_models_cut_by_needs_a_selective_p_value() {
        let values: Vec<f64> = (0..200).map(f64::from).collect();
        let columns = [Evidence {
            name: "x",
            is_feature: true,
            values: &values,
        }];
        let top: Vec<bool> = (0..200).map(|i| i >= 170).collect();
        let spreads = spreads(&columns, std::slice::from_ref(&top), 1).concat();
        let find = |test, says| {
            let found = check(&claim("x", says), &columns, &top, &[test], 1).unwrap();
            let grouped = Grouped {
                group: Group::Segment(0),
                is_member: &top,
                spreads: &spreads,
                tests: &[test],
            };
            let insight = insights(&columns, &[grouped]);
            let insight: Vec<Finding> = insight.iter().map(|it| it.finding).collect();
            (found.finding, found.p, insight)
        };
        let cut = Test::Cut(WhyCut::NoReturn);
        let no_claim = (Finding::NoClaim, None, vec![Finding::NoClaim]);
        for says in Says::ALL {
            assert_eq!(find(cut, says), no_claim);
        }
        let unsure = find(Test::Selective(0.3), Says::Higher);
        assert_eq!(
            unsure,
            (Finding::NotShown, Some(0.3), vec![Finding::NotShown])
        );
        let sure = find(Test::Selective(0.01), Says::Lower);
        assert_eq!(
            sure,
            (Finding::Contradicted, Some(0.01), vec![Finding::Supported])
        );
        assert_eq!(
            find(Test::Selective(0.01), Says::Driver).0,
            Finding::Supported
        );
    }

    #[test]
    fn columns_share_the_level_as_holm_has_it() {
        // R 4.5 p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"): 0.03, 0.06, 0.06, 0.02
        let p = [Some(0.01), Some(0.04), None, Some(0.03), Some(0.005)];
        assert_eq!(beyond_chance(&p), [true, false, false, false, true]);
        assert_eq!(beyond_chance(&[None, Some(0.05)]), [false, true]);
        assert_eq!(beyond_chance(&[]), Vec::<bool>::new());
    }
}
