//! The rows that are segmented, in the form of the file: where they were made of order lines, one per customer.

use super::cells::put_cell;
use crate::engine::Engine;
use crate::numeric::pulse;
use crate::result::{EngineError, Progress};
use crate::session::Session;
use crate::table::{bytes_in_form_of, in_form_of};

pub(super) const ENDING: &str = "_customers.csv";
pub(super) const MEDIA_TYPE: &str = "text/csv";
pub(super) const NEEDS_RESULT: bool = false;

/// Work steps for writing a cell.
const STEPS: usize = 64;

pub(super) fn write(
    engine: &mut Engine,
    _session: &Session,
    _progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    let table = engine.table().ok_or(EngineError::NoTable)?;
    let mut writer = in_form_of(&table.format);
    for column in &table.columns {
        writer.safe_field(&column.name);
    }
    writer.end_record();
    for row in 0..table.n_rows() {
        pulse(STEPS * table.columns.len());
        for column in &table.columns {
            put_cell(&mut writer, column, row);
        }
        writer.end_record();
    }
    Ok(bytes_in_form_of(writer, &table.format))
}
