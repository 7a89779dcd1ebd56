//! What was repaired or looks doubtful, with the lines it concerns.

use serde::{Deserialize, Serialize};

use super::{Column, ColumnKind, parse_number};

/// Something repaired or doubtful, with the lines it concerns (the first few of them).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Rows with fewer cells than the header: the missing cells are empty.
    ShortRows {
        /// How many rows.
        count: usize,
        /// Lines of the first of them.
        lines: Vec<u64>,
    },
    /// Rows with more cells than the header: what goes beyond was left out.
    LongRows {
        /// How many rows.
        count: usize,
        /// Lines of the first of them.
        lines: Vec<u64>,
    },
    /// A numeric column holds texts, which count as missing.
    NotNumbers {
        /// Name of the column.
        column: String,
        /// How many cells.
        count: usize,
        /// Line of the first.
        line: u64,
        /// The text of the first.
        found: String,
    },
    /// Cells whose bytes are not UTF-8; the unreadable bytes show as a replacement mark.
    UnreadableBytes {
        /// How many cells.
        count: usize,
        /// Line of the first.
        line: u64,
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
    },
}

/// A warning names at most this many lines.
const LINES_NAMED: usize = 5;

/// Lines of one kind of repair.
#[derive(Default)]
pub(super) struct Lines {
    count: usize,
    first: Vec<u64>,
}

impl Lines {
    pub(super) fn note(&mut self, line: u64) {
        self.count += 1;
        if self.first.len() < LINES_NAMED {
            self.first.push(line);
        }
    }
}

#[derive(Default)]
pub(super) struct Notes {
    short: Lines,
    long: Lines,
    pub(super) unreadable: Lines,
}

impl Notes {
    pub(super) fn length(&mut self, found: usize, expected: usize, line: u64, loses_text: bool) {
        if found < expected {
            self.short.note(line);
        } else if found > expected && loses_text {
            self.long.note(line);
        }
    }

    pub(super) fn warnings(
        self,
        columns: &[Column],
        lines: &[u64],
        header: &[String],
    ) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.short.count > 0 {
            warnings.push(Warning::ShortRows {
                count: self.short.count,
                lines: self.short.first,
            });
        }
        if self.long.count > 0 {
            warnings.push(Warning::LongRows {
                count: self.long.count,
                lines: self.long.first,
            });
        }
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
        for column in columns {
            if let Some(&row) = column.not_numbers.first() {
                let found = column.cells.get(row).trim().chars().take(40).collect();
                warnings.push(Warning::NotNumbers {
                    column: column.name.clone(),
                    count: column.not_numbers.len(),
                    line: lines[row],
                    found,
                });
            }
            let repeated = (lines.len() - column.missing).saturating_sub(column.distinct);
            if column.kind == ColumnKind::Identifier && repeated > 0 {
                warnings.push(Warning::RepeatedIdentifiers {
                    column: column.name.clone(),
                    count: repeated,
                });
            }
        }
        warnings
    }
}
