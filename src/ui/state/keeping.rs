//! What the browser keeps: how much, what the screen knows of it, what is on its way there.

use std::sync::Arc;

use web_sys::Blob;

use super::Shared;
use crate::session::{DataMark, KeepChoice, Project, Session};

/// What the screen knows of what is kept.
#[derive(Clone, Default, PartialEq)]
pub(in crate::ui) struct Keep {
    /// How much is to be kept.
    pub(in crate::ui) choice: KeepChoice,
    /// The data of what is kept, and whether they are kept too.
    pub(in crate::ui) stored: Option<(Shared<DataMark>, bool)>,
    /// Whether all that is needed to go on is at hand.
    pub(in crate::ui) can_go_on: bool,
}

/// What is on its way to the storage, and what came from it.
#[derive(Clone, Default)]
pub(super) struct Keeping {
    /// What was kept when the page was opened.
    pub(super) found: Option<(Project, Option<Blob>)>,
    /// What is written when that in hand is.
    pub(super) next: Option<Next>,
    pub(super) is_writing: bool,
    /// Whether all was forgotten while something was written, which is then forgotten too.
    pub(super) is_forgotten: bool,
    /// Whether the user asked to keep this session, whatever is kept of another file.
    pub(super) is_wanted: bool,
    /// The fingerprint of the data whose file is kept.
    pub(super) file_of: Option<String>,
    /// What is kept, to know whether something would be lost.
    pub(super) session: Option<Arc<Session>>,
}

/// A session that is to be written.
#[derive(Clone)]
pub(super) struct Next {
    pub(super) session: Arc<Session>,
    pub(super) mark: Shared<DataMark>,
    pub(super) file: Option<Blob>,
    pub(super) choice: KeepChoice,
}
