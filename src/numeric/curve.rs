//! Orders points along a space-filling curve, so that neighbours in the list are near each other in space.

use super::order::{order_of_keys, order_of_numbers};
use super::pulse::pulse;

/// Steps per value for ranking.
const STEPS: usize = 64;

/// The indices `0..n` of points with `n_features` features, in the order of the Z-order curve (Morton 1966) of their ranks; `value`
/// gives a feature of a point and is finite. Stable.
///
/// Ranks count distinct values: they are even however skewed the values are, and shifting, scaling or repeating the points does
/// not change the curve. Features after the 64th are ignored. Cost: O(n n_features).
pub fn along_curve(n: usize, n_features: usize, value: impl Fn(usize, usize) -> f64) -> Vec<u32> {
    let bits = (64 / n_features.max(1)).clamp(1, 20);
    let mut codes = vec![0_u64; n];
    for feature in 0..n_features.min(64 / bits) {
        pulse(STEPS * n);
        let order = order_of_numbers(n, |i| value(i, feature));
        let is_next = |at: usize| {
            at > 0 && value(order[at - 1] as usize, feature) < value(order[at] as usize, feature)
        };
        let n_ranks = 1 + (0..n).filter(|&at| is_next(at)).count() as u64;
        let mut rank = 0;
        for (at, &i) in order.iter().enumerate() {
            rank += u64::from(is_next(at));
            let place = (rank << bits) / n_ranks;
            codes[i as usize] |= spread(place, bits, n_features) << feature;
        }
    }
    order_of_keys(n, |i| codes[i])
}

/// Spreads the lowest `bits` of a number so that they are `step` apart.
fn spread(place: u64, bits: usize, step: usize) -> u64 {
    (0..bits).fold(0, |code, bit| code | (place >> bit & 1) << (bit * step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn neighbours_in_the_list_are_near() {
        let mut rng = Rng::new(9);
        let points: Vec<[f64; 2]> = (0..4_096).map(|_| [rng.uniform(), rng.uniform()]).collect();
        let order = along_curve(points.len(), 2, |i, feature| points[i][feature]);
        let mut area = 0.0;
        for block in order.chunks(64) {
            let side = |feature: usize| {
                let values = block.iter().map(|&i| points[i as usize][feature]);
                let wide = (f64::INFINITY, f64::NEG_INFINITY);
                let (least, most) = values.fold(wide, |(a, b), x| (a.min(x), b.max(x)));
                most - least
            };
            area += side(0) * side(1);
        }
        let stretched = along_curve(points.len(), 2, |i, feature| 1e3 * points[i][feature] - 7.0);
        assert_eq!(order, stretched);
        assert!(area < 2.5, "64 blocks cover {area} of the square");
    }
}
