//! What was repaired or looks doubtful, with the lines it concerns.

use serde::{Deserialize, Serialize};

use super::damaged::Damaged;
use super::noted::{LINES_LISTED, Noted, gaps_of_used};
use super::remark::Remark;
use super::{Column, ColumnKind, Decimal, Lines, parse_number};

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
    /// The last row adds up the others and was left out.
    TotalRow {
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
            | Self::NotNumbers { lines, .. } => lines,
            Self::TotalRow { line }
            | Self::SecondTable { line }
            | Self::Infinite { line, .. }
            | Self::Remark {
                about: Remark::DamagedIdentifiers { line, .. },
                ..
            }
            | Self::UnreadableBytes { line, .. } => std::slice::from_ref(line),
            Self::HeaderRows { .. }
            | Self::HeaderHoldsNumbers { .. }
            | Self::AmbiguousNumbers { .. }
            | Self::MixedDates { .. }
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

/// Rows of a kind that are kept as they stand in the file.
const ROWS_SHOWN: usize = 5;

/// Texts that an earlier program read in the wrong encoding.
struct Garbled {
    count: usize,
    /// The first of them.
    found: String,
    /// What it was.
    meant: String,
}

#[derive(Default)]
pub(super) struct Notes {
    short: Noted,
    long: Noted,
    pub(super) unreadable: Noted,
    pub(super) open_quotes: Noted,
    pub(super) above: Noted,
    pub(super) comments: Noted,
    pub(super) headers_again: Noted,
    garbled: Option<Garbled>,
    /// Rows with a missing value.
    pub(super) gaps: Noted,
    /// Whether the current row holds the first text of a column of numbers.
    pub(super) has_stray: bool,
    pub(super) total: Option<u64>,
    pub(super) second_table: Option<u64>,
    pub(super) n_headers: usize,
}

impl Notes {
    /// Notes a row that is too short or too long; returns whether it is shown.
    pub(super) fn length(
        &mut self,
        found: usize,
        expected: usize,
        line: u64,
        loses_text: bool,
    ) -> bool {
        let noted = if found < expected {
            &mut self.short
        } else if found > expected && loses_text {
            &mut self.long
        } else {
            return false;
        };
        noted.note(line);
        noted.count <= ROWS_SHOWN
    }

    /// Notes a text that an earlier program read in the wrong encoding.
    pub(super) fn garbled(&mut self, found: &str, meant: &str) {
        let short = |text: &str| text.trim().chars().take(40).collect();
        match &mut self.garbled {
            Some(garbled) => garbled.count += 1,
            None => {
                self.garbled = Some(Garbled {
                    count: 1,
                    found: short(found),
                    meant: short(meant),
                });
            }
        }
    }

    pub(super) fn warnings(
        self,
        columns: &[Column],
        lines: &Lines,
        header: &[String],
        repeated: &[u32],
    ) -> Vec<Warning> {
        let line_of = |row: usize| lines.get(row).unwrap_or(0);
        let listed = |rows: &mut dyn Iterator<Item = usize>| -> Vec<u64> {
            rows.take(LINES_LISTED).map(line_of).collect()
        };
        let mut warnings = Vec::new();
        for (oddity, Noted { count, first }) in [
            (Oddity::AboveHeader, self.above),
            (Oddity::Comment, self.comments),
            (Oddity::HeaderAgain, self.headers_again),
            (Oddity::OpenQuote, self.open_quotes),
            (Oddity::Short, self.short),
            (Oddity::Long, self.long),
        ] {
            if count > 0 {
                let lines = first;
                warnings.push(Warning::Lines {
                    oddity,
                    count,
                    lines,
                });
            }
        }
        if self.n_headers > 1 {
            warnings.push(Warning::HeaderRows {
                count: self.n_headers,
            });
        }
        warnings.extend(self.total.map(|line| Warning::TotalRow { line }));
        warnings.extend(self.second_table.map(|line| Warning::SecondTable { line }));
        if let Some(&line) = self.unreadable.first.first() {
            warnings.push(Warning::UnreadableBytes {
                count: self.unreadable.count,
                line,
            });
        }
        let numeric = |kind| matches!(kind, ColumnKind::Number);
        let data_like = columns
            .iter()
            .zip(header)
            .filter(|(column, name)| {
                numeric(column.kind)
                    && parse_number(name)
                        .is_some_and(|x| x.fract() != 0.0 || !(1900.0..2100.0).contains(&x))
            })
            .count();
        if data_like > 0 {
            warnings.push(Warning::HeaderHoldsNumbers { count: data_like });
        }
        if let Some(Garbled {
            count,
            found,
            meant,
        }) = self.garbled
        {
            warnings.push(Warning::Garbled {
                count,
                found,
                meant,
            });
        }
        if !repeated.is_empty() {
            warnings.push(Warning::EqualRows {
                count: repeated.len(),
                lines: listed(&mut repeated.iter().map(|&row| row as usize)),
            });
        }
        let gaps = gaps_of_used(columns, lines, self.gaps);
        if gaps.count > 0 {
            warnings.push(Warning::MissingCells {
                count: gaps.count,
                lines: gaps.first,
            });
        }
        for column in columns {
            warnings.extend(of_column(column, &line_of));
            if let Some(&row) = column.not_numbers.first() {
                let found = column.cell(row).trim().chars().take(40).collect();
                warnings.push(Warning::NotNumbers {
                    column: column.name.clone(),
                    count: column.not_numbers.len(),
                    lines: listed(&mut column.not_numbers.iter().copied()),
                    found,
                });
            }
            let repeated = (lines.len() - column.missing).saturating_sub(column.distinct);
            if column.kind == ColumnKind::Identifier && repeated > 0 {
                warnings.push(Warning::RepeatedIdentifiers {
                    column: column.name.clone(),
                    count: repeated,
                    different: column.distinct,
                });
            }
        }
        warnings
    }
}

/// Warnings about a single column.
fn of_column(column: &Column, line_of: &impl Fn(usize) -> u64) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let name = || column.name.clone();
    if let Some(&row) = column.infinite.first() {
        warnings.push(Warning::Infinite {
            column: name(),
            count: column.infinite.len(),
            found: column.cell(row).trim().to_owned(),
            line: line_of(row),
        });
    }
    if let Some(row) = column.ambiguous {
        warnings.push(Warning::AmbiguousNumbers {
            column: name(),
            decimal: column.decimal,
            example: column.cell(row).trim().to_owned(),
        });
    }
    if column.kind == ColumnKind::Identifier
        && let Some(Damaged { count, first: row }) = Damaged::of(&column.cells)
    {
        let about = Remark::DamagedIdentifiers {
            count,
            found: column.cell(row).trim().to_owned(),
            line: line_of(row),
        };
        warnings.push(Warning::Remark {
            column: name(),
            about,
        });
    }
    if column.has_mixed_dates {
        warnings.push(Warning::MixedDates { column: name() });
    }
    if column.kind == ColumnKind::Empty {
        warnings.push(Warning::NoValues {
            column: name(),
            count: column.missing,
        });
    }
    warnings
}
