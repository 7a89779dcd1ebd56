//! When a component is no segment: it holds too few samples for its shape, or has no spread in some direction.
//!
//! The likelihood of such a component grows without bound and means nothing (Day 1969, Biometrika 56; McLachlan & Peel 2000,
//! Finite Mixture Models, 3.8). How many samples a component needs depends on what it estimates from them alone:
//!
//! ```text
//! full: d + 1        diag, spherical: 2        tied: 1, as the spread is that of all components together
//! ```
//!
//! A direction in which all samples together are as flat is no collapse: a constant column, or one that repeats others.

use std::cell::OnceCell;

use super::{Component, CovarianceType, GaussianMixtureParams};
use crate::cluster::{Samples, Spike};
use crate::numeric::{Matrix, symmetric_eigen};

/// A variance up to this many times `reg_covar` is that of a collapsed component.
const LEAST_SPREAD: f64 = 10.0;
/// A component with a variance below this share of that of a column is thin: kept only where no other mixture is found.
const THIN: f64 = 1e-4;
/// The variance in that direction must also be below this share of that of all samples.
const OF_ALL: f64 = 0.01;

/// Why a component is no segment.
#[derive(Clone, Debug)]
pub(super) struct Collapse {
    /// The component.
    pub(super) which: usize,
    /// The feature in which it has no spread; `None` where it holds too few samples.
    pub(super) flat: Option<usize>,
}

/// What components of these samples are held against.
pub(super) struct Rules<'a> {
    samples: &'a Samples,
    covariance: CovarianceType,
    reg_covar: f64,
    least_samples: usize,
    /// Variance of each feature, with what is added to it.
    variances: Vec<f64>,
    /// All samples as one component; needed once some component is suspected.
    all: OnceCell<Option<Component>>,
}

impl<'a> Rules<'a> {
    pub(super) fn of(samples: &'a Samples, params: &GaussianMixtureParams) -> Self {
        let n = samples.n_samples() as f64;
        let variance = |column: &Vec<f64>| {
            let squares = column.iter().zip(&samples.weights);
            squares.map(|(x, weight)| weight * x * x).sum::<f64>() / n + params.reg_covar
        };
        Self {
            samples,
            covariance: params.covariance,
            reg_covar: params.reg_covar,
            least_samples: params.least_samples,
            variances: samples.columns.iter().map(variance).collect(),
            all: OnceCell::new(),
        }
    }

    /// Samples that one component needs.
    pub(super) fn needed(&self) -> usize {
        let by_shape = match self.covariance {
            CovarianceType::Full => self.samples.n_features() + 1,
            CovarianceType::Diag | CovarianceType::Spherical => 2,
            CovarianceType::Tied => 1,
        };
        by_shape.max(self.least_samples)
    }

    /// Whether some component must collapse, wherever the components lie.
    pub(super) fn are_hopeless(&self, n_clusters: usize) -> bool {
        let needed = match self.covariance {
            CovarianceType::Tied => n_clusters + self.samples.n_features(),
            _ => n_clusters * self.needed(),
        };
        self.samples.n_samples() < needed
    }

    /// The first component that has collapsed.
    pub(super) fn collapse(&self, components: &[Component]) -> Option<Collapse> {
        let n = self.samples.n_samples() as f64;
        // Effective samples are rounded: those of a segment of one are a little below 1.
        let is_few = |it: &Component| {
            let effective = it.weight * n + 0.5;
            effective.is_nan() || effective < self.needed() as f64
        };
        let floor = LEAST_SPREAD * self.reg_covar;
        components.iter().enumerate().find_map(|(which, it)| {
            if is_few(it) {
                return Some(Collapse { which, flat: None });
            }
            let flat = self.flattest(it, floor, &|_| 1.0)?;
            Some(Collapse {
                which,
                flat: Some(flat),
            })
        })
    }

    /// Whether some component is thin though not collapsed.
    pub(super) fn are_thin(&self, components: &[Component]) -> bool {
        let deviation = |feature: usize| self.variances[feature].sqrt();
        let is_thin = |it: &Component| self.flattest(it, THIN, &deviation).is_some();
        components.iter().any(is_thin)
    }

    /// The feature that weighs most in the direction of least variance, if that variance is at most `floor`, in units of `unit`
    /// per feature, and far below that of all samples there.
    fn flattest(
        &self,
        component: &Component,
        floor: f64,
        unit: &dyn Fn(usize) -> f64,
    ) -> Option<usize> {
        let d = self.variances.len();
        // The least eigenvalue is at least one over the trace of the inverse, the squared norm of the whitener.
        let units: Vec<f64> = (0..d).map(unit).collect();
        let rows = component.whitener.rows();
        let squares =
            rows.flat_map(|row| row.iter().zip(&units).map(|(l, unit)| l * l * unit * unit));
        if 1.0 > floor * squares.sum::<f64>() {
            return None;
        }
        let covariance = &component.covariance;
        if matches!(
            self.covariance,
            CovarianceType::Diag | CovarianceType::Spherical
        ) {
            let variance = |feature: usize| covariance.row(feature)[feature];
            let is_flat = |&feature: &usize| {
                variance(feature) <= floor * units[feature] * units[feature]
                    && variance(feature) <= OF_ALL * self.variances[feature]
            };
            return (0..d).find(is_flat);
        }
        let (values, _) = symmetric_eigen(&turned(covariance, &diagonal_over(&units)));
        if values.last().is_none_or(|&least| least > floor) {
            return None;
        }
        let all = self.all.get_or_init(|| self.all_samples());
        let whitener = &all.as_ref()?.whitener;
        let (values, vectors) = symmetric_eigen(&turned(covariance, whitener));
        if values.last().is_none_or(|&least| least > OF_ALL) {
            return None;
        }
        // The direction u of whitened space is the direction W^T u of the features.
        let direction = vectors.row(d - 1);
        let weight = |feature: usize| {
            let terms = whitener.rows().zip(direction);
            let sum: f64 = terms.map(|(row, u)| row[feature] * u).sum();
            sum.abs() * self.variances[feature].sqrt()
        };
        (0..d).reduce(|best, next| {
            if weight(next) > weight(best) {
                next
            } else {
                best
            }
        })
    }

    fn all_samples(&self) -> Option<Component> {
        let d = self.variances.len();
        let n = self.samples.n_samples() as f64;
        let mut covariance = Matrix::zeros(d, d);
        for (point, weight) in self.samples.points.rows().zip(&self.samples.weights) {
            for i in 0..d {
                let row = covariance.row_mut(i);
                for j in 0..=i {
                    row[j] += weight * point[i] * point[j];
                }
            }
        }
        for i in 0..d {
            for j in 0..=i {
                let own = if i == j { self.reg_covar } else { 0.0 };
                let value = covariance.row(i)[j] / n + own;
                covariance.row_mut(i)[j] = value;
                covariance.row_mut(j)[i] = value;
            }
        }
        Component::new(1.0, vec![0.0; d], covariance)
    }

    /// The value of a feature that a collapsed component sits on, if so many samples share it that no bell fits them.
    pub(super) fn spike(&self, collapse: &Collapse, components: &[Component]) -> Option<Spike> {
        let feature = collapse.flat?;
        let centre = components.get(collapse.which)?.mean[feature];
        let column = &self.samples.columns[feature];
        let sample = (0..column.len()).reduce(|best, next| {
            if (column[next] - centre).abs() < (column[best] - centre).abs() {
                next
            } else {
                best
            }
        })?;
        let pairs = column.iter().zip(&self.samples.weights);
        let same = pairs.filter(|(x, _)| **x == column[sample]);
        let n_same = same.map(|(_, weight)| weight).sum::<f64>() as usize;
        (n_same >= self.needed().max(2)).then_some(Spike {
            feature,
            sample,
            n_same,
            n_samples: self.samples.n_samples(),
        })
    }
}

/// `B A B^T`.
fn turned(a: &Matrix, b: &Matrix) -> Matrix {
    let d = a.n_features();
    let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    let mut half = Matrix::with_features(d);
    for row in a.rows() {
        half.push_row(b.rows().map(|other| dot(row, other)));
    }
    let mut whole = Matrix::with_features(d);
    for row in b.rows() {
        let of_columns = (0..d).map(|column| {
            let terms = row.iter().enumerate();
            terms.map(|(i, x)| x * half.row(i)[column]).sum::<f64>()
        });
        whole.push_row(of_columns);
    }
    whole
}

/// The diagonal matrix of `1 / units`.
fn diagonal_over(units: &[f64]) -> Matrix {
    let mut matrix = Matrix::zeros(units.len(), units.len());
    for (i, unit) in units.iter().enumerate() {
        matrix.row_mut(i)[i] = 1.0 / unit;
    }
    matrix
}
