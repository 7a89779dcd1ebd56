//! What a field for a number takes of what is typed.

/// Which numbers a field takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldBounds {
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// Whether it must be whole.
    pub is_whole: bool,
    /// Whether it is in percent, so that the sign may be typed behind it.
    pub is_percent: bool,
}

impl FieldBounds {
    /// Every number between two, both included.
    pub const fn between(min: f64, max: f64) -> Self {
        Self {
            min,
            max,
            is_whole: false,
            is_percent: false,
        }
    }

    /// The same of a number in percent, or not.
    #[must_use]
    pub const fn in_percent(self, is_percent: bool) -> Self {
        Self { is_percent, ..self }
    }
}

/// Why a field does not take what is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldError {
    /// Nothing is typed, or blanks.
    Empty,
    /// It is no number.
    NotANumber,
    /// A comma before three digits may separate thousands or decimals.
    Ambiguous {
        /// The number if it separates thousands.
        thousands: f64,
        /// The number if it separates decimals.
        decimal: f64,
    },
    /// It is no whole number.
    NotWhole,
    /// It is outside the bounds.
    Outside(FieldBounds),
}

/// The number that is typed. Blanks around it do not matter; thousands may be apart, and a comma may stand for the decimal point, where
/// that can mean nothing else.
///
/// `parse` reads the notation of programs: the page leaves that to the browser, which has it anyway.
///
/// # Errors
/// What is wrong with it.
pub fn read_number(
    text: &str,
    bounds: &FieldBounds,
    parse: impl Fn(&str) -> Option<f64>,
) -> Result<f64, FieldError> {
    let text = text.trim();
    let unit = if bounds.is_percent { "%" } else { "" };
    let text = text.strip_suffix(unit).unwrap_or(text).trim_end();
    if text.is_empty() {
        return Err(FieldError::Empty);
    }
    let parse = |text: &str| parse(text).filter(|number| number.is_finite());
    let typed = split_number(&of_one_kind(text)).ok_or(FieldError::NotANumber)?;
    if typed.is_ambiguous()
        && let (Some(thousands), Some(decimal)) = (
            parse(&(typed.whole.clone() + &typed.decimals)),
            parse(&typed.in_plain_notation()),
        )
    {
        return Err(FieldError::Ambiguous { thousands, decimal });
    }
    match parse(&typed.in_plain_notation()) {
        None => Err(FieldError::NotANumber),
        Some(x) if !(bounds.min..=bounds.max).contains(&x) => Err(FieldError::Outside(*bounds)),
        Some(x) if bounds.is_whole && x.fract() != 0.0 => Err(FieldError::NotWhole),
        // No minus before nothing.
        Some(x) => Ok(if x == 0.0 { 0.0 } else { x }),
    }
}

/// A number as it is typed, on both sides of its decimal sign.
struct Typed {
    /// The sign and the digits before it; groups of thousands are put together.
    whole: String,
    /// Whether groups were apart.
    is_grouped: bool,
    /// The decimal sign.
    sign: Option<char>,
    /// What follows it.
    decimals: String,
}

impl Typed {
    fn in_plain_notation(&self) -> String {
        let point = if self.sign.is_some() { "." } else { "" };
        format!("{}{point}{}", self.whole, self.decimals)
    }

    /// Whether the comma may as well separate thousands: `9,227`, not `0,227` or `12345,678`.
    fn is_ambiguous(&self) -> bool {
        let digits = unsigned(&self.whole);
        self.sign == Some(',')
            && !self.is_grouped
            && is_digits(&self.decimals, 3..=3)
            && is_digits(digits, 1..=3)
            && !digits.starts_with('0')
    }
}

/// The text with one kind of minus and one of blank.
fn of_one_kind(text: &str) -> String {
    let kind = |c: char| match c {
        '−' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.chars().map(kind).collect()
}

/// Finds the decimal sign, the last comma or point where there is one of its kind, and groups of three digits before it.
fn split_number(text: &str) -> Option<Typed> {
    let is_sign = |c: char| matches!(c, ',' | '.');
    let sign = text.chars().rev().find(|&c| is_sign(c));
    let sign = sign.filter(|&sign| text.matches(sign).count() == 1);
    let (whole, decimals) = sign
        .and_then(|it| text.split_once(it))
        .unwrap_or((text, ""));
    let is_apart = |c: char| is_sign(c) || c == ' ';
    let mut between = whole.chars().filter(|&c| is_apart(c));
    let is_grouped = match between.next() {
        None => false,
        Some(first) => {
            let mut groups = unsigned(whole).split(is_apart);
            let is_first = groups.next().is_some_and(|it| is_digits(it, 1..=3));
            if !is_first || !between.all(|c| c == first) || !groups.all(|it| is_digits(it, 3..=3)) {
                return None;
            }
            true
        }
    };
    Some(Typed {
        whole: whole.replace(is_apart, ""),
        is_grouped,
        sign,
        decimals: decimals.to_owned(),
    })
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

fn is_digits(text: &str, n: std::ops::RangeInclusive<usize>) -> bool {
    n.contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit())
}

/// Decimals that values are looked at with, at most.
const MOST_DECIMALS: i32 = 3;
/// Steps over the range of values that have more.
const STEPS: f64 = 1000.0;

/// The grid that a column's values lie on: whole numbers, or tenths, hundredths, thousandths; else a power of ten that is fine enough.
pub fn grid_of(values: &[f64], min: f64, max: f64) -> f64 {
    let lies_on = |decimals: i32| {
        let scale = 10_f64.powi(decimals);
        let mut values = values.iter().filter(|x| x.is_finite());
        values.all(|x| {
            let scaled = x * scale;
            (scaled - scaled.round()).abs() <= 1e-9 * scaled.abs().max(1.0)
        })
    };
    match (0..=MOST_DECIMALS).find(|&decimals| lies_on(decimals)) {
        Some(decimals) => 10_f64.powi(-decimals),
        None if max > min => 10_f64.powi(libm::floor(libm::log10((max - min) / STEPS)) as i32),
        None => 1.0,
    }
}

/// The nearest number on a grid.
pub fn on_grid(x: f64, grid: f64) -> f64 {
    if grid >= 1.0 {
        (x / grid).round() * grid
    } else {
        // A tenth is no double, ten is.
        let per_one = (1.0 / grid).round();
        (x * per_one).round() / per_one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARE: FieldBounds = FieldBounds::between(0.0, 100.0).in_percent(true);

    fn parsed(text: &str) -> Option<f64> {
        text.parse().ok()
    }

    #[test]
    fn what_is_typed_is_taken_as_it_is_or_refused_with_the_reason() {
        let read = |text| read_number(text, &SHARE, parsed);
        for (text, number) in [
            ("7", 7.0),
            ("7.25", 7.25),
            (" 7,5 ", 7.5),
            ("7 %", 7.0),
            ("7,5%", 7.5),
            ("0", 0.0),
            ("100", 100.0),
            ("-0", 0.0),
            ("1e1", 10.0),
        ] {
            assert_eq!(read(text), Ok(number), "{text}");
        }
        assert_eq!(
            [read(""), read(" \t "), read("%")],
            [Err(FieldError::Empty); 3]
        );
        for text in [
            "abc",
            "7 % %",
            "% 7",
            "--3",
            "−−3",
            "- 3",
            "inf",
            "NaN",
            "7 8",
            "7,5,1",
            "1.5,5",
            "1 23",
            "1,234 567",
            ",",
            "1e999",
        ] {
            assert_eq!(read(text), Err(FieldError::NotANumber), "{text}");
        }
        for text in ["150", "-3", "−3", "1e9", "100.0001"] {
            assert_eq!(read(text), Err(FieldError::Outside(SHARE)), "{text}");
        }
        let whole = FieldBounds {
            is_whole: true,
            min: 1.0,
            ..SHARE
        };
        // An amount has no percent.
        let amount = FieldBounds::between(0.0, 100.0);
        assert_eq!(
            read_number("7 %", &amount, parsed),
            Err(FieldError::NotANumber)
        );
        assert_eq!(read_number("5", &whole, parsed), Ok(5.0));
        assert_eq!(
            read_number("5.5", &whole, parsed),
            Err(FieldError::NotWhole)
        );
        assert_eq!(
            read_number("0", &whole, parsed),
            Err(FieldError::Outside(whole))
        );
    }

    #[test]
    fn thousands_may_be_apart_where_that_can_mean_nothing_else() {
        let read = |text| read_number(text, &FieldBounds::between(-1e9, 1e9), parsed);
        for (text, number) in [
            ("−3,5", -3.5),
            ("−3", -3.0),
            ("+3,5", 3.5),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("−1.234.567,25", -1_234_567.25),
            ("1,234,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1 234", 1234.0),
            ("1\u{a0}234\u{202f}567,891", 1_234_567.891),
            ("0,227", 0.227),
            ("12345,678", 12_345.678),
            ("9,2275", 9.2275),
            ("1,5e3", 1500.0),
            ("9.227", 9.227),
        ] {
            assert_eq!(read(text), Ok(number), "{text}");
        }
        for (text, thousands, decimal) in
            [("9,227", 9227.0, 9.227), ("−100,000", -100_000.0, -100.0)]
        {
            let both = FieldError::Ambiguous { thousands, decimal };
            assert_eq!(read(text), Err(both), "{text}");
        }
    }

    #[test]
    fn handles_of_whole_numbers_give_whole_numbers() {
        let ages = [18.0, 70.0, 33.0, f64::NAN];
        assert_eq!(grid_of(&ages, 18.0, 70.0), 1.0);
        assert_eq!(on_grid(67.826, 1.0), 68.0);
        let prices = [0.1, 19.9, 3.35];
        let grid = grid_of(&prices, 0.1, 19.9);
        assert_eq!((grid, on_grid(7.123, grid)), (0.01, 7.12));
        let drawn = [0.123_456_7, 98.765_432_1];
        assert_eq!(grid_of(&drawn, drawn[0], drawn[1]), 0.01);
        assert_eq!(grid_of(&[0.123_456_7], 0.123_456_7, 0.123_456_7), 1.0);
    }
}
