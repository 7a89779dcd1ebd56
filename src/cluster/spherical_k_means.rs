//! Spherical k-means (Dhillon & Modha 2001, Mach. Learn. 42): the partition of directions with the smallest sum of cosine
//! distances to centres. The proportions of a customer's features count, not their size.
//!
//! ```text
//! cost = sum_i w_i (1 - x_i . c_(label i))          |x_i| = |c| = 1,   c: direction of the sum of the cluster
//! ```
//!
//! Cost: O(n_init * iterations * n_distinct * n_clusters * n_features) time, O(n_distinct * n_features) memory.

use super::alternate::{Partition, Task};
use super::k_means::KMeansParams;
use super::metric::unit;
use super::{FitError, Metric, Samples};

/// Fits the model on the features as they are, not centred; centres are directions of length 1.
///
/// # Errors
/// [`FitError`] when the parameters are wrong, there are fewer distinct samples than clusters, or a row is zero in every
/// feature and has no direction.
pub fn spherical_k_means(
    samples: &Samples,
    params: &KMeansParams,
    progress: &mut dyn FnMut(f64),
) -> Result<Partition, FitError> {
    let rows = samples.rows_for(Metric::Cosine)?;
    let centre = |members: &[u32]| mean_direction(samples, &rows, members);
    let task = Task {
        samples,
        rows: &rows,
        metric: Metric::Cosine,
        centre: &centre,
    };
    task.best_of_runs(params, progress)
}

/// The centre of some distinct samples, of length 1; `rows` are those for the cosine.
pub fn mean_direction(samples: &Samples, rows: &[Vec<f64>], members: &[u32]) -> Vec<f64> {
    let mut sum = vec![0.0; samples.n_features()];
    for &i in members {
        let weight = samples.weights[i as usize];
        let pairs = sum.iter_mut().zip(&rows[i as usize]);
        pairs.for_each(|(sum, x)| *sum += weight * x);
    }
    // If the directions cancel, every direction costs the same.
    unit(&sum).unwrap_or_else(|| rows[members[0] as usize].clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Matrix, Rng};

    fn model(rows: &[[f64; 2]]) -> Result<(Partition, Vec<u32>), FitError> {
        let mut matrix = Matrix::with_features(2);
        rows.iter().for_each(|row| matrix.push_row(*row));
        let samples = Samples::new(&matrix).unwrap();
        let params = KMeansParams {
            n_clusters: 2,
            ..Default::default()
        };
        let model = spherical_k_means(&samples, &params, &mut |_| ())?;
        let labels = model.labels.of_samples(&samples);
        Ok((model, labels))
    }

    #[test]
    fn proportions_count_and_sizes_do_not() {
        let mut rng = Rng::new(3);
        let rows: Vec<[f64; 2]> = (0..60)
            .map(|i| {
                let size = 1.0 + 99.0 * rng.uniform();
                let tilt = 0.1 * rng.uniform();
                if i % 2 == 0 {
                    [size, size * tilt]
                } else {
                    [size * tilt, size]
                }
            })
            .collect();
        let (found, labels) = model(&rows).unwrap();
        assert!((0..60).all(|i| labels[i] == labels[i % 2]));
        for centre in found.centres.rows() {
            let length: f64 = centre.iter().map(|x| x * x).sum();
            assert!((length - 1.0).abs() < 1e-15);
        }
        // The cost by its definition.
        let cosine = |row: &[f64; 2], centre: &[f64]| {
            (row[0] * centre[0] + row[1] * centre[1]) / row[0].hypot(row[1])
        };
        let terms = rows.iter().zip(&labels);
        let cost: f64 = terms
            .map(|(row, &label)| 1.0 - cosine(row, found.centres.row(label as usize)))
            .sum();
        assert!((cost - found.cost).abs() < 1e-12, "{cost} {}", found.cost);
    }

    #[test]
    fn a_row_of_zeros_has_no_direction() {
        assert_eq!(
            model(&[[0.0, 0.0], [1.0, 2.0], [2.0, 1.0]]).unwrap_err(),
            FitError::ZeroVector { n_samples: 3 }
        );
    }
}
