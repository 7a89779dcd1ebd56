//! What is asked of a result: a customer, a claim, other choices, what to do.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::advise::{Offer, STANDARD_RULES};
use crate::explain::Claim;
use crate::result::{Filters, Settings};
use crate::ui::state::{AppState, Screen, SelectMode};
use crate::view::View;
use crate::words::segment_names;
use crate::worker::Request;

impl AppState {
    /// The settings of the result on the screen, unless another is being fitted.
    fn settings_shown(&self) -> Option<Settings> {
        if untrack(|| self.is_stale()) {
            return None;
        }
        let comparison = self.comparison.get_untracked()?;
        Some(comparison.settings.clone())
    }

    /// Opens the card of a customer.
    pub(in crate::ui) fn open_card(&self, row: usize) {
        self.open.set(Some(row));
        if let Some(settings) = self.settings_shown() {
            self.ask(Request::Card { settings, row }, None);
        }
    }

    /// Opens the card of a customer that was chosen alone; choosing it again closes the card.
    pub(in crate::ui) fn open_if_alone(&self, row: usize, mode: SelectMode) {
        let is_chosen = self
            .selection
            .with_untracked(|selection| selection.contains(&row));
        match mode {
            SelectMode::Replace if is_chosen => self.open_card(row),
            SelectMode::Replace => self.close_card(),
            SelectMode::Add | SelectMode::Remove => {}
        }
    }

    /// Opens the card of the first mismatched customer.
    pub(in crate::ui) fn open_first_card(&self) {
        let facts = self.facts.get_untracked();
        if let Some(&row) = facts.as_ref().and_then(|facts| facts.mismatched.first()) {
            self.open_card(row);
        }
    }

    /// Goes to the segments, fitting the models where that is not done yet.
    pub(in crate::ui) fn show_segments(&self) {
        self.use_customers();
        self.screen.set(Screen::Segments);
    }

    /// Closes the card.
    pub(in crate::ui) fn close_card(&self) {
        self.open.set(None);
    }

    /// Asks again about a fresh result what was open about the last one.
    pub(super) fn ask_again(&self) {
        let Some(row) = self.open.get_untracked() else {
            return;
        };
        let labels = self.comparison.with_untracked(|comparison| {
            let labels = comparison.as_ref().map(|it| &it.k_means.labels);
            labels.and_then(|labels| labels.get(row).copied())
        });
        match labels {
            Some(label) if label != crate::result::NO_SEGMENT => self.open_card(row),
            _ => self.close_card(),
        }
    }

    /// Moves to the next mismatched customer, or the one before.
    pub(in crate::ui) fn step_card(&self, by: isize) {
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
    pub(in crate::ui) fn check_claim(&self, claim: Claim) {
        if let Some(settings) = self.settings_shown() {
            self.ask(Request::Check { settings, claim }, None);
        }
    }

    /// Tries other choices, unless that is done.
    pub(in crate::ui) fn try_other_choices(&self) {
        let is_known = self
            .evidence
            .with_untracked(|evidence| evidence.what_if.is_some());
        if let Some(settings) = self.settings_shown().filter(|_| !is_known) {
            self.ask(Request::WhatIf { settings }, None);
        }
    }

    /// Reads rules of what to advise; the standard ones where there are no others.
    pub(in crate::ui) fn read_rules(&self, text: Option<String>) {
        self.plans
            .update(|plans| plans.rules_text.clone_from(&text));
        let text = text.unwrap_or_else(|| STANDARD_RULES.to_owned());
        self.ask(Request::ReadRules { text }, None);
    }

    /// Changes the numbers of the offer; those that make no sense are left.
    pub(in crate::ui) fn set_offer(&self, change: impl FnOnce(&mut Offer)) {
        self.plans.update(|plans| {
            let mut offer = plans.offer;
            change(&mut offer);
            if offer.is_sound() {
                plans.offer = offer;
            }
        });
    }

    /// Proposes a name for every segment.
    pub(super) fn propose_names(&self) {
        let (dataset, comparison) = (
            self.dataset.get_untracked(),
            self.comparison.get_untracked(),
        );
        let Some((dataset, comparison)) = dataset.zip(comparison) else {
            return;
        };
        let view = View {
            dataset: &dataset,
            comparison: &comparison,
            filters: &Filters::new(),
        };
        // A segment that the first model does not have is named by the first that has it.
        let mut proposed = BTreeMap::new();
        for model in comparison.models() {
            for (segment, name) in segment_names(&view.named_profiles(model)) {
                proposed.entry(segment).or_insert(name);
            }
        }
        self.plans.update(|plans| plans.proposed = proposed);
    }

    /// Gives a segment a name; an empty one takes it away.
    pub(in crate::ui) fn rename(&self, segment: u32, name: &str) {
        self.plans.update(|plans| {
            let name = name.trim();
            if name.is_empty() {
                plans.names.remove(&segment);
            } else {
                plans.names.insert(segment, name.to_owned());
            }
        });
    }
}
