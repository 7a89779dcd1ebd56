//! Cells that hold a number or a date.

use super::clock::is_time;
use super::dates::DateParts;
use super::number::{Decimal, Written};

/// Whether a text is a number or a date.
pub(super) fn is_typed(cell: &[u8]) -> bool {
    let cell = String::from_utf8_lossy(cell);
    let is_written = || {
        let written = Written::of(&cell)?;
        let value = written.value(Decimal::Point);
        value.or_else(|| written.value(Decimal::Comma))
    };
    is_written().is_some() || DateParts::of(&cell).is_some() || is_time(&cell)
}
