//! Files, requests to the engine, and its answers.

use leptos::prelude::*;
use web_sys::Blob;

use crate::demo::SampleData;
use crate::features::Feature;
use crate::result::{Dataset, Filters, Settings};
use crate::table::{ReadOptions, Role};
use crate::ui::state::{AppState, Evidence, Screen, Shared, Source, Work};
use crate::ui::{files, later};
use crate::words;
use crate::worker::{Client, Event, Fault, Loss, Outcome, Request};

impl AppState {
    /// Connects the state to the engine.
    pub(in crate::ui) fn connect(&self, client: Client) {
        self.sources
            .update_value(|sources| sources.client = Some(client));
    }

    /// The engine will never come: nothing waits for it any more, and whoever asks is told.
    pub(in crate::ui) fn lose_engine(&self) {
        self.sources.update_value(|sources| sources.client = None);
        self.work.set(Work::Idle);
        self.notify(words::NO_ENGINE);
    }

    pub(super) fn ask(&self, request: Request, file: Option<Blob>) {
        let client = self.sources.with_value(|sources| sources.client.clone());
        let Some(client) = client else {
            return self.lose_engine();
        };
        self.notice.set(None);
        self.work.set(Work::Running(None));
        client.ask(request, file);
    }

    /// Reads a file; what is on screen stays until it is read.
    pub(in crate::ui) fn open_file(&self, name: String, file: Blob) {
        self.open(Source::File(name, file));
    }

    /// Generates and reads a sample.
    pub(in crate::ui) fn open_sample(&self, sample: SampleData) {
        self.open(Source::Sample(sample));
    }

    fn open(&self, source: Source) {
        self.sources.update_value(|sources| {
            sources.asked = Some(source);
            sources.reads_again = false;
        });
        self.read(ReadOptions::default());
    }

    /// Reads the file on the screen again, with another choice.
    pub(in crate::ui) fn read_again(&self, change: impl FnOnce(&mut ReadOptions)) {
        let Some(dataset) = self.dataset.get_untracked() else {
            return;
        };
        let mut options = dataset.reading.clone();
        change(&mut options);
        self.sources.update_value(|sources| {
            sources.asked.clone_from(&sources.shown);
            sources.reads_again = true;
        });
        self.read(options);
    }

    fn read(&self, options: ReadOptions) {
        match self.sources.with_value(|sources| sources.asked.clone()) {
            Some(Source::File(name, file)) => {
                self.ask(Request::Import { name, options }, Some(file));
            }
            Some(Source::Sample(sample)) => {
                self.ask(Request::ImportSample { sample, options }, None);
            }
            None => {}
        }
    }

    /// Ends the work in hand; the last good result stays.
    pub(in crate::ui) fn cancel(&self) {
        self.sources.with_value(|sources| {
            if let Some(client) = &sources.client {
                client.cancel();
            }
        });
        // The choices go back to those of the result on screen.
        if let Some(comparison) = self.comparison.get_untracked() {
            self.settings.update(|settings| {
                settings.features.clone_from(&comparison.settings.features);
                settings.scaling = comparison.settings.scaling;
                settings.missing = comparison.settings.missing;
                settings.repeats = comparison.settings.repeats;
                settings.centres = comparison.settings.centres;
                settings.n_clusters = comparison.settings.n_clusters;
                settings.models.clone_from(&comparison.settings.models);
                settings.hierarchical = comparison.settings.hierarchical;
                settings.covariance = comparison.settings.covariance;
                let own = &comparison.settings.own_n_clusters;
                settings.own_n_clusters.clone_from(own);
            });
        }
    }

    /// Shows one helpful sentence.
    pub(in crate::ui) fn notify(&self, sentence: impl Into<String>) {
        self.notice.set(Some(sentence.into()));
    }

    /// Asks for the labelled file; it is saved when it arrives.
    pub(in crate::ui) fn export_labelled(&self) {
        if let Some(comparison) = self.comparison.get_untracked() {
            self.ask(
                Request::ExportLabelled {
                    settings: comparison.settings.clone(),
                },
                None,
            );
        }
    }

    /// What the engine says.
    pub(in crate::ui) fn hear(&self, event: Event) {
        match event {
            Event::Progress(stage, fraction) => {
                self.work.set(Work::Running(Some((stage, fraction))));
            }
            Event::Ready => self.has_engine.set(true),
            Event::Silent(seconds) => self.work.update(|work| {
                *work = match *work {
                    // What a fresh engine is told by itself keeps nobody waiting.
                    Work::Idle => Work::Idle,
                    Work::Running(None) => Work::Silent(seconds, 0.0),
                    Work::Running(Some((_, done))) | Work::Silent(_, done) => {
                        Work::Silent(seconds, done)
                    }
                };
            }),
            Event::Idle => self.work.set(Work::Idle),
            Event::Failed(request, error) => {
                self.notify(later::sentence(&error));
                let reads_again = self.sources.with_value(|sources| sources.reads_again);
                if reads_again && matches!(request, Request::Import { .. }) {
                    // The choices of reading show what is in force again.
                    self.dataset.notify();
                }
            }
            Event::Died(loss) => {
                if self.work.get_untracked() != Work::Idle {
                    self.work.set(Work::Running(None));
                }
                self.notify(match loss {
                    Loss::Nothing => words::ENGINE_STOPPED,
                    Loss::Time => words::ENGINE_STOPPED_ONCE,
                    Loss::Requests(_) => words::ENGINE_STOPPED_AT_WORK,
                });
            }
            Event::CannotStart(fault, _) => self.notify(match fault {
                Fault::OtherBuild => words::ENGINE_OF_ANOTHER_BUILD,
                Fault::Broken | Fault::Silent => words::ENGINE_BROKEN,
            }),
            Event::Done(outcome) => later::show(*self, *outcome),
        }
    }

    /// Shows what the engine found.
    pub(in crate::ui) fn show(&self, outcome: Outcome) {
        match outcome {
            Outcome::Imported(dataset) => self.show_dataset(*dataset),
            Outcome::Explained(explanation) => self.evidence.update(|evidence| {
                evidence.explanation = Some(Shared::new(*explanation));
            }),
            Outcome::Resampled(noise) => self.evidence.update(|evidence| {
                evidence.noise = noise.map(Shared::new);
            }),
            Outcome::Judged(reality) => self.evidence.update(|evidence| {
                evidence.reality = Some(Shared::new(reality));
            }),
            Outcome::Compared(comparison) => {
                self.evidence.set(Evidence::default());
                let k = comparison.n_clusters;
                self.settings.update(|settings| {
                    settings.n_clusters.get_or_insert(k);
                });
                self.comparison.set(Some(Shared::new(*comparison)));
                self.choose_axes();
                self.choose_bands();
                self.propose_names();
                self.ask_again();
            }
            Outcome::Card(card) => self.evidence.update(|evidence| {
                evidence.card = Some(Shared::new(*card));
            }),
            Outcome::Checked(checked) => self.evidence.update(|evidence| {
                evidence.claim = checked.map(|checked| Shared::new(*checked));
            }),
            Outcome::Tried(found) => self.evidence.update(|evidence| {
                evidence.what_if = Some(Shared::new(*found));
            }),
            Outcome::RulesRead(rules) => self.plans.update(|plans| {
                plans.rules = Some(Shared::new(rules));
            }),
            // The client makes the request again.
            Outcome::Unfinished => {}
            Outcome::Swept(sweep) => self.sweep.set(Some(Shared::new(sweep))),
            Outcome::Exported(file) => files::save(&file),
        }
    }

    fn show_dataset(&self, dataset: Dataset) {
        let suggested = dataset
            .columns
            .iter()
            .filter(|column| column.suggested_role == Role::Feature);
        let features = suggested
            .map(|column| Feature::column(&column.name))
            .collect();
        let settings = if self.sources.with_value(|sources| sources.reads_again) {
            self.kept_settings(&dataset)
        } else {
            Settings {
                features: Some(features),
                ..Settings::default()
            }
        };
        self.settings.set(Settings {
            reading: dataset.reading.clone(),
            ..settings
        });
        self.sources
            .update_value(|sources| sources.shown.clone_from(&sources.asked));
        self.comparison.set(None);
        self.sweep.set(None);
        self.evidence.set(Evidence::default());
        self.filters.set(Filters::new());
        self.selection.set(Shared::default());
        self.hover.set(None);
        self.open.set(None);
        self.plans.update(|plans| plans.names.clear());
        self.axes.set(None);
        self.bands.set(None);
        self.dataset.set(Some(Shared::new(dataset)));
        self.screen.set(Screen::Data);
    }
}
