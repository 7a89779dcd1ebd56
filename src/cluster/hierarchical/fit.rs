//! The tree of a linkage: by all distances, by nearest neighbours, or by groups of near samples.

use serde::{Deserialize, Serialize};

use super::condensed::{Condensed, agglomerate};
use super::dendrogram::{Dendrogram, Merge};
use super::{HierarchicalParams, Linkage, ward};
use crate::cluster::spanning_tree::spanning_tree;
use crate::cluster::{FitError, Metric, Samples, unit};

/// Linkages that need all distances (all but Ward and single) are exact up to this number of distinct samples.
pub const MAX_EXACT: usize = 20_000;
/// Above it they are built on this many groups of near samples, found by Ward's method.
const MICRO_CLUSTERS: usize = 4_000;

/// A full tree over the distinct samples.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hierarchical {
    /// The merges.
    pub tree: Dendrogram,
    /// Whether the tree was built on groups of near samples, because there are too many for all distances.
    pub is_approximate: bool,
}

impl Hierarchical {
    /// Builds the tree. `progress` hears the share of the work done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`FitError`] when the linkage is not defined for the metric, a row has no direction, or memory does not suffice.
    pub fn fit(
        samples: &Samples,
        params: HierarchicalParams,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Self, FitError> {
        let HierarchicalParams { linkage, metric } = params;
        linkage.check(metric)?;
        if linkage == Linkage::Ward {
            return Ok(Self {
                tree: ward(samples, progress),
                is_approximate: false,
            });
        }
        let rows = samples.rows_for(metric)?;
        let sizes: Vec<u32> = samples
            .weights
            .iter()
            .map(|&weight| weight as u32)
            .collect();
        if linkage == Linkage::Single {
            let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let edges = spanning_tree(&rows, metric, None, progress).edges;
            return Ok(Self {
                tree: Dendrogram::of_spanning_tree(edges, &sizes),
                is_approximate: false,
            });
        }
        let is_approximate = samples.n_distinct() > MAX_EXACT;
        let merges = if is_approximate {
            by_groups(samples, &rows, params, progress)?
        } else {
            let distances = Condensed::of_points(&rows, metric, linkage)?;
            agglomerate(distances, &samples.weights, linkage, progress)
        };
        Ok(Self {
            tree: tree_of(&merges, &sizes, linkage),
            is_approximate,
        })
    }
}

/// The tree over `n` samples whose distances are given: of 0 and 1, 0 and 2, ..., 1 and 2, ...
///
/// Ward, centroid and median take them for Euclidean.
pub fn tree_of_distances(n: usize, distances: Vec<f64>, linkage: Linkage) -> Dendrogram {
    let distances = Condensed::of_distances(n, distances, linkage);
    let merges = agglomerate(distances, &vec![1.0; n], linkage, &mut |_| ());
    tree_of(&merges, &vec![1; n], linkage)
}

fn tree_of(merges: &[Merge], sizes: &[u32], linkage: Linkage) -> Dendrogram {
    if linkage.may_invert() {
        Dendrogram::from_merges_in_order(merges, sizes)
    } else {
        Dendrogram::from_merges(merges, sizes)
    }
}

/// Samples of a group merge at height 0; the groups merge as weighted points.
fn by_groups(
    samples: &Samples,
    rows: &[Vec<f64>],
    params: HierarchicalParams,
    progress: &mut dyn FnMut(f64),
) -> Result<Vec<Merge>, FitError> {
    let groups =
        ward(samples, &mut |fraction| progress(fraction / 2.0)).cut_at_count(MICRO_CLUSTERS)?;
    let mut first = vec![u32::MAX; groups.n_clusters];
    let mut sizes = vec![0.0; groups.n_clusters];
    let mut centres = vec![vec![0.0; samples.n_features()]; groups.n_clusters];
    let mut merges = Vec::with_capacity(samples.n_distinct());
    for (i, &group) in groups.of_distinct.iter().enumerate() {
        let group = group as usize;
        if first[group] == u32::MAX {
            first[group] = i as u32;
        } else {
            merges.push(Merge {
                leaf_a: first[group],
                leaf_b: i as u32,
                height: 0.0,
            });
        }
        sizes[group] += samples.weights[i];
        let share = samples.weights[i] / sizes[group];
        let pairs = centres[group].iter_mut().zip(&rows[i]);
        pairs.for_each(|(centre, x)| *centre += share * (x - *centre));
    }
    let HierarchicalParams { linkage, metric } = params;
    if metric == Metric::Cosine {
        // The mean of unit vectors is shorter than 1, and zero if they cancel: it has no direction then.
        for centre in &mut centres {
            if let Some(direction) = unit(centre) {
                *centre = direction;
            }
        }
    }
    let distances = Condensed::of_points(&centres, metric, linkage)?;
    let between = agglomerate(distances, &sizes, linkage, &mut |fraction| {
        progress(f64::midpoint(1.0, fraction));
    });
    merges.extend(between.iter().map(|merge| Merge {
        leaf_a: first[merge.leaf_a as usize],
        leaf_b: first[merge.leaf_b as usize],
        height: merge.height,
    }));
    Ok(merges)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::ParamsError;
    use crate::numeric::{Matrix, Rng};

    fn samples(seed: u64, n: usize) -> Samples {
        let mut rng = Rng::new(seed);
        let mut matrix = Matrix::with_features(2);
        for _ in 0..n {
            matrix.push_row([5.0 + rng.normal(), 3.0 + rng.normal()]);
        }
        Samples::new(&matrix).unwrap()
    }

    /// The distance of two clusters by the definition of the linkage.
    fn slow_distance(linkage: Linkage, a: &[&Vec<f64>], b: &[&Vec<f64>], metric: Metric) -> f64 {
        let pairs = || {
            a.iter()
                .flat_map(|x| b.iter().map(move |y| metric.distance(x, y)))
        };
        let centroid = |rows: &[&Vec<f64>]| -> Vec<f64> {
            (0..2)
                .map(|f| rows.iter().map(|row| row[f]).sum::<f64>() / rows.len() as f64)
                .collect()
        };
        let (n, m) = (a.len() as f64, b.len() as f64);
        match linkage {
            Linkage::Single => pairs().fold(f64::INFINITY, f64::min),
            Linkage::Complete => pairs().fold(0.0, f64::max),
            Linkage::Average => pairs().sum::<f64>() / (n * m),
            Linkage::Centroid => metric.distance(&centroid(a), &centroid(b)),
            _ => (2.0 * n * m / (n + m)).sqrt() * metric.distance(&centroid(a), &centroid(b)),
        }
    }

    #[test]
    fn every_merge_joins_the_nearest_clusters_by_the_definition() {
        let euclidean = [
            Linkage::Ward,
            Linkage::Single,
            Linkage::Complete,
            Linkage::Average,
            Linkage::Centroid,
        ]
        .map(|linkage| (linkage, Metric::Euclidean));
        let others = [Metric::Manhattan, Metric::Chebyshev, Metric::Cosine]
            .map(|metric| (Linkage::Average, metric));
        for (linkage, metric) in euclidean.into_iter().chain(others) {
            for seed in 0..4 {
                let samples = samples(seed, 40);
                let rows = samples.rows_for(metric).unwrap();
                let tree = Hierarchical::fit(
                    &samples,
                    HierarchicalParams { linkage, metric },
                    &mut |_| (),
                )
                .unwrap()
                .tree;
                let mut clusters: Vec<Vec<&Vec<f64>>> = rows.iter().map(|row| vec![row]).collect();
                let mut alive: Vec<usize> = (0..40).collect();
                for step in tree.steps() {
                    let (left, right) = (step.left as usize, step.right as usize);
                    let mut least = f64::INFINITY;
                    for (place, &i) in alive.iter().enumerate() {
                        for &j in &alive[..place] {
                            least = least.min(slow_distance(
                                linkage,
                                &clusters[i],
                                &clusters[j],
                                metric,
                            ));
                        }
                    }
                    let found = slow_distance(linkage, &clusters[left], &clusters[right], metric);
                    assert!(
                        (found - least).abs() < 1e-10 && (step.height - found).abs() < 1e-10,
                        "{linkage:?} {metric:?} {seed}: {} {found} {least}",
                        step.height
                    );
                    alive.retain(|&i| i != left && i != right);
                    alive.push(clusters.len());
                    clusters.push([clusters[left].clone(), clusters[right].clone()].concat());
                }
            }
        }
    }

    #[test]
    fn centroids_are_not_defined_for_other_metrics_and_zeros_have_no_direction() {
        let params = HierarchicalParams {
            linkage: Linkage::Median,
            metric: Metric::Manhattan,
        };
        let refused = FitError::Params(ParamsError::MetricForLinkage {
            linkage: Linkage::Median,
            metric: Metric::Manhattan,
        });
        assert_eq!(
            Hierarchical::fit(&samples(1, 5), params, &mut |_| ()).unwrap_err(),
            refused
        );
        let mut matrix = Matrix::with_features(2);
        [[0.0, 0.0], [1.0, 2.0], [3.0, 1.0]]
            .iter()
            .for_each(|row| matrix.push_row(*row));
        let params = HierarchicalParams {
            linkage: Linkage::Average,
            metric: Metric::Cosine,
        };
        let refused = FitError::ZeroVector { n_samples: 3 };
        assert_eq!(
            Hierarchical::fit(&Samples::new(&matrix).unwrap(), params, &mut |_| ()).unwrap_err(),
            refused
        );
    }

    #[test]
    fn many_samples_are_grouped_first_and_the_result_says_so() {
        let mut rng = Rng::new(4);
        let mut matrix = Matrix::with_features(2);
        for i in 0..=MAX_EXACT {
            let centre = 20.0 + 30.0 * (i % 3) as f64;
            matrix.push_row([centre + rng.normal(), 20.0 + rng.normal()]);
        }
        let samples = Samples::new(&matrix).unwrap();
        for metric in [Metric::Manhattan, Metric::Cosine] {
            let params = HierarchicalParams {
                linkage: Linkage::Complete,
                metric,
            };
            let model = Hierarchical::fit(&samples, params, &mut |_| ()).unwrap();
            assert!(model.is_approximate);
            assert_eq!(model.tree.steps().len(), samples.n_distinct() - 1);
            let labels = model.tree.cut_at_count(3).unwrap().of_samples(&samples);
            // The three directions overlap a little; the three places do not.
            let apart = (3..labels.len()).filter(|&i| labels[i] != labels[i % 3]);
            let share = apart.count() as f64 / labels.len() as f64;
            let allowed = if metric == Metric::Cosine { 0.2 } else { 0.0 };
            assert!(share <= allowed, "{metric:?}: {share}");
        }
    }
}
