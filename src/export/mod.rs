//! Files to save: each kind has a module here, a line in the list of [`Format`], and its words.

mod cells;
mod customers;
mod labelled;
mod left_out;
mod project;
mod report;
mod settings;

pub use labelled::{Labelling, labelled_csv, letter};
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
    /// Content; sent outside the head of a message.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// Turns a list of `Name in module;` into the kinds of files. A module defines the ending of the file name (`ENDING`), the type of
/// the content (`MEDIA_TYPE`), whether models must be fitted (`NEEDS_RESULT`), and `write`.
macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident in $module:ident;)*) => {
        /// A kind of file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Format { $($(#[$doc])* $name,)* }

        impl Format {
            /// All kinds, in the order on the screen.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The ending of a file name, appended to the name of the customer file.
            pub fn ending(self) -> &'static str {
                match self { $(Self::$name => $module::ENDING,)* }
            }

            /// Whether models must be fitted for it.
            pub fn needs_result(self) -> bool {
                match self { $(Self::$name => $module::NEEDS_RESULT,)* }
            }

            /// The content of a file of this kind, for a session on the current table.
            ///
            /// # Errors
            /// [`EngineError`] when there is no table, or the models cannot be fitted.
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
    /// The session, without the data.
    Project in project;
    /// All rows with their segments.
    Labelled in labelled;
    /// The rows that are not in the models, with the reason.
    LeftOut in left_out;
    /// The rows without segments: one per customer where they were made of order lines.
    Customers in customers;
    /// What the rows with their segments were made with.
    Settings in settings;
    /// All results.
    Report in report;
}

impl Format {
    /// A file of this kind to save.
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
