//! Which clusters are taken: those that together are the most stable, none inside another.

use super::condense::Cluster;

/// The taken cluster that holds each cluster of the tree, if any does.
///
/// ```text
/// best(C) = max(stability(C), sum over the children of best)         the root, all samples, is never taken
/// ```
/// A cluster as stable as its children together is taken instead of them.
pub(super) fn select(clusters: &[Cluster]) -> Vec<Option<u32>> {
    let n = clusters.len();
    let mut of_children = vec![0.0; n];
    let mut is_taken = vec![false; n];
    for number in (1..n).rev() {
        let own = clusters[number].stability;
        is_taken[number] = of_children[number] <= own;
        let best = if is_taken[number] {
            own
        } else {
            of_children[number]
        };
        of_children[clusters[number].parent as usize] += best;
    }
    let mut holder: Vec<Option<u32>> = vec![None; n];
    for number in 1..n {
        let above = holder[clusters[number].parent as usize];
        holder[number] = above.or(is_taken[number].then_some(number as u32));
    }
    holder
}
