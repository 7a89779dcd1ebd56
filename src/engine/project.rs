//! Opens a project on its file.

use serde::{Deserialize, Serialize};

use super::{Engine, Loaded};
use crate::result::{Dataset, EngineError, Progress};
use crate::session::{DataMark, Project, ProjectError, Session};
use crate::table::Source as Bytes;

/// Why a project is not opened on a file. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenError {
    /// The file cannot be read with the project's options.
    File(EngineError),
    /// The project is broken, or was made for other data.
    Project(ProjectError),
}

impl From<EngineError> for OpenError {
    fn from(error: EngineError) -> Self {
        Self::File(error)
    }
}

impl From<ProjectError> for OpenError {
    fn from(error: ProjectError) -> Self {
        Self::Project(error)
    }
}

impl Engine {
    /// Reads a file with the options of a project. Replaces the current table only if the project was made for this one.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open_project(
        &mut self,
        name: &str,
        bytes: &mut dyn Bytes,
        project: &Project,
        progress: &mut Progress,
    ) -> Result<(Dataset, Session), OpenError> {
        let (loaded, dataset) = Loaded::read(name, bytes, project.reading(), progress)?;
        let session = project.check(&dataset, &DataMark::of(name, &loaded.table).fingerprint)?;
        self.loaded = Some(loaded);
        Ok((dataset, session))
    }

    /// The session of a project that was made for the current table, read with the same options.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open_on_table(&self, project: &Project) -> Result<Session, OpenError> {
        let loaded = self.loaded.as_ref().ok_or(EngineError::NoTable)?;
        let Loaded { name, table, .. } = loaded;
        let dataset = Dataset::of(name, 0, project.reading(), table);
        Ok(project.check(&dataset, &DataMark::of(name, table).fingerprint)?)
    }

    /// What identifies the current table.
    ///
    /// # Errors
    /// [`EngineError::NoTable`] before a table was read.
    pub fn mark(&self) -> Result<DataMark, EngineError> {
        let loaded = self.loaded.as_ref().ok_or(EngineError::NoTable)?;
        let Loaded { name, table, .. } = loaded;
        Ok(DataMark::of(name, table))
    }

    /// The project of a session on the current table.
    ///
    /// # Errors
    /// [`EngineError::NoTable`] before a table was read.
    pub fn project(&self, session: &Session) -> Result<Project, EngineError> {
        Ok(Project::new(session, self.mark()?))
    }
}
