//! Undo and redo: every decision with the session before it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Decision, DecisionError, Known, Session, Sort, SortKey, apply, has_derived};

/// The largest number of steps that can be undone; older ones are dropped.
pub const MAX_STEPS: usize = 200;

/// The current session, earlier ones, and undone ones.
#[derive(Clone, Debug)]
pub struct History {
    past: VecDeque<Step>,
    now: Arc<Session>,
    /// The most recently undone step comes last.
    future: Vec<Step>,
    /// Whether the last step belongs to a gesture that may continue.
    is_open: bool,
}

/// A decision, and the session on its other side: before it in the past, after it in the future.
#[derive(Clone, Debug)]
struct Step {
    session: Arc<Session>,
    decision: Decision,
}

/// Whether a decision is a step of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gesture {
    /// It is.
    #[default]
    Whole,
    /// One of many while a handle is dragged or a number is typed: consecutive ones about the same thing make one step, until
    /// [`History::end_gesture`].
    Part,
}

/// The sessions before and after a decision, an undo or a redo.
#[derive(Clone, Debug)]
pub struct Change {
    /// The session before.
    pub before: Arc<Session>,
    /// The session after.
    pub after: Arc<Session>,
}

impl Change {
    /// Whether the models must be fitted.
    pub fn needs_fit(&self) -> bool {
        self.after.needs_fit(&self.before)
    }

    /// Whether it leads from another result back to the one of this session.
    pub fn comes_back_to(&self, shown: &Session) -> bool {
        self.before.needs_fit(shown) && !self.after.needs_fit(shown)
    }

    /// Whether the file must be read again. For [`Decision::ReadAgain`] that has been done already.
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

    /// The current session.
    pub fn session(&self) -> &Arc<Session> {
        &self.now
    }

    /// Applies a decision. It is no step if it changes nothing or only what the user looks at; undone steps can then still be redone.
    ///
    /// # Errors
    /// [`DecisionError`] when the decision is impossible now; nothing has changed.
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
            // Dragged away and back.
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

    /// Ends a gesture: the handle is released or the field loses focus.
    pub fn end_gesture(&mut self) {
        self.is_open = false;
    }

    /// The decision that [`History::undo`] would undo.
    pub fn undoes(&self) -> Option<&Decision> {
        self.past.back().map(|step| &step.decision)
    }

    /// The decision that [`History::redo`] would redo.
    pub fn redoes(&self) -> Option<&Decision> {
        self.future.last().map(|step| &step.decision)
    }

    /// The session before the decision that [`History::undo`] would undo.
    pub fn before_last(&self) -> Option<&Session> {
        self.past.back().map(|step| &*step.session)
    }

    /// Numbers of steps that can be undone and redone.
    pub fn n_steps(&self) -> (usize, usize) {
        (self.past.len(), self.future.len())
    }

    /// Undoes the last decision; `None` if there is none. What the user looks at stays.
    pub fn undo(&mut self) -> Option<Change> {
        let step = self.past.pop_back()?;
        let (change, decision) = self.step_to(step);
        let session = Arc::clone(&change.before);
        self.future.push(Step { session, decision });
        Some(change)
    }

    /// Redoes the last undone decision; `None` if there is none.
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
    /// Whether both sessions are equal, apart from what the user looks at.
    pub fn decides_as(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.view.look.clone_from(&self.view.look);
        *self == other
    }

    /// This session with what the user looks at in another one, as far as it exists here.
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::result::Dataset;
    use crate::session::{ListMode, Look};
    use crate::table::{ReadOptions, read_csv};

    fn dataset() -> Dataset {
        let table = read_csv(b"id,income,age\n1,10,30\n2,20,40\n3,30,70\n").unwrap();
        Dataset::of("t.csv", 0, &ReadOptions::default(), &table)
    }

    fn range(min: f64) -> Decision {
        Decision::FilterRange {
            column: "income".into(),
            range: Some([min, 30.0]),
        }
    }

    fn named(name: &str) -> Decision {
        Decision::Rename {
            segment: 0,
            name: name.into(),
        }
    }

    #[test]
    fn a_dragged_handle_is_one_step_and_every_click_is_one() {
        let dataset = dataset();
        let known = Known::of(&dataset);
        let mut history = History::new(Session::for_dataset(&dataset));
        let decide = |history: &mut History, decision, gesture| {
            history.decide(decision, &known, gesture).unwrap();
        };
        for at in 11..20 {
            decide(&mut history, range(f64::from(at)), Gesture::Part);
        }
        assert_eq!(history.n_steps(), (1, 0));
        assert_eq!(history.undoes(), Some(&range(19.0)));
        history.end_gesture();
        decide(&mut history, range(25.0), Gesture::Part);
        decide(&mut history, named("Young"), Gesture::Whole);
        decide(&mut history, named("Old"), Gesture::Whole);
        assert_eq!(history.n_steps(), (4, 0));
        history.undo().unwrap();
        history.undo().unwrap();
        history.undo().unwrap();
        assert_eq!(history.redoes(), Some(&range(25.0)));
        // What was undone does not belong to the current gesture.
        decide(&mut history, range(12.0), Gesture::Part);
        assert_eq!(history.n_steps(), (2, 0));
        // Away and back is not a step.
        decide(&mut history, range(19.0), Gesture::Part);
        assert_eq!(history.n_steps(), (1, 0));
    }

    #[test]
    fn what_changes_nothing_is_no_step_and_looking_leaves_what_can_be_redone() {
        let dataset = dataset();
        let known = Known::of(&dataset);
        let mut history = History::new(Session::for_dataset(&dataset));
        history
            .decide(named("Young"), &known, Gesture::Whole)
            .unwrap();
        let change = history
            .decide(named("Young "), &known, Gesture::Whole)
            .unwrap();
        assert!(!change.needs_fit() && history.n_steps() == (1, 0));
        history.undo().unwrap();
        let look = Look {
            list: ListMode::Bands,
            ..Look::default()
        };
        history
            .decide(Decision::Look(look.clone()), &known, Gesture::Whole)
            .unwrap();
        assert_eq!(history.n_steps(), (0, 1));
        history.redo().unwrap();
        assert_eq!(history.session().names[&0], "Young");
        assert_eq!(history.session().view.look, look);
        let change = history
            .decide(Decision::SetNumber(Some(2)), &known, Gesture::Whole)
            .unwrap();
        assert!(change.needs_fit() && !change.needs_reading());
        // Back to a result fitted for an earlier session, and from there to another.
        let (fitted, other) = (change.before, change.after);
        let change = history.undo().unwrap();
        assert!(change.comes_back_to(&fitted) && !change.comes_back_to(&other));
        let change = history.redo().unwrap();
        assert!(change.comes_back_to(&other) && !change.comes_back_to(&fitted));
        assert!(
            history
                .decide(Decision::SetNumber(Some(9)), &known, Gesture::Whole)
                .is_err()
        );
        assert_eq!(history.n_steps(), (2, 0));
    }
}
