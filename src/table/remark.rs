//! What is remarkable about the part that a column plays: each is said, and can be answered otherwise.

use serde::{Deserialize, Serialize};

use super::Content;
use super::copies::Likeness;

/// Why a column is not what it seems to be, or is not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// An identifier in which a spreadsheet has lost digits: `8.90123E+12`.
    DamagedIdentifiers {
        /// How many cells.
        count: usize,
        /// The first of them.
        found: String,
        /// Its line.
        line: u64,
    },
    /// Numbers that are missing in so many rows that they are not used.
    MostlyEmpty {
        /// Rows with a value.
        filled: usize,
        /// Customers that remain without it.
        kept: usize,
        /// Customers that remain with it.
        with: usize,
    },
    /// The same value in every row that has one.
    Constant {
        /// The value, as it stands in the file.
        value: String,
    },
    /// Numbers that follow from other columns, which are used instead.
    NearCopy {
        /// Names of the others.
        of: Vec<String>,
        /// How they follow.
        how: Likeness,
    },
    /// Numbers that say who somebody is rather than how much; they are not used.
    NoQuantity {
        /// What they are.
        content: Content,
    },
}
