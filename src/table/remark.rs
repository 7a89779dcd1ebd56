//! What is remarkable about the part that a column plays: each is said, and can be answered otherwise.

use serde::{Deserialize, Serialize};

use super::likeness::Likeness;
use super::{Content, Decimal};

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
        /// Rows that have it.
        filled: usize,
        /// Rows that have none.
        empty: usize,
    },
    /// The same key of a customer in every row: all rows are about one.
    OneCustomer {
        /// The key.
        value: String,
    },
    /// Numbers that follow from other columns, which are used instead.
    NearCopy {
        /// Names of the others.
        of: Vec<String>,
        /// How they follow.
        how: Likeness,
    },
    /// Numbers that spreadsheets of several countries wrote, so that no decimal sign reads them all; the others count as missing, and the
    /// column is not used until a sign is chosen.
    MixedDecimals {
        /// Numbers in which the point can only be the decimal sign.
        points: usize,
        /// The first of them in the alphabet.
        point_example: String,
        /// Numbers in which the comma can only be, or points can only group thousands.
        commas: usize,
        /// The first of them in the alphabet.
        comma_example: String,
        /// The sign that the column is read by.
        decimal: Decimal,
        /// Whether somebody chose it.
        is_chosen: bool,
    },
    /// Amounts in several currencies, or in units that cannot be converted: those in one are kept, the others count as missing.
    MixedUnits {
        /// The one that is kept.
        kept: String,
        /// All of them, the most frequent first.
        counts: Vec<UnitCount>,
        /// Numbers without a unit among units, which count as missing, too.
        bare: usize,
    },
    /// Amounts in several units of one kind, which were converted to the smallest, or some without a unit.
    Converted {
        /// The unit of the numbers.
        unit: String,
        /// All units, the most frequent first; the empty one stands for numbers without a unit.
        counts: Vec<UnitCount>,
    },
    /// Texts such as `1:05`, which are durations or times of the day.
    Times {
        /// The unit of the numbers if they are read as durations.
        unit: Option<String>,
        /// The first of them in the alphabet.
        example: String,
        /// Its number as a duration.
        value: String,
    },
    /// Values that repeat or lie far from the rest, as codes for "no answer" do.
    MissingCodes {
        /// Each value with its rows, in ascending order.
        codes: Vec<UnitCount>,
        /// Whether they count as missing.
        is_missing: bool,
    },
    /// Lists in the cells: short entries that come back in many combinations.
    Lists {
        /// Different entries.
        entries: usize,
        /// Cells with a value.
        cells: usize,
        /// What joins the entries.
        separator: String,
        /// The most frequent entry.
        example: String,
        /// Columns of yes and no that were made of the most frequent entries; 0 where that was not chosen.
        columns: usize,
    },
    /// Numbers that say who somebody is rather than how much; they are not used.
    NoQuantity {
        /// What they are.
        content: Content,
    },
}

/// How many cells have a unit, a currency or a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCount {
    /// The unit, the currency or the value.
    pub unit: String,
    /// Cells with it.
    pub count: usize,
}
