//! How a tree placed a customer: its branch, the merge of the branch with a larger part, and the current cost of both places.
//!
//! Merges are never undone: a branch stays with its first neighbours, although another segment may be nearer by now.

use serde::{Deserialize, Serialize};

use crate::cluster::hierarchical::{Dendrogram, HierarchicalParams, Linkage};
use crate::cluster::{FitError, Labels, Metric, Samples};
use crate::numeric::squared_euclidean;

/// The largest number of pairs of samples visited for one cost.
const MOST_PAIRS: usize = 20_000_000;

/// How the tree placed a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Joining {
    /// Height of the first merge of the customer.
    pub first: f64,
    /// Customers in its branch before the last merge with a part at least as large.
    pub n_branch: usize,
    /// Height of that merge.
    pub taken_at: f64,
    /// Customers in that part.
    pub n_taken_by: usize,
    /// Distance of the branch from the rest of its segment, by the linkage; `None` if the linkage defines none for a given pair of
    /// clusters, or there are too many pairs.
    pub cost_own: Option<f64>,
    /// Its distance from the other segment.
    pub cost_other: Option<f64>,
}

/// How the tree, cut into `labels`, placed a distinct sample, compared with the label `other`. `None` for a segment of one.
///
/// # Errors
/// [`FitError`] when the metric is not defined for some sample.
pub fn joining(
    tree: &Dendrogram,
    samples: &Samples,
    labels: &Labels,
    (leaf, other): (usize, u32),
    params: HierarchicalParams,
) -> Result<Option<Joining>, FitError> {
    let n = samples.n_distinct();
    let steps = &tree.steps()[..n - labels.n_clusters];
    let size = |node: u32| match steps.get((node as usize).wrapping_sub(n)) {
        Some(step) => step.size as usize,
        None => samples.weights[node as usize] as usize,
    };
    let (mut node, mut first, mut taken) = (leaf as u32, None, None);
    for (m, step) in steps.iter().enumerate() {
        let sibling = match node {
            _ if node == step.left => step.right,
            _ if node == step.right => step.left,
            _ => continue,
        };
        first.get_or_insert(step.height);
        if size(sibling) >= size(node) || taken.is_none() {
            taken = Some((node, sibling, step.height));
        }
        node = (n + m) as u32;
    }
    let (Some(first), Some((branch, by, taken_at))) = (first, taken) else {
        return Ok(None);
    };
    let mut is_branch = vec![false; n];
    let mut open = vec![branch];
    while let Some(node) = open.pop() {
        match steps.get((node as usize).wrapping_sub(n)) {
            Some(step) => open.extend([step.left, step.right]),
            None => is_branch[node as usize] = true,
        }
    }
    let own = labels.of_distinct[leaf];
    let members =
        |keep: &dyn Fn(usize) -> bool| -> Vec<usize> { (0..n).filter(|&i| keep(i)).collect() };
    let in_branch = members(&|i| is_branch[i]);
    let rest = members(&|i| labels.of_distinct[i] == own && !is_branch[i]);
    let others = members(&|i| labels.of_distinct[i] == other && !is_branch[i]);
    let rows = match params.metric {
        Metric::Cosine => samples.rows_for(params.metric)?,
        _ => Vec::new(),
    };
    let cost = |to: &[usize]| {
        let from = in_branch.as_slice();
        between(samples, &rows, params, from, to)
    };
    Ok(Some(Joining {
        first,
        n_branch: size(branch),
        taken_at,
        n_taken_by: size(by),
        cost_own: cost(&rest),
        cost_other: if other == own { None } else { cost(&others) },
    }))
}

/// Distance between two sets of distinct samples by a linkage.
fn between(
    samples: &Samples,
    rows: &[Vec<f64>],
    HierarchicalParams { linkage, metric }: HierarchicalParams,
    from: &[usize],
    to: &[usize],
) -> Option<f64> {
    if from.is_empty() || to.is_empty() {
        return None;
    }
    if matches!(linkage, Linkage::Ward | Linkage::Centroid) {
        let ((a, at_a), (b, at_b)) = (middle(samples, from), middle(samples, to));
        let apart = squared_euclidean(&at_a, &at_b).sqrt();
        let factor = if linkage == Linkage::Ward {
            (2.0 * a * b / (a + b)).sqrt()
        } else {
            1.0
        };
        return Some(factor * apart);
    }
    if from.len() * to.len() > MOST_PAIRS {
        return None;
    }
    let row = |i: usize| {
        rows.get(i)
            .map_or_else(|| samples.points.row(i), Vec::as_slice)
    };
    let pairs = || {
        from.iter().flat_map(|&i| {
            to.iter().map(move |&j| {
                let weight = samples.weights[i] * samples.weights[j];
                (metric.distance(row(i), row(j)), weight)
            })
        })
    };
    match linkage {
        Linkage::Single => Some(
            pairs()
                .map(|(apart, _)| apart)
                .fold(f64::INFINITY, f64::min),
        ),
        Linkage::Complete => Some(pairs().map(|(apart, _)| apart).fold(0.0, f64::max)),
        Linkage::Average => {
            let weight: f64 = pairs().map(|(_, weight)| weight).sum();
            Some(pairs().map(|(apart, weight)| apart * weight).sum::<f64>() / weight)
        }
        // The distance depends on how the clusters were merged, and the other segment was merged without the branch.
        Linkage::Weighted | Linkage::Median | Linkage::Ward | Linkage::Centroid => None,
    }
}

/// Number of samples and their mean.
fn middle(samples: &Samples, members: &[usize]) -> (f64, Vec<f64>) {
    let n: f64 = members.iter().map(|&i| samples.weights[i]).sum();
    let mean = samples.columns.iter().map(|column| {
        let sum: f64 = members
            .iter()
            .map(|&i| samples.weights[i] * column[i])
            .sum();
        sum / n
    });
    (n, mean.collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::cluster::hierarchical::Hierarchical;
    use crate::numeric::Matrix;

    #[test]
    fn the_merge_that_took_a_branch_is_found_and_its_cost_is_the_height() {
        let mut data = Matrix::with_features(1);
        for x in [0.0, 1.0, 2.0, 6.0, 6.5, 20.0, 21.0] {
            data.push_row([x]);
        }
        let samples = Samples::new(&data).unwrap();
        for linkage in [
            Linkage::Ward,
            Linkage::Average,
            Linkage::Single,
            Linkage::Complete,
            Linkage::Centroid,
        ] {
            let params = HierarchicalParams {
                linkage,
                ..Default::default()
            };
            let tree = Hierarchical::fit(&samples, params, &mut |_| ())
                .unwrap()
                .tree;
            let labels = tree.cut_at_count(2).unwrap();
            let other = labels.of_distinct[6];
            let found = joining(&tree, &samples, &labels, (3, other), params)
                .unwrap()
                .unwrap();
            // 6 and 6.5 were a branch until the three below took them; nothing was added to either part since.
            assert_eq!((found.n_branch, found.n_taken_by), (2, 3), "{linkage:?}");
            assert!(
                (found.cost_own.unwrap() - found.taken_at).abs() < 1e-12,
                "{linkage:?}"
            );
            assert!(found.cost_other.unwrap() > found.cost_own.unwrap());
            assert!(found.first < found.taken_at);
        }
        let params = HierarchicalParams::default();
        let tree = Hierarchical::fit(&samples, params, &mut |_| ())
            .unwrap()
            .tree;
        let each = tree.cut_at_count(7).unwrap();
        assert_eq!(
            joining(&tree, &samples, &each, (3, 0), params).unwrap(),
            None
        );
    }
}
