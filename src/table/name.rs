//! The words of a column's name, and which of them decides what the column can be. What it is takes its values, too
//! (`content`).
//!
//! ```text
//! head     the word that decides: the last of the name, without units and numbers behind it; the one before `of`, `de`, `von`;
//!          the first where it is `id`, or stands before a word for persons or papers (`code client`, `numero fattura`)
//! ```
//!
//! One word within a name decides nothing: `orders_mobile` and `clicks_email` count, `orders since signup` do, too.

use super::meaning::words;

mod lists;
mod whose;

use lists::{
    AGE, ARTICLES, BANDS, BIRTH, CODE_ENDS, CODES, DATE, EVENTS, FIRST_AGE, FIRST_CODES, FIRSTS,
    GENDER, GROUPS, KEYS, MAILS, MODELS, MOMENTS, MONTH, NUMBERS, OLD, PAPERS, PARTICLES, PER,
    PERSONS, PHONES, POST, RFM, SCORES, SEGMENTS, SHORT_POST, SINCE, TENURE, TIMES, TOTALS, WEEK,
    YEAR,
};

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// How surely a name is that of keys: the less sure, the more its values must show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyName {
    /// A word for a person or a paper, or the number of anything: the values are all different.
    Weak,
    /// The key of something.
    Sure,
    /// The key of a customer, or of nothing in particular.
    Customer,
}

/// A part of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    Year,
    Month,
    Week,
    /// A day, as a number.
    Date,
    /// A word for a day that is one for anything else, too: `data` alone.
    PerhapsDate,
}

/// What a name says somebody is, which nobody changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Past {
    Age,
    /// Age in parts: `age group`, `Altersklasse`, `tranche d'âge`.
    AgeBand,
    Gender,
    Birth,
    Tenure,
    Event,
    /// A time since something in the past.
    Since,
}

/// A name, and the words in it that can decide.
pub(super) struct Name {
    words: Vec<String>,
    /// The last word that is no unit and no number, or the one before `of`.
    head: usize,
}

impl Name {
    pub(super) fn of(name: &str) -> Option<Self> {
        // What stands in brackets is a unit or a scale.
        let before = name.split(['(', '[']).next().unwrap_or(name);
        let mut words = words(if before.trim().is_empty() {
            name
        } else {
            before
        });
        // `N.º` is a number.
        words.retain(|word| !word.is_empty() && !matches!(word.as_str(), "º" | "ª" | "°"));
        let is_behind =
            |word: &String| is_in(TIMES, word) || word.chars().all(|c| c.is_ascii_digit());
        let last = words.iter().rposition(|word| !is_behind(word));
        let particle = words.iter().position(|word| is_in(PARTICLES, word));
        let before = particle.and_then(|at| at.checked_sub(1));
        let head = before.or(last).or(words.len().checked_sub(1))?;
        Some(Self { words, head })
    }

    fn word(&self, at: Option<usize>) -> &str {
        let word = at.and_then(|at| self.words.get(at));
        word.map_or("", String::as_str)
    }

    fn head(&self) -> &str {
        self.word(Some(self.head))
    }

    fn first(&self) -> &str {
        self.word(Some(0))
    }

    fn has(&self, list: &str) -> bool {
        self.words.iter().any(|word| is_in(list, word))
    }

    fn is_of_something(&self) -> bool {
        is_in(PARTICLES, self.word(Some(self.head + 1)))
    }

    /// What the head is one of: the word behind `of`, or else the one before the head.
    fn of_what(&self) -> &str {
        if self.is_of_something() {
            self.word(Some(self.head + 2))
        } else {
            self.word(self.head.checked_sub(1))
        }
    }

    fn is_second(&self, list: &str) -> bool {
        is_in(list, self.word(Some(1)))
    }

    fn is_second_a_person(&self) -> bool {
        self.is_second(PERSONS)
    }

    fn is_number(&self) -> bool {
        is_in(NUMBERS, self.head())
    }

    /// How surely it is the name of keys, if it is one at all.
    pub(super) fn key(&self) -> Option<KeyName> {
        let (head, first) = (self.head(), self.first());
        let is_person = |word: &str| is_in(PERSONS, word);
        // `customerid`, `Kundennummer`: the part before says of whom.
        let ends = ["id", "nummer", "nr", "number"];
        let compound = ends.iter().find_map(|end| head.strip_suffix(end));
        if is_in(KEYS, head) || is_in(KEYS, first) && (first == "id" || self.is_second_a_person()) {
            let of_what = self.of_what();
            let is_bare = of_what.is_empty() && !is_in(ARTICLES, head);
            let is_customers = is_bare || is_person(of_what);
            return Some(if is_customers || self.has(PERSONS) {
                KeyName::Customer
            } else {
                KeyName::Sure
            });
        }
        let numbered = if self.is_number() {
            Some(self.of_what())
        } else if is_in(NUMBERS, first) {
            Some(self.word(Some(1))).filter(|word| is_person(word) || is_in(PAPERS, word))
        } else {
            None
        };
        // The number of several is a count.
        let is_several = |what: &str| {
            what.ends_with('s') || matches!(what, "kunden" | "clienti" | "klienci" | "klientów")
        };
        // `Codice contratto`: the key of a paper.
        if is_in(KEYS, first) && self.is_second(PAPERS) {
            return Some(KeyName::Sure);
        }
        match (numbered, compound) {
            (Some(what), _) if self.is_of_something() && is_several(what) => None,
            (Some(what), _) if is_person(what) => Some(KeyName::Customer),
            (Some(what), _) if is_in(PAPERS, what) => Some(KeyName::Sure),
            (Some(what), _) => {
                let counts = self.is_of_something() || what.ends_with('s') || is_in(TOTALS, what);
                (!counts).then_some(KeyName::Weak)
            }
            (None, Some(what)) if is_person(what) || is_person(&format!("{what}n")) => {
                Some(KeyName::Customer)
            }
            (None, Some("mitglieds" | "konto")) => Some(KeyName::Customer),
            (None, Some(what))
                if head.ends_with("nummer") || head.ends_with("nr") || is_in(PAPERS, what) =>
            {
                Some(KeyName::Sure)
            }
            _ => {
                let is_bare = self.words.len() == 1 && (is_person(head) || is_in(PAPERS, head));
                (is_bare || self.is_card()).then_some(KeyName::Weak)
            }
        }
    }

    pub(super) fn is_phone(&self) -> bool {
        let head = self.head();
        let is_compound = ["telefon", "handy", "mobil"]
            .iter()
            .any(|word| head.starts_with(word) && head.ends_with("nummer"));
        let is_first = is_in(NUMBERS, self.first()) && self.is_second(PHONES);
        let is_numbered = self.is_number() && is_in(PHONES, self.of_what());
        is_compound || is_in(PHONES, head) || is_first || is_numbered
    }

    pub(super) fn is_mail(&self) -> bool {
        is_in(MAILS, self.head()) || self.has(MAILS) && self.words.len() <= 3
    }

    pub(super) fn is_postcode(&self) -> bool {
        let is_code = is_in(KEYS, self.head()) && is_in(POST, self.of_what());
        let words = (self.first(), self.word(Some(1)));
        let is_postal = matches!(
            words,
            ("postal" | "post", "code")
                | ("kod", "pocztowy")
                | (
                    "code" | "código" | "codigo" | "codice",
                    "postal" | "postale"
                )
        );
        let is_short = self.words.len() == 1 && is_in(SHORT_POST, self.first());
        is_code || is_postal || is_short || is_in(POST, self.head())
    }

    pub(super) fn is_label(&self) -> bool {
        if self.is_of_export() {
            return true;
        }
        let says = |word: &str| {
            let is_compound = ["segment", "cluster"].iter().any(|end| word.ends_with(end));
            is_in(SEGMENTS, word) || is_compound || word.starts_with("clusternu")
        };
        if self.words.len() > 1 && self.has(OLD) {
            let mut words = self.words.clone();
            words.retain(|word| !is_in(OLD, word));
            // `Cluster alt` is as good as `Cluster`.
            return Self::of(&words.join(" ")).is_some_and(|name| name.is_label());
        }
        let head = self.head();
        // `cluster id` and `numéro de segment` number segments; `number of segments` counts them.
        let numbers = (is_in(KEYS, head) || self.is_number()) && !self.of_what().ends_with('s');
        let is_group = is_in(GROUPS, head)
            && (self.words.len() == 1
                || is_in(PERSONS, self.of_what())
                || self.is_second_a_person());
        says(head)
            || numbers && says(self.of_what())
            || says(self.first()) && self.is_second_a_person()
            || is_in(GROUPS, self.first()) && self.is_second_a_person()
            || is_group
            || ["kundengruppe", "zielgruppe"].contains(&head)
    }

    /// Whether it is a column that this program adds to a file: segments, their names and probabilities, and how the models agree.
    pub(super) fn is_of_export(&self) -> bool {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["mismatched" | "keeps"] | ["element", "centric"] => true,
            [model] | [model, "p" | "name"] => is_in(MODELS, model),
            _ => words.starts_with(&["spherical", "kmeans"]),
        }
    }

    /// Whether it names a score of recency, frequency or money.
    pub(super) fn is_score_of_rfm(&self) -> bool {
        let is_letter = self.words.len() == 1 && is_in("r f m", self.first());
        is_letter || self.has(RFM) && self.has(SCORES)
    }

    /// Whether it names all three scores in one.
    pub(super) fn is_rfm(&self) -> bool {
        self.has("rfm")
    }

    /// Whether it names what has a limited set of values.
    pub(super) fn is_code(&self) -> bool {
        let head = self.head();
        let first = self.first();
        let is_headed = is_in(CODES, head)
            || is_in(KEYS, head)
            || is_in(GROUPS, head)
            || is_in(FIRST_CODES, first)
            || is_in(CODES, first) && self.is_second_a_person();
        let is_compound = CODE_ENDS.iter().any(|end| head.ends_with(end));
        let is_numbered = self.is_number() && !self.is_of_something() && {
            let what = self.of_what();
            is_in(CODES, what)
        };
        (is_headed || is_compound || is_numbered) && !self.has(PER)
    }

    /// The part of the calendar that it names.
    pub(super) fn calendar(&self) -> Option<Calendar> {
        let is_of = is_in(PARTICLES, self.word(Some(1)));
        let at = if is_of || is_in(YEAR, self.first()) {
            0
        } else {
            self.words.len().checked_sub(1)?
        };
        let (word, before) = (self.word(Some(at)), self.word(at.checked_sub(1)));
        let is_moment = before.is_empty()
            || [MOMENTS, EVENTS, FIRSTS, BIRTH]
                .iter()
                .any(|list| is_in(list, before));
        if self.has(PER) || self.has(SINCE) && !is_of {
            None
        } else if is_in(YEAR, word) || word.ends_with("jahr") {
            Some(Calendar::Year)
        } else if is_in(MONTH, word) && is_moment
            || word.ends_with("monat") && word != "vormonat" && word != "monat"
        {
            Some(Calendar::Month)
        } else if is_in(WEEK, word) && is_moment {
            Some(Calendar::Week)
        } else if word == "data" {
            (at == 0).then_some(Calendar::PerhapsDate)
        } else if is_in(DATE, word) || word.ends_with("datum") {
            Some(Calendar::Date)
        } else {
            None
        }
    }

    /// Whether a time of the past is meant: `customer since`, `days since signup`.
    fn is_time_since(&self) -> bool {
        let Some(at) = self.words.iter().position(|word| is_in(SINCE, word)) else {
            return false;
        };
        let event = self.word(Some(at + 1));
        let is_counted = is_in(TIMES, self.first());
        let is_past = is_in(EVENTS, event) || is_in(FIRSTS, event);
        event.is_empty() && !is_counted || is_counted && is_past
    }

    /// The head, of nobody or of a person; or what a year or date is one of: `age of the customer`, `year of birth`.
    fn is_about(&self, list: &str) -> bool {
        let is_of_others = self.is_of_something() && !is_in(PERSONS, self.of_what());
        is_in(list, self.head()) && !is_of_others
            || is_in(TIMES, self.head()) && is_in(list, self.of_what())
    }

    fn is_band_of(&self, list: &str) -> bool {
        // `altersklasse`: the two words, with a letter or two between them.
        let is_rest = |rest: &str| {
            let joint = |band| {
                rest.strip_suffix(band)
                    .is_some_and(|joint: &str| joint.len() <= 2)
            };
            BANDS.split(' ').any(joint)
        };
        let is_compound = |word: &String| {
            let mut own = list.split(' ');
            own.any(|own| word.strip_prefix(own).is_some_and(is_rest))
        };
        self.words.iter().any(is_compound) || self.has(BANDS) && self.has(list)
    }

    /// Whether it says this of somebody.
    pub(super) fn says(&self, past: Past) -> bool {
        match past {
            Past::Age => self.is_about(AGE) || is_in(FIRST_AGE, self.first()),
            Past::AgeBand => self.is_band_of(AGE),
            Past::Gender => self.is_about(GENDER),
            Past::Birth => self.is_about(BIRTH),
            Past::Tenure => self.is_about(TENURE),
            Past::Event => self.is_about(EVENTS),
            Past::Since => self.is_time_since(),
        }
    }

    /// A year of nothing in particular, which is one of birth.
    pub(super) fn is_year_alone(&self) -> bool {
        self.words == ["year"] || self.words == ["jahr"]
    }

    /// Whether it says that the column is computed from others.
    pub(super) fn is_computed(&self) -> bool {
        self.has(
            "ratio total totals sum difference diff average avg mean share gesamt summe anteil differenz verhältnis durchschnitt \
             quote somme taux moyenne différence part suma totale totaal media proporción diferencia rapporto differenza quota somma \
             balance margin",
        )
    }
}
