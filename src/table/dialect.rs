//! Which dialect a file is written in: the one in which its rows are alike and its cells mean something.
//!
//! ```text
//! score = 1/P sum over patterns of  N_p (L_p - 1) / L_p   *   (1 + share of cells of a known type)
//! ```
//!
//! with the `P` numbers of cells `L_p` that rows have and `N_p` rows of each (van den Burg, Nazábal & Sutton 2019, Data Min.
//! Knowl. Discov. 33; they multiply by the share alone).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::aligned::Alignment;
use super::options::ReadOptions;
use super::records::{Dialect, Record, Records};

/// Bytes looked at.
const SAMPLE: usize = 1 << 16;
/// Records looked at.
const RECORDS: usize = 200;
/// Score per row of a pattern with a single cell.
const ONE_CELL: f64 = 1e-3;
/// An unusual dialect must score better by this factor.
const LEAD: f64 = 1.02;
/// Bytes that separate cells, the usual ones first.
const DELIMITERS: [u8; 9] = [b',', b';', b'\t', b'|', b' ', b'^', b'~', 0x1F, 0x1E];

/// A reading loses cells where more than this share of its rows has some beyond the header.
const LOSES: f64 = 0.03;

/// How a text is read.
pub(super) struct FileDialect {
    pub(super) dialect: Dialect,
    /// Bytes at its start that only name the delimiter (`sep=;`).
    pub(super) skipped: usize,
    /// Where blanks align the columns: how lines are cut.
    pub(super) alignment: Option<Arc<Alignment>>,
}

/// The dialect of a text. One that loses cells is not taken where another keeps them.
pub(super) fn dialect_of(bytes: &[u8], options: &ReadOptions) -> FileDialect {
    let (named, skipped) = named_delimiter(bytes);
    let sample = whole_lines(&bytes[skipped..]);
    let chosen = |byte: Option<char>| byte.and_then(|byte| u8::try_from(byte).ok());
    let named = chosen(options.delimiter).or(named);
    let chosen_quote = chosen(options.quote);
    let delimiters = named.map_or(DELIMITERS.to_vec(), |named| vec![named]);
    let quotes = chosen_quote.map_or(b"\"'".to_vec(), |quote| vec![quote]);
    let mut first = Dialect::default();
    first.delimiter = named.unwrap_or(first.delimiter);
    first.quote = chosen_quote.unwrap_or(first.quote);
    let mut best = (first, score(sample, first));
    // The best of those that keep the cells of rows that are alike.
    let mut keeping: Option<(Dialect, f64)> = None;
    for delimiter in delimiters {
        if !sample.contains(&delimiter) {
            continue;
        }
        for &quote in &quotes {
            let is_usual = quote == b'"' || chosen_quote.is_some();
            if !is_usual && !surrounds_cells(sample, quote, delimiter) {
                continue;
            }
            for skips_space in [false, true] {
                if skips_space && (delimiter == b' ' || !is_spaced(sample, delimiter)) {
                    continue;
                }
                let dialect = Dialect {
                    delimiter,
                    quote,
                    escape: None,
                    skips_space,
                };
                let found = score(sample, dialect);
                let is_best_keeping = keeping.is_none_or(|(_, best)| found > best);
                if is_best_keeping && Fit::of(sample, dialect).is_whole() {
                    keeping = Some((dialect, found));
                }
                let is_spaced_twin = Dialect {
                    skips_space: false,
                    ..dialect
                } == best.0;
                let lead = if is_usual { 1.0 } else { LEAD };
                if found > best.1 * lead || (is_spaced_twin && skips_space && found >= best.1) {
                    best = (dialect, found);
                }
            }
        }
    }
    let mut fit = Fit::of(sample, best.0);
    if fit.loses()
        && let Some((dialect, _)) = keeping
    {
        best.0 = dialect;
        fit = Fit::of(sample, dialect);
    }
    let may_be_aligned = named.is_none_or(|named| named == b' ');
    let alignment = Some(sample)
        .filter(|_| may_be_aligned && fit.may_be_aligned(best.0))
        .and_then(Alignment::of);
    if alignment.is_some() {
        best.0 = Dialect {
            delimiter: b' ',
            ..Dialect::default()
        };
    }
    best.0.escape = escape_of(sample, best.0);
    FileDialect {
        dialect: best.0,
        skipped,
        alignment: alignment.map(Arc::new),
    }
}

/// How the rows of a sample fit their header in a dialect.
#[derive(Default)]
struct Fit {
    /// Cells of the header: the first record that is at least half as full as the fullest.
    width: usize,
    /// Records from the header on.
    rows: usize,
    /// Those with as many cells.
    even: usize,
    /// Those with a text beyond.
    losing: usize,
    /// Those in which blanks stand side by side within a cell.
    with_runs: usize,
}

impl Fit {
    fn of(sample: &[u8], dialect: Dialect) -> Self {
        let filled = |record: &Record| record.iter().filter(|cell| !cell.is_empty()).count();
        let mut most = 0;
        each_record(sample, dialect, |record| most = most.max(filled(record)));
        let mut fit = Self::default();
        each_record(sample, dialect, |record| {
            if fit.rows == 0 {
                if filled(record) * 2 < most {
                    return;
                }
                fit.width = record.len();
            }
            let mut beyond = record.iter().skip(fit.width);
            fit.rows += 1;
            fit.even += usize::from(record.len() == fit.width);
            fit.losing += usize::from(beyond.any(|cell| !cell.trim_ascii().is_empty()));
            let has_run = |cell: &[u8]| {
                let cell = cell.trim_ascii();
                cell.windows(2).any(|pair| pair == b"  ")
                    || cell.is_empty() && dialect.delimiter == b' '
            };
            fit.with_runs += usize::from(record.iter().any(has_run));
        });
        fit
    }

    /// Whether the texts of too many rows have no place below the header.
    fn loses(&self) -> bool {
        self.losing as f64 > LOSES * self.rows as f64
    }

    /// Whether nearly all rows have as many cells as the header, and several.
    fn is_whole(&self) -> bool {
        self.width > 1 && self.even as f64 >= (1.0 - LOSES) * self.rows as f64
    }

    /// Whether blanks may part the columns better.
    fn may_be_aligned(&self, dialect: Dialect) -> bool {
        let has_runs = self.with_runs * 2 >= self.rows;
        self.width < 2 || self.loses() || has_runs || dialect.delimiter == b' ' && !self.is_whole()
    }
}

/// The delimiter that a first line `sep=;` names, and the length of that line.
fn named_delimiter(bytes: &[u8]) -> (Option<u8>, usize) {
    let length = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    let (line, mut end) = (
        &bytes[..length.unwrap_or(bytes.len())],
        length.unwrap_or(bytes.len()),
    );
    let inner = line
        .strip_prefix(b"\"")
        .map_or(line, |line| line.strip_suffix(b"\"").unwrap_or(line));
    match inner {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            if bytes[end..].starts_with(b"\r\n") {
                end += 1;
            }
            (Some(*delimiter), (end + 1).min(bytes.len()))
        }
        _ => (None, 0),
    }
}

fn whole_lines(bytes: &[u8]) -> &[u8] {
    if bytes.len() <= SAMPLE {
        return bytes;
    }
    let sample = &bytes[..SAMPLE];
    let end = sample
        .iter()
        .rposition(|byte| matches!(byte, b'\r' | b'\n'));
    &sample[..end.unwrap_or(SAMPLE)]
}

/// Whether a quote opens and closes cells at least twice.
fn surrounds_cells(sample: &[u8], quote: u8, delimiter: u8) -> bool {
    let is_edge = |byte: Option<&u8>| {
        byte.is_none_or(|&byte| byte == delimiter || matches!(byte, b'\r' | b'\n'))
    };
    let before = |at: usize| is_edge(at.checked_sub(1).map(|at| &sample[at]));
    let quotes = || (0..sample.len()).filter(|&at| sample[at] == quote);
    let opening = quotes().filter(|&at| before(at)).count();
    let closing = quotes().filter(|&at| is_edge(sample.get(at + 1))).count();
    opening >= 2 && closing >= 2
}

/// Whether nearly every delimiter outside quotes is followed by a space.
fn is_spaced(sample: &[u8], delimiter: u8) -> bool {
    let dialect = Dialect {
        delimiter,
        skips_space: false,
        ..Dialect::default()
    };
    let (mut cells, mut spaced) = (0, 0);
    each_record(sample, dialect, |record| {
        for cell in record.iter().skip(1) {
            cells += 1;
            spaced += usize::from(cell.first() == Some(&b' '));
        }
    });
    cells >= 2 && spaced * 10 >= cells * 9
}

fn each_record(sample: &[u8], dialect: Dialect, mut take: impl FnMut(&Record)) {
    let mut records = Records::new(sample, dialect);
    let mut record = Record::default();
    let mut count = 0;
    while count < RECORDS && records.read(&mut record) {
        if !record.is_blank && !record.get(0).starts_with(b"#") {
            take(&record);
            count += 1;
        }
    }
}

fn score(sample: &[u8], dialect: Dialect) -> f64 {
    let mut patterns: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut cells, mut known, mut open, mut quoted) = (0_usize, 0_usize, 0_usize, 0_usize);
    each_record(sample, dialect, |record| {
        *patterns.entry(record.len()).or_default() += 1;
        cells += record.len();
        known += record.iter().filter(|cell| is_known(cell)).count();
        open += usize::from(record.has_open_quote);
        quoted += usize::from(record.n_quoted > 0 && record.len() > 1);
    });
    let rows: usize = patterns.values().sum();
    let alike = patterns.values().max().copied().unwrap_or(0);
    let widest = patterns
        .iter()
        .max_by_key(|(_, rows)| **rows)
        .map_or(1, |(&length, _)| length);
    // Every text has spaces: they count as delimiters only if all rows have the same number of them, or cells between them are quoted.
    let is_even = alike * 10 >= rows * 9 && rows > 1 && widest > 2;
    if dialect.delimiter == b' ' && !is_even && quoted * 2 < rows {
        return 0.0;
    }
    let pattern: f64 = patterns
        .iter()
        .map(|(&length, &rows)| rows as f64 * (length as f64 - 1.0).max(ONE_CELL) / length as f64)
        .sum();
    let quotes_that_fail = 1.0 - open as f64 / rows.max(1) as f64;
    // Cell types count half: rows with the same number of cells throughout are rarely a coincidence.
    let known = (known as f64 + 0.1) / (cells as f64 + 0.1);
    pattern / patterns.len().max(1) as f64 * (1.0 + known) * quotes_that_fail.max(0.1)
}

/// Whether a cell is empty, a number, a date, an address or words, and holds nothing that could be a delimiter.
fn is_known(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    let is_number = cell.iter().any(u8::is_ascii_digit)
        && cell
            .iter()
            .all(|byte| byte.is_ascii_digit() || b".,+-eE%$ ()/:".contains(byte));
    let is_text = |&byte: &u8| {
        byte.is_ascii_alphanumeric() || byte >= 0x80 || b" _-.&()!?/@:'#+%$*=".contains(&byte)
    };
    is_number
        || cell.iter().all(is_text) && cell.first().is_none_or(|byte| !b"'\")/:!".contains(byte))
}

/// The byte that stands before quotes within cells, where none is doubled.
fn escape_of(sample: &[u8], dialect: Dialect) -> Option<u8> {
    let Dialect {
        delimiter, quote, ..
    } = dialect;
    let is_inner = |byte: Option<&u8>| {
        byte.is_some_and(|&byte| {
            byte != delimiter && byte != quote && !matches!(byte, b'\r' | b'\n')
        })
    };
    let triples = || {
        sample
            .windows(2)
            .enumerate()
            .filter(|(_, pair)| pair[1] == quote)
    };
    let doubled = triples().any(|(at, pair)| {
        pair[0] == quote
            && is_inner(at.checked_sub(1).map(|at| &sample[at]))
            && is_inner(sample.get(at + 2))
    });
    if doubled {
        return None;
    }
    let escapes =
        |escape: u8| triples().any(|(at, pair)| pair[0] == escape && is_inner(sample.get(at + 2)));
    [b'\\', 0].into_iter().find(|&escape| escapes(escape))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> (Dialect, usize) {
        let found = dialect_of(bytes, &ReadOptions::default());
        (found.dialect, found.skipped)
    }

    fn found(text: &str) -> (char, char) {
        let (dialect, _) = of(text.as_bytes());
        (char::from(dialect.delimiter), char::from(dialect.quote))
    }

    #[test]
    fn the_separator_is_the_one_that_makes_rows_alike() {
        for (text, delimiter) in [
            ("a;b\n1,5;2\n3;4,5\n", ';'),
            ("a\tb\n1\t2\n", '\t'),
            ("a|b\n1|2\n", '|'),
            ("a\n1\n", ','),
            ("name\nAnn Lee\nBob\n", ','),
            ("x y z\n1 2 3\n4 5 6\n", ' '),
            ("a,b\n\"x;y;z\",2\n\"u;v;w\",3\n", ','),
        ] {
            assert_eq!(found(text), (delimiter, '"'), "{text:?}");
        }
        assert_eq!(found("a,b\n'x, y',1\n'z, w',2\n"), (',', '\''));
        let (dialect, skipped) = of(b"sep=;\r\na,1;b\n");
        assert_eq!((dialect.delimiter, skipped), (b';', 7));
        assert!(of(b"a, b\n1, 2\n3, 4\n").0.skips_space);
        assert_eq!(of(b"a,b\n1,\"x \\\"y\\\" z\"\n").0.escape, Some(b'\\'));
    }
}
