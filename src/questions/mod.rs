//! Questions about a result, one file each: whether its segments are real, what is chance, why the models disagree, why a customer
//! is in its segments, whether a claim holds, what other settings would find, how other numbers of segments compare.
//!
//! A question has its own file with its answer ([`crate::engine::Question`]), and a line in the list below.

mod advice;
mod attributes;
mod bootstrap;
mod card;
mod claim;
mod columns;
mod customer_card;
mod explanation;
mod fixed;
mod noise_floor;
mod reality;
mod registry;
mod related;
mod selective;
mod shapes;
mod standing;
mod sweep;
mod tree;
mod trial;
mod what_if;
mod work;

pub use advice::{AdviceReport, Contested, SegmentAdvice, advice};
pub use bootstrap::{Bootstrap, Replicate};
pub use card::{Beside, CategoryMove, Change, CustomerCard, Move, Placed};
pub use selective::Selective;
pub use standing::AdviceStanding;
pub use trial::Against;
pub use work::{WorkItem, WorkResult};

use std::sync::Arc;

use registry::registry;

use crate::engine::Question;

/// A question in the list.
pub trait Listed: Question {
    /// Its place in the list.
    const KIND: QuestionKind;

    /// Converts it to a question of any kind.
    fn into_any(self) -> AnyQuestion;

    /// The answer, if it is one to this kind of question.
    fn answer_in(answer: &AnyAnswer) -> Option<&Arc<Self::Answer>>;
}

impl AnyQuestion {
    /// Whether both ask about the same: the same customer, whatever may change of it.
    pub fn is_about(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::CustomerCard(a), Self::CustomerCard(b)) => a.row == b.row,
            _ => self == other,
        }
    }
}

// Unfinished questions are continued in the order of the list.
registry! {
    /// How every number of segments compares.
    Sweep(AskSweep) in sweep;
    /// Whether the segments are real.
    Reality(AskReality) in reality;
    /// Why the models disagree.
    Explanation(AskExplanation) in explanation;
    /// Why a customer is in its segments.
    CustomerCard(AskCard) in customer_card;
    /// Whether a claim holds.
    Claim(CheckClaim) in claim;
    /// What other settings would find.
    WhatIf(AskWhatIf) in what_if;
    /// What of the tree hangs on chance.
    Tree(AskTree) in tree;
    /// Which shape of the mixture describes the customers best.
    Shapes(AskShapes) in shapes;
    /// What is chance of the start or of the sample.
    NoiseFloor(AskNoiseFloor) in noise_floor;
}
