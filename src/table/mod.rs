//! Bytes to a typed table, and back to CSV.
//!
//! [`read_csv`] turns the bytes of a file into a [`Table`]: cells as they stand in the file, a kind per column decided on
//! all rows, numbers parsed once, and [`Warning`]s that name lines. [`CsvWriter`] is the way back.

mod cells;
mod column;
mod dates;
mod dialect;
mod encoding;
mod kind;
mod layout;
mod number;
mod read;
mod records;
mod warning;
mod write;

pub use cells::Cells;
pub use column::{Column, ColumnKind, Role};
pub use number::{Decimal, is_missing_mark, parse_number};
pub use read::{Format, Table, TableError, read_csv, sniff};
pub use records::{Dialect, Record, Records};
pub use warning::{Oddity, Warning};
pub use write::{CsvWriter, runs_as_formula};
