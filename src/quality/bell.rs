//! One normal distribution like given data: what a group without parts is taken for.
//!
//! ```text
//! mean, covariance   of the rows; the covariance by its principal axes and the variances along them, l_1 >= l_2 >= ...
//! fewer rows than features leave variances of 0, and too large first ones. Then, with the background noise
//!     s   = median |x_ij - mean_j| / 0.6745
//!     l_i = max(l_i - t, s^2), and t such that their sum stays       (soft threshold; Huang, Liu, Yuan & Marron 2015, J. Comput. Graph. Stat. 24)
//! ```

use crate::numeric::{Matrix, Rng, Sum, sort_numbers, symmetric_eigen};

/// The median of the absolute value of a standard normal number.
const NORMAL_DEVIATION: f64 = 0.674_489_750_196_081_7;

/// A normal distribution.
#[derive(Debug)]
pub(super) struct Bell {
    means: Vec<f64>,
    /// Principal axes as rows.
    axes: Matrix,
    /// Standard deviation along each axis.
    deviations: Vec<f64>,
}

impl Bell {
    /// The one with mean and covariance of `rows`, of which there is at least one.
    pub(super) fn of(rows: &Matrix) -> Self {
        let (n, d) = (rows.n_samples() as f64, rows.n_features());
        let means: Vec<f64> = (0..d)
            .map(|feature| rows.column(feature).collect::<Sum>().value() / n)
            .collect();
        let mut covariance = Matrix::zeros(d, d);
        for i in 0..d {
            for j in 0..=i {
                let products = rows
                    .rows()
                    .map(|row| (row[i] - means[i]) * (row[j] - means[j]));
                let value = products.collect::<Sum>().value() / (n - 1.0).max(1.0);
                covariance.row_mut(i)[j] = value;
                covariance.row_mut(j)[i] = value;
            }
        }
        let (values, axes) = symmetric_eigen(&covariance);
        let mut variances: Vec<f64> = values.iter().map(|value| value.max(0.0)).collect();
        if rows.n_samples() <= d {
            variances = softened(&variances, background(rows, &means));
        }
        let deviations = variances.into_iter().map(f64::sqrt).collect();
        Self {
            means,
            axes,
            deviations,
        }
    }

    /// Draws `n` rows.
    pub(super) fn draw(&self, n: usize, rng: &mut Rng) -> Matrix {
        let mut drawn = Matrix::with_features(self.means.len());
        let mut row = self.means.clone();
        for _ in 0..n {
            row.copy_from_slice(&self.means);
            for (axis, deviation) in self.axes.rows().zip(&self.deviations) {
                let along = deviation * rng.normal();
                let pairs = row.iter_mut().zip(axis);
                pairs.for_each(|(x, part)| *x += along * part);
            }
            drawn.push_row(row.iter().copied());
        }
        drawn
    }
}

/// The variance of the background noise.
fn background(rows: &Matrix, means: &[f64]) -> f64 {
    let apart = |row: &[f64]| {
        let pairs = row.iter().zip(means);
        pairs.map(|(x, mean)| (x - mean).abs()).collect::<Vec<_>>()
    };
    let mut apart: Vec<f64> = rows.rows().flat_map(apart).collect();
    sort_numbers(&mut apart);
    let median = apart.get(apart.len() / 2).copied().unwrap_or(0.0);
    (median / NORMAL_DEVIATION).powi(2)
}

/// Descending variances, those below `least` raised to it at the cost of the larger ones, all by the same amount.
fn softened(variances: &[f64], least: f64) -> Vec<f64> {
    let total: f64 = variances.iter().sum();
    let of = |taken: f64| variances.iter().map(move |x| (x - taken).max(least));
    // Where even the least together are more than there is, they are all there is.
    if least * variances.len() as f64 >= total {
        return vec![least; variances.len()];
    }
    // The sum falls as more is taken: halved until nothing is left between both ends.
    let (mut low, mut high) = (0.0, variances.first().copied().unwrap_or(0.0));
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if of(middle).sum::<f64>() > total {
            low = middle;
        } else {
            high = middle;
        }
    }
    of(high).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_has_mean_and_covariance_of_the_rows() {
        let mut rng = Rng::new(5);
        let mut rows = Matrix::with_features(2);
        for _ in 0..400 {
            let (a, b) = (rng.normal(), rng.normal());
            rows.push_row([3.0 + 2.0 * a, a + 0.5 * b]);
        }
        let moments = |rows: &Matrix| {
            let n = rows.n_samples() as f64;
            let mean = |f: usize| rows.column(f).sum::<f64>() / n;
            let (x, y) = (mean(0), mean(1));
            let of = |f: &dyn Fn(&[f64]) -> f64| rows.rows().map(f).sum::<f64>() / n;
            [
                x,
                y,
                of(&|row| (row[0] - x).powi(2)),
                of(&|row| (row[1] - y).powi(2)),
                of(&|row| (row[0] - x) * (row[1] - y)),
            ]
        };
        let drawn = Bell::of(&rows).draw(40_000, &mut rng);
        for (own, drawn) in moments(&rows).into_iter().zip(moments(&drawn)) {
            assert!((own - drawn).abs() < 0.06, "{own} {drawn}");
        }
    }

    #[test]
    fn small_variances_are_raised_and_the_sum_stays() {
        let softened = |least| softened(&[6.0, 3.0, 0.0, 0.0], least);
        let close = |a: Vec<f64>, b: [f64; 4]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(close(softened(0.0), [6.0, 3.0, 0.0, 0.0]));
        assert!(close(softened(1.0), [5.0, 2.0, 1.0, 1.0]));
        assert!(close(softened(1.5), [4.5, 1.5, 1.5, 1.5]));
        assert!(close(softened(9.0), [9.0; 4]));
        // Three rows in four features: no axis without any spread.
        let mut rows = Matrix::with_features(4);
        for row in [
            [0.0, 1.0, 2.0, 5.0],
            [1.0, 0.0, 4.0, 1.0],
            [3.0, 2.0, 0.0, 0.0],
        ] {
            rows.push_row(row);
        }
        let bell = Bell::of(&rows);
        assert!(bell.deviations.iter().all(|&x| x > 0.5), "{bell:?}");
    }
}
