//! The unit of a column of numbers: what all of them are written with, or that they are years.

use super::meaning::Meaning;
use super::{Texts, Unit};

impl Unit {
    /// Of numbers in a column of this name, and of their cells.
    pub(super) fn of(name: &str, cells: &Texts, values: &[f64]) -> Self {
        match sign_of(cells, values) {
            Self::None => Self::of_numbers(name, values),
            sign => sign,
        }
    }

    /// Of numbers that come without cells.
    pub(super) fn of_numbers(name: &str, values: &[f64]) -> Self {
        if are_years(name, values) {
            Self::Year
        } else {
            Self::None
        }
    }
}

/// What every cell that holds a number is written with.
fn sign_of(cells: &Texts, values: &[f64]) -> Unit {
    let numbers = cells.iter().zip(values).filter(|(_, x)| !x.is_nan());
    let mut signs = numbers.map(|(cell, _)| cell.trim_end().ends_with('%'));
    let is_first = signs.next().unwrap_or(false);
    if is_first && signs.all(|is_percent| is_percent) {
        Unit::Percent
    } else {
        Unit::None
    }
}

/// Words of the names of columns that hold years, beside those of birth and of the past.
const YEAR: [&str; 6] = ["year", "jahr", "année", "año", "anno", "jaar"];

/// Whether numbers are years: so called, whole and all of about our time.
fn are_years(name: &str, values: &[f64]) -> bool {
    let lower = name.to_lowercase();
    let is_so_called = YEAR.iter().any(|word| lower.contains(word))
        || Meaning::Person.is_of(name)
        || Meaning::Past.is_of(name);
    let mut years = values.iter().filter(|x| !x.is_nan()).peekable();
    is_so_called
        && years.peek().is_some()
        && years.all(|x| x.fract() == 0.0 && (1900.0..=2100.0).contains(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_called_so_whole_and_of_our_time() {
        let years = [2003.0, f64::NAN, 1987.0];
        for name in ["Year", "Customer since", "Year_Birth", "Baujahr", "founded"] {
            assert!(are_years(name, &years), "{name}");
        }
        assert!(!are_years("Income", &years));
        assert!(!are_years("Orders per year", &[12.0, 3.0]));
        assert!(!are_years("Year", &[2003.5]));
        assert!(!are_years("Year", &[f64::NAN]));
    }
}
