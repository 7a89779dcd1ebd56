//! Planted groups.

use seamline::numeric::{Matrix, Rng, squared_euclidean};

use super::Planted;

/// 2 to 6 groups with centres at least 4 standard deviations apart, of unequal sizes and shapes.
pub(super) fn planted(rng: &mut Rng) -> Planted {
    let (k, d, n) = (2 + rng.below(5), 2 + rng.below(3), 150 + rng.below(850));
    let reach = 4.0 + 2.0 * k as f64;
    let mut centres: Vec<Vec<f64>> = Vec::new();
    while centres.len() < k {
        let centre: Vec<f64> = (0..d)
            .map(|_| reach * (2.0 * rng.uniform() - 1.0))
            .collect();
        if centres
            .iter()
            .all(|other| squared_euclidean(other, &centre) >= 16.0)
        {
            centres.push(centre);
        }
    }
    let shares: Vec<f64> = (0..k).map(|_| 0.5 + rng.uniform()).collect();
    let total: f64 = shares.iter().sum();
    let mut set = Planted {
        data: Matrix::with_features(d),
        groups: Vec::new(),
    };
    for (group, centre) in centres.iter().enumerate() {
        let shape: Vec<f64> = (0..d).map(|_| 0.6 + 0.4 * rng.uniform()).collect();
        for _ in 0..(n as f64 * shares[group] / total) as usize {
            let row = centre.iter().zip(&shape);
            set.data
                .push_row(row.map(|(x, deviation)| x + deviation * rng.normal()));
            set.groups.push(group as u32);
        }
    }
    set
}
