//! Questions as the engine sees them: answered in rounds, with parts that other workers can do.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Fits, Goal};
use crate::cluster::{Labels, Samples};
use crate::features::Prepared;
use crate::numeric::pulse;
use crate::result::{Comparison, EngineError, NO_SEGMENT, Stage, Sweep};
use crate::table::Table;

/// A question about a result, and how it is answered.
///
/// The engine keeps the state of a question between rounds, so that other requests are served in between. A round takes about a
/// third of a second; shorter questions have one round. Whoever does a part, the answer is the same to the bit.
pub trait Question: Clone + fmt::Debug + PartialEq + 'static {
    /// The answer.
    type Answer: Clone + fmt::Debug + 'static;
    /// The state between rounds: initially the default, `()` if there is only one round.
    type State: Default + fmt::Debug + 'static;
    /// The stage shown meanwhile.
    const STAGE: Stage;
    /// What must be fitted first, besides the result.
    const GOAL: Goal = Goal::Comparison;
    /// Whether the engine keeps the answer, for files to save.
    const IS_KEPT: bool = false;

    /// One round. `progress` receives the share of the whole answer that is done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`EngineError::NotPossible`] if these data have no answer, or the error of a model.
    fn step(
        &self,
        state: &mut Self::State,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<Self::Answer>, EngineError>;

    /// The parts of the next rounds that others can do; `None` if it is not worth it.
    ///
    /// # Errors
    /// As [`Question::step`].
    fn shares(
        &self,
        _state: &mut Self::State,
        _ground: &Ground<'_>,
    ) -> Result<Option<Shares<Vec<u8>>>, EngineError> {
        Ok(None)
    }

    /// Does an item of [`Question::shares`]; `None` if the bytes are invalid or the required samples are missing.
    fn help(
        _item: &[u8],
        _samples: Option<&Samples>,
        _progress: &mut dyn FnMut(f64),
    ) -> Option<Vec<u8>> {
        None
    }

    /// Keeps the result of an item for the next round, which repeats the item if the result cannot be read.
    fn keep(_state: &mut Self::State, _found: &[u8]) {}
}

/// The outcome of a round.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<T> {
    /// More rounds are needed.
    Unfinished,
    /// The answer.
    Done(T),
}

impl<T> Step<T> {
    /// Transforms the answer.
    pub(crate) fn map<U>(self, of: impl FnOnce(T) -> U) -> Step<U> {
        match self {
            Self::Unfinished => Step::Unfinished,
            Self::Done(answer) => Step::Done(of(answer)),
        }
    }
}

/// The data available to a question.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The table.
    pub table: &'a Table,
    /// The features of the customers in the models.
    pub prepared: &'a Prepared,
    /// The samples that the models were fitted on.
    pub samples: &'a Samples,
    /// The models.
    pub(crate) fits: &'a Fits,
    /// The result.
    pub comparison: &'a Comparison,
}

impl Ground<'_> {
    /// The models at every number of segments, if they were judged ([`Goal::Sweep`]).
    pub(crate) fn sweep(&self) -> Option<&Sweep> {
        self.fits.sweep(&self.comparison.settings)
    }

    /// Converts labels of rows to labels of the distinct samples.
    pub(crate) fn of_distinct(&self, of_rows: &[u32]) -> Labels {
        let mut of_distinct = vec![0; self.samples.n_distinct()];
        for (&row, &distinct) in self.prepared.rows.iter().zip(&self.samples.distinct_of) {
            debug_assert_ne!(of_rows[row], NO_SEGMENT);
            of_distinct[distinct as usize] = of_rows[row];
        }
        Labels {
            of_distinct,
            n_clusters: self.comparison.n_segments,
        }
    }
}

/// Work that others can do.
#[derive(Debug)]
pub struct Shares<T> {
    /// Whether the items work on the samples of the engine.
    pub needs_samples: bool,
    /// The items with their weights.
    pub items: Vec<(T, f64)>,
    /// Weight of all the work of the request.
    pub whole: f64,
    /// Weight of the work not done yet.
    pub left: f64,
}

impl<T> Shares<T> {
    /// Transforms the items.
    pub(crate) fn map<U>(self, of: impl Fn(T) -> U) -> Shares<U> {
        let items = self.items.into_iter();
        Shares {
            needs_samples: self.needs_samples,
            items: items.map(|(item, weight)| (of(item), weight)).collect(),
            whole: self.whole,
            left: self.left,
        }
    }
}

/// Work steps per encoded byte.
const STEPS_TO_PACK: usize = 4;

/// Encodes data for another worker.
pub(crate) fn pack(contents: &impl Serialize) -> Option<Vec<u8>> {
    let bytes = postcard::to_allocvec(contents).ok()?;
    pulse(STEPS_TO_PACK * bytes.len());
    Some(bytes)
}

/// Decodes data from another worker; `None` for invalid bytes.
pub(crate) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
