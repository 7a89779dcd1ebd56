//! What changes without being decided: the engine, what it found, what the pointer does.

use std::sync::Arc;

use leptos::prelude::*;

use super::Shared;
use super::keeping::Keep;
use crate::advise::Rule;
use crate::export::Format;
use crate::result::{Comparison, Dataset, FailedModel, Stage};
use crate::session::{DataMark, Session};
use crate::view::RowSet;
use crate::worker::Answers;

/// What the worker is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ui) enum Work {
    /// Nothing.
    Idle,
    /// A stage, and the share of it that is done.
    Running(Option<(Stage, f64)>),
    /// The engine should have said something for about so many seconds; with the share that was done when it last did.
    Silent(u32, f64),
}

/// Settings that no result could be had for.
pub(super) struct Unfitted {
    pub(super) session: Arc<Session>,
    /// Why, in a sentence.
    pub(super) sentence: String,
    /// The models that could not be fitted; none where no model is behind it.
    pub(super) failed: Vec<FailedModel>,
}

/// A file to save that was asked for and is not there yet.
#[derive(Clone, PartialEq)]
pub(in crate::ui) struct AskedFile {
    pub(in crate::ui) format: Format,
    /// The session that it is made for; `None` while the result that it is about is on its way.
    pub(in crate::ui) session: Option<Box<Session>>,
}

/// What changes without being decided; written by verbs alone.
#[derive(Clone, Copy)]
pub(super) struct Signals {
    pub(super) dark: RwSignal<bool>,
    pub(super) has_engine: RwSignal<bool>,
    pub(super) work: RwSignal<Work>,
    pub(super) notice: RwSignal<Option<String>>,
    /// Files that are asked for, in the order of asking.
    pub(super) files: RwSignal<Vec<AskedFile>>,
    pub(super) dataset: RwSignal<Option<Shared<Dataset>>>,
    pub(super) comparison: RwSignal<Option<Shared<Comparison>>>,
    /// The session that the result on the screen was made for.
    pub(super) fitted: RwSignal<Option<Arc<Session>>>,
    /// What could not be fitted, where that was the last to be asked for.
    pub(super) unfitted: RwSignal<Option<Unfitted>>,
    pub(super) answers: RwSignal<Answers>,
    pub(super) rules: RwSignal<Option<Shared<Vec<Rule>>>>,
    /// By what the table is known again, once somebody asked.
    pub(super) mark: RwSignal<Option<Shared<DataMark>>>,
    pub(super) keep: RwSignal<Keep>,
    pub(super) selection: RwSignal<Shared<RowSet>>,
    pub(super) hover: RwSignal<Option<usize>>,
}

impl Signals {
    pub(super) fn new(dark: bool) -> Self {
        Self {
            dark: RwSignal::new(dark),
            has_engine: RwSignal::new(false),
            work: RwSignal::new(Work::Idle),
            notice: RwSignal::new(None),
            files: RwSignal::new(Vec::new()),
            dataset: RwSignal::new(None),
            comparison: RwSignal::new(None),
            fitted: RwSignal::new(None),
            unfitted: RwSignal::new(None),
            answers: RwSignal::new(Answers::default()),
            rules: RwSignal::new(None),
            mark: RwSignal::new(None),
            keep: RwSignal::new(Keep::default()),
            selection: RwSignal::new(Shared::default()),
            hover: RwSignal::new(None),
        }
    }
}
