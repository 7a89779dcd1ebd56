//! Silhouette (Rousseeuw 1987, J. Comput. Appl. Math. 20): how much nearer a sample is to its own cluster than to the next.
//!
//! ```text
//! s(i) = (b - a) / max(a, b)      a: mean distance to the other samples of the own cluster
//!                                 b: least mean distance to the samples of another cluster;   0 when alone in its cluster
//! ```
//!
//! Several clusterings of the same samples are judged in one pass over the pairs: samples that share the cluster in every
//! clustering form a cell, distances are summed per sample and cell, and the sums per cluster are sums over its cells.
//! Each pair's distance is computed once, so eleven numbers of clusters cost little more than one.

use serde::{Deserialize, Serialize};

use crate::cluster::{Labels, Samples};
use crate::numeric::{F64x4, LANES, Rng, Sum, order_by, pulse};

/// Silhouette of a clustering.
#[derive(Clone, Debug, PartialEq)]
pub struct Silhouette {
    /// Mean over the samples measured, in `[-1, 1]`.
    pub score: f64,
    /// Samples measured: all of them up to the limit, a random sample above it.
    pub n_measured: usize,
    /// The silhouette of each distinct sample; empty when only a sample was measured.
    pub of_distinct: Vec<f64>,
}

/// Why there is no silhouette.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QualityError {
    /// A clustering with a single cluster.
    TooFewClusters {
        /// Its number of clusters.
        n_clusters: usize,
    },
}

/// Mean silhouette of each of `clusterings`, Euclidean on `samples`, equal samples counted each.
///
/// Up to `max_measured` distinct samples the result is exact; above, that many samples are drawn (seeded) and judged among
/// themselves. Cost: O(n^2 * (n_features + n_clusterings)) time, O(n * cells) memory. `progress` hears the share done.
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
    if let Some(labels) = clusterings.iter().find(|labels| labels.n_clusters < 2) {
        return Err(QualityError::TooFewClusters {
            n_clusters: labels.n_clusters,
        });
    }
    let chosen = Chosen::new(samples, max_measured, seed);
    let cells = Cells::new(&chosen, clusterings);
    let sums = distance_sums(samples, &chosen, &cells, &mut progress);
    Ok(clusterings
        .iter()
        .enumerate()
        .map(|(which, labels)| score(samples, &chosen, &cells, &sums, which, labels))
        .collect())
}

/// The distinct samples that are measured, and how many times each.
struct Chosen {
    distinct: Vec<u32>,
    weights: Vec<f64>,
}

impl Chosen {
    fn new(samples: &Samples, max_measured: usize, seed: u64) -> Self {
        let n = samples.n_distinct();
        if n <= max_measured {
            return Self {
                distinct: (0..n as u32).collect(),
                weights: samples.weights.clone(),
            };
        }
        pulse(samples.n_samples());
        // Each sample, equal ones included, is as likely as any other to be drawn.
        let mut of_sample: Vec<u32> = (0..n as u32)
            .flat_map(|i| std::iter::repeat_n(i, samples.weights[i as usize] as usize))
            .collect();
        let mut rng = Rng::new(seed);
        for i in 0..max_measured {
            let other = i + rng.below(of_sample.len() - i);
            of_sample.swap(i, other);
        }
        of_sample.truncate(max_measured);
        let order = order_by(max_measured, &mut |a, b| of_sample[a].cmp(&of_sample[b]));
        let of_sample = order.into_iter().map(|at| of_sample[at as usize]);
        let (mut distinct, mut weights): (Vec<u32>, Vec<f64>) = (Vec::new(), Vec::new());
        for i in of_sample {
            match weights.last_mut() {
                Some(weight) if distinct.last() == Some(&i) => *weight += 1.0,
                _ => {
                    distinct.push(i);
                    weights.push(1.0);
                }
            }
        }
        Self { distinct, weights }
    }
}

/// Samples grouped by the clusters they are in, over all clusterings. Each cell is filled up to whole groups of lanes.
struct Cells {
    /// Chosen sample at each position, cell by cell; what fills up repeats the last one of the cell.
    order: Vec<usize>,
    /// How often the sample at each position counts; 0 for what fills up.
    weights: Vec<f64>,
    /// Where each cell starts in `order`, and the end.
    bounds: Vec<usize>,
    /// Label of each cell, per clustering.
    labels: Vec<Vec<u32>>,
}

impl Cells {
    fn new(chosen: &Chosen, clusterings: &[&Labels]) -> Self {
        let key = |i: usize| {
            clusterings
                .iter()
                .map(move |labels| labels.of_distinct[chosen.distinct[i] as usize])
        };
        let sorted = order_by(chosen.distinct.len(), &mut |a, b| key(a).cmp(key(b)));
        let mut cells = Self {
            order: Vec::new(),
            weights: Vec::new(),
            bounds: vec![0],
            labels: vec![Vec::new(); clusterings.len()],
        };
        for (at, &i) in sorted.iter().enumerate() {
            let i = i as usize;
            cells.order.push(i);
            cells.weights.push(chosen.weights[i]);
            let next = sorted.get(at + 1);
            if next.is_none_or(|&next| !key(i).eq(key(next as usize))) {
                let end = cells.order.len().next_multiple_of(LANES);
                cells.order.resize(end, i);
                cells.weights.resize(end, 0.0);
                cells.bounds.push(end);
                for (labels, label) in cells.labels.iter_mut().zip(key(i)) {
                    labels.push(label);
                }
            }
        }
        cells
    }

    fn count(&self) -> usize {
        self.bounds.len() - 1
    }
}

/// Four numbers.
type Group = [f64; LANES];

/// Weighted sum of distances from the sample at each position to each cell: `sums[cell][position]`.
fn distance_sums(
    samples: &Samples,
    chosen: &Chosen,
    cells: &Cells,
    progress: &mut impl FnMut(f64),
) -> Vec<Vec<f64>> {
    let (n, d) = (cells.order.len(), samples.n_features());
    // Four samples at a time, feature by feature, so that the inner loop reads on and on.
    let mut values: Vec<Group> = Vec::with_capacity(n / LANES * d);
    let (quads, _) = cells.order.as_chunks::<LANES>();
    for quad in quads {
        for column in &samples.columns {
            values.push(quad.map(|i| column[chosen.distinct[i] as usize]));
        }
    }
    let (weights, _) = cells.weights.as_chunks::<LANES>();
    let mut sums = vec![vec![0.0; n]; cells.count()];
    let mut tile = Tile::default();
    for own in 0..cells.count() {
        for quad in cells.bounds[own] / LANES..cells.bounds[own + 1] / LANES {
            pulse((n - quad * LANES) * d);
            tile.set(&values[quad * d..][..d], &weights[quad]);
            let add_to = |sums: &mut Vec<f64>, toward: [F64x4; LANES]| {
                let sums = &mut sums[quad * LANES..][..LANES];
                sums.iter_mut()
                    .zip(toward)
                    .for_each(|(sum, lanes)| *sum += lanes.to_array().iter().sum::<f64>());
            };
            // Within the four both directions are in the lanes.
            let mut unused = [[0.0; LANES]];
            let among = tile.meet(&values[quad * d..][..d], &weights[quad..=quad], &mut unused);
            add_to(&mut sums[own], among);
            for cell in own..cells.count() {
                let range =
                    (cells.bounds[cell] / LANES).max(quad + 1)..cells.bounds[cell + 1] / LANES;
                if range.is_empty() {
                    continue;
                }
                let others = &values[range.start * d..range.end * d];
                let (groups, _) = sums[own].as_chunks_mut::<LANES>();
                let toward = tile.meet(others, &weights[range.clone()], &mut groups[range]);
                add_to(&mut sums[cell], toward);
            }
            if quad % (n / 50 / LANES).max(1) == 0 {
                progress(1.0 - (1.0 - (quad * LANES) as f64 / n as f64).powi(2));
            }
        }
    }
    sums
}

/// Four samples that meet others, each in all lanes.
#[derive(Default)]
struct Tile {
    /// Per feature.
    values: Vec<[F64x4; LANES]>,
    weights: Option<[F64x4; LANES]>,
}

impl Tile {
    fn set(&mut self, values: &[Group], weights: &Group) {
        self.values.clear();
        self.values
            .extend(values.iter().map(|of_feature| of_feature.map(F64x4::splat)));
        self.weights = Some(weights.map(F64x4::splat));
    }

    /// Adds the distances of the four to the sums of the others, each as often as it counts; returns the sums of each of the
    /// four over the others, lane by lane.
    #[inline(never)]
    fn meet(&self, others: &[Group], weights: &[Group], sums: &mut [Group]) -> [F64x4; LANES] {
        let mut toward = [F64x4::splat(0.0); LANES];
        let Some(own) = self.weights else {
            return toward;
        };
        let d = self.values.len().max(1);
        for ((group, weights), sum) in others.chunks_exact(d).zip(weights).zip(sums) {
            let mut squared = [F64x4::splat(0.0); LANES];
            for (of_tile, of_group) in self.values.iter().zip(group) {
                let of_group = F64x4::load(of_group);
                for (squared, &of_one) in squared.iter_mut().zip(of_tile) {
                    let difference = of_group.minus(of_one);
                    *squared = squared.plus(difference.times(difference));
                }
            }
            let weights = F64x4::load(weights);
            let mut back = F64x4::load(sum);
            for (which, squared) in squared.into_iter().enumerate() {
                let distance = squared.sqrt();
                toward[which] = toward[which].plus(weights.times(distance));
                back = back.plus(own[which].times(distance));
            }
            *sum = back.to_array();
        }
        toward
    }
}

fn score(
    samples: &Samples,
    chosen: &Chosen,
    cells: &Cells,
    sums: &[Vec<f64>],
    which: usize,
    labels: &Labels,
) -> Silhouette {
    let label_of_cell = &cells.labels[which];
    let mut sizes = vec![0.0; labels.n_clusters];
    for (cell, &label) in label_of_cell.iter().enumerate() {
        sizes[label as usize] += cells.weights[cells.bounds[cell]..cells.bounds[cell + 1]]
            .iter()
            .sum::<f64>();
    }
    // One row of sums per cluster, each added up over the cells of the cluster.
    let mut to_clusters = vec![vec![0.0; cells.order.len()]; labels.n_clusters];
    for (sums, &label) in sums.iter().zip(label_of_cell) {
        to_clusters[label as usize]
            .iter_mut()
            .zip(sums)
            .for_each(|(total, sum)| *total += sum);
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
    let is_exact = chosen.distinct.len() == samples.n_distinct();
    Silhouette {
        score: total / n_measured,
        n_measured: n_measured as usize,
        of_distinct: if is_exact { of_chosen } else { Vec::new() },
    }
}

/// One sample's silhouette from its distance sums and the sizes per cluster.
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
    use crate::numeric::{Matrix, squared_euclidean};

    /// By the definition, sample by sample.
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
