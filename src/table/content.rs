//! What a column holds beside quantities: keys of customers, labels of former segments, and what nobody changes; by name and values.
//!
//! ```text
//! head     the word that decides: the last of the name, without units and numbers behind it; the one before `of`, `de`, `von`;
//!          the first where it is `id`, or stands before a word for persons (`code client`)
//! key      the head says so, and the values are whole, and nearly all different or as widely spread as numbers of customers;
//!          of a phone or a postcode: long whole numbers
//! label    the head says segment, cluster, or group of customers; few values, as texts or as small whole numbers
//! given    the head says age, gender, tenure, or a time in the past, and the values can be that
//! ```
//!
//! One word within a name decides nothing: `orders_mobile` and `clicks_email` count, `orders since signup` do, too.

use super::meaning::words;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Numbers or names of customers, telephones and postcodes included.
    Key,
    /// Segments of an earlier analysis.
    Label,
    /// What nobody changes: age, gender, the past.
    Given,
    /// Anything else.
    Quantity,
}

/// What is known of the values of a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    /// Rows with a value.
    pub(super) present: usize,
    /// Different ones.
    pub(super) distinct: usize,
    /// Of numbers.
    pub(super) numbers: Option<Spread>,
}

/// How numbers are spread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    least: f64,
    most: f64,
    /// Whether all are whole.
    is_whole: bool,
}

impl Spread {
    /// Of those that are finite; `None` without any.
    pub(super) fn of(numbers: &[f64]) -> Option<Self> {
        let mut finite = numbers.iter().copied().filter(|x| x.is_finite());
        let first = finite.next()?;
        let of_first = Self {
            least: first,
            most: first,
            is_whole: first.fract() == 0.0,
        };
        Some(finite.fold(of_first, |so_far, x| Self {
            least: so_far.least.min(x),
            most: so_far.most.max(x),
            is_whole: so_far.is_whole && x.fract() == 0.0,
        }))
    }

    fn is_whole_in(&self, least: f64, most: f64) -> bool {
        self.is_whole && self.least >= least && self.most <= most
    }
}

/// Nearly all values of a key are different: at least this share.
const KEY_SHARE: f64 = 0.9;
/// Keys that repeat are spread at least as widely.
const KEY_RANGE: f64 = 1_000.0;
/// Telephones have more digits than this number.
const LEAST_PHONE: f64 = 99_999.0;
/// Postcodes lie between these.
const POSTCODES: [f64; 2] = [100.0, 999_999_999.0];
/// The largest number of segments of an earlier analysis.
const MOST_SEGMENTS: usize = 50;
/// The largest age in years.
const OLDEST: f64 = 120.0;
/// Years that a calendar has.
const YEARS: [f64; 2] = [1_800.0, 2_200.0];
/// More values are no parts of a range of ages.
const MOST_BANDS: usize = 20;
/// More values are no gender.
const GENDERS: usize = 5;

const KEYS: &str = "id ids uuid guid key code customerid identifier identifiant identificador matricule clé clave código \
codigo kennung schlüssel";
/// Numbers of something, which name who it is beside a word for persons alone.
const NUMBERS: &str = "no nr num number nummer numéro numero número n";
const PERSONS: &str = "customer customers client clients cliente clientes kunde kunden user member mitglied account konto \
compte cuenta respondent";
const PHONES: &str = "phone mobile cell cellphone tel telephone telefon handy fax téléphone portable teléfono telefono móvil \
movil";
const POST: &str = "zip zipcode postcode plz postleitzahl";
const SEGMENTS: &str = "cluster clusters segment segments kmeans ségment segmento label labels";
const GROUPS: &str = "group gruppe groupe grupo";
const GENDER: &str = "gender sex geschlecht sexe sesso geslacht sexo género genero";
const BIRTH: &str =
    "birth born birthday birthdate dob geburt geburtsjahr geburtsdatum naissance nacimiento";
const AGE: &str = "age alter âge edad età leeftijd возраст";
/// Parts of a range.
const BANDS: &str = "band bracket range class category group bands groups gruppe klasse stufe tranche classe groupe grupo rango fascia classi";
const TENURE: &str = "tenure seniority ancienneté antigüedad antiguedad";
const EVENTS: &str = "signup registered registration joined joining enrolled enrollment founded anmeldung registrierung \
inscription registro";
/// What a time is counted from, beside events.
const FIRSTS: &str = "birth first erster ersten premier première primer primera alta";
const SINCE: &str = "since seit depuis desde";
const PARTICLES: &str = "of de du des del d der von da di";
/// Units and times, which say in what something is counted.
const TIMES: &str = "year years yrs month months week weeks day days date jahr jahre jahren monat monate tag tage an ans année \
années mois jours año años meses mes días dias fecha datum";

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// A name, and the words in it that can decide.
struct Name {
    words: Vec<String>,
    /// The last word that is no unit and no number, or the one before `of`.
    head: usize,
}

impl Name {
    fn of(name: &str) -> Option<Self> {
        // What stands in brackets is a unit or a scale.
        let before = name.split(['(', '[']).next().unwrap_or(name);
        let mut words = words(if before.trim().is_empty() {
            name
        } else {
            before
        });
        words.retain(|word| !word.is_empty());
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

    /// What the head is one of: the word behind `of`, or else the one before the head.
    fn of_what(&self) -> &str {
        if is_in(PARTICLES, self.word(Some(self.head + 1))) {
            self.word(Some(self.head + 2))
        } else {
            self.word(self.head.checked_sub(1))
        }
    }

    /// Whether a word of the list decides.
    fn is_headed_by(&self, list: &str) -> bool {
        is_in(list, self.head())
            || is_in(list, self.first()) && (self.first() == "id" || self.is_second_a_person())
    }

    fn is_second_a_person(&self) -> bool {
        is_in(PERSONS, self.word(Some(1)))
    }

    fn is_number(&self) -> bool {
        is_in(NUMBERS, self.head())
    }

    fn is_key(&self) -> bool {
        // `number of customers` counts them.
        let is_one = !self.of_what().ends_with('s');
        let is_of_person = self.is_number() && is_one && is_in(PERSONS, self.of_what());
        let is_first = is_in(NUMBERS, self.first()) && self.is_second_a_person();
        let is_compound = ["kundennummer", "mitgliedsnummer", "kontonummer"];
        self.is_headed_by(KEYS) || is_of_person || is_first || is_compound.contains(&self.head())
    }

    fn is_phone(&self) -> bool {
        let head = self.head();
        let is_compound = ["telefon", "handy", "mobil"]
            .iter()
            .any(|word| head.starts_with(word) && head.ends_with("nummer"));
        is_compound || is_in(PHONES, head) || self.is_number() && is_in(PHONES, self.of_what())
    }

    fn is_postcode(&self) -> bool {
        let is_code = is_in(KEYS, self.head()) && is_in(POST, self.of_what());
        let words = (self.first(), self.word(Some(1)));
        let is_postal = matches!(
            words,
            ("postal" | "post", "code") | ("code" | "código" | "codigo", "postal")
        );
        is_code || is_postal || is_in(POST, self.head())
    }

    fn is_label(&self) -> bool {
        let says = |word: &str| {
            is_in(SEGMENTS, word) || word.ends_with("segment") || word.ends_with("cluster")
        };
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
        let is_of = is_in(PARTICLES, self.word(Some(self.head + 1)));
        let is_of_others = is_of && !is_in(PERSONS, self.of_what());
        is_in(list, self.head()) && !is_of_others
            || is_in(TIMES, self.head()) && is_in(list, self.of_what())
    }
}

impl Name {
    /// Texts that sort persons into parts of it: `age group`, `Altersklasse`, `tranche d'âge`.
    fn is_band_of(&self, list: &str) -> bool {
        // `altersklasse`: the two words, with a letter or two between them.
        let is_rest = |rest: &str| {
            let mut bands = BANDS.split(' ');
            bands.any(|band| {
                rest.strip_suffix(band)
                    .is_some_and(|joint| joint.len() <= 2)
            })
        };
        let is_compound = |word: &str| {
            let mut own = list.split(' ');
            own.any(|own| word.strip_prefix(own).is_some_and(is_rest))
        };
        let has = |list: &str| self.words.iter().any(|word| is_in(list, word));
        self.words.iter().any(|word| is_compound(word)) || has(BANDS) && has(list)
    }
}

impl Content {
    /// By the name of a column and its values.
    pub(super) fn of(name: &str, values: &Values) -> Self {
        let Some(named) = Name::of(name) else {
            return Self::Quantity;
        };
        if named.is_label() && values.are_segments() {
            Self::Label
        } else if named.is_phone() && values.are_whole_in(LEAST_PHONE, f64::INFINITY)
            || named.is_postcode() && values.are_whole_in(POSTCODES[0], POSTCODES[1])
            || named.is_key() && values.are_keys()
        {
            Self::Key
        } else if is_given(&named, values) {
            Self::Given
        } else {
            Self::Quantity
        }
    }
}

/// Whether the name alone is that of a key: what tells an identifier that repeats from a quantity.
pub(super) fn is_named_as_key(name: &str) -> bool {
    Name::of(name).is_some_and(|name| name.is_key() || name.is_phone() || name.is_postcode())
}

/// Whether a column says what nobody changes.
fn is_given(name: &Name, values: &Values) -> bool {
    let Some(numbers) = values.numbers else {
        // Texts, whose values are as good as any.
        let is_about = |list: &&str| name.is_about(list) || name.is_band_of(list);
        return [AGE, GENDER, BIRTH, TENURE].iter().any(is_about);
    };
    let are_years = numbers.is_whole_in(YEARS[0], YEARS[1]);
    // Days as 20240131, or as a spreadsheet counts them.
    let are_dates = are_years || numbers.is_whole_in(20_000.0, 99_999_999.0);
    let is_year_alone = name.words == ["year"] || name.words == ["jahr"];
    let are_bands = values.distinct <= MOST_BANDS && numbers.is_whole_in(0.0, OLDEST);
    name.is_about(AGE) && numbers.least >= 0.0 && numbers.most <= OLDEST
        || name.is_band_of(AGE) && are_bands
        || name.is_about(GENDER) && values.distinct <= GENDERS
        || name.is_about(TENURE) && numbers.least >= 0.0
        || (name.is_about(BIRTH) || is_year_alone) && are_dates
        || name.is_time_since() && numbers.least >= 0.0
        || name.is_about(EVENTS) && (are_dates || values.distinct <= 2)
}

impl Values {
    fn are_whole_in(&self, least: f64, most: f64) -> bool {
        self.numbers
            .is_some_and(|numbers| numbers.is_whole_in(least, most))
    }

    fn are_keys(&self) -> bool {
        let is_unique = self.distinct as f64 >= KEY_SHARE * self.present as f64;
        match self.numbers {
            None => is_unique,
            Some(numbers) => {
                let is_wide = numbers.most - numbers.least >= KEY_RANGE;
                numbers.is_whole_in(0.0, f64::INFINITY) && (is_unique || is_wide)
            }
        }
    }

    fn are_segments(&self) -> bool {
        let most = MOST_SEGMENTS as f64;
        self.distinct <= MOST_SEGMENTS
            && self.distinct < self.present
            && (self.numbers.is_none() || self.are_whole_in(-1.0, most))
    }
}

#[cfg(test)]
mod tests;
