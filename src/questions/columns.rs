//! The numeric columns and derived features used in explanations.

use crate::numeric::sorted_by;
use crate::result::Comparison;
use crate::table::{ColumnKind, Role, Table};

/// A numeric column or derived feature.
pub(crate) struct NumericColumn<'a> {
    pub(crate) name: String,
    /// Whether it is a feature of the models.
    pub(crate) is_feature: bool,
    /// One value per row of the table, as the models use it; NaN where missing.
    pub(crate) values: &'a [f64],
}

/// At most `most` of them, features first. A column that is ignored is only a feature if the user made one of it.
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
    let settings = &comparison.settings;
    for column in &table.columns {
        let is_known = found.iter().any(|known| known.name == column.name);
        let is_looked_at =
            column.kind == ColumnKind::Number && settings.role_of(column) != Role::Ignored;
        if is_looked_at && !is_known {
            found.push(NumericColumn {
                name: column.name.clone(),
                is_feature: comparison.features.contains(&column.name),
                values: &column.numbers,
            });
        }
    }
    let mut found = sorted_by(found, |a, b| b.is_feature.cmp(&a.is_feature));
    found.truncate(most);
    found
}
