//! Questions about the results that the engine holds: answered in rounds, with state kept in between.

use std::sync::Arc;

use super::{Engine, Goal, Ground, Loaded, Question, Shares, Step, UnitJob, UnitKey};
use crate::result::{Comparison, EngineError, Progress, ResultId, Settings};

impl Engine {
    /// One round of a question about a result, using the parts that other workers have done.
    ///
    /// # Errors
    /// [`EngineError::ResultGone`], or the error of [`Question::step`].
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
        // The state is removed during the round, so that a failed question starts afresh.
        let mut state = loaded.begun.take(result, question);
        let ground = loaded.ground(&comparison)?;
        let mut hear = |fraction: f64| progress(Q::STAGE, fraction);
        let step = question.step(&mut state, &ground, &mut hear)?;
        match &step {
            Step::Unfinished => loaded.begun.keep(result, question, state),
            Step::Done(answer) if Q::IS_KEPT => loaded.begun.keep_answer(result, answer.clone()),
            Step::Done(_) => {}
        }
        Ok(step)
    }

    /// The last answer to a question of this type, if it was about a result like this one.
    pub fn answer_about<Q: Question>(&self, comparison: &Comparison) -> Option<Q::Answer> {
        let loaded = self.loaded.as_ref()?;
        let (result, answer) = loaded.begun.answer::<Q::Answer>()?;
        let asked = loaded.result(result).ok()?;
        (asked.settings == comparison.settings).then(|| answer.clone())
    }

    /// Answers a question in all its rounds.
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

    /// What others can fit meanwhile for a question with this goal, as [`Engine::shares`].
    ///
    /// # Errors
    /// [`EngineError::ResultGone`].
    pub fn shares_below(
        &mut self,
        result: ResultId,
        goal: Goal,
    ) -> Result<Option<Shares<(UnitKey, UnitJob)>>, EngineError> {
        let loaded = self.loaded()?;
        let comparison = Arc::clone(loaded.result(result)?);
        loaded.shares(&comparison.settings, goal)
    }

    /// The parts of a question that others can do; `None` if it is not worth it, or before everything is fitted.
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
        let mut state = loaded.begun.take(result, question);
        let shares = question.shares(&mut state, &loaded.ground(&comparison)?)?;
        loaded.begun.keep(result, question, state);
        Ok(shares.filter(|shares| shares.items.len() > 1))
    }

    /// Keeps a part done by another worker, if a question of this type is in progress.
    pub fn keep_for<Q: Question>(&mut self, found: &[u8]) {
        let loaded = self.loaded.as_mut();
        if let Some(state) = loaded.and_then(|loaded| loaded.begun.state_of::<Q>()) {
            Q::keep(state, found);
        }
    }
}

impl Loaded {
    /// Fits what a goal needs, and judges the sweep if the goal requires it.
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

    /// The data available to a question about this result.
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
}
