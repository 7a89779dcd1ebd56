//! Requests to the engine, and what it says.

use leptos::prelude::*;
use web_sys::Blob;

use crate::ui::later;
use crate::ui::state::{AppState, Shared, Work};
use crate::words;
use crate::worker::{Event, Fault, Loss, Outcome, Request};

impl AppState {
    /// The engine will never come: nothing waits for it any more, and whoever asks is told.
    pub(in crate::ui) fn lose_engine(self) {
        self.sources.update_value(|sources| sources.client = None);
        self.forget_waiting();
        self.signals.work.set(Work::Idle);
        self.notify(words::NO_ENGINE);
    }

    pub(super) fn ask(self, request: Request, file: Option<Blob>) {
        self.signals.notice.set(None);
        self.signals.work.set(Work::Running(None));
        self.ask_quietly(request, file);
    }

    /// Asks for what the user did not.
    pub(super) fn ask_quietly(self, request: Request, file: Option<Blob>) {
        let client = self.sources.with_value(|sources| sources.client.clone());
        match client {
            Some(client) => client.ask(request, file),
            None => self.lose_engine(),
        }
    }

    /// Shows one helpful sentence.
    pub(in crate::ui) fn notify(self, sentence: impl Into<String>) {
        self.signals.notice.set(Some(sentence.into()));
    }

    /// The sentence is read.
    pub(in crate::ui) fn dismiss_notice(self) {
        self.signals.notice.set(None);
    }

    /// Light on dark, or the other way round.
    pub(in crate::ui) fn toggle_theme(self) {
        self.signals.dark.update(|dark| *dark = !*dark);
    }

    /// What the engine says.
    pub(in crate::ui) fn hear(self, event: Event) {
        match event {
            Event::Progress(stage, fraction) => {
                let running = Work::Running(Some((stage, fraction)));
                self.signals.work.set(running);
            }
            Event::Idle => self.signals.work.set(Work::Idle),
            Event::Failed(request, error) => {
                match &request {
                    Request::Compare { settings } => self.forget_fit(settings),
                    Request::ReadRules { .. } => self.forget_rules(),
                    Request::OpenProject { .. } => later::forget_opening(self),
                    // The choices of reading show what is in force again.
                    Request::Import { .. } => self.signals.dataset.notify(),
                    _ => {}
                }
                self.notify(later::sentence(&error));
            }
            Event::Ready => self.signals.has_engine.set(true),
            Event::Silent(seconds) => self.signals.work.update(|work| {
                *work = match *work {
                    // What a fresh engine is told by itself keeps nobody waiting.
                    Work::Idle => Work::Idle,
                    Work::Running(None) => Work::Silent(seconds, 0.0),
                    Work::Running(Some((_, done))) | Work::Silent(_, done) => {
                        Work::Silent(seconds, done)
                    }
                };
            }),
            Event::Died(loss) => {
                if self.work.get_untracked() != Work::Idle {
                    self.signals.work.set(Work::Running(None));
                }
                self.notify(match loss {
                    Loss::Nothing => words::ENGINE_STOPPED,
                    Loss::Time => words::ENGINE_STOPPED_ONCE,
                    Loss::Requests(_) => {
                        self.forget_waiting();
                        words::ENGINE_STOPPED_AT_WORK
                    }
                });
            }
            Event::CannotStart(fault, _) => {
                self.forget_waiting();
                self.notify(match fault {
                    Fault::OtherBuild => words::ENGINE_OF_ANOTHER_BUILD,
                    Fault::Broken | Fault::Silent => words::ENGINE_BROKEN,
                });
            }
            Event::Done(outcome) => later::show(self, *outcome),
        }
    }

    /// Shows what the engine found.
    pub(in crate::ui) fn show(self, outcome: Outcome) {
        let evidence = self.signals.evidence;
        match outcome {
            Outcome::Imported(dataset) => self.show_dataset(*dataset),
            Outcome::Explained(explanation) => evidence.update(|evidence| {
                evidence.explanation = Some(Shared::new(*explanation));
            }),
            Outcome::Resampled(noise) => evidence.update(|evidence| {
                evidence.noise = noise.map(Shared::new);
            }),
            Outcome::Judged(reality) => evidence.update(|evidence| {
                evidence.reality = Some(Shared::new(reality));
            }),
            Outcome::Compared(comparison) => self.show_comparison(*comparison),
            Outcome::Card(card) => evidence.update(|evidence| {
                evidence.card = Some(Shared::new(*card));
            }),
            Outcome::Checked(checked) => evidence.update(|evidence| {
                evidence.claim = checked.map(|checked| Shared::new(*checked));
            }),
            Outcome::Tried(found) => evidence.update(|evidence| {
                evidence.what_if = Some(Shared::new(*found));
            }),
            Outcome::RulesRead(rules) => self.show_rules(rules),
            // The client makes the request again.
            Outcome::Unfinished => {}
            Outcome::Swept(sweep) => self.signals.sweep.set(Some(Shared::new(sweep))),
            Outcome::Exported(file) => self.save(&file),
            Outcome::ProjectRead(project) => self.open_project(*project),
            Outcome::ProjectOpened { dataset, session } => self.show_project(dataset, *session),
            Outcome::ProjectRefused(error) => self.refuse_project(&error),
            Outcome::Marked(mark) => self.show_mark(mark),
        }
    }
}
