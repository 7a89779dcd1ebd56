//! Selects the clusters that together are the most stable, none inside another.

use super::condense::Cluster;

/// For each cluster of the tree, the selected cluster that contains it, if any.
///
/// ```text
/// best(C) = max(stability(C), sum over the children of best)         the root, all samples, is never taken
/// ```
/// On a tie the parent is selected, not its children.
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
