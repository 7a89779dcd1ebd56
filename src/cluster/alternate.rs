//! The iteration shared by K-medians and spherical k-means: assign every sample to the nearest centre, move every centre to where
//! its samples cost least, until nothing changes.

use super::k_means::KMeansParams;
use super::{FitError, Labels, Metric, ParamsError, Samples};
use crate::numeric::{Matrix, Rng, Sum, pulse};

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

/// With more than twice this many samples, runs start on about this many; the best continues on all.
const SCREENED: usize = 4_096;

/// Steps per sample and feature for computing a centre, which is a median.
const SORT: usize = 16;

/// What is partitioned.
pub(super) struct Task<'a> {
    pub(super) samples: &'a Samples,
    /// One per distinct sample, in the units in which distances are taken.
    pub(super) rows: &'a [Vec<f64>],
    pub(super) metric: Metric,
    /// The point with the least sum of distances to the given samples.
    pub(super) centre: &'a dyn Fn(&[u32]) -> Vec<f64>,
}

impl Task<'_> {
    /// The best of `n_init` runs.
    pub(super) fn best_of_runs(
        &self,
        params: &KMeansParams,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Partition, FitError> {
        params.check()?;
        self.samples.check_clusters(params.n_clusters)?;
        let all: Vec<u32> = (0..self.rows.len() as u32).collect();
        // Samples are sorted, so that every n-th of them cover the whole set.
        let step = if all.len() > 2 * SCREENED {
            all.len() / SCREENED
        } else {
            1
        };
        let part: Vec<u32> = all.iter().copied().step_by(step).collect();
        let mut best: Option<Run> = None;
        for number in 0..params.n_init {
            let mut rng = Rng::new(params.seed.wrapping_add(number as u64));
            let starts = self.starts(&part, params.n_clusters, &mut rng);
            let mut run = Run::from_centres(starts, part.len());
            run.iterate(self, &part, params.max_iter);
            // Ties go to the earlier run.
            if best.as_ref().is_none_or(|best| run.cost < best.cost) {
                best = Some(run);
            }
            progress((number + 1) as f64 / (params.n_init + 1) as f64);
        }
        let mut best = best.ok_or(ParamsError::NoIterations)?;
        if step > 1 {
            best = Run::from_centres(best.centres, all.len());
            best.iterate(self, &all, params.max_iter);
        }
        let mut centres = Matrix::with_features(self.samples.n_features());
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

    /// Samples drawn one by one, each with probability proportional to its distance to the nearest drawn so far.
    fn starts(&self, ids: &[u32], n_clusters: usize, rng: &mut Rng) -> Vec<Vec<f64>> {
        let mut nearest = vec![f64::INFINITY; ids.len()];
        let mut centres: Vec<Vec<f64>> = Vec::with_capacity(n_clusters);
        while centres.len() < n_clusters {
            let weight = |at: usize| self.samples.weights[ids[at] as usize];
            let chance = |at: usize| {
                let distance = if centres.is_empty() { 1.0 } else { nearest[at] };
                weight(at) * distance
            };
            let total: f64 = (0..ids.len()).map(chance).sum();
            let mut left = rng.uniform() * total;
            let drawn = (0..ids.len()).find(|&at| {
                left -= chance(at);
                left < 0.0
            });
            // If all distances are 0, any sample will do.
            let drawn = drawn.unwrap_or(centres.len() % ids.len());
            let chosen = self.rows[ids[drawn] as usize].clone();
            for (nearest, &i) in nearest.iter_mut().zip(ids) {
                let distance = self.metric.distance(&self.rows[i as usize], &chosen);
                *nearest = nearest.min(distance);
            }
            centres.push(chosen);
        }
        centres
    }
}

struct Run {
    centres: Vec<Vec<f64>>,
    labels: Vec<u32>,
    cost: f64,
    n_iter: usize,
}

impl Run {
    fn from_centres(centres: Vec<Vec<f64>>, n: usize) -> Self {
        Self {
            centres,
            labels: vec![u32::MAX; n],
            cost: f64::INFINITY,
            n_iter: 0,
        }
    }

    fn iterate(&mut self, task: &Task, ids: &[u32], max_iter: usize) {
        while self.n_iter < max_iter && self.step(task, ids) {}
    }

    /// One iteration over the samples of these numbers; `false` when it changed nothing.
    fn step(&mut self, task: &Task, ids: &[u32]) -> bool {
        self.n_iter += 1;
        let mut has_moved = false;
        let mut members = vec![Vec::new(); self.centres.len()];
        let mut far: Vec<f64> = Vec::with_capacity(ids.len());
        for (label, &i) in self.labels.iter_mut().zip(ids) {
            let (nearest, distance) = nearest(&task.rows[i as usize], &self.centres, task.metric);
            pulse(self.centres.len() * task.rows[i as usize].len());
            has_moved |= *label != nearest;
            *label = nearest;
            members[nearest as usize].push(i);
            far.push(distance);
        }
        // A centre without samples takes the sample that lies farthest from its own.
        while let Some(empty) = members.iter().position(Vec::is_empty) {
            let spare = (0..ids.len()).filter(|&at| members[self.labels[at] as usize].len() > 1);
            let Some(at) = spare.reduce(|a, b| if far[b] > far[a] { b } else { a }) else {
                break;
            };
            members[self.labels[at] as usize].retain(|&member| member != ids[at]);
            members[empty].push(ids[at]);
            self.labels[at] = empty as u32;
            far[at] = 0.0;
            has_moved = true;
        }
        if has_moved {
            for (place, members) in self.centres.iter_mut().zip(&members) {
                if !members.is_empty() {
                    pulse(members.len() * place.len() * SORT);
                    *place = (task.centre)(members);
                }
            }
        }
        let terms = self.labels.iter().zip(ids).map(|(&label, &i)| {
            let (row, centre) = (&task.rows[i as usize], &self.centres[label as usize]);
            task.samples.weights[i as usize] * task.metric.distance(row, centre)
        });
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
