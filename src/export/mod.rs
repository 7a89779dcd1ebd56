//! Results to files that people take away.

mod labelled;
mod report;

pub use labelled::{labelled_csv, letter};
pub use report::Report;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::result::Comparison;
use crate::table::Table;

/// What of a result can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// All rows with their segments.
    Labelled,
}

impl Format {
    /// The file of a result; `stem` is the name of the customer file without its ending.
    pub fn file(
        self,
        stem: &str,
        table: &Table,
        comparison: &Comparison,
        names: &BTreeMap<u32, String>,
    ) -> ExportFile {
        match self {
            Self::Labelled => ExportFile {
                name: format!("{stem}_segments.csv"),
                media_type: "text/csv;charset=utf-8".into(),
                bytes: labelled_csv(table, comparison, names),
            },
        }
    }
}

/// A file to save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExportFile {
    /// Suggested name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Content; travels outside the message head.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}
