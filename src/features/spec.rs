//! The features that models can be given.

use serde::{Deserialize, Serialize};

use crate::numeric::sorted_by;

/// One feature: a numeric column of the table, or one derived from columns.
///
/// In JSON: `{"column": "Income"}`, `{"ratio": {"a": "Income", "b": "Spending"}}`, `{"difference": {...}}`, `{"log": {"a": "Income"}}`,
/// `{"indicator": {"a": "Gender", "value": "Female"}}`, `{"ordinal": {"a": "Size", "order": ["S", "M", "L"]}}`. One-hot encoding of a
/// category is an indicator for each of its values.
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
}

impl Feature {
    /// The column of that name as a feature.
    pub fn column(name: &str) -> Self {
        Self::Column(name.to_owned())
    }

    /// A yes or no for each of the values of a category.
    pub fn indicators(name: &str, values: &[String]) -> Vec<Self> {
        let indicator = |value: &String| Self::Indicator {
            a: name.to_owned(),
            value: value.clone(),
        };
        values.iter().map(indicator).collect()
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
        }
    }

    /// Names of its source columns.
    pub fn sources(&self) -> Vec<&str> {
        match self {
            Self::Column(a)
            | Self::Log { a }
            | Self::Indicator { a, .. }
            | Self::Ordinal { a, .. } => {
                vec![a]
            }
            Self::Ratio { a, b } | Self::Difference { a, b } => vec![a, b],
        }
    }

    /// Whether its source is a category and not numbers.
    pub fn is_of_category(&self) -> bool {
        matches!(self, Self::Indicator { .. } | Self::Ordinal { .. })
    }

    /// The value of the feature for a value of its category; NaN where it is undefined.
    pub(crate) fn value_of_category(&self, category: &str) -> f64 {
        match self {
            Self::Indicator { value, .. } => f64::from(u8::from(category == value)),
            Self::Ordinal { order, .. } => order
                .iter()
                .position(|value| value == category)
                .map_or(f64::NAN, |place| place as f64),
            Self::Column(_) | Self::Ratio { .. } | Self::Difference { .. } | Self::Log { .. } => {
                f64::NAN
            }
        }
    }

    /// The value of the feature for the values of its sources, in their order; not finite where it is undefined.
    pub fn value(&self, sources: &[f64]) -> f64 {
        match (self, sources) {
            (Self::Column(_), [a]) => *a,
            (Self::Ratio { .. }, [a, b]) => a / b,
            (Self::Difference { .. }, [a, b]) => a - b,
            // The portable logarithm: native and wasm agree to the bit.
            (Self::Log { .. }, [a]) => libm::log(*a),
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
