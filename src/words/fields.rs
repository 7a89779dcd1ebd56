//! Why a field does not take what is typed, and which number stays in use.

use super::decimal::{Shortest, plain_notation};
use crate::session::{FieldBounds, FieldError};

/// Why, and that the number of before stays in use.
pub fn field_sentence(error: FieldError, in_use: f64) -> String {
    let why = match error {
        FieldError::Empty => "Empty".to_owned(),
        FieldError::NotANumber => "Not a number".to_owned(),
        FieldError::Ambiguous { thousands, decimal } => {
            format!("Write {} or {}", exact(thousands), exact(decimal))
        }
        FieldError::NotWhole => "Whole numbers only".to_owned(),
        FieldError::Outside(bounds) => bounds_words(&bounds),
    };
    format!("{why}. {} stays in use.", exact(in_use))
}

fn bounds_words(bounds: &FieldBounds) -> String {
    let (min, max) = (bounds.min, bounds.max);
    match (min.is_finite(), max.is_finite()) {
        (true, true) => format!("Between {} and {}", exact(min), exact(max)),
        (true, false) => format!("At least {}", exact(min)),
        _ => format!("At most {}", exact(max)),
    }
}

/// A number as a field shows it: every digit that counts, and none of the noise of arithmetic.
pub fn exact(x: f64) -> String {
    let Some(number) = Shortest::of(x) else {
        return String::new();
    };
    let number = number.rounded(11 - number.exponent);
    plain_notation(&number.text(number.n_decimals()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_reason_and_the_number_in_use() {
        let share = FieldBounds::between(0.0, 100.0);
        let (edge, infinite) = (f64::NEG_INFINITY, f64::INFINITY);
        let outside = [
            share,
            FieldBounds::between(edge, 66.0),
            FieldBounds::between(33.5, infinite),
        ];
        let outside = outside.map(|bounds| field_sentence(FieldError::Outside(bounds), 7.0));
        assert_eq!(
            outside,
            [
                "Between 0 and 100. 7 stays in use.",
                "At most 66. 7 stays in use.",
                "At least 33.5. 7 stays in use."
            ]
        );
        let others = [
            FieldError::Empty,
            FieldError::NotANumber,
            FieldError::Ambiguous {
                thousands: 9227.0,
                decimal: 9.227,
            },
            FieldError::NotWhole,
        ];
        let others = others.map(|error| field_sentence(error, 0.6));
        assert_eq!(
            others,
            [
                "Empty. 0.6 stays in use.",
                "Not a number. 0.6 stays in use.",
                "Write 9227 or 9.227. 0.6 stays in use.",
                "Whole numbers only. 0.6 stays in use."
            ]
        );
    }

    #[test]
    fn fields_show_every_digit_but_no_noise() {
        let shown = [7.000_000_000_000_001, 0.6, 33_f64.next_up(), 1e9, -2.5].map(exact);
        assert_eq!(shown, ["7", "0.6", "33", "1000000000", "-2.5"]);
    }
}
