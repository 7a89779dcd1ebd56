//! Requests to the engine, and what it says.

use leptos::prelude::*;
use web_sys::Blob;

use crate::result::EngineError;
use crate::ui::state::sources::Then;
use crate::ui::state::{AppState, Work};
use crate::words;
use crate::worker::{Event, Fault, Loss, Outcome, Request};

impl AppState {
    /// The engine will never come: nothing waits for it any more, and whoever asks is told.
    pub(in crate::ui) fn lose_engine(self) {
        self.sources.update_value(|sources| sources.client = None);
        self.forget_waiting();
        self.drop_files(|_| true);
        self.signals.work.set(Work::Idle);
        self.notify(words::NO_ENGINE);
    }

    pub(in crate::ui::state) fn ask(self, request: Request, file: Option<Blob>) {
        self.dismiss_notice();
        self.ask_beside(request, file);
    }

    /// Asks for something that the user did not ask for just now: what is said stays.
    pub(in crate::ui::state) fn ask_beside(self, request: Request, file: Option<Blob>) {
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
        self.say(Some(sentence.into()));
    }

    /// The sentence is read.
    pub(in crate::ui) fn dismiss_notice(self) {
        self.say(None);
    }

    /// Shows a sentence or none. A project that waits does so as long as the sentence that says it stands.
    fn say(self, sentence: Option<String>) {
        self.sources.update_value(|sources| {
            sources.waiting.take_if(|waiting| !waiting.is_kept);
        });
        self.signals.notice.set(sentence);
    }

    /// Light on dark, or the other way round.
    pub(in crate::ui) fn set_dark(self, is_dark: bool) {
        self.signals.dark.set(is_dark);
    }

    /// What the engine says.
    pub(in crate::ui) fn hear(self, event: Event) {
        match event {
            Event::Progress(request, stage, fraction) => {
                self.signals
                    .answers
                    .update(|answers| answers.progress(&request, fraction));
                let running = Work::Running(Some((stage, fraction)));
                self.signals.work.set(running);
            }
            Event::Idle => self.signals.work.set(Work::Idle),
            Event::Failed(request @ Request::Ask { .. }, error) => {
                let gone = match &error {
                    EngineError::ResultGone { result } => Some(*result),
                    _ => None,
                };
                self.signals
                    .answers
                    .update(|answers| answers.refuse(&request, error));
                if let Some(result) = gone {
                    self.fit_once_more(result);
                }
            }
            Event::Failed(request, error) => {
                let mut sentence = words::error_sentence(&error);
                let is_fit = matches!(request, Request::Fit { .. });
                match &request {
                    Request::OpenProject { .. } => self.forget_opening(),
                    Request::Fit { id, .. } => self.give_up_fit(*id, sentence.clone(), error),
                    other => self.forget(other),
                }
                if is_fit && self.drop_late_files() {
                    sentence = format!("{sentence} {}", words::FILE_NOT_MADE);
                }
                if let Request::Import { name, .. } = &request {
                    let is_open = self.dataset.with_untracked(Option::is_some);
                    sentence = words::refused_file_sentence(name, &sentence, is_open);
                }
                self.notify(sentence);
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
                    Loss::Requests(lost) => {
                        self.lose(&lost);
                        words::ENGINE_STOPPED_AT_WORK
                    }
                });
            }
            Event::CannotStart(fault, lost) => {
                self.lose(&lost);
                self.notify(match fault {
                    Fault::OtherBuild => words::ENGINE_OF_ANOTHER_BUILD,
                    Fault::Broken | Fault::Silent => words::ENGINE_BROKEN,
                });
            }
            Event::Done(request, outcome) => self.show(&request, *outcome),
        }
    }

    /// The last fit has no result: files about it are not made. Returns whether there were any.
    fn drop_late_files(self) -> bool {
        let is_on_its_way = self.sources.with_value(|it| !it.fitting.is_empty());
        !is_on_its_way && self.drop_files(|file| file.session.is_none())
    }

    /// These requests are lost with the engine.
    fn lose(self, lost: &[Request]) {
        self.signals
            .answers
            .update(|answers| lost.iter().for_each(|request| answers.lose(request)));
        lost.iter().for_each(|request| self.forget(request));
        self.drop_late_files();
    }

    /// This request has no outcome: nothing waits for one any more, and others are waited for as before.
    fn forget(self, request: &Request) {
        match request {
            Request::Fit { id, .. } => {
                self.forget_fit(*id);
            }
            Request::ReadRules { text } => {
                self.forget_rules(text);
            }
            Request::OpenProject { .. } => {
                self.sources.update_value(|sources| sources.opening = None);
            }
            Request::Import { .. } | Request::ImportDemo { .. } => {
                self.sources.update_value(|it| it.then = Then::Begin);
                // The choices of reading show what is in force again.
                self.signals.dataset.notify();
            }
            Request::ReadProject => self.open_beside(),
            Request::Export { session, format } => self.forget_file(session, *format),
            Request::Ask { .. } | Request::Mark => {}
        }
    }

    /// Shows what the engine found.
    pub(in crate::ui) fn show(self, request: &Request, outcome: Outcome) {
        match outcome {
            Outcome::Imported(dataset) => self.show_dataset(*dataset),
            Outcome::Fitted(comparison) => {
                if let Request::Fit { id, .. } = request {
                    self.show_comparison(*id, *comparison);
                }
            }
            Outcome::Answered(answer) => {
                self.signals
                    .answers
                    .update(|answers| answers.answer(request, answer));
            }
            Outcome::RulesRead(rules) => {
                if let Request::ReadRules { text } = request {
                    self.show_rules(text, rules);
                }
            }
            // The client makes the request again.
            Outcome::Unfinished => {}
            Outcome::Exported(file) => self.save(request, &file),
            Outcome::ProjectRead(project) => self.open_project(*project),
            Outcome::ProjectOpened { dataset, session } => self.show_project(dataset, *session),
            Outcome::ProjectRefused(error) => self.refuse_project(&error),
            Outcome::Marked(mark) => self.show_mark(mark),
        }
    }
}
