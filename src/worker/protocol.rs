//! What page and worker say to each other.
//!
//! A message is a head (serde, small) and arrays (large, moved without a copy of their bytes into text): [`super::detach`] takes
//! them out of a message, [`super::attach`] puts them back.
//!
//! A long request is shared: the worker that holds the table answers it with tasks, the page hands them to helpers and the
//! findings back, and asks again. Samples, tasks and findings travel as parcels, bytes that the page passes on unopened.

use serde::{Deserialize, Serialize};

use super::{Laden, Slot};
use crate::advise::Rule;
use crate::demo::DemoFile;
use crate::export::{ExportFile, Format};
use crate::questions::{AnyAnswer, AnyQuestion};
use crate::result::{Comparison, Dataset, EngineError, ResultId, Settings, Stage};
use crate::session::{DataMark, Project, ProjectError, Session};
use crate::table::ReadOptions;

/// Names the source that this was built from. Page and worker must be of one build: what they say to each other changes.
pub const BUILD: &str = match option_env!("SEAMLINE_BUILD") {
    Some(build) => build,
    None => "not built as one",
};

/// Numbers the requests of a page; a reply names the request it answers.
pub type JobId = u32;

/// What can be asked of the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    clippy::large_enum_variant,
    reason = "one at a time, and boxed where it travels"
)]
pub enum Request {
    /// Read a file. Replaces the table only when it can be read.
    Import {
        /// Name of the file. The page sends a handle to it beside the head; the worker reads it slice by slice.
        name: String,
        /// What is chosen of how it is read.
        options: ReadOptions,
    },
    /// Generate a demo file and read it.
    ImportDemo {
        /// Which one.
        demo: DemoFile,
        /// What is chosen of how it is read.
        options: ReadOptions,
    },
    /// Fit the models, compare them, and keep the result under this name.
    Fit {
        /// Chosen by whoever asks.
        id: ResultId,
        /// The choices.
        settings: Settings,
    },
    /// Answer a question about a result.
    Ask {
        /// Which result.
        result: ResultId,
        /// The question.
        question: AnyQuestion,
    },
    /// Read rules of what to advise.
    ReadRules {
        /// A table, as text.
        text: String,
    },
    /// Write a file about a session; what of its result is not known yet is found first.
    Export {
        /// What was decided.
        session: Box<Session>,
        /// What kind of file.
        format: Format,
    },
    /// Read a project. The page sends a handle to its file beside the head.
    ReadProject,
    /// Open a project on its data. The table of before is replaced only where the project was made for these.
    OpenProject {
        /// Where the data are.
        data: ProjectData,
        /// The project.
        project: Box<Project>,
    },
    /// Tell by what the table is known again.
    Mark,
}

impl Request {
    /// The result that it stands on.
    pub fn result(&self) -> Option<ResultId> {
        match self {
            Self::Ask { result, .. } => Some(*result),
            Self::Import { .. }
            | Self::ImportDemo { .. }
            | Self::Fit { .. }
            | Self::ReadRules { .. }
            | Self::Export { .. }
            | Self::ReadProject
            | Self::OpenProject { .. }
            | Self::Mark => None,
        }
    }

    /// Whether it reads a file.
    pub fn is_import(&self) -> bool {
        matches!(self, Self::Import { .. } | Self::ImportDemo { .. })
    }

    /// Whether one of the two makes the other needless: the newer of a kind counts.
    pub fn is_of_a_kind_with(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Ask { question, .. },
                Self::Ask {
                    question: other, ..
                },
            ) => question.kind() == other.kind(),
            (Self::Export { format, .. }, Self::Export { format: other, .. }) => format == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

/// Where the data of a project are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectData {
    /// In the table that was read last, in the way that the project says.
    Table,
    /// In a file, to which the page sends a handle beside the head.
    File {
        /// Its name.
        name: String,
    },
    /// In a demo file.
    Demo(DemoFile),
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A table was read.
    Imported(Box<Dataset>),
    /// The models were compared.
    Fitted(Box<Comparison>),
    /// The question has an answer.
    Answered(AnyAnswer),
    /// Rules were read.
    RulesRead(Vec<Rule>),
    /// The request goes on when it is made again, after what waits.
    Unfinished,
    /// A file is ready to be saved.
    Exported(ExportFile),
    /// A project was read.
    ProjectRead(Box<Project>),
    /// A project was opened.
    ProjectOpened {
        /// The table, where it was read for the project.
        dataset: Option<Box<Dataset>>,
        /// What was decided.
        session: Box<Session>,
    },
    /// A project cannot be read, or opened on these data. Nothing has changed.
    ProjectRefused(ProjectError),
    /// By what the table is known again.
    Marked(DataMark),
}

/// From the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToWorker {
    /// Carry out a request, or share it.
    Run {
        /// Number of the request.
        job: JobId,
        /// What is asked.
        request: Box<Request>,
        /// Whether others can help.
        help: Help,
    },
    /// The samples that tasks work on; beside it a parcel.
    Lend,
    /// Do a task of this request; beside it a parcel.
    Help {
        /// Number of the request.
        job: JobId,
    },
    /// Keep what a helper found; beside it a parcel.
    Keep,
    /// Take the table that the page holds; beside it the packed table.
    Restore {
        /// Number of the request.
        job: JobId,
    },
    /// Say that you live. One that works answers by its progress.
    Ping,
}

impl ToWorker {
    /// Whether the worker says at once that it heard, and in the end that it is done.
    pub fn is_work(&self) -> bool {
        match self {
            Self::Run { .. } | Self::Help { .. } | Self::Restore { .. } => true,
            Self::Lend | Self::Keep | Self::Ping => false,
        }
    }
}

/// Whether others can help with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// Nobody.
    None,
    /// Helpers, before anything is shared.
    Offered(Helpers),
    /// Helpers that have done what was shared.
    AtHand(Helpers),
}

/// What helpers hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Helpers {
    /// Nothing.
    #[default]
    Fresh,
    /// The samples that were lent last.
    Lent,
}

/// From the worker. Every job ends in exactly one `Done` or `Failed`, unless the page ends it by ending the worker.
///
/// What it says first, that it has started and of which build it is, does not stand here: another build could not be understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromWorker {
    /// It lives: said first to everything that it is told.
    Alive,
    /// A stage of the job, and the share of the job that is done; of the task, where a task is done.
    Progress {
        /// The job.
        job: JobId,
        /// What is being done.
        stage: Stage,
        /// In `[0, 1]`.
        fraction: f64,
    },
    /// Tasks of the job that others can do; beside it their parcels, after that of the samples where these were asked for.
    Shared {
        /// The job.
        job: JobId,
        /// Weight of each task.
        weights: Vec<f64>,
        /// Weight of all the work of the job.
        whole: f64,
        /// Weight of what is not done yet.
        left: f64,
    },
    /// A task is done; beside it a parcel, unless it was done where the finding is kept.
    Helped {
        /// The job.
        job: JobId,
    },
    /// The table of the page is taken.
    Restored {
        /// The job.
        job: JobId,
    },
    /// The job has an outcome.
    Done {
        /// The job.
        job: JobId,
        /// What came of it.
        outcome: Outcome,
    },
    /// The job has none.
    Failed {
        /// The job.
        job: JobId,
        /// Why.
        error: EngineError,
    },
}

/// Bytes that the page passes on unopened.
pub type Parcel = Vec<u8>;

impl Laden for FromWorker {
    fn visit(&mut self, on: &mut dyn FnMut(Slot)) {
        let Self::Done { outcome, .. } = self else {
            return;
        };
        match outcome {
            Outcome::Imported(dataset)
            | Outcome::ProjectOpened {
                dataset: Some(dataset),
                ..
            } => dataset.visit(on),
            Outcome::Fitted(comparison) => {
                for result in &mut comparison.models {
                    on(Slot::U32(&mut result.labels));
                    on(Slot::F64(&mut result.certainty));
                }
                let n_made = comparison.made.len();
                comparison.made_values.resize(n_made, Vec::new());
                comparison
                    .made_values
                    .iter_mut()
                    .for_each(|values| on(Slot::F64(values)));
            }
            Outcome::Answered(_)
            | Outcome::RulesRead(_)
            | Outcome::ProjectRead(_)
            | Outcome::ProjectOpened { dataset: None, .. }
            | Outcome::ProjectRefused(_)
            | Outcome::Marked(_)
            | Outcome::Unfinished => {}
            Outcome::Exported(file) => on(Slot::U8(&mut file.bytes)),
        }
    }
}

/// Checks that an outcome is the same after the way between worker and page.
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
pub(super) fn comes_back(outcome: Outcome) {
    let sent = FromWorker::Done { job: 7, outcome };
    let mut emptied = sent.clone();
    let arrays = super::detach(&mut emptied);
    let head = postcard::to_allocvec(&emptied).unwrap();
    let mut received: FromWorker = postcard::from_bytes(&head).unwrap();
    super::attach(&mut received, arrays);
    assert_eq!(received, sent);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advise::STANDARD_RULES;
    use crate::cluster::ModelKey;
    use crate::engine::Engine;
    use crate::explain::{Claim, Group, Says};
    use crate::questions::{AnyQuestion, AskCard, CheckClaim, Listed, QuestionKind};
    use crate::worker::carry_out;

    /// A question of that kind, about anything where something is asked about.
    fn example(kind: QuestionKind) -> AnyQuestion {
        let claim = Claim {
            column: "Age".into(),
            group: Group::Mismatched,
            says: Says::Higher,
        };
        let particular = [AskCard { row: 3 }.into_any(), CheckClaim(claim).into_any()];
        let name = serde_json::to_value(kind).unwrap();
        let alone = serde_json::json!({ (name.as_str().unwrap()): null });
        let found = particular.into_iter().find(|it| it.kind() == kind);
        // What asks for nothing in particular is its name alone.
        found.unwrap_or_else(|| serde_json::from_value(alone).unwrap())
    }

    #[test]
    fn every_outcome_comes_back_from_head_and_arrays() {
        let mut engine = Engine::default();
        let mut ask = |request| carry_out(&mut engine, request, None, &mut |_, _| ()).unwrap();
        let settings = Settings {
            n_clusters: Some(3),
            models: [
                ModelKey::K_MEANS,
                ModelKey::HIERARCHICAL,
                ModelKey::GAUSSIAN_MIXTURE,
            ]
            .into(),
            ..Default::default()
        };
        let (id, result) = (ResultId(4), ResultId(4));
        let mut outcomes = vec![
            ask(Request::ImportDemo {
                demo: DemoFile::MallVisitors,
                options: ReadOptions::default(),
            }),
            ask(Request::Fit {
                id,
                settings: settings.clone(),
            }),
        ];
        let questions = QuestionKind::ALL.iter().map(|&kind| example(kind));
        for question in questions {
            outcomes.push(loop {
                let question = question.clone();
                match ask(Request::Ask { result, question }) {
                    Outcome::Unfinished => {}
                    answered => break answered,
                }
            });
        }
        outcomes.push(ask(Request::ReadRules {
            text: STANDARD_RULES.into(),
        }));
        let session = Session {
            settings,
            ..Session::default()
        };
        outcomes.push(ask(Request::Export {
            session: Box::new(session),
            format: Format::Labelled,
        }));
        outcomes.push(ask(Request::Mark));
        outcomes.into_iter().for_each(comes_back);
    }
}
