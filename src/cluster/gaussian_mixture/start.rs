//! The components that a run starts from.

use super::maximise::{Sums, maximise};
use super::{Component, GaussianMixtureParams};
use crate::cluster::{Labels, Samples};

/// The components of a partition.
pub(super) fn components_of(
    samples: &Samples,
    labels: &Labels,
    params: &GaussianMixtureParams,
) -> Option<Vec<Component>> {
    let d = samples.n_features();
    let origins: Vec<Vec<f64>> = (0..labels.n_clusters)
        .map(|label| {
            let first = labels
                .of_distinct
                .iter()
                .position(|&other| other as usize == label);
            first.map_or_else(|| vec![0.0; d], |i| samples.points.row(i).to_vec())
        })
        .collect();
    let mut totals = vec![vec![0.0; 1 + d + d * (d + 1) / 2]; labels.n_clusters];
    let n = samples.n_distinct();
    for start in (0..n).step_by(CHUNK) {
        add_rows(
            samples,
            start..(start + CHUNK).min(n),
            &labels.of_distinct,
            &origins,
            &mut totals,
        );
    }
    let sums: Vec<Sums> = totals.iter().map(|totals| Sums::of(totals, d)).collect();
    maximise(&sums, &origins, params.covariance, params.reg_covar)
}

/// Samples per call: browsers switch to optimised code only at the next call of a function.
const CHUNK: usize = 1_024;

/// Adds weights, first and second moments around the origins to the totals of each label.
#[inline(never)]
fn add_rows(
    samples: &Samples,
    rows: std::ops::Range<usize>,
    labels: &[u32],
    origins: &[Vec<f64>],
    totals: &mut [Vec<f64>],
) {
    for i in rows {
        let (row, weight, label) = (
            samples.points.row(i),
            samples.weights[i],
            labels[i] as usize,
        );
        let origin = &origins[label];
        let mut totals = totals[label].iter_mut();
        let mut add = |x: f64| {
            if let Some(total) = totals.next() {
                *total += x;
            }
        };
        add(weight);
        for (x, o) in row.iter().zip(origin) {
            add(weight * (x - o));
        }
        for (i, (x, o)) in row.iter().zip(origin).enumerate() {
            let first = weight * (x - o);
            for (x, o) in row.iter().zip(origin).take(i + 1) {
                add(first * (x - o));
            }
        }
    }
}
