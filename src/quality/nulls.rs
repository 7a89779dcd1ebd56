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
//!
//! All of them keep what would make any data look segmented (`columns`): the indicators of a category are drawn together, as some
//! customer has them and independent of everything else; a coarse feature has the values of the data, each as often, in the order of
//! what was drawn for it. For coarse features the three differ only in how they hang together.

use serde::{Deserialize, Serialize};

use super::columns::{Values, ascending, kinds};
use crate::numeric::{
    Matrix, Rng, Sum, normal_share_below, order_of_numbers, pulse, quantile_of_sorted,
    symmetric_eigen, tied_ranks,
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

    /// Those that say something of so many features that vary: the copula of one keeps all there is, segments as well.
    pub fn of(n_features: usize) -> &'static [Self] {
        let n = if n_features <= 1 { 2 } else { 3 };
        &Self::ALL[..n]
    }
}

/// A source of data without segments.
#[derive(Debug)]
pub(super) struct Null {
    kind: NullKind,
    /// Number of features.
    n_features: usize,
    /// The features that are no indicators of a category. What follows is about them, in this order.
    free: Vec<usize>,
    /// Which of them are coarse.
    are_coarse: Vec<bool>,
    /// The features of each category, and their values.
    blocks: Vec<Block>,
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

/// The indicators of one category.
#[derive(Debug)]
struct Block {
    features: Vec<usize>,
    /// Their values in the data.
    rows: Matrix,
}

impl Null {
    /// Fits a null to `data`, shape `(n_samples, n_features)`, at least two samples.
    pub(super) fn fit(kind: NullKind, data: &Matrix) -> Self {
        let kinds = kinds(data);
        let is_free = |&feature: &usize| !matches!(kinds[feature], Values::Block(_));
        let free: Vec<usize> = (0..kinds.len()).filter(is_free).collect();
        let are_coarse = free.iter().map(|&feature| kinds[feature] == Values::Coarse);
        let are_coarse: Vec<bool> = are_coarse.collect();
        let n_blocks = kinds.iter().map(|kind| match kind {
            Values::Block(number) => number + 1,
            Values::Smooth | Values::Coarse => 0,
        });
        let blocks = (0..n_blocks.max().unwrap_or(0)).map(|number| {
            let is_own = |&feature: &usize| kinds[feature] == Values::Block(number);
            let features: Vec<usize> = (0..kinds.len()).filter(is_own).collect();
            let rows = of_features(data, &features);
            Block { features, rows }
        });
        let blocks = blocks.collect();
        let own = of_features(data, &free);
        let d = free.len();
        let sorted = (0..d).map(|feature| ascending(&own, feature)).collect();
        let fitted = if kind == NullKind::Copula {
            normal_scores(&own)
        } else {
            own
        };
        let n = fitted.n_samples() as f64;
        let means: Vec<f64> = (0..d)
            .map(|feature| fitted.column(feature).collect::<Sum>().value() / n)
            .collect();
        let mut covariance = Matrix::zeros(d, d);
        for i in 0..d {
            pulse(4 * fitted.n_samples() * (i + 1));
            for j in 0..=i {
                let products = fitted
                    .rows()
                    .map(|row| (row[i] - means[i]) * (row[j] - means[j]));
                let value = products.collect::<Sum>().value() / n;
                covariance.row_mut(i)[j] = value;
                covariance.row_mut(j)[i] = value;
            }
        }
        undo_attenuation(&mut covariance, &fitted, &are_coarse);
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
            n_features: kinds.len(),
            are_coarse,
            free,
            blocks,
            deviations: values.iter().map(|x| x.max(0.0).sqrt()).collect(),
            means,
            axes,
            ranges,
            sorted,
        }
    }

    /// Draws `n` rows without segments.
    pub(super) fn draw(&self, n: usize, rng: &mut Rng) -> Matrix {
        let mut drawn = Matrix::zeros(n, self.n_features);
        self.draw_free(&mut drawn, rng);
        // One coarse feature may stretch the spread of others, which the shares of a normal distribution would not match.
        let are_all = self.kind == NullKind::Copula && self.are_coarse.contains(&true);
        for (at, &feature) in self.free.iter().enumerate() {
            if are_all || self.are_coarse[at] {
                let sorted = &self.sorted[at];
                let x: Vec<f64> = drawn.column(feature).collect();
                let order = order_of_numbers(n, |row| x[row]);
                for (rank, &row) in order.iter().enumerate() {
                    drawn.row_mut(row as usize)[feature] = sorted[rank * sorted.len() / n];
                }
            }
        }
        for block in &self.blocks {
            let mut rows: Vec<usize> = (0..n).collect();
            for at in 1..n {
                rows.swap(at, rng.below(at + 1));
            }
            for (at, row) in rows.into_iter().enumerate() {
                let from = block.rows.row(row % block.rows.n_samples());
                let to = drawn.row_mut(at);
                for (&feature, &x) in block.features.iter().zip(from) {
                    to[feature] = x;
                }
            }
        }
        drawn
    }

    /// Draws what is no indicator of a category.
    fn draw_free(&self, drawn: &mut Matrix, rng: &mut Rng) {
        let d = self.free.len();
        let mut turned = vec![0.0; d];
        for row in 0..drawn.n_samples() {
            pulse(d * d);
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
            for (at, &feature) in self.free.iter().enumerate() {
                let x = self.means[at] + turned[at];
                let is_as_drawn = self.kind != NullKind::Copula || self.are_coarse.contains(&true);
                drawn.row_mut(row)[feature] = if is_as_drawn {
                    x
                } else {
                    quantile_of_sorted(&self.sorted[at], normal_share_below(x))
                };
            }
        }
    }
}

/// Raises covariances of coarse features to those of normal numbers that give such covariances after rounding to the few values:
/// drawn numbers are rounded once more.
///
/// ```text
/// corr(x_i, x_j) = rho a_i a_j,   a = corr(z, x(z)) = sum over values of x (f(z_low) - f(z_high)) / sd(x),   f the normal density
/// ```
///
/// The first order of the polychoric correlation (Olsson 1979, Psychometrika 44); at large correlations of few values it is too large,
/// so that fewer sets pass for segments.
fn undo_attenuation(covariance: &mut Matrix, fitted: &Matrix, are_coarse: &[bool]) {
    /// The largest correlation.
    const LARGEST: f64 = 0.98;
    let d = are_coarse.len();
    let deviations: Vec<f64> = (0..d).map(|at| covariance.row(at)[at].sqrt()).collect();
    let kept = |feature: usize| {
        if !are_coarse[feature] || deviations[feature] == 0.0 {
            return 1.0;
        }
        let sorted = ascending(fitted, feature);
        let n = sorted.len() as f64;
        let (mut below, mut sum) = (0.0, 0.0);
        for run in sorted.chunk_by(|a, b| a == b) {
            let end = below + run.len() as f64;
            sum += run[0] * (density_at(below / n) - density_at(end / n));
            below = end;
        }
        sum / deviations[feature]
    };
    let kept: Vec<f64> = (0..d).map(kept).collect();
    for i in 0..d {
        for j in (0..d).filter(|&j| j != i && (are_coarse[i] || are_coarse[j])) {
            let most = LARGEST * deviations[i] * deviations[j];
            let value = covariance.row(i)[j] / (kept[i] * kept[j]);
            covariance.row_mut(i)[j] = value.clamp(-most, most);
        }
    }
}

/// The normal density at the quantile of a share; 0 at both ends.
fn density_at(share: f64) -> f64 {
    if share <= 0.0 || share >= 1.0 {
        return 0.0;
    }
    let z = normal_quantile(share);
    libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt()
}

/// Some features of the data.
fn of_features(data: &Matrix, features: &[usize]) -> Matrix {
    let mut part = Matrix::with_features(features.len());
    for row in data.rows() {
        part.push_row(features.iter().map(|&feature| row[feature]));
    }
    part
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
        for tied in tied_ranks(&order, |i| values[i]) {
            let score = normal_quantile(tied.rank / (n + 1) as f64);
            for &i in &order[tied.places] {
                scores.row_mut(i as usize)[feature] = score;
            }
        }
    }
    scores
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
    fn categories_stay_whole_and_scales_keep_their_values() {
        let mut rng = Rng::new(9);
        let mut data = Matrix::with_features(6);
        for _ in 0..1_000 {
            let (category, factor) = (rng.below(3), rng.normal());
            let is = |at: usize| f64::from(u8::from(category == at));
            let mut answer = || {
                (3.0 + 0.9 * factor + 0.6 * rng.normal())
                    .round()
                    .clamp(1.0, 5.0)
            };
            let answers = [answer(), answer()];
            data.push_row([is(0), is(1), is(2), answers[0], answers[1], rng.uniform()]);
        }
        let correlation = |data: &Matrix| {
            let [a, b] =
                [3, 4].map(|at| Moments::of(data.column(at).collect::<Vec<_>>().into_iter()));
            let products = data.rows().map(|row| (row[3] - a.mean) * (row[4] - b.mean));
            let covariance = products.sum::<f64>() / data.n_samples() as f64;
            covariance / (a.population_deviation() * b.population_deviation())
        };
        for kind in NullKind::ALL {
            let drawn = Null::fit(kind, &data).draw(1_000, &mut rng);
            assert!(drawn.rows().all(|row| row[..3].iter().sum::<f64>() == 1.0));
            for feature in 0..5 {
                assert_eq!(ascending(&drawn, feature), ascending(&data, feature));
            }
            if kind != NullKind::Uniform {
                let (found, wanted) = (correlation(&drawn), correlation(&data));
                assert!((found - wanted).abs() < 0.08, "{kind:?}: {found} {wanted}");
            }
        }
    }

    #[test]
    fn quantiles_and_shares_are_inverse() {
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
        for share in [1e-6, 0.1, 0.5, 0.9] {
            assert!((normal_share_below(normal_quantile(share)) - share).abs() < 1e-14);
        }
    }
}
