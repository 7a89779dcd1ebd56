//! Why a project file is not opened.

use serde::{Deserialize, Serialize};

use super::DecisionError;

/// Why a project file is not opened. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectError {
    /// More bytes than any project has.
    TooLarge {
        /// Its size.
        n_bytes: usize,
        /// The largest that is read.
        max: usize,
    },
    /// The file ends before the project does.
    Truncated,
    /// No JSON.
    NotJson {
        /// Line of the file (from 1) where it stops being so.
        line: usize,
    },
    /// A number that is too large to be one.
    NumberTooLarge {
        /// Line of the file (from 1).
        line: usize,
    },
    /// JSON, but no project.
    NoProject,
    /// Written by a later version of the program.
    Newer {
        /// Version of the format in the file.
        version: u64,
        /// The latest that is read.
        latest: u64,
    },
    /// Written in a format that is not read any more.
    Older {
        /// Version of the format in the file.
        version: u64,
        /// The earliest that is read.
        earliest: u64,
    },
    /// A field that the format does not have.
    UnknownField {
        /// Its name.
        field: String,
        /// Line of the file (from 1).
        line: usize,
    },
    /// A field that is not there.
    MissingField {
        /// Its name.
        field: String,
    },
    /// A field that is there twice.
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
    /// Rows of a group that are in no order.
    BadRows {
        /// Line of the file (from 1).
        line: usize,
    },
    /// Something else than what belongs there, such as a text in place of a number.
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
    /// A choice in it makes no sense for these data.
    Nonsense(DecisionError),
    /// The project cannot be written.
    Unwritable,
}

impl From<DecisionError> for ProjectError {
    fn from(error: DecisionError) -> Self {
        Self::Nonsense(error)
    }
}
