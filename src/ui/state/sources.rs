//! Where what is on the screen comes from: who reads, what was read, and what is on its way.

use std::sync::Arc;

use web_sys::Blob;

use super::keeping::Keeping;
use crate::demo::DemoFile;
use crate::result::ResultId;
use crate::session::{History, Project, Session};
use crate::worker::Client;

/// Who reads, what was read, and what is on its way.
#[derive(Clone, Default)]
pub(super) struct Sources {
    /// The engine.
    pub(super) client: Option<Client>,
    /// What the last import asked for was to read.
    pub(super) asked: Option<Source>,
    /// What the table on the screen was read from.
    pub(super) shown: Option<Source>,
    /// What becomes of the session when the import in hand is there.
    pub(super) then: Then,
    /// Sessions that models are fitted for, in the order of asking.
    pub(super) fitting: Vec<(ResultId, Arc<Session>)>,
    /// The name of the result that was asked for last.
    pub(super) last_result: ResultId,
    /// The rules that are being read.
    pub(super) rules_asked: Option<RulesAsked>,
    /// The text of the rules in force; `None` before any are read.
    pub(super) rules_of: Option<RulesText>,
    /// The session that is kept in a file, or that was there before anything was decided.
    pub(super) kept: Option<Arc<Session>>,
    /// The project that is being opened.
    pub(super) opening: Option<Opening>,
    /// The file that came with the project that is being read.
    pub(super) beside: Option<Source>,
    /// The project that is opened with the file that comes next.
    pub(super) waiting: Option<Waiting>,
    /// What has to do with the storage of the browser.
    pub(super) keeping: Keeping,
}

/// The text of rules; `None` for the standard ones.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct RulesText(pub(super) Option<String>);

/// Rules that are being read.
#[derive(Clone)]
pub(super) struct RulesAsked {
    pub(super) text: RulesText,
    /// Whether they are decided on once they can be read.
    pub(super) is_decision: bool,
}

/// What can be read, and read again.
#[derive(Clone)]
pub(in crate::ui) enum Source {
    /// A file of the user.
    File(String, Blob),
    /// One of ours.
    Demo(DemoFile),
}

/// What becomes of the session when a table is read.
#[derive(Clone, Default)]
pub(super) enum Then {
    /// Another file: everything begins.
    #[default]
    Begin,
    /// The user decided to read it in another way.
    Decide,
    /// A step through the history needed it.
    Replace {
        /// The session of before.
        from: Arc<Session>,
        /// What is shown then.
        history: History,
    },
    /// The session stays.
    Stay,
}

/// A project that is being opened.
#[derive(Clone)]
pub(super) struct Opening {
    pub(super) project: Project,
    pub(super) on: On,
}

/// On what a project is opened.
#[derive(Clone)]
pub(super) enum On {
    /// On the file on the screen: a step that can be undone.
    Shown,
    /// On another one, where everything begins; whether the user asked for that file and sees it in any case.
    Other(Source, bool),
}

/// A project whose file is not there yet.
#[derive(Clone)]
pub(super) struct Waiting {
    pub(super) project: Project,
    /// Whether the browser kept it, so that other files are opened without a word about it.
    pub(super) is_kept: bool,
}
