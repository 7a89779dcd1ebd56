//! Where the table stands in its file: lines above it, its header, its rows, what follows.

use std::ops::Range;

use super::is_missing_mark;
use super::options::Header;
use super::records::{Record, Records};
use super::typed::is_typed;

/// Records looked at.
const HEAD: usize = 200;
/// Records that name the columns at most.
const MAX_HEADERS: usize = 3;
/// A column is typed if at least this share of its cells is.
const TYPED: f64 = 0.8;

/// The start of a table.
pub(super) struct Layout<'a> {
    /// Names of the columns, one text per record of the header; none without a header.
    pub(super) header: Vec<Record>,
    /// Cells per row.
    pub(super) width: usize,
    /// Lines above the header that hold a title or the like.
    pub(super) above: Vec<u64>,
    /// Those of them that are comments.
    pub(super) comments: Vec<u64>,
    /// Lines above the rows, with where they stand in the text.
    pub(super) head: Vec<(u64, Range<usize>)>,
    /// Continues reading at the first row.
    pub(super) rows: Records<'a>,
}

impl<'a> Layout<'a> {
    /// `None` if there are only blank lines. A `chosen` header takes precedence over the one found.
    pub(super) fn of(mut records: Records<'a>, chosen: Option<Header>) -> Option<Self> {
        let mut head: Vec<(Record, Records<'a>)> = Vec::new();
        let mut record = Record::default();
        let mut last = records.clone();
        while head.len() < HEAD && records.read(&mut record) {
            if !is_empty(&record) {
                head.push((record.clone(), last));
            }
            last = records.clone();
        }
        let width = width_of(head.iter().map(|(record, _)| record))?;
        let is_comment = |record: &Record| is_comment(record, width);
        let most = head.iter().map(|(record, _)| filled(record)).max()?;
        let is_full =
            |(record, _): &(Record, Records)| !is_comment(record) && filled(record) * 2 >= most;
        let mut start = head.iter().position(is_full)?;
        let records = head[start..].iter().map(|(record, _)| record);
        let body: Vec<&Record> = records.filter(|record| !is_comment(record)).collect();
        let mut has_header = is_header(body[0], &body[1..], width);
        // The line above may be a header in which most names are empty.
        if !has_header
            && let Some(above) = start.checked_sub(1)
            && head[above].0.len() == width
            && is_header(&head[above].0, &body, width)
        {
            (start, has_header) = (above, true);
        }
        let mut n_headers = if has_header {
            headers(&head[start..], width)
        } else {
            0
        };
        let at = |line: u64| head.iter().position(|(record, _)| record.line == line);
        match chosen {
            Some(Header::None) => n_headers = 0,
            Some(Header::Line(line)) => {
                if let Some(line) = at(line) {
                    (start, n_headers) = (line, 1);
                }
            }
            Some(Header::Lines(first, last)) => {
                if let (Some(first), Some(last)) = (at(first), at(last)) {
                    (start, n_headers) = (first, 1 + last.saturating_sub(first));
                }
            }
            None => {}
        }
        let (mut above, mut comments) = (Vec::new(), Vec::new());
        for (record, _) in &head[..start] {
            let lines = if record.get(0).starts_with(b"#") {
                &mut comments
            } else {
                &mut above
            };
            lines.push(record.line);
        }
        let rows = match head.get(start + n_headers) {
            Some((_, rows)) => rows.clone(),
            None => last.clone(),
        };
        let starts: Vec<usize> = head.iter().map(|(_, at)| at.position()).collect();
        let end_of = |i: usize| starts.get(i + 1).copied().unwrap_or(last.position());
        let lines = head[..start + n_headers].iter().enumerate();
        let lines = lines.map(|(i, (record, _))| (record.line, starts[i]..end_of(i)));
        let lines = lines.collect();
        let header = head
            .drain(start..start + n_headers)
            .map(|(record, _)| record)
            .collect();
        Some(Self {
            header,
            width,
            above,
            comments,
            head: lines,
            rows,
        })
    }
}

/// Whether no cell holds anything.
pub(super) fn is_empty(record: &Record) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

/// Whether a record is a line of its own that starts with `#`.
pub(super) fn is_comment(record: &Record, width: usize) -> bool {
    width > 1 && record.len() < width && record.get(0).starts_with(b"#")
}

fn filled(record: &Record) -> usize {
    record
        .iter()
        .filter(|cell| !cell.trim_ascii().is_empty())
        .count()
}

/// The most frequent number of cells above one; one if records with several cells are rare.
fn width_of<'r>(records: impl Iterator<Item = &'r Record> + Clone) -> Option<usize> {
    let lengths = records.map(Record::len);
    let count = |length: usize| lengths.clone().filter(|&other| other == length).count();
    let several = lengths.clone().filter(|&length| length > 1);
    let most = several
        .clone()
        .max_by_key(|&length| (count(length), length));
    match most {
        // A single column in which a few cells hold a delimiter stays one column.
        Some(most) if count(most) * 4 >= count(1) => Some(most),
        _ => lengths.clone().next().map(|_| 1),
    }
}

fn is_year(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    cell.len() == 4
        && (cell.starts_with(b"19") || cell.starts_with(b"20"))
        && cell.iter().all(u8::is_ascii_digit)
}

/// Columns whose rows are numbers or dates.
fn typed_columns(body: &[&Record], width: usize) -> Vec<bool> {
    let is_typed_column = |column: usize| {
        let rows = body.iter().filter(|record| record.len() == width);
        let cells = rows.map(|record| record.get(column));
        let cells = cells.filter(|cell| !is_missing_mark(&String::from_utf8_lossy(cell)));
        let (typed, all) = cells.fold((0, 0), |(typed, all), cell| {
            (typed + usize::from(is_typed(cell)), all + 1)
        });
        all > 0 && f64::from(typed as u32) >= TYPED * f64::from(all)
    };
    (0..width).map(is_typed_column).collect()
}

/// Whether a record is a header and not the first row: it holds words where the rows hold numbers or dates.
fn is_header(record: &Record, body: &[&Record], width: usize) -> bool {
    let typed = typed_columns(body, width);
    let mut votes = 0_i32;
    for (column, _) in typed.iter().enumerate().filter(|(_, typed)| **typed) {
        let cell = record.get(column);
        if is_year(cell) && !body.first().is_some_and(|row| is_year(row.get(column))) {
            continue;
        }
        if is_typed(cell) {
            votes -= 1;
        } else if !is_missing_mark(&String::from_utf8_lossy(cell)) {
            votes += 1;
        }
    }
    votes > 0 || votes == 0 && !repeats(record, body, width)
}

/// Whether the cells of a record occur again below it.
fn repeats(record: &Record, body: &[&Record], width: usize) -> bool {
    let again = |column: usize| {
        let cell = record.get(column);
        !cell.trim_ascii().is_empty() && body.iter().any(|row| row.get(column) == cell)
    };
    let repeated = (0..width).filter(|&column| again(column)).count();
    repeated * 2 > width && body.first().is_some_and(|row| !equals(row, record))
}

/// Whether two records hold the same texts, as far as both reach.
pub(super) fn equals(a: &Record, b: &Record) -> bool {
    let n = a.len().min(b.len());
    let same = |cell: usize| {
        a.get(cell)
            .trim_ascii()
            .eq_ignore_ascii_case(b.get(cell).trim_ascii())
    };
    n > 0 && n * 2 > a.len().max(b.len()) && (0..n).all(same)
}

/// Records that belong to the header: those that repeat it, and those that hold words where the rows below hold numbers (units).
fn headers(head: &[(Record, Records)], width: usize) -> usize {
    let mut n = 1;
    while n < MAX_HEADERS.min(head.len()) {
        let record = &head[n].0;
        let body: Vec<&Record> = head[n + 1..].iter().map(|(record, _)| record).collect();
        let typed = typed_columns(&body, width);
        let of_typed = || (0..width).filter(|&column| typed[column]);
        let is_word = |&column: &usize| {
            let cell = record.get(column);
            !is_typed(cell) && !is_missing_mark(&String::from_utf8_lossy(cell))
        };
        let words = of_typed().filter(is_word).count();
        let has_values = of_typed().any(|column| is_typed(record.get(column)));
        let names = body.len() > 1 && !has_values && words > 0 && words * 2 >= of_typed().count();
        if !(names || equals(record, &head[0].0) && record.len() == head[0].0.len()) {
            break;
        }
        n += 1;
    }
    n
}

/// Whether a record starts another table: it repeats the header, or stands below a blank line with words in another number of
/// cells.
pub(super) fn starts_table(
    record: &Record,
    header: &[Record],
    width: usize,
    is_below_blank: bool,
) -> bool {
    let repeats = header
        .first()
        .is_some_and(|header| width > 1 && equals(record, header));
    let is_other = is_below_blank
        && record.len() > 1
        && record.len() != width
        && record
            .iter()
            .all(|cell| !is_typed(cell) && !cell.trim_ascii().is_empty());
    repeats || is_other
}
