//! What a field for a number takes of what is typed.

/// Which numbers a field takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldBounds {
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// Whether it must be larger than the smallest.
    pub is_above_min: bool,
    /// Whether it must be whole.
    pub is_whole: bool,
}

impl FieldBounds {
    /// Every number between two, both included.
    pub const fn between(min: f64, max: f64) -> Self {
        Self {
            min,
            max,
            is_above_min: false,
            is_whole: false,
        }
    }

    fn hold(&self, x: f64) -> bool {
        let is_above = if self.is_above_min {
            x > self.min
        } else {
            x >= self.min
        };
        is_above && x <= self.max
    }
}

/// Why a field does not take what is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldError {
    /// Nothing is typed, or blanks.
    Empty,
    /// It is no number.
    NotANumber,
    /// It is no whole number.
    NotWhole,
    /// It is outside the bounds.
    Outside(FieldBounds),
}

/// The number that is typed. Blanks around it do not matter, and a comma may stand for the decimal point where it can mean nothing else.
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
    if text.is_empty() {
        return Err(FieldError::Empty);
    }
    let number = match text.split_once(',') {
        // Three digits behind a comma may be thousands.
        Some((whole, rest)) if rest.len() != 3 && !text.contains('.') => {
            parse(&format!("{whole}.{rest}"))
        }
        _ => parse(&text.replace('−', "-")),
    };
    let number = number.filter(|number| number.is_finite());
    match number {
        None => Err(FieldError::NotANumber),
        Some(x) if !bounds.hold(x) => Err(FieldError::Outside(*bounds)),
        Some(x) if bounds.is_whole && x.fract() != 0.0 => Err(FieldError::NotWhole),
        // No minus before nothing.
        Some(x) => Ok(if x == 0.0 { 0.0 } else { x }),
    }
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

    const SHARE: FieldBounds = FieldBounds::between(0.0, 100.0);

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
            ("0", 0.0),
            ("100", 100.0),
            ("-0", 0.0),
            ("1e1", 10.0),
        ] {
            assert_eq!(read(text), Ok(number), "{text}");
        }
        assert_eq!([read(""), read(" \t ")], [Err(FieldError::Empty); 2]);
        for text in [
            "abc", "7 %", "1,000", "1.000,5", "--3", "inf", "NaN", "7 8", "1e999",
        ] {
            assert_eq!(read(text), Err(FieldError::NotANumber), "{text}");
        }
        for text in ["150", "-3", "−3", "1e9", "100.0001"] {
            assert_eq!(read(text), Err(FieldError::Outside(SHARE)), "{text}");
        }
        let whole = FieldBounds {
            is_whole: true,
            is_above_min: true,
            ..SHARE
        };
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
