//! Maximisation: the components that best fit the sums of an expectation step.

use super::{Component, CovarianceType};
use crate::numeric::{F64x4, Matrix};

/// Sums over samples of `r`, `r (x - m)` and `r (x - m)(x - m)^T`, where `m` is the mean before the step: differences to a near
/// point, so that no digits cancel. Each of the four lanes has its own sum.
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

/// The components that fit the sums best under the constraint of `kind`; or the first that has no samples or no spread.
pub(super) fn maximise(
    sums: &[Sums],
    before: &[Vec<f64>],
    kind: CovarianceType,
    reg_covar: f64,
) -> Result<Vec<Component>, usize> {
    let moments: Vec<_> = sums
        .iter()
        .zip(before)
        .map(|(sums, mean)| sums.moments(mean))
        .collect();
    let total: f64 = moments.iter().map(|(weight, ..)| weight).sum();
    let d = before.first().map_or(0, Vec::len);
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
        .enumerate()
        .map(|(which, (weight, mean, scatter))| {
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
            Component::new(weight / total, mean, covariance).ok_or(which)
        })
        .collect()
}
