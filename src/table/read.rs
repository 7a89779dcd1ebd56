//! The bytes of a file to a [`Table`]: encoding, dialect, layout, rows, types. Nothing is dropped in silence: each repair is a
//! [`Warning`].

use serde::{Deserialize, Serialize};

use super::dialect::dialect_of;
use super::encoding::decode;
use super::kind::check_is_text;
use super::layout::{Layout, is_comment, is_empty, is_total, starts_table};
use super::records::{Dialect, Record, Records};
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
    /// Whether a record names the columns.
    pub header: bool,
    /// Line of the file (from 1) of that record.
    pub header_line: Option<u64>,
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
}

/// Reads a table from the bytes of a file, whatever its encoding, its dialect and the lines around the table.
///
/// # Errors
/// [`TableError`] when there is nothing to read or the bytes are no text.
pub fn read_csv(bytes: &[u8]) -> Result<Table, TableError> {
    check_is_text(bytes)?;
    let decoded = decode(bytes);
    let text = decoded.text.as_ref();
    let (dialect, skipped) = dialect_of(text);
    let layout = Layout::of(Records::new(&text[skipped..], dialect)).ok_or(TableError::Empty)?;
    let mut names = names_of(&layout);
    let mut body = Body::new(&layout, skipped > 0);
    let mut rows = layout.rows.clone();
    let mut record = Record::default();
    let mut is_below_blank = false;
    while rows.read(&mut record) {
        if is_empty(&record) && (record.is_blank || layout.width > 1) {
            is_below_blank = true;
            continue;
        }
        if is_comment(&record, layout.width) {
            body.notes.comments.note(record.line);
            continue;
        }
        if starts_table(&record, &layout.header, layout.width, is_below_blank) {
            body.notes.second_table = Some(record.line);
            break;
        }
        is_below_blank = false;
        body.push(&record);
    }
    body.leave_out_total();
    if body.lines.is_empty() {
        return Err(TableError::NoRows { columns: names });
    }
    body.drop_nameless(&mut names);
    let header = names.clone();
    make_distinct(&mut names);
    let Body {
        cells,
        lines,
        notes,
        ..
    } = body;
    let columns: Vec<Column> = names
        .into_iter()
        .zip(cells)
        .enumerate()
        .map(|(i, (name, cells))| Column::typed(name, cells, i == 0, dialect.delimiter != b','))
        .collect();
    let warnings = notes.warnings(&columns, &lines, &header);
    let format = Format {
        encoding: decoded.name.into(),
        delimiter: char::from(dialect.delimiter),
        quote: char::from(dialect.quote),
        header: !layout.header.is_empty(),
        header_line: layout
            .header
            .first()
            .map(|record| record.line + u64::from(skipped > 0)),
    };
    Ok(Table {
        columns,
        lines,
        format,
        warnings,
    })
}

/// The dialect in which the bytes are read, whatever their encoding.
pub fn sniff(bytes: &[u8]) -> Dialect {
    dialect_of(decode(bytes).text.as_ref()).0
}

/// What the header calls the columns; several records are put together.
fn names_of(layout: &Layout) -> Vec<String> {
    let mut names = vec![
        String::new();
        if layout.header.is_empty() {
            layout.width
        } else {
            0
        }
    ];
    for record in &layout.header {
        names.resize(names.len().max(record.len()), String::new());
        for (name, cell) in names.iter_mut().zip(record.iter()) {
            let cell = String::from_utf8_lossy(cell);
            if !name.is_empty() && !cell.trim().is_empty() {
                name.push(' ');
            }
            name.push_str(cell.trim());
        }
    }
    names
}

/// The rows read so far, column by column.
struct Body {
    cells: Vec<Cells>,
    lines: Vec<u64>,
    notes: Notes,
    /// Lines above the first that is counted.
    offset: u64,
}

impl Body {
    fn new(layout: &Layout, has_hint: bool) -> Self {
        let n_names = layout.header.iter().map(Record::len).max();
        let mut notes = Notes::default();
        layout.above.iter().for_each(|&line| notes.above.note(line));
        layout
            .comments
            .iter()
            .for_each(|&line| notes.comments.note(line));
        notes.n_headers = layout.header.len();
        Self {
            cells: vec![Cells::default(); n_names.unwrap_or(layout.width)],
            lines: Vec::new(),
            notes,
            offset: u64::from(has_hint),
        }
    }

    fn push(&mut self, record: &Record) {
        let line = record.line + self.offset;
        let width = self.cells.len();
        let loses_text = record.iter().skip(width).any(|cell| !cell.is_empty());
        self.notes.length(record.len(), width, line, loses_text);
        if record.has_open_quote {
            self.notes.open_quotes.note(line);
        }
        let (cells, notes) = (&mut self.cells, &mut self.notes);
        record.each_text(width, |column, text| {
            if !text.is_ascii() && text.contains('\u{FFFD}') {
                notes.unreadable.note(line);
            }
            cells[column].push(text);
        });
        self.lines.push(line);
    }

    /// A last row that adds up the others is no customer.
    fn leave_out_total(&mut self) {
        let Some(last) = self.lines.len().checked_sub(1).filter(|&last| last > 1) else {
            return;
        };
        let first = self
            .cells
            .iter()
            .map(|cells| cells.get(last))
            .find(|cell| !cell.trim().is_empty());
        if first.is_some_and(is_total) {
            self.notes.total = self.lines.pop();
            self.cells.iter_mut().for_each(Cells::pop);
        }
    }

    /// A trailing delimiter makes a column without a name and without a value.
    fn drop_nameless(&mut self, names: &mut Vec<String>) {
        while names.len() > 1
            && names.last().is_some_and(String::is_empty)
            && self
                .cells
                .last()
                .is_some_and(|cells| cells.iter().all(str::is_empty))
        {
            names.pop();
            self.cells.pop();
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
    use crate::table::Oddity;

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
                Warning::Lines {
                    oddity: Oddity::Short,
                    count: 1,
                    lines: vec![3]
                },
                Warning::Lines {
                    oddity: Oddity::Long,
                    count: 1,
                    lines: vec![4]
                },
                Warning::MissingCells { count: 1 }
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
    fn what_surrounds_the_rows_is_told_from_them() {
        let text = "Report\nMay\n\nid;income;share\n;(EUR);(%)\n# draft\n01;1.234,50 €;5,5%\n02;2.000,00 €;7%\n\n03;(50,00);?\nTotal;3.184,50;\n\nx;y\na;b\n";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, encoding) in [(text.as_bytes(), "UTF-8"), (&utf_16, "UTF-16LE")] {
            let table = read_csv(bytes).unwrap();
            assert_eq!(table.format.encoding, encoding);
            assert_eq!(
                (table.format.delimiter, table.format.header_line),
                (';', Some(4))
            );
            let names: Vec<&str> = table
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .collect();
            assert_eq!(names, ["id", "income (EUR)", "share (%)"]);
            assert_eq!(table.lines, [7, 8, 10]);
            assert_eq!(table.columns[1].numbers, [1234.5, 2000.0, -50.0]);
            assert_eq!(table.columns[2].numbers[..2], [5.5, 7.0]);
            assert_eq!(table.columns[0].cells.get(0), "01");
            for expected in [
                Warning::TotalRow { line: 11 },
                Warning::SecondTable { line: 13 },
                Warning::HeaderRows { count: 2 },
            ] {
                assert!(table.warnings.contains(&expected), "{:?}", table.warnings);
            }
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
