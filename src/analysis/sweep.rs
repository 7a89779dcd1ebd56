//! Choice of the number of segments: both models at every number, judged by their silhouettes.

use serde::{Deserialize, Serialize};

/// The models at one number of segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepPoint {
    /// Number of segments.
    pub n_clusters: usize,
    /// Mean silhouette of K-Means.
    pub k_means: f64,
    /// Mean silhouette of the hierarchical model.
    pub hierarchical: f64,
    /// Mean silhouette of the Gaussian mixture, where it is among the models compared and did not collapse.
    pub gaussian_mixture: Option<f64>,
    /// Inertia of K-Means, in squared scaled units.
    pub inertia: f64,
    /// Customers in the smallest segment of K-Means or the hierarchical model.
    pub smallest: usize,
}

/// The models at every number of segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// In ascending order of the number of segments.
    pub points: Vec<SweepPoint>,
    /// The number with the highest mean silhouette of K-Means and the hierarchical model, among those whose segments are not
    /// tiny.
    pub recommended: Option<usize>,
    /// Customers on which silhouettes were measured; fewer than `n_samples` means a random sample.
    pub n_measured: usize,
    /// Customers clustered.
    pub n_samples: usize,
}

/// A segment below this share of the customers is a handful of outliers, whatever its silhouette.
const LEAST_SHARE: f64 = 0.02;

impl Sweep {
    pub(super) fn new(points: Vec<SweepPoint>, n_measured: usize, n_samples: usize) -> Self {
        let mean = |point: &SweepPoint| f64::midpoint(point.k_means, point.hierarchical);
        let mut recommended: Option<&SweepPoint> = None;
        for point in points
            .iter()
            .filter(|point| point.smallest as f64 >= LEAST_SHARE * n_samples as f64)
        {
            // Ties go to fewer segments.
            if recommended.is_none_or(|best| mean(point) > mean(best)) {
                recommended = Some(point);
            }
        }
        let recommended = recommended.map(|point| point.n_clusters);
        Self {
            points,
            recommended,
            n_measured,
            n_samples,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handful_of_outliers_is_not_recommended() {
        let point = |n_clusters, silhouette, smallest| SweepPoint {
            n_clusters,
            k_means: silhouette,
            hierarchical: silhouette,
            gaussian_mixture: None,
            inertia: 1.0,
            smallest,
        };
        let sweep = Sweep::new(
            vec![point(2, 0.76, 7), point(3, 0.4, 90), point(4, 0.41, 60)],
            500,
            500,
        );
        assert_eq!(sweep.recommended, Some(4));
        assert_eq!(
            Sweep::new(vec![point(2, 0.76, 7)], 500, 500).recommended,
            None
        );
    }
}
