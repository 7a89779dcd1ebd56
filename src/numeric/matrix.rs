//! A dense matrix of samples and features.

use serde::{Deserialize, Serialize};

/// Row-major `f64` matrix of shape `(n_samples, n_features)`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    n_features: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// An empty matrix whose rows will have `n_features` values.
    pub fn with_features(n_features: usize) -> Self {
        Self {
            n_features,
            values: Vec::new(),
        }
    }

    /// A matrix of zeros of shape `(n_samples, n_features)`.
    pub fn zeros(n_samples: usize, n_features: usize) -> Self {
        Self {
            n_features,
            values: vec![0.0; n_samples * n_features],
        }
    }

    /// Appends one sample; the values beyond `n_features` are ignored, missing ones are zero.
    pub fn push_row(&mut self, row: impl IntoIterator<Item = f64>) {
        let end = self.values.len() + self.n_features;
        self.values.extend(row.into_iter().take(self.n_features));
        self.values.resize(end, 0.0);
    }

    /// Number of rows; 0 when there are no features.
    pub fn n_samples(&self) -> usize {
        self.values.len().checked_div(self.n_features).unwrap_or(0)
    }

    /// Number of columns.
    pub fn n_features(&self) -> usize {
        self.n_features
    }

    /// The values of one sample.
    pub fn row(&self, sample: usize) -> &[f64] {
        &self.values[sample * self.n_features..(sample + 1) * self.n_features]
    }

    /// The values of one sample, to be changed.
    pub fn row_mut(&mut self, sample: usize) -> &mut [f64] {
        &mut self.values[sample * self.n_features..(sample + 1) * self.n_features]
    }

    /// All rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.values.chunks_exact(self.n_features.max(1))
    }

    /// The values of one feature, over all samples.
    pub fn column(&self, feature: usize) -> impl Iterator<Item = f64> + '_ {
        self.values
            .iter()
            .skip(feature)
            .step_by(self.n_features.max(1))
            .copied()
    }
}

/// Squared Euclidean distance of two points of the same length.
pub fn squared_euclidean(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_see_the_same_values() {
        let mut matrix = Matrix::with_features(2);
        matrix.push_row([1.0, 2.0]);
        matrix.push_row([3.0, 4.0]);
        assert_eq!(matrix.n_samples(), 2);
        assert_eq!(matrix.row(1), [3.0, 4.0]);
        assert_eq!(matrix.column(1).collect::<Vec<_>>(), [2.0, 4.0]);
        assert_eq!(squared_euclidean(matrix.row(0), matrix.row(1)), 8.0);
    }
}
