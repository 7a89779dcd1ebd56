//! One normal distribution of a mixture, and the sums from which the next one is made.

use serde::{Deserialize, Serialize};

use super::CovarianceType;
use crate::numeric::{F64x4, Matrix};

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

/// Sums over samples of `r`, `r (x - m)` and `r (x - m)(x - m)^T`, `m` the mean of before: differences to a near point, so that
/// nothing cancels. Four lanes are summed apart.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    pub(super) weight: F64x4,
    pub(super) first: Vec<F64x4>,
    /// Lower triangle, row by row.
    pub(super) second: Vec<F64x4>,
}

impl Sums {
    pub(super) fn new(n_features: usize) -> Self {
        let zero = F64x4::splat(0.0);
        Self {
            weight: zero,
            first: vec![zero; n_features],
            second: vec![zero; n_features * (n_features + 1) / 2],
        }
    }

    /// From one number each, in the order of the fields.
    pub(super) fn of(totals: &[f64], n_features: usize) -> Self {
        let mut lanes = totals.iter().map(|&x| F64x4::load(&[x, 0.0, 0.0, 0.0]));
        Self {
            weight: lanes.next().unwrap_or(F64x4::splat(0.0)),
            first: lanes.by_ref().take(n_features).collect(),
            second: lanes.collect(),
        }
    }

    /// The weight and mean of the next component, and its scatter (covariance times weight) before any constraint.
    pub(super) fn moments(&self, before: &[f64]) -> (f64, Vec<f64>, Matrix) {
        let total = |lanes: &F64x4| lanes.to_array().iter().sum::<f64>();
        let d = before.len();
        let weight = total(&self.weight);
        let shift: Vec<f64> = self.first.iter().map(|sum| total(sum) / weight).collect();
        let mut scatter = Matrix::zeros(d, d);
        let mut second = self.second.iter();
        for i in 0..d {
            for j in 0..=i {
                let value = second.next().map_or(0.0, total) - weight * shift[i] * shift[j];
                scatter.row_mut(i)[j] = value;
                scatter.row_mut(j)[i] = value;
            }
        }
        (
            weight,
            before.iter().zip(&shift).map(|(m, s)| m + s).collect(),
            scatter,
        )
    }
}

/// The components that fit the sums best under the constraint of `kind`; `None` when one has no samples or no spread.
pub(super) fn maximise(
    sums: &[Sums],
    before: &[Vec<f64>],
    kind: CovarianceType,
    reg_covar: f64,
) -> Option<Vec<Component>> {
    let moments: Vec<_> = sums
        .iter()
        .zip(before)
        .map(|(sums, mean)| sums.moments(mean))
        .collect();
    let total: f64 = moments.iter().map(|(weight, ..)| weight).sum();
    let d = before.first()?.len();
    let mut pooled = Matrix::zeros(d, d);
    for (_, _, scatter) in &moments {
        for i in 0..d {
            pooled
                .row_mut(i)
                .iter_mut()
                .zip(scatter.row(i))
                .for_each(|(sum, x)| *sum += x);
        }
    }
    moments
        .into_iter()
        .map(|(weight, mean, scatter)| {
            let (scatter, divisor) = if kind == CovarianceType::Tied {
                (&pooled, total)
            } else {
                (&scatter, weight)
            };
            let mean_variance = (0..d).map(|i| scatter.row(i)[i]).sum::<f64>() / d as f64;
            let mut covariance = Matrix::zeros(d, d);
            for i in 0..d {
                for j in 0..d {
                    let value = match kind {
                        CovarianceType::Full | CovarianceType::Tied => scatter.row(i)[j],
                        CovarianceType::Diag if i == j => scatter.row(i)[j],
                        CovarianceType::Spherical if i == j => mean_variance,
                        CovarianceType::Diag | CovarianceType::Spherical => 0.0,
                    };
                    covariance.row_mut(i)[j] =
                        value / divisor + if i == j { reg_covar } else { 0.0 };
                }
            }
            Component::new(weight / total, mean, covariance)
        })
        .collect()
}
