//! Questions between two rounds, with their state.

use std::any::Any;

use super::question::Question;
use crate::result::ResultId;

/// Unfinished questions, at most one of each type, and the answers that are kept, one of each type.
#[derive(Debug, Default)]
pub(super) struct BegunQuestions {
    begun: Vec<Begun>,
    answered: Vec<Answered>,
}

#[derive(Debug)]
struct Answered {
    result: ResultId,
    answer: Box<dyn Any>,
}

#[derive(Debug)]
struct Begun {
    result: ResultId,
    /// A [`Between`] of the question's type.
    between: Box<dyn Any>,
}

struct Between<Q: Question> {
    question: Q,
    state: Q::State,
}

impl BegunQuestions {
    /// The state of a question; a new one unless exactly this question is unfinished.
    pub(super) fn take<Q: Question>(&mut self, result: ResultId, question: &Q) -> Q::State {
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

    /// Keeps the state of a question for its next round.
    pub(super) fn keep<Q: Question>(&mut self, result: ResultId, question: &Q, state: Q::State) {
        let question = question.clone();
        self.begun.push(Begun {
            result,
            between: Box::new(Between { question, state }),
        });
    }

    /// The state of the unfinished question of this type, if any.
    pub(super) fn state_of<Q: Question>(&mut self) -> Option<&mut Q::State> {
        let begun = self.begun.iter_mut();
        let mut of_type = begun.filter_map(|begun| begun.between.downcast_mut::<Between<Q>>());
        of_type.next().map(|between| &mut between.state)
    }

    /// Keeps an answer in the place of the last of its type.
    pub(super) fn keep_answer<A: 'static>(&mut self, result: ResultId, answer: A) {
        self.answered.retain(|it| !it.answer.is::<A>());
        let answer = Box::new(answer);
        self.answered.push(Answered { result, answer });
    }

    /// The last answer of a type, and the result that it is about.
    pub(super) fn answer<A: 'static>(&self) -> Option<(ResultId, &A)> {
        let mut answered = self.answered.iter();
        answered.find_map(|it| Some((it.result, it.answer.downcast_ref()?)))
    }

    /// Drops questions about a result, and their answers.
    pub(super) fn forget(&mut self, result: ResultId) {
        self.begun.retain(|begun| begun.result != result);
        self.answered.retain(|it| it.result != result);
    }
}
