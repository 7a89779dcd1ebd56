//! The evidence requested for a report, and its results.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::advise::{Offer, Rule, STANDARD_RULES, read_rules};
use crate::cluster::ModelKey;
use crate::engine::{Engine, Loaded, Question};
use crate::numeric::set_of;
use crate::quality::Reality;
use crate::questions::{
    AdviceReport, AskCard, AskExplanation, AskNoiseFloor, AskReality, AskTree, AskWhatIf,
    CustomerCard, Explanation, NoiseFloor, TreeEvidence, WhatIf, advice,
};
use crate::result::{Comparison, Dataset, EngineError, Filters, NotPossible, Progress, ResultId};
use crate::session::Session;
use crate::view::{Profile, View, each_once};

/// The largest number of customers with a card.
const MOST_CARDS: usize = 10;

/// Turns a list of `Name "name";` into the kinds of evidence.
macro_rules! evidence {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {
        /// A kind of evidence, requested in addition to the comparison; its key in a report is its name with `_` for `-`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Evidence { $($(#[$doc])* $name,)* }

        impl Evidence {
            /// All kinds, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

evidence! {
    /// Whether the segments of the first model are real.
    Reality "reality";
    /// What is chance of the start or of the sample.
    NoiseFloor "noise-floor";
    /// What distinguishes the mismatched customers.
    Explanation "explanation";
    /// The segments of each model compared with everyone.
    Profiles "profiles";
    /// What other settings would find.
    WhatIf "what-if";
    /// Advice on the segments.
    Advice "advice";
    /// Why each of the first mismatched customers is in its segments.
    Cards "cards";
    /// The splits of the tree against chance, and whom equal distances place.
    Tree "tree";
}

/// The evidence requested. Advice includes the verdict, which decides whether advice may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceSet(BTreeSet<Evidence>);

/// A name that is not one of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEvidence {
    /// The name.
    pub name: String,
}

impl EvidenceSet {
    /// All evidence.
    pub fn all() -> Self {
        Evidence::ALL.iter().copied().collect()
    }

    /// No evidence: the comparison alone.
    pub fn none() -> Self {
        Self(BTreeSet::new())
    }

    /// Whether a kind is requested.
    pub fn contains(&self, evidence: Evidence) -> bool {
        self.0.contains(&evidence)
    }

    /// The kinds requested, in the order of [`Evidence::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Evidence> {
        self.0.iter().copied()
    }
}

impl FromIterator<Evidence> for EvidenceSet {
    fn from_iter<I: IntoIterator<Item = Evidence>>(evidence: I) -> Self {
        let mut asked = set_of(evidence);
        if asked.contains(&Evidence::Advice) {
            asked.insert(Evidence::Reality);
        }
        Self(asked)
    }
}

/// `all`, `none`, or names separated by commas.
impl FromStr for EvidenceSet {
    type Err = UnknownEvidence;

    fn from_str(text: &str) -> Result<Self, UnknownEvidence> {
        let named = |name: &str| {
            let mut all = Evidence::ALL.iter().copied();
            let found = all.find(|evidence| evidence.name() == name);
            found.ok_or_else(|| UnknownEvidence { name: name.into() })
        };
        match text {
            "all" => Ok(Self::all()),
            "none" => Ok(Self::none()),
            list => list.split(',').map(str::trim).map(named).collect(),
        }
    }
}

/// The evidence requested, and what of it is not possible.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EvidenceReport {
    /// In the order of [`Evidence::ALL`].
    pub asked: Vec<Evidence>,
    /// Evidence that these data do not allow, with the reason.
    pub not_possible: BTreeMap<Evidence, NotPossible>,
}

/// What to compute, checked before anything is fitted.
#[derive(Debug)]
pub(super) struct Plan {
    asked: EvidenceSet,
    /// The rules of advice; none if no advice is requested.
    rules: Vec<Rule>,
    offer: Offer,
    /// Columns marked as given or not, for the smallest changes.
    given: BTreeMap<String, bool>,
}

impl Plan {
    pub(super) fn of(session: &Session, asked: &EvidenceSet) -> Result<Self, EngineError> {
        Ok(Self {
            asked: asked.clone(),
            rules: if asked.contains(Evidence::Advice) {
                read_rules(session.rules.as_deref().unwrap_or(STANDARD_RULES))?
            } else {
                Vec::new()
            },
            offer: session.offer,
            given: session.given.clone(),
        })
    }

    /// What the rules say about the segments, each from the first model that has it.
    fn advice(
        &self,
        profiles: &[ProfilesOfModel],
        noise: Option<u32>,
        reality: &Reality,
    ) -> AdviceReport {
        let profiles = profiles.iter().map(|(_, profiles)| profiles.as_slice());
        let profiles = each_once(&profiles.collect::<Vec<_>>(), noise);
        AdviceReport {
            is_behind_verdict: !reality.level.is_beyond_chance(),
            offer: self.offer,
            segments: advice(&profiles, &self.rules, &self.offer),
        }
    }
}

/// The segments of a model.
pub(super) type ProfilesOfModel = (ModelKey, Vec<Profile>);

/// The evidence; `None` where it was not requested or is not possible.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) evidence: EvidenceReport,
    pub(super) reality: Option<Reality>,
    pub(super) noise_floor: Option<NoiseFloor>,
    pub(super) explanation: Option<Explanation>,
    pub(super) profiles: Option<Vec<ProfilesOfModel>>,
    pub(super) what_if: Option<WhatIf>,
    pub(super) advice: Option<AdviceReport>,
    pub(super) cards: Option<Vec<CustomerCard>>,
    pub(super) tree: Option<TreeEvidence>,
}

impl Findings {
    /// Computes the requested evidence for the last comparison.
    pub(super) fn of(
        engine: &mut Engine,
        comparison: &Comparison,
        plan: &Plan,
        progress: &mut Progress,
    ) -> Result<Self, EngineError> {
        let asked = &plan.asked;
        let mut asking = Asking {
            engine,
            asked,
            not_possible: BTreeMap::new(),
        };
        let noise_floor = asking.ask(Evidence::NoiseFloor, &AskNoiseFloor, progress)?;
        let reality = asking.ask(Evidence::Reality, &AskReality, progress)?;
        let explanation = asking.ask(Evidence::Explanation, &AskExplanation, progress)?;
        let what_if = asking.ask(Evidence::WhatIf, &AskWhatIf, progress)?;
        let [wants_profiles, wants_advice] =
            [Evidence::Profiles, Evidence::Advice].map(|evidence| asked.contains(evidence));
        let profiles = if wants_profiles || wants_advice {
            profiles(asking.engine.loaded()?, comparison)
        } else {
            Vec::new()
        };
        let reality_fails = asking.not_possible.get(&Evidence::Reality).cloned();
        if let (true, Some(reason)) = (wants_advice, reality_fails) {
            asking.not_possible.insert(Evidence::Advice, reason);
        }
        let advice = reality.as_ref().filter(|_| wants_advice);
        let advice = advice.map(|reality| plan.advice(&profiles, comparison.noise, reality));
        let cards = asking.cards(comparison, &plan.given, progress)?;
        let tree = asking.ask(Evidence::Tree, &AskTree, progress)?;
        Ok(Self {
            evidence: EvidenceReport {
                asked: asked.iter().collect(),
                not_possible: asking.not_possible,
            },
            reality,
            noise_floor,
            explanation,
            profiles: wants_profiles.then_some(profiles),
            what_if,
            advice,
            cards,
            tree,
        })
    }
}

struct Asking<'a> {
    engine: &'a mut Engine,
    asked: &'a EvidenceSet,
    not_possible: BTreeMap<Evidence, NotPossible>,
}

impl Asking<'_> {
    /// The answer to a question, if it is requested and possible.
    fn ask<Q: Question>(
        &mut self,
        evidence: Evidence,
        question: &Q,
        progress: &mut Progress,
    ) -> Result<Option<Q::Answer>, EngineError> {
        if !self.asked.contains(evidence) {
            return Ok(None);
        }
        match self.engine.ask(ResultId::default(), question, progress) {
            Ok(answer) => Ok(Some(answer)),
            Err(EngineError::NotPossible(reason)) => {
                self.not_possible.insert(evidence, reason);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Cards of the first mismatched customers.
    fn cards(
        &mut self,
        comparison: &Comparison,
        given: &BTreeMap<String, bool>,
        progress: &mut Progress,
    ) -> Result<Option<Vec<CustomerCard>>, EngineError> {
        if !self.asked.contains(Evidence::Cards) {
            return Ok(None);
        }
        let rows = 0..comparison.first_labels().len();
        let mismatched = rows.filter(|&row| comparison.is_mismatched(row));
        let mut cards = Vec::new();
        for row in mismatched.take(MOST_CARDS) {
            let given = given.clone();
            cards.extend(self.ask(Evidence::Cards, &AskCard { row, given }, progress)?);
        }
        Ok(Some(cards))
    }
}

/// The segments of each model compared, over all customers.
fn profiles(loaded: &Loaded, comparison: &Comparison) -> Vec<ProfilesOfModel> {
    let Loaded { name, table, .. } = loaded;
    let dataset = Dataset::of(name, 0, &comparison.settings.reading, table);
    let view = View {
        dataset: &dataset,
        comparison,
        filters: &Filters::new(),
    };
    let facts = view.facts(comparison.first_pair());
    let models = comparison.models();
    models
        .map(|model| (model, view.profiles(model, &facts)))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_whatever_their_order_and_unknown_names_are_errors() {
        let read = |text: &str| text.parse::<EvidenceSet>();
        let all: Vec<&str> = Evidence::ALL.iter().map(|it| it.name()).collect();
        assert_eq!(read(&all.join(",")), read("all"));
        assert_eq!(read("none").unwrap().iter().count(), 0);
        let some = read("noise-floor, cards,cards").unwrap();
        let asked: Vec<Evidence> = some.iter().collect();
        assert_eq!(asked, [Evidence::NoiseFloor, Evidence::Cards]);
        for (text, name) in [
            ("verdict", "verdict"),
            ("reality,noise_floor", "noise_floor"),
            ("", ""),
            ("reality,", ""),
            ("all,none", "all"),
        ] {
            let unknown = UnknownEvidence { name: name.into() };
            assert_eq!(read(text), Err(unknown), "{text}");
        }
    }

    #[test]
    fn no_advice_is_asked_for_without_the_verdict() {
        let asked: EvidenceSet = "advice".parse().unwrap();
        assert!(asked.contains(Evidence::Reality) && !asked.contains(Evidence::Profiles));
    }

    #[test]
    fn names_are_the_keys_of_the_report_in_kebab_case() {
        for evidence in Evidence::ALL {
            let key = serde_json::to_value(evidence).unwrap();
            assert_eq!(key.as_str().unwrap().replace('_', "-"), evidence.name());
        }
    }
}
