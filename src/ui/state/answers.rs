//! What is known of the result on the screen beyond the result itself.

use leptos::prelude::*;

use super::known::Known;
use super::{AppState, Shared};
use crate::explain::Checked;
use crate::quality::Reality;
use crate::questions::{
    AnyQuestion, AskCard, AskExplanation, AskNoiseFloor, AskReality, AskShapes, AskSweep, AskTree,
    AskWhatIf, CheckClaim, CustomerCard, Explanation, NoiseFloor, QuestionKind, Shapes,
    TreeEvidence, WhatIf,
};
use crate::result::Remote;
use crate::worker::{Shown, evidence};

impl AppState {
    /// Whether the segments are real, or were in the result before until that is known.
    pub(in crate::ui) fn reality(self) -> Option<Shown<Shared<Reality>>> {
        self.known.with(Known::shown::<AskReality>)
    }

    /// What sets the mismatched apart, or did in the result before until that is known.
    pub(in crate::ui) fn explanation_shown(self) -> Option<Shown<Shared<Explanation>>> {
        self.known.with(Known::shown::<AskExplanation>)
    }

    /// How often customers keep their segment, or did in the result before until that is known.
    pub(in crate::ui) fn noise_shown(self) -> Option<Shown<Shared<NoiseFloor>>> {
        self.known.with(Known::shown::<AskNoiseFloor>)
    }

    /// What of the tree hangs on chance, or did in the result before until that is known.
    pub(in crate::ui) fn tree_shown(self) -> Option<Shown<Shared<TreeEvidence>>> {
        self.known.with(Known::shown::<AskTree>)
    }

    /// The card of the customer that is open, or that of the result before until it is known.
    pub(in crate::ui) fn card(self) -> Option<Shown<Shared<CustomerCard>>> {
        let row = self.open.get()?;
        let shown = self.known.with(Known::shown::<AskCard>);
        shown.filter(|shown| shown.answer.row == row)
    }

    /// Whether the silhouettes on the screen are those of a result before.
    pub(in crate::ui) fn is_sweep_old(self) -> bool {
        let shown = self.known.with(Known::shown::<AskSweep>);
        shown.is_some_and(|shown| shown.is_old)
    }

    /// The claim that was checked last, with its finding.
    pub(in crate::ui) fn claim(self) -> Option<Shared<Checked>> {
        self.known.with(Known::answer::<CheckClaim>)
    }

    /// What other choices would have found, once that is known.
    pub(in crate::ui) fn what_if(self) -> Option<Shared<WhatIf>> {
        self.known.with(Known::answer::<AskWhatIf>)
    }

    /// What other choices would have found, or did in the result before until that is known.
    pub(in crate::ui) fn what_if_shown(self) -> Option<Shared<WhatIf>> {
        let shown = self.known.with(Known::shown::<AskWhatIf>);
        shown.map(|shown| shown.answer)
    }

    /// Which shape of the mixture describes the customers best, once that is known.
    pub(in crate::ui) fn shapes(self) -> Option<Shared<Shapes>> {
        self.known.with(Known::answer::<AskShapes>)
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
