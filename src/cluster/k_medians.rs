//! K-medians (Bradley, Mangasarian & Street 1997, NIPS 9): the partition with the smallest sum of Manhattan distances to
//! centres. A few extreme customers move a median less than a mean.
//!
//! ```text
//! cost = sum_i w_i sum_f |x_if - m_(label i)f|          m: median of the cluster, feature by feature
//! ```
//!
//! Cost: O(n_init * iterations * n_distinct * n_features * (n_clusters + log n_distinct)) time, O(n_distinct * n_features)
//! memory.

use super::alternate::{Partition, Task};
use super::k_means::KMeansParams;
use super::{FitError, Metric, Samples};
use crate::numeric::order_by;

/// Fits the model; centres are in the centred units of [`Samples::points`].
///
/// # Errors
/// [`FitError`] when the parameters are wrong or there are fewer distinct samples than clusters.
pub fn k_medians(
    samples: &Samples,
    params: &KMeansParams,
    progress: &mut dyn FnMut(f64),
) -> Result<Partition, FitError> {
    let rows = samples.rows_for(Metric::Manhattan)?;
    let centre = |members: &[u32]| median_point(samples, members);
    let task = Task {
        samples,
        rows: &rows,
        metric: Metric::Manhattan,
        centre: &centre,
    };
    task.best_of_runs(params, progress)
}

/// The centre of some distinct samples: the median of each feature, in the centred units of [`Samples::points`].
pub fn median_point(samples: &Samples, members: &[u32]) -> Vec<f64> {
    (0..samples.n_features())
        .map(|feature| median(members, &samples.columns[feature], &samples.weights))
        .collect()
}

/// The lower weighted median of some values.
fn median(members: &[u32], values: &[f64], weights: &[f64]) -> f64 {
    let value = |at: usize| values[members[at] as usize];
    let order = order_by(members.len(), &mut |a, b| value(a).total_cmp(&value(b)));
    let weight = |at: u32| weights[members[at as usize] as usize];
    let mut left = 0.5 * order.iter().map(|&at| weight(at)).sum::<f64>();
    let middle = order.iter().find(|&&at| {
        left -= weight(at);
        left <= 0.0
    });
    middle.map_or(0.0, |&at| value(at as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Matrix, Rng};

    fn samples(rows: &[[f64; 2]]) -> Samples {
        let mut matrix = Matrix::with_features(2);
        rows.iter().for_each(|row| matrix.push_row(*row));
        Samples::new(&matrix).unwrap()
    }

    fn fit(samples: &Samples, n_clusters: usize) -> Partition {
        let params = KMeansParams {
            n_clusters,
            n_init: 30,
            ..Default::default()
        };
        k_medians(samples, &params, &mut |_| ()).unwrap()
    }

    #[test]
    fn weights_count_like_repeated_values() {
        assert_eq!(median(&[0, 1, 2], &[5.0, 1.0, 3.0], &[1.0, 1.0, 1.0]), 3.0);
        assert_eq!(median(&[0, 1, 2], &[5.0, 1.0, 3.0], &[3.0, 1.0, 1.0]), 5.0);
    }

    #[test]
    fn an_extreme_customer_does_not_drag_a_centre_along() {
        let rows = [
            [0.0, 0.0],
            [1.0, 0.0],
            [2.0, 1.0],
            [100.0, 0.0],
            [50.0, 9.0],
            [51.0, 9.0],
            [52.0, 9.5],
        ];
        let samples = samples(&rows);
        let model = fit(&samples, 2);
        let labels = model.labels.of_samples(&samples);
        assert_eq!(labels[0], labels[2]);
        assert_eq!(labels[3], labels[4]);
        let centre = model.centres.row(labels[4] as usize)[0] + samples.means[0];
        assert!((centre - 51.0).abs() < 1e-12, "{centre}");
    }

    #[test]
    fn no_partition_of_a_small_set_costs_less() {
        for seed in 0..30 {
            let mut rng = Rng::new(seed);
            let rows: Vec<[f64; 2]> = (0..8)
                .map(|_| [rng.below(6) as f64, rng.below(6) as f64])
                .collect();
            let samples = samples(&rows);
            if samples.n_distinct() < 2 {
                continue;
            }
            let n = samples.n_distinct();
            let cost = |members: &[u32]| -> f64 {
                let of_feature = |column: &Vec<f64>| {
                    let middle = median(members, column, &samples.weights);
                    let terms = members.iter().map(|&i| {
                        samples.weights[i as usize] * (column[i as usize] - middle).abs()
                    });
                    terms.sum::<f64>()
                };
                samples.columns.iter().map(of_feature).sum()
            };
            let least = (1..(1_u32 << n) - 1)
                .map(|code| {
                    let (a, b): (Vec<u32>, Vec<u32>) =
                        (0..n as u32).partition(|i| code >> i & 1 == 1);
                    cost(&a) + cost(&b)
                })
                .fold(f64::INFINITY, f64::min);
            let found = fit(&samples, 2).cost;
            assert!(
                found <= least * 1.02 + 1e-9,
                "seed {seed}: {found} against {least}"
            );
        }
    }

    #[test]
    fn many_samples_end_where_their_groups_are() {
        let mut rng = Rng::new(11);
        let rows: Vec<[f64; 2]> = (0..20_000)
            .map(|i| [30.0 * f64::from(i % 3) + rng.normal(), rng.normal()])
            .collect();
        let samples = samples(&rows);
        let labels = fit(&samples, 3).labels.of_samples(&samples);
        assert!((0..rows.len()).all(|i| labels[i] == labels[i % 3]));
    }
}
