//! Why the models disagree: how the mismatched customers differ from the others, column by column, and the rule that finds them.

use serde::{Deserialize, Serialize};

use super::advice::Contested;
use super::advice::contested;
use super::columns::numeric_columns;
use crate::cluster::FitError;
use crate::engine::{Ground, Question, Step};
use crate::explain::{
    Checked, Difference, Evidence, Group, Rule, best_range, best_rule, insights, spreads,
};
use crate::features::Feature;
use crate::numeric::Rng;
use crate::result::{Comparison, EngineError, Stage};
use crate::table::Table;

/// The largest number of columns examined.
const MOST_COLUMNS: usize = 12;

/// What distinguishes the mismatched customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Mismatched customers.
    pub n_mismatched: usize,
    /// The rule that finds them best, if one is right for at least half of the customers it selects.
    pub rule: Option<Rule>,
    /// The columns, the one that differs most first.
    pub columns: Vec<ColumnDifference>,
    /// What holds beyond chance for the mismatched and for each segment, from the first of the models compared that has it.
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
    /// Largest distance between the distribution functions (Kolmogorov-Smirnov).
    pub statistic: f64,
    /// Share of permutations that reach it.
    pub p: f64,
    /// The best range of this column alone.
    pub rule: Option<Rule>,
}

/// The largest number of customers for checking claims about segments; above it, a random sample of this size is used.
const MOST_CUSTOMERS: usize = 5_000;

/// A column used in the explanation.
pub(super) struct EvidenceColumn {
    name: String,
    /// Whether it is a feature of the models.
    is_feature: bool,
    /// A value per customer.
    values: Vec<f64>,
}

/// The columns, with the values of some rows.
pub(super) fn columns_of(
    table: &Table,
    comparison: &Comparison,
    rows: &[usize],
) -> Vec<EvidenceColumn> {
    let columns = numeric_columns(table, comparison, MOST_COLUMNS).into_iter();
    let of_rows = |values: &[f64]| rows.iter().map(|&row| values[row]).collect();
    columns
        .map(|column| EvidenceColumn {
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

/// What holds for every segment, checked on at most 5,000 customers.
fn insights_of_segments(table: &Table, comparison: &Comparison, rows: Vec<usize>) -> Vec<Checked> {
    let seed = comparison.settings.seed;
    let rows = Rng::new(seed ^ 0x1A5).some_of(rows, MOST_CUSTOMERS);
    let columns = columns_of(table, comparison, &rows);
    let columns = as_evidence(&columns);
    let segments = comparison.segments();
    let groups: Vec<Group> = segments
        .into_iter()
        .map(|segment| Group::Segment(segment as u32))
        .collect();
    let of = |group: &Group| members(comparison, *group, &rows);
    let memberships: Vec<Vec<bool>> = groups.iter().map(of).collect();
    let spreads = spreads(&columns, &memberships, seed);
    let of_group = groups.into_iter().zip(memberships).zip(&spreads);
    of_group
        .flat_map(|((group, is_member), spreads)| insights(group, &columns, &is_member, spreads))
        .collect()
}

/// What distinguishes the mismatched customers?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskExplanation;

impl Question for AskExplanation {
    type Answer = Explanation;
    type State = ();
    const STAGE: Stage = Stage::Explaining;

    fn step(
        &self,
        (): &mut (),
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<Explanation>, EngineError> {
        progress(0.0);
        Ok(Step::Done(explanation(ground)?))
    }
}

fn explanation(ground: &Ground<'_>) -> Result<Explanation, FitError> {
    let Ground {
        table, comparison, ..
    } = *ground;
    let rows = rows_of(comparison);
    let is_member = members(comparison, Group::Mismatched, &rows);
    let columns = columns_of(table, comparison, &rows);
    let evidence = as_evidence(&columns);
    let memberships = [is_member];
    let spreads = spreads(&evidence, &memberships, comparison.settings.seed);
    let ([is_member], spreads) = (&memberships, spreads.concat());
    let difference = |(column, spread): (&Evidence, &Option<Difference>)| {
        let found = spread.as_ref()?;
        Some(ColumnDifference {
            column: column.name.to_owned(),
            is_feature: column.is_feature,
            statistic: found.statistic,
            p: found.p,
            rule: best_range(column.name, column.values, is_member),
        })
    };
    let differences = evidence.iter().zip(&spreads).filter_map(difference);
    let mut differences: Vec<ColumnDifference> = differences.collect();
    differences.sort_by(|a, b| b.statistic.total_cmp(&a.statistic));
    // Indicators and ratios make a rule hard to read, so rules use only columns of the file.
    let derived = comparison.made().map(|(feature, _)| feature);
    let derived: Vec<String> = derived
        .filter(|feature| !matches!(feature, Feature::Column(_)))
        .map(Feature::name)
        .collect();
    let own = columns
        .iter()
        .filter(|column| !derived.contains(&column.name));
    let own: Vec<(&str, &[f64])> = own
        .map(|column| (column.name.as_str(), column.values.as_slice()))
        .collect();
    let mut insights = insights(Group::Mismatched, &evidence, is_member, &spreads);
    insights.extend(insights_of_segments(table, comparison, rows));
    Ok(Explanation {
        n_mismatched: is_member.iter().filter(|&&is| is).count(),
        rule: best_rule(&own, is_member),
        columns: differences,
        insights,
        contested: contested(ground)?,
    })
}
