//! One identity per segment across models and refits: its number, which gives its letter, colour and shape.
//!
//! In a first comparison, segments are numbered by ascending centroid of the first model. In a later one they take the numbers of
//! the nearest earlier segments, all matched together (Hungarian matching on squared distances of column means, each in standard
//! deviations of its column); additional segments, and those whose number is higher than there are marks to tell apart, get the lowest free numbers.

use serde::{Deserialize, Serialize};

use crate::agreement::{Matching, assign};
use crate::numeric::Moments;
use crate::table::{ColumnKind, Table};

/// Segments that keep their numbers, described by their means in the numeric columns of the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Identity {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Number of each segment.
    pub numbers: Vec<u32>,
    /// Mean of each column per segment, in the order of `numbers`; `None` where no customer has a value.
    pub means: Vec<Vec<Option<f64>>>,
}

/// Numbers below this have a colour and a shape of their own. Higher ones are kept only while there are so many segments: after a look
/// at 50 of them, five are again told apart at a glance.
const TOLD_APART: usize = 12;

/// Squared distances are compared as integers, in millionths.
const FINE: f64 = 1e6;

impl Identity {
    /// The segments given by a label per row of a table; labels at or above `n_segments` are left out.
    pub(crate) fn of(table: &Table, labels: &[u32], n_segments: usize) -> Self {
        let columns: Vec<_> = numeric(table).collect();
        let mut found = Self {
            columns: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            ..Self::default()
        };
        for number in 0..n_segments as u32 {
            if !labels.contains(&number) {
                continue;
            }
            let mean = |values: &[f64]| {
                let own = values.iter().zip(labels);
                let own = own.filter(|(x, label)| **label == number && !x.is_nan());
                Some(Moments::of(own.map(|(x, _)| *x)).mean).filter(|mean| mean.is_finite())
            };
            found.numbers.push(number);
            found
                .means
                .push(columns.iter().map(|(_, values)| mean(values)).collect());
        }
        found
    }

    /// The number for each segment of `fresh`; unmatched ones get the lowest free numbers.
    pub(crate) fn numbers_for(&self, fresh: &Self, table: &Table) -> Vec<u32> {
        let spreads: Vec<(usize, usize, f64)> = numeric(table)
            .filter_map(|(name, values)| {
                let at = |of: &Self| of.columns.iter().position(|column| column == name);
                let moments = Moments::of(values.iter().copied().filter(|x| !x.is_nan()));
                let deviation = moments.population_deviation();
                (deviation > 0.0).then_some((at(self)?, at(fresh)?, deviation))
            })
            .collect();
        let gain = |old: usize, new: usize| {
            let squares = spreads.iter().filter_map(|&(of_old, of_new, spread)| {
                let apart = self.means[old].get(of_old)?.as_ref()? - fresh.means[new][of_new]?;
                Some((apart / spread).powi(2))
            });
            -(squares.sum::<f64>() * FINE).min(1e15) as i64
        };
        let matched: Matching = assign(self.means.len(), fresh.means.len(), gain);
        let mut numbers = vec![u32::MAX; fresh.means.len()];
        let most = numbers.len().max(TOLD_APART) as u32;
        for (old, new) in matched.column_of_row.iter().enumerate() {
            let number = self.numbers.get(old).filter(|&&number| number < most);
            if let (Some(new), Some(&number)) = (new, number) {
                numbers[*new] = number;
            }
        }
        for at in 0..numbers.len() {
            if numbers[at] == u32::MAX {
                numbers[at] = lowest_free(&numbers);
            }
        }
        numbers
    }
}

/// The lowest number that is not taken.
pub(crate) fn lowest_free(taken: &[u32]) -> u32 {
    let mut number = 0;
    while taken.contains(&number) {
        number += 1;
    }
    number
}

fn numeric(table: &Table) -> impl Iterator<Item = (&str, &[f64])> {
    let columns = table.columns.iter();
    let numeric = columns.filter(|column| column.kind == ColumnKind::Number);
    numeric.map(|column| (column.name.as_str(), column.numbers.as_slice()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::table::read_csv;

    #[test]
    fn segments_keep_their_numbers_when_one_is_added_and_when_one_goes() {
        let table = read_csv(b"x,y\n1,1\n1,2\n9,1\n9,2\n5,50\n5,51\n").unwrap();
        let two = Identity::of(&table, &[0, 0, 1, 1, 1, 1], 2);
        assert_eq!(two.numbers, [0, 1]);
        // The new labels are in reverse order; the third segment is new.
        let three = Identity::of(&table, &[2, 2, 1, 1, 0, 0], 3);
        assert_eq!(two.numbers_for(&three, &table), [1, 2, 0]);
        let kept = Identity {
            numbers: vec![4, 1, 7],
            ..three
        };
        let fewer = Identity::of(&table, &[0, 0, 0, 0, 1, 1], 2);
        assert_eq!(kept.numbers_for(&fewer, &table)[1], 4);
        // After a look at many segments the high numbers go, and the low ones stay.
        let after_many = Identity {
            numbers: vec![4, 40, 7],
            ..kept.clone()
        };
        let back = after_many.numbers_for(&Identity::of(&table, &[0, 0, 1, 1, 2, 2], 3), &table);
        assert_eq!(back, [7, 0, 4]);
        let none = Identity::default();
        assert_eq!(none.numbers_for(&fewer, &table), [0, 1]);
    }
}
