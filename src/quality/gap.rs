//! Gap statistic (Tibshirani, Walther & Hastie 2001, J. R. Stat. Soc. B 63): how much more compact the clusters are than those of
//! data without clusters.
//!
//! ```text
//! gap(k) = mean over B reference sets of ln W*_k  -  ln W_k          W: inertia of K-Means, per sample
//! s_k    = sqrt(1 + 1/B) * standard deviation of ln W*_k over the sets
//! chosen: the smallest k with gap(k) >= gap(k + 1) - s_(k + 1);   k = 1 means no clusters
//! ```

use serde::{Deserialize, Serialize};

use crate::cluster::k_means::{KMeans, KMeansParams};
use crate::cluster::{FitError, Samples};
use crate::numeric::{Matrix, Moments, Rng, Sum};

/// Number of reference sets.
const SETS: usize = 20;
/// The largest number of samples per reference set: the inertia per sample of uniform data hardly depends on it.
const SAMPLES: usize = 1_000;

/// The gap at one number of clusters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// Number of clusters.
    pub n_clusters: usize,
    /// The gap, in natural logarithms.
    pub value: f64,
    /// Its standard error over the reference sets.
    pub error: f64,
}

/// Results for uniform data: logarithms of the inertia per sample of every reference set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct References {
    /// By number of clusters, from 1; fewer sets where some have too few distinct samples.
    logs: Vec<(usize, Vec<f64>)>,
}

/// 20 sets, uniform over the range of each feature, of the size of the data but at most 1,000 samples, each clustered into one
/// cluster and into each of `numbers`.
///
/// Cost: 20 short runs of K-Means per number of clusters. Skips a number that is not below the distinct samples of a reference set.
///
/// # Errors
/// [`FitError`] of K-Means on a reference set.
pub fn references(
    samples: &Samples,
    numbers: &[usize],
    seed: u64,
    mut progress: impl FnMut(f64),
) -> Result<References, FitError> {
    let n = samples.n_samples().min(SAMPLES);
    let ranges: Vec<(f64, f64)> = samples
        .columns
        .iter()
        .map(|column| {
            let wide = (f64::INFINITY, f64::NEG_INFINITY);
            column.iter().fold(wide, |(a, b), &x| (a.min(x), b.max(x)))
        })
        .collect();
    let numbers = std::iter::once(&1).chain(numbers);
    let mut logs: Vec<(usize, Vec<f64>)> = numbers
        .map(|&n_clusters| (n_clusters, Vec::with_capacity(SETS)))
        .collect();
    for set in 0..SETS {
        let mut rng = Rng::new(seed ^ 0x6A9 ^ (set as u64) << 32);
        let mut matrix = Matrix::with_features(samples.n_features());
        for _ in 0..n {
            matrix.push_row(ranges.iter().map(|(a, b)| a + (b - a) * rng.uniform()));
        }
        let reference = Samples::new(&matrix)?;
        for (n_clusters, logs) in &mut logs {
            let inertia = if *n_clusters == 1 {
                total_spread(&reference)
            } else if *n_clusters < reference.n_distinct() {
                let params = KMeansParams {
                    n_clusters: *n_clusters,
                    n_init: 1,
                    max_iter: 50,
                    seed: rng.next_u64(),
                };
                KMeans::fit_once(&reference, &params)?.inertia
            } else {
                continue;
            };
            logs.push(libm::log(inertia / n as f64));
        }
        progress((set + 1) as f64 / SETS as f64);
    }
    Ok(References { logs })
}

/// The gap at one cluster and at each of `inertias` (number of clusters, inertia of K-Means), if all references have it.
pub fn gaps(samples: &Samples, inertias: &[(usize, f64)], references: &References) -> Vec<Gap> {
    let own = std::iter::once((1, total_spread(samples))).chain(inertias.iter().copied());
    own.filter_map(|(n_clusters, inertia)| {
        let (_, logs) = references.logs.iter().find(|(k, _)| *k == n_clusters)?;
        if inertia <= 0.0 || logs.len() < SETS {
            return None;
        }
        let moments = Moments::of(logs.iter().copied());
        let widened = (1.0 + 1.0 / SETS as f64).sqrt();
        Some(Gap {
            n_clusters,
            value: moments.mean - libm::log(inertia / samples.n_samples() as f64),
            error: widened * moments.population_deviation(),
        })
    })
    .collect()
}

/// The smallest number of clusters whose gap is not clearly below the next.
pub fn chosen_by_gap(gaps: &[Gap]) -> Option<usize> {
    let pairs = gaps.windows(2);
    let mut enough = pairs.filter(|pair| pair[0].value >= pair[1].value - pair[1].error);
    enough.next().map(|pair| pair[0].n_clusters)
}

/// Sum of squared distances to the overall mean, where samples are centred.
fn total_spread(samples: &Samples) -> f64 {
    let squares = samples.points.rows().zip(&samples.weights);
    let terms = squares.map(|(row, weight)| weight * row.iter().map(|x| x * x).sum::<f64>());
    terms.collect::<Sum>().value()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_centres(centres: &[[f64; 2]], spread: f64) -> Option<usize> {
        let mut rng = Rng::new(5);
        let mut matrix = Matrix::with_features(2);
        for i in 0..300 {
            let centre = centres[i % centres.len()];
            // Uniform, so that one group has the distribution of the references.
            matrix.push_row(centre.map(|c| c + spread * rng.uniform()));
        }
        let samples = Samples::new(&matrix).unwrap();
        let inertias: Vec<(usize, f64)> = (2..=7)
            .map(|n_clusters| {
                let params = KMeansParams {
                    n_clusters,
                    ..Default::default()
                };
                let model = KMeans::fit(&samples, &params, &mut |_| ()).unwrap();
                (n_clusters, model.inertia)
            })
            .collect();
        let numbers: Vec<usize> = inertias.iter().map(|&(n_clusters, _)| n_clusters).collect();
        let uniform = references(&samples, &numbers, 1, |_| ()).unwrap();
        let found = gaps(&samples, &inertias, &uniform);
        assert_eq!(found.len(), 7);
        assert!(found.iter().all(|gap| gap.error > 0.0));
        chosen_by_gap(&found)
    }

    #[test]
    fn planted_groups_are_counted_and_uniform_data_have_none() {
        assert_eq!(of_centres(&[[0.0, 0.0]], 1.0), Some(1));
        assert_eq!(
            of_centres(&[[0.0, 0.0], [5.0, 0.0], [0.0, 5.0]], 1.0),
            Some(3)
        );
    }
}
