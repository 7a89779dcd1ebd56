//! Two indices of a clustering that need only centroids and widths: how far apart the clusters are for their width.
//!
//! ```text
//! Calinski-Harabasz = (B / (k - 1)) / (W / (n - k))       B: sum of n_c |m_c - m|^2,   W: sum of |x - m_c|^2     (higher is better)
//! Davies-Bouldin    = mean over c of max over c' of (s_c + s_c') / |m_c - m_c'|      s_c: mean of |x - m_c|      (lower is better)
//! ```
//!
//! Calinski & Harabasz 1974, Commun. Stat. 3; Davies & Bouldin 1979, IEEE PAMI 1.

use serde::{Deserialize, Serialize};

use crate::cluster::{Labels, Samples};
use crate::numeric::{Matrix, Sum, squared_euclidean};

/// A share of the spread within clusters that is only what rounding leaves of equal samples: 1e-16 of each, squared, with room.
const ROUNDING: f64 = 1e-28;

/// Both indices of one clustering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Separation {
    /// Ratio of the variance between clusters to that within; `None` if there is none within (scikit-learn says 1).
    pub calinski_harabasz: Option<f64>,
    /// Average overlap of each cluster with the most similar one; `None` if no cluster has any width (scikit-learn says 0).
    pub davies_bouldin: Option<f64>,
}

/// Judges `labels` on Euclidean `samples`, with multiplicities. Cost: O(n_distinct * n_features + n_clusters^2).
pub fn separation(samples: &Samples, labels: &Labels) -> Separation {
    let (k, d) = (labels.n_clusters, samples.n_features());
    let mut centroids = Matrix::zeros(k, d);
    let mut sizes = vec![0.0; k];
    let members = || {
        let pairs = labels.of_distinct.iter().zip(&samples.weights);
        pairs
            .zip(samples.points.rows())
            .map(|((&label, &weight), row)| (label as usize, weight, row))
    };
    for (label, weight, row) in members() {
        sizes[label] += weight;
        let share = weight / sizes[label];
        let pairs = centroids.row_mut(label).iter_mut().zip(row);
        pairs.for_each(|(c, x)| *c += share * (x - *c));
    }
    let mut widths = vec![0.0; k];
    let mut within = Sum::default();
    for (label, weight, row) in members() {
        let squared = squared_euclidean(row, centroids.row(label));
        within.add(weight * squared);
        widths[label] += weight * squared.sqrt() / sizes[label];
    }
    // The samples are centred on the overall mean.
    let origin = vec![0.0; d];
    let of_cluster = |c: usize| sizes[c] * squared_euclidean(centroids.row(c), &origin);
    let between = (0..k).map(of_cluster).collect::<Sum>().value();
    let (within, n) = (within.value(), samples.n_samples() as f64);
    let overlap = |a: usize| {
        let others = (0..k).filter(|&b| b != a);
        let with = others.map(|b| {
            let apart = squared_euclidean(centroids.row(a), centroids.row(b)).sqrt();
            (widths[a] + widths[b]) / apart
        });
        with.filter(|x| x.is_finite()).fold(0.0, f64::max)
    };
    let has_width = within > ROUNDING * between;
    Separation {
        calinski_harabasz: has_width
            .then(|| between * (n - k as f64) / (within * (k as f64 - 1.0))),
        davies_bouldin: has_width.then(|| (0..k).map(overlap).sum::<f64>() / k as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_rows_count_each() {
        let mut matrix = Matrix::with_features(2);
        for row in [
            [0.0, 0.0],
            [0.0, 0.0],
            [2.0, 0.0],
            [5.0, 4.0],
            [6.0, 4.0],
            [7.0, 7.0],
        ] {
            matrix.push_row(row);
        }
        let samples = Samples::new(&matrix).unwrap();
        let labels = Labels {
            of_distinct: vec![0, 0, 1, 1, 1],
            n_clusters: 2,
        };
        // By hand: W = 8/3 + 8, B = 3/2 |m_0 - m_1|^2, |m_0 - m_1|^2 = (16/3)^2 + 25, widths 8/9 and (sqrt(2) + 1 + sqrt(5)) / 3.
        let found = separation(&samples, &labels);
        let apart = ((6.0 - 2.0 / 3.0) * (6.0 - 2.0 / 3.0) + 25.0_f64).sqrt();
        let widths = [8.0 / 9.0, (2.0_f64.sqrt() + 1.0 + 5.0_f64.sqrt()) / 3.0];
        assert!((found.davies_bouldin.unwrap() - (widths[0] + widths[1]) / apart).abs() < 1e-14);
        let expected = 1.5 * apart * apart * 4.0 / (8.0 / 3.0 + 8.0);
        assert!((found.calinski_harabasz.unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn clusters_without_any_width_have_no_index() {
        let mut matrix = Matrix::with_features(1);
        // As different as rounding makes equal customers.
        let values = [1.0, 1.0_f64.next_up(), 4.0];
        values.iter().for_each(|&x| matrix.push_row([x]));
        let samples = Samples::new(&matrix).unwrap();
        let labels = Labels {
            of_distinct: vec![0, 0, 1],
            n_clusters: 2,
        };
        let found = separation(&samples, &labels);
        assert_eq!(
            (found.calinski_harabasz, found.davies_bouldin),
            (None, None)
        );
    }
}
