//! Results to files that people take away.

mod labelled;
mod report;

pub use labelled::{labelled_csv, letter};
pub use report::Report;

use serde::{Deserialize, Serialize};

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
