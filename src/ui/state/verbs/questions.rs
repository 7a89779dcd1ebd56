//! What is asked of a result: a customer, a claim, other choices, what to do.

use leptos::prelude::*;

use crate::advise::{Rule, STANDARD_RULES};
use crate::explain::Claim;
use crate::features::in_usual_order;
use crate::questions::{AskCard, AskShapes, AskWhatIf, CheckClaim, Listed};
use crate::result::ColumnData;
use crate::session::Decision;
use crate::ui::state::sources::{RulesAsked, RulesText};
use crate::ui::state::{AppState, SelectMode, Shared};
use crate::worker::Request;

impl AppState {
    /// Opens the card of a customer.
    pub(in crate::ui) fn open_card(self, row: usize) {
        self.look(|look| look.card = Some(row as u32));
        // The plots name the customer of the card, and not another one that a key pointed at.
        if self.hover.get_untracked() != Some(row) {
            self.point_at(None);
        }
        let given = self.now().given.clone();
        self.ask_now(AskCard { row, given });
    }

    /// Opens the card of a customer that was chosen alone; choosing it again closes the card.
    pub(in crate::ui) fn open_if_alone(self, row: usize, mode: SelectMode) {
        let is_chosen = self
            .selection
            .with_untracked(|selection| selection.contains(row));
        match mode {
            SelectMode::Replace if is_chosen => self.open_card(row),
            SelectMode::Replace => self.close_card(),
            SelectMode::Add | SelectMode::Remove => {}
        }
    }

    /// Opens the card of the first mismatched customer.
    pub(in crate::ui) fn open_first_card(self) {
        let facts = self.facts.get_untracked();
        if let Some(&row) = facts.as_ref().and_then(|facts| facts.mismatched.first()) {
            self.open_card(row);
        }
    }

    /// Closes the card.
    pub(in crate::ui) fn close_card(self) {
        self.look(|look| look.card = None);
    }

    /// Asks about a fresh result what was asked about the last one.
    pub(super) fn ask_again(self) {
        if let Some(row) = self.open.get_untracked() {
            let comparison = self.comparison.get_untracked();
            if comparison.is_some_and(|comparison| comparison.is_in(row)) {
                self.open_card(row);
            } else {
                self.close_card();
            }
        }
        if let Some(claim) = self.now().view.look.claim.clone() {
            self.check_claim(claim);
        }
    }

    /// Moves to the next mismatched customer, or the one before.
    pub(in crate::ui) fn step_card(self, by: isize) {
        let facts = self.facts.get_untracked();
        let (Some(facts), Some(open)) = (facts, self.open.get_untracked()) else {
            return;
        };
        let list = &facts.mismatched;
        let at = list.partition_point(|&row| row < open);
        let is_in = list.get(at) == Some(&open);
        let next = match (by > 0, is_in) {
            (true, true) => at.checked_add(1),
            (true, false) => Some(at),
            (false, _) => at.checked_sub(1),
        };
        if let Some(&row) = next.and_then(|at| list.get(at)) {
            self.open_card(row);
        }
    }

    /// Holds a claim against the customers.
    pub(in crate::ui) fn check_claim(self, claim: Claim) {
        self.look(|look| look.claim = Some(claim.clone()));
        self.ask_now(CheckClaim(claim));
    }

    /// Tries other choices, unless that is done.
    pub(in crate::ui) fn try_other_choices(self) {
        self.ask_now(AskWhatIf);
    }

    /// Compares the shapes of the mixture.
    pub(in crate::ui) fn compare_shapes(self) {
        self.ask_now(AskShapes);
    }

    /// Asks something of the result on the screen, unless another is being fitted: it is asked of that one then.
    fn ask_now(self, question: impl Listed) {
        if !untrack(|| self.is_stale()) {
            self.ask_question(question.into_any());
        }
    }

    /// Decides on rules of what to advise, if they can be read; `None` for the standard ones.
    pub(in crate::ui) fn use_rules(self, text: Option<String>) {
        let text = text.filter(|text| text != STANDARD_RULES);
        self.ask_for_rules(text, true);
    }

    /// Reads the rules that are decided on, unless that is done.
    pub(in crate::ui) fn read_rules(self) {
        if self
            .sources
            .with_value(|sources| sources.rules_of.is_none())
        {
            self.ask_for_rules(self.now().rules.clone(), false);
        }
    }

    /// Reads the rules that are decided on, where others were read before.
    pub(super) fn read_rules_again(self) {
        let text = RulesText(self.now().rules.clone());
        let last = self.sources.with_value(|sources| {
            let asked = sources.rules_asked.as_ref().map(|asked| asked.text.clone());
            asked.or_else(|| sources.rules_of.clone())
        });
        if last.is_some_and(|last| last != text) {
            self.ask_for_rules(text.0, false);
        }
    }

    fn ask_for_rules(self, text: Option<String>, is_decision: bool) {
        let asked = RulesAsked {
            text: RulesText(text.clone()),
            is_decision,
        };
        let text = text.unwrap_or_else(|| STANDARD_RULES.to_owned());
        self.sources
            .update_value(|sources| sources.rules_asked = Some(asked));
        self.ask(Request::ReadRules { text }, None);
    }

    /// The reading of these rules has ended: returns what they were asked for, unless others are being read by now.
    pub(super) fn forget_rules(self, text: &str) -> Option<RulesAsked> {
        let is_it = |asked: &mut RulesAsked| {
            let asked = asked.text.0.as_deref();
            asked.unwrap_or(STANDARD_RULES) == text
        };
        let asked = self
            .sources
            .try_update_value(|sources| sources.rules_asked.take_if(is_it));
        asked.flatten()
    }

    /// Advises by rules that were read.
    pub(super) fn show_rules(self, text: &str, rules: Vec<Rule>) {
        let Some(RulesAsked { text, is_decision }) = self.forget_rules(text) else {
            return;
        };
        let before = self.sources.try_update_value(|sources| {
            let now = Some(text.clone());
            std::mem::replace(&mut sources.rules_of, now)
        });
        if is_decision && !self.decide(Decision::SetRules(text.0)) {
            self.sources
                .update_value(|it| it.rules_of = before.flatten());
            return;
        }
        self.signals.rules.set(Some(Shared::new(rules)));
    }

    /// The values of a category from low to high, as far as their words tell.
    pub(in crate::ui) fn suggested_order(self, column: &str) -> Vec<String> {
        let dataset = self.dataset.get_untracked();
        let info = dataset.as_ref().and_then(|dataset| dataset.column(column));
        match info.map(|info| &info.data) {
            Some(ColumnData::Codes { names, .. }) => in_usual_order(names.clone()),
            _ => Vec::new(),
        }
    }
}
