//! Why a project file is not opened.

use serde::{Deserialize, Serialize};

use super::DecisionError;

/// Why a project file is not opened. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectError {
    /// More bytes than any project has.
    TooLarge {
        /// Its size.
        n_bytes: usize,
        /// The largest size read.
        max: usize,
    },
    /// The file ends before the project does.
    Truncated,
    /// Not JSON.
    NotJson {
        /// Line of the file (from 1) where JSON ends.
        line: usize,
    },
    /// A number that is too large for its type.
    NumberTooLarge {
        /// Line of the file (from 1).
        line: usize,
    },
    /// JSON, but not a project.
    NoProject,
    /// Written by a later version of the program.
    Newer {
        /// Version of the format in the file.
        version: u64,
        /// The latest version read.
        latest: u64,
    },
    /// Written in a format that is no longer read.
    Older {
        /// Version of the format in the file.
        version: u64,
        /// The earliest version read.
        earliest: u64,
    },
    /// A field that the format does not have.
    UnknownField {
        /// Its name.
        field: String,
        /// Line of the file (from 1).
        line: usize,
    },
    /// A field is missing.
    MissingField {
        /// Its name.
        field: String,
    },
    /// A field occurs twice.
    RepeatedField {
        /// Its name.
        field: String,
        /// Line of the file (from 1).
        line: usize,
    },
    /// A word that the format does not have.
    UnknownWord {
        /// The word.
        found: String,
        /// Line of the file (from 1).
        line: usize,
    },
    /// Rows of a group that are not ascending.
    BadRows {
        /// Line of the file (from 1).
        line: usize,
    },
    /// A value of the wrong type, such as a text instead of a number.
    WrongKind {
        /// Line of the file (from 1).
        line: usize,
    },
    /// The project was made for other data.
    OtherData {
        /// The file it was made for.
        name: String,
        /// Its rows.
        n_rows: usize,
        /// Rows of the file that is open.
        n_rows_found: usize,
        /// The first of its columns that the open file does not have.
        missing: Option<String>,
    },
    /// A choice makes no sense for these data.
    Nonsense(DecisionError),
    /// The project cannot be written.
    Unwritable,
}

impl From<DecisionError> for ProjectError {
    fn from(error: DecisionError) -> Self {
        Self::Nonsense(error)
    }
}
