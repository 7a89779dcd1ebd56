//! The only ways to change what is decided.

use std::sync::Arc;

use leptos::prelude::*;

use crate::result::Comparison;
use crate::session::{Change, Decision, Gesture, History, Known, Look, Screen, Session};
use crate::ui::state::AppState;
use crate::ui::state::sources::Then;
use crate::words;

/// A step through what was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Step {
    /// Takes the last decision back.
    Undo,
    /// Decides again what was taken back last.
    Redo,
}

impl AppState {
    /// Decides something. What is impossible now is said, and changes nothing. Returns whether it is decided.
    pub(in crate::ui) fn decide(self, decision: Decision) -> bool {
        self.apply(decision, Gesture::Whole)
    }

    /// Decides something while a handle is dragged: with what it is dragged to next it makes one step.
    pub(in crate::ui) fn decide_part(self, decision: Decision) -> bool {
        self.apply(decision, Gesture::Part)
    }

    /// The handle is let go. Filters that decide whom the models use have them fitted now, and not while they are dragged.
    pub(in crate::ui) fn end_gesture(self) {
        self.history.maybe_update(|history| {
            history.end_gesture();
            // Nothing to see.
            false
        });
        self.fit_where_shown();
    }

    /// Looks elsewhere, which is no step.
    pub(in crate::ui) fn look(self, change: impl FnOnce(&mut Look)) {
        let mut look = self.now().view.look.clone();
        change(&mut look);
        self.decide(Decision::Look(look));
    }

    /// Goes to a screen, fitting the models where it shows a result that is not there yet.
    pub(in crate::ui) fn go_to(self, screen: Screen) {
        if self.dataset.with_untracked(Option::is_some) {
            self.look(|look| look.screen = screen);
            // Where it was that screen already, what failed or was cancelled is tried again.
            self.fit_where_shown();
        }
    }

    /// Takes a step back or forth.
    pub(in crate::ui) fn step(self, step: Step) {
        let mut history = self.history.get_untracked();
        let change = match step {
            Step::Undo => history.undo(),
            Step::Redo => history.redo(),
        };
        if change.is_some() {
            self.signals.notice.set(None);
            self.replace_history(history);
        }
    }

    /// What a step would do, in words; `None` where there is none.
    pub(in crate::ui) fn step_words(self, step: Step) -> Option<String> {
        let unit_of = |name: &str| self.unit(name);
        self.history.with(|history| match step {
            Step::Undo => {
                let (decision, before) = history.undoes().zip(history.before_last())?;
                let read_so = &before.settings.reading;
                Some(words::undo_words(decision, read_so, &unit_of))
            }
            Step::Redo => {
                let read_so = &history.session().settings.reading;
                let decision = history.redoes()?;
                Some(words::redo_words(decision, read_so, &unit_of))
            }
        })
    }

    /// Takes another history of the file on the screen for that of now. The file is read again first where it has to be.
    pub(in crate::ui) fn replace_history(self, history: History) {
        let (before, after) = (self.now(), Arc::clone(history.session()));
        let change = Change { before, after };
        if change.needs_reading() {
            let reading = change.after.settings.reading.clone();
            let from = change.before;
            return self.read_again_then(reading, Then::Replace { from, history });
        }
        self.history.set(history);
        self.follow(&change);
    }

    /// What is decided now is what is kept: in a project file, or nothing yet.
    pub(in crate::ui) fn mark_kept(self) {
        let now = self.now();
        self.sources
            .update_value(|sources| sources.kept = Some(now));
    }

    /// Whether something is decided that is kept nowhere.
    pub(in crate::ui) fn has_unkept(self) -> bool {
        let now = self.now();
        let in_browser = self
            .sources
            .with_value(|sources| sources.keeping.session.clone());
        self.has_unsaved() && !in_browser.is_some_and(|kept| now.decides_as(&kept))
    }

    /// Whether something is decided that is in no project file.
    pub(super) fn has_unsaved(self) -> bool {
        let now = self.now();
        self.sources.with_value(|sources| {
            let in_file = sources.kept.as_ref();
            in_file.is_some_and(|kept| !now.decides_as(kept))
        })
    }

    /// Whether a smallest change may move a column.
    pub(in crate::ui) fn may_change(self, column: &str) -> bool {
        let columns = self.dataset.with(|dataset| {
            let columns = dataset.iter().flat_map(|dataset| dataset.columns.iter());
            let mut named = columns.filter(|it| it.name == column);
            named
                .next()
                .map(|it| self.history.with(|history| history.session().is_given(it)))
        });
        columns == Some(false)
    }

    /// The session, for whoever does not follow it.
    pub(super) fn now(self) -> Arc<Session> {
        self.history
            .with_untracked(|history| Arc::clone(history.session()))
    }

    /// What is known when something is decided now, the result on the screen included.
    pub(super) fn known_with<'a>(
        self,
        known: Known<'a>,
        comparison: Option<&'a Comparison>,
    ) -> Known<'a> {
        match (comparison, self.signals.fitted.get_untracked()) {
            (Some(comparison), Some(fitted)) => known.with_result(comparison, &fitted, &self.now()),
            _ => known,
        }
    }

    fn apply(self, decision: Decision, gesture: Gesture) -> bool {
        let Some(dataset) = self.dataset.get_untracked() else {
            return false;
        };
        let comparison = self.comparison.get_untracked();
        let known = self.known_with(Known::of(&dataset), comparison.as_deref());
        let is_look = decision.is_look();
        let decided = self.history.try_maybe_update(|history| {
            let decided = history.decide(decision, &known, gesture);
            let is_other = |change: &Change| change.before != change.after;
            (decided.as_ref().is_ok_and(is_other), decided)
        });
        match decided {
            Some(Ok(change)) => {
                if !is_look {
                    self.signals.notice.set(None);
                }
                if gesture == Gesture::Whole {
                    self.follow(&change);
                }
                true
            }
            Some(Err(error)) => {
                let unit_of = |name: &str| self.unit(name);
                self.notify(words::decision_sentence(&error, &unit_of));
                false
            }
            None => false,
        }
    }

    /// Asks for what a change of the session needs.
    pub(super) fn follow(self, change: &Change) {
        let screen = |session: &Session| session.view.look.screen;
        if change.needs_fit() || screen(&change.before) != screen(&change.after) {
            self.fit_where_shown();
        }
        // Nothing was asked of the result on the screen while another was to come.
        let fitted = self.signals.fitted.get_untracked();
        let is_marked = change.before.given != change.after.given;
        if is_marked || fitted.is_some_and(|fitted| change.comes_back_to(&fitted)) {
            self.ask_again();
        }
        self.read_rules_again();
        self.export_what_waits();
    }
}
