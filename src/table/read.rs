//! RFC 4180 bytes to a [`Table`].
//!
//! UTF-8 with or without a byte order mark, a header in the first record, any line end; comma, semicolon, tab or bar,
//! whichever the header and the rows agree on. Nothing is dropped in silence: each repair is a [`Warning`].

use serde::{Deserialize, Serialize};

use super::sniff::{check_is_text, delimiter_of};
use super::warning::Notes;
use super::{Cells, Column, Warning};

/// A file as it was understood.
#[derive(Clone, Debug)]
pub struct Table {
    /// Columns in file order, all of the same length.
    pub columns: Vec<Column>,
    /// Line of the file (from 1) on which each row starts.
    pub lines: Vec<u64>,
    /// How the bytes were read.
    pub format: Format,
    /// What was repaired or looks doubtful.
    pub warnings: Vec<Warning>,
}

impl Table {
    /// Number of rows below the header.
    pub fn n_rows(&self) -> usize {
        self.lines.len()
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// How the bytes were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// Name of the encoding.
    pub encoding: String,
    /// The byte between fields.
    pub delimiter: char,
    /// The byte around fields that hold delimiters.
    pub quote: char,
    /// Whether the first record names the columns.
    pub header: bool,
}

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableError {
    /// No bytes, or only blank lines.
    Empty,
    /// A header and nothing below it.
    NoRows {
        /// The columns it names.
        columns: Vec<String>,
    },
    /// The bytes are another kind of file.
    NotText {
        /// What the first bytes say it is, for example `a PNG image`; `None` when unknown.
        found: Option<String>,
    },
    /// A quote opens and never closes.
    UnclosedQuote {
        /// Line on which the record starts.
        line: u64,
    },
}

/// Reads a table from the bytes of a file.
///
/// # Errors
/// [`TableError`] when there is nothing to read, the bytes are no text, or a quote never closes.
pub fn read_csv(bytes: &[u8]) -> Result<Table, TableError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    check_is_text(bytes)?;
    let delimiter = delimiter_of(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    if !next_record(&mut reader, &mut record) {
        return Err(TableError::Empty);
    }
    let mut names: Vec<String> = record
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect();
    let mut cells = vec![Cells::default(); names.len()];
    let mut notes = Notes::default();
    let mut lines = Vec::new();
    let mut last = LastRecord {
        line: 1,
        spans_lines: false,
    };
    while next_record(&mut reader, &mut record) {
        last = LastRecord::of(&record, bytes);
        if record
            .iter()
            .all(|cell| cell.iter().all(u8::is_ascii_whitespace))
            && names.len() > 1
        {
            continue;
        }
        notes.length(
            record.len(),
            names.len(),
            last.line,
            record.iter().skip(names.len()).any(|cell| !cell.is_empty()),
        );
        for (column, cells) in cells.iter_mut().enumerate() {
            let cell = String::from_utf8_lossy(record.get(column).unwrap_or_default());
            if cell.contains('\u{FFFD}') {
                notes.unreadable.note(last.line);
            }
            cells.push(&cell);
        }
        lines.push(last.line);
    }
    // An open quote makes one record of all that follows.
    if last.spans_lines && !bytes.trim_ascii_end().ends_with(b"\"") {
        return Err(TableError::UnclosedQuote { line: last.line });
    }
    if lines.is_empty() {
        return Err(if names.iter().all(String::is_empty) {
            TableError::Empty
        } else {
            TableError::NoRows { columns: names }
        });
    }
    // A trailing delimiter makes a column without a name and without a value.
    while names.len() > 1
        && names.last().is_some_and(String::is_empty)
        && cells.last().is_some_and(|c| c.iter().all(str::is_empty))
    {
        names.pop();
        cells.pop();
    }
    let header = names.clone();
    make_distinct(&mut names);
    let columns: Vec<Column> = names
        .into_iter()
        .zip(cells)
        .enumerate()
        .map(|(i, (name, cells))| Column::typed(name, cells, i == 0))
        .collect();
    let warnings = notes.warnings(&columns, &lines, &header);
    let format = Format {
        encoding: "UTF-8".into(),
        delimiter: char::from(delimiter),
        quote: '"',
        header: true,
    };
    Ok(Table {
        columns,
        lines,
        format,
        warnings,
    })
}

/// Reads the next record; a slice cannot fail to be read, and records of any length are taken.
pub(super) fn next_record(reader: &mut csv::Reader<&[u8]>, record: &mut csv::ByteRecord) -> bool {
    reader.read_byte_record(record).unwrap_or(false)
}

/// Where the record read last stands.
struct LastRecord {
    /// Line on which it starts.
    line: u64,
    /// Whether its last cell holds a line end.
    spans_lines: bool,
}

impl LastRecord {
    fn of(record: &csv::ByteRecord, bytes: &[u8]) -> Self {
        let (start, line) = record.position().map_or((0, 1), |position| {
            (position.byte() as usize, position.line())
        });
        // The reader counts the blank lines above a record to it.
        let blank = bytes[start.min(bytes.len())..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .filter(|&&byte| byte == b'\n')
            .count();
        let spans_lines = record
            .iter()
            .next_back()
            .is_some_and(|cell| cell.contains(&b'\n'));
        Self {
            line: line + blank as u64,
            spans_lines,
        }
    }
}

/// Gives every column a name of its own: `Column 3` for an empty one, `income (2)` for a repeated one.
fn make_distinct(names: &mut [String]) {
    let mut taken = std::collections::BTreeSet::new();
    for (i, name) in names.iter_mut().enumerate() {
        if name.is_empty() {
            *name = format!("Column {}", i + 1);
        }
        let base = name.clone();
        let mut copy = 2;
        while !taken.insert(name.clone()) {
            *name = format!("{base} ({copy})");
            copy += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Table {
        read_csv(text.as_bytes()).unwrap()
    }

    #[test]
    fn cells_and_lines_are_those_of_the_file() {
        let table = read("\u{feff}id,name\r\n1,\"two\nlines\"\r\n\r\n2,\"say \"\"hi\"\"\"\r\n");
        assert_eq!(
            table.columns[1].cells.iter().collect::<Vec<_>>(),
            ["two\nlines", "say \"hi\""]
        );
        assert_eq!(table.columns[0].name, "id");
        assert_eq!(table.lines, [2, 5]);
        assert!(table.warnings.is_empty());
    }

    #[test]
    fn ragged_rows_are_named_by_line() {
        let table = read("a,b\n1,2\n3\n4,5,6\n7,8,\n");
        assert_eq!(
            table.warnings,
            [
                Warning::ShortRows {
                    count: 1,
                    lines: vec![3]
                },
                Warning::LongRows {
                    count: 1,
                    lines: vec![4]
                }
            ]
        );
        assert_eq!(
            table.columns[1].cells.iter().collect::<Vec<_>>(),
            ["2", "", "5", "8"]
        );
    }

    #[test]
    fn what_is_no_table_says_what_it_is() {
        assert_eq!(read_csv(b"").unwrap_err(), TableError::Empty);
        assert_eq!(
            read_csv(b"\xEF\xBB\xBF\n\n").unwrap_err(),
            TableError::Empty
        );
        assert_eq!(
            read_csv(b"id,income\n").unwrap_err(),
            TableError::NoRows {
                columns: vec!["id".into(), "income".into()]
            }
        );
        assert_eq!(
            read_csv(b"\x89PNG\r\n\x1a\n....").unwrap_err(),
            TableError::NotText {
                found: Some("a PNG image".into())
            }
        );
        assert_eq!(
            read_csv(b"\x00\x01\x02\x03abc").unwrap_err(),
            TableError::NotText { found: None }
        );
        assert_eq!(
            read_csv(b"a,b\n1,2\n3,\"four\n5,6\n").unwrap_err(),
            TableError::UnclosedQuote { line: 3 }
        );
    }

    #[test]
    fn text_among_numbers_is_named() {
        let table = read("income\n1\n2\n3\n4\nabc\n5\n");
        let expected = Warning::NotNumbers {
            column: "income".into(),
            count: 1,
            line: 6,
            found: "abc".into(),
        };
        assert_eq!(table.warnings, [expected]);
    }

    #[test]
    fn the_separator_is_the_one_the_rows_agree_on() {
        for (delimiter, text) in [
            (';', "a;b\n1,5;2\n3;4,5\n"),
            ('\t', "a\tb\n1\t2\n"),
            ('|', "a|b\n1|2\n"),
            (',', "a\n1\n"),
        ] {
            assert_eq!(read(text).format.delimiter, delimiter);
        }
    }

    #[test]
    fn names_are_made_distinct() {
        let table = read("x,,x,\n1,2,3,\n4,5,6,\n");
        assert_eq!(
            table
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .collect::<Vec<_>>(),
            ["x", "Column 2", "x (2)"]
        );
    }
}
