//! The columns that features are made of, and why some cannot be.

use serde::{Deserialize, Serialize};

use crate::table::{Column, Table, parse_number};

/// Why there is nothing to fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureError {
    /// No feature is chosen.
    NoFeatures,
    /// The table has no numeric column to choose.
    NoNumericColumn,
    /// A chosen column is not in the table.
    UnknownColumn {
        /// The name.
        column: String,
    },
    /// A chosen column holds no numbers.
    NotNumeric {
        /// The name.
        column: String,
        /// Line of the first cell that is not a number.
        line: u64,
        /// The text of that cell.
        found: String,
    },
    /// A chosen column holds no dates.
    NotDates {
        /// The name.
        column: String,
    },
    /// The squares of its differences are above or below what a double holds.
    Span {
        /// Name of the feature.
        feature: String,
        /// Whether the differences are too large, else too small.
        is_large: bool,
        /// Line of the file without whose cell the feature would do, where it is one.
        line: Option<u64>,
    },
    /// Every row lacks a value in some feature.
    NoCompleteRow {
        /// Number of rows looked at.
        rows: usize,
    },
}

/// The column of that name.
pub(super) fn column<'a>(table: &'a Table, name: &str) -> Result<&'a Column, FeatureError> {
    let column = table.column(name);
    column.ok_or_else(|| FeatureError::UnknownColumn {
        column: name.to_owned(),
    })
}

/// The numbers of the column of that name.
pub(super) fn numbers<'a>(table: &'a Table, name: &str) -> Result<&'a [f64], FeatureError> {
    let column = column(table, name)?;
    if !column.numbers.is_empty() {
        return Ok(&column.numbers);
    }
    let is_other = |&row: &usize| parse_number(&column.cell(row)).is_none();
    let row = (0..column.n_rows()).find(is_other).unwrap_or(0);
    let found = column.cell(row).chars().take(40).collect();
    Err(FeatureError::NotNumeric {
        column: name.to_owned(),
        line: table.lines.get(row).unwrap_or(1),
        found,
    })
}
