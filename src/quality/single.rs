//! The silhouette of one sample, for a card about it.

use crate::cluster::{Labels, Samples};
use crate::numeric::{Sum, squared_euclidean};

/// Silhouette of one distinct sample, exact over all samples in a cluster; 0 if it is alone in its cluster, `None` if all are in
/// one cluster, or it is in none. Cost: O(n_distinct * n_features).
pub fn silhouette_of(samples: &Samples, labels: &Labels, distinct: usize) -> Option<f64> {
    let mut sums = vec![(Sum::default(), 0.0); labels.n_clusters];
    let point = samples.points.row(distinct);
    for (i, other) in samples.points.rows().enumerate() {
        let Some((sum, n)) = sums.get_mut(labels.of_distinct[i] as usize) else {
            continue;
        };
        let weight = samples.weights[i];
        sum.add(weight * squared_euclidean(point, other).sqrt());
        *n += weight;
    }
    let own = labels.of_distinct[distinct] as usize;
    let others = sums.iter().enumerate();
    let others = others.filter(|(cluster, (_, n))| *cluster != own && *n > 0.0);
    let next = others.map(|(_, (sum, n))| sum.value() / n);
    let next = next.fold(f64::INFINITY, f64::min);
    let (sum, n) = sums.get(own)?;
    if !next.is_finite() {
        return None;
    }
    if *n < 2.0 {
        return Some(0.0);
    }
    let within = sum.value() / (n - 1.0);
    let larger = within.max(next);
    Some(if larger > 0.0 {
        (next - within) / larger
    } else {
        0.0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Matrix, Rng};
    use crate::quality::silhouettes;

    #[test]
    fn it_is_that_of_the_whole_clustering() {
        let mut rng = Rng::new(4);
        let mut data = Matrix::with_features(2);
        for _ in 0..60 {
            data.push_row([rng.below(9) as f64, rng.below(9) as f64]);
        }
        let samples = Samples::new(&data).unwrap();
        let of_distinct = (0..samples.n_distinct()).map(|i| (i % 7 % 3) as u32);
        let labels = Labels {
            of_distinct: of_distinct.collect(),
            n_clusters: 3,
        };
        let all = silhouettes(&samples, &[&labels], 1_000, 1, |_| ()).unwrap();
        for (i, expected) in all[0].of_distinct.iter().enumerate() {
            let found = silhouette_of(&samples, &labels, i).unwrap();
            assert!((found - expected).abs() < 1e-12, "{i}: {found} {expected}");
        }
        let one = Labels {
            of_distinct: vec![0; samples.n_distinct()],
            n_clusters: 1,
        };
        assert_eq!(silhouette_of(&samples, &one, 0), None);
    }
}
