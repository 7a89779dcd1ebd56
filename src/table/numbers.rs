//! The cells of a column read as numbers, all by one decimal sign.

use super::context::Context;
use super::number::{Hint, Written, is_infinite};
use super::{Decimal, Texts, is_missing_mark, parse_number};

/// The cells of a column read as numbers.
pub(super) struct Numbers {
    /// NaN where there is none.
    pub(super) values: Vec<f64>,
    pub(super) missing: usize,
    pub(super) texts: Vec<usize>,
    pub(super) infinite: Vec<usize>,
    pub(super) decimal: Decimal,
    pub(super) ambiguous: Option<usize>,
}

impl Numbers {
    pub(super) fn of(cells: &Texts, context: Context) -> Self {
        let mut numbers = Self {
            values: Vec::with_capacity(cells.len()),
            missing: 0,
            texts: Vec::new(),
            infinite: Vec::new(),
            decimal: Decimal::Point,
            ambiguous: None,
        };
        let mut odd = Vec::new();
        for (row, cell) in cells.iter().enumerate() {
            let number = parse_number(cell);
            numbers.values.push(number.unwrap_or(f64::NAN));
            if number.is_none() {
                if is_missing_mark(cell) {
                    numbers.missing += 1;
                } else {
                    odd.push(row);
                }
            }
        }
        if let Some(decimal) = context.decimal {
            numbers.decimal = decimal;
            numbers.read_again(cells, &(0..cells.len()).collect::<Vec<_>>());
        } else if !odd.is_empty() {
            numbers.read_odd(cells, &odd, context.has_free_commas);
        }
        numbers
    }

    /// Reads cells that are no plain numbers, after all cells have voted on the decimal sign.
    fn read_odd(&mut self, cells: &Texts, odd: &[usize], has_free_commas: bool) {
        let (mut points, mut commas) = (0_usize, 0_usize);
        let (mut comma_example, mut point_example) = (None, None);
        for (row, cell) in cells.iter().enumerate() {
            match Written::of(cell).map(|written| written.hint()) {
                Some(Hint::Is(Decimal::Point)) => points += 1,
                Some(Hint::Is(Decimal::Comma)) => commas += 1,
                Some(Hint::CommaOrThousands) => comma_example = comma_example.or(Some(row)),
                Some(Hint::PointOrThousands) => point_example = point_example.or(Some(row)),
                Some(Hint::Silent) | None => {}
            }
        }
        let is_settled = points != commas;
        let reads_commas = match commas.cmp(&points) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => {
                has_free_commas && comma_example.is_some() && point_example.is_none()
            }
        };
        self.decimal = if reads_commas {
            Decimal::Comma
        } else {
            Decimal::Point
        };
        self.ambiguous = comma_example.filter(|_| !is_settled);
        // If the comma is the decimal sign, the point of a plain number groups thousands.
        if reads_commas {
            self.read_again(cells, &(0..cells.len()).collect::<Vec<_>>());
        } else {
            self.read_again(cells, odd);
        }
    }

    /// Reads rows by the decimal sign that was settled on.
    fn read_again(&mut self, cells: &Texts, rows: &[usize]) {
        for &row in rows {
            let cell = cells.get(row);
            let value = Written::of(cell).and_then(|written| written.value(self.decimal));
            self.values[row] = f64::NAN;
            match value {
                Some(value) if value.is_finite() => self.values[row] = value,
                Some(_) => self.infinite.push(row),
                None if is_infinite(cell) => self.infinite.push(row),
                None if is_missing_mark(cell) => {}
                None => self.texts.push(row),
            }
        }
    }
}
