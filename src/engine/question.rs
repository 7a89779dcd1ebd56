//! What can be asked of a result, as the engine sees it: something that goes on in rounds, and that others can help with.

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
/// The engine keeps the state of a question between rounds, so that others are served in between. A round takes about a third of a
/// second, and a question that is answered sooner has one. Whoever does a part of it, the answer is the same to the bit.
pub trait Question: Clone + fmt::Debug + PartialEq + 'static {
    /// What is answered.
    type Answer;
    /// What is kept between rounds: nothing yet at first, `()` where there is one round.
    type State: Default + fmt::Debug + 'static;
    /// What is said while it is answered.
    const STAGE: Stage;
    /// What must be fitted before; the result itself is.
    const GOAL: Goal = Goal::Comparison;

    /// One round. `progress` hears the share of the whole answer that is done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`EngineError::NotPossible`] where these data have no answer, or what a model says.
    fn step(
        &self,
        state: &mut Self::State,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<Self::Answer>, EngineError>;

    /// What others can do of the next rounds; `None` where it is not worth it.
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

    /// Does an item of [`Question::shares`]; `None` for bytes that are none, or without the samples that it works on.
    fn help(
        _item: &[u8],
        _samples: Option<&Samples>,
        _progress: &mut dyn FnMut(f64),
    ) -> Option<Vec<u8>> {
        None
    }

    /// Keeps what came of an item for the next round. What cannot be read is done again there.
    fn keep(_state: &mut Self::State, _found: &[u8]) {}
}

/// How far a question is.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<T> {
    /// There is more to do.
    Unfinished,
    /// It is answered.
    Done(T),
}

impl<T> Step<T> {
    /// The same with the answer as something else.
    pub(crate) fn map<U>(self, of: impl FnOnce(T) -> U) -> Step<U> {
        match self {
            Self::Unfinished => Step::Unfinished,
            Self::Done(answer) => Step::Done(of(answer)),
        }
    }
}

/// What a question may look at.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The table.
    pub table: &'a Table,
    /// The features of the customers in the models.
    pub prepared: &'a Prepared,
    /// What the models were fitted on.
    pub samples: &'a Samples,
    /// The models.
    pub(crate) fits: &'a Fits,
    /// The result.
    pub comparison: &'a Comparison,
}

impl Ground<'_> {
    /// The models at every number of segments, where they were judged ([`Goal::Sweep`]).
    pub(crate) fn sweep(&self) -> Option<&Sweep> {
        self.fits.sweep(&self.comparison.settings)
    }

    /// Labels of rows as labels of the distinct samples.
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

/// What others can do.
#[derive(Debug)]
pub struct Shares<T> {
    /// Whether the items work on the samples of the engine.
    pub needs_samples: bool,
    /// Each with its weight.
    pub items: Vec<(T, f64)>,
    /// Weight of all the work of the request.
    pub whole: f64,
    /// Weight of what is not done yet.
    pub left: f64,
}

impl<T> Shares<T> {
    /// The same with other items.
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

/// Steps per byte that is packed.
const STEPS_TO_PACK: usize = 4;

/// Something on its way between workers.
pub(crate) fn pack(contents: &impl Serialize) -> Option<Vec<u8>> {
    let bytes = postcard::to_allocvec(contents).ok()?;
    pulse(STEPS_TO_PACK * bytes.len());
    Some(bytes)
}

/// The same at its goal; `None` for bytes that are none of it.
pub(crate) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
