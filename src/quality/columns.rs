//! What the values of the features are like: data without segments must be like that, too.
//!
//! ```text
//! block    features of two values that are never both at the larger one: the indicators of one category
//! coarse   fewer than 20 effective values, n_e = 1 / sum of squared shares, and at most 11 in all, or one that more than a fifth of the
//!          samples share: yes or no, answers 0 to 10, a spike at zero
//! smooth   everything else, counts of many sizes as well
//! ```
//!
//! The effective number of values is the inverse of Simpson's index (Hill 1973, Ecology 54).

use crate::numeric::{Matrix, Rng, sort_numbers};

/// Fewer effective values are few.
const FEW: f64 = 20.0;
/// The longest scale of answers: 0 to 10.
const LONGEST_SCALE: usize = 11;
/// A value that a larger share of the samples has is a heap of its own.
const SHARED: f64 = 0.2;

/// What the values of one feature are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// Hardly any value occurs twice, or the steps between them are small.
    Smooth,
    /// A few values, or one that many samples share.
    Coarse,
    /// An indicator of the category of that number.
    Block(usize),
}

/// What the values of each feature are like.
pub(super) fn kinds(data: &Matrix) -> Vec<Values> {
    let mut kinds: Vec<Values> = (0..data.n_features())
        .map(|feature| {
            if is_coarse(&ascending(data, feature)) {
                Values::Coarse
            } else {
                Values::Smooth
            }
        })
        .collect();
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    for feature in 0..data.n_features() {
        let Some(upper) = upper_of_two(data, feature) else {
            continue;
        };
        let excludes = |block: &&mut Vec<usize>| {
            block.iter().all(|&other| {
                let largest = data.column(other).fold(f64::NEG_INFINITY, f64::max);
                let mut rows = data.rows();
                !rows.any(|row| row[feature] == upper && row[other] == largest)
            })
        };
        match blocks.iter_mut().find(excludes) {
            Some(block) => block.push(feature),
            None => blocks.push(vec![feature]),
        }
    }
    // Yes or no alone is no category whose indicators hang together.
    let blocks = blocks.into_iter().filter(|block| block.len() > 1);
    for (number, block) in blocks.enumerate() {
        for feature in block {
            kinds[feature] = Values::Block(number);
        }
    }
    kinds
}

/// Values of a feature in ascending order.
pub(super) fn ascending(data: &Matrix, feature: usize) -> Vec<f64> {
    let mut values: Vec<f64> = data.column(feature).collect();
    sort_numbers(&mut values);
    values
}

/// Whether a feature with these ascending values has few effective ones.
pub(super) fn has_few_values(sorted: &[f64]) -> bool {
    let n = sorted.len() as f64;
    let runs = sorted.chunk_by(|a, b| a == b);
    let squares: f64 = runs.map(|run| (run.len() as f64 / n).powi(2)).sum();
    let effective = 1.0 / squares;
    effective < FEW && effective < n / 2.0
}

/// Whether its steps and heaps are those of a scale, and no gaps between customers.
fn is_coarse(sorted: &[f64]) -> bool {
    let runs = || sorted.chunk_by(|a, b| a == b);
    let most = runs().map(<[f64]>::len).max().unwrap_or(0) as f64;
    let is_scale = runs().count() <= LONGEST_SCALE || most > SHARED * sorted.len() as f64;
    is_scale && has_few_values(sorted)
}

/// The larger of two values, if a feature has exactly two.
fn upper_of_two(data: &Matrix, feature: usize) -> Option<f64> {
    let sorted = ascending(data, feature);
    let (first, last) = (*sorted.first()?, *sorted.last()?);
    let is_two = first < last && sorted.iter().all(|&x| x == first || x == last);
    is_two.then_some(last)
}

/// The samples without the indicators of categories, and equal values spread evenly over the room that each of them stands for: the
/// steps of a scale are no valleys. The second result says which of the features kept are coarse.
///
/// A value of a coarse feature stands for all up to halfway to the next; one of a smooth feature for half the smallest step.
pub(super) fn spread(data: &Matrix, seed: u64) -> (Matrix, Vec<bool>) {
    let mut rng = Rng::new(seed ^ 0x0D17);
    let kinds = kinds(data);
    let kept = (0..kinds.len()).filter(|&at| !matches!(kinds[at], Values::Block(_)));
    let (mut columns, mut are_coarse) = (Vec::new(), Vec::new());
    for feature in kept {
        let is_coarse = kinds[feature] == Values::Coarse;
        let sorted = ascending(data, feature);
        let mut values = sorted.clone();
        values.dedup();
        let has_ties = values.len() < sorted.len();
        let steps = || values.windows(2).map(|pair| pair[1] - pair[0]);
        let smallest = steps().fold(f64::INFINITY, f64::min);
        let half = |step: Option<f64>| {
            let step = step.filter(|_| is_coarse).unwrap_or(smallest);
            if has_ties && step.is_finite() {
                step / 2.0
            } else {
                0.0
            }
        };
        let mut column = Vec::with_capacity(sorted.len());
        for x in data.column(feature) {
            let at = values.partition_point(|&other| other < x);
            let before = at.checked_sub(1).map(|before| x - values[before]);
            let after = values.get(at + 1).map(|after| after - x);
            let (left, right) = (half(before.or(after)), half(after.or(before)));
            column.push(x - left + (left + right) * rng.uniform());
        }
        columns.push(column);
        are_coarse.push(is_coarse);
    }
    let mut spread = Matrix::with_features(columns.len());
    for row in 0..data.n_samples() {
        spread.push_row(columns.iter().map(|column| column[row]));
    }
    (spread, are_coarse)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two categories of three values as indicators, a yes or no, answers 1 to 5, money with many zeros, whole numbers, numbers.
    fn mixed() -> Matrix {
        let mut rng = Rng::new(3);
        let mut data = Matrix::with_features(11);
        for _ in 0..300 {
            let (a, b) = (rng.below(3), rng.below(3));
            let is = |yes: bool| f64::from(u8::from(yes));
            let money = if rng.uniform() < 0.4 {
                0.0
            } else {
                libm::exp(rng.normal())
            };
            data.push_row([
                is(a == 0),
                is(b == 0),
                is(a == 1),
                is(b == 1),
                is(a == 2),
                is(b == 2),
                is(rng.uniform() < 0.5),
                1.0 + rng.below(5) as f64,
                money,
                rng.below(100) as f64,
                rng.normal(),
            ]);
        }
        data
    }

    #[test]
    fn categories_and_few_values_are_known() {
        use Values::{Block, Coarse, Smooth};
        let kinds = kinds(&mixed());
        let blocks = [Block(0), Block(1)].repeat(3);
        assert_eq!(kinds[..6], blocks);
        assert_eq!(kinds[6..], [Coarse, Coarse, Coarse, Smooth, Smooth]);
        // Counts of 13 to 20 sizes are smooth, unless a fifth have none or they are a scale of 0 to 10.
        let counts = |n: usize, none: usize| -> Vec<f64> {
            let mut counts = vec![0.0; none];
            counts.extend((0..260).map(|at| (at % n) as f64));
            sort_numbers(&mut counts);
            counts
        };
        assert!(has_few_values(&counts(13, 0)) && !is_coarse(&counts(13, 0)));
        assert!(is_coarse(&counts(11, 0)) && is_coarse(&counts(13, 80)));
    }

    #[test]
    fn equal_values_are_spread_over_their_own_room() {
        let data = mixed();
        let (spread, are_coarse) = spread(&data, 1);
        assert_eq!(are_coarse, [true, true, true, false, false]);
        for (row, spread) in data.rows().zip(spread.rows()) {
            assert!((spread[0] - row[6]).abs() <= 0.5 && (spread[1] - row[7]).abs() <= 0.5);
            assert!((spread[3] - row[9]).abs() <= 0.5);
            // No two of the numbers are equal: they stay where they are.
            assert_eq!(spread[4], row[10]);
        }
        let mut values: Vec<f64> = spread.column(1).collect();
        sort_numbers(&mut values);
        assert!(values.windows(2).all(|pair| pair[1] - pair[0] < 0.2));
    }

    #[test]
    fn a_constant_stays_one() {
        let mut data = Matrix::with_features(1);
        (0..40).for_each(|_| data.push_row([2.0]));
        assert_eq!(kinds(&data), [Values::Coarse]);
        assert!(spread(&data, 1).0.column(0).all(|x| x == 2.0));
    }
}
