//! The features that models can be given.

use serde::{Deserialize, Serialize};

use crate::numeric::sorted_by;
use crate::table::{Date, yes_of};

/// One feature: a numeric column of the table, or one derived from columns.
///
/// In JSON: `{"column": "Income"}`, `{"ratio": {"a": "Income", "b": "Spending"}}`, `{"difference": {...}}`, `{"log": {"a": "Income"}}`,
/// `{"indicator": {"a": "Gender", "value": "Female"}}`, `{"ordinal": {"a": "Size", "order": ["S", "M", "L"]}}`,
/// `{"log1p": {"a": "Income"}}`, `{"yeo_johnson": {"a": "Income"}}`, `{"rank": {"a": "Income"}}`, `{"days_since": {"a": "Last order"}}`,
/// `{"years_between": {"a": "Joined", "b": "Left"}}`, `{"date_part": {"a": "Joined", "part": "month", "value": 3}}`. One-hot encoding of
/// a category is an indicator for each of its values, or for one of two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Feature {
    /// A column as it is, by name.
    Column(String),
    /// `a / b`; rows where `b` is 0 have no value.
    Ratio {
        /// Numerator.
        a: String,
        /// Denominator.
        b: String,
    },
    /// `a - b`.
    Difference {
        /// Minuend.
        a: String,
        /// Subtrahend.
        b: String,
    },
    /// Natural logarithm of `a`; rows where `a` is not above 0 have no value.
    Log {
        /// The column.
        a: String,
    },
    /// 1 where the category `a` is `value`, 0 where it is another.
    Indicator {
        /// The column.
        a: String,
        /// One of its values.
        value: String,
    },
    /// The position of the category `a` in an order, from 0; rows with any other value have none.
    Ordinal {
        /// The column.
        a: String,
        /// Its values from low to high.
        order: Vec<String>,
    },
    /// `log(1 + a)`; rows where `a` is not above -1 have no value.
    Log1p {
        /// The column.
        a: String,
    },
    /// The power transform of Yeo and Johnson.
    YeoJohnson {
        /// The column.
        a: String,
        /// Its parameter; absent: the most likely one for the rows that are used.
        #[serde(default)]
        lambda: Option<Lambda>,
    },
    /// The place of `a` among the rows that are used, from 0 to 1; equal values share the mean of theirs.
    Rank {
        /// The column.
        a: String,
    },
    /// Days from the date `a` to another; negative where it lies behind it.
    DaysSince {
        /// The column of dates.
        a: String,
        /// The other date; absent: the last one of the column.
        #[serde(default)]
        until: Option<Date>,
    },
    /// Years of 365.2425 days from the date `a` to the date `b`.
    YearsBetween {
        /// The column of the earlier date.
        a: String,
        /// The column of the later date.
        b: String,
    },
    /// 1 where the date `a` lies in a month or on a day of the week, 0 elsewhere.
    DatePart {
        /// The column of dates.
        a: String,
        /// What of the date.
        part: DatePart,
        /// The month, from 1; the day of the week, from 1 for Monday.
        value: u8,
    },
}

/// A part of a date that comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatePart {
    /// January to December.
    Month,
    /// Monday to Sunday.
    Weekday,
}

impl DatePart {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Month, Self::Weekday];

    /// Its values are 1 to this.
    pub fn n_values(self) -> u8 {
        match self {
            Self::Month => 12,
            Self::Weekday => 7,
        }
    }

    /// Its value of a date.
    pub fn of(self, date: Date) -> u8 {
        match self {
            Self::Month => date.month(),
            Self::Weekday => date.weekday(),
        }
    }

    fn name(self, value: u8) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        const DAYS: [&str; 7] = [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ];
        let (before, names) = match self {
            Self::Month => ("in", &MONTHS[..]),
            Self::Weekday => ("on", &DAYS[..]),
        };
        let name = usize::from(value)
            .checked_sub(1)
            .and_then(|at| names.get(at));
        format!("{before} {}", name.unwrap_or(&"?"))
    }
}

/// A parameter that is a finite number.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Lambda(f64);

impl Lambda {
    /// `None` for a number that is not finite.
    pub fn new(value: f64) -> Option<Self> {
        // Zeros are the same.
        value.is_finite().then_some(Self(value + 0.0))
    }

    /// The number.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl PartialEq for Lambda {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Lambda {}

impl TryFrom<f64> for Lambda {
    type Error = &'static str;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value).ok_or("lambda must be a finite number")
    }
}

impl From<Lambda> for f64 {
    fn from(lambda: Lambda) -> Self {
        lambda.0
    }
}

/// What the sources of a feature hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// Numbers.
    Numbers,
    /// The values of a category.
    Category,
    /// Calendar dates.
    Dates,
}

/// Mean length of a year of the Gregorian calendar, in days.
const YEAR: f64 = 365.2425;

impl Feature {
    /// The column of that name as a feature.
    pub fn column(name: &str) -> Self {
        Self::Column(name.to_owned())
    }

    /// A yes or no for each of the values of a category, `codes` being those of its rows. Of two values one says all, and the other would
    /// count the same difference twice: the "yes" is kept ([`yes_of`]).
    pub fn indicators(name: &str, values: &[String], codes: &[u32]) -> Vec<Self> {
        let kept = match values {
            [a, b] => {
                let n_of = |code| codes.iter().filter(|&&own| own == code).count();
                let at = yes_of([a, b], [n_of(0), n_of(1)]);
                &values[at..=at]
            }
            _ => values,
        };
        let indicator = |value: &String| Self::Indicator {
            a: name.to_owned(),
            value: value.clone(),
        };
        kept.iter().map(indicator).collect()
    }

    /// The name shown for the feature.
    pub fn name(&self) -> String {
        match self {
            Self::Column(column) => column.clone(),
            Self::Ratio { a, b } => format!("{a} ÷ {b}"),
            Self::Difference { a, b } => format!("{a} − {b}"),
            Self::Log { a } => format!("log {a}"),
            Self::Indicator { a, value } => format!("{a} = {value}"),
            Self::Ordinal { a, .. } => format!("{a} (in order)"),
            Self::Log1p { a } => format!("log(1 + {a})"),
            Self::YeoJohnson { a, .. } => format!("Yeo-Johnson {a}"),
            Self::Rank { a } => format!("rank of {a}"),
            Self::DaysSince { a, until: None } => format!("days since {a}"),
            Self::DaysSince {
                a,
                until: Some(until),
            } => format!("days from {a} to {until}"),
            Self::YearsBetween { a, b } => format!("years from {a} to {b}"),
            Self::DatePart { a, part, value } => format!("{a} {}", part.name(*value)),
        }
    }

    /// Names of its source columns.
    pub fn sources(&self) -> Vec<&str> {
        match self {
            Self::Column(a)
            | Self::Log { a }
            | Self::Indicator { a, .. }
            | Self::Ordinal { a, .. }
            | Self::Log1p { a }
            | Self::YeoJohnson { a, .. }
            | Self::Rank { a }
            | Self::DaysSince { a, .. }
            | Self::DatePart { a, .. } => {
                vec![a]
            }
            Self::Ratio { a, b } | Self::Difference { a, b } | Self::YearsBetween { a, b } => {
                vec![a, b]
            }
        }
    }

    /// What its sources hold.
    pub fn source_kind(&self) -> SourceKind {
        match self {
            Self::Indicator { .. } | Self::Ordinal { .. } => SourceKind::Category,
            Self::DaysSince { .. } | Self::YearsBetween { .. } | Self::DatePart { .. } => {
                SourceKind::Dates
            }
            Self::Column(_)
            | Self::Ratio { .. }
            | Self::Difference { .. }
            | Self::Log { .. }
            | Self::Log1p { .. }
            | Self::YeoJohnson { .. }
            | Self::Rank { .. } => SourceKind::Numbers,
        }
    }

    /// Whether its source is a category and not numbers.
    pub fn is_of_category(&self) -> bool {
        self.source_kind() == SourceKind::Category
    }

    /// Whether a feature that learns nothing has a value for finite values of its sources; takes no logarithm, which the page does
    /// without.
    pub(crate) fn is_defined(&self, sources: &[f64]) -> bool {
        match (self, sources) {
            (Self::Log { .. }, [a]) => *a > 0.0,
            (Self::Log1p { .. }, [a]) => *a > -1.0,
            (Self::Ratio { .. }, [a, b]) => (a / b).is_finite(),
            (Self::Difference { .. }, [a, b]) => (a - b).is_finite(),
            _ => true,
        }
    }

    /// Whether it learns from the rows that are used.
    pub fn learns(&self) -> bool {
        matches!(self, Self::YeoJohnson { .. } | Self::Rank { .. })
    }

    /// Whether it has two values only, of which each customer has one: a value of a category or a part of a date.
    pub fn is_indicator(&self) -> bool {
        matches!(self, Self::Indicator { .. } | Self::DatePart { .. })
    }

    /// The value of the feature for a value of its category; NaN where it is undefined.
    pub(crate) fn value_of_category(&self, category: &str) -> f64 {
        match self {
            Self::Indicator { value, .. } => f64::from(u8::from(category == value)),
            Self::Ordinal { order, .. } => order
                .iter()
                .position(|value| value == category)
                .map_or(f64::NAN, |place| place as f64),
            _ => f64::NAN,
        }
    }

    /// The value of the feature for the values of its sources, in their order; not finite where it is undefined or depends on what is
    /// learned from the rows.
    pub(super) fn value(&self, sources: &[f64]) -> f64 {
        match (self, sources) {
            (Self::Column(_), [a]) => *a,
            (Self::Ratio { .. }, [a, b]) => a / b,
            (Self::Difference { .. }, [a, b]) => a - b,
            // The portable logarithm: native and wasm agree to the bit.
            (Self::Log { .. }, [a]) => libm::log(*a),
            (Self::Log1p { .. }, [a]) => libm::log1p(*a),
            (Self::YearsBetween { .. }, [a, b]) => (b - a) / YEAR,
            (Self::DatePart { part, value, .. }, [a]) if a.is_finite() => {
                f64::from(u8::from(part.of(Date::of_days(*a)) == *value))
            }
            _ => f64::NAN,
        }
    }
}

/// Guesses the order of a category from its words: numbers ascend, words of size and frequency have their usual order, everything
/// else is alphabetical.
pub fn in_usual_order(values: Vec<String>) -> Vec<String> {
    const WORDS: [&[&str]; 5] = [
        &["xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"],
        &["very low", "low", "medium", "middle", "high", "very high"],
        &["small", "medium", "large", "very large"],
        &["never", "rarely", "sometimes", "often", "always"],
        &["bronze", "silver", "gold", "platinum", "diamond"],
    ];
    let lower: Vec<String> = values.iter().map(|value| value.to_lowercase()).collect();
    let knows = |words: &&&[&str]| lower.iter().all(|value| words.contains(&value.as_str()));
    let words = WORDS.iter().find(knows);
    let place = |value: &str| match words {
        Some(words) => words
            .iter()
            .position(|word| *word == value.to_lowercase())
            .unwrap_or(usize::MAX) as f64,
        None => first_number(value),
    };
    sorted_by(values, |a, b| {
        place(a).total_cmp(&place(b)).then_with(|| a.cmp(b))
    })
}

/// The first number in a text; a text without any comes last. Added up digit by digit, since the library's reader of numbers would
/// bring its tables of powers to the page.
fn first_number(text: &str) -> f64 {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.');
    let number = &digits[..end.unwrap_or(digits.len())];
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || fraction.contains('.') {
        return f64::INFINITY;
    }
    let sum = |digits: &str| {
        let values = digits.bytes().map(|digit| f64::from(digit - b'0'));
        values.fold(0.0, |sum, value| 10.0 * sum + value)
    };
    let scale = fraction.bytes().fold(1.0, |scale, _| 10.0 * scale);
    sum(whole) + sum(fraction) / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_defined_where_it_has_a_value() {
        let (a, b) = (|| "a".to_owned(), || "b".to_owned());
        let features = [
            Feature::Column(a()),
            Feature::Log { a: a() },
            Feature::Log1p { a: a() },
            Feature::Ratio { a: a(), b: b() },
            Feature::Difference { a: a(), b: b() },
        ];
        let values = [-1e308, -2.0, -1.0, -0.5, -0.0, 0.0, 1e-300, 0.5, 3.0, 1e308];
        for feature in features {
            for x in values {
                for y in values {
                    let sources = &[x, y][..feature.sources().len()];
                    let is_finite = feature.value(sources).is_finite();
                    assert_eq!(
                        feature.is_defined(sources),
                        is_finite,
                        "{feature:?} {sources:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn values_stand_in_their_usual_order() {
        let ordered =
            |values: &[&str]| in_usual_order(values.iter().map(|&it| it.to_owned()).collect());
        assert_eq!(
            ordered(&["High", "Low", "Medium"]),
            ["Low", "Medium", "High"]
        );
        assert_eq!(
            ordered(&["45-60", "18-30", "30-45"]),
            ["18-30", "30-45", "45-60"]
        );
        assert_eq!(ordered(&["b", "a"]), ["a", "b"]);
        assert_eq!(
            ordered(&["none", "1.2.3", "over 10.5", "9.75", "9.8"]),
            ["9.75", "9.8", "over 10.5", "1.2.3", "none"]
        );
    }
}
