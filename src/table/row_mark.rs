//! A mark of the cells of a row, whatever row it is.

use super::distinct::hash;
use super::{Cells, Column};

/// The mark of some cells of a row and of one more.
pub(super) fn mark_of(column: &Column, row: usize, before: u64) -> u64 {
    match &column.cells {
        Cells::Texts(texts) => hash(texts.get(row).as_bytes(), before),
        Cells::Numbers(_) => {
            let number = column.numbers.get(row).copied().unwrap_or(f64::NAN);
            // NaN has many bit patterns; all of them mean a missing value.
            let bits = if number.is_nan() {
                u64::MAX
            } else {
                number.to_bits()
            };
            hash(&bits.to_le_bytes(), before)
        }
    }
}
