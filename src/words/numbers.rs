//! Numbers as people read them: every number on the screen is written here.
//!
//! A number is rounded on its shortest decimal, the one that reads back as the same number, halves away from zero: 19.25 is 19.3 and
//! 0.15 is 0.2, whatever their binary values are. [`compact`] is the one way in which a value of a column is written: in cells, tips,
//! sentences, axes and tables of charts.

use super::decimal::{Shortest, grouped};
use crate::table::Unit;

/// What is no number.
const NO_NUMBER: &str = "–";

/// A whole number with its thousands apart: `12,345`.
pub fn count(n: usize) -> String {
    grouped(n.to_string().as_bytes())
}

/// The number of a line of a file: `12,345`.
pub fn line_number(line: u64) -> String {
    count(line as usize)
}

/// The number of a row, counted from 1; `row` counts from 0.
pub fn row_number(row: usize) -> String {
    count(row + 1)
}

/// A count with its noun: `1 row`, `2 rows`.
pub fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// A number with a fixed count of decimals; an en dash for what is not a number.
pub fn fixed(x: f64, decimals: usize) -> String {
    Shortest::of(x).map_or_else(
        || NO_NUMBER.to_owned(),
        |it| it.rounded(decimals as i32).text(decimals),
    )
}

/// A value of a column: `1,234`, `79.3`, `4.42`, `0.0123`.
///
/// Whole numbers keep all their digits. Others have no decimals from 1,000, one from 10, and else three digits that count, without
/// zeros at their end. Below 0.0001 and from 1,000,000,000,000,000 a power of ten follows: `1.23e−5`.
pub fn compact(x: f64) -> String {
    let Some(number) = Shortest::of(x) else {
        return NO_NUMBER.to_owned();
    };
    if !number.is_plain() {
        return number.scientific(2);
    }
    let number = number.rounded(number.decimals());
    number.text(number.n_decimals())
}

/// A value that is written with its unit: `8 %`.
pub fn with_unit(value: String, unit: Unit) -> String {
    match unit {
        Unit::None => value,
        Unit::Percent => value + " %",
        // A year has no thousands.
        Unit::Year => value.replace(',', ""),
        Unit::Label(label) => format!("{value} {}", label.name()),
    }
}

/// What the values of the column of that name are written with, for words about several columns.
pub type UnitOf<'a> = &'a dyn Fn(&str) -> Unit;

/// A value of a column as [`compact`] has it, with its unit.
pub fn value_text(x: f64, unit: Unit) -> String {
    with_unit(compact(x), unit)
}

/// A value of a column with every digit that it has, for the tip of a shortened one and for numbers that can be entered again.
pub fn all_digits(x: f64) -> String {
    let Some(number) = Shortest::of(x) else {
        return NO_NUMBER.to_owned();
    };
    if number.is_plain() {
        number.text(number.n_decimals())
    } else {
        number.scientific(number.digits.len())
    }
}

/// A value of a column with its own digits, beside another that it changes to. One with more than six decimals comes from
/// arithmetic: it has one decimal more than the other.
pub fn beside_digits(x: f64, other: f64) -> String {
    match (Shortest::of(x), Shortest::of(other)) {
        (Some(number), Some(other)) if number.is_plain() && number.n_decimals() > 6 => {
            let decimals = number.decimals().max(other.n_decimals() as i32 + 1);
            let number = number.rounded(decimals);
            number.text(number.n_decimals())
        }
        _ => all_digits(x),
    }
}

/// A round number on an axis: as [`compact`] has it, with more digits only where that is another number.
pub fn tick_words(x: f64) -> String {
    let Some(number) = Shortest::of(x) else {
        return NO_NUMBER.to_owned();
    };
    // Ticks are sums of steps: rounding of their positions must not show.
    let tick = number.rounded(11 - number.exponent);
    if !tick.is_plain() {
        return tick.scientific(2);
    }
    let short = tick.rounded(tick.decimals());
    let shown = if short.digits == tick.digits {
        short
    } else {
        tick
    };
    shown.text(shown.n_decimals())
}

/// A number that somebody entered, or a product of such: every digit, without the noise of arithmetic.
pub fn entered(x: f64) -> String {
    tick_words(x)
}

/// A share as percent with one decimal: `98.0 %`.
pub fn percent(fraction: f64) -> String {
    // 99.96 % is not 100 %: only everything is everything.
    let is_nearly_all = (0.999..1.0).contains(&fraction);
    let shown = if is_nearly_all { 0.999 } else { fraction };
    let Some(mut share) = Shortest::of(shown) else {
        return NO_NUMBER.to_owned();
    };
    // Nothing has no digit to move.
    if !share.digits.is_empty() {
        share.exponent += 2;
    }
    with_unit(share.rounded(1).text(1), Unit::Percent)
}

/// A file size: `15 KB`.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => plural(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} KB", compact((bytes as f64 / 1e3).round())),
        _ => format!("{} MB", compact((bytes as f64 / 1e5).round() / 10.0)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::super::decimal::plain_notation;
    use super::*;
    use crate::words::decimal::tests::numbers;

    #[test]
    fn numbers_read_well() {
        assert_eq!(
            [count(0), count(999), count(1_234_567)],
            ["0", "999", "1,234,567"]
        );
        assert_eq!(
            [
                compact(79.308_674),
                compact(4.424_5),
                compact(1234.6),
                compact(-0.012_34),
                compact(50.0),
                compact(149.789)
            ],
            ["79.3", "4.42", "1,235", "−0.0123", "50", "149.8"]
        );
        assert_eq!(
            [fixed(-0.0001, 2), fixed(-1.5, 1), fixed(f64::NAN, 2)],
            ["0.00", "−1.5", "–"]
        );
        assert_eq!(
            [0.0, -0.0, 1e-5, 0.01, 0.98, 0.9999, 1.0, -0.5].map(percent),
            [
                "0.0 %",
                "0.0 %",
                "0.0 %",
                "1.0 %",
                "98.0 %",
                "99.9 %",
                "100.0 %",
                "−50.0 %"
            ]
        );
        assert_eq!(
            [size(15_366), size(1), size(2_500_000)],
            ["15 KB", "1 byte", "2.5 MB"]
        );
    }

    #[test]
    fn halves_are_rounded_away_from_zero_on_the_shortest_decimal() {
        for (x, decimals, text) in [
            (19.25, 1, "19.3"),
            (119.85, 1, "119.9"),
            (85.75, 1, "85.8"),
            (0.15, 1, "0.2"),
            (-0.15, 1, "−0.2"),
            (1.005, 2, "1.01"),
            (999.95, 1, "1,000.0"),
            (0.5, 0, "1"),
            (0.05, 0, "0"),
            (-0.4, 0, "0"),
        ] {
            assert_eq!(fixed(x, decimals), text);
        }
        assert_eq!([percent(0.2975), percent(0.0805)], ["29.8 %", "8.1 %"]);
    }

    #[test]
    fn a_value_is_written_in_one_way() {
        for (x, text) in [
            (9226.9, "9,227"),
            (2971.0, "2,971"),
            (19.25, "19.3"),
            (119.85, "119.9"),
            (9.996, "10"),
            (99.96, "100"),
            (999.96, "1,000"),
            (-0.0, "0"),
            (12_345_678_901.0, "12,345,678,901"),
            (1.234_5e15, "1.23e15"),
            (-0.000_012_34, "−1.23e−5"),
            (9.999e-5, "1e−4"),
            (0.000_1, "0.0001"),
            (f64::INFINITY, "–"),
        ] {
            assert_eq!(compact(x), text);
        }
        assert_eq!(
            [
                all_digits(67.826_086_956),
                all_digits(-1234.5),
                all_digits(1e-7),
                all_digits(1.234_5e15)
            ],
            ["67.826086956", "−1,234.5", "1e−7", "1.2345e15"]
        );
    }

    #[test]
    fn a_value_that_changes_has_the_digits_of_its_column() {
        for (from, to, text) in [
            (1.068_135_135_135_135_1, 39.3, "1.07"),
            (1.068_135_135_135_135_1, 1.069, "1.0681"),
            (76.414_999_999_999_99, 80.0, "76.4"),
            (144.415, 150.0, "144.415"),
            (1_234_567.0, 1_300_000.0, "1,234,567"),
        ] {
            assert_eq!(beside_digits(from, to), text);
        }
    }

    #[test]
    fn ticks_are_written_as_values_are_unless_that_is_another_number() {
        let ticks = [0.0, 0.25, 20.0, 12_500.0, -3e6, 0.1 + 0.2, 0.7 + 0.1];
        assert_eq!(
            ticks.map(tick_words),
            ["0", "0.25", "20", "12,500", "−3,000,000", "0.3", "0.8"]
        );
        let narrow = [100.25, 1000.5, 1001.0, 0.123_45, 2e-6, 3e17];
        assert_eq!(
            narrow.map(tick_words),
            ["100.25", "1,000.5", "1,001", "0.12345", "2e−6", "3e17"]
        );
    }

    #[test]
    fn what_is_read_back_is_written_the_same() {
        for x in numbers() {
            for write in [compact, all_digits, tick_words] {
                let text = write(x);
                let again: f64 = plain_notation(&text).parse().unwrap();
                assert_eq!(write(again), text, "{x}");
            }
        }
    }
}
