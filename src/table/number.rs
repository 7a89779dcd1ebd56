//! What counts as a number.

use serde::{Deserialize, Serialize};

use super::currency::without_currency;

/// The finite number that a cell holds: digits with an optional sign, decimal point and exponent, outer spaces ignored.
pub fn parse_number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    // Rust also parses "inf", "infinity" and "nan", which are no numbers here.
    let first = cell.bytes().find(|b| !matches!(b, b'+' | b'-'))?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    cell.parse().ok().filter(|x: &f64| x.is_finite())
}

/// The decimal sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    /// 12.5; a comma groups thousands.
    #[default]
    Point,
    /// 12,5; a point groups thousands.
    Comma,
}

/// What a cell says about the decimal sign of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// It is this one.
    Is(Decimal),
    /// A comma before three digits: 1,234 is either.
    CommaOrThousands,
    /// A point before three digits: 1.234 is either.
    PointOrThousands,
    /// Nothing: it has no such sign.
    Silent,
}

/// A cell that holds one number as people write them: signs, brackets, currency, percent, groups of thousands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written<'a> {
    /// Digits, points, commas, exponent.
    digits: &'a str,
    is_negative: bool,
    /// The code of the currency beside it.
    pub(super) currency: Option<&'static str>,
}

impl<'a> Written<'a> {
    /// `None` for anything that is no number.
    pub(super) fn of(cell: &'a str) -> Option<Self> {
        let mut text = cell.trim();
        let (mut is_negative, mut has_brackets) = (false, false);
        let mut currency = None;
        // Brackets, sign and currency come in any order, once each.
        for _ in 0..4 {
            // The first letter rules out most texts that are no number.
            if text.starts_with(|c: char| c.is_ascii_digit()) {
                break;
            }
            let before = text;
            text = bare(text, &mut currency);
            let inner = text.strip_prefix('(').filter(|_| !has_brackets);
            if let Some(inner) = inner.and_then(|inner| inner.strip_suffix(')')) {
                (text, is_negative, has_brackets) = (inner.trim(), true, true);
            } else if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
                // Within brackets a minus says again what they say.
                (text, is_negative) = (rest.trim_start(), has_brackets || !is_negative);
            } else if let Some(rest) = text.strip_prefix('+') {
                text = rest;
            }
            if text.len() == before.len() {
                break;
            }
        }
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        text = bare(text, &mut currency);
        text = text.strip_suffix('%').unwrap_or(text).trim_end();
        if let Some(rest) = text.strip_suffix('-') {
            (text, is_negative) = (rest, has_brackets || !is_negative);
        }
        let mut has_exponent = false;
        let is_part = |(at, c): (usize, char)| match c {
            '0'..='9' | '.' | ',' => true,
            'e' | 'E' if at > 0 && !has_exponent => {
                has_exponent = true;
                true
            }
            '+' | '-' => text[..at].ends_with(['e', 'E']),
            c => is_space(c) && at > 0,
        };
        let starts = text.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
        let is_number = starts
            && text.contains(|c: char| c.is_ascii_digit())
            && text.char_indices().all(is_part);
        is_number.then_some(Self {
            digits: text,
            is_negative,
            currency,
        })
    }

    /// The number that these digits alone write.
    pub(super) fn of_digits(digits: &'a str, is_negative: bool) -> Option<Self> {
        let written = Self::of(digits)?;
        (written.currency.is_none() && !written.is_negative).then_some(Self {
            is_negative,
            ..written
        })
    }

    pub(super) fn hint(&self) -> Hint {
        let digits = self.digits.split(['e', 'E']).next().unwrap_or_default();
        let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
        let may_group = |sign: char| {
            let (before, after) = digits.split_once(sign).unwrap_or_default();
            after.len() == 3 && (1..=3).contains(&before.len()) && before != "0"
        };
        match (points, commas) {
            (0, 0) => Hint::Silent,
            (1, 0) if may_group('.') => Hint::PointOrThousands,
            (0, 1) if may_group(',') => Hint::CommaOrThousands,
            (1, 0) | (0, 2..) => Hint::Is(Decimal::Point),
            (0, 1) | (2.., 0) => Hint::Is(Decimal::Comma),
            _ if digits.rfind('.') > digits.rfind(',') => Hint::Is(Decimal::Point),
            _ => Hint::Is(Decimal::Comma),
        }
    }

    /// The decimal sign that is the only one by which these digits are a number; `None` if they are one by both, or by none.
    pub(super) fn only(&self) -> Option<Decimal> {
        let (point, comma) = (self.value(Decimal::Point), self.value(Decimal::Comma));
        match (point, comma) {
            (Some(_), None) => Some(Decimal::Point),
            (None, Some(_)) => Some(Decimal::Comma),
            _ => None,
        }
    }

    /// The value for a decimal sign; infinite if too large, `None` if its groups are not groups of thousands.
    pub(super) fn value(&self, decimal: Decimal) -> Option<f64> {
        self.value_in(decimal, 0)
    }

    /// The same times a power of ten, rounded once.
    pub(super) fn value_in(&self, decimal: Decimal, power: i32) -> Option<f64> {
        let (sign, group) = match decimal {
            Decimal::Point => ('.', ','),
            Decimal::Comma => (',', '.'),
        };
        let is_group = |c: char| c == group || is_space(c);
        let (whole, rest) = self
            .digits
            .split_once(sign)
            .map_or((self.digits, None), |(whole, rest)| (whole, Some(rest)));
        let mut groups = whole.split(is_group);
        let first = groups.next()?;
        let exponent_of = |text: &str| text.find(['e', 'E']).unwrap_or(text.len());
        let has_groups = whole.contains(is_group);
        let are_thousands =
            groups.all(|group| exponent_of(group) == 3) && (1..=3).contains(&first.len());
        if has_groups && !are_thousands || rest.is_some_and(|rest| rest.contains([sign, group])) {
            return None;
        }
        let mut plain: String = whole.chars().filter(|&c| !is_group(c)).collect();
        if let Some(rest) = rest {
            plain.push('.');
            plain.push_str(rest);
        }
        let has_exponent = plain.contains(['e', 'E']);
        if power != 0 && !has_exponent {
            plain.push('e');
            plain.push_str(&power.to_string());
        }
        let mut value: f64 = plain.parse().ok()?;
        if has_exponent {
            value *= 10_f64.powi(power);
        }
        Some(if self.is_negative { -value } else { value })
    }
}

/// Spaces and marks that group thousands.
fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}' | '_'
    )
}

/// A text without a currency at either end; notes which it was.
fn bare<'a>(text: &'a str, currency: &mut Option<&'static str>) -> &'a str {
    let found = without_currency(text);
    *currency = currency.or(found.code);
    found.text
}

/// Whether a cell stands for infinity.
pub(super) fn is_infinite(cell: &str) -> bool {
    let cell = cell.trim().trim_start_matches(['+', '-']);
    ["inf", "infinity", "∞", "1.#inf"]
        .iter()
        .any(|word| cell.eq_ignore_ascii_case(word))
}

/// Whether the digits are a code and not a quantity: a leading zero, or a plus and as many digits as a telephone number.
pub(super) fn is_code(cell: &str) -> bool {
    let cell = cell.trim();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_phone = cell
        .strip_prefix('+')
        .is_some_and(|rest| rest.len() >= 8 && is_digits(rest));
    is_phone || cell.len() > 1 && cell.starts_with('0') && is_digits(cell)
}

/// Whether a cell is missing, or ends with two digits: `FID-00123`.
pub(super) fn is_numbered(cell: &str) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let ends = cell.trim().as_bytes().iter().rev().take(2);
    ends.filter(|byte| is_digit(byte)).count() == 2 || super::is_missing_mark(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_decimals() {
        for (cell, number) in [
            ("12", 12.0),
            (" -3.5 ", -3.5),
            ("+1e3", 1000.0),
            (".5", 0.5),
        ] {
            assert_eq!(parse_number(cell), Some(number), "{cell:?}");
        }
        for cell in ["", "inf", "NaN", "1,5", "12 k", "1e999", "--1", "0x10"] {
            assert_eq!(parse_number(cell), None, "{cell:?}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        use Decimal::{Comma, Point};
        for (cell, decimal, value) in [
            ("$1,234.50", Point, 1234.5),
            ("1.234,50 €", Comma, 1234.5),
            ("1 200,5", Comma, 1200.5),
            ("(10.00)", Point, -10.0),
            ("$(10.00)", Point, -10.0),
            ("(10,00) €", Comma, -10.0),
            ("-$5", Point, -5.0),
            ("$-5", Point, -5.0),
            ("14,75 %", Comma, 14.75),
            ("1'000'000", Point, 1e6),
            ("1,2e3", Comma, 1200.0),
            ("\u{2212}7", Point, -7.0),
            ("1e309", Point, f64::INFINITY),
        ] {
            assert_eq!(
                Written::of(cell).and_then(|it| it.value(decimal)),
                Some(value),
                "{cell}"
            );
        }
        for cell in [
            "",
            "abc",
            "1/2",
            "12:30",
            "2024-01-31",
            "x1",
            "1 2",
            "e5",
            "555-1234",
            "((5))",
        ] {
            assert_eq!(
                Written::of(cell).and_then(|it| it.value(Point)),
                None,
                "{cell}"
            );
        }
        let hint = |cell| Written::of(cell).unwrap().hint();
        assert_eq!(hint("1,234"), Hint::CommaOrThousands);
        assert_eq!(hint("1.234"), Hint::PointOrThousands);
        assert_eq!(hint("0,234"), Hint::Is(Comma));
        assert_eq!(hint("1,234,567"), Hint::Is(Point));
        assert_eq!(hint("1.234,5"), Hint::Is(Comma));
        assert!(
            is_code("007")
                && is_code("+3360000000")
                && !is_code("0")
                && !is_code("0.5")
                && !is_code("+5")
        );
    }
}
