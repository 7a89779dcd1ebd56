//! The verdict on some data, as a user gets it.

use seamline::cluster::k_means::{KMeans, KMeansParams};
use seamline::cluster::{Labels, Samples};
use seamline::numeric::Matrix;
use seamline::quality::{Reality, reality, silhouettes};

/// The verdict on the number of clusters with the best silhouette.
pub fn judged(data: &Matrix, seed: u64) -> Reality {
    let samples = Samples::new(data).unwrap();
    let fits: Vec<KMeans> = (2..=8)
        .map(|n_clusters| {
            let params = KMeansParams {
                n_clusters,
                n_init: 3,
                seed,
                ..Default::default()
            };
            KMeans::fit(&samples, &params, &mut |_| ()).unwrap()
        })
        .collect();
    let clusterings: Vec<&Labels> = fits.iter().map(|fit| &fit.labels).collect();
    let scores = silhouettes(&samples, &clusterings, 1_000, seed, |_| ()).unwrap();
    // As in the recommendation of a number: no sliver for a segment.
    let is_offered = |fit: &KMeans| {
        let labels = fit.labels.of_samples(&samples);
        let size = |k: u32| labels.iter().filter(|&&label| label == k).count();
        (0..fit.labels.n_clusters as u32).all(|k| size(k) * 50 >= labels.len())
    };
    let offered: Vec<usize> = (0..fits.len())
        .filter(|&at| is_offered(&fits[at]))
        .collect();
    let offered = if offered.is_empty() { vec![0] } else { offered };
    let best = offered
        .into_iter()
        .max_by(|&a, &b| scores[a].score.total_cmp(&scores[b].score))
        .unwrap();
    reality(&samples, clusterings[best], seed, &mut |_| ()).unwrap()
}
