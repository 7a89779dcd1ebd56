//! How far apart two samples are.

use serde::{Deserialize, Serialize};

/// A dissimilarity of samples, in scaled units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// `sqrt(sum (x - y)^2)`.
    #[default]
    Euclidean,
    /// `sum |x - y|`.
    Manhattan,
    /// `max |x - y|`.
    Chebyshev,
    /// `1 - x.y / (|x| |y|)`: the angle counts, the length does not.
    Cosine,
}

impl Metric {
    /// All metrics.
    pub const ALL: [Self; 4] = [
        Self::Euclidean,
        Self::Manhattan,
        Self::Chebyshev,
        Self::Cosine,
    ];

    /// The distance of two points; for cosine of points of length 1.
    #[allow(
        clippy::inline_always,
        reason = "a call per pair would cost more than the distance"
    )]
    #[inline(always)]
    pub fn distance(self, a: &[f64], b: &[f64]) -> f64 {
        self.of_differences(a.iter().zip(b).map(|(x, y)| (x - y).abs()))
    }

    /// The distance of two points that differ by so much in each feature.
    #[allow(
        clippy::inline_always,
        reason = "a call per pair would cost more than the distance"
    )]
    #[inline(always)]
    pub(super) fn of_differences(self, differences: impl Iterator<Item = f64>) -> f64 {
        match self {
            Self::Euclidean => differences.map(|x| x * x).sum::<f64>().sqrt(),
            Self::Manhattan => differences.sum(),
            Self::Chebyshev => differences.fold(0.0, f64::max),
            // |x - y|^2 / 2 for points of length 1: exact where x.y would cancel.
            Self::Cosine => 0.5 * differences.map(|x| x * x).sum::<f64>(),
        }
    }
}

/// The point of length 1 in the same direction; `None` for the origin.
pub fn unit(point: &[f64]) -> Option<Vec<f64>> {
    // Scaled by the largest value first, so that squares neither overflow nor vanish.
    let largest = point
        .iter()
        .fold(0.0_f64, |largest, x| largest.max(x.abs()));
    if largest == 0.0 {
        return None;
    }
    let squares = point.iter().map(|x| (x / largest) * (x / largest));
    let length = squares.sum::<f64>().sqrt();
    Some(point.iter().map(|x| x / largest / length).collect())
}
