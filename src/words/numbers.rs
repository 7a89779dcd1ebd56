//! Numbers as people read them. Every number on the screen is written here, so another language changes this file alone.
//!
//! A number is rounded on its shortest decimal, the one that reads back as the same number, halves away from zero: 19.25 is 19.3 and
//! 0.15 is 0.2, whatever their binary values are. [`compact`] is the one way in which a value of a column is written: in cells, tips,
//! sentences, axes and tables of charts.

/// Between thousands.
const GROUP: char = ',';
/// Between a whole number and its decimals.
const POINT: char = '.';
/// Before a negative number: the minus sign, not a hyphen.
const MINUS: char = '−';
/// What is no number.
const NO_NUMBER: &str = "–";

/// A whole number with its thousands apart: `12,345`.
pub fn count(n: usize) -> String {
    grouped(n.to_string().as_bytes())
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

/// A value of a column with every digit that it has, for the tip of a shortened one and for numbers that can be entered again.
pub fn exact(x: f64) -> String {
    let Some(number) = Shortest::of(x) else {
        return NO_NUMBER.to_owned();
    };
    if number.is_plain() {
        number.text(number.n_decimals())
    } else {
        number.scientific(number.digits.len())
    }
}

/// A round number on an axis: as [`compact`] has it, with more digits only where that is another number.
pub fn tick_words(x: f64) -> String {
    let Some(number) = Shortest::of(x) else {
        return NO_NUMBER.to_owned();
    };
    // Ticks are sums of steps: rounding of their positions must not show.
    let tick = number.rounded(11 - number.exponent);
    let short = tick.rounded(tick.decimals());
    if tick.is_plain() && short.digits != tick.digits {
        tick.text(tick.n_decimals())
    } else {
        compact(tick.value())
    }
}

/// The digits of [`compact`] in the notation that fields take.
pub fn editable(x: f64) -> String {
    if x.is_finite() {
        plain_notation(&compact(x))
    } else {
        "0".into()
    }
}

/// All digits of a number in the notation that fields take.
pub fn editable_exact(x: f64) -> String {
    if x.is_finite() {
        plain_notation(&exact(x))
    } else {
        "0".into()
    }
}

/// A number as this file writes it, in the notation of programs.
fn plain_notation(text: &str) -> String {
    let letters = text.chars().filter(|&c| c != GROUP);
    let letters = letters.map(|c| match c {
        MINUS => '-',
        POINT => '.',
        c => c,
    });
    letters.collect()
}

/// A share as percent with one decimal: `98.0 %`.
pub fn percent(fraction: f64) -> String {
    // 99.96 % is not 100 %: only everything is everything.
    let is_nearly_all = (0.999..1.0).contains(&fraction);
    let shown = if is_nearly_all { 0.999 } else { fraction };
    let Some(mut share) = Shortest::of(shown) else {
        return NO_NUMBER.to_owned();
    };
    share.exponent += 2;
    format!("{} %", share.rounded(1).text(1))
}

/// The shortest decimal that reads back as a number: 0.d₁d₂d₃… times ten to the power of one more than `exponent`.
#[derive(Clone, Debug)]
struct Shortest {
    is_negative: bool,
    /// Digits from the first that is not zero to the last; none for zero.
    digits: Vec<u8>,
    /// The power of ten of the first digit.
    exponent: i32,
}

impl Shortest {
    /// `None` for what is not finite.
    fn of(x: f64) -> Option<Self> {
        let text = x.is_finite().then(|| format!("{:e}", x.abs()))?;
        let (digits, exponent) = text.split_once('e')?;
        let mut number = Self {
            is_negative: x < 0.0,
            digits: digits.bytes().filter(u8::is_ascii_digit).collect(),
            exponent: exponent.parse().ok()?,
        };
        number.trim();
        Some(number)
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.exponent = 0;
        }
    }

    /// Whether it is written without a power of ten.
    fn is_plain(&self) -> bool {
        self.digits.is_empty() || (-4..15).contains(&self.exponent)
    }

    /// The decimals that [`compact`] gives a number of this size.
    fn decimals(&self) -> i32 {
        match self.exponent {
            3.. => 0,
            1.. => 1,
            exponent => 2 - exponent,
        }
    }

    /// The decimals that its digits take.
    fn n_decimals(&self) -> usize {
        (self.digits.len() as i32 - 1 - self.exponent).max(0) as usize
    }

    /// With so many decimals at most, halves away from zero. Fewer than none round tens and hundreds.
    fn rounded(&self, decimals: i32) -> Self {
        let n_kept = self.exponent + 1 + decimals;
        let mut number = self.clone();
        if n_kept >= self.digits.len() as i32 {
            return number;
        }
        let is_up = n_kept >= 0 && self.digits[n_kept as usize] >= b'5';
        number.digits.truncate(n_kept.max(0) as usize);
        if is_up {
            // Nines become zeros, and the digit before them goes up by one.
            while number.digits.last() == Some(&b'9') {
                number.digits.pop();
            }
            match number.digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    number.digits.push(b'1');
                    number.exponent += 1;
                }
            }
        }
        number.trim();
        number
    }

    /// Its digits with so many decimals, which it does not exceed.
    fn text(&self, decimals: usize) -> String {
        let digit = |power: i32| {
            let at = usize::try_from(self.exponent - power).ok();
            at.and_then(|at| self.digits.get(at))
                .copied()
                .unwrap_or(b'0')
        };
        let whole: Vec<u8> = (0..=self.exponent.max(0)).rev().map(digit).collect();
        let mut text = self.sign();
        text += grouped(&whole).as_str();
        if decimals > 0 {
            text.push(POINT);
            text.extend((1..=decimals as i32).map(|at| char::from(digit(-at))));
        }
        text
    }

    /// One digit, so many decimals at most, and a power of ten.
    fn scientific(&self, decimals: usize) -> String {
        let number = self.rounded(decimals as i32 - self.exponent);
        let power = number.exponent;
        let one = Self {
            exponent: 0,
            ..number
        };
        let minus = if power < 0 {
            MINUS.to_string()
        } else {
            String::new()
        };
        format!("{}e{minus}{}", one.text(one.n_decimals()), power.abs())
    }

    /// Nothing before zero, which has no sign.
    fn sign(&self) -> String {
        let is_shown = self.is_negative && !self.digits.is_empty();
        is_shown.then_some(MINUS).into_iter().collect()
    }

    /// The number itself.
    fn value(&self) -> f64 {
        let sign = if self.is_negative { "-" } else { "" };
        let digits: String = self.digits.iter().map(|&digit| char::from(digit)).collect();
        let text = format!("{sign}.{digits}0e{}", self.exponent + 1);
        text.parse().unwrap_or(f64::NAN)
    }
}

/// A file size: `15 KB`.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => plural(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} KB", compact((bytes as f64 / 1e3).round())),
        _ => format!("{} MB", compact((bytes as f64 / 1e5).round() / 10.0)),
    }
}

/// How well separated segments are by their mean silhouette, with the reading of Kaufman & Rousseeuw (1990, Finding Groups in
/// Data), and what the word means.
pub fn separation(silhouette: f64) -> (&'static str, &'static str) {
    match silhouette {
        0.705.. => (
            "Strong",
            "Mean silhouette above 0.70: the segments are far apart (Kaufman & Rousseeuw 1990).",
        ),
        0.505.. => (
            "Reasonable",
            "Mean silhouette from 0.51 to 0.70: the segments are reasonably apart (Kaufman & Rousseeuw 1990).",
        ),
        0.255.. => (
            "Weak",
            "Mean silhouette from 0.26 to 0.50: the segments could be artificial (Kaufman & Rousseeuw 1990).",
        ),
        _ => (
            "None to speak of",
            "Mean silhouette up to 0.25: the segments run into each other (Kaufman & Rousseeuw 1990).",
        ),
    }
}

fn grouped(digits: &[u8]) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, &digit) in digits.iter().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(GROUP);
        }
        text.push(char::from(digit));
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

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
            [percent(0.98), percent(0.9999), percent(1.0)],
            ["98.0 %", "99.9 %", "100.0 %"]
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
                exact(67.826_086_956),
                exact(-1234.5),
                exact(1e-7),
                exact(1.234_5e15)
            ],
            ["67.826086956", "−1,234.5", "1e−7", "1.2345e15"]
        );
        assert_eq!(
            [
                editable(-1234.6),
                editable(f64::NAN),
                editable_exact(1e-7),
                editable_exact(-67.826)
            ],
            ["-1235", "0", "1e-7", "-67.826"]
        );
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

    /// Numbers of all sizes: of few digits, as files have them, and of all digits.
    fn numbers() -> impl Iterator<Item = f64> {
        let mut rng = crate::numeric::Rng::new(14);
        (0..60_000).map(move |i| {
            let digits = (rng.next_u64() % 10_u64.pow(1 + i % 9)) as f64;
            let sign = if rng.below(2) == 0 { 1.0 } else { -1.0 };
            let power = 10_f64.powi(rng.below(8) as i32);
            let x = sign
                * if i % 2 == 0 {
                    digits / power
                } else {
                    digits * power
                };
            if i % 7 == 0 {
                x * (1.0 + f64::EPSILON)
            } else {
                x
            }
        })
    }

    /// The definition, in whole numbers of the last decimal: twice the number plus one half, halved.
    fn slowly(x: f64, decimals: usize) -> Option<String> {
        let text = x.abs().to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let cut = 10_i128.checked_pow(part.len().saturating_sub(decimals) as u32)?;
        let zeros = "0".repeat(decimals.saturating_sub(part.len()));
        let n: i128 = format!("{whole}{part}{zeros}").parse().ok()?;
        let n = (2 * n + cut).div_euclid(2 * cut);
        let digits = format!("{n:0>width$}", width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        let point = if decimals > 0 { "." } else { "" };
        let sign = if x < 0.0 && n > 0 { "−" } else { "" };
        Some(format!("{sign}{}{point}{part}", grouped(whole.as_bytes())))
    }

    #[test]
    fn every_number_is_rounded_as_defined() {
        let mut n_compared = 0;
        for x in numbers() {
            for decimals in 0..4 {
                if let Some(text) = slowly(x, decimals) {
                    n_compared += 1;
                    assert_eq!(fixed(x, decimals), text, "{x} with {decimals} decimals");
                }
            }
        }
        assert!(n_compared > 200_000, "{n_compared}");
    }

    #[test]
    fn what_is_read_back_is_written_the_same() {
        for x in numbers() {
            for write in [compact, exact, tick_words] {
                let text = write(x);
                let again: f64 = plain_notation(&text).parse().unwrap();
                assert_eq!(write(again), text, "{x}");
            }
            let all: f64 = editable_exact(x).parse().unwrap();
            assert_eq!(all, x + 0.0, "{x}");
            let shown: f64 = editable(x).parse().unwrap();
            assert_eq!(compact(shown), compact(x), "{x}");
        }
    }
}
