//! What the page knows of the answers to its questions about the result on the screen.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Request;
use crate::questions::{
    AnyAnswer, AnyQuestion, AskExplanation, AskNoiseFloor, AskReality, AskSweep, AskTree, Listed,
    QuestionKind,
};
use crate::result::{EngineError, Failure, Remote, ResultId};

/// The questions asked about every result.
pub fn evidence() -> [AnyQuestion; 5] {
    [
        AskSweep.into_any(),
        AskReality.into_any(),
        AskExplanation.into_any(),
        AskTree.into_any(),
        AskNoiseFloor.into_any(),
    ]
}

/// The last question of every kind about one result, with the state of its answer. Replies about other results are dropped.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    result: Option<ResultId>,
    asked: BTreeMap<QuestionKind, Asked>,
    /// Answers about a result before this one, or to the same question asked in another way.
    before: BTreeMap<QuestionKind, (AnyQuestion, AnyAnswer)>,
}

/// An answer that can be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown<T> {
    /// What is shown.
    pub answer: T,
    /// Whether it is about a result before: the answer about this one is being worked out.
    pub is_old: bool,
}

#[derive(Clone, Debug)]
struct Asked {
    question: AnyQuestion,
    answer: Remote<AnyAnswer>,
}

impl Answers {
    /// A result without questions.
    pub fn about(result: ResultId) -> Self {
        Self {
            result: Some(result),
            ..Self::default()
        }
    }

    /// Nothing is asked of this result yet. What was known of the one before can be shown as old until the same is known of it.
    pub fn followed_by(&self, result: ResultId) -> Self {
        let mut before = self.before.clone();
        for (kind, asked) in &self.asked {
            if let Some(answer) = asked.answer.clone().ready() {
                before.insert(*kind, (asked.question.clone(), answer));
            }
        }
        Self {
            result: Some(result),
            asked: BTreeMap::new(),
            before,
        }
    }

    /// The result on the screen.
    pub fn result(&self) -> Option<ResultId> {
        self.result
    }

    /// The request for an answer; `None` without a result, and if the answer is known or in progress.
    pub fn ask(&mut self, question: AnyQuestion) -> Option<Request> {
        let (result, kind) = (self.result?, question.kind());
        let before = self.asked.get(&kind);
        let is_known = before.is_some_and(|it| it.question == question && !it.answer.is_lost());
        if is_known {
            return None;
        }
        // Asked in another way about the same, the last answer stays in sight until this one is there.
        if let Some(last) = before.filter(|it| it.question.is_about(&question))
            && let Some(answer) = last.answer.clone().ready()
        {
            self.before.insert(kind, (last.question.clone(), answer));
        }
        let answer = Remote::asked(kind.stage());
        let asked = Asked {
            question: question.clone(),
            answer,
        };
        self.asked.insert(kind, asked);
        Some(Request::Ask { result, question })
    }

    /// Requests for the lost answer of a kind; for evidence, requests for all lost evidence, since it is lost together.
    pub fn ask_again(&mut self, kind: QuestionKind) -> Vec<Request> {
        let evidence = evidence().map(|question| question.kind());
        let with_it = |other: QuestionKind| {
            other == kind || evidence.contains(&kind) && evidence.contains(&other)
        };
        let lost = self.asked.iter();
        let lost = lost.filter(|(other, it)| with_it(**other) && it.answer.is_lost());
        let questions: Vec<AnyQuestion> = lost.map(|(_, it)| it.question.clone()).collect();
        questions
            .into_iter()
            .filter_map(|it| self.ask(it))
            .collect()
    }

    /// Updates the progress of a request.
    pub fn progress(&mut self, request: &Request, done: f64) {
        if let Some(Remote::Running { fraction, .. }) = self.of(request) {
            *fraction = done;
        }
    }

    /// Sets the answer to a request.
    pub fn answer(&mut self, request: &Request, answer: AnyAnswer) {
        self.end(request, Remote::Ready(answer));
    }

    /// Sets the error of a request.
    pub fn refuse(&mut self, request: &Request, error: EngineError) {
        self.end(request, Remote::refused(error));
    }

    /// Marks a request as lost with the engine.
    pub fn lose(&mut self, request: &Request) {
        self.end(request, Remote::Failed(Failure::Stopped));
    }

    /// Marks everything in progress as cancelled by the user.
    pub fn cancel(&mut self) {
        for asked in self.asked.values_mut() {
            if asked.answer.is_running() {
                asked.answer = Remote::Failed(Failure::Cancelled);
            }
        }
    }

    fn end(&mut self, request: &Request, end: Remote<AnyAnswer>) {
        if let Some(answer) = self.of(request) {
            *answer = end;
        }
    }

    /// The state of a request's answer, while in progress.
    fn of(&mut self, request: &Request) -> Option<&mut Remote<AnyAnswer>> {
        let Request::Ask { result, question } = request else {
            return None;
        };
        let asked = self.asked.get_mut(&question.kind())?;
        let is_it = self.result == Some(*result) && asked.question == *question;
        (is_it && asked.answer.is_running()).then_some(&mut asked.answer)
    }

    /// The answer to a question, if it is the last of its kind.
    pub fn to<Q: Listed>(&self, question: &Q) -> Remote<Arc<Q::Answer>> {
        let asked = self.asked.get(&Q::KIND);
        let is_last = asked.is_some_and(|it| it.question == question.clone().into_any());
        if is_last {
            self.last::<Q>()
        } else {
            Remote::Idle
        }
    }

    /// The answer to the last question of a kind.
    pub fn last<Q: Listed>(&self) -> Remote<Arc<Q::Answer>> {
        let asked = self.asked.get(&Q::KIND);
        let answer = asked.map_or(Remote::Idle, |it| it.answer.clone());
        answer.filter_map(|answer| Q::answer_in(&answer).cloned())
    }

    /// The answer to the last question of a kind, or the one about a result before while this one is on its way.
    pub fn shown<Q: Listed>(&self) -> Option<Shown<Arc<Q::Answer>>> {
        let is_old = match self.last::<Q>() {
            Remote::Ready(answer) => {
                return Some(Shown {
                    answer,
                    is_old: false,
                });
            }
            Remote::Idle | Remote::Running { .. } => true,
            Remote::Failed(_) | Remote::NotPossible(_) => return None,
        };
        let (question, answer) = self.before.get(&Q::KIND)?;
        // The same was asked, where something in particular was.
        let is_same = self
            .asked
            .get(&Q::KIND)
            .is_none_or(|it| it.question.is_about(question));
        let answer = Q::answer_in(answer).filter(|_| is_same).cloned()?;
        Some(Shown { answer, is_old })
    }

    /// The state of the last question of a kind.
    pub fn state_of(&self, kind: QuestionKind) -> Remote<()> {
        let asked = self.asked.get(&kind);
        asked.map_or(Remote::Idle, |it| it.answer.clone().map(|_| ()))
    }

    /// Whether the same questions are asked and the same answers known, apart from progress.
    pub fn is_like(&self, other: &Self) -> bool {
        let is_like = |(a, b): (&Asked, &Asked)| {
            let states = match (&a.answer, &b.answer) {
                (Remote::Ready(a), Remote::Ready(b)) => a.is_same(b),
                (Remote::Running { .. }, Remote::Running { .. }) => true,
                (a, b) => a == b,
            };
            a.question == b.question && states
        };
        self.result == other.result
            && self.asked.len() == other.asked.len()
            && self.asked.values().zip(other.asked.values()).all(is_like)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::demo::DemoFile;
    use crate::engine::Engine;
    use crate::questions::{AskCard, AskWhatIf};
    use crate::result::{NotPossible, Settings, Stage};
    use crate::table::ReadOptions;
    use crate::worker::{Outcome, carry_out};

    const RESULT: ResultId = ResultId(3);

    /// An engine with a result.
    fn engine() -> Engine {
        let mut engine = Engine::default();
        let import = Request::ImportDemo {
            demo: DemoFile::MallVisitors,
            options: ReadOptions::default(),
        };
        let settings = Settings {
            n_clusters: Some(5),
            ..Settings::default()
        };
        let fit = Request::Fit {
            id: RESULT,
            settings,
        };
        for request in [import, fit] {
            carry_out(&mut engine, request, None, &mut |_, _| ()).unwrap();
        }
        engine
    }

    fn answer(engine: &mut Engine, request: &Request) -> AnyAnswer {
        loop {
            match carry_out(engine, request.clone(), None, &mut |_, _| ()).unwrap() {
                Outcome::Answered(answer) => return answer,
                outcome => assert_eq!(outcome, Outcome::Unfinished),
            }
        }
    }

    fn ask(answers: &mut Answers, question: impl Listed) -> Request {
        answers.ask(question.into_any()).unwrap()
    }

    fn running(fraction: f64) -> Remote<()> {
        let stage = Stage::Judging;
        Remote::Running { stage, fraction }
    }

    #[test]
    fn a_question_goes_from_waiting_to_its_answer() {
        let mut answers = Answers::default();
        let kind = QuestionKind::Reality;
        assert!(answers.ask(AskReality.into_any()).is_none(), "of what?");
        answers = Answers::about(RESULT);
        assert_eq!(answers.to(&AskReality), Remote::Idle);
        let request = ask(&mut answers, AskReality);
        assert_eq!(answers.state_of(kind), running(0.0));
        assert!(answers.ask(AskReality.into_any()).is_none(), "it is asked");
        let before = answers.clone();
        answers.progress(&request, 0.5);
        assert_eq!(answers.state_of(kind), running(0.5));
        assert!(answers.is_like(&before));
        answers.answer(&request, answer(&mut engine(), &request));
        assert!(!answers.is_like(&before) && answers.is_like(&answers.clone()));
        let reality = answers.to(&AskReality).ready().unwrap();
        assert!(reality.silhouette.is_some());
        assert!(answers.ask(AskReality.into_any()).is_none(), "it is known");
        // Late replies change nothing.
        answers.progress(&request, 0.1);
        answers.lose(&request);
        answers.cancel();
        assert!(answers.to(&AskReality).ready().is_some());
    }

    #[test]
    fn what_was_known_of_the_result_before_is_shown_as_old_until_the_new_is_known() {
        let mut engine = engine();
        let mut answers = Answers::about(RESULT);
        assert_eq!(answers.shown::<AskReality>(), None);
        let request = ask(&mut answers, AskReality);
        assert_eq!(answers.shown::<AskReality>(), None);
        answers.answer(&request, answer(&mut engine, &request));
        let known = answers.shown::<AskReality>().unwrap();
        assert!(!known.is_old);
        let card = ask(&mut answers, AskCard::of(1));
        answers.answer(&card, answer(&mut engine, &card));
        // Twice another result, of which nothing is known in between.
        let next = RESULT.next();
        let mut answers = answers.followed_by(next).followed_by(next.next());
        assert!(answers.shown::<AskReality>().unwrap().is_old);
        let request = ask(&mut answers, AskReality);
        let shown = answers.shown::<AskReality>().unwrap();
        assert!(shown.is_old && shown.answer == known.answer);
        assert!(answers.last::<AskReality>().is_running());
        // The card of another customer is no old card of this one; asked about with other columns it is.
        assert!(answers.shown::<AskCard>().unwrap().is_old);
        let given = [("Age".to_owned(), false)].into();
        ask(&mut answers, AskCard { row: 1, given });
        assert!(answers.shown::<AskCard>().unwrap().is_old);
        ask(&mut answers, AskCard::of(2));
        assert_eq!(answers.shown::<AskCard>(), None);
        // What cannot be known is not shown as known before.
        answers.lose(&request);
        assert_eq!(answers.shown::<AskReality>(), None);
    }

    #[test]
    fn a_question_can_be_cancelled_in_each_state_and_asked_again() {
        let mut engine = engine();
        let kind = QuestionKind::Reality;
        let lost = Remote::Failed(Failure::Cancelled);
        // Before it was asked.
        let mut answers = Answers::about(RESULT);
        answers.cancel();
        assert_eq!(answers.state_of(kind), Remote::Idle);
        assert_eq!(answers.ask_again(kind), []);
        // While it waits, and while it is in progress.
        for progress in [None, Some(0.4)] {
            let mut answers = Answers::about(RESULT);
            let request = ask(&mut answers, AskReality);
            if let Some(done) = progress {
                answers.progress(&request, done);
            }
            answers.cancel();
            assert_eq!(answers.state_of(kind), lost);
            // A reply that arrives after cancelling does not count.
            answers.answer(&request, answer(&mut engine, &request));
            assert_eq!(answers.state_of(kind), lost);
            assert_eq!(answers.ask_again(kind), std::slice::from_ref(&request));
            assert_eq!(answers.state_of(kind), running(0.0));
            assert_eq!(answers.ask_again(kind), [], "once");
            answers.answer(&request, answer(&mut engine, &request));
            assert!(answers.to(&AskReality).ready().is_some());
        }
        // After a failure, and without a possible answer.
        let mut answers = Answers::about(RESULT);
        let request = ask(&mut answers, AskReality);
        let error = EngineError::ResultGone { result: RESULT };
        answers.refuse(&request, error.clone());
        answers.cancel();
        let refused = Remote::Failed(Failure::Refused(error));
        assert_eq!(answers.state_of(kind), refused);
        assert_eq!(answers.ask_again(kind), [request]);
        let mut answers = Answers::about(RESULT);
        let request = ask(&mut answers, AskNoiseFloor);
        let reason = NotPossible::TooManyCustomers {
            n_samples: 2,
            max: 1,
        };
        answers.refuse(&request, reason.clone().into());
        answers.cancel();
        let kind = QuestionKind::NoiseFloor;
        assert_eq!(answers.state_of(kind), Remote::NotPossible(reason));
        assert_eq!(answers.ask_again(kind), [], "it would not help");
    }

    #[test]
    fn evidence_that_was_lost_together_comes_back_together() {
        let mut answers = Answers::about(RESULT);
        let mut evidence = self::evidence().map(|question| answers.ask(question).unwrap());
        // Sorted by kind, whatever the order of asking.
        evidence.sort_by_key(|request| match request {
            Request::Ask { question, .. } => question.kind(),
            _ => panic!("{request:?}"),
        });
        let what_if = ask(&mut answers, AskWhatIf);
        answers.cancel();
        assert_eq!(answers.ask_again(QuestionKind::WhatIf), [what_if]);
        assert_eq!(answers.ask_again(QuestionKind::Explanation), evidence);
        // A worker that crashed during one of them leaves the other.
        let reality = Request::Ask {
            result: RESULT,
            question: AskReality.into_any(),
        };
        answers.lose(&reality);
        let lost = Remote::Failed(Failure::Stopped);
        assert_eq!(answers.state_of(QuestionKind::Reality), lost);
        assert!(answers.state_of(QuestionKind::Sweep).is_running());
    }

    #[test]
    fn replies_about_another_result_or_another_customer_are_dropped() {
        let mut engine = engine();
        let mut answers = Answers::about(RESULT);
        let [first, second] = [1, 2].map(|row| ask(&mut answers, AskCard::of(row)));
        answers.answer(&first, answer(&mut engine, &first));
        assert!(answers.to(&AskCard::of(1)).ready().is_none());
        assert!(answers.last::<AskCard>().is_running());
        answers.answer(&second, answer(&mut engine, &second));
        let card = answers.to(&AskCard::of(2)).ready().unwrap();
        assert_eq!(card.row, 2);
        let old = ask(&mut answers, AskReality);
        let mut answers = Answers::about(RESULT.next());
        answers.answer(&old, answer(&mut engine, &old));
        assert_eq!(answers.to(&AskReality), Remote::Idle);
        let request = ask(&mut answers, AskReality);
        answers.answer(&old, answer(&mut engine, &old));
        answers.lose(&old);
        assert!(answers.to(&AskReality).is_running() && request != old);
    }
}
