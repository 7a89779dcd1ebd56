//! Cells that hold a number or a date.

use super::dates;
use super::number::{Decimal, Written};

/// Whether a text is a number or a date.
pub(super) fn is_typed(cell: &[u8]) -> bool {
    let cell = String::from_utf8_lossy(cell);
    let is_written = || {
        let written = Written::of(&cell)?;
        let value = written.value(Decimal::Point);
        value.or_else(|| written.value(Decimal::Comma))
    };
    is_written().is_some() || dates::is_date(&cell) || dates::is_time(&cell)
}
