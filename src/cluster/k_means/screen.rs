//! Distances in single precision, to get near an optimum fast, and to find the nearest centroid when single precision is enough to
//! decide. Results are verified in double precision.
//!
//! Samples lie along a curve through space, sixteen together, feature by feature, scaled to 1. Sums follow the samples that change
//! their cluster; cells of near samples with only one possible nearest centroid are skipped as a whole.

use super::block::{GROUP, Group, least_squares};
use super::cells::Cells;
use crate::numeric::Matrix;

/// Samples in single precision.
#[derive(Clone, Debug)]
pub struct Screen {
    /// Group by group, each feature by feature; filled up with copies of the last sample to whole groups.
    pub(super) values: Vec<Group>,
    pub(super) n_features: usize,
    /// Weights; 0 for what fills up.
    weights: Vec<Group>,
    pub(super) cells: Cells,
    /// Largest absolute value before scaling.
    scale: f64,
    /// Distinct sample at each position.
    pub(super) order: Vec<u32>,
    /// Whether not all samples are here; those that are count once each.
    pub(super) is_part: bool,
    /// Sum of weighted squares of all values.
    pub(super) squares: f64,
}

impl Screen {
    /// All samples: columns, weights and the order of the curve.
    pub(crate) fn new(columns: &[Vec<f64>], weights: &[f64], along: &[u32]) -> Self {
        Self::of(columns, Some(weights), along.to_vec())
    }

    /// A part of the samples, in the order of the curve; each counts once.
    pub(super) fn of_part(columns: &[Vec<f64>], chosen: Vec<u32>) -> Self {
        Self::of(columns, None, chosen)
    }

    /// Without weights these are a part of the samples, each of which counts once.
    fn of(columns: &[Vec<f64>], weights: Option<&[f64]>, order: Vec<u32>) -> Self {
        let largest = columns.iter().map(|column| largest_of(column));
        let largest = largest.fold(0.0, f64::max);
        let scale = if largest > 0.0 { largest } else { 1.0 };
        let factor = 1.0 / scale;
        let d = columns.len();
        let n_groups = order.len().div_ceil(GROUP);
        let mut values = Vec::with_capacity(n_groups * d);
        let mut of_groups = Vec::with_capacity(n_groups);
        for order in order.chunks(GROUP) {
            for column in columns {
                values.push(gather(column, order, factor));
            }
            let mut of_group = weights.map_or([1.0; GROUP], |weights| gather(weights, order, 1.0));
            of_group[order.len()..].fill(0.0);
            of_groups.push(of_group);
        }
        let (is_part, weights) = (weights.is_none(), of_groups);
        let squares = values
            .chunks(d.max(1))
            .zip(&weights)
            .map(|(group, weights)| squares_of(group, weights));
        Self {
            squares: squares.sum(),
            cells: Cells::new(&values, &weights, d),
            values,
            n_features: d,
            weights,
            scale,
            order,
            is_part,
        }
    }

    /// All values, group by group and feature by feature, divided by the scale.
    pub(crate) fn groups(&self) -> &[Group] {
        &self.values
    }

    /// Distinct sample at each position.
    pub(crate) fn order(&self) -> &[u32] {
        &self.order
    }

    /// Largest absolute value of a feature.
    pub(crate) fn scale(&self) -> f64 {
        self.scale
    }

    /// Number of samples here, with padding.
    pub(super) fn n(&self) -> usize {
        self.weights.len() * GROUP
    }

    /// A feature of the sample at a position.
    pub(super) fn value(&self, position: usize, feature: usize) -> f32 {
        self.values[position / GROUP * self.n_features + feature][position % GROUP]
    }

    /// The weight of the sample at a position; 0 for what fills up.
    pub(super) fn weight(&self, position: usize) -> f32 {
        self.weights[position / GROUP][position % GROUP]
    }

    /// Centroids in the units of the screen, one after the other.
    pub(super) fn centres(&self, centroids: &Matrix) -> Vec<f32> {
        let values = centroids.rows().flatten();
        values.map(|&x| (x / self.scale) as f32).collect()
    }

    /// The distinct samples that are here, where not all are.
    pub(super) fn chosen(&self) -> Option<&[u32]> {
        self.is_part.then_some(self.order.as_slice())
    }

    /// The distinct sample at a position of the screen.
    pub(super) fn distinct(&self, position: usize) -> usize {
        self.order[position] as usize
    }

    /// Weighted squared distance of every sample to its nearest centroid.
    pub(super) fn distances(&self, centroids: &Matrix) -> Vec<f64> {
        let centres = self.centres(centroids);
        let groups = self.values.chunks_exact(self.n_features.max(1));
        let of_groups = groups.zip(&self.weights).flat_map(|(values, weights)| {
            let mut nearest = least_squares(values, &centres);
            let pairs = nearest.iter_mut().zip(weights);
            pairs.for_each(|(nearest, weight)| *nearest *= weight);
            nearest.map(f64::from)
        });
        of_groups.collect()
    }
}

#[inline(never)]
fn largest_of(column: &[f64]) -> f64 {
    let sizes = column.iter().map(|x| x.abs());
    sizes.fold(0.0, |largest, x| if x > largest { x } else { largest })
}

/// Some values of a column; the last fills up.
#[inline(never)]
fn gather(column: &[f64], order: &[u32], factor: f64) -> Group {
    let last = order.len().saturating_sub(1);
    std::array::from_fn(|at| {
        let i = order.get(at).or_else(|| order.get(last));
        i.map_or(0.0, |&i| (column[i as usize] * factor) as f32)
    })
}

#[inline(never)]
fn squares_of(group: &[Group], weights: &Group) -> f64 {
    let square = |(x, weight): (&f32, &f32)| f64::from(*weight) * f64::from(*x) * f64::from(*x);
    let of_features = group
        .iter()
        .map(|values| values.iter().zip(weights).map(square).sum::<f64>());
    of_features.sum()
}
