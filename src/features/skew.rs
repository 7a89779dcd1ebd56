//! Which amounts and counts are so skewed that a few customers decide where the segments lie.
//!
//! A moment skewness above 1 is high (Bulmer 1979, Principles of Statistics, chapter 4). From 24 values on it is also more than twice its
//! standard error `sqrt(6 / n)` in a bell. Only columns without a value below 0 are looked at: log(1 + x) is defined for them and
//! keeps the zeros apart from what is missing.

use serde::{Deserialize, Serialize};

use super::Feature;
use crate::numeric::skewness;

/// From here on a column is remarked.
pub const SKEWED: f64 = 1.0;
/// Fewer values may look skewed by chance.
const LEAST_ROWS: usize = 24;
/// Fewer different values are answers, not amounts.
const LEAST_DISTINCT: usize = 6;

/// The skewness of a column before and after log(1 + x).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skew {
    /// Of the values as they are.
    pub raw: f64,
    /// Of their logarithms.
    pub of_logs: f64,
}

impl Skew {
    /// `None` where a column is not skewed, or log(1 + x) leaves more skewness than there was.
    pub fn of(values: &[f64], n_distinct: usize) -> Option<Self> {
        let present = || values.iter().filter(|x| !x.is_nan());
        if n_distinct < LEAST_DISTINCT || present().any(|x| *x < 0.0) {
            return None;
        }
        let raw = skewness(values).filter(|raw| *raw > SKEWED)?;
        if present().count() < LEAST_ROWS {
            return None;
        }
        let logs: Vec<f64> = values.iter().map(|x| libm::log1p(*x)).collect();
        let of_logs = skewness(&logs)?;
        (of_logs.abs() < raw).then_some(Self { raw, of_logs })
    }
}

/// What a skewed column can be to the models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As it stands in the file.
    AsItIs,
    /// log(1 + x).
    Log1p,
    /// The power transform of Yeo and Johnson.
    YeoJohnson,
    /// Its rank.
    Rank,
}

impl Shape {
    /// All, the plain one first.
    pub const ALL: [Self; 4] = [Self::AsItIs, Self::Log1p, Self::YeoJohnson, Self::Rank];

    /// A column in this shape.
    pub fn of(self, column: &str) -> Feature {
        let a = column.to_owned();
        match self {
            Self::AsItIs => Feature::Column(a),
            Self::Log1p => Feature::Log1p { a },
            Self::YeoJohnson => Feature::YeoJohnson { a, lambda: None },
            Self::Rank => Feature::Rank { a },
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn amounts_and_counts_are_remarked_and_symmetric_or_short_columns_are_not() {
        let mut rng = Rng::new(7);
        let money: Vec<f64> = (0..300).map(|_| libm::exp(1.5 * rng.normal())).collect();
        let found = Skew::of(&money, 300).unwrap();
        assert!(found.raw > 2.0 && found.of_logs.abs() < found.raw / 2.0);
        let with_gap = [&money[..], &[f64::NAN]].concat();
        assert_eq!(Skew::of(&with_gap, 300), Some(found));
        let mirrored: Vec<f64> = money.iter().map(|x| 100.0 - x.min(99.0)).collect();
        let even: Vec<f64> = (0..300).map(f64::from).collect();
        let below: Vec<f64> = money.iter().map(|x| x - 1.0).collect();
        for values in [&mirrored, &even, &below, &vec![3.0; 50]] {
            assert_eq!(Skew::of(values, 300), None);
        }
        assert_eq!(Skew::of(&money[..20], 20), None);
        assert_eq!(Skew::of(&money, 5), None);
    }
}
