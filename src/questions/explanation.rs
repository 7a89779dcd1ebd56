//! Why the models disagree: how the mismatched customers differ from the others, column by column, and the rule that finds them; and
//! what sets each segment apart.

use serde::{Deserialize, Serialize};

use super::advice::Contested;
use super::advice::contested;
use super::columns::numeric_columns;
use super::related::{Ranked, known_by};
use super::selective::Selective;
use crate::cluster::{FitError, Samples};
use crate::engine::{Ground, Question, Shares, Step, pack};
use crate::explain::{
    Basis, Candidate, Checked, Difference, Evidence, FEWEST, Group, Grouped, LEVEL, Rule, Test,
    WhyCut, best_range, best_rule, beyond_chance, insights, leader, p_values, spreads,
};
use crate::features::{Feature, Formulas};
use crate::numeric::{Rng, sorted_by};
use crate::result::{Comparison, EngineError, Stage};
use crate::table::{Table, by_content};

/// Columns among which rules of two are looked for: those that differ most.
const MOST_FOR_RULES: usize = 24;
/// Values of the mismatched and the others that are compared, over all columns; with more, a random sample of customers is.
const MOST_VALUES: usize = 24_000_000;

/// What distinguishes the mismatched customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Mismatched customers.
    pub n_mismatched: usize,
    /// Everyone else in the models.
    pub n_others: usize,
    /// The rule that finds them best, if one is right for at least half of the customers it selects.
    pub rule: Option<Rule>,
    /// The columns, the one that differs most first.
    pub columns: Vec<ColumnDifference>,
    /// What holds beyond chance for the mismatched and for each segment, from the first of the models compared that has it, and what
    /// came of the columns that the models cut by.
    pub insights: Vec<Checked>,
    /// The segments that each mismatched customer is between.
    pub contested: Vec<Contested>,
}

/// How a column differs between the mismatched and the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnDifference {
    /// Its name.
    pub column: String,
    /// Whether it is a feature of the models.
    pub is_feature: bool,
    /// What the p value rests on.
    pub basis: Basis,
    /// Largest distance between the distribution functions (Kolmogorov-Smirnov).
    pub statistic: f64,
    /// Share of permutations that reach it, or the selective p value; `None` if there is no valid one, or fewer than five customers on
    /// a side have a value.
    pub p: Option<f64>,
    /// Whether the difference is beyond chance, all columns sharing the level.
    pub differs: bool,
    /// The best range of this column alone.
    pub rule: Option<Rule>,
}

impl Explanation {
    /// Number of columns that were tested, which share the level.
    pub fn n_tested(&self) -> usize {
        self.columns.iter().filter(|it| it.p.is_some()).count()
    }

    /// The column that sets the mismatched apart most, of those that no model used, if any does beyond chance: in the others the cut
    /// makes the distance.
    pub fn leading(&self) -> Option<&str> {
        let columns = self.columns.iter();
        let unused = columns.filter(|it| it.basis == Basis::Permutations && it.p.is_some());
        let candidates = unused.map(|it| Candidate {
            name: &it.column,
            statistic: it.statistic,
            differs: it.differs,
        });
        leader(&candidates.collect::<Vec<_>>())
    }
}

impl ColumnDifference {
    /// Whether it would be beyond chance, were it the only column looked at.
    pub fn differs_alone(&self) -> bool {
        self.p.is_some_and(|p| p <= LEVEL)
    }
}

/// The largest number of customers for checking claims about segments; above it, a random sample of this size is used.
pub(super) const MOST_CUSTOMERS: usize = 5_000;

/// A column used in the explanation.
pub(super) struct EvidenceColumn {
    name: String,
    /// Whether it is a feature of the models.
    is_feature: bool,
    /// Its position among the features.
    feature: Option<usize>,
    /// A value per customer.
    values: Vec<f64>,
}

/// The columns, with the values of some rows.
pub(super) fn columns_of(
    table: &Table,
    comparison: &Comparison,
    rows: &[usize],
) -> Vec<EvidenceColumn> {
    let columns = numeric_columns(table, comparison, usize::MAX).into_iter();
    let feature = |name: &String| comparison.features.iter().position(|it| it == name);
    let of_rows = |values: &[f64]| rows.iter().map(|&row| values[row]).collect();
    columns
        .map(|column| EvidenceColumn {
            feature: feature(&column.name).filter(|_| column.is_feature),
            name: column.name,
            is_feature: column.is_feature,
            values: of_rows(column.values),
        })
        .collect()
}

pub(super) fn as_evidence(columns: &[EvidenceColumn]) -> Vec<Evidence<'_>> {
    let columns = columns.iter();
    let of = columns.map(|column| Evidence {
        name: &column.name,
        is_feature: column.is_feature,
        values: &column.values,
    });
    of.collect()
}

/// Rows in the models.
pub(super) fn rows_of(comparison: &Comparison) -> Vec<usize> {
    let rows = 0..comparison.first_labels().len();
    rows.filter(|&row| comparison.is_in(row)).collect()
}

pub(super) fn members(comparison: &Comparison, group: Group, rows: &[usize]) -> Vec<bool> {
    let labels = match group {
        Group::Mismatched => &[],
        Group::Segment(segment) => comparison.labels_that_have(segment),
    };
    let is_member = |&row: &usize| match group {
        Group::Mismatched => comparison.is_mismatched(row),
        Group::Segment(segment) => labels[row] == segment,
    };
    rows.iter().map(is_member).collect()
}

/// The groups that can be tested: the mismatched, then each segment, if there are enough members and others.
fn groups_of(comparison: &Comparison) -> Vec<Group> {
    let rows = rows_of(comparison);
    let segments = comparison.segments().into_iter();
    let groups = segments.map(|segment| Group::Segment(segment as u32));
    let is_tested = |group: &Group| {
        let n_members = members(comparison, *group, &rows).into_iter();
        let n_members = n_members.filter(|is| *is).count();
        n_members >= FEWEST && rows.len() - n_members >= FEWEST
    };
    // Who is asked about first is tested first, while the budget of fits lasts.
    std::iter::once(Group::Mismatched)
        .chain(groups)
        .filter(is_tested)
        .collect()
}

/// The tests of the columns for a group. `related` says of each column whether it is nearly the same as a feature.
pub(super) fn tests_of(
    columns: &[EvidenceColumn],
    related: &[bool],
    group: Group,
    selective: &Selective,
) -> Vec<Test> {
    let tests = columns.iter().zip(related);
    tests
        .map(|(column, is_related)| match column.feature {
            Some(feature) => selective.test(group, feature),
            None if *is_related => Test::Cut(WhyCut::Related),
            None => Test::Permutations,
        })
        .collect()
}

/// Which columns no model used, but say nearly the same as the features, or are made of what these are made of.
pub(super) fn related(
    table: &Table,
    columns: &[EvidenceColumn],
    comparison: &Comparison,
) -> Vec<bool> {
    if columns.iter().all(|column| column.feature.is_some()) {
        return vec![false; columns.len()];
    }
    let features = comparison.settings.features.as_deref().unwrap_or_default();
    let known = known_by(features, &Formulas::of(table));
    let ranked = |column: &EvidenceColumn| Ranked::of(&column.name, &column.values);
    let used = columns.iter().filter(|column| column.feature.is_some());
    let used: Vec<Ranked> = used.map(ranked).collect();
    let is_related =
        |column: &EvidenceColumn| known.contains(&column.name) || ranked(column).follows(&used);
    let of = columns.iter();
    of.map(|column| column.feature.is_none() && is_related(column))
        .collect()
}

/// At most so many of the rows, at random, whatever their order in the file.
pub(super) fn some_rows(ground: &Ground<'_>, rows: Vec<usize>, most: usize) -> Vec<usize> {
    if rows.len() <= most {
        return rows;
    }
    let mut rng = Rng::new(ground.comparison.settings.seed ^ 0x1A5);
    let rows = by_content(ground.table, &rows);
    let drawn = rng.some_of((0..rows.len()).collect(), most);
    let mut drawn: Vec<usize> = drawn.into_iter().map(|at| rows[at]).collect();
    drawn.sort_unstable();
    drawn
}

/// What holds for every segment, checked on at most 5,000 customers.
fn insights_of_segments(
    comparison: &Comparison,
    rows: &[usize],
    columns: &[EvidenceColumn],
    related: &[bool],
    selective: &Selective,
) -> Vec<Checked> {
    let evidence = as_evidence(columns);
    let segments = comparison.segments();
    let groups: Vec<Group> = segments
        .into_iter()
        .map(|segment| Group::Segment(segment as u32))
        .collect();
    let of = |group: &Group| members(comparison, *group, rows);
    let memberships: Vec<Vec<bool>> = groups.iter().map(of).collect();
    let spreads = spreads(&evidence, &memberships, comparison.settings.seed);
    let tests = groups.iter();
    let tests: Vec<Vec<Test>> = tests
        .map(|group| tests_of(columns, related, *group, selective))
        .collect();
    let grouped = |at: usize| Grouped {
        group: groups[at],
        is_member: &memberships[at],
        spreads: &spreads[at],
        tests: &tests[at],
    };
    let grouped: Vec<Grouped> = (0..groups.len()).map(grouped).collect();
    insights(&evidence, &grouped)
}

/// What distinguishes the mismatched customers?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskExplanation;

impl Question for AskExplanation {
    type Answer = Explanation;
    type State = Option<Selective>;
    const STAGE: Stage = Stage::Explaining;

    fn step(
        &self,
        state: &mut Option<Selective>,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<Explanation>, EngineError> {
        progress(0.0);
        let selective = begun(state, ground);
        if !selective.go_on(ground.samples, progress) {
            return Ok(Step::Unfinished);
        }
        Ok(Step::Done(explanation(ground, selective)?))
    }

    fn shares(
        &self,
        state: &mut Option<Selective>,
        ground: &Ground<'_>,
    ) -> Result<Option<Shares<Vec<u8>>>, EngineError> {
        let Shares {
            needs_samples,
            items,
            whole,
            left,
        } = begun(state, ground).shares();
        let items = items.into_iter();
        let items = items.filter_map(|(item, weight)| Some((pack(&item)?, weight)));
        Ok(Some(Shares {
            needs_samples,
            items: items.collect(),
            whole,
            left,
        }))
    }

    fn help(
        item: &[u8],
        samples: Option<&Samples>,
        progress: &mut dyn FnMut(f64),
    ) -> Option<Vec<u8>> {
        progress(0.0);
        Selective::help(item, samples)
    }

    fn keep(state: &mut Option<Selective>, found: &[u8]) {
        if let Some(selective) = state {
            selective.keep(found);
        }
    }
}

fn begun<'a>(state: &'a mut Option<Selective>, ground: &Ground<'_>) -> &'a mut Selective {
    state.get_or_insert_with(|| {
        let features = ground.comparison.features.iter().map(String::as_str);
        let groups = groups_of(ground.comparison);
        Selective::of(ground, &groups, &features.collect::<Vec<_>>())
    })
}

fn explanation(ground: &Ground<'_>, selective: &Selective) -> Result<Explanation, FitError> {
    let Ground {
        table, comparison, ..
    } = *ground;
    let all = rows_of(comparison);
    let n_mismatched = all.iter().filter(|&&row| comparison.is_mismatched(row));
    let n_mismatched = n_mismatched.count();
    let n_others = all.len() - n_mismatched;
    let is_enough = n_mismatched.min(n_others) >= FEWEST;
    let few = some_rows(ground, all.clone(), MOST_CUSTOMERS);
    let columns_of_few = columns_of(table, comparison, &few);
    let related = related(table, &columns_of_few, comparison);
    let most = MOST_CUSTOMERS.max(MOST_VALUES / columns_of_few.len().max(1));
    let rows = some_rows(ground, all, most);
    let is_member = members(comparison, Group::Mismatched, &rows);
    let columns = columns_of(table, comparison, &rows);
    let evidence = as_evidence(&columns);
    let memberships = [is_member];
    let spreads = spreads(&evidence, &memberships, comparison.settings.seed);
    let ([is_member], spreads) = (&memberships, spreads.concat());
    let tests = tests_of(&columns, &related, Group::Mismatched, selective);
    let p = p_values(&evidence, is_member, &tests, &spreads);
    let beyond = beyond_chance(&p);
    let difference = |at: usize| {
        let column = &evidence[at];
        let found: &Difference = spreads[at].as_ref()?;
        Some(ColumnDifference {
            column: column.name.to_owned(),
            is_feature: column.is_feature,
            basis: tests[at].basis(),
            statistic: found.statistic,
            p: p[at],
            differs: beyond[at],
            rule: best_range(column.name, column.values, is_member),
        })
    };
    let differences = (0..evidence.len()).filter_map(difference);
    let differences: Vec<ColumnDifference> = sorted_by(differences.collect(), |a, b| {
        let by_name = a.column.cmp(&b.column);
        b.statistic.total_cmp(&a.statistic).then(by_name)
    });
    // Indicators and ratios make a rule hard to read, so rules use only columns of the file.
    let derived = comparison.made().map(|(feature, _)| feature);
    let derived: Vec<String> = derived
        .filter(|feature| !matches!(feature, Feature::Column(_)))
        .map(Feature::name)
        .collect();
    let own = differences
        .iter()
        .filter(|column| !derived.contains(&column.column))
        .take(MOST_FOR_RULES);
    let own: Vec<&str> = own.map(|column| column.column.as_str()).collect();
    let own = columns
        .iter()
        .filter(|column| own.contains(&column.name.as_str()));
    let own: Vec<(&str, &[f64])> = own
        .map(|column| (column.name.as_str(), column.values.as_slice()))
        .collect();
    let mismatched = Grouped {
        group: Group::Mismatched,
        is_member,
        spreads: &spreads,
        tests: &tests,
    };
    let mut insights = insights(&evidence, &[mismatched]);
    insights.extend(insights_of_segments(
        comparison,
        &few,
        &columns_of_few,
        &related,
        selective,
    ));
    Ok(Explanation {
        n_mismatched,
        n_others,
        rule: best_rule(&own, is_member).filter(|_| is_enough),
        columns: differences,
        insights,
        contested: contested(ground)?,
    })
}
