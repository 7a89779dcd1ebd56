//! Ward's method (Ward 1963, J. Am. Stat. Assoc. 58), exact, in linear memory.
//!
//! ```text
//! d(A, B)^2 = 2 a b / (a + b) |c_A - c_B|^2          a, b: samples in A and B;  the scale of SciPy's linkage(X, "ward")
//! ```
//!
//! Large sets of few features merge in rounds of reciprocal neighbours found by a k-d tree ([`rounds`]); what is left then,
//! and small sets are merged by a chain of nearest neighbours ([`chain`]), many features by the same chain with short lists
//! ([`lists`]). All find the merges of the greedy algorithm, up to the order of equal heights.

mod chain;
mod crowd;
mod lists;
mod remaining;
mod rounds;
mod starts;
mod tree;

use super::dendrogram::{Dendrogram, Merge};
use crate::cluster::Samples;
use remaining::Remaining;

/// Rounds stop at this number of clusters; the chain does the rest.
const CHAIN_FROM: usize = 1_000;
/// Rounds are used above this number of distinct samples, up to this number of features.
const ROUNDS_FROM: usize = 3 * CHAIN_FROM;
const MOST_IN_ROUNDS: usize = 8;
/// Short lists are used for more features, above this number of values.
const LISTS_FROM: usize = 12_000;

/// The full tree of Ward's method over the distinct samples.
///
/// `progress` hears the share of the work done, in `[0, 1]`. Cost: O(n log n) in practice up to eight features, O(n^2) at
/// worst and above; O(n_distinct * n_features) memory.
#[inline(never)]
pub fn ward(samples: &Samples, progress: &mut dyn FnMut(f64)) -> Dendrogram {
    let n = samples.n_distinct();
    let remaining = Remaining {
        columns: samples.columns.clone(),
        sizes: samples.weights.clone(),
        leaf: (0..n as u32).collect(),
        height: vec![0.0; n],
    };
    let mut merges = Vec::with_capacity(n.saturating_sub(1));
    if has_lists(samples) {
        let neighbours = samples.neighbours(&mut |fraction| progress(fraction / 2.0));
        let mut hear = |fraction: f64| progress(f64::midpoint(1.0, fraction));
        lists::merge_by_lists(samples, neighbours, &mut merges, &mut hear);
        return tree_over(samples, &merges);
    }
    let remaining = match samples.n_features() {
        _ if n <= ROUNDS_FROM => remaining,
        1..=4 => rounds::merge_in_rounds::<4>(remaining, CHAIN_FROM, &mut merges, progress),
        5..=8 => rounds::merge_in_rounds::<8>(remaining, CHAIN_FROM, &mut merges, progress),
        _ => remaining,
    };
    chain::merge_by_chain(remaining, &mut merges, progress);
    tree_over(samples, &merges)
}

/// Whether short lists are worth it: rounds are faster where they apply, and the plain chain on small sets.
fn has_lists(samples: &Samples) -> bool {
    let (n, d) = (samples.n_distinct(), samples.n_features());
    d > MOST_IN_ROUNDS && n * d > LISTS_FROM
}

/// Finds the neighbours that trees start from, so that trees of parts of the samples can use them too
/// ([`Samples::know_neighbours_of`]).
pub fn prepare_ward(samples: &Samples, progress: &mut dyn FnMut(f64)) {
    if has_lists(samples) {
        samples.neighbours(progress);
    }
}

fn tree_over(samples: &Samples, merges: &[Merge]) -> Dendrogram {
    let weights = samples.weights.iter();
    let sizes: Vec<u32> = weights.map(|&weight| weight as u32).collect();
    Dendrogram::from_merges(merges, &sizes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Matrix, Rng, squared_euclidean};

    /// The greedy algorithm by its definition: all pairs, every time. Returns the heights.
    fn slow_heights(samples: &Samples) -> Vec<f64> {
        let mut clusters: Vec<(Vec<f64>, f64)> = (0..samples.n_distinct())
            .map(|i| (samples.points.row(i).to_vec(), samples.weights[i]))
            .collect();
        let mut heights = Vec::new();
        while clusters.len() > 1 {
            let mut best = (f64::INFINITY, 0, 0);
            for i in 0..clusters.len() {
                for j in i + 1..clusters.len() {
                    let ((c, a), (d, b)) = (&clusters[i], &clusters[j]);
                    let distance = 2.0 * a * b / (a + b) * squared_euclidean(c, d);
                    if distance < best.0 {
                        best = (distance, i, j);
                    }
                }
            }
            let (d, b) = clusters.remove(best.2);
            let (c, a) = &mut clusters[best.1];
            c.iter_mut()
                .zip(d)
                .for_each(|(x, y)| *x = (*x * *a + y * b) / (*a + b));
            *a += b;
            heights.push(best.0.sqrt());
        }
        heights
    }

    #[test]
    fn the_chain_finds_the_merges_of_the_greedy_algorithm() {
        for seed in 0..30 {
            let mut rng = Rng::new(seed);
            let mut matrix = Matrix::with_features(2);
            for _ in 0..60 {
                // Every third set sits on a grid, so that distances tie and rows repeat.
                let (x, y) = (rng.normal(), rng.normal());
                matrix.push_row(if seed % 3 == 0 {
                    [(x * 3.0).round(), (y * 3.0).round()]
                } else {
                    [x, y]
                });
            }
            let samples = Samples::new(&matrix).unwrap();
            let tree = ward(&samples, &mut |_| ());
            assert_eq!(tree.steps().len(), samples.n_distinct() - 1);
            assert!(
                tree.steps()
                    .windows(2)
                    .all(|pair| pair[0].height <= pair[1].height)
            );
            assert_eq!(tree.over_all_samples(&samples).steps().len(), 59);
            assert_eq!(
                tree.over_all_samples(&samples)
                    .steps()
                    .last()
                    .map(|step| step.size),
                Some(60)
            );
            if seed % 3 != 0 {
                for (step, slow) in tree.steps().iter().zip(slow_heights(&samples)) {
                    assert!(
                        (step.height - slow).abs() <= 1e-10 * slow,
                        "seed {seed}: {} against {slow}",
                        step.height
                    );
                }
            }
        }
    }

    #[test]
    fn heights_have_the_scale_of_scipy() {
        let mut matrix = Matrix::with_features(2);
        for row in [[0.0, 0.0], [3.0, 4.0], [3.0, 4.0]] {
            matrix.push_row(row);
        }
        let samples = Samples::new(&matrix).unwrap();
        let tree = ward(&samples, &mut |_| ()).over_all_samples(&samples);
        // SciPy 1.17.1 linkage(X, "ward"): [[1, 2, 0, 2], [0, 3, 5.773502691896258, 3]]
        assert_eq!(
            (
                tree.steps()[0].left,
                tree.steps()[0].right,
                tree.steps()[0].height
            ),
            (1, 2, 0.0)
        );
        assert_eq!(
            (
                tree.steps()[1].left,
                tree.steps()[1].right,
                tree.steps()[1].size
            ),
            (0, 3, 3)
        );
        assert!((tree.steps()[1].height - 5.773_502_691_896_258).abs() < 1e-14);
    }
}
