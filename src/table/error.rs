//! Why a file is no table.

use serde::{Deserialize, Serialize};

use super::source::Unreadable;

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableError {
    /// No bytes, or only blank lines.
    Empty,
    /// A header and nothing below it.
    NoRows {
        /// The columns it names.
        columns: Vec<String>,
    },
    /// The bytes are another kind of file.
    NotText {
        /// What the first bytes say it is, for example `a PNG image`; `None` when unknown.
        found: Option<String>,
    },
    /// The file is larger than can be held.
    TooLarge {
        /// Its size.
        n_bytes: usize,
        /// The largest that can be read.
        limit: usize,
    },
    /// A workbook of which a part cannot be read.
    BrokenWorkbook,
    /// The bytes can no longer be read.
    Unreadable,
}

impl From<Unreadable> for TableError {
    fn from(_: Unreadable) -> Self {
        Self::Unreadable
    }
}
