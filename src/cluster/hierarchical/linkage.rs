//! How far apart two clusters are.

use serde::{Deserialize, Serialize};

/// Distance of clusters from the distances of their samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Linkage {
    /// The growth of the sum of squared distances to centroids.
    #[default]
    Ward,
    /// The farthest pair.
    Complete,
    /// The mean over pairs (UPGMA).
    Average,
    /// The mean of the two clusters merged last, whatever their sizes (WPGMA).
    Weighted,
    /// The nearest pair.
    Single,
    /// The centroids (UPGMC); a later merge may be lower than an earlier one.
    Centroid,
    /// The midpoints of the clusters merged last (WPGMC); a later merge may be lower than an earlier one.
    Median,
}

/// Two clusters that merge, seen from a third: sizes and distances.
pub(super) struct Union {
    pub(super) size_a: f64,
    pub(super) size_b: f64,
    pub(super) between: f64,
}

impl Linkage {
    /// All linkages.
    pub const ALL: [Self; 7] = [
        Self::Ward,
        Self::Complete,
        Self::Average,
        Self::Weighted,
        Self::Single,
        Self::Centroid,
        Self::Median,
    ];

    /// Whether it is defined by centroids.
    pub(super) fn needs_centroids(self) -> bool {
        matches!(self, Self::Ward | Self::Centroid | Self::Median)
    }

    /// Whether distances are squared while clusters merge.
    pub(super) fn is_squared(self) -> bool {
        self.needs_centroids()
    }

    /// Whether a later merge may be lower than an earlier one.
    pub fn may_invert(self) -> bool {
        matches!(self, Self::Centroid | Self::Median)
    }

    /// Distance of the union of `a` and `b` to a third cluster (Lance & Williams 1967, Comput. J. 9), from those of `a` and `b`.
    pub(super) fn update(self, union: &Union, a: f64, b: f64, size: f64) -> f64 {
        let Union {
            size_a,
            size_b,
            between,
        } = *union;
        let total = size_a + size_b;
        match self {
            Self::Ward => {
                ((size_a + size) * a + (size_b + size) * b - size * between) / (total + size)
            }
            Self::Complete => a.max(b),
            Self::Average => (size_a * a + size_b * b) / total,
            Self::Weighted => f64::midpoint(a, b),
            Self::Single => a.min(b),
            Self::Centroid => (size_a * a + size_b * b - size_a * size_b / total * between) / total,
            Self::Median => f64::midpoint(a, b) - between / 4.0,
        }
    }
}
