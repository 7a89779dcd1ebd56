//! Why order lines give no customers.

use serde::{Deserialize, Serialize};

use crate::table::TableError;

/// Why order lines give no customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderError {
    /// The file has no column of that name.
    UnknownColumn {
        /// Its name.
        column: String,
    },
    /// The column is to hold numbers and does not.
    NotNumbers {
        /// Its name.
        column: String,
    },
    /// No cell of the column is a date.
    NoDates {
        /// Its name.
        column: String,
    },
    /// Neither an amount nor a price is named.
    NoAmount,
    /// The reference date is no day of the calendar.
    UnknownDay {
        /// As it was entered.
        text: String,
    },
    /// No line has a customer, a date up to the reference date, and an amount.
    NoLines {
        /// Lines of the file.
        lines: usize,
    },
    /// The customers cannot be read as a table.
    Table(TableError),
}

impl From<TableError> for OrderError {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}
