//! Reads a file into a [`Table`]: encoding, dialect, layout, rows, types. Nothing is dropped silently: each repair is a [`Warning`].
//!
//! The file is read in slices and each row once. The decisions for the whole file (encoding, dialect, layout) are taken on the first
//! slice; where a later one shows that it is not UTF-8 after all, reading starts again with another encoding.

use serde::{Deserialize, Serialize};

use super::body::Body;
use super::codes::codes_of;
use super::defaults::suggest;
use super::dialect::{FileDialect, dialect_of};
use super::encoding::{Feed, FeedError, Reading, SLICE, guess, is_marked, repaired};
use super::kind::check_is_text;
use super::layout::Layout;
use super::options::{Header, ReadOptions};
use super::own_names::make_distinct;
use super::records::{Dialect, Records};
use super::source::Source;
use super::split::split;
use super::typing::{TypedColumns, type_columns};
use super::workbook::{is_archive, sheet};
use super::{Column, ColumnKind, Excerpt, LineEnd, Lines, TableError, Warning};

/// A file as it was understood.
#[derive(Clone, Debug)]
pub struct Table {
    /// Columns in file order, all of the same length.
    pub columns: Vec<Column>,
    /// Line of the file (from 1) on which each row starts.
    pub lines: Lines,
    /// Rows that repeat an earlier one in every cell, ascending.
    pub repeated: Vec<u32>,
    /// How the bytes were read.
    pub format: Format,
    /// What was repaired or looks doubtful.
    pub warnings: Vec<Warning>,
    /// Some rows and lines as they stand in the file: the first, and some of those that warnings name.
    pub excerpts: Vec<Excerpt>,
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
    /// Line of the last record that does, where there are several.
    #[serde(default)]
    pub last_header_line: Option<u64>,
    /// The sheet of a workbook that was read.
    pub sheet: Option<String>,
    /// All sheets of a workbook.
    pub sheets: Vec<String>,
    /// What ends most lines.
    #[serde(default)]
    pub line_end: LineEnd,
    /// Whether the file starts with a byte order mark.
    #[serde(default)]
    pub has_mark: bool,
    /// The cells of the header that have blanks at an end, which the names of columns have not.
    #[serde(default)]
    pub padded: Vec<String>,
}

impl Format {
    /// Where the names of the columns stand.
    pub fn names(&self) -> Header {
        match (self.header_line, self.last_header_line) {
            (None, _) => Header::None,
            (Some(line), None) => Header::Line(line),
            (Some(first), Some(last)) => Header::Lines(first, last),
        }
    }
}

/// The largest file: its table and the models on it must fit into the four gigabytes that a browser gives.
pub const MAX_BYTES: usize = 600_000_000;
/// Bytes at the start that tell the kind of file and its encoding.
const HEAD: usize = 1 << 16;
/// Bytes at the end that tell whether markup is closed there.
const TAIL: usize = 64;

/// Reads a table from bytes in memory, with nothing chosen.
///
/// # Errors
/// As [`read_table`].
pub fn read_csv(bytes: &[u8]) -> Result<Table, TableError> {
    read_table(&mut { bytes }, &ReadOptions::default(), &mut |_| ())
}

/// Reads a table from a file, whatever its encoding, its dialect and the lines around the table. `progress` hears the share of the
/// bytes that are read.
///
/// ```
/// use seamline_kernels::table::{ColumnKind, ReadOptions, read_table};
///
/// let mut file = b"Customer;Spend;City\r\n007;1.200,50;Bonn\r\n008;980,00;\r\n".as_slice();
/// let table = read_table(&mut file, &ReadOptions::default(), &mut |_| ())?;
///
/// assert_eq!(table.format.delimiter, ';');
/// let spend = table.column("Spend").unwrap();
/// assert_eq!(spend.kind, ColumnKind::Number);
/// assert_eq!(*spend.numbers, [1200.5, 980.0]);
/// assert_eq!(table.columns[0].cell(0), "007");
/// assert_eq!(table.columns[2].missing, 1);
/// # Ok::<(), seamline_kernels::table::TableError>(())
/// ```
///
/// # Errors
/// [`TableError`] when there is nothing to read, the bytes are no text, too many, or not to be had.
pub fn read_table(
    source: &mut dyn Source,
    options: &ReadOptions,
    progress: &mut dyn FnMut(f64),
) -> Result<Table, TableError> {
    read(source, options, Pace::default(), progress)
}

/// How fast the reader works; the table is the same.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// Whether plain rows and columns of numbers take the fast paths.
    is_fast: bool,
    /// Bytes read at a time.
    n_slice: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            is_fast: true,
            n_slice: SLICE,
        }
    }
}

fn read(
    source: &mut dyn Source,
    options: &ReadOptions,
    pace: Pace,
    progress: &mut dyn FnMut(f64),
) -> Result<Table, TableError> {
    let n_bytes = source.n_bytes();
    if n_bytes > MAX_BYTES {
        let limit = MAX_BYTES;
        return Err(TableError::TooLarge { n_bytes, limit });
    }
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    source.read(0..n_bytes.min(HEAD), &mut head)?;
    source.read(n_bytes.saturating_sub(TAIL)..n_bytes, &mut tail)?;
    if is_archive(&head) {
        return read_sheet(source, options, pace, progress);
    }
    check_is_text(&head, &tail)?;
    let reading = Reading::of(options.encoding.as_deref(), &head);
    let has_mark = is_marked(&head);
    let marked = |mut table: Table| {
        table.format.has_mark = has_mark;
        table
    };
    let read = match read_as(reading, source, options, pace, progress) {
        Err(Stop::NotUtf8) => {
            let reading = guess(source)?;
            match read_as(reading, source, options, pace, progress) {
                Err(Stop::NotUtf8) => Err(TableError::NotText { found: None }),
                Err(Stop::No(error)) => Err(error),
                Ok(table) => Ok(table),
            }
        }
        Err(Stop::No(error)) => Err(error),
        Ok(table) => Ok(table),
    };
    read.map(marked)
}

/// Reads a sheet of a workbook; the whole file is held in memory.
fn read_sheet(
    source: &mut dyn Source,
    options: &ReadOptions,
    pace: Pace,
    progress: &mut dyn FnMut(f64),
) -> Result<Table, TableError> {
    let mut bytes = Vec::new();
    source.read(0..source.n_bytes(), &mut bytes)?;
    let sheet = sheet(&bytes, options.sheet.as_deref())?;
    drop(bytes);
    let as_written = ReadOptions {
        encoding: Some("UTF-8".into()),
        delimiter: Some(','),
        quote: Some('"'),
        ..options.clone()
    };
    let mut table = read(&mut sheet.csv.as_slice(), &as_written, pace, progress)?;
    table.format.encoding = sheet.kind.into();
    table.format.sheet = Some(sheet.name);
    table.format.sheets = sheet.names;
    Ok(table)
}

/// Why reading in an encoding ended early.
enum Stop {
    NotUtf8,
    No(TableError),
}

impl From<FeedError> for Stop {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::NotUtf8 => Self::NotUtf8,
            FeedError::Unreadable => Self::No(TableError::Unreadable),
        }
    }
}

impl From<TableError> for Stop {
    fn from(error: TableError) -> Self {
        Self::No(error)
    }
}

fn read_as(
    reading: Reading,
    source: &mut dyn Source,
    options: &ReadOptions,
    pace: Pace,
    progress: &mut dyn FnMut(f64),
) -> Result<Table, Stop> {
    let mut feed = Feed::new(source, reading, pace.n_slice).map_err(TableError::from)?;
    let mut text = Vec::new();
    feed.more(&mut text)?;
    let line_end = LineEnd::of(&text);
    let how = dialect_of(&text, options);
    let (dialect, skipped) = (how.dialect, how.skipped);
    let first_line = 1 + u64::from(skipped > 0);
    // The first record is longer than a slice: more text is needed.
    let start = (skipped, first_line);
    while !feed.is_done() && layout_of(&text, &how, start, options, false).is_none() {
        feed.more(&mut text)?;
    }
    let layout = layout_of(&text, &how, start, options, feed.is_done());
    let layout = layout.ok_or(TableError::Empty)?;
    let (mut names, padded) = (names_of(&layout), padded(&layout));
    let mut body = Body::new(&layout, &names, &how, options.repairs_texts, pace.is_fast);
    for (line, range) in layout.head.clone() {
        body.excerpt(line, None, &text[range]);
    }
    let header_line = layout.header.first().map(|record| record.line);
    let last_header_line = layout.header.last().map(|record| record.line);
    let (mut at, mut line) = (layout.rows.position(), layout.rows.line());
    let mut is_first = true;
    while let Some((next, next_line)) = body.take(&text, at, line, feed.is_done()) {
        if feed.is_done() {
            break;
        }
        // The first slice tells how many rows there will be.
        if std::mem::take(&mut is_first) {
            body.reserve(next, feed.bytes_left());
        }
        (at, line) = (0, next_line);
        text.drain(..next);
        feed.more(&mut text)?;
        progress(feed.fraction());
    }
    drop(text);
    body.leave_out_totals(options.keeps_totals);
    if body.lines.is_empty() {
        return Err(TableError::NoRows { columns: names }.into());
    }
    body.drop_nameless(&mut names);
    if options.repairs_texts {
        names = names.into_iter().map(as_meant).collect();
    }
    let written = names.clone();
    make_distinct(&mut names);
    let TypedColumns {
        mut columns,
        remarks: typed_remarks,
    } = type_columns(names, &mut body, dialect.delimiter, options);
    let repeated = body.repeated(|a, b| columns.iter().all(|it| it.cell(a) == it.cell(b)));
    let Body {
        lines,
        notes,
        excerpts,
        ..
    } = body;
    split(&mut columns, options);
    let remarks = suggest(&mut columns, |name| {
        options.kinds.get(name) == Some(&ColumnKind::Identifier)
    });
    let mut warnings = notes.warnings(&columns, &lines, &written, &repeated);
    warnings.extend(typed_remarks);
    warnings.extend(codes_of(&columns, |name| {
        options.missing.contains_key(name)
    }));
    warnings.extend(remarks);
    let format = Format {
        encoding: reading.name().into(),
        delimiter: char::from(dialect.delimiter),
        quote: char::from(dialect.quote),
        header: header_line.is_some(),
        header_line,
        last_header_line: last_header_line.filter(|_| last_header_line != header_line),
        sheet: None,
        sheets: Vec::new(),
        line_end,
        has_mark: false,
        padded,
    };
    Ok(Table {
        columns,
        lines,
        repeated,
        format,
        warnings,
        excerpts,
    })
}

/// A name whose text was read in a wrong encoding before, as it was meant.
fn as_meant(name: String) -> String {
    repaired(&name).unwrap_or(name)
}

/// The layout of a text from a byte on a line.
fn layout_of<'t>(
    text: &'t [u8],
    how: &FileDialect,
    (at, line): (usize, u64),
    options: &ReadOptions,
    is_whole: bool,
) -> Option<Layout<'t>> {
    let records = Records::new(text, how.dialect).aligned(how.alignment.clone());
    let records = records.resume(at, line, is_whole);
    Layout::of(records, options.header)
}

/// The dialect in which the bytes are read, whatever their encoding.
pub fn sniff(mut bytes: &[u8]) -> Dialect {
    let of = |reading: Reading, mut bytes: &[u8]| {
        let mut text = Vec::new();
        let mut feed = Feed::new(&mut bytes, reading, SLICE).ok()?;
        feed.more(&mut text).ok()?;
        Some(dialect_of(&text, &ReadOptions::default()).dialect)
    };
    let found = of(Reading::of(None, bytes), bytes);
    let found = found.or_else(|| of(guess(&mut bytes).ok()?, bytes));
    found.unwrap_or_default()
}

/// What the header calls the columns; several records are put together.
fn names_of(layout: &Layout) -> Vec<String> {
    let n_unnamed = if layout.header.is_empty() {
        layout.width
    } else {
        0
    };
    let mut names = vec![String::new(); n_unnamed];
    for record in &layout.header {
        names.resize(names.len().max(record.len()), String::new());
        for (name, cell) in names.iter_mut().zip(record.iter()) {
            let cell = String::from_utf8_lossy(cell);
            if layout.header.len() > 1 && is_for_machines(&cell) {
                continue;
            }
            if !name.is_empty() && !cell.trim().is_empty() {
                name.push(' ');
            }
            name.push_str(cell.trim());
        }
    }
    names
}

/// Whether a cell of the header is written for programs, as survey exports do: `{"ImportId":"QID1"}`.
fn is_for_machines(cell: &str) -> bool {
    let inner = cell.trim().strip_prefix('{');
    let inner = inner.and_then(|inner| inner.strip_suffix('}'));
    inner.is_some_and(|inner| inner.contains(':') && inner.contains('"'))
}

/// The cells of a header of one record that have blanks at an end.
fn padded(layout: &Layout) -> Vec<String> {
    let [record] = layout.header.as_slice() else {
        return Vec::new();
    };
    let cells = record
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).into_owned());
    let has_blanks = |cell: &String| !cell.trim().is_empty() && cell.trim() != cell;
    cells.filter(has_blanks).collect()
}

#[cfg(test)]
mod tests;
