//! Results to files that people take away: a kind of file is a module here, a line in the list of [`Format`], and its words.

mod labelled;
mod project;
mod report;

pub use labelled::{labelled_csv, letter};
pub use report::{Evidence, EvidenceReport, EvidenceSet, Report, UnknownEvidence, report_bytes};

use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::result::{EngineError, Progress, Stage};
use crate::session::Session;

/// A file to save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExportFile {
    /// Suggested name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Content; travels outside the message head.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// Makes of a list of `Name in module;` the kinds of files. The module says with what a file's name ends (`ENDING`), what its content
/// is (`MEDIA_TYPE`), whether models must be fitted for it (`NEEDS_RESULT`), and writes it (`write`).
macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident in $module:ident;)*) => {
        /// A kind of file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Format { $($(#[$doc])* $name,)* }

        impl Format {
            /// All, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// What the name of a file of this kind ends with, behind that of the customer file.
            pub fn ending(self) -> &'static str {
                match self { $(Self::$name => $module::ENDING,)* }
            }

            /// Whether models must be fitted for it.
            pub fn needs_result(self) -> bool {
                match self { $(Self::$name => $module::NEEDS_RESULT,)* }
            }

            /// The content of a file of this kind about a session on the table read last.
            ///
            /// # Errors
            /// [`EngineError`] when there is no table, or its models cannot be fitted.
            pub fn write(
                self,
                engine: &mut Engine,
                session: &Session,
                progress: &mut Progress,
            ) -> Result<Vec<u8>, EngineError> {
                match self { $(Self::$name => $module::write(engine, session, progress),)* }
            }

            fn media_type(self) -> &'static str {
                match self { $(Self::$name => $module::MEDIA_TYPE,)* }
            }
        }
    };
}

formats! {
    /// What was decided, without the data.
    Project in project;
    /// All rows with their segments.
    Labelled in labelled;
    /// Everything that was found.
    Report in report;
}

impl Format {
    /// A file of this kind, to be saved.
    ///
    /// # Errors
    /// As [`Format::write`].
    pub fn file(
        self,
        engine: &mut Engine,
        session: &Session,
        progress: &mut Progress,
    ) -> Result<ExportFile, EngineError> {
        let bytes = self.write(engine, session, progress)?;
        progress(Stage::Writing, 1.0);
        Ok(ExportFile {
            name: format!("{}{}", engine.file_stem(), self.ending()),
            media_type: self.media_type().to_owned(),
            bytes,
        })
    }
}
