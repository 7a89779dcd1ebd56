//! What is left to merge.

use super::super::dendrogram::Merge;

/// The clusters that are not merged yet.
pub(super) struct Remaining {
    /// Centres, feature by feature.
    pub(super) columns: Vec<Vec<f64>>,
    /// Samples per cluster.
    pub(super) sizes: Vec<f64>,
    /// Lowest leaf of each cluster, which names it.
    pub(super) leaf: Vec<u32>,
    /// Height of each named cluster so far; one entry per leaf of the dendrogram.
    pub(super) height: Vec<f64>,
}

/// Merges the clusters named `a` and `b`; the union has the lower name.
pub(super) fn merge_at(height: &mut [f64], a: u32, b: u32, squared_distance: f64) -> Merge {
    let (keep, gone) = (a.min(b), a.max(b));
    // Rounding must not put a merge below the merges it is made of.
    let raised = squared_distance
        .sqrt()
        .max(height[keep as usize])
        .max(height[gone as usize]);
    height[keep as usize] = raised;
    Merge {
        leaf_a: keep,
        leaf_b: gone,
        height: raised,
    }
}
