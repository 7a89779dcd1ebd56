//! A request to the engine's method that answers it.

use super::{Outcome, Request};
use crate::analysis::{Engine, EngineError, Progress, Stage};
use crate::export::{ExportFile, labelled_csv};

/// Carries out one request.
///
/// # Errors
/// [`EngineError`]; the table and the fits of before stay as they were.
pub fn carry_out(
    engine: &mut Engine,
    request: Request,
    progress: &mut Progress,
) -> Result<Outcome, EngineError> {
    match request {
        Request::Import { name, bytes } => Ok(Outcome::Imported(Box::new(
            engine.import(&name, &bytes, progress)?,
        ))),
        Request::ImportSample { sample } => {
            let dataset = engine.import(sample.file_name(), &sample.generate(), progress)?;
            Ok(Outcome::Imported(Box::new(dataset)))
        }
        Request::Compare { settings } => Ok(Outcome::Compared(Box::new(
            engine.compare(settings, progress)?,
        ))),
        Request::Sweep { settings } => Ok(Outcome::Swept(engine.sweep(&settings, progress)?)),
        Request::ExportLabelled { settings } => {
            let comparison = engine.compare(settings, progress)?;
            progress(Stage::Writing, 0.0);
            let table = engine.table().ok_or(EngineError::NoTable)?;
            Ok(Outcome::Exported(ExportFile {
                name: format!("{}_segments.csv", engine.file_stem()),
                media_type: "text/csv;charset=utf-8".into(),
                bytes: labelled_csv(table, &comparison),
            }))
        }
    }
}
