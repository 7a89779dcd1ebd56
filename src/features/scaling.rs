//! Brings features to a common scale, and back.

use serde::{Deserialize, Serialize};

use crate::numeric::{Matrix, Moments};

/// How features are made comparable before distances are measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scaling {
    /// Raw units: the feature with the largest numbers dominates.
    None,
    /// `(x - mean) / standard deviation` (divisor n): every feature has the same weight.
    #[default]
    ZScore,
    /// `(x - min) / (max - min)`: every feature spans 0 to 1.
    MinMax,
}

/// The scaling fitted to a matrix: `scaled = (raw - offset) / divisor` per feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaler {
    offsets: Vec<f64>,
    divisors: Vec<f64>,
}

impl Scaler {
    /// Learns offsets and divisors from `raw`. A constant feature gets divisor 1: it becomes 0 and has no effect.
    pub fn fit(scaling: Scaling, raw: &Matrix) -> Self {
        let (offsets, divisors) = (0..raw.n_features())
            .map(|feature| {
                let column = || raw.column(feature);
                let (offset, divisor) = match scaling {
                    Scaling::None => (0.0, 1.0),
                    Scaling::ZScore => {
                        let moments =
                            Moments::of(raw.column(feature).collect::<Vec<_>>().iter().copied());
                        (moments.mean, moments.population_deviation())
                    }
                    Scaling::MinMax => {
                        let min = column().fold(f64::INFINITY, f64::min);
                        (min, column().fold(f64::NEG_INFINITY, f64::max) - min)
                    }
                };
                (
                    offset,
                    if divisor > 0.0 && divisor.is_finite() {
                        divisor
                    } else {
                        1.0
                    },
                )
            })
            .unzip();
        Self { offsets, divisors }
    }

    /// The matrix in scaled units, of the same shape as `raw`.
    pub fn scaled_from_raw(&self, raw: &Matrix) -> Matrix {
        let mut scaled = Matrix::with_features(raw.n_features());
        for row in raw.rows() {
            scaled.push_row(
                row.iter()
                    .enumerate()
                    .map(|(feature, &x)| self.scaled(feature, x)),
            );
        }
        scaled
    }

    /// A value of one feature in scaled units.
    pub fn scaled(&self, feature: usize, raw: f64) -> f64 {
        (raw - self.offsets[feature]) / self.divisors[feature]
    }

    /// A value of one feature back in raw units.
    pub fn raw_from_scaled(&self, feature: usize, scaled: f64) -> f64 {
        self.offsets[feature] + scaled * self.divisors[feature]
    }

    /// Raw units per scaled unit of one feature.
    pub fn divisor(&self, feature: usize) -> f64 {
        self.divisors[feature]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_columns_become_zero_and_others_unit() {
        let mut raw = Matrix::with_features(2);
        for x in [1.0, 2.0, 3.0] {
            raw.push_row([x, 5.0]);
        }
        let z = Scaler::fit(Scaling::ZScore, &raw).scaled_from_raw(&raw);
        // (1 - 2) / sqrt(2/3)
        assert!((z.row(0)[0] + 1.5_f64.sqrt()).abs() < 1e-15);
        assert_eq!(z.column(1).collect::<Vec<_>>(), [0.0; 3]);
        let unit = Scaler::fit(Scaling::MinMax, &raw).scaled_from_raw(&raw);
        assert_eq!(unit.column(0).collect::<Vec<_>>(), [0.0, 0.5, 1.0]);
        assert_eq!(Scaler::fit(Scaling::None, &raw).scaled_from_raw(&raw), raw);
    }
}
