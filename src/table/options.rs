//! How a file is to be read, where the user overrides what the reader finds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ColumnKind, Decimal};

/// Choices for reading a file. What is left open is detected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadOptions {
    /// Name of the encoding, as in the Encoding Standard.
    pub encoding: Option<String>,
    /// Between cells.
    pub delimiter: Option<char>,
    /// Around cells that hold delimiters.
    pub quote: Option<char>,
    /// Where the names of the columns stand.
    pub header: Option<Header>,
    /// The decimal sign of all number columns.
    pub decimal: Option<Decimal>,
    /// The decimal sign of single columns, by name; overrides `decimal`.
    pub decimals: BTreeMap<String, Decimal>,
    /// What a column holds, by name.
    pub kinds: BTreeMap<String, ColumnKind>,
    /// Whether texts such as `dÃ©pense`, which an earlier program read in the wrong encoding, are repaired.
    pub repairs_texts: bool,
    /// The sheet of a workbook, by name.
    pub sheet: Option<String>,
}

impl ReadOptions {
    pub(super) fn decimal_of(&self, column: &str) -> Option<Decimal> {
        self.decimals.get(column).copied().or(self.decimal)
    }
}

/// Where the names of the columns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    /// Nowhere: the columns are numbered.
    None,
    /// On this line (from 1); lines above belong to no column.
    Line(u64),
    /// On several lines, from the first to the last, which are put together.
    Lines(u64, u64),
}
