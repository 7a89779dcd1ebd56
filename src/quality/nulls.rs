//! Data without segments that resemble given data in other respects.
//!
//! ```text
//! uniform    uniform over the box along the principal axes
//! gaussian   one normal distribution with the same mean and covariance
//! copula     the same distribution of every feature and the same rank correlations; neither contains segments
//! ```
//!
//! The copula (Nelsen 2006, An Introduction to Copulas) preserves skew, which the other two do not: compared with them, skewed data
//! without segments look segmented.

use serde::{Deserialize, Serialize};

use crate::numeric::{
    Matrix, Rng, Sum, order_of_numbers, quantile_of_sorted, sort_numbers, symmetric_eigen,
};

/// What a null keeps of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NullKind {
    /// The box along the principal axes.
    Uniform,
    /// Mean and covariance.
    Gaussian,
    /// The distribution of every feature, and the rank correlations.
    Copula,
}

impl NullKind {
    /// All nulls, in the order of testing.
    pub const ALL: [Self; 3] = [Self::Uniform, Self::Gaussian, Self::Copula];
}

/// A source of data without segments.
#[derive(Debug)]
pub(super) struct Null {
    kind: NullKind,
    /// Mean of the features; 0 for normal scores.
    means: Vec<f64>,
    /// Principal axes as rows.
    axes: Matrix,
    /// Standard deviation along each axis.
    deviations: Vec<f64>,
    /// Least and largest value along each axis.
    ranges: Vec<(f64, f64)>,
    /// Ascending values of each feature.
    sorted: Vec<Vec<f64>>,
}

impl Null {
    /// Fits a null to `data`, shape `(n_samples, n_features)`, at least two samples.
    pub(super) fn fit(kind: NullKind, data: &Matrix) -> Self {
        let d = data.n_features();
        let mut sorted: Vec<Vec<f64>> = (0..d)
            .map(|feature| data.column(feature).collect())
            .collect();
        let scores;
        let fitted = if kind == NullKind::Copula {
            scores = normal_scores(data);
            &scores
        } else {
            data
        };
        sorted.iter_mut().for_each(|values| sort_numbers(values));
        let n = fitted.n_samples() as f64;
        let means: Vec<f64> = (0..d)
            .map(|feature| fitted.column(feature).collect::<Sum>().value() / n)
            .collect();
        let mut covariance = Matrix::zeros(d, d);
        for i in 0..d {
            for j in 0..=i {
                let products = fitted
                    .rows()
                    .map(|row| (row[i] - means[i]) * (row[j] - means[j]));
                let value = products.collect::<Sum>().value() / n;
                covariance.row_mut(i)[j] = value;
                covariance.row_mut(j)[i] = value;
            }
        }
        let (values, axes) = symmetric_eigen(&covariance);
        let ranges = axes
            .rows()
            .map(|axis| {
                let along = fitted.rows().map(|row| dot(axis, row, &means));
                along.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
                    (a.min(x), b.max(x))
                })
            })
            .collect();
        Self {
            kind,
            deviations: values.iter().map(|x| x.max(0.0).sqrt()).collect(),
            means,
            axes,
            ranges,
            sorted,
        }
    }

    /// Draws `n` rows without segments.
    pub(super) fn draw(&self, n: usize, rng: &mut Rng) -> Matrix {
        let d = self.means.len();
        let mut drawn = Matrix::with_features(d);
        let mut turned = vec![0.0; d];
        for _ in 0..n {
            let along: Vec<f64> = (0..d)
                .map(|axis| match self.kind {
                    NullKind::Uniform => {
                        let (least, largest) = self.ranges[axis];
                        least + (largest - least) * rng.uniform()
                    }
                    NullKind::Gaussian | NullKind::Copula => self.deviations[axis] * rng.normal(),
                })
                .collect();
            // Axis by axis, in memory order.
            turned.fill(0.0);
            for (axis, x) in self.axes.rows().zip(&along) {
                let pairs = turned.iter_mut().zip(axis);
                pairs.for_each(|(turned, a)| *turned += x * a);
            }
            drawn.push_row((0..d).map(|feature| {
                let x = self.means[feature] + turned[feature];
                match self.kind {
                    NullKind::Uniform | NullKind::Gaussian => x,
                    NullKind::Copula => {
                        quantile_of_sorted(&self.sorted[feature], normal_share_below(x))
                    }
                }
            }));
        }
        drawn
    }
}

fn dot(axis: &[f64], row: &[f64], means: &[f64]) -> f64 {
    let terms = axis.iter().zip(row).zip(means);
    terms.map(|((a, x), mean)| a * (x - mean)).sum()
}

/// Replaces every value by the normal quantile of `rank / (n + 1)`; equal values share their mean rank.
fn normal_scores(data: &Matrix) -> Matrix {
    let (n, d) = (data.n_samples(), data.n_features());
    let mut scores = Matrix::zeros(n, d);
    for feature in 0..d {
        let values: Vec<f64> = data.column(feature).collect();
        let order = order_of_numbers(n, |i| values[i]);
        let mut start = 0;
        while start < n {
            let value = values[order[start] as usize];
            let length = order[start..]
                .iter()
                .take_while(|&&i| values[i as usize] == value)
                .count();
            let rank = f64::midpoint((2 * start + length) as f64, 1.0);
            let score = normal_quantile(rank / (n + 1) as f64);
            for &i in &order[start..start + length] {
                scores.row_mut(i as usize)[feature] = score;
            }
            start += length;
        }
    }
    scores
}

/// The share of a standard normal distribution below `x`.
fn normal_share_below(x: f64) -> f64 {
    libm::erfc(-x / std::f64::consts::SQRT_2) / 2.0
}

/// The quantile of a standard normal distribution, by bisection.
fn normal_quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if normal_share_below(middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Moments;

    /// Skewed and correlated: the logarithm of the first is in the second.
    fn skewed() -> Matrix {
        let mut rng = Rng::new(12);
        let mut data = Matrix::with_features(2);
        for _ in 0..2_000 {
            let x = rng.normal();
            data.push_row([libm::exp(x), 0.8 * x + 0.6 * rng.normal()]);
        }
        data
    }

    fn moments(data: &Matrix, feature: usize) -> (f64, f64, f64) {
        let values: Vec<f64> = data.column(feature).collect();
        let moments = Moments::of(values.iter().copied());
        let deviation = moments.population_deviation();
        let skew = values
            .iter()
            .map(|x| ((x - moments.mean) / deviation).powi(3))
            .sum::<f64>()
            / values.len() as f64;
        (moments.mean, deviation, skew)
    }

    #[test]
    fn each_null_keeps_what_it_says() {
        let data = skewed();
        let mut rng = Rng::new(1);
        let mut drawn = |kind| Null::fit(kind, &data).draw(20_000, &mut rng);
        let (mean, deviation, skew) = moments(&data, 0);
        let gaussian = moments(&drawn(NullKind::Gaussian), 0);
        assert!(
            (gaussian.0 - mean).abs() < 0.05
                && (gaussian.1 - deviation).abs() < 0.1
                && gaussian.2.abs() < 0.1
        );
        let copula = drawn(NullKind::Copula);
        let same = moments(&copula, 0);
        assert!(
            (same.0 - mean).abs() < 0.1 && (same.2 - skew).abs() < 1.0,
            "{same:?} {skew}"
        );
        let logs = copula.rows().map(|row| (libm::log(row[0]), row[1]));
        let products = logs.map(|(a, b)| a * b).sum::<f64>() / 20_000.0;
        assert!((products - 0.8).abs() < 0.06, "{products}");
        let uniform = drawn(NullKind::Uniform);
        let inside = uniform.rows().all(|row| row.iter().all(|x| x.abs() < 60.0));
        assert!(inside && moments(&uniform, 1).2.abs() < 0.3);
    }

    #[test]
    fn quantiles_and_shares_are_inverse() {
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
        for share in [1e-6, 0.1, 0.5, 0.9] {
            assert!((normal_share_below(normal_quantile(share)) - share).abs() < 1e-14);
        }
    }
}
