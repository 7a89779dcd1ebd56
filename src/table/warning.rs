//! What was repaired or looks doubtful, with the lines it concerns.

use serde::{Deserialize, Serialize};

use super::remark::Remark;
use super::{DateForm, Decimal};

/// Something repaired or doubtful, with the lines it concerns (the first few of them).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Rows or lines that are not like the others.
    Lines {
        /// What is odd about them.
        oddity: Oddity,
        /// How many.
        count: usize,
        /// The first of them.
        lines: Vec<u64>,
    },
    /// A numeric column holds texts; they count as missing.
    NotNumbers {
        /// Name of the column.
        column: String,
        /// How many cells.
        count: usize,
        /// Lines of the first of them.
        lines: Vec<u64>,
        /// The text of the first.
        found: String,
    },
    /// The first or last row adds up the others and was left out.
    TotalRow {
        /// Its line.
        line: u64,
    },
    /// The first or last row adds up the others and was kept, as chosen.
    TotalKept {
        /// Its line.
        line: u64,
    },
    /// Another table starts on this line; it and all below were left out.
    SecondTable {
        /// Its first line.
        line: u64,
    },
    /// Several rows make the header, for example names and units.
    HeaderRows {
        /// How many.
        count: usize,
    },
    /// Numbers that are infinite or too large; they count as missing.
    Infinite {
        /// Name of the column.
        column: String,
        /// How many cells.
        count: usize,
        /// The first of them.
        found: String,
        /// Its line.
        line: u64,
    },
    /// Cells in which a spreadsheet wrote that it could not compute; they count as missing.
    SpreadsheetErrors {
        /// Name of the column.
        column: String,
        /// How many cells.
        count: usize,
        /// The first of them.
        found: String,
        /// Its line.
        line: u64,
    },
    /// A comma or point before three digits, which may be a decimal sign or group thousands.
    AmbiguousNumbers {
        /// Name of the column.
        column: String,
        /// How the column was read.
        decimal: Decimal,
        /// A number of the column as it stands in the file.
        example: String,
    },
    /// Dates in more than one order of day, month and year.
    MixedDates {
        /// Name of the column.
        column: String,
        /// The order that is read.
        form: DateForm,
    },
    /// Cells of a column of dates that hold none in its form; they count as missing.
    NotDates {
        /// Name of the column.
        column: String,
        /// How many cells.
        count: usize,
        /// Lines of the first of them.
        lines: Vec<u64>,
        /// The text of the first.
        found: String,
    },
    /// Dates in which nothing tells the day from the month.
    OpenDates {
        /// Name of the column.
        column: String,
        /// The order that is read.
        form: DateForm,
        /// A date of the column as it stands in the file.
        example: String,
    },
    /// A column without a value in any row.
    NoValues {
        /// Name of the column.
        column: String,
        /// Cells that say so, for example `N/A`.
        count: usize,
    },
    /// Rows that are equal to one above them in every cell.
    EqualRows {
        /// How many.
        count: usize,
        /// The first of them.
        lines: Vec<u64>,
        /// Whether all of them have an identifier, which is the same, too.
        are_identified: bool,
    },
    /// Cells that stand for no value, in all columns.
    MissingCells {
        /// Rows with one.
        count: usize,
        /// The first of them.
        lines: Vec<u64>,
    },
    /// Cells whose bytes are not UTF-8; the unreadable bytes show as a replacement mark.
    UnreadableBytes {
        /// How many cells.
        count: usize,
        /// Line of the first.
        line: u64,
    },
    /// Texts that an earlier program read in the wrong encoding, and that can be repaired.
    Garbled {
        /// How many cells.
        count: usize,
        /// The first of them, as it stands in the file.
        found: String,
        /// The same, repaired.
        meant: String,
    },
    /// The first record holds numbers where the rows below do: the file may have no header.
    HeaderHoldsNumbers {
        /// Number of cells that look like data.
        count: usize,
    },
    /// An identifier occurs more than once.
    RepeatedIdentifiers {
        /// Name of the column.
        column: String,
        /// Rows whose identifier occurred before.
        count: usize,
        /// Different identifiers.
        different: usize,
    },
    /// What is remarkable about the part that a column plays.
    Remark {
        /// Name of the column.
        column: String,
        /// What it is.
        about: Remark,
    },
}

impl Warning {
    /// The lines listed in the warning.
    pub fn lines(&self) -> &[u64] {
        match self {
            Self::Lines { lines, .. }
            | Self::EqualRows { lines, .. }
            | Self::MissingCells { lines, .. }
            | Self::NotDates { lines, .. }
            | Self::NotNumbers { lines, .. } => lines,
            Self::TotalRow { line }
            | Self::TotalKept { line }
            | Self::SecondTable { line }
            | Self::Infinite { line, .. }
            | Self::SpreadsheetErrors { line, .. }
            | Self::Remark {
                about: Remark::DamagedIdentifiers { line, .. },
                ..
            }
            | Self::UnreadableBytes { line, .. } => std::slice::from_ref(line),
            Self::HeaderRows { .. }
            | Self::HeaderHoldsNumbers { .. }
            | Self::AmbiguousNumbers { .. }
            | Self::MixedDates { .. }
            | Self::OpenDates { .. }
            | Self::NoValues { .. }
            | Self::Garbled { .. }
            | Self::Remark { .. }
            | Self::RepeatedIdentifiers { .. } => &[],
        }
    }
}

/// What is odd about some rows or lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// They stand above the header and belong to no column: left out.
    AboveHeader,
    /// They start with `#`: left out.
    Comment,
    /// They repeat the header, as on every page of a listing: left out.
    HeaderAgain,
    /// A quote opens and never closes: read as a letter.
    OpenQuote,
    /// Fewer cells than the header: the missing ones are empty.
    Short,
    /// More cells than the header: what goes beyond is left out.
    Long,
}
