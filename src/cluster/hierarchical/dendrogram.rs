//! The tree of merges, numbered as in SciPy: leaf `i` is sample `i`, merge `m` makes cluster `n + m`.

use serde::{Deserialize, Serialize};

use crate::cluster::forest::Forest;
use crate::cluster::spanning_tree::Edge;
use crate::cluster::{FitError, Labels, ParamsError, Samples};
use crate::numeric::order_of_numbers;

/// One merge.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Smaller of the two cluster numbers.
    pub left: u32,
    /// Larger of the two cluster numbers.
    pub right: u32,
    /// Distance at which they merge, in scaled units; never below that of an earlier step.
    pub height: f64,
    /// Samples below the merge.
    pub size: u32,
}

/// A full tree over distinct samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dendrogram {
    n_leaves: usize,
    steps: Vec<Step>,
}

/// A merge of the clusters that hold two leaves, before numbering.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merge {
    pub(super) leaf_a: u32,
    pub(super) leaf_b: u32,
    pub(super) height: f64,
}

impl Dendrogram {
    /// Sorts merges by height (ties keep their order, in which a merge follows those below it) and numbers them.
    ///
    /// `sizes` holds the number of samples per leaf.
    pub(super) fn from_merges(merges: &[Merge], sizes: &[u32]) -> Self {
        let order = order_of_numbers(merges.len(), |at| merges[at].height);
        let sorted: Vec<Merge> = order.into_iter().map(|at| merges[at as usize]).collect();
        Self::from_merges_in_order(&sorted, sizes)
    }

    /// The tree of single linkage: its merges are the edges of a minimum spanning tree, taken from the shortest to the longest
    /// (Gower & Ross 1969, Appl. Stat. 18). `sizes` holds the number of samples per leaf.
    pub(in crate::cluster) fn of_spanning_tree(edges: Vec<Edge>, sizes: &[u32]) -> Self {
        let merges = edges.into_iter().map(|edge| Merge {
            leaf_a: edge.a,
            leaf_b: edge.b,
            height: edge.length,
        });
        Self::from_merges(&merges.collect::<Vec<_>>(), sizes)
    }

    /// Numbers merges in the order in which they were made, for linkages whose heights may fall.
    pub(super) fn from_merges_in_order(merges: &[Merge], sizes: &[u32]) -> Self {
        let n_leaves = sizes.len();
        let mut forest = Forest::new(n_leaves);
        let mut number: Vec<u32> = (0..n_leaves as u32).collect();
        let mut size = sizes.to_vec();
        let steps = merges
            .iter()
            .enumerate()
            .map(|(m, merge)| {
                let (a, b) = (forest.root(merge.leaf_a), forest.root(merge.leaf_b));
                let root = forest.join(a, b) as usize;
                let (x, y) = (number[a as usize], number[b as usize]);
                size[root] = size[a as usize] + size[b as usize];
                number[root] = (n_leaves + m) as u32;
                Step {
                    left: x.min(y),
                    right: x.max(y),
                    height: merge.height,
                    size: size[root],
                }
            })
            .collect();
        Self { n_leaves, steps }
    }

    /// The merges, in order of height.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The partition into exactly `n_clusters`: the last `n_clusters - 1` merges are undone. Labels follow the first leaf of
    /// each cluster.
    ///
    /// # Errors
    /// [`FitError`] when `n_clusters` is 0 or above the number of leaves.
    pub fn cut_at_count(&self, n_clusters: usize) -> Result<Labels, FitError> {
        if n_clusters == 0 || n_clusters > self.n_leaves {
            return Err(ParamsError::ClusterCount {
                n_clusters,
                min: 1,
                max: self.n_leaves,
            }
            .into());
        }
        let mut forest = Forest::new(self.n_leaves);
        let mut leaf_below: Vec<u32> = (0..self.n_leaves as u32).collect();
        for step in &self.steps[..self.n_leaves - n_clusters] {
            let (a, b) = (
                leaf_below[step.left as usize],
                leaf_below[step.right as usize],
            );
            let (a, b) = (forest.root(a), forest.root(b));
            leaf_below.push(forest.join(a, b));
        }
        let mut label_of_root = vec![u32::MAX; self.n_leaves];
        let mut used = 0;
        let of_distinct = (0..self.n_leaves as u32)
            .map(|leaf| {
                let label = &mut label_of_root[forest.root(leaf) as usize];
                if *label == u32::MAX {
                    *label = used;
                    used += 1;
                }
                *label
            })
            .collect();
        Ok(Labels {
            of_distinct,
            n_clusters,
        })
    }

    /// The partition of what merges up to `height`, as long as nothing merges above it on the way.
    ///
    /// # Errors
    /// As [`Dendrogram::cut_at_count`].
    pub fn cut_at_height(&self, height: f64) -> Result<Labels, FitError> {
        let merged = self.steps.iter().take_while(|step| step.height <= height);
        self.cut_at_count(self.n_leaves - merged.count())
    }

    /// The tree over all samples: those equal to each other merge first, at height 0.
    pub fn over_all_samples(&self, samples: &Samples) -> Self {
        let mut first_sample = vec![u32::MAX; samples.n_distinct()];
        let mut merges = Vec::with_capacity(samples.n_samples());
        for (sample, &distinct) in samples.distinct_of.iter().enumerate() {
            match &mut first_sample[distinct as usize] {
                first @ &mut u32::MAX => *first = sample as u32,
                first => merges.push(Merge {
                    leaf_a: *first,
                    leaf_b: sample as u32,
                    height: 0.0,
                }),
            }
        }
        let mut leaf_below: Vec<u32> = (0..self.n_leaves as u32).collect();
        for step in &self.steps {
            let (a, b) = (
                leaf_below[step.left as usize],
                leaf_below[step.right as usize],
            );
            merges.push(Merge {
                leaf_a: first_sample[a as usize],
                leaf_b: first_sample[b as usize],
                height: step.height,
            });
            leaf_below.push(a);
        }
        Self::from_merges_in_order(&merges, &vec![1; samples.n_samples()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(leaf_a: u32, leaf_b: u32, height: f64) -> Merge {
        Merge {
            leaf_a,
            leaf_b,
            height,
        }
    }

    #[test]
    fn merges_are_numbered_as_in_scipy() {
        let tree = Dendrogram::from_merges(
            &[merge(2, 3, 2.0), merge(0, 1, 1.0), merge(1, 3, 5.0)],
            &[1; 4],
        );
        let step = |left, right, height, size| Step {
            left,
            right,
            height,
            size,
        };
        assert_eq!(
            tree.steps(),
            [step(0, 1, 1.0, 2), step(2, 3, 2.0, 2), step(4, 5, 5.0, 4)]
        );
    }

    #[test]
    fn a_cut_gives_exactly_the_clusters_asked_for_even_with_ties() {
        let tree = Dendrogram::from_merges(
            &[merge(0, 1, 1.0), merge(2, 3, 1.0), merge(0, 2, 1.0)],
            &[1; 4],
        );
        for n_clusters in 1..=4 {
            let labels = tree.cut_at_count(n_clusters).unwrap();
            let mut seen = labels.of_distinct.clone();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), n_clusters);
        }
        assert!(tree.cut_at_count(0).is_err() && tree.cut_at_count(5).is_err());
    }
}
