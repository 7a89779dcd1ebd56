//! Questions about the results that the engine holds: answered in rounds, their state kept in between.

use std::any::Any;
use std::sync::Arc;

use super::{Engine, Goal, Ground, Loaded, Part, Piece, Question, Shares, Step};
use crate::result::{Comparison, EngineError, Progress, ResultId, Settings};

/// A question between two rounds.
#[derive(Debug)]
pub(super) struct Begun {
    result: ResultId,
    /// [`Between`] of its own type.
    between: Box<dyn Any>,
}

struct Between<Q: Question> {
    question: Q,
    state: Q::State,
}

impl Engine {
    /// One round of a question about a result. Where others did parts of it, what they found is taken.
    ///
    /// # Errors
    /// [`EngineError::ResultGone`], or what the question says ([`Question::step`]).
    pub fn step<Q: Question>(
        &mut self,
        result: ResultId,
        question: &Q,
        progress: &mut Progress,
    ) -> Result<Step<Q::Answer>, EngineError> {
        let loaded = self.loaded()?;
        let comparison = Arc::clone(loaded.result(result)?);
        let is_fitted = loaded.fit_for(&comparison.settings, Q::GOAL, progress);
        loaded.whole = None;
        is_fitted?;
        // Taken away while it goes on: one that fails is begun anew.
        let mut state = loaded.take_state(result, question);
        let ground = loaded.ground(&comparison)?;
        let mut hear = |fraction: f64| progress(Q::STAGE, fraction);
        let step = question.step(&mut state, &ground, &mut hear)?;
        if matches!(step, Step::Unfinished) {
            loaded.keep_state(result, question, state);
        }
        Ok(step)
    }

    /// All rounds of a question.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub fn ask<Q: Question>(
        &mut self,
        result: ResultId,
        question: &Q,
        progress: &mut Progress,
    ) -> Result<Q::Answer, EngineError> {
        loop {
            if let Step::Done(answer) = self.step(result, question, progress)? {
                return Ok(answer);
            }
        }
    }

    /// What others can fit meanwhile for a question of this goal about a result, as [`Engine::shares`].
    ///
    /// # Errors
    /// [`EngineError::ResultGone`].
    pub fn shares_below(
        &mut self,
        result: ResultId,
        goal: Goal,
    ) -> Result<Option<Shares<(Piece, Part)>>, EngineError> {
        let loaded = self.loaded()?;
        let comparison = Arc::clone(loaded.result(result)?);
        loaded.shares(&comparison.settings, goal)
    }

    /// What others can do of a question; `None` where it is not worth it, and before everything is fitted.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub fn shares_of<Q: Question>(
        &mut self,
        result: ResultId,
        question: &Q,
    ) -> Result<Option<Shares<Vec<u8>>>, EngineError> {
        let loaded = self.loaded()?;
        let comparison = Arc::clone(loaded.result(result)?);
        let (_, fits) = loaded.fits_for(&comparison.settings)?;
        if !fits.missing(&comparison.settings, Q::GOAL).is_empty() {
            return Ok(None);
        }
        let mut state = loaded.take_state(result, question);
        let shares = question.shares(&mut state, &loaded.ground(&comparison)?)?;
        loaded.keep_state(result, question, state);
        Ok(shares.filter(|shares| shares.items.len() > 1))
    }

    /// Keeps what somebody found for a question of this type, as long as it is being answered.
    pub fn keep_for<Q: Question>(&mut self, found: &[u8]) {
        let begun = self.loaded.iter_mut().flat_map(|loaded| &mut loaded.begun);
        let mut of_type = begun.filter_map(|begun| begun.between.downcast_mut::<Between<Q>>());
        if let Some(between) = of_type.next() {
            Q::keep(&mut between.state, found);
        }
    }
}

impl Loaded {
    /// Fits what a goal needs, and judges it where the goal is to choose.
    fn fit_for(
        &mut self,
        settings: &Settings,
        goal: Goal,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        match goal {
            Goal::Comparison => self.fit(settings, goal, progress),
            Goal::Sweep => self.swept(settings, goal, progress).map(|_| ()),
        }
    }

    /// What a question about this result may look at.
    pub(crate) fn ground<'a>(
        &'a mut self,
        comparison: &'a Comparison,
    ) -> Result<Ground<'a>, EngineError> {
        let (table, fits) = self.fits_for(&comparison.settings)?;
        Ok(Ground {
            table,
            prepared: &fits.prepared,
            samples: &fits.samples,
            fits,
            comparison,
        })
    }

    /// The state of a question; a fresh one unless just this question was begun. One of its type is begun at a time.
    fn take_state<Q: Question>(&mut self, result: ResultId, question: &Q) -> Q::State {
        let mut state = None;
        self.begun.retain_mut(|begun| {
            let Some(between) = begun.between.downcast_mut::<Between<Q>>() else {
                return true;
            };
            if begun.result == result && between.question == *question {
                state = Some(std::mem::take(&mut between.state));
            }
            false
        });
        state.unwrap_or_default()
    }

    fn keep_state<Q: Question>(&mut self, result: ResultId, question: &Q, state: Q::State) {
        let question = question.clone();
        self.begun.push(Begun {
            result,
            between: Box::new(Between { question, state }),
        });
    }
}
