//! What is asked of a result, one file each: whether its segments are real, what is chance, why the models disagree, why a customer
//! is where it is, whether a claim holds, what other choices would have found, how other numbers of segments look.
//!
//! A question stands in its file with its answer ([`crate::engine::Question`]), and in the list below.

mod advice;
mod bootstrap;
mod claim;
mod columns;
mod customer_card;
mod explanation;
mod fixed;
mod noise_floor;
mod reality;
mod registry;
mod standing;
mod sweep;
mod trial;
mod what_if;
mod work;

pub use advice::{AdviceReport, Contested, SegmentAdvice, advice};
pub use bootstrap::{Bootstrap, Replicate};
pub use standing::AdviceStanding;
pub use trial::Against;
pub use work::{WorkItem, WorkResult};

use std::sync::Arc;

use registry::registry;

use crate::engine::Question;

/// A question of the list.
pub trait Listed: Question {
    /// Its place in the list.
    const KIND: QuestionKind;

    /// As one of any kind.
    fn into_any(self) -> AnyQuestion;

    /// The answer, where it is one to this kind of question.
    fn answer_in(answer: &AnyAnswer) -> Option<&Arc<Self::Answer>>;
}

// Of those that go on in rounds, the first of the list is gone on with.
registry! {
    /// Every number of segments.
    Sweep(AskSweep) in sweep;
    /// Whether the segments are real.
    Reality(AskReality) in reality;
    /// Why the models disagree.
    Explanation(AskExplanation) in explanation;
    /// Why a customer is where it is.
    CustomerCard(AskCard) in customer_card;
    /// Whether a claim holds.
    Claim(CheckClaim) in claim;
    /// What other choices would have found.
    WhatIf(AskWhatIf) in what_if;
    /// What is chance of the start and of the sample.
    NoiseFloor(AskNoiseFloor) in noise_floor;
}
