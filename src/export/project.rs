//! The session as a file that can be opened again.

use crate::engine::Engine;
use crate::result::{EngineError, Progress};
use crate::session::{PROJECT_ENDING, Session};

pub(super) const ENDING: &str = PROJECT_ENDING;
pub(super) const MEDIA_TYPE: &str = "application/json";
pub(super) const NEEDS_RESULT: bool = false;

pub(super) fn write(
    engine: &mut Engine,
    session: &Session,
    _progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    let project = engine.project(session)?;
    project.write().map_err(|_| EngineError::Unwritable)
}
