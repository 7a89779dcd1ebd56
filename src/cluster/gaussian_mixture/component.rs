//! One normal distribution of a mixture.

use serde::{Deserialize, Serialize};

use crate::numeric::Matrix;

/// A weighted normal distribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// Share of the samples, in `[0, 1]`.
    pub weight: f64,
    /// Mean, in the centred units of the samples.
    pub mean: Vec<f64>,
    /// Covariance, shape `(n_features, n_features)`.
    pub covariance: Matrix,
    /// Lower triangular `L` with `L (x - mean)` uncorrelated and of variance 1: the inverse of the Cholesky factor.
    pub(super) whitener: Matrix,
    /// `ln weight - (d ln 2 pi + ln det covariance) / 2`.
    pub(super) log_scale: f64,
    /// Smallest variance of a feature given those before it; near zero when the component has collapsed.
    pub(super) least_variance: f64,
}

impl Component {
    /// `None` when the covariance is not positive definite.
    pub(super) fn new(weight: f64, mean: Vec<f64>, covariance: Matrix) -> Option<Self> {
        let d = mean.len();
        let factor = cholesky(&covariance)?;
        let pivots = || (0..d).map(|i| factor.row(i)[i]);
        let log_det: f64 = pivots().map(|pivot| 2.0 * libm::log(pivot)).sum();
        let least_variance = pivots()
            .map(|pivot| pivot * pivot)
            .fold(f64::INFINITY, f64::min);
        Some(Self {
            log_scale: libm::log(weight)
                - 0.5 * (d as f64 * libm::log(std::f64::consts::TAU) + log_det),
            whitener: inverse_of_lower(&factor),
            weight,
            mean,
            covariance,
            least_variance,
        })
    }

    /// `ln weight + ln density` at a point.
    pub(super) fn log_share_at(&self, point: &[f64]) -> f64 {
        let apart: Vec<f64> = point.iter().zip(&self.mean).map(|(x, m)| x - m).collect();
        let whitened = self.whitener.rows().map(|row| {
            let dot: f64 = row.iter().zip(&apart).map(|(l, x)| l * x).sum();
            dot * dot
        });
        self.log_scale - 0.5 * whitened.sum::<f64>()
    }
}

/// Lower triangular `L` with `L L^T = matrix` (Cholesky).
fn cholesky(matrix: &Matrix) -> Option<Matrix> {
    let d = matrix.n_samples();
    let mut factor = Matrix::zeros(d, d);
    for i in 0..d {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|l| factor.row(i)[l] * factor.row(j)[l]).sum();
            let rest = matrix.row(i)[j] - dot;
            factor.row_mut(i)[j] = if i == j {
                if !(rest > 0.0 && rest.is_finite()) {
                    return None;
                }
                rest.sqrt()
            } else {
                rest / factor.row(j)[j]
            };
        }
    }
    Some(factor)
}

fn inverse_of_lower(factor: &Matrix) -> Matrix {
    let d = factor.n_samples();
    let mut inverse = Matrix::zeros(d, d);
    for column in 0..d {
        for i in column..d {
            let unit = if i == column { 1.0 } else { 0.0 };
            let dot: f64 = (column..i)
                .map(|l| factor.row(i)[l] * inverse.row(l)[column])
                .sum();
            inverse.row_mut(i)[column] = (unit - dot) / factor.row(i)[i];
        }
    }
    inverse
}
