//! Brings features to a common scale and into one order, and back.
//!
//! Raw features stand in the order of the file. Scaled ones, on which distances and all other sums over features run, stand in the order
//! of their names: a sum in another order has other last digits, and where distances are equal these decide.

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
    /// By raw feature.
    offsets: Vec<f64>,
    /// By raw feature.
    divisors: Vec<f64>,
    /// The raw feature of each scaled one.
    order: Vec<usize>,
}

impl Scaler {
    /// Learns offsets and divisors from `raw`. A constant feature gets divisor 1: it becomes 0 and has no effect.
    /// Scaled features stand in the order of the raw ones.
    pub fn fit(scaling: Scaling, raw: &Matrix) -> Self {
        Self::fit_in_order(scaling, raw, (0..raw.n_features()).collect())
    }

    /// As [`Scaler::fit`]; `order` holds the raw feature of each scaled one.
    pub fn fit_in_order(scaling: Scaling, raw: &Matrix, order: Vec<usize>) -> Self {
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
        Self {
            offsets,
            divisors,
            order,
        }
    }

    /// The raw feature of each scaled one.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The scaled feature of each raw one.
    pub fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.order.len()];
        for (place, &feature) in self.order.iter().enumerate() {
            places[feature] = place;
        }
        places
    }

    /// The matrix in scaled units, of the same shape as `raw`.
    pub fn scaled_from_raw(&self, raw: &Matrix) -> Matrix {
        let mut scaled = Matrix::with_features(raw.n_features());
        for row in raw.rows() {
            scaled.push_row(self.row(row));
        }
        scaled
    }

    /// The scaled features of a raw row.
    pub fn row<'a>(&'a self, raw: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        let order = self.order.iter();
        order.map(|&feature| self.scaled(feature, raw[feature]))
    }

    /// A value of one raw feature in scaled units.
    pub fn scaled(&self, feature: usize, raw: f64) -> f64 {
        (raw - self.offsets[feature]) / self.divisors[feature]
    }

    /// A scaled row back in raw units.
    pub fn raw_row(&self, scaled: &[f64]) -> Vec<f64> {
        let mut raw = vec![0.0; self.order.len()];
        for (&feature, x) in self.order.iter().zip(scaled) {
            raw[feature] = self.offsets[feature] + x * self.divisors[feature];
        }
        raw
    }

    /// Raw units per scaled unit of one raw feature.
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

    #[test]
    fn scaled_features_have_an_order_of_their_own_and_find_back() {
        let mut raw = Matrix::with_features(3);
        for x in [1.0, 2.0, 4.0] {
            raw.push_row([x, 10.0 * x, 100.0 * x]);
        }
        let scaler = Scaler::fit_in_order(Scaling::None, &raw, vec![2, 0, 1]);
        let scaled = scaler.scaled_from_raw(&raw);
        assert_eq!(scaled.row(0), [100.0, 1.0, 10.0]);
        assert_eq!(scaler.raw_row(scaled.row(2)), [4.0, 40.0, 400.0]);
        let scaler = Scaler::fit_in_order(Scaling::MinMax, &raw, vec![1, 2, 0]);
        let row: Vec<f64> = scaler.row(raw.row(1)).collect();
        assert_eq!(scaler.raw_row(&row), raw.row(1));
    }
}
