//! Why the models disagree: how the mismatched customers differ from the others, column by column, and the rule that finds them.

use serde::{Deserialize, Serialize};

use super::{Comparison, NO_SEGMENT};
use crate::explain::{Rule, best_range, best_rule, difference};
use crate::features::Feature;
use crate::table::{ColumnKind, Table};

/// Columns looked at.
const MOST_COLUMNS: usize = 12;

/// What sets the mismatched apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Mismatched customers.
    pub n_mismatched: usize,
    /// The rule that finds them best, if any is right in at least half of what it picks.
    pub rule: Option<Rule>,
    /// The columns, the one that differs most first.
    pub columns: Vec<ColumnDifference>,
}

/// How a column differs between the mismatched and the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnDifference {
    /// Its name.
    pub column: String,
    /// Whether the models saw it.
    pub is_feature: bool,
    /// Largest distance between the distribution functions (Kolmogorov-Smirnov).
    pub statistic: f64,
    /// Share of permutations that reach it.
    pub p: f64,
    /// The best range of this column alone.
    pub rule: Option<Rule>,
}

/// Explains the mismatch of a comparison.
pub(super) fn explanation(table: &Table, comparison: &Comparison) -> Explanation {
    let labels = &comparison.k_means.labels;
    let rows: Vec<usize> = (0..labels.len())
        .filter(|&row| labels[row] != NO_SEGMENT)
        .collect();
    let is_member: Vec<bool> = rows
        .iter()
        .map(|&row| comparison.is_mismatched(row))
        .collect();
    let of_rows = |values: &[f64]| -> Vec<f64> { rows.iter().map(|&row| values[row]).collect() };
    let mut columns: Vec<(String, bool, Vec<f64>)> = Vec::new();
    for (feature, values) in comparison.made() {
        columns.push((feature.name(), true, of_rows(values)));
    }
    let numeric = table
        .columns
        .iter()
        .filter(|column| column.kind == ColumnKind::Number);
    for column in numeric {
        if columns.iter().all(|(name, ..)| *name != column.name) {
            let is_feature = comparison.features.contains(&column.name);
            columns.push((column.name.clone(), is_feature, of_rows(&column.numbers)));
        }
    }
    // What the models saw comes first where there are too many.
    columns.sort_by_key(|(_, is_feature, _)| !is_feature);
    columns.truncate(MOST_COLUMNS);
    let difference = |(name, is_feature, values): &(String, bool, Vec<f64>)| {
        let found = difference(values, &is_member, comparison.settings.seed)?;
        Some(ColumnDifference {
            column: name.clone(),
            is_feature: *is_feature,
            statistic: found.statistic,
            p: found.p,
            rule: best_range(name, values, &is_member),
        })
    };
    let mut differences: Vec<ColumnDifference> = columns.iter().filter_map(difference).collect();
    differences.sort_by(|a, b| b.statistic.total_cmp(&a.statistic));
    // Indicators and ratios make a rule hard to read: rules speak of the file's own columns.
    let derived = comparison.made().map(|(feature, _)| feature);
    let derived: Vec<String> = derived
        .filter(|feature| !matches!(feature, Feature::Column(_)))
        .map(Feature::name)
        .collect();
    let own = columns.iter().filter(|(name, ..)| !derived.contains(name));
    let own: Vec<(&str, &[f64])> = own
        .map(|(name, _, values)| (name.as_str(), values.as_slice()))
        .collect();
    Explanation {
        n_mismatched: is_member.iter().filter(|&&is| is).count(),
        rule: best_rule(&own, &is_member),
        columns: differences,
    }
}
