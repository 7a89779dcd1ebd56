//! The distinct rows that models run on.

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};

use crate::numeric::{Matrix, Sum, along_curve, order_of_numbers, pulse, sort_ties};

use super::gaussian_mixture::Blocks;
use super::k_means::Screen;
use super::neighbours::Neighbours;
use super::{FitError, Metric, unit};

/// Steps per sample for each part of the work.
const STEPS: usize = 16;

/// Distinct samples in ascending order (by first feature, then the next), centred on the mean, with weights.
///
/// ```
/// use seamline_kernels::cluster::Samples;
/// use seamline_kernels::numeric::Matrix;
///
/// let mut matrix = Matrix::with_features(2);
/// for row in [[3.0, 0.0], [1.0, 4.0], [3.0, 0.0], [1.0, 0.0]] {
///     matrix.push_row(row);
/// }
/// let samples = Samples::new(&matrix)?;
/// assert_eq!(samples.weights, [1.0, 1.0, 2.0]);
/// assert_eq!(samples.distinct_of, [2, 1, 2, 0]);
/// assert_eq!(samples.means, [2.0, 1.0]);
/// assert_eq!(samples.points.row(2), [1.0, -1.0]);
/// # Ok::<(), seamline_kernels::cluster::FitError>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Packed")]
pub struct Samples {
    /// Shape `(n_distinct, n_features)`; scaled units minus the mean of all samples.
    #[serde(skip_serializing)]
    pub points: Matrix,
    /// The same, feature by feature: `columns[feature][distinct]`.
    pub columns: Vec<Vec<f64>>,
    /// Mean of all samples per feature, in scaled units: what the points are centred on.
    pub means: Vec<f64>,
    /// How many samples each distinct row stands for.
    pub weights: Vec<f64>,
    /// Position among the distinct rows of each sample.
    pub distinct_of: Vec<u32>,
    /// The distinct samples along a curve through space: neighbours on it are near each other.
    pub along_curve: Vec<u32>,
    /// The same in single precision.
    #[serde(skip_serializing)]
    pub(super) screen: Screen,
    /// The same in blocks; computed for the first mixture.
    #[serde(skip_serializing)]
    blocks: OnceCell<Blocks>,
    /// Nearest neighbours; computed for the first tree that needs them.
    #[serde(skip_serializing)]
    neighbours: OnceCell<Neighbours>,
}

/// Samples on their way to another worker; the points are rebuilt from the columns.
#[derive(Deserialize)]
pub(super) struct Packed {
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) means: Vec<f64>,
    pub(super) weights: Vec<f64>,
    pub(super) distinct_of: Vec<u32>,
    pub(super) along_curve: Vec<u32>,
}

impl From<Packed> for Samples {
    fn from(packed: Packed) -> Self {
        let mut points = Matrix::with_features(packed.columns.len());
        for i in 0..packed.weights.len() {
            points.push_row(packed.columns.iter().map(|column| column[i]));
        }
        Self {
            blocks: OnceCell::new(),
            neighbours: OnceCell::new(),
            screen: Screen::new(&packed.columns, &packed.weights, &packed.along_curve),
            points,
            columns: packed.columns,
            means: packed.means,
            weights: packed.weights,
            distinct_of: packed.distinct_of,
            along_curve: packed.along_curve,
        }
    }
}

impl Samples {
    /// Merges equal rows of `scaled`, shape `(n_samples, n_features)`. Cost: a sort, and one per feature for the curve.
    ///
    /// # Errors
    /// [`FitError::Overflow`] when a feature spans more than 1e150: squared distances would not be finite.
    pub fn new(scaled: &Matrix) -> Result<Self, FitError> {
        let n = scaled.n_samples();
        for feature in 0..scaled.n_features() {
            let (min, max) = scaled
                .column(feature)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
                    (a.min(x), b.max(x))
                });
            if max - min > 1e150 {
                return Err(FitError::Overflow { feature });
            }
        }
        let compare = |a: usize, b: usize| compare_rows(scaled.row(a), scaled.row(b));
        let first = |row: usize| scaled.row(row).first().copied().unwrap_or(0.0);
        pulse(STEPS * n);
        let mut order = order_of_numbers(n, first);
        pulse(STEPS * n);
        sort_ties(&mut order, |a, b| first(a) == first(b), &mut |a, b| {
            compare(a, b)
        });
        let mut distinct_rows: Vec<u32> = Vec::new();
        let mut weights: Vec<f64> = Vec::new();
        let mut distinct_of = vec![0; n];
        for &row in &order {
            match (distinct_rows.last(), weights.last_mut()) {
                (Some(last), Some(weight)) if compare(*last as usize, row as usize).is_eq() => {
                    *weight += 1.0;
                }
                _ => {
                    distinct_rows.push(row);
                    weights.push(1.0);
                }
            }
            distinct_of[row as usize] = (distinct_rows.len() - 1) as u32;
        }
        pulse(STEPS * n);
        // Sums run over the sorted rows, so that the mean does not depend on the order of the file.
        let means: Vec<f64> = (0..scaled.n_features())
            .map(|feature| {
                pulse(STEPS * distinct_rows.len());
                let terms = distinct_rows
                    .iter()
                    .zip(&weights)
                    .map(|(&row, weight)| weight * scaled.row(row as usize)[feature]);
                terms.collect::<Sum>().value() / n as f64
            })
            .collect();
        let mut points = Matrix::with_features(scaled.n_features());
        for &row in &distinct_rows {
            pulse(STEPS + points.n_features());
            points.push_row(
                scaled
                    .row(row as usize)
                    .iter()
                    .zip(&means)
                    .map(|(x, mean)| x - mean),
            );
        }
        let columns: Vec<Vec<f64>> = (0..points.n_features())
            .map(|feature| points.column(feature).collect())
            .collect();
        let along_curve = along_curve(weights.len(), columns.len(), |i, feature| {
            columns[feature][i]
        });
        Ok(Self {
            blocks: OnceCell::new(),
            neighbours: OnceCell::new(),
            screen: Screen::new(&columns, &weights, &along_curve),
            points,
            along_curve,
            columns,
            means,
            weights,
            distinct_of,
        })
    }

    pub(super) fn blocks(&self) -> &Blocks {
        self.blocks
            .get_or_init(|| Blocks::new(&self.columns, &self.weights, &self.along_curve))
    }

    /// `progress` hears the share done where the lists are made now.
    pub(super) fn neighbours(&self, progress: &mut dyn FnMut(f64)) -> &Neighbours {
        self.neighbours
            .get_or_init(|| Neighbours::of(&self.screen, &self.points, progress))
    }

    /// Takes over the neighbours known in `whole`; these samples are its `chosen` distinct ones, ascending. A tree of a part then
    /// need not search for neighbours again.
    pub fn know_neighbours_of(&self, whole: &Self, chosen: &[u32]) {
        if let Some(neighbours) = whole.neighbours.get() {
            self.neighbours.get_or_init(|| neighbours.among(chosen));
        }
    }

    /// Number of samples, equal ones counted each.
    pub fn n_samples(&self) -> usize {
        self.distinct_of.len()
    }

    /// Number of distinct samples.
    pub fn n_distinct(&self) -> usize {
        self.weights.len()
    }

    /// Number of features.
    pub fn n_features(&self) -> usize {
        self.points.n_features()
    }

    /// Whether `n_clusters` distinct samples exist.
    ///
    /// # Errors
    /// [`FitError::TooFewDistinct`] when they do not.
    pub fn check_clusters(&self, n_clusters: usize) -> Result<(), FitError> {
        if n_clusters <= self.n_distinct() {
            return Ok(());
        }
        Err(FitError::TooFewDistinct {
            n_clusters,
            n_distinct: self.n_distinct(),
            n_samples: self.n_samples(),
        })
    }

    /// The rows on which a metric is taken: as they are, or for cosine from the origin of the features and of length 1.
    ///
    /// # Errors
    /// [`FitError::ZeroVector`] when cosine meets a row of zeros, which has no direction.
    pub fn rows_for(&self, metric: Metric) -> Result<Vec<Vec<f64>>, FitError> {
        let rows = self.points.rows().map(|row| {
            if metric != Metric::Cosine {
                return Ok(row.to_vec());
            }
            let row: Vec<f64> = row
                .iter()
                .zip(&self.means)
                .map(|(x, mean)| x + mean)
                .collect();
            unit(&row).ok_or(FitError::ZeroVector {
                n_samples: self.n_samples(),
            })
        });
        rows.collect()
    }
}

/// Numerical order, feature by feature. `-0.0` equals `0.0`; the values are finite.
fn compare_rows(a: &[f64], b: &[f64]) -> std::cmp::Ordering {
    a.iter()
        .zip(b)
        .map(|(x, y)| x.partial_cmp(y).unwrap_or(std::cmp::Ordering::Equal))
        .find(|order| order.is_ne())
        .unwrap_or(std::cmp::Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_are_merged_and_the_order_of_rows_is_forgotten() {
        let matrix = |rows: &[[f64; 2]]| {
            let mut matrix = Matrix::with_features(2);
            rows.iter().for_each(|row| matrix.push_row(*row));
            matrix
        };
        let samples =
            Samples::new(&matrix(&[[2.0, 0.0], [1.0, 5.0], [2.0, -0.0], [1.0, 4.0]])).unwrap();
        assert_eq!(samples.weights, [1.0, 1.0, 2.0]);
        assert_eq!(samples.distinct_of, [2, 1, 2, 0]);
        assert_eq!(samples.points.row(2), [0.5, -2.25]);
        let permuted =
            Samples::new(&matrix(&[[1.0, 4.0], [2.0, 0.0], [2.0, 0.0], [1.0, 5.0]])).unwrap();
        assert_eq!(permuted.points, samples.points);
        assert!(samples.check_clusters(3).is_ok());
        assert_eq!(
            samples.check_clusters(4),
            Err(FitError::TooFewDistinct {
                n_clusters: 4,
                n_distinct: 3,
                n_samples: 4
            })
        );
    }

    #[test]
    fn a_span_that_would_overflow_is_refused() {
        let mut matrix = Matrix::with_features(1);
        matrix.push_row([-1e300]);
        matrix.push_row([1e300]);
        assert_eq!(
            Samples::new(&matrix).unwrap_err(),
            FitError::Overflow { feature: 0 }
        );
    }
}
