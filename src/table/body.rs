//! The rows of a table while they are read, column by column.

use std::sync::Arc;

use super::aligned::Alignment;
use super::builder::Builder;
use super::dialect::FileDialect;
use super::distinct::{hash, repeats};
use super::encoding::repaired;
use super::layout::{Layout, equals, is_comment, is_empty, starts_table};
use super::notes::Notes;
use super::records::{Dialect, Record, Records};
use super::scan::{Piece, Scan};
use super::total::is_total_row;
use super::{Excerpt, Lines, is_missing_mark, parse_number};

/// Rows at the start of the table that are shown as they stand in the file.
const FIRST_ROWS: usize = 12;
/// Rows with a missing value that are shown as they stand in the file.
const GAPS_SHOWN: usize = 20;
/// Rows shown at most.
const MAX_EXCERPTS: usize = 80;

/// The rows read so far.
pub(super) struct Body {
    pub(super) columns: Vec<Builder>,
    pub(super) lines: Lines,
    pub(super) notes: Notes,
    pub(super) excerpts: Vec<Excerpt>,
    /// A hash of each row; equal rows have equal hashes.
    hashes: Vec<u64>,
    scan: Option<Scan>,
    dialect: Dialect,
    alignment: Option<Arc<Alignment>>,
    header: Vec<Record>,
    /// Cells per row in most of the file.
    width: usize,
    /// Columns from here on have no name. Those that stay empty are dropped at the end.
    n_named: usize,
    repairs_texts: bool,
    is_below_blank: bool,
    /// Whether the last row lacks a value.
    has_gap: bool,
    record: Record,
    joined: Vec<u8>,
}

impl Body {
    /// `is_fast` turns on the fast paths for plain rows and for columns of numbers.
    pub(super) fn new(
        layout: &Layout,
        names: &[String],
        how: &FileDialect,
        repairs_texts: bool,
        is_fast: bool,
    ) -> Self {
        let dialect = how.dialect;
        let mut notes = Notes::default();
        layout.above.iter().for_each(|&line| notes.above.note(line));
        layout
            .comments
            .iter()
            .for_each(|&line| notes.comments.note(line));
        notes.n_headers = layout.header.len();
        let first = layout.header.first();
        let is_word = |cell: &&str| parse_number(cell).is_none() && !cell.is_empty();
        let mark = first.map_or(Some((usize::MAX, Vec::new())), |header| {
            let mut cells = header.iter().map(<[u8]>::trim_ascii);
            let column =
                cells.position(|cell| std::str::from_utf8(cell).is_ok_and(|it| is_word(&it)))?;
            Some((column, header.get(column).trim_ascii().to_vec()))
        });
        let Dialect {
            delimiter, quote, ..
        } = dialect;
        let scan = mark
            .filter(|_| is_fast && !dialect.skips_space && how.alignment.is_none())
            .map(|mark| Scan::new(delimiter, quote, names.len(), mark));
        let n_named = names.iter().rposition(|name| !name.is_empty());
        Self {
            columns: names.iter().map(|_| Builder::new(!is_fast)).collect(),
            lines: Lines::default(),
            notes,
            excerpts: Vec::new(),
            hashes: Vec::new(),
            scan,
            dialect,
            alignment: how.alignment.clone(),
            header: layout.header.clone(),
            width: layout.width,
            n_named: n_named.map_or(names.len(), |last| last + 1),
            repairs_texts,
            is_below_blank: false,
            has_gap: false,
            record: Record::default(),
            joined: Vec::new(),
        }
    }

    /// Reserves memory for the rest of the file, assuming that its rows are as long as the average so far.
    pub(super) fn reserve(&mut self, bytes_read: usize, bytes_left: usize) {
        /// At most this many rows are reserved for: the first rows may be shorter than the rest.
        const MOST: f64 = 4e6;
        let so_far = self.lines.len() as f64 / bytes_read as f64;
        let n = (so_far * 1.01 * bytes_left as f64).min(MOST) as usize;
        self.hashes.reserve_exact(n);
        self.columns.iter_mut().for_each(|it| it.reserve(n));
    }

    /// Reads rows from a piece of the text, from byte `at` on. Stops before a row that may continue after the piece. Returns the
    /// byte and the line to continue at, or `None` where the table ends.
    pub(super) fn take(
        &mut self,
        text: &[u8],
        at: usize,
        line: u64,
        is_whole: bool,
    ) -> Option<(usize, u64)> {
        let records = Records::new(text, self.dialect).aligned(self.alignment.clone());
        let mut records = records.resume(at, line, is_whole);
        loop {
            let start = records.position();
            if let Some((end, next)) = self.plain_row(text, start) {
                self.finish_row(records.line(), &text[start..end]);
                records.pass(next);
                continue;
            }
            let mut record = std::mem::take(&mut self.record);
            let is_read = records.read(&mut record);
            let raw = &text[start..records.position()];
            let is_table = !is_read || self.row(&record, raw);
            self.record = record;
            if !is_read {
                return Some((records.position(), records.line()));
            }
            if !is_table {
                return None;
            }
        }
    }

    /// Takes the row that starts at a byte, if it is plain.
    fn plain_row(&mut self, text: &[u8], start: usize) -> Option<(usize, usize)> {
        if self.is_below_blank {
            return None;
        }
        let mut scan = self.scan.take()?;
        let found = scan.row(text, start);
        if let Some((end, _)) = found {
            self.has_gap = false;
            for (column, piece) in scan.cells.iter().enumerate() {
                match *piece {
                    Piece::Number(plain) => self.columns[column].number(plain),
                    Piece::Text { start, end } => {
                        self.cell(column, &String::from_utf8_lossy(&text[start..end]));
                    }
                }
            }
            self.hashes.push(hash(&text[start..end], 0));
        }
        self.scan = Some(scan);
        found
    }

    /// Adds a record to the table, or notes why it is no row; `false` where another table starts.
    fn row(&mut self, record: &Record, raw: &[u8]) -> bool {
        let is_below_blank = std::mem::take(&mut self.is_below_blank);
        if is_empty(record) && (record.is_blank || self.width > 1) {
            self.is_below_blank = true;
            return true;
        }
        if is_comment(record, self.width) {
            self.is_below_blank = is_below_blank;
            self.notes.comments.note(record.line);
            return true;
        }
        if self.alignment.is_some() && self.header.first().is_some_and(|it| equals(record, it)) {
            self.notes.headers_again.note(record.line);
            return true;
        }
        if starts_table(record, &self.header, self.width, is_below_blank) {
            self.notes.second_table = Some(record.line);
            self.excerpt(record.line, None, raw);
            return false;
        }
        let width = self.columns.len();
        let loses_text = record.iter().skip(width).any(|cell| !cell.is_empty());
        let is_odd = self
            .notes
            .length(record.len(), width, record.line, loses_text);
        if record.has_open_quote {
            self.notes.open_quotes.note(record.line);
        }
        self.has_gap = false;
        let mut joined = std::mem::take(&mut self.joined);
        joined.clear();
        record.each_text(width, |column, text| {
            if column > 0 {
                joined.push(self.dialect.delimiter);
            }
            joined.extend_from_slice(text.as_bytes());
            self.cell(column, text);
        });
        self.hashes.push(hash(&joined, 0));
        self.joined = joined;
        if is_odd || record.has_open_quote {
            self.excerpt(record.line, Some(self.lines.len()), raw);
        }
        self.finish_row(record.line, raw);
        true
    }

    fn cell(&mut self, column: usize, text: &str) {
        self.has_gap |= column < self.n_named && is_missing_mark(text);
        let line = self.lines.get(self.lines.len()).unwrap_or(0);
        let mended;
        let mut text = text;
        if !text.is_ascii() {
            if text.contains('\u{FFFD}') {
                self.notes.unreadable.note(line);
            }
            if let Some(first) = repaired(text) {
                self.notes.garbled(text, &first);
                if self.repairs_texts {
                    mended = first;
                    text = &mended;
                }
            }
        }
        self.notes.has_stray |= self.columns[column].text(text);
    }

    fn finish_row(&mut self, line: u64, raw: &[u8]) {
        let row = self.lines.len();
        let is_stray = std::mem::take(&mut self.notes.has_stray);
        let is_shown_gap = self.has_gap && self.notes.gaps.count() < GAPS_SHOWN;
        if row < FIRST_ROWS || is_stray || is_shown_gap {
            self.excerpt(line, Some(row), raw);
        }
        if self.has_gap {
            self.notes.gaps.note(line);
        }
        self.lines.push(line);
    }

    /// Keeps a row as it stands in the file.
    pub(super) fn excerpt(&mut self, line: u64, row: Option<usize>, raw: &[u8]) {
        let is_new = self.excerpts.last().is_none_or(|last| last.line != line);
        if is_new && self.excerpts.len() < MAX_EXCERPTS {
            self.excerpts.push(Excerpt::new(line, row, raw));
        }
    }

    /// Removes rows that are the sum of the others, unless they are to be kept: they are no customers.
    pub(super) fn leave_out_totals(&mut self, keeps_totals: bool) {
        for is_last in [true, false] {
            let n_rows = self.lines.len();
            let row = if is_last { n_rows.saturating_sub(1) } else { 0 };
            if n_rows <= 2 || !is_total_row(&self.columns, row, n_rows) {
                continue;
            }
            if keeps_totals {
                self.notes.kept_totals.extend(self.lines.get(row));
            } else {
                self.remove(row);
            }
        }
    }

    fn remove(&mut self, row: usize) {
        let named = self.columns.iter().take(self.n_named);
        let has_gap = named.into_iter().any(|it| is_missing_mark(&it.get(row)));
        self.columns.iter_mut().for_each(|it| it.remove(row));
        self.hashes.remove(row);
        let line = self.lines.remove(row);
        self.notes.totals.extend(line);
        if let Some(line) = line.filter(|_| has_gap) {
            self.notes.gaps.forget(line);
        }
        for excerpt in &mut self.excerpts {
            excerpt.row = match excerpt.row {
                Some(other) if other == row => None,
                Some(other) if other > row => Some(other - 1),
                other => other,
            };
        }
    }

    /// A trailing delimiter makes a column without a name and without a value.
    pub(super) fn drop_nameless(&mut self, names: &mut Vec<String>) {
        while names.len() > 1
            && names.last().is_some_and(String::is_empty)
            && self.columns.last().is_some_and(Builder::is_blank)
        {
            names.pop();
            self.columns.pop();
        }
    }

    /// Rows that are equal to one above them in every cell.
    pub(super) fn repeated(&self, is_equal: impl Fn(usize, usize) -> bool) -> Vec<u32> {
        repeats(self.hashes.len(), |row| self.hashes[row], is_equal)
    }
}
