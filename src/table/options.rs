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
    /// Where the rows are order lines: one row per customer is made of them.
    pub orders: Option<OrderColumns>,
}

/// Which columns of order lines say what, and up to which day they count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrderColumns {
    /// Who bought.
    pub customer: String,
    /// When.
    pub date: String,
    /// What the line cost; absent: price times quantity.
    pub amount: Option<String>,
    /// How many pieces; a negative number is a return.
    pub quantity: Option<String>,
    /// What one piece cost; with no quantity, what the line cost.
    pub price: Option<String>,
    /// The number of the order or invoice that the line belongs to.
    pub invoice: Option<String>,
    /// What was bought.
    pub article: Option<String>,
    /// The last day that counts, such as 2024-01-31; absent: the last one in the file.
    pub until: Option<String>,
    /// Further columns that are summarised per customer, by name.
    pub others: BTreeMap<String, Summary>,
}

/// What is said of a customer's values in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Summary {
    /// The most frequent one; of equally frequent ones the first in the alphabet.
    MostFrequent,
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
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
}
