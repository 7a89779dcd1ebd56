//! Reads files into a typed table, and writes CSV.
//!
//! [`read_table`] turns a file into a [`Table`]: cells as they stand in the file, a kind per column decided on all rows, numbers
//! parsed once, and [`Warning`]s that name lines. [`CsvWriter`] is the way back.

mod body;
mod builder;
mod by_content;
mod cells;
mod column;
mod content;
mod context;
mod copies;
mod damaged;
mod dates;
mod days;
mod defaults;
mod dialect;
mod distinct;
mod encoding;
mod error;
mod excerpt;
mod fingerprint;
mod form;
mod kind;
mod kinds;
mod layout;
mod lines;
mod meaning;
mod name;
mod noted;
mod number;
mod numbers;
mod options;
mod read;
mod records;
mod remark;
mod role;
mod scan;
mod source;
mod unit;
mod warning;
mod workbook;
mod write;

pub use by_content::by_content;
pub use cells::{Cells, Form, Texts};
pub use column::Column;
pub use content::Content;
pub use copies::Likeness;
pub use days::{Date, DateForm, Dates, NoDate};
pub(crate) use distinct::hash;
pub use encoding::{ENCODINGS, knows_encoding};
pub use error::TableError;
pub use excerpt::Excerpt;
pub use fingerprint::fingerprint;
pub use form::{bytes_in_form_of, decimal_of, in_form_of};
pub use lines::{LineEnd, Lines};
pub(crate) use meaning::words;
pub use meaning::{Meaning, is_common_word};
pub use number::{Decimal, is_missing_mark, parse_number};
pub use options::{Header, OrderColumns, OrderPart, ReadOptions, Summary};
pub use read::{Format, MAX_BYTES, Table, read_csv, read_table, sniff};
pub use records::{Dialect, Record, Records};
pub use remark::Remark;
pub use role::{ColumnKind, Role, Unit};
pub use source::{Source, Unreadable};
pub use warning::{Oddity, Warning};
pub use write::{CsvWriter, runs_as_formula};
