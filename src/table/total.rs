//! Rows that add up the others: the first below the header, or the last.
//!
//! A word such as `Total` alone makes no total where numbers say otherwise: one of them must be the sum of its column, or at
//! least as large as all others together, as where a filter has hidden some. Without a word every number must be the sum of its column.

use super::builder::Builder;
use super::number::{Decimal, Written};

/// Rows beside one without a name that must be there.
const OTHERS: usize = 3;
/// The same where a single number is the sum of its column.
const OTHERS_OF_ONE: usize = 5;

/// Whether a text says that its row adds up others.
fn is_total_word(cell: &str) -> bool {
    const WORDS: [&str; 34] = [
        "total",
        "totals",
        "grand total",
        "grand totals",
        "overall total",
        "overall",
        "subtotal",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "gesamtergebnis",
        "summe gesamt",
        "insgesamt",
        "endsumme",
        "somme",
        "total général",
        "total general",
        "ensemble",
        "totale",
        "totale generale",
        "totale complessivo",
        "somma",
        "totaal",
        "eindtotaal",
        "suma",
        "suma total",
        "total geral",
        "razem",
        "ogółem",
        "celkem",
        "summa",
        "итого",
        "合計",
    ];
    let cell = cell.trim().trim_end_matches(':').trim_end().to_lowercase();
    WORDS.contains(&cell.as_str())
}

/// How a number compares with the others of its column.
#[derive(Clone, Copy, Debug, Default)]
struct Compared {
    is_sum: bool,
    /// Whether it is at least as large as all others together.
    is_beyond: bool,
}

impl Compared {
    /// `None` where the row or most others have no number.
    fn of(column: &Builder, row: usize, n_rows: usize) -> Option<Self> {
        let cell = column.get(row);
        Written::of(&cell)?;
        let read = |decimal| Self::read(column, row, n_rows, decimal);
        match (read(Decimal::Point), read(Decimal::Comma)) {
            (Some(point), Some(comma)) if comma.is_sum && !point.is_sum => Some(comma),
            (point, comma) => point.or(comma),
        }
    }

    fn read(column: &Builder, row: usize, n_rows: usize, decimal: Decimal) -> Option<Self> {
        let mut total = None;
        let (mut n, mut sum, mut size) = (0_usize, 0.0, 0.0_f64);
        let mut decimals = 0;
        column.each_number(decimal, |at, value, n_decimals| {
            decimals = decimals.max(n_decimals);
            if at == row {
                total = Some(value);
            } else {
                n += 1;
                sum += value;
                size += value.abs();
            }
        });
        let total = total.filter(|_| n >= 2 && n * 2 >= n_rows)?;
        // Each number may be rounded.
        let unit = 0.1_f64.powi(i32::from(decimals));
        let rounded = if decimals > 0 {
            unit / 2.0 * (n as f64).sqrt()
        } else {
            0.0
        };
        Some(Self {
            is_sum: total != 0.0 && (total - sum).abs() <= rounded + 1e-9 * size,
            is_beyond: total.abs() >= size && size > 0.0,
        })
    }
}

/// Whether a row adds up the others.
pub(super) fn is_total_row(columns: &[Builder], row: usize, n_rows: usize) -> bool {
    let mut cells = columns.iter().map(|column| column.get(row));
    let Some(first) = cells.find(|cell| !cell.trim().is_empty()) else {
        return false;
    };
    let is_named = is_total_word(&first);
    let is_first_empty = columns
        .first()
        .is_some_and(|column| column.get(row).trim().is_empty());
    if !is_named && !is_first_empty {
        return false;
    }
    let is_word = |column: &Builder| {
        let cell = column.get(row);
        !cell.trim().is_empty() && Written::of(&cell).is_none()
    };
    if !is_named && columns.iter().any(is_word) {
        return false;
    }
    let compared = columns.iter();
    let compared = compared.filter_map(|column| Compared::of(column, row, n_rows));
    let compared: Vec<Compared> = compared.collect();
    if is_named {
        let is_total = |it: &Compared| it.is_sum || it.is_beyond;
        let is_last = row + 1 == n_rows;
        return compared.iter().any(is_total) || compared.is_empty() && is_last;
    }
    let others = n_rows - 1;
    let least = if compared.len() > 1 {
        OTHERS
    } else {
        OTHERS_OF_ONE
    };
    !compared.is_empty() && others >= least && compared.iter().all(|it| it.is_sum)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
