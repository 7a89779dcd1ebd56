//! The difference of two groups in one feature, and the data in which it is another one.

use crate::numeric::{Matrix, Sum};

/// The part of a sample in a contrast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// In the group.
    Group,
    /// Compared with it.
    Compared,
    /// Not in the contrast.
    Neither,
}

/// The difference of the mean of a group and that of others in one feature, and how the data follow it.
///
/// ```text
/// T         = nu' X_j
/// s         = sqrt( |nu|^2 Sigma_jj ),   |nu|^2 = 1 / |A| + 1 / |B|
/// Sigma_jl  = sum of (x_j - mean_j)(x_l - mean_l) / (n - 1)    over all samples, around their grand mean
/// X(phi)_il = X_il + (phi - T) nu_i / |nu|^2  Sigma_jl / Sigma_jj
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The difference in the data, in scaled units; positive where the group has more.
    pub observed: f64,
    /// Its standard deviation where both means are equal.
    pub deviation: f64,
    /// `nu_i / |nu|^2` of each distinct sample.
    loads: Vec<f64>,
    /// `Sigma_jl / Sigma_jj` of each feature.
    slopes: Vec<f64>,
}

impl Contrast {
    /// Of distinct samples, shape `(n_distinct, n_features)`, with their weights and sides; `None` where a side is empty or the feature
    /// is constant.
    pub fn of(points: &Matrix, weights: &[f64], sides: &[Side], feature: usize) -> Option<Self> {
        let sum_over = |side: Option<Side>, term: &dyn Fn(&[f64]) -> f64| {
            let rows = points.rows().zip(weights).zip(sides);
            let rows = rows.filter(|(_, own)| side.is_none_or(|side| **own == side));
            rows.map(|((row, weight), _)| weight * term(row))
                .collect::<Sum>()
                .value()
        };
        let n_of = |side: Option<Side>| sum_over(side, &|_| 1.0);
        let (n_group, n_compared) = (n_of(Some(Side::Group)), n_of(Some(Side::Compared)));
        let n = n_of(None);
        if n_group == 0.0 || n_compared == 0.0 || n < 2.0 {
            return None;
        }
        let mean_of =
            |side: Option<Side>, feature: usize| sum_over(side, &|row| row[feature]) / n_of(side);
        let own_mean = mean_of(None, feature);
        let covariances: Vec<f64> = (0..points.n_features())
            .map(|other| {
                let mean = mean_of(None, other);
                let product = |row: &[f64]| (row[feature] - own_mean) * (row[other] - mean);
                sum_over(None, &product) / (n - 1.0)
            })
            .collect();
        let variance = covariances[feature];
        if variance <= 0.0 {
            return None;
        }
        let square = 1.0 / n_group + 1.0 / n_compared;
        let load = |side: &Side| match side {
            Side::Group => 1.0 / n_group / square,
            Side::Compared => -1.0 / n_compared / square,
            Side::Neither => 0.0,
        };
        Some(Self {
            observed: mean_of(Some(Side::Group), feature) - mean_of(Some(Side::Compared), feature),
            deviation: (square * variance).sqrt(),
            loads: sides.iter().map(load).collect(),
            slopes: covariances.iter().map(|it| it / variance).collect(),
        })
    }

    /// The difference in standard deviations, without its sign.
    pub fn z(&self) -> f64 {
        self.observed.abs() / self.deviation
    }

    /// How far a distinct sample moves along each feature when the difference is `z` standard deviations instead of [`Self::z`], on
    /// the same side.
    pub fn moves(&self, distinct: usize, z: f64) -> impl Iterator<Item = f64> + '_ {
        let by = (z - self.z()) * self.deviation * self.loads[distinct];
        let by = if self.observed < 0.0 { -by } else { by };
        self.slopes.iter().map(move |slope| by * slope)
    }

    /// The data `X(phi)` with `phi = z` standard deviations; `rows` are those of the distinct samples, or of all with the distinct
    /// sample of each in `distinct_of`.
    pub fn moved(&self, rows: &Matrix, distinct_of: &[u32], z: f64) -> Matrix {
        let mut moved = Matrix::with_features(rows.n_features());
        for (row, &distinct) in rows.rows().zip(distinct_of) {
            let moves = self.moves(distinct as usize, z);
            moved.push_row(row.iter().zip(moves).map(|(x, by)| x + by));
        }
        moved
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn example() -> (Matrix, Vec<Side>) {
        let mut rng = Rng::new(5);
        let mut points = Matrix::with_features(3);
        let mut sides = Vec::new();
        for i in 0..50 {
            let x = rng.normal();
            points.push_row([x, 0.5 * x + rng.normal(), rng.normal() - 2.0]);
            sides.push(match i % 5 {
                0 => Side::Group,
                1..=3 => Side::Compared,
                _ => Side::Neither,
            });
        }
        (points, sides)
    }

    fn difference(points: &Matrix, sides: &[Side], feature: usize) -> f64 {
        let mean = |side: Side| {
            let own = (0..sides.len()).filter(|&i| sides[i] == side);
            let values: Vec<f64> = own.map(|i| points.row(i)[feature]).collect();
            values.iter().sum::<f64>() / values.len() as f64
        };
        mean(Side::Group) - mean(Side::Compared)
    }

    #[test]
    fn moved_data_have_the_difference_asked_for_and_the_rest_is_held() {
        let (points, sides) = example();
        let weights = vec![1.0; points.n_samples()];
        let distinct_of: Vec<u32> = (0..points.n_samples() as u32).collect();
        let contrast = Contrast::of(&points, &weights, &sides, 0).unwrap();
        assert!((contrast.observed - difference(&points, &sides, 0)).abs() < 1e-14);
        for z in [0.0, 0.7, 3.0] {
            let moved = contrast.moved(&points, &distinct_of, z);
            let phi = z * contrast.deviation * contrast.observed.signum();
            assert!((difference(&moved, &sides, 0) - phi).abs() < 1e-12);
            for i in 0..sides.len() {
                // X_l - nu (nu' X_j) / |nu|^2 Sigma_jl / Sigma_jj is independent of nu' X_j under normality, and must not move.
                let held = |points: &Matrix, feature: usize| {
                    let slope = contrast.slopes[feature];
                    points.row(i)[feature]
                        - contrast.loads[i] * difference(points, &sides, 0) * slope
                };
                for feature in 0..3 {
                    let error = held(&moved, feature) - held(&points, feature);
                    assert!(error.abs() < 1e-12, "{error}");
                }
                if sides[i] == Side::Neither {
                    assert_eq!(moved.row(i), points.row(i));
                }
            }
        }
        let again = contrast.moved(&points, &distinct_of, contrast.z());
        assert_eq!(again, points);
    }

    #[test]
    fn a_weight_is_so_many_equal_samples() {
        let (points, sides) = example();
        let mut twice = points.clone();
        twice.push_row(points.row(7).iter().copied());
        let sides_of_twice: Vec<Side> = sides.iter().copied().chain([sides[7]]).collect();
        let slow = Contrast::of(&twice, &[1.0; 51], &sides_of_twice, 1).unwrap();
        let weights: Vec<f64> = (0..50).map(|i| if i == 7 { 2.0 } else { 1.0 }).collect();
        let fast = Contrast::of(&points, &weights, &sides, 1).unwrap();
        assert!((slow.observed - fast.observed).abs() < 1e-14);
        assert!((slow.deviation - fast.deviation).abs() < 1e-14);
    }

    #[test]
    fn there_is_no_contrast_without_sides_or_spread() {
        let (points, sides) = example();
        assert_eq!(
            Contrast::of(&points, &[1.0; 50], &[Side::Group; 50], 0),
            None
        );
        let constant = Matrix::zeros(50, 2);
        assert_eq!(Contrast::of(&constant, &[1.0; 50], &sides, 0), None);
    }
}
