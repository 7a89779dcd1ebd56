//! How the models rate every number of segments, and which number is recommended.

use serde::{Deserialize, Serialize};

use crate::engine::{Goal, Ground, Question, Step};
use crate::result::{EngineError, Stage, Sweep};

/// How do other numbers of segments compare?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskSweep;

impl Question for AskSweep {
    type Answer = Sweep;
    type State = ();
    const STAGE: Stage = Stage::Silhouette;
    // The engine fits and judges every number before the first round.
    const GOAL: Goal = Goal::Sweep;

    fn step(
        &self,
        (): &mut (),
        ground: &Ground<'_>,
        _: &mut dyn FnMut(f64),
    ) -> Result<Step<Sweep>, EngineError> {
        let judged = ground.sweep().cloned();
        let nothing = || Sweep::new(Vec::new(), Vec::new(), 0, ground.samples.n_samples());
        Ok(Step::Done(judged.unwrap_or_else(nothing)))
    }
}
