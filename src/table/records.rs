//! Bytes to records of cells, by a dialect, forgiving what people and programs do to quotes.
//!
//! A quote closes only before a delimiter, a line end or the end of the file (spaces between are skipped); any other quote inside
//! a quoted cell is part of it. If a quote never closes, or would swallow what looks like the next cell, its cell is read again
//! with the quote as a letter, and the line is noted.

use std::sync::Arc;

use super::aligned::{Alignment, is_ruler};

/// How a file marks its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Between cells.
    pub delimiter: u8,
    /// Around cells that hold delimiters or line ends.
    pub quote: u8,
    /// The escape before a quote inside a cell, if quotes are not doubled.
    pub escape: Option<u8>,
    /// Whether a space follows every delimiter and belongs to no cell.
    pub skips_space: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            delimiter: b',',
            quote: b'"',
            escape: None,
            skips_space: false,
        }
    }
}

/// The cells of a record, end to end.
#[derive(Clone, Debug, Default)]
pub struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    /// Line of the file (from 1) on which it starts.
    pub line: u64,
    /// Whether some quote opened in it and never closed.
    pub has_open_quote: bool,
    /// Cells that were quoted.
    pub n_quoted: usize,
    /// Whether nothing but blanks stood on its line.
    pub is_blank: bool,
}

impl Record {
    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no cells.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell; empty beyond the end.
    pub fn get(&self, cell: usize) -> &[u8] {
        let Some(&end) = self.ends.get(cell) else {
            return b"";
        };
        let start = cell.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..end]
    }

    /// Calls `take` with the number and the text of every cell below `n`, empty beyond the end; bytes that are no text become U+FFFD.
    pub fn each_text(&self, n: usize, mut take: impl FnMut(usize, &str)) {
        // Most records are valid UTF-8: one check covers all cells.
        let whole = std::str::from_utf8(&self.text).ok();
        for cell in 0..n {
            let end = self.ends.get(cell).copied();
            let start = cell.checked_sub(1).and_then(|before| self.ends.get(before));
            let text = whole
                .zip(end)
                .and_then(|(text, end)| text.get(start.copied().unwrap_or(0)..end));
            match text {
                Some(text) => take(cell, text),
                None => take(cell, &String::from_utf8_lossy(self.get(cell))),
            }
        }
    }

    /// All cells.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        (0..self.len()).map(|cell| self.get(cell))
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.has_open_quote = false;
        self.n_quoted = 0;
        self.is_blank = false;
    }
}

/// A quoted cell spans at most this many lines; otherwise its quote never closes.
const MAX_LINES: usize = 2_000;

/// Reads records one after the other.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    bytes: &'a [u8],
    dialect: Dialect,
    /// Where blanks align the columns: how lines are cut.
    alignment: Option<Arc<Alignment>>,
    at: usize,
    line: u64,
    /// Whether the bytes hold the end of the file, so that a record may end with them.
    is_whole: bool,
    /// Whether what was read depends on bytes that are not here yet.
    is_cut: bool,
}

/// What ends a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Cell,
    Record,
}

impl<'a> Records<'a> {
    /// Records of the bytes.
    pub fn new(bytes: &'a [u8], dialect: Dialect) -> Self {
        Self {
            bytes,
            dialect,
            alignment: None,
            at: 0,
            line: 1,
            is_whole: true,
            is_cut: false,
        }
    }

    /// Continues at a byte on a line. Without `is_whole`, a record that may continue after the bytes is not read.
    pub(super) fn resume(self, at: usize, line: u64, is_whole: bool) -> Self {
        Self {
            at,
            line,
            is_whole,
            ..self
        }
    }

    /// Reads columns that are aligned by blanks.
    pub(super) fn aligned(self, alignment: Option<Arc<Alignment>>) -> Self {
        Self { alignment, ..self }
    }

    /// Byte at which the next record starts.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Line on which the next record starts.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Skips a record of one line.
    pub(super) fn pass(&mut self, end: usize) {
        self.at = end;
        self.line += 1;
    }

    /// Reads the next record; `false` at the end of the bytes.
    pub fn read(&mut self, record: &mut Record) -> bool {
        record.clear();
        if self.at >= self.bytes.len() {
            return false;
        }
        record.line = self.line;
        let start = self.at;
        self.is_cut = false;
        match self.alignment.clone() {
            Some(alignment) => self.line_of(&alignment, record),
            None => while self.cell(record) == End::Cell {},
        }
        if self.is_cut && !self.is_whole {
            (self.at, self.line) = (start, record.line);
            return false;
        }
        let read = &self.bytes[start..self.at];
        record.is_blank = read.iter().all(u8::is_ascii_whitespace)
            && (record.len() == 1 || self.dialect.delimiter != b'\t');
        true
    }

    /// The cells of a line that is aligned by blanks. A ruler is a line without any.
    fn line_of(&mut self, alignment: &Alignment, record: &mut Record) {
        let rest = &self.bytes[self.at..];
        let is_end = |&byte: &u8| byte == b'\n' || byte == b'\r';
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        let line = &rest[..length];
        if !is_ruler(line) {
            alignment.split(line, |cell| {
                record.text.extend_from_slice(cell);
                record.ends.push(record.text.len());
            });
        }
        if record.is_empty() {
            record.ends.push(0);
        }
        self.at += length;
        self.end();
    }

    fn cell(&mut self, record: &mut Record) -> End {
        let Dialect {
            quote, skips_space, ..
        } = self.dialect;
        if skips_space && !record.is_empty() {
            while self.bytes.get(self.at) == Some(&b' ') {
                self.at += 1;
            }
        }
        if self.bytes.get(self.at) == Some(&quote) {
            let before = (self.at, self.line, record.text.len());
            if let Some(end) = self.quoted(record) {
                return end;
            }
            (self.at, self.line) = (before.0, before.1);
            record.text.truncate(before.2);
            record.has_open_quote = true;
        }
        self.plain(record)
    }

    fn plain(&mut self, record: &mut Record) -> End {
        let rest = &self.bytes[self.at..];
        let delimiter = self.dialect.delimiter;
        let is_end = |&byte: &u8| byte == delimiter || byte == b'\n' || byte == b'\r';
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        record.text.extend_from_slice(&rest[..length]);
        record.ends.push(record.text.len());
        self.at += length;
        self.end()
    }

    /// Consumes a delimiter, a line end or the end of the bytes.
    fn end(&mut self) -> End {
        self.is_cut |= self.at + 1 >= self.bytes.len();
        match self.bytes.get(self.at) {
            None => return End::Record,
            Some(b'\r') if self.bytes.get(self.at + 1) == Some(&b'\n') => self.at += 2,
            Some(b'\r' | b'\n') => self.at += 1,
            Some(_) => {
                self.at += 1;
                return End::Cell;
            }
        }
        self.line += 1;
        End::Record
    }

    /// Where the spaces from here on end, if the cell ends there.
    fn closes(&self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        let is_space = |byte: &&u8| **byte == b' ' && self.dialect.delimiter != b' ';
        let spaces = rest.iter().take_while(is_space).count();
        match rest.get(spaces) {
            None | Some(b'\r' | b'\n') => Some(at + spaces),
            Some(&byte) if byte == self.dialect.delimiter => Some(at + spaces),
            Some(_) => None,
        }
    }

    /// A quoted cell; `None` if the quote is just a letter.
    fn quoted(&mut self, record: &mut Record) -> Option<End> {
        let Dialect {
            delimiter,
            quote,
            escape,
            ..
        } = self.dialect;
        self.at += 1;
        let mut lines = 0;
        loop {
            let rest = &self.bytes[self.at..];
            let is_mark = |&byte: &u8| byte == quote || byte == b'\n' || Some(byte) == escape;
            let Some(length) = rest.iter().position(is_mark) else {
                self.is_cut = true;
                return None;
            };
            self.is_cut |= length + 1 >= rest.len();
            record.text.extend_from_slice(&rest[..length]);
            self.at += length;
            let (mark, next) = (rest[length], rest.get(length + 1).copied());
            self.at += 1;
            if Some(mark) == escape && next == Some(quote) && self.closes(self.at + 1).is_none() {
                record.text.push(quote);
                self.at += 1;
            } else if mark != quote {
                record.text.push(mark);
                if mark == b'\n' {
                    lines += 1;
                    self.line += 1;
                    if lines > MAX_LINES {
                        return None;
                    }
                }
            } else if next == Some(quote) && !(escape.is_some() && self.closes(self.at).is_some()) {
                record.text.push(quote);
                self.at += 1;
            } else if let Some(end) = self.closes(self.at) {
                self.at = end;
                record.n_quoted += 1;
                record.ends.push(record.text.len());
                return Some(self.end());
            } else if lines > 0 || record.text.last() == Some(&delimiter) {
                // The next quoted cell starts here.
                return None;
            } else {
                record.text.push(quote);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, dialect: Dialect) -> Vec<Vec<String>> {
        let mut records = Records::new(text.as_bytes(), dialect);
        let mut record = Record::default();
        let mut found = Vec::new();
        while records.read(&mut record) {
            let cells = record
                .iter()
                .map(|cell| String::from_utf8_lossy(cell).into());
            found.push(cells.collect());
        }
        found
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_quotes() {
        let found = split(
            "a,\"b,\"\"c\"\"\r\nd\" ,e\r\"\",\nx,5'10\",\"12\" disc\"",
            Dialect::default(),
        );
        assert_eq!(
            found,
            [
                vec!["a", "b,\"c\"\r\nd", "e"],
                vec!["", ""],
                vec!["x", "5'10\"", "12\" disc"]
            ]
        );
    }

    #[test]
    fn a_quote_that_never_closes_is_a_letter() {
        let found = split("1,\"two\n3,four\n", Dialect::default());
        assert_eq!(found, [["1", "\"two"], ["3", "four"]]);
        let found = split("\"1,2,\"a,b\",3\n4,5,c,6\n", Dialect::default());
        assert_eq!(found[0], ["\"1", "2", "a,b", "3"]);
        let mut records = Records::new(b"\"a\nb,\"x\"\n", Dialect::default());
        let mut record = Record::default();
        assert!(records.read(&mut record) && record.has_open_quote && record.len() == 1);
        assert!(records.read(&mut record) && !record.has_open_quote && record.line == 2);
    }

    #[test]
    fn spaces_and_escapes_follow_the_dialect() {
        let spaced = Dialect {
            skips_space: true,
            ..Dialect::default()
        };
        assert_eq!(split("a, \"b, c\", d", spaced), [["a", "b, c", "d"]]);
        let escaped = Dialect {
            escape: Some(b'\\'),
            ..Dialect::default()
        };
        assert_eq!(
            split("1,\"Bob \\\"The\\\" B\",c:\\x", escaped),
            [["1", "Bob \"The\" B", "c:\\x"]]
        );
        assert_eq!(split("1,\"c:\\\",2", escaped), [["1", "c:\\", "2"]]);
    }
}
