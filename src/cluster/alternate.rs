//! What K-medians and spherical k-means have in common: assign every sample to the nearest centre, move every centre to where
//! its samples cost least, until nothing changes.

use super::k_means::KMeansParams;
use super::{FitError, Labels, Metric, Samples};
use crate::numeric::{Matrix, Rng, Sum};

/// A fitted partition around centres; every part belongs to the same run.
#[derive(Clone, Debug)]
pub struct Partition {
    /// Cluster of each distinct sample.
    pub labels: Labels,
    /// Shape `(n_clusters, n_features)`, in the units in which distances are taken.
    pub centres: Matrix,
    /// Sum over samples of the distance to the own centre.
    pub cost: f64,
    /// Iterations of the best run.
    pub n_iter: usize,
}

/// The best of `n_init` runs on `rows`, one per distinct sample. `centre` gives the point with the least sum of distances to
/// the samples it is handed.
pub(super) fn best_of_runs(
    samples: &Samples,
    rows: &[Vec<f64>],
    metric: Metric,
    params: &KMeansParams,
    centre: &dyn Fn(&[u32]) -> Vec<f64>,
    progress: &mut dyn FnMut(f64),
) -> Result<Partition, FitError> {
    params.check()?;
    samples.check_clusters(params.n_clusters)?;
    let mut best: Option<Run> = None;
    for number in 0..params.n_init {
        let mut rng = Rng::new(params.seed.wrapping_add(number as u64));
        let mut run = Run {
            centres: starts(samples, rows, metric, params.n_clusters, &mut rng),
            labels: vec![u32::MAX; rows.len()],
            cost: f64::INFINITY,
            n_iter: 0,
        };
        while run.n_iter < params.max_iter && run.step(samples, rows, metric, centre) {}
        // Ties go to the earlier run.
        if best.as_ref().is_none_or(|best| run.cost < best.cost) {
            best = Some(run);
        }
        progress((number + 1) as f64 / params.n_init as f64);
    }
    let best = best.ok_or(super::ParamsError::NoIterations)?;
    let mut centres = Matrix::with_features(samples.n_features());
    for centre in best.centres {
        centres.push_row(centre);
    }
    Ok(Partition {
        labels: Labels {
            of_distinct: best.labels,
            n_clusters: params.n_clusters,
        },
        centres,
        cost: best.cost,
        n_iter: best.n_iter,
    })
}

struct Run {
    centres: Vec<Vec<f64>>,
    labels: Vec<u32>,
    cost: f64,
    n_iter: usize,
}

impl Run {
    /// One iteration; `false` when it changed nothing.
    fn step(
        &mut self,
        samples: &Samples,
        rows: &[Vec<f64>],
        metric: Metric,
        centre: &dyn Fn(&[u32]) -> Vec<f64>,
    ) -> bool {
        self.n_iter += 1;
        let mut has_moved = false;
        let mut members = vec![Vec::new(); self.centres.len()];
        let mut far: Vec<f64> = Vec::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            let (nearest, distance) = nearest(row, &self.centres, metric);
            has_moved |= self.labels[i] != nearest;
            self.labels[i] = nearest;
            members[nearest as usize].push(i as u32);
            far.push(distance);
        }
        // A centre without samples takes the sample that lies farthest from its own.
        while let Some(empty) = members.iter().position(Vec::is_empty) {
            let spare = |&i: &usize| members[self.labels[i] as usize].len() > 1;
            let Some(i) = (0..rows.len())
                .filter(spare)
                .reduce(|a, b| if far[b] > far[a] { b } else { a })
            else {
                break;
            };
            members[self.labels[i] as usize].retain(|&member| member as usize != i);
            members[empty].push(i as u32);
            self.labels[i] = empty as u32;
            far[i] = 0.0;
            has_moved = true;
        }
        if has_moved {
            for (place, members) in self.centres.iter_mut().zip(&members) {
                if !members.is_empty() {
                    *place = centre(members);
                }
            }
        }
        let distance = |i: usize| metric.distance(&rows[i], &self.centres[self.labels[i] as usize]);
        let terms = (0..rows.len()).map(|i| samples.weights[i] * distance(i));
        self.cost = terms.collect::<Sum>().value();
        has_moved
    }
}

/// The nearest centre and its distance; ties go to the lowest.
fn nearest(row: &[f64], centres: &[Vec<f64>], metric: Metric) -> (u32, f64) {
    let mut best = (0, f64::INFINITY);
    for (label, centre) in centres.iter().enumerate() {
        let distance = metric.distance(row, centre);
        if distance < best.1 {
            best = (label as u32, distance);
        }
    }
    best
}

/// Samples drawn one after the other, each with a chance proportional to its distance to the nearest so far.
fn starts(
    samples: &Samples,
    rows: &[Vec<f64>],
    metric: Metric,
    n_clusters: usize,
    rng: &mut Rng,
) -> Vec<Vec<f64>> {
    let mut nearest = vec![f64::INFINITY; rows.len()];
    let mut centres: Vec<Vec<f64>> = Vec::with_capacity(n_clusters);
    while centres.len() < n_clusters {
        let chance =
            |i: usize| samples.weights[i] * if centres.is_empty() { 1.0 } else { nearest[i] };
        let total: f64 = (0..rows.len()).map(chance).sum();
        let mut left = rng.uniform() * total;
        let drawn = (0..rows.len()).find(|&i| {
            left -= chance(i);
            left < 0.0
        });
        // Where all distances are 0 a sample is as good as any other.
        let chosen = rows[drawn.unwrap_or(centres.len() % rows.len())].clone();
        for (nearest, row) in nearest.iter_mut().zip(rows) {
            *nearest = nearest.min(metric.distance(row, &chosen));
        }
        centres.push(chosen);
    }
    centres
}
