//! The rows that are segmented, as they are: where they were made of order lines, one per customer.

use crate::engine::Engine;
use crate::numeric::pulse;
use crate::result::{EngineError, Progress};
use crate::session::Session;
use crate::table::CsvWriter;

pub(super) const ENDING: &str = "_customers.csv";
pub(super) const MEDIA_TYPE: &str = "text/csv;charset=utf-8";
pub(super) const NEEDS_RESULT: bool = false;

/// Work steps for writing a cell.
const STEPS: usize = 64;

pub(super) fn write(
    engine: &mut Engine,
    _session: &Session,
    _progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    let table = engine.table().ok_or(EngineError::NoTable)?;
    let mut writer = CsvWriter::default();
    for column in &table.columns {
        writer.safe_field(&column.name);
    }
    writer.end_record();
    for row in 0..table.n_rows() {
        pulse(STEPS * table.columns.len());
        for column in &table.columns {
            writer.safe_field(&column.cell(row));
        }
        writer.end_record();
    }
    Ok(writer.into_bytes())
}
