//! Distances of one sample to all others, four at a time.

use crate::cluster::Metric;
use crate::numeric::{F64x4, LANES};

/// After this many features it is checked whether all four are too far already.
const STRIDE: usize = 8;

/// Samples in blocks of four.
pub(crate) struct Fours {
    n_features: usize,
    /// Block by block, feature by feature; what fills up the last block is infinitely far away.
    values: Vec<[f64; LANES]>,
}

impl Fours {
    /// The rows of these numbers, in this order.
    pub(crate) fn new(rows: &[&[f64]], numbers: impl ExactSizeIterator<Item = u32>) -> Self {
        let n_features = rows.first().map_or(0, |row| row.len());
        let n_blocks = numbers.len().div_ceil(LANES);
        let mut values = vec![[f64::INFINITY; LANES]; n_blocks * n_features];
        for (at, number) in numbers.enumerate() {
            let block = &mut values[at / LANES * n_features..][..n_features];
            for (lanes, &x) in block.iter_mut().zip(rows[number as usize]) {
                lanes[at % LANES] = x;
            }
        }
        Self { n_features, values }
    }

    /// Distances of `point` to the samples of a block, the bits of [`Metric::distance`]; `None` when all four are farther than
    /// `limit` and that is seen early.
    #[inline]
    pub(crate) fn distances(
        &self,
        metric: Metric,
        point: &[f64],
        block: usize,
        limit: F64x4,
    ) -> Option<F64x4> {
        let lanes = &self.values[block * self.n_features..][..self.n_features];
        let zero = F64x4::splat(0.0);
        let size = |x: F64x4| x.where_less(zero, zero.minus(x), x);
        match metric {
            Metric::Euclidean => {
                let sum = add(point, lanes, limit.times(limit), |sum, x| {
                    sum.plus(x.times(x))
                })?;
                Some(sum.sqrt())
            }
            Metric::Manhattan => add(point, lanes, limit, |sum, x| sum.plus(size(x))),
            Metric::Chebyshev => add(point, lanes, limit, |most, x| {
                most.where_less(size(x), size(x), most)
            }),
            Metric::Cosine => {
                let limit = limit.plus(limit);
                let sum = add(point, lanes, limit, |sum, x| sum.plus(x.times(x)))?;
                Some(F64x4::splat(0.5).times(sum))
            }
        }
    }
}

/// Takes the features together until all four are above `limit`: what is added is never negative.
#[inline]
fn add(
    point: &[f64],
    lanes: &[[f64; LANES]],
    limit: F64x4,
    take: impl Fn(F64x4, F64x4) -> F64x4,
) -> Option<F64x4> {
    let mut sum = F64x4::splat(0.0);
    for (point, lanes) in point.chunks(STRIDE).zip(lanes.chunks(STRIDE)) {
        for (&x, lanes) in point.iter().zip(lanes) {
            sum = take(sum, F64x4::load(lanes).minus(F64x4::splat(x)));
        }
        if !sum.any_at_most(limit) {
            return None;
        }
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn four_distances_have_the_bits_of_one_and_are_left_out_only_when_too_far() {
        let mut rng = Rng::new(3);
        let mut n_left_out = 0;
        for n_features in 1..30 {
            let rows: Vec<Vec<f64>> = (0..7)
                .map(|_| (0..n_features).map(|_| rng.normal()).collect())
                .collect();
            let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let fours = Fours::new(&rows, 0..7);
            for metric in Metric::ALL {
                for block in 0..2 {
                    let others = &rows[4 * block..(4 * block + 4).min(7)];
                    let single = others.iter().map(|other| metric.distance(rows[1], other));
                    let single: Vec<f64> = single.collect();
                    let all = F64x4::splat(f64::INFINITY);
                    let four = fours.distances(metric, rows[1], block, all).unwrap();
                    assert_eq!(four.to_array()[..single.len()], single);
                    let limit = 4.0 * rng.uniform();
                    if fours
                        .distances(metric, rows[1], block, F64x4::splat(limit))
                        .is_none()
                    {
                        n_left_out += 1;
                        assert!(single.iter().all(|&distance| distance > limit));
                    }
                }
            }
        }
        assert!(n_left_out > 20, "{n_left_out}");
    }
}
