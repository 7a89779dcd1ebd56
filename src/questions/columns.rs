//! The numeric columns and derived features used in explanations.

use crate::result::Comparison;
use crate::table::{ColumnKind, Table};

/// A numeric column or derived feature.
pub(crate) struct NumericColumn<'a> {
    pub(crate) name: String,
    /// Whether it is a feature of the models.
    pub(crate) is_feature: bool,
    /// One value per row of the table, as the models use it; NaN where missing.
    pub(crate) values: &'a [f64],
}

/// At most `most` of them, features first.
pub(crate) fn numeric_columns<'a>(
    table: &'a Table,
    comparison: &'a Comparison,
    most: usize,
) -> Vec<NumericColumn<'a>> {
    let made = comparison.made().map(|(feature, values)| NumericColumn {
        name: feature.name(),
        is_feature: true,
        values,
    });
    let mut found: Vec<NumericColumn> = made.collect();
    for column in &table.columns {
        let is_known = found.iter().any(|known| known.name == column.name);
        if column.kind == ColumnKind::Number && !is_known {
            found.push(NumericColumn {
                name: column.name.clone(),
                is_feature: comparison.features.contains(&column.name),
                values: &column.numbers,
            });
        }
    }
    found.sort_by_key(|column| !column.is_feature);
    found.truncate(most);
    found
}
