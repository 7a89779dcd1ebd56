//! The way back: every decision with the session before it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Decision, DecisionError, Known, Session, Sort, SortKey, apply, has_derived};

/// Steps that can be undone at most; the oldest are forgotten.
pub const MAX_STEPS: usize = 200;

/// The session of now, those of before, and those that were undone.
#[derive(Clone, Debug)]
pub struct History {
    past: VecDeque<Step>,
    now: Arc<Session>,
    /// What was undone last is the last.
    future: Vec<Step>,
    /// Whether the last step is part of a gesture that may go on.
    is_open: bool,
}

/// A decision, and the session on its other side: before it in the past, after it in the future.
#[derive(Clone, Debug)]
struct Step {
    session: Arc<Session>,
    decision: Decision,
}

/// Whether a decision stands alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gesture {
    /// It does: a step of its own.
    #[default]
    Whole,
    /// It is one of many while a handle is dragged or a number is typed: with those right before it about the same thing it makes one
    /// step, until [`History::end_gesture`].
    Part,
}

/// The sessions before and after a decision, an undo or a redo.
#[derive(Clone, Debug)]
pub struct Change {
    /// The session of before.
    pub before: Arc<Session>,
    /// The session of now.
    pub after: Arc<Session>,
}

impl Change {
    /// Whether the models must be fitted.
    pub fn needs_fit(&self) -> bool {
        self.after.needs_fit(&self.before)
    }

    /// Whether the file must be read again. The reading that a [`Decision::ReadAgain`] speaks of is done already.
    pub fn needs_reading(&self) -> bool {
        self.after.needs_reading(&self.before)
    }
}

impl History {
    /// Starts with a session and nothing to undo.
    pub fn new(session: Session) -> Self {
        Self {
            past: VecDeque::new(),
            now: Arc::new(session),
            future: Vec::new(),
            is_open: false,
        }
    }

    /// The session of now.
    pub fn session(&self) -> &Arc<Session> {
        &self.now
    }

    /// Applies a decision. One that changes nothing is no step; one that only looks neither, and what was undone can still be redone.
    ///
    /// # Errors
    /// [`DecisionError`] when the decision is impossible now; nothing has changed then.
    pub fn decide(
        &mut self,
        decision: Decision,
        known: &Known,
        gesture: Gesture,
    ) -> Result<Change, DecisionError> {
        let next = Arc::new(apply(&self.now, &decision, known)?);
        let before = std::mem::replace(&mut self.now, Arc::clone(&next));
        if *next != *before && !decision.is_look() {
            self.keep(Arc::clone(&before), decision, gesture);
        }
        let after = next;
        Ok(Change { before, after })
    }

    fn keep(&mut self, session: Arc<Session>, decision: Decision, gesture: Gesture) {
        self.future.clear();
        let is_part = gesture == Gesture::Part;
        let was_open = std::mem::replace(&mut self.is_open, is_part);
        if let Some(last) = self.past.back_mut()
            && (was_open && is_part && decision.has_target_of(&last.decision))
        {
            last.decision = decision;
            // Dragged there and back again.
            if self.now.decides_as(&last.session) {
                self.past.pop_back();
                self.is_open = false;
            }
            return;
        }
        self.past.push_back(Step { session, decision });
        if self.past.len() > MAX_STEPS {
            self.past.pop_front();
        }
    }

    /// Ends a gesture: the handle is let go, the field is left.
    pub fn end_gesture(&mut self) {
        self.is_open = false;
    }

    /// What [`History::undo`] would take back.
    pub fn undoes(&self) -> Option<&Decision> {
        self.past.back().map(|step| &step.decision)
    }

    /// What [`History::redo`] would decide again.
    pub fn redoes(&self) -> Option<&Decision> {
        self.future.last().map(|step| &step.decision)
    }

    /// Number of steps that can be undone, and of those that can be redone.
    pub fn n_steps(&self) -> (usize, usize) {
        (self.past.len(), self.future.len())
    }

    /// Takes the last decision back; `None` where there is none. The user keeps looking where he looks.
    pub fn undo(&mut self) -> Option<Change> {
        let step = self.past.pop_back()?;
        let (change, decision) = self.step_to(step);
        let session = Arc::clone(&change.before);
        self.future.push(Step { session, decision });
        Some(change)
    }

    /// Decides again what was taken back last; `None` where there is nothing.
    pub fn redo(&mut self) -> Option<Change> {
        let step = self.future.pop()?;
        let (change, decision) = self.step_to(step);
        let session = Arc::clone(&change.before);
        self.past.push_back(Step { session, decision });
        Some(change)
    }

    fn step_to(&mut self, step: Step) -> (Change, Decision) {
        self.is_open = false;
        let after = Arc::new(step.session.looked_at_as(&self.now));
        let before = std::mem::replace(&mut self.now, Arc::clone(&after));
        (Change { before, after }, step.decision)
    }
}

impl Session {
    /// Whether all is decided as in another session, wherever the user looks.
    fn decides_as(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.view.look.clone_from(&self.view.look);
        *self == other
    }

    /// This session, looked at as another one is, as far as it shows the same things.
    fn looked_at_as(&self, other: &Self) -> Self {
        let mut session = self.clone();
        let own = std::mem::replace(&mut session.view.look, other.view.look.clone());
        let is_other_table = self.needs_reading(other);
        let look = &mut session.view.look;
        let is_gone = |name: &str| {
            is_other_table
                || has_derived(other.features(), name) && !has_derived(self.features(), name)
        };
        if is_other_table {
            look.card = own.card;
        }
        if matches!(&look.sort.by, SortKey::Number(name) if is_gone(name)) {
            look.sort = if is_other_table {
                own.sort
            } else {
                Sort::default()
            };
        }
        if look
            .claim
            .as_ref()
            .is_some_and(|claim| is_gone(&claim.column))
        {
            look.claim = own.claim.filter(|_| is_other_table);
        }
        session
    }
}
