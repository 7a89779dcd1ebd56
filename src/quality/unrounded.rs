//! Values that many samples share, spread as if they had been rounded: otherwise a component as narrow as one value has any likelihood
//! it likes.
//!
//! ```text
//! step     the smallest step between the values of a feature with few effective ones (`super::columns`); 0 for others
//! spike    a value whose share is at least 5 % (40 % among fewer than 20 values) and 5 times the mean share of the three values on
//!          either side of it: no purchase, no donation, a limit
//! room     of a spike: max(step, width of an even spread as wide as the other values, sqrt(12) * (Q3 - Q1) / 1.349); of others: step
//! value    x + room * (u - 1/2),   u uniform in [0, 1)
//! ```
//!
//! Samples at a spike are one group only where they lie apart in their other features, too, or far from the other values. Features of two
//! values, and the indicators of a category, stay.

use super::columns::{ascending, has_few_values};
use crate::numeric::{Matrix, Rng, quantile_of_sorted};

/// Fewer different values are few.
const FEW_VALUES: usize = 20;
/// The least share of a spike among many values.
const SPIKE: f64 = 0.05;
/// The least share of a spike among few values: answers that many give are none.
const SPIKE_OF_FEW: f64 = 0.4;
/// How many times as frequent as the values around it a spike is.
const ABOVE: f64 = 5.0;
/// Values on either side that a spike is compared with.
const AROUND: usize = 3;
/// Without so many other values their spread is not known.
const FEWEST_OTHERS: usize = 10;
/// Width of an even spread with the standard deviation that a bell of this distance between quartiles has.
const EVEN: f64 = 3.464_101_615_137_754_4 / 1.349;

/// The rows with the values of each feature spread over their room.
pub(super) fn unrounded(part: &Matrix, seed: u64) -> Matrix {
    let rooms: Vec<Rooms> = (0..part.n_features())
        .map(|feature| Rooms::of(&ascending(part, feature)))
        .collect();
    let mut rng = Rng::new(seed ^ 0xD17E);
    let mut spread = Matrix::with_features(part.n_features());
    for row in part.rows() {
        let row = row.iter().zip(&rooms);
        spread.push_row(row.map(|(x, rooms)| x + rooms.at(*x) * (rng.uniform() - 0.5)));
    }
    spread
}

/// The room that the values of a feature are spread over.
struct Rooms {
    step: f64,
    spikes: Vec<f64>,
    of_spikes: f64,
}

impl Rooms {
    /// Of a feature with these ascending values.
    fn of(sorted: &[f64]) -> Self {
        let runs: Vec<&[f64]> = sorted.chunk_by(|a, b| a == b).collect();
        let steps = runs.windows(2).map(|pair| pair[1][0] - pair[0][0]);
        let step = if has_few_values(sorted) && runs.len() > 2 {
            steps.fold(f64::INFINITY, f64::min)
        } else {
            0.0
        };
        let spikes = (0..runs.len()).filter(|&at| is_spike(&runs, at, sorted.len()));
        let spikes: Vec<f64> = spikes.map(|at| runs[at][0]).collect();
        let mut others = sorted.to_vec();
        others.retain(|x| !spikes.contains(x));
        let of_spikes = if others.len() < FEWEST_OTHERS {
            step
        } else {
            let between = quantile_of_sorted(&others, 0.75) - quantile_of_sorted(&others, 0.25);
            step.max(EVEN * between)
        };
        Self {
            step,
            spikes,
            of_spikes,
        }
    }

    fn at(&self, x: f64) -> f64 {
        if self.spikes.contains(&x) {
            self.of_spikes
        } else {
            self.step
        }
    }
}

/// Whether one of the values, each with all that are equal to it, is a spike among `n`.
fn is_spike(runs: &[&[f64]], at: usize, n: usize) -> bool {
    let least = if runs.len() < FEW_VALUES {
        SPIKE_OF_FEW
    } else {
        SPIKE
    };
    let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(runs.len());
    let n_around = around.len() - 1;
    let of_around: usize = around.map(|at| runs[at].len()).sum();
    let own = runs[at].len();
    let mean = (of_around - own) as f64 / n_around.max(1) as f64;
    runs.len() > 2 && own as f64 >= least * n as f64 && own as f64 >= ABOVE * mean
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::sort_numbers;

    fn rooms(mut values: Vec<f64>) -> Rooms {
        sort_numbers(&mut values);
        Rooms::of(&values)
    }

    #[test]
    fn money_that_many_have_none_of_is_spread_as_wide_as_the_rest() {
        let mut rng = Rng::new(3);
        let cents = |x: f64| (100.0 * x).round() / 100.0;
        let spent: Vec<f64> = (0..200)
            .map(|_| cents(80.0 + 10.0 * rng.normal()))
            .collect();
        let found = rooms([vec![0.0; 300], spent.clone()].concat());
        assert_eq!(found.spikes, [0.0]);
        // An even spread of deviation 10 is 34.6 wide.
        assert!((28.0..42.0).contains(&found.at(0.0)), "{}", found.at(0.0));
        assert!(found.at(spent[0]) < 0.02);
        // The same without zeros has no spike, and stays.
        let found = rooms(spent.clone());
        assert_eq!((found.spikes.len(), found.at(spent[0])), (0, 0.0));
    }

    #[test]
    fn answers_counts_and_two_values_have_no_spike() {
        let mut rng = Rng::new(5);
        let answers =
            (0..400).map(|at| (if at % 2 == 0 { 2.0 } else { 4.0 } + rng.normal()).round());
        let found = rooms(answers.map(|x| x.clamp(1.0, 5.0)).collect());
        assert_eq!((found.spikes.len(), found.step), (0, 1.0));
        let counts = (0..400).map(|_| (8.0 + 3.0 * rng.normal()).round().max(0.0));
        let found = rooms(counts.collect());
        assert_eq!((found.spikes.len(), found.step), (0, 1.0));
        let found = rooms(
            (0..400)
                .map(|at| f64::from(u8::from(at % 9 == 0)))
                .collect(),
        );
        assert_eq!((found.spikes.len(), found.step), (0, 0.0));
        // Few visits, and most customers with none.
        let few = (0..400).map(|at| {
            if at % 10 < 6 {
                0.0
            } else {
                f64::from(1 + at % 7)
            }
        });
        let found = rooms(few.collect());
        assert_eq!((found.spikes.clone(), found.at(3.0)), (vec![0.0], 1.0));
        assert!(found.at(0.0) > 5.0);
    }
}
