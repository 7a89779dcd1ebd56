//! Silhouette (Rousseeuw 1987, J. Comput. Appl. Math. 20): how much nearer a sample is to its own cluster than to the next.
//!
//! ```text
//! s(i) = (b - a) / max(a, b)      a: mean distance to the other samples of the own cluster
//!                                 b: least mean distance to the samples of another cluster;   s = 0 if alone in its cluster
//! ```
//!
//! Several clusterings of the same samples are measured in one pass over the pairs: samples with equal clusters in all clusterings
//! form a cell, distances are summed per sample and cell, and the sums per cluster are sums over its cells. Each distance is
//! computed once, so that eleven numbers of clusters cost little more than one.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::distances::{Cells, Chosen, distance_sums};
use crate::cluster::{Labels, Samples};
use crate::numeric::{LANES, Sum};

/// Silhouette of a clustering.
#[derive(Clone, Debug, PartialEq)]
pub struct Silhouette {
    /// Mean over the samples measured, in `[-1, 1]`.
    pub score: f64,
    /// Samples measured: all of them up to the limit, a random sample above it.
    pub n_measured: usize,
    /// The silhouette of each distinct sample; empty if only a random sample was measured.
    pub of_distinct: Vec<f64>,
}

/// Why there is no silhouette.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QualityError {
    /// The clustering has a single cluster.
    TooFewClusters {
        /// Its number of clusters.
        n_clusters: usize,
    },
}

/// Mean silhouette of each of `clusterings`, Euclidean on `samples`, with multiplicities.
///
/// Up to `max_measured` distinct samples the result is exact; above, that many samples are drawn (seeded) and compared only with
/// each other. Cost: O(n^2 * (n_features + n_clusterings)) time, O(n * cells) memory. `progress` receives the share done.
///
/// # Errors
/// [`QualityError::TooFewClusters`] when a clustering has fewer than two clusters.
pub fn silhouettes(
    samples: &Samples,
    clusterings: &[&Labels],
    max_measured: usize,
    seed: u64,
    mut progress: impl FnMut(f64),
) -> Result<Vec<Silhouette>, QualityError> {
    check(clusterings)?;
    let measured = Measured::of(samples, clusterings, max_measured, seed);
    let n_parts = measured.n_parts();
    let mut sums: Vec<ClusterSums> = Vec::with_capacity(n_parts);
    for part in 0..n_parts {
        let mut hear = |share: f64| progress((part as f64 + share) / n_parts as f64);
        sums.push(measured.part(part, &mut hear));
    }
    Ok(measured.silhouettes(&sums))
}

/// Whether some cluster has two samples. A sample alone in its cluster has the silhouette 0 by definition (Rousseeuw 1987, J. Comput.
/// Appl. Math. 20); where all are alone, nothing was measured.
pub fn has_pair(sizes: &[usize]) -> bool {
    sizes.iter().any(|&size| size > 1)
}

/// Fails if a clustering has fewer than two clusters.
///
/// # Errors
/// [`QualityError::TooFewClusters`] for the first such clustering.
pub fn check(clusterings: &[&Labels]) -> Result<(), QualityError> {
    match clusterings.iter().find(|labels| labels.n_clusters < 2) {
        Some(labels) => Err(QualityError::TooFewClusters {
            n_clusters: labels.n_clusters,
        }),
        None => Ok(()),
    }
}

/// Weighted sums of distances from the sample at each position to each cluster, for each clustering, over some of the pairs.
pub type ClusterSums = Vec<Vec<f64>>;

/// Samples and clusterings whose silhouettes are measured, possibly by several workers: the pairs have a fixed division into parts,
/// so that sums do not depend on who computes them.
pub struct Measured<'a> {
    samples: &'a Samples,
    clusterings: &'a [&'a Labels],
    /// The largest number of distinct samples measured.
    most: usize,
    chosen: Chosen,
    cells: Cells,
}

/// The number of parts for the pairs of at most `max_measured` samples: 1 if they take little time.
pub fn n_parts(samples: &Samples, max_measured: usize) -> usize {
    let (n, d) = (
        samples.n_distinct().min(max_measured) as f64,
        samples.n_features() as f64,
    );
    (n * n * d / 2.0 / PART).clamp(1.0, MOST_PARTS) as usize
}

/// Operations per part, approximately: a second or two.
const PART: f64 = 1e10;
/// The largest number of parts.
const MOST_PARTS: f64 = 8.0;

impl<'a> Measured<'a> {
    /// Chooses the samples as [`silhouettes`] does; every clustering has at least two clusters.
    pub fn of(
        samples: &'a Samples,
        clusterings: &'a [&'a Labels],
        max_measured: usize,
        seed: u64,
    ) -> Self {
        let chosen = Chosen::new(samples, max_measured, seed);
        Self {
            cells: Cells::new(&chosen, clusterings),
            samples,
            clusterings,
            most: max_measured,
            chosen,
        }
    }

    /// The number of parts; 1 if the pairs take little time.
    pub fn n_parts(&self) -> usize {
        n_parts(self.samples, self.most)
    }

    /// Sums the distances of one part. `progress` receives the share done.
    pub fn part(&self, part: usize, progress: &mut dyn FnMut(f64)) -> ClusterSums {
        // Earlier samples have more pairs: the parts have about equal numbers of pairs.
        let (n_quads, n_parts) = (self.cells.order.len() / LANES, self.n_parts());
        let start = |part: usize| {
            let left = 1.0 - part as f64 / n_parts as f64;
            ((1.0 - left.sqrt()) * n_quads as f64) as usize
        };
        let quads = start(part)..if part + 1 == n_parts {
            n_quads
        } else {
            start(part + 1)
        };
        self.sums_of(quads, progress)
    }

    /// The sums over the pairs whose first position is in one of these groups of four.
    fn sums_of(&self, quads: Range<usize>, progress: &mut dyn FnMut(f64)) -> ClusterSums {
        let sums = distance_sums(self.samples, &self.chosen, &self.cells, quads, progress);
        let of_clustering = |(labels, of_cells): (&&Labels, &Vec<u32>)| {
            let mut of_clusters = vec![vec![0.0; self.cells.order.len()]; labels.n_clusters];
            for (sums, &label) in sums.iter().zip(of_cells) {
                let pairs = of_clusters[label as usize].iter_mut().zip(sums);
                pairs.for_each(|(total, sum)| *total += sum);
            }
            of_clusters
        };
        let clusterings = self.clusterings.iter().zip(&self.cells.labels);
        clusterings.flat_map(of_clustering).collect()
    }

    /// The silhouettes from the sums of all parts, in order.
    pub fn silhouettes(&self, parts: &[ClusterSums]) -> Vec<Silhouette> {
        let Some((first, others)) = parts.split_first() else {
            return Vec::new();
        };
        let mut sums = first.clone();
        for part in others {
            for (totals, sums) in sums.iter_mut().zip(part) {
                let pairs = totals.iter_mut().zip(sums);
                pairs.for_each(|(total, sum)| *total += sum);
            }
        }
        let mut left = sums.as_slice();
        let of_clustering = |(which, labels): (usize, &&Labels)| {
            let (own, others) = left.split_at(labels.n_clusters);
            left = others;
            self.score(own, which)
        };
        let clusterings = self.clusterings.iter().enumerate();
        clusterings.map(of_clustering).collect()
    }

    fn score(&self, to_clusters: &[Vec<f64>], which: usize) -> Silhouette {
        let (chosen, cells) = (&self.chosen, &self.cells);
        let label_of_cell = &cells.labels[which];
        let mut sizes = vec![0.0; to_clusters.len()];
        for (cell, &label) in label_of_cell.iter().enumerate() {
            sizes[label as usize] += cells.weights[cells.bounds[cell]..cells.bounds[cell + 1]]
                .iter()
                .sum::<f64>();
        }
        let mut of_chosen = vec![0.0; chosen.distinct.len()];
        for (cell, &own) in label_of_cell.iter().enumerate() {
            let positions = cells.bounds[cell]..cells.bounds[cell + 1];
            for position in positions.filter(|&position| cells.weights[position] > 0.0) {
                let to_cluster = |label: usize| to_clusters[label][position];
                of_chosen[cells.order[position]] = silhouette(to_cluster, &sizes, own as usize);
            }
        }
        let total = of_chosen
            .iter()
            .zip(&chosen.weights)
            .map(|(s, weight)| s * weight)
            .collect::<Sum>()
            .value();
        let n_measured: f64 = chosen.weights.iter().sum();
        let is_exact = chosen.distinct.len() == self.samples.n_distinct();
        Silhouette {
            score: total / n_measured,
            n_measured: n_measured as usize,
            of_distinct: if is_exact { of_chosen } else { Vec::new() },
        }
    }
}

/// One sample's silhouette from its distance sums and the cluster sizes.
fn silhouette(to_cluster: impl Fn(usize) -> f64, sizes: &[f64], own: usize) -> f64 {
    if sizes[own] <= 1.0 {
        return 0.0;
    }
    let a = to_cluster(own) / (sizes[own] - 1.0);
    let others = (0..sizes.len()).filter(|&other| other != own && sizes[other] > 0.0);
    let b = others
        .map(|other| to_cluster(other) / sizes[other])
        .fold(f64::INFINITY, f64::min);
    let larger = a.max(b);
    if larger > 0.0 && larger.is_finite() {
        (b - a) / larger
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Matrix, Rng, squared_euclidean};

    /// The definition, sample by sample.
    fn slow(matrix: &Matrix, labels: &[u32]) -> f64 {
        let n = labels.len();
        let k = labels.iter().max().unwrap() + 1;
        let mean_to = |i: usize, label: u32| {
            let others: Vec<f64> = (0..n)
                .filter(|&j| j != i && labels[j] == label)
                .map(|j| squared_euclidean(matrix.row(i), matrix.row(j)).sqrt())
                .collect();
            others.iter().sum::<f64>() / others.len() as f64
        };
        (0..n)
            .map(|i| {
                if labels.iter().filter(|&&label| label == labels[i]).count() == 1 {
                    return 0.0;
                }
                let a = mean_to(i, labels[i]);
                let b = (0..k)
                    .filter(|&label| label != labels[i])
                    .map(|label| mean_to(i, label))
                    .fold(f64::INFINITY, f64::min);
                if a.max(b) > 0.0 {
                    (b - a) / a.max(b)
                } else {
                    0.0
                }
            })
            .sum::<f64>()
            / n as f64
    }

    fn random(seed: u64, n: usize) -> (Matrix, Samples) {
        let mut rng = Rng::new(seed);
        let mut matrix = Matrix::with_features(2);
        for _ in 0..n {
            matrix.push_row([(rng.normal() * 4.0).round(), rng.below(6) as f64]);
        }
        let samples = Samples::new(&matrix).unwrap();
        (matrix, samples)
    }

    #[test]
    fn several_clusterings_in_one_pass_equal_the_definition() {
        for seed in 0..10 {
            let (matrix, samples) = random(seed, 90);
            let by = |k: u32| Labels {
                of_distinct: (0..samples.n_distinct() as u32)
                    .map(|i| i * 7 % k)
                    .collect(),
                n_clusters: k as usize,
            };
            let (two, five) = (by(2), by(5));
            let found = silhouettes(&samples, &[&two, &five], 1000, 0, |_| ()).unwrap();
            for (silhouette, labels) in found.iter().zip([&two, &five]) {
                let expected = slow(&matrix, &labels.of_samples(&samples));
                assert!(
                    (silhouette.score - expected).abs() < 1e-12,
                    "seed {seed}: {} against {expected}",
                    silhouette.score
                );
                assert_eq!(silhouette.n_measured, 90);
            }
        }
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let (_, samples) = random(5, 300);
        let by = |k: u32| Labels {
            of_distinct: (0..samples.n_distinct() as u32)
                .map(|i| i * 7 % k)
                .collect(),
            n_clusters: k as usize,
        };
        let (two, five) = (by(2), by(5));
        let clusterings = [&two, &five];
        let measured = Measured::of(&samples, &clusterings, 1000, 0);
        assert_eq!(measured.n_parts(), 1);
        let n_quads = measured.cells.order.len() / LANES;
        let whole = measured.part(0, &mut |_| ());
        let cuts = [0, 3, 20, 21, n_quads];
        let parts = cuts.windows(2);
        let parts: Vec<ClusterSums> = parts
            .map(|cut| measured.sums_of(cut[0]..cut[1], &mut |_| ()))
            .collect();
        let (found, expected) = (measured.silhouettes(&parts), measured.silhouettes(&[whole]));
        for (found, expected) in found.iter().zip(&expected) {
            assert!((found.score - expected.score).abs() < 1e-12);
        }
    }

    #[test]
    fn a_drawn_sample_is_near_the_whole_and_says_its_size() {
        let (_, samples) = random(3, 4000);
        let labels = Labels {
            of_distinct: (0..samples.n_distinct())
                .map(|i| u32::from(samples.points.row(i)[0] > 0.0))
                .collect(),
            n_clusters: 2,
        };
        let whole = silhouettes(&samples, &[&labels], 100_000, 0, |_| ()).unwrap();
        let part = silhouettes(&samples, &[&labels], 60, 0, |_| ()).unwrap();
        assert_eq!((whole[0].n_measured, part[0].n_measured), (4000, 60));
        assert!(
            (whole[0].score - part[0].score).abs() < 0.15,
            "{} {}",
            whole[0].score,
            part[0].score
        );
        assert!(part[0].of_distinct.is_empty());
    }

    #[test]
    fn one_cluster_has_no_silhouette() {
        let (_, samples) = random(1, 10);
        let one = Labels {
            of_distinct: vec![0; samples.n_distinct()],
            n_clusters: 1,
        };
        assert_eq!(
            silhouettes(&samples, &[&one], 10, 0, |_| ()),
            Err(QualityError::TooFewClusters { n_clusters: 1 })
        );
    }
}
