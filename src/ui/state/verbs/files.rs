//! What is read, and what becomes of the session then.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Blob;

use crate::demo::DemoFile;
use crate::result::Dataset;
use crate::session::{Change, Decision, Gesture, History, Known, Session};
use crate::table::ReadOptions;
use crate::ui::hooks::ask_whether;
use crate::ui::state::sources::{Source, Then};
use crate::ui::state::{AppState, Shared};
use crate::words;
use crate::worker::{Answers, Client, Request};

impl AppState {
    /// Connects the state to the engine.
    pub(in crate::ui) fn connect(self, client: Client) {
        self.sources
            .update_value(|sources| sources.client = Some(client));
    }

    /// Reads a file; what is on screen stays until it is read.
    pub(in crate::ui) fn open_file(self, name: String, file: Blob) {
        self.open(Source::File(name, file));
    }

    /// Generates and reads a demo file.
    pub(in crate::ui) fn open_demo(self, demo: DemoFile) {
        self.open(Source::Demo(demo));
    }

    /// The name of the file that is asked for, as it stands when this is asked.
    pub(in crate::ui) fn awaited_file(self) -> Option<String> {
        self.sources
            .with_value(|sources| match sources.asked.as_ref()? {
                Source::File(name, _) => Some(name.clone()),
                Source::Demo(demo) => Some(demo.file_name().to_owned()),
            })
    }

    fn open(self, source: Source) {
        if !self.may_let_go() {
            return;
        }
        if self.sources.with_value(|it| it.waiting.is_some()) {
            self.open_with_project(source);
        } else {
            self.begin(source);
        }
    }

    /// Whether the decisions about the open file may be let go for another: the user is asked where they are in no project. The browser
    /// keeps those about one file only, and soon those about the other.
    pub(super) fn may_let_go(self) -> bool {
        let shown = self.dataset.get_untracked();
        let shown = shown.filter(|_| self.has_unsaved());
        shown.is_none_or(|shown| ask_whether(&words::letting_go_words(&shown.name)))
    }

    /// Reads a file of which nothing is decided yet.
    pub(super) fn begin(self, source: Source) {
        self.sources.update_value(|sources| {
            sources.asked = Some(source);
            sources.then = Then::Begin;
        });
        self.read(ReadOptions::default());
    }

    /// Decides to read the file on the screen in another way, once it is read so.
    pub(in crate::ui) fn read_again(self, change: impl FnOnce(&mut ReadOptions)) {
        if let Some(dataset) = self.dataset.get_untracked() {
            let mut options = dataset.reading.clone();
            change(&mut options);
            self.read_again_then(options, Then::Decide);
        }
    }

    /// Reads the file on the screen again.
    pub(super) fn read_again_then(self, options: ReadOptions, then: Then) {
        self.sources.update_value(|sources| {
            sources.asked.clone_from(&sources.shown);
            sources.then = then;
        });
        self.read(options);
    }

    fn read(self, options: ReadOptions) {
        self.sources.update_value(|sources| {
            sources.opening = None;
            sources.beside = None;
        });
        match self.sources.with_value(|sources| sources.asked.clone()) {
            Some(Source::File(name, file)) => {
                self.ask(Request::Import { name, options }, Some(file));
            }
            Some(Source::Demo(demo)) => {
                self.ask(Request::ImportDemo { demo, options }, None);
            }
            None => {}
        }
    }

    /// Nothing that was asked for comes any more.
    pub(super) fn forget_waiting(self) {
        self.sources.update_value(|sources| {
            sources.then = Then::Begin;
            sources.opening = None;
            sources.beside = None;
            sources.fitting.clear();
            sources.rules_asked = None;
        });
    }

    /// Shows a table that was read.
    pub(super) fn show_dataset(self, dataset: Dataset) {
        let then = self
            .sources
            .try_update_value(|it| std::mem::take(&mut it.then));
        let now = self.now();
        let (history, is_final) = match then.unwrap_or_default() {
            Then::Begin => {
                let history = self.begun(&dataset);
                self.show_read(dataset, history);
                return self.mark_kept();
            }
            Then::Decide => (self.read_otherwise(&dataset), false),
            Then::Replace { from, history } if now.decides_as(&from) => {
                (looking_as(history, &now, &dataset), false)
            }
            Then::Replace { .. } => (self.history.get_untracked(), false),
            Then::Stay => (self.history.get_untracked(), true),
        };
        let reading = &history.session().settings.reading;
        if *reading != dataset.reading && !is_final {
            let notice = self.notice.get_untracked();
            self.read_again_then(reading.clone(), Then::Stay);
            self.signals.notice.set(notice);
            return;
        }
        self.show_read(dataset, history);
    }

    /// Shows a table with what is decided about it.
    pub(in crate::ui) fn show_read(self, dataset: Dataset, history: History) {
        let change = Change {
            before: self.now(),
            after: Arc::clone(history.session()),
        };
        self.sources.update_value(|sources| {
            sources.shown.clone_from(&sources.asked);
            sources.fitting.clear();
        });
        // The engine drops what it was asked about the table before.
        let is_dropped = self.drop_files(|_| true);
        let signals = self.signals;
        signals.comparison.set(None);
        signals.fitted.set(None);
        signals.unfitted.set(None);
        signals.answers.set(Answers::default());
        signals.selection.set(Shared::default());
        signals.hover.set(None);
        signals.mark.set(None);
        signals.dataset.set(Some(Shared::new(dataset)));
        self.history.set(history);
        self.follow(&change);
        self.fit_where_shown();
        self.say_dropped(is_dropped);
    }

    /// A history that begins with a file. The user's numbers and rules are of no one file: they go along.
    fn begun(self, dataset: &Dataset) -> History {
        let now = self.now();
        let session = Session {
            offer: now.offer,
            rules: now.rules.clone(),
            ..Session::for_dataset(dataset)
        };
        History::new(session)
    }

    /// The history with the decision to read the file as it was read now.
    fn read_otherwise(self, dataset: &Dataset) -> History {
        let before = self.dataset.get_untracked();
        let comparison = self.comparison.get_untracked();
        let known = Known {
            before: before.as_deref(),
            ..Known::of(dataset)
        };
        let known = self.known_with(known, comparison.as_deref());
        let mut history = self.history.get_untracked();
        let decision = Decision::ReadAgain(dataset.reading.clone());
        if let Err(error) = history.decide(decision, &known, Gesture::Whole) {
            let unit_of = |name: &str| self.unit(name);
            self.notify(words::decision_sentence(&error, &unit_of));
        }
        history
    }
}

/// A history, looked at as the user looks by now, where that can be.
fn looking_as(mut history: History, now: &Session, dataset: &Dataset) -> History {
    let look = Decision::Look(now.view.look.clone());
    let mut other = history.clone();
    if other
        .decide(look, &Known::of(dataset), Gesture::Whole)
        .is_ok()
    {
        history = other;
    }
    history
}
