//! What in the table is behind the error of a model: columns by name, customers by row.

use super::fits::Fits;
use crate::cluster::{FitError, unit};
use crate::result::Obstacle;

/// Rows that are named at most: all of them, where they are few enough to be left out by a decision.
const MOST_ROWS: usize = 10_000;

impl Fits {
    /// The cause, if it is known.
    pub(super) fn cause_of(&self, error: &FitError) -> Option<Obstacle> {
        match error {
            FitError::Collapsed { spike, .. } => {
                let spike = (*spike)?;
                let row = *self.samples_of(spike.sample).first()?;
                let feature = *self.prepared.scaler.order().get(spike.feature)?;
                Some(Obstacle::Spike {
                    feature: self.prepared.names.get(feature)?.clone(),
                    value: self.prepared.raw.row(row)[feature],
                    n_same: spike.n_same,
                    n_samples: spike.n_samples,
                })
            }
            FitError::ZeroVector { .. } => {
                let means = &self.samples.means;
                let is_zero = |point: &[f64]| {
                    let row: Vec<f64> = point.iter().zip(means).map(|(x, m)| x + m).collect();
                    unit(&row).is_none()
                };
                let distinct = self.samples.points.rows().position(is_zero)?;
                let samples = self.samples_of(distinct);
                let rows = samples.iter().take(MOST_ROWS);
                Some(Obstacle::Zeros {
                    n_zero: samples.len(),
                    rows: rows.map(|&at| self.prepared.rows[at]).collect(),
                })
            }
            _ => None,
        }
    }

    /// The samples that a distinct one stands for.
    fn samples_of(&self, distinct: usize) -> Vec<usize> {
        let of = self.samples.distinct_of.iter().enumerate();
        let of = of.filter(|(_, at)| **at as usize == distinct);
        of.map(|(at, _)| at).collect()
    }
}
