//! What a column holds beside quantities: keys of customers, labels of former segments, codes, parts of the calendar, and what nobody
//! changes. The name (`name`) and the values of all rows decide together, never one of them alone.
//!
//! ```text
//! contact  the name says phone, e-mail or postcode; of numbers: long whole ones
//! key      the name says so, and the values are whole, and nearly all different, as widely spread as numbers of customers, or more
//!          than a handful if the name says that they are customers'
//!          or, but for names of amounts and moments: whole numbers of one length from 9 digits on that are nearly all different; or of 12
//!          and more digits of which a spreadsheet has kept the first six
//! label    the name says segment, cluster, group of customers, or score of recency, frequency or money; few values
//! calendar the name says year, month, week or date, and the values can be that
//! code     the name says type, region, channel and the like, and few whole numbers repeat
//! given    the name says age, gender, tenure, or a time in the past, and the values can be that
//! ```

use serde::{Deserialize, Serialize};

use super::meaning::Meaning;
use super::name::{Calendar, KeyName, Name, Past};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Numbers or names of customers or papers.
    Key,
    /// Telephones, e-mail addresses and postcodes.
    Contact,
    /// Segments of an earlier analysis, and scores that were made for one.
    Label,
    /// Years, months, weeks and days as numbers.
    Calendar,
    /// Numbers that stand for names: regions, channels, types.
    Code,
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
    /// Whether most of them are large numbers in which a spreadsheet has lost digits, such as `8.90123E+12`.
    pub(super) is_damaged: bool,
}

/// How numbers are spread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    least: f64,
    most: f64,
    /// Whether all are whole.
    is_whole: bool,
    /// Whether all are multiples of a million.
    is_round: bool,
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
            is_round: first % MILLION == 0.0,
        };
        Some(finite.fold(of_first, |so_far, x| Self {
            least: so_far.least.min(x),
            most: so_far.most.max(x),
            is_whole: so_far.is_whole && x.fract() == 0.0,
            is_round: so_far.is_round && x % MILLION == 0.0,
        }))
    }

    /// Whether any has more digits than a spreadsheet shows of long numbers.
    pub(super) fn is_large(&self) -> bool {
        self.most >= 1e8
    }

    /// How many digits all of them have, if they are whole and have the same number of digits.
    fn length(&self) -> Option<usize> {
        let is_one = self.is_whole && self.least > 0.0 && digits(self.least) == digits(self.most);
        is_one.then(|| digits(self.least))
    }

    fn is_whole_in(&self, least: f64, most: f64) -> bool {
        self.is_whole && self.least >= least && self.most <= most
    }

    /// Years, or days as 20240131 or as a spreadsheet counts them.
    fn are_dates(&self) -> bool {
        self.is_whole_in(YEARS[0], YEARS[1]) || self.is_whole_in(20_000.0, 99_999_999.0)
    }
}

/// Digits before the point.
fn digits(x: f64) -> usize {
    // Powers of ten are exact in doubles this far.
    let powers = std::iter::successors(Some(1.0_f64), |power| Some(power * 10.0));
    powers.take(22).take_while(|power| *power <= x).count()
}

const MILLION: f64 = 1e6;
/// Whole numbers of one length name something whatever their name is, from so many digits on: no amounts of many customers all differ and
/// have as many digits.
const KEY_DIGITS: usize = 9;
/// Numbers from here on, which a spreadsheet shows with six digits and an exponent.
const ROUNDED: f64 = 1e11;
/// Keys that repeat, and whose name leaves it open whether they are keys, have at least so many digits.
const REPEATED_DIGITS: usize = 5;
/// Nearly all values of a key are different: at least this share.
const KEY_SHARE: f64 = 0.9;
/// Keys that repeat are spread at least as widely.
const KEY_RANGE: f64 = 1_000.0;
/// A column named like a key of customers names them if it has more values than this, however often each occurs.
pub(super) const CUSTOMERS: usize = 20;
/// Telephones have more digits than this number.
const LEAST_PHONE: f64 = 99_999.0;
/// Postcodes lie between these.
const POSTCODES: [f64; 2] = [100.0, 999_999_999.0];
/// The largest number of segments of an earlier analysis, and of values of a code.
const MOST_SEGMENTS: usize = 50;
/// The largest score of recency, frequency or money.
const LARGEST_SCORE: f64 = 10.0;
/// Each value of a code occurs at least as often, on average.
const CODE_REPEATS: usize = 3;
/// The largest age in years.
const OLDEST: f64 = 120.0;
/// Years that a calendar has.
const YEARS: [f64; 2] = [1_800.0, 2_200.0];
/// Days of our time: as 20240131, and as a spreadsheet counts them.
const DAYS: [[f64; 2]; 2] = [[19_000_101.0, 21_001_231.0], [20_000.0, 60_000.0]];
/// More values are no parts of a range of ages.
const MOST_BANDS: usize = 20;
/// More values are no gender.
const GENDERS: usize = 5;

impl Content {
    /// By the name of a column and its values.
    pub(super) fn of(name: &str, values: &Values) -> Self {
        let Some(named) = Name::of(name) else {
            return Self::Quantity;
        };
        if values.are_label_of(&named) {
            Self::Label
        } else if values.are_contacts_of(&named) {
            Self::Contact
        } else if named.key().is_some_and(|key| values.are_keys(key))
            || values.are_long() && !named.is_amount_or_moment() && !is_money(name)
        {
            Self::Key
        } else if is_given(&named, values) {
            Self::Given
        } else if named.calendar().is_some_and(|part| values.are_in(part)) {
            Self::Calendar
        } else if named.is_code() && values.are_codes() {
            Self::Code
        } else {
            Self::Quantity
        }
    }

    /// Whether it says who somebody is or when something was, rather than how much: numbers of it make no segment by default.
    pub(super) fn describes(name: &str, values: &Values) -> bool {
        match Self::of(name, values) {
            Self::Label | Self::Calendar | Self::Code => true,
            // A tenure and a time since something are quantities.
            Self::Given => Name::of(name).is_some_and(|name| {
                let is_person = [Past::Age, Past::AgeBand, Past::Gender, Past::Birth]
                    .iter()
                    .any(|&past| name.says(past));
                is_person
                    || name.is_year_alone()
                    || values.numbers.is_some_and(|numbers| numbers.are_dates())
            }),
            Self::Key | Self::Contact | Self::Quantity => false,
        }
    }
}

/// How surely the name alone is that of keys, contacts aside.
pub(super) fn key_name(name: &str) -> Option<KeyName> {
    let name = Name::of(name)?;
    let is_contact = name.is_phone() || name.is_mail() || name.is_postcode();
    name.key().filter(|_| !is_contact)
}

/// Whether the name alone says whose keys these are: a person's.
pub(super) fn is_key_of_person(name: &str) -> bool {
    Name::of(name).is_some_and(|name| name.is_of_person())
}

/// Whether the name alone is that of a postcode, which names nobody.
pub(super) fn is_named_as_postcode(name: &str) -> bool {
    Name::of(name).is_some_and(|name| name.is_postcode())
}

/// Whether the name alone counts pieces.
pub(super) fn is_named_as_quantity(name: &str) -> bool {
    Name::of(name).is_some_and(|name| name.is_quantity())
}

/// Whether the name alone is that of a phone or an e-mail address, of which everybody has an own one.
pub(super) fn is_named_as_contact(name: &str) -> bool {
    Name::of(name).is_some_and(|name| name.is_phone() || name.is_mail())
}

/// Whether the name alone says money that comes or goes.
fn is_money(name: &str) -> bool {
    Meaning::Income.is_of(name) || Meaning::Spending.is_of(name)
}

/// Whether a column says what nobody changes.
fn is_given(name: &Name, values: &Values) -> bool {
    let Some(numbers) = values.numbers else {
        // Texts, whose values are as good as any.
        return [
            Past::Age,
            Past::AgeBand,
            Past::Gender,
            Past::Birth,
            Past::Tenure,
        ]
        .iter()
        .any(|&past| name.says(past));
    };
    let are_dates = numbers.are_dates();
    name.says(Past::Age) && numbers.least >= 0.0 && numbers.most <= OLDEST
        || name.says(Past::AgeBand)
            && values.distinct <= MOST_BANDS
            && numbers.is_whole_in(0.0, OLDEST)
        || name.says(Past::Gender) && values.distinct <= GENDERS
        || name.says(Past::Tenure) && numbers.least >= 0.0
        || (name.says(Past::Birth) || name.is_year_alone()) && are_dates
        || name.says(Past::Since) && numbers.least >= 0.0
        || name.says(Past::Event) && (are_dates || values.distinct <= 2)
}

impl Values {
    fn are_whole_in(&self, least: f64, most: f64) -> bool {
        self.numbers
            .is_some_and(|numbers| numbers.is_whole_in(least, most))
    }

    fn are_label_of(&self, name: &Name) -> bool {
        let repeats = self.distinct < self.present && self.distinct <= MOST_SEGMENTS;
        let is_segment =
            repeats && (self.numbers.is_none() || self.are_whole_in(-1.0, MOST_SEGMENTS as f64));
        // Probabilities and shares that were made for one, too.
        let is_share = self
            .numbers
            .is_some_and(|it| it.least >= 0.0 && it.most <= 1.0);
        let is_score = repeats && self.are_whole_in(0.0, LARGEST_SCORE);
        name.is_label() && is_segment
            || name.is_of_export() && (is_share || self.numbers.is_none())
            || name.is_score_of_rfm() && is_score
            || name.is_rfm() && (self.numbers.is_none() || self.are_whole_in(0.0, 9_999.0))
    }

    fn are_contacts_of(&self, name: &Name) -> bool {
        // Of yes and no nobody is called by: `Mobile` with `yes` is a service.
        let is_text = self.numbers.is_none() && (self.distinct > 2 || self.present <= 2);
        name.is_phone() && (self.is_damaged || self.are_whole_in(LEAST_PHONE, f64::INFINITY))
            || name.is_postcode() && self.are_whole_in(POSTCODES[0], POSTCODES[1])
            || (name.is_mail() || name.is_phone()) && is_text
    }

    /// Whether these are too long for anything but keys, by their values alone.
    fn are_long(&self) -> bool {
        let Some(numbers) = self.numbers else {
            return false;
        };
        let is_unique = self.distinct as f64 >= KEY_SHARE * self.present as f64;
        let is_long = numbers.length().is_some_and(|length| length >= KEY_DIGITS);
        let is_rounded =
            numbers.least >= ROUNDED && numbers.is_whole && (self.is_damaged || numbers.is_round);
        is_rounded || is_long && is_unique && self.present > CUSTOMERS
    }

    /// Whether these are keys for all that their name says.
    pub(super) fn are_keys(&self, name: KeyName) -> bool {
        let is_unique = self.distinct as f64 >= KEY_SHARE * self.present as f64;
        let Some(numbers) = self.numbers else {
            return is_unique;
        };
        let is_wide = numbers.most - numbers.least >= KEY_RANGE;
        // Numbers of papers go on from those of the years before.
        let is_run = numbers.least >= KEY_RANGE && numbers.least > numbers.most - numbers.least;
        let are_different = match name {
            KeyName::Weak => is_unique && (is_wide || is_run) || is_run && self.repeat_at_length(),
            KeyName::Sure => is_unique || is_wide || is_run,
            KeyName::Customer => is_unique || is_wide || is_run || self.distinct > CUSTOMERS,
        };
        self.is_damaged || numbers.is_whole_in(0.0, f64::INFINITY) && are_different
    }

    /// Whether they repeat and all have the same number of digits, as numbers of cards have.
    fn repeat_at_length(&self) -> bool {
        let length = self.numbers.and_then(|numbers| numbers.length());
        self.distinct > CUSTOMERS && length.is_some_and(|length| length >= REPEATED_DIGITS)
    }

    fn are_codes(&self) -> bool {
        let repeats = self.distinct * CODE_REPEATS <= self.present;
        // 0 and 1 are no and yes.
        let is_yes_or_no = self.are_whole_in(0.0, 1.0);
        let is_few = self.distinct <= MOST_SEGMENTS && !is_yes_or_no;
        repeats && is_few && self.are_whole_in(-1.0, f64::INFINITY)
    }

    fn are_in(&self, part: Calendar) -> bool {
        match part {
            Calendar::Year => self.are_whole_in(YEARS[0], YEARS[1]),
            Calendar::Month => self.are_whole_in(1.0, 12.0),
            Calendar::Week => self.are_whole_in(0.0, 53.0),
            Calendar::Date => self.numbers.is_some_and(|numbers| numbers.are_dates()),
            Calendar::PerhapsDate => DAYS
                .iter()
                .any(|&[least, most]| self.are_whole_in(least, most)),
        }
    }
}

#[cfg(test)]
mod tests;
