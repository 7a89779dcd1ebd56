//! The order of a list of rows; file order needs no copy of the rows.

use crate::numeric::{order_of_keys, order_of_numbers};

/// What rows are sorted by: a value for every row of the table.
#[derive(Clone, Copy)]
pub enum SortValues<'a> {
    /// The row number.
    Place,
    /// A column of numbers.
    Numbers(&'a [f64]),
    /// The segments of a model.
    Labels(&'a [u32]),
    /// A value known for some rows only.
    Known(&'a dyn Fn(usize) -> Option<f64>),
}

/// The order in which some rows of a table are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ListOrder {
    /// As in the table.
    #[default]
    Ascending,
    /// The last row first.
    Descending,
    /// Sorted by a value: for each place in the list, the position among the rows.
    Sorted(Vec<u32>),
}

impl ListOrder {
    /// Sorts ascending rows. Ties stay in table order; rows without a value come last in both directions.
    pub fn new(rows: &[usize], values: SortValues, is_ascending: bool) -> Self {
        let by_number = |value: &dyn Fn(usize) -> f64| {
            order_of_numbers(rows.len(), |at| {
                let value = value(rows[at]);
                match (value.is_nan(), is_ascending) {
                    (true, _) => f64::NAN,
                    (false, true) => value,
                    (false, false) => -value,
                }
            })
        };
        let order = match values {
            SortValues::Place if is_ascending => return Self::Ascending,
            SortValues::Place => return Self::Descending,
            SortValues::Numbers(values) => {
                by_number(&|row| values.get(row).copied().unwrap_or(f64::NAN))
            }
            SortValues::Labels(labels) => order_of_keys(rows.len(), |at| {
                let label = labels.get(rows[at]).copied().unwrap_or(u32::MAX);
                u64::from(if is_ascending { label } else { !label })
            }),
            SortValues::Known(known) => by_number(&|row| known(row).unwrap_or(f64::NAN)),
        };
        Self::Sorted(order)
    }

    /// The row at a position in the list.
    pub fn row(&self, rows: &[usize], at: usize) -> Option<usize> {
        let at = match self {
            Self::Ascending => at,
            Self::Descending => rows.len().checked_sub(at + 1)?,
            Self::Sorted(order) => *order.get(at)? as usize,
        };
        rows.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn a_list_is_sorted_like_pairs_of_value_and_row() {
        let mut rng = Rng::new(3);
        for n in [0, 1, 30, 3_000] {
            let rows: Vec<usize> = (0..2 * n).filter(|_| rng.below(2) == 0).collect();
            let mut value = || match rng.below(4) {
                0 => f64::NAN,
                1 => -0.0,
                _ => (rng.normal() * 4.0).round(),
            };
            let numbers: Vec<f64> = (0..2 * n).map(|_| value()).collect();
            let labels: Vec<u32> = (0..2 * n).map(|_| rng.below(5) as u32).collect();
            let known = |row: usize| (!numbers[row].is_nan()).then(|| numbers[row] * 2.0);
            let of_row = |row: usize| row as f64;
            let of_label = |row: usize| f64::from(labels[row]);
            let of_number = |row: usize| numbers[row];
            let cases: [(SortValues, &dyn Fn(usize) -> f64); 4] = [
                (SortValues::Place, &of_row),
                (SortValues::Numbers(&numbers), &of_number),
                (SortValues::Labels(&labels), &of_label),
                (SortValues::Known(&known), &of_number),
            ];
            for (values, key) in cases {
                for is_ascending in [true, false] {
                    // The definition: a plain comparison, missing values last.
                    let mut slow = rows.clone();
                    slow.sort_by(|&a, &b| {
                        let (a, b) = (key(a), key(b));
                        let missing = a.is_nan().cmp(&b.is_nan());
                        let (less, more) = if is_ascending { (a, b) } else { (b, a) };
                        missing.then(less.partial_cmp(&more).unwrap_or(std::cmp::Ordering::Equal))
                    });
                    let order = ListOrder::new(&rows, values, is_ascending);
                    let listed: Option<Vec<usize>> =
                        (0..rows.len()).map(|at| order.row(&rows, at)).collect();
                    assert_eq!(listed, Some(slow));
                    assert_eq!(order.row(&rows, rows.len()), None);
                }
            }
        }
    }
}
