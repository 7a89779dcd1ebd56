//! What the reader notes while it goes through the rows, and the warnings that come of it.

use super::damaged::is_damaged;
use super::lines::LINES_LISTED;
use super::mark::is_spreadsheet_error;
use super::noted::{Noted, gaps_of_used};
use super::occurrences::Occurrences;
use super::remark::Remark;
use super::{Column, ColumnKind, Lines, Oddity, Role, Warning, parse_number};

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
    /// Lines of totals that were left out.
    pub(super) totals: Vec<u64>,
    /// Lines of totals that were kept.
    pub(super) kept_totals: Vec<u64>,
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
        let totals = self.totals.into_iter();
        warnings.extend(totals.map(|line| Warning::TotalRow { line }));
        let kept = self.kept_totals.into_iter();
        warnings.extend(kept.map(|line| Warning::TotalKept { line }));
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
                are_identified: are_identified(columns, repeated),
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
            warnings.extend(repeated_identifiers(column, repeated));
        }
        warnings
    }
}

/// An identifier that occurs several times, but for the rows that repeat others in every cell: exact copies are said once.
fn repeated_identifiers(column: &Column, repeated: &[u32]) -> Option<Warning> {
    let is_present = |row: &&u32| column.has_value(**row as usize);
    let copies = repeated.iter().filter(is_present).count();
    let count = (column.n_rows() - column.missing)
        .saturating_sub(column.distinct)
        .saturating_sub(copies);
    (column.kind == ColumnKind::Identifier && count > 0).then(|| Warning::RepeatedIdentifiers {
        column: column.name.clone(),
        count,
        different: column.distinct,
    })
}

/// Whether each of these rows has an identifier of customers.
pub(super) fn are_identified(columns: &[Column], rows: &[u32]) -> bool {
    let identifier = columns.iter().find(|it| it.role == Role::Identifier);
    identifier.is_some_and(|it| rows.iter().all(|&row| it.has_value(row as usize)))
}

/// Warnings about the dates of a column.
fn of_dates(column: &Column, line_of: &impl Fn(usize) -> u64) -> Vec<Warning> {
    let (notes, name) = (&column.date_notes, || column.name.clone());
    let Some(form) = notes.form else {
        return Vec::new();
    };
    let text = |row: usize| column.cell(row).trim().chars().take(40).collect::<String>();
    let mut warnings = Vec::new();
    if notes.is_mixed {
        let column = name();
        warnings.push(Warning::MixedDates { column, form });
    }
    if let Some(row) = notes.open {
        let (column, example) = (name(), text(row));
        warnings.push(Warning::OpenDates {
            column,
            form,
            example,
        });
    }
    if let Some(&row) = notes.unread.first() {
        warnings.push(Warning::NotDates {
            column: name(),
            count: notes.n_unread,
            lines: notes.unread.iter().map(|&row| line_of(row)).collect(),
            found: text(row),
        });
    }
    warnings
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
    if column.missing > 0
        && let Some(errors) = Occurrences::of(&column.cells, is_spreadsheet_error)
    {
        warnings.push(Warning::SpreadsheetErrors {
            column: name(),
            count: errors.count,
            found: column.cell(errors.first).trim().to_owned(),
            line: line_of(errors.first),
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
        && let Some(Occurrences { count, first: row }) = Occurrences::of(&column.cells, is_damaged)
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
    warnings.extend(of_dates(column, line_of));
    if column.kind == ColumnKind::Empty {
        warnings.push(Warning::NoValues {
            column: name(),
            count: column.missing,
        });
    }
    warnings
}
