//! Work of one request that several workers can share: models to fit, or parts of a question. The results are the same to the bit
//! on any worker.

use serde::{Deserialize, Serialize};

use super::QuestionKind;
use crate::cluster::{FitError, Samples};
use crate::engine::{Engine, UnitJob, UnitKey, UnitResult};
use crate::result::{Progress, Stage};

/// A piece of work, with everything it needs besides the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum WorkItem {
    /// A model to fit.
    Fit(UnitKey, UnitJob),
    /// A part of a question, encoded by the question.
    Question(QuestionKind, Vec<u8>),
}

/// The result of a piece of work.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum WorkResult {
    /// A fitted unit.
    Fit(UnitKey, Result<UnitResult, FitError>),
    /// The result of a part of a question, encoded by the question.
    Question(QuestionKind, Vec<u8>),
}

impl WorkItem {
    /// The stage it belongs to.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Fit(key, _) => key.stage(),
            Self::Question(kind, _) => kind.stage(),
        }
    }

    /// Does the work; `None` if it is invalid or the required samples are missing.
    pub fn carry_out(
        &self,
        samples: Option<&Samples>,
        progress: &mut Progress,
    ) -> Option<WorkResult> {
        let stage = self.stage();
        progress(stage, 0.0);
        let mut hear = |fraction: f64| progress(stage, fraction);
        match self {
            Self::Fit(key, job) => Some(WorkResult::Fit(key.clone(), job.fit(samples?, &mut hear))),
            Self::Question(kind, item) => {
                let found = kind.help(item, samples, &mut hear)?;
                Some(WorkResult::Question(*kind, found))
            }
        }
    }
}

impl WorkResult {
    /// Keeps it for the request that was shared last. The request itself reports errors.
    pub fn keep(self, engine: &mut Engine) {
        match self {
            Self::Fit(key, found) => engine.keep(key, found),
            Self::Question(kind, found) => kind.keep(engine, &found),
        }
    }
}
