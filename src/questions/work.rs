//! What several workers can do for one request: fit models, or answer parts of a question. Whoever does it, the bits are the same.

use serde::{Deserialize, Serialize};

use super::QuestionKind;
use crate::cluster::{FitError, Samples};
use crate::engine::{Engine, UnitJob, UnitKey, UnitResult};
use crate::result::{Progress, Stage};

/// Something to do, with all that it needs beside the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum WorkItem {
    /// A model to fit.
    Fit(UnitKey, UnitJob),
    /// A part of a question, as the question packed it.
    Question(QuestionKind, Vec<u8>),
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum WorkResult {
    /// Of a model.
    Fit(UnitKey, Result<UnitResult, FitError>),
    /// Of a part of a question, as the question packed it.
    Question(QuestionKind, Vec<u8>),
}

impl WorkItem {
    /// What it is part of.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Fit(key, _) => key.stage(),
            Self::Question(kind, _) => kind.stage(),
        }
    }

    /// Does it; `None` where it is none, or without the samples that it works on.
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
    /// Keeps it for the request that was shared last. An error is found again by the request itself.
    pub fn keep(self, engine: &mut Engine) {
        match self {
            Self::Fit(key, found) => engine.keep(key, found),
            Self::Question(kind, found) => kind.keep(engine, &found),
        }
    }
}
