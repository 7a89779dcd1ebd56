//! The effect of the start: single runs of a model with random starts, compared with the result that was kept.
//!
//! Runs that end within one percent of the best cost are near-best: only chance decides which of them is reported.

use serde::{Deserialize, Serialize};

use super::{Contingency, best_matching};
use crate::cluster::{Labels, Samples};
use crate::numeric::order_by;

/// Runs within this share of the best cost are near-best.
const NEAR: f64 = 0.01;
/// The largest number of optima listed.
const MOST: usize = 5;

/// The results of single runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Starts {
    /// Number of runs.
    pub n_runs: usize,
    /// Runs within one percent of the best cost.
    pub n_near: usize,
    /// The near-best results, most frequent first, at most five.
    pub optima: Vec<Optimum>,
    /// Share of the near-best runs in which each distinct sample keeps its cluster; 1 if no run was near-best.
    #[serde(skip)]
    pub own_rate: Vec<f64>,
}

/// One near-best result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Optimum {
    /// Its cost: inertia, or the sum of distances.
    pub cost: f64,
    /// Share of all runs that ended in it.
    pub share: f64,
    /// Distinct samples that it places in another cluster than the result that was kept.
    pub otherwise: Vec<u32>,
}

/// Runs counted so far.
#[derive(Debug)]
pub struct Restarts {
    original: Labels,
    cost: f64,
    n_runs: usize,
    ends: Vec<End>,
}

/// Runs with the same result.
#[derive(Debug)]
struct End {
    /// The lowest cost.
    cost: f64,
    n_runs: usize,
    /// Distinct samples that they place in another cluster.
    otherwise: Vec<u32>,
}

impl Restarts {
    /// No run counted.
    pub fn of(original: Labels, cost: f64) -> Self {
        Self {
            original,
            cost,
            n_runs: 0,
            ends: Vec::new(),
        }
    }

    /// Counts a run.
    pub fn count(&mut self, samples: &Samples, labels: &Labels, cost: f64) {
        let both = self.original.of_distinct.iter().zip(&labels.of_distinct);
        let pairs = both.zip(&samples.weights);
        let pairs = pairs.flat_map(|((&own, &label), &weight)| {
            std::iter::repeat_n((own, label), weight as usize)
        });
        let contingency = Contingency::of(pairs, self.original.n_clusters, labels.n_clusters);
        let row_of = best_matching(&contingency).row_of_column(labels.n_clusters);
        let is_moved = |&i: &u32| {
            let (own, label) = (
                self.original.of_distinct[i as usize],
                labels.of_distinct[i as usize],
            );
            row_of[label as usize] != Some(own as usize)
        };
        let moved: Vec<u32> = (0..labels.of_distinct.len() as u32)
            .filter(is_moved)
            .collect();
        self.n_runs += 1;
        match self.ends.iter_mut().find(|end| end.otherwise == moved) {
            Some(end) => {
                end.cost = end.cost.min(cost);
                end.n_runs += 1;
            }
            None => self.ends.push(End {
                cost,
                n_runs: 1,
                otherwise: moved,
            }),
        }
    }

    /// The result of the count.
    pub fn starts(self) -> Starts {
        let costs = self.ends.iter().map(|end| end.cost);
        let best = costs.fold(self.cost, f64::min);
        let near = self.ends.into_iter();
        let near: Vec<_> = near
            .filter(|end| end.cost <= best + NEAR * best.abs())
            .collect();
        let n_near: usize = near.iter().map(|end| end.n_runs).sum();
        let mut away = vec![0_usize; self.original.of_distinct.len()];
        for end in &near {
            let otherwise = end.otherwise.iter();
            otherwise.for_each(|&i| away[i as usize] += end.n_runs);
        }
        let order = order_by(near.len(), &mut |a, b| {
            let by_runs = near[b].n_runs.cmp(&near[a].n_runs);
            by_runs.then(near[a].cost.total_cmp(&near[b].cost))
        });
        let optimum = |at: &u32| {
            let end = &near[*at as usize];
            Optimum {
                cost: end.cost,
                share: end.n_runs as f64 / self.n_runs as f64,
                otherwise: end.otherwise.clone(),
            }
        };
        Starts {
            n_runs: self.n_runs,
            n_near,
            optima: order.iter().take(MOST).map(optimum).collect(),
            own_rate: away
                .into_iter()
                .map(|away| 1.0 - away as f64 / n_near.max(1) as f64)
                .collect(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Matrix;

    #[test]
    fn near_best_ends_are_told_apart_and_far_ones_left_out() {
        let mut data = Matrix::with_features(1);
        (0..4).for_each(|x| data.push_row([f64::from(x)]));
        let samples = Samples::new(&data).unwrap();
        let labels = |of_distinct: [u32; 4]| Labels {
            of_distinct: of_distinct.to_vec(),
            n_clusters: 2,
        };
        let mut restarts = Restarts::of(labels([0, 0, 1, 1]), 100.0);
        // The same with other labels, one sample away, and a worse one.
        for (found, cost, times) in [
            ([1, 1, 0, 0], 100.0, 5),
            ([0, 0, 0, 1], 100.5, 3),
            ([0, 1, 1, 1], 120.0, 2),
        ] {
            (0..times).for_each(|_| restarts.count(&samples, &labels(found), cost));
        }
        let found = restarts.starts();
        assert_eq!((found.n_runs, found.n_near, found.optima.len()), (10, 8, 2));
        assert_eq!(found.optima[0].otherwise, Vec::<u32>::new());
        assert_eq!(
            (found.optima[1].otherwise.as_slice(), found.optima[1].share),
            (&[2][..], 0.3)
        );
        assert_eq!(found.own_rate, [1.0, 1.0, 0.625, 1.0]);
    }
}
