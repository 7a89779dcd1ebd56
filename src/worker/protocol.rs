//! Messages between page and worker.
//!
//! A message is a head (serde, small) and arrays (large, transferred without encoding): [`super::detach`] takes them out of a
//! message, [`super::attach`] puts them back.
//!
//! A long request is shared: the worker with the table replies with tasks, the page hands them to helpers, passes the results back,
//! and repeats the request. Samples, tasks and results are sent as parcels, bytes that the page does not decode.

use serde::{Deserialize, Serialize};

use super::{Laden, Slot};
use crate::advise::Rule;
use crate::demo::DemoFile;
use crate::export::{ExportFile, Format};
use crate::questions::{AnyAnswer, AnyQuestion};
use crate::result::{Comparison, Dataset, EngineError, ResultId, Settings, Stage};
use crate::session::{DataMark, Project, ProjectError, Session};
use crate::table::ReadOptions;

/// Id of the source code of this build. Page and worker must have the same, since their messages change with the code.
pub const BUILD: &str = match option_env!("SEAMLINE_BUILD") {
    Some(build) => build,
    None => "not built as one",
};

/// Number of a request of the page; a reply contains the number of its request.
pub type JobId = u32;

/// Requests to the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    clippy::large_enum_variant,
    reason = "one at a time, and boxed where it travels"
)]
pub enum Request {
    /// Read a file. Replaces the table only if the file can be read.
    Import {
        /// Name of the file. The page sends a handle beside the head, and the worker reads the file in slices.
        name: String,
        /// How it is read.
        options: ReadOptions,
    },
    /// Generate a demo file and read it.
    ImportDemo {
        /// The demo file.
        demo: DemoFile,
        /// How it is read.
        options: ReadOptions,
    },
    /// Fit the models, compare them, and keep the result under this id.
    Fit {
        /// Chosen by the page.
        id: ResultId,
        /// The choices.
        settings: Settings,
    },
    /// Answer a question about a result.
    Ask {
        /// The result.
        result: ResultId,
        /// The question.
        question: AnyQuestion,
    },
    /// Read rules of advice.
    ReadRules {
        /// The rules, as the text of a table.
        text: String,
    },
    /// Write a file about a session, computing its result first if necessary.
    Export {
        /// The session.
        session: Box<Session>,
        /// The kind of file.
        format: Format,
    },
    /// Read a project. The page sends a handle to its file beside the head.
    ReadProject,
    /// Open a project on its data. Replaces the table only if the project was made for these data.
    OpenProject {
        /// Where the data are.
        data: ProjectData,
        /// The project.
        project: Box<Project>,
    },
    /// Return what identifies the table.
    Mark,
}

impl Request {
    /// The result that it is about.
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

    /// Whether one of the two replaces the other: of such requests only the newer counts.
    pub fn is_of_a_kind_with(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Ask { question, .. },
                Self::Ask {
                    question: other, ..
                },
            ) => question.kind() == other.kind(),
            // Every file that was asked for comes.
            (Self::Export { .. }, Self::Export { .. }) => false,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

/// Where the data of a project are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectData {
    /// In the current table, if it was read with the project's options.
    Table,
    /// In a file; the page sends a handle beside the head.
    File {
        /// Its name.
        name: String,
    },
    /// In a demo file.
    Demo(DemoFile),
}

/// The outcome of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A table was read.
    Imported(Box<Dataset>),
    /// The models were compared.
    Fitted(Box<Comparison>),
    /// The question was answered.
    Answered(AnyAnswer),
    /// The rules were read.
    RulesRead(Vec<Rule>),
    /// More rounds are needed: the request is repeated after those that wait.
    Unfinished,
    /// A file to save.
    Exported(ExportFile),
    /// A project was read.
    ProjectRead(Box<Project>),
    /// A project was opened.
    ProjectOpened {
        /// The table, if it was read for the project.
        dataset: Option<Box<Dataset>>,
        /// The session.
        session: Box<Session>,
    },
    /// A project cannot be read, or opened on these data. Nothing has changed.
    ProjectRefused(ProjectError),
    /// What identifies the table.
    Marked(DataMark),
}

/// Messages from the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToWorker {
    /// Carry out a request, or share it.
    Run {
        /// Number of the request.
        job: JobId,
        /// The request.
        request: Box<Request>,
        /// Whether others can help.
        help: Help,
    },
    /// Keep the samples for tasks, in a parcel beside it.
    Lend,
    /// Do a task of this request, in a parcel beside it.
    Help {
        /// Number of the request.
        job: JobId,
    },
    /// Keep the result of a helper, in a parcel beside it.
    Keep,
    /// Take the table from the page, packed beside it.
    Restore {
        /// Number of the request.
        job: JobId,
    },
    /// Give a sign of life. A busy worker does so by its progress.
    Ping,
}

impl ToWorker {
    /// Whether the worker acknowledges it at once, and reports its end.
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
    /// No.
    None,
    /// Helpers are there, and nothing is shared yet.
    Offered(Helpers),
    /// Helpers have done the shared tasks.
    AtHand(Helpers),
}

/// What helpers have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Helpers {
    /// Nothing.
    #[default]
    Fresh,
    /// The samples that were lent last.
    Lent,
}

/// Messages from the worker. Every job ends in exactly one `Done` or `Failed`, unless the page terminates the worker.
///
/// The first message, with the worker's build, is not listed here, since a worker of another build could not decode it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromWorker {
    /// A sign of life: the first reply to every message.
    Alive,
    /// A stage, and the share done of the job, or of the task if it is one.
    Progress {
        /// The job.
        job: JobId,
        /// The stage.
        stage: Stage,
        /// In `[0, 1]`.
        fraction: f64,
    },
    /// Tasks of the job for others; beside it their parcels, preceded by that of the samples if needed.
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
    /// A task is done; beside it a parcel with the result, unless the worker keeps it itself.
    Helped {
        /// The job.
        job: JobId,
    },
    /// The table of the page was taken.
    Restored {
        /// The job.
        job: JobId,
    },
    /// The job has an outcome.
    Done {
        /// The job.
        job: JobId,
        /// The outcome.
        outcome: Outcome,
    },
    /// The job has failed.
    Failed {
        /// The job.
        job: JobId,
        /// The reason.
        error: EngineError,
    },
}

/// Bytes that the page does not decode.
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

/// Checks that an outcome is unchanged by the way between worker and page.
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

    /// A question of that kind, with any subject.
    fn example(kind: QuestionKind) -> AnyQuestion {
        let claim = Claim {
            column: "Age".into(),
            group: Group::Mismatched,
            says: Says::Higher,
        };
        let particular = [AskCard::of(3).into_any(), CheckClaim(claim).into_any()];
        let name = serde_json::to_value(kind).unwrap();
        let alone = serde_json::json!({ (name.as_str().unwrap()): null });
        let found = particular.into_iter().find(|it| it.kind() == kind);
        // A question without a subject is just its name.
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
