//! What is known of the result on the screen beyond the result itself.

use leptos::prelude::*;

use super::known::Known;
use super::{AppState, Shared};
use crate::explain::Checked;
use crate::quality::Reality;
use crate::questions::{
    AnyQuestion, AskCard, AskExplanation, AskNoiseFloor, AskReality, AskWhatIf, CheckClaim,
    CustomerCard, Explanation, NoiseFloor, QuestionKind, WhatIf,
};
use crate::result::Remote;
use crate::worker::evidence;

impl AppState {
    /// Whether the segments are real, once that is known.
    pub(in crate::ui) fn reality(self) -> Option<Shared<Reality>> {
        self.known.with(Known::answer::<AskReality>)
    }

    /// What sets the mismatched apart, once that is known.
    pub(in crate::ui) fn explanation(self) -> Option<Shared<Explanation>> {
        self.known.with(Known::answer::<AskExplanation>)
    }

    /// How often customers keep their segment, once that is known.
    pub(in crate::ui) fn noise(self) -> Option<Shared<NoiseFloor>> {
        self.known.with(Known::answer::<AskNoiseFloor>)
    }

    /// The card of the customer that is open, once it is known.
    pub(in crate::ui) fn card(self) -> Option<Shared<CustomerCard>> {
        let row = self.open.get()?;
        let card = self
            .known
            .with(|known| known.0.to(&AskCard { row }).ready());
        card.map(Shared::from)
    }

    /// The claim that was checked last, with its finding.
    pub(in crate::ui) fn claim(self) -> Option<Shared<Checked>> {
        self.known.with(Known::answer::<CheckClaim>)
    }

    /// What other choices would have found, once that is known.
    pub(in crate::ui) fn what_if(self) -> Option<Shared<WhatIf>> {
        self.known.with(Known::answer::<AskWhatIf>)
    }

    /// How far the last question of a kind is.
    pub(in crate::ui) fn asked(self, kind: QuestionKind) -> Remote<()> {
        self.known.with(|known| known.0.state_of(kind))
    }

    /// Asks for what is shown of every result.
    pub(super) fn ask_for_evidence(self) {
        for question in evidence() {
            self.ask_question(question);
        }
    }

    /// Asks again for what was lost of a kind.
    pub(in crate::ui) fn ask_once_more(self, kind: QuestionKind) {
        let requests = self
            .signals
            .answers
            .try_update(|answers| answers.ask_again(kind));
        for request in requests.unwrap_or_default() {
            self.ask_beside(request, None);
        }
    }

    /// Asks something of the result on the screen, unless that is known or on its way.
    pub(super) fn ask_question(self, question: AnyQuestion) {
        let request = self
            .signals
            .answers
            .try_update(|answers| answers.ask(question));
        if let Some(request) = request.flatten() {
            self.ask_beside(request, None);
        }
    }
}
