//! Cells and names of columns as they stand in the file.

use crate::table::{Column, CsvWriter, Table};

/// The name of a column with the blanks that the header has around it.
pub(super) fn as_written<'a>(table: &'a Table, name: &'a str) -> &'a str {
    let mut padded = table.format.padded.iter();
    padded
        .find(|cell| cell.trim() == name)
        .map_or(name, String::as_str)
}

/// A cell as it stands in the file; what was read as a number is none to be made safe.
pub(super) fn put_cell(writer: &mut CsvWriter, column: &Column, row: usize) {
    let is_number = column.numbers.get(row).is_some_and(|x| !x.is_nan());
    let cell = column.cell(row);
    if is_number {
        writer.field(&cell);
    } else {
        writer.safe_field(&cell);
    }
}
