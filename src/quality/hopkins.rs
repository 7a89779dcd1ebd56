//! The Hopkins statistic (Hopkins & Skellam 1954; with the exponent of Lawson & Jurs 1990, Cross & Jain 1982): whether points are
//! nearer to each other than random places are to points.
//!
//! ```text
//! H = sum u^d / (sum u^d + sum w^d)      u: distance of a random place in the box to the nearest point
//!                                        w: distance of a random point to the nearest other;   d: number of features
//! ```

use crate::numeric::{Matrix, Rng, squared_euclidean};

/// Number of places, and of points, per draw.
const PLACES: usize = 50;
/// Number of draws, which are averaged.
const DRAWS: usize = 50;

/// Mean of 50 draws: about 0.5 for evenly spread points, towards 1 for clusters; NaN for fewer than two points or no spread.
pub(super) fn hopkins(data: &Matrix, seed: u64) -> f64 {
    let (n, d) = (data.n_samples(), data.n_features());
    let ranges: Vec<(f64, f64)> = (0..d)
        .map(|feature| {
            let wide = (f64::INFINITY, f64::NEG_INFINITY);
            data.column(feature)
                .fold(wide, |(a, b), x| (a.min(x), b.max(x)))
        })
        .collect();
    if n < 2 {
        return f64::NAN;
    }
    let nearest = |place: &[f64], except: usize| {
        let others = data.rows().enumerate().filter(|&(i, _)| i != except);
        others
            .map(|(_, row)| squared_euclidean(place, row))
            .fold(f64::INFINITY, f64::min)
    };
    let power = |squared: f64| libm::pow(squared, d as f64 / 2.0);
    let mut rng = Rng::new(seed ^ 0x4895);
    let (mut total, mut order) = (0.0, (0..n).collect::<Vec<usize>>());
    for _ in 0..DRAWS {
        let (mut of_places, mut of_points) = (0.0, 0.0);
        for draw in 0..PLACES.min(n) {
            let place: Vec<f64> = ranges
                .iter()
                .map(|(a, b)| a + (b - a) * rng.uniform())
                .collect();
            of_places += power(nearest(&place, n));
            // Points are drawn without replacement.
            let other = draw + rng.below(n - draw);
            order.swap(draw, other);
            of_points += power(nearest(data.row(order[draw]), order[draw]));
        }
        total += of_places / (of_places + of_points);
    }
    total / DRAWS as f64
}
