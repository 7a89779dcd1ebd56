//! What page and worker say to each other.
//!
//! A message is a head (serde, small) and arrays (large, moved without a copy of their bytes into text). [`detach`] takes the
//! arrays out of a message, [`attach`] puts them back in the same order.
//!
//! A long request is shared: the worker that holds the table answers it with tasks, the page hands them to helpers and the
//! findings back, and asks again. Samples, tasks and findings travel as parcels, bytes that the page passes on unopened.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::advise::Rule;
use crate::demo::SampleData;
use crate::export::{ExportFile, Format};
use crate::questions::{AnyAnswer, AnyQuestion};
use crate::result::{ColumnData, Comparison, Dataset, EngineError, ResultId, Settings, Stage};
use crate::table::{Cells, ReadOptions};

/// Names the source that this was built from. Page and worker must be of one build: what they say to each other changes.
pub const BUILD: &str = env!("SEAMLINE_BUILD");

/// Numbers the requests of a page; a reply names the request it answers.
pub type JobId = u32;

/// What can be asked of the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Read a file. Replaces the table only when it can be read.
    Import {
        /// Name of the file. The page sends a handle to it beside the head; the worker reads it slice by slice.
        name: String,
        /// What is chosen of how it is read.
        options: ReadOptions,
    },
    /// Generate a sample and read it.
    ImportSample {
        /// Which one.
        sample: SampleData,
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
    /// Write a file of a result.
    Export {
        /// Which result.
        result: ResultId,
        /// What kind of file.
        format: Format,
        /// Names given to segments, by number.
        names: BTreeMap<u32, String>,
    },
}

impl Request {
    /// The result that it stands on.
    pub fn result(&self) -> Option<ResultId> {
        match self {
            Self::Ask { result, .. } | Self::Export { result, .. } => Some(*result),
            Self::Import { .. }
            | Self::ImportSample { .. }
            | Self::Fit { .. }
            | Self::ReadRules { .. } => None,
        }
    }

    /// Whether it reads a file.
    pub fn is_import(&self) -> bool {
        matches!(self, Self::Import { .. } | Self::ImportSample { .. })
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
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
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
    /// Helpers that are given the samples first.
    Offered,
    /// Helpers that have the samples.
    AtHand,
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

/// A large part of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Array {
    /// Numbers.
    F64(Arc<Vec<f64>>),
    /// Labels, codes, positions.
    U32(Arc<Vec<u32>>),
    /// Text or file content.
    U8(Arc<Vec<u8>>),
}

/// A place for an array: owned, or shared with the table, which is not copied then.
pub enum Slot<'a> {
    /// Numbers.
    F64(&'a mut Vec<f64>),
    /// Labels, codes, positions.
    U32(&'a mut Vec<u32>),
    /// Text or file content.
    U8(&'a mut Vec<u8>),
    /// Shared numbers.
    SharedF64(&'a mut Arc<Vec<f64>>),
    /// Shared positions.
    SharedU32(&'a mut Arc<Vec<u32>>),
    /// Shared text.
    SharedU8(&'a mut Arc<Vec<u8>>),
}

/// Something with large parts, which travel beside it.
pub trait Laden {
    /// Every large part, always in the same order.
    fn visit(&mut self, on: &mut dyn FnMut(Slot));
}

/// Takes the arrays out of a message, leaving empty ones.
pub fn detach(message: &mut impl Laden) -> Vec<Array> {
    let mut arrays = Vec::new();
    message.visit(&mut |slot| {
        arrays.push(match slot {
            Slot::F64(values) => Array::F64(Arc::new(std::mem::take(values))),
            Slot::U32(values) => Array::U32(Arc::new(std::mem::take(values))),
            Slot::U8(values) => Array::U8(Arc::new(std::mem::take(values))),
            Slot::SharedF64(values) => Array::F64(std::mem::take(values)),
            Slot::SharedU32(values) => Array::U32(std::mem::take(values)),
            Slot::SharedU8(values) => Array::U8(std::mem::take(values)),
        });
    });
    arrays
}

/// Puts arrays back where [`detach`] took them. An array that is missing or of another type leaves its place empty.
pub fn attach(message: &mut impl Laden, arrays: Vec<Array>) {
    let mut arrays = arrays.into_iter();
    message.visit(&mut |slot| match (slot, arrays.next()) {
        (Slot::F64(place), Some(Array::F64(values))) => *place = Arc::unwrap_or_clone(values),
        (Slot::U32(place), Some(Array::U32(values))) => *place = Arc::unwrap_or_clone(values),
        (Slot::U8(place), Some(Array::U8(values))) => *place = Arc::unwrap_or_clone(values),
        (Slot::SharedF64(place), Some(Array::F64(values))) => *place = values,
        (Slot::SharedU32(place), Some(Array::U32(values))) => *place = values,
        (Slot::SharedU8(place), Some(Array::U8(values))) => *place = values,
        _ => {}
    });
}

impl Laden for FromWorker {
    fn visit(&mut self, on: &mut dyn FnMut(Slot)) {
        let Self::Done { outcome, .. } = self else {
            return;
        };
        match outcome {
            Outcome::Imported(dataset) => dataset.visit(on),
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
            Outcome::Answered(_) | Outcome::RulesRead(_) | Outcome::Unfinished => {}
            Outcome::Exported(file) => on(Slot::U8(&mut file.bytes)),
        }
    }
}

impl Laden for Dataset {
    fn visit(&mut self, on: &mut dyn FnMut(Slot)) {
        on(Slot::SharedU32(&mut self.repeated));
        for column in &mut self.columns {
            match &mut column.data {
                ColumnData::Numbers { values } => on(Slot::SharedF64(values)),
                ColumnData::Codes { codes, numbers, .. } => {
                    on(Slot::SharedU32(codes));
                    on(Slot::SharedF64(numbers));
                }
                ColumnData::None => {}
            }
            if let Cells::Texts(texts) = &mut column.cells {
                on(Slot::SharedU8(&mut texts.bytes));
                on(Slot::SharedU32(&mut texts.ends));
            }
        }
        on(Slot::SharedU8(&mut self.unseen));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advise::STANDARD_RULES;
    use crate::cluster::ModelKey;
    use crate::engine::Engine;
    use crate::explain::{Claim, Group, Says};
    use crate::questions::{
        AskCard, AskExplanation, AskNoiseFloor, AskReality, AskSweep, AskWhatIf, CheckClaim,
        Listed, QuestionKind,
    };
    use crate::worker::carry_out;

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
            ask(Request::ImportSample {
                sample: SampleData::MallVisitors,
                options: ReadOptions::default(),
            }),
            ask(Request::Fit { id, settings }),
        ];
        let claim = Claim {
            column: "Age".into(),
            group: Group::Mismatched,
            says: Says::Higher,
        };
        let questions = [
            AskSweep.into_any(),
            AskReality.into_any(),
            AskExplanation.into_any(),
            AskNoiseFloor.into_any(),
            AskCard { row: 3 }.into_any(),
            CheckClaim(claim).into_any(),
            AskWhatIf.into_any(),
        ];
        assert_eq!(questions.len(), QuestionKind::ALL.len());
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
        let format = Format::Labelled;
        outcomes.push(ask(Request::Export {
            result,
            format,
            names: BTreeMap::new(),
        }));
        for outcome in outcomes {
            let sent = FromWorker::Done { job: 7, outcome };
            let mut emptied = sent.clone();
            let arrays = detach(&mut emptied);
            let head = postcard::to_allocvec(&emptied).unwrap();
            let mut received: FromWorker = postcard::from_bytes(&head).unwrap();
            attach(&mut received, arrays);
            assert_eq!(received, sent);
        }
    }
}
