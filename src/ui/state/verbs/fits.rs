//! Fitting the models: when, for which session, and the way back when it is given up.

use std::sync::Arc;

use leptos::prelude::*;

use crate::result::{Comparison, EngineError, FailedModel, ResultId};
use crate::session::{History, Screen, Session};
use crate::ui::state::signals::Unfitted;
use crate::ui::state::{AppState, Shared};
use crate::worker::{Answers, Request};

impl AppState {
    /// Fits the models where the screen shows a result, unless it is there or on its way.
    pub(in crate::ui) fn fit_where_shown(self) {
        let screen = self.now().view.look.screen;
        if matches!(screen, Screen::Compare | Screen::Segments) {
            self.fit_now();
        }
    }

    /// Fits the models, unless the result is there or on its way.
    pub(super) fn fit_now(self) {
        let now = self.now();
        let last = self
            .sources
            .with_value(|it| it.fitting.last().map(|(_, session)| Arc::clone(session)));
        let last = last.or_else(|| self.signals.fitted.get_untracked());
        if last.is_none_or(|last| now.needs_fit(&last)) {
            self.fit(now);
        }
    }

    /// The engine holds this result no more: where it is the one on the screen it is fitted once more, under another name.
    pub(super) fn fit_once_more(self, result: ResultId) {
        let answers = self.signals.answers;
        let is_on_screen = answers.with_untracked(|answers| answers.result() == Some(result));
        let is_on_its_way = self.sources.with_value(|it| !it.fitting.is_empty());
        if is_on_screen && !is_on_its_way && !untrack(|| self.is_stale()) {
            self.fit(self.now());
        }
    }

    /// Fits the models; the evidence is asked for when the result is there.
    fn fit(self, session: Arc<Session>) {
        let settings = session.fit_settings();
        let id = self.sources.try_update_value(|it| {
            it.last_result = it.last_result.next();
            it.fitting.push((it.last_result, session));
            it.last_result
        });
        self.signals.unfitted.set(None);
        if let Some(id) = id {
            self.ask(Request::Fit { id, settings }, None);
        }
    }

    /// Shows a result.
    pub(super) fn show_comparison(self, id: ResultId, comparison: Comparison) {
        // One that was given up shows nothing.
        let Some(session) = self.forget_fit(id) else {
            return;
        };
        self.signals
            .answers
            .update(|answers| *answers = answers.followed_by(id));
        self.signals.fitted.set(Some(session));
        self.signals.comparison.set(Some(Shared::new(comparison)));
        self.export_what_waits();
        self.ask_for_evidence();
        self.ask_again();
    }

    /// No result could be had: why stays to be read as long as the settings do.
    pub(super) fn give_up_fit(self, id: ResultId, sentence: String, error: EngineError) {
        let session = self.forget_fit(id);
        let failed = match error {
            EngineError::NoneFitted { failed } => failed,
            _ => Vec::new(),
        };
        let unfitted = session.map(|session| Unfitted {
            session,
            sentence,
            failed,
        });
        self.signals.unfitted.set(unfitted);
    }

    /// Why there is no result for the settings of now, and the models that failed.
    pub(in crate::ui) fn unfitted(self) -> Option<(String, Vec<FailedModel>)> {
        self.signals.unfitted.with(|unfitted| {
            let unfitted = unfitted.as_ref()?;
            let is_now = !self.session().needs_fit(&unfitted.session);
            is_now.then(|| (unfitted.sentence.clone(), unfitted.failed.clone()))
        })
    }

    /// A request to fit has ended: returns the session that it was made for, if it was still waited for.
    pub(super) fn forget_fit(self, id: ResultId) -> Option<Arc<Session>> {
        let found = self.sources.try_update_value(|it| {
            let at = it.fitting.iter().rposition(|(other, _)| *other == id)?;
            // Those before it were given up for it.
            it.fitting.drain(..=at).next_back()
        });
        found.flatten().map(|(_, session)| session)
    }

    /// Ends the work in hand; the last good result stays, and what was decided for another one is undone.
    pub(in crate::ui) fn cancel(self) {
        let client = self.sources.with_value(|sources| sources.client.clone());
        if let Some(client) = client {
            client.cancel();
        }
        self.signals.answers.update(Answers::cancel);
        self.forget_waiting();
        let is_dropped = self.drop_files(|_| true);
        if self.signals.fitted.with_untracked(Option::is_some) {
            self.go_back();
        }
        self.say_dropped(is_dropped);
    }

    /// Goes back to the session of the result on the screen.
    pub(in crate::ui) fn go_back(self) {
        let fitted = self.signals.fitted.get_untracked();
        let back = fitted.and_then(|fitted| way_to(&self.history.get_untracked(), &fitted));
        if let Some(history) = back {
            self.replace_history(history);
        }
    }
}

/// The history at the step that is nearest to now and shows the same result as a session; `None` where that is now or nowhere.
fn way_to(history: &History, fitted: &Session) -> Option<History> {
    let is_there = |history: &History| !history.session().needs_fit(fitted);
    if is_there(history) {
        return None;
    }
    let steps: [fn(&mut History) -> bool; 2] = [
        |history| history.undo().is_some(),
        |history| history.redo().is_some(),
    ];
    steps.into_iter().find_map(|step| {
        let mut found = history.clone();
        while step(&mut found) {
            if is_there(&found) {
                return Some(found);
            }
        }
        None
    })
}
