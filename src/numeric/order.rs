//! All sorting goes through here: each further element type that is sorted adds kilobytes to the download.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The indices `0..n` in ascending order of `compare`; stable.
#[inline(never)]
pub fn order_by(n: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..n as u32).collect();
    order.sort_by(|&a, &b| compare(a as usize, b as usize));
    order
}

/// The values in ascending order of `compare`; stable.
pub fn sorted_by<T>(values: Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    let order = order_by(values.len(), &mut |a, b| compare(&values[a], &values[b]));
    let mut values: Vec<Option<T>> = values.into_iter().map(Some).collect();
    let at = order.into_iter().map(|at| at as usize);
    at.filter_map(|at| values[at].take()).collect()
}

/// The different values. They are put in one by one: `collect` would bring a sort of its own.
pub fn set_of<T: Ord>(values: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(values);
    set
}

/// The values by key, put in one by one as in [`set_of`].
pub fn map_of<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// The indices `0..n` in ascending order of their numbers, by the total order of IEEE 754; stable.
pub fn order_of_numbers(n: usize, value: impl Fn(usize) -> f64) -> Vec<u32> {
    order_of_keys(n, |i| {
        // Zeros are equal; the bits of a positive number ascend with it, those of a negative one descend.
        let bits = (value(i) + 0.0).to_bits();
        if bits >> 63 == 0 {
            bits | 1 << 63
        } else {
            !bits
        }
    })
}

/// Bits of a key per pass of the radix sort.
const DIGIT: u32 = 11;
/// Below this length a comparison sort is faster.
const FEW: usize = 1_000;

/// The indices `0..n` in ascending order of their keys; stable.
pub fn order_of_keys(n: usize, key: impl Fn(usize) -> u64) -> Vec<u32> {
    order_of_pairs((0..n).map(|i| (key(i), i as u32)).collect())
}

/// Radix sort from the lowest digit (Knuth 1998, The Art of Computer Programming 3, 5.2.5). Not generic: compiled once, and for speed.
#[inline(never)]
fn order_of_pairs(mut keys: Vec<(u64, u32)>) -> Vec<u32> {
    let n = keys.len();
    if n < FEW {
        return order_by(n, &mut |a, b| keys[a].0.cmp(&keys[b].0));
    }
    let mut sorted = keys.clone();
    for shift in (0..u64::BITS).step_by(DIGIT as usize) {
        let digit = |key: u64| (key >> shift) as usize & ((1 << DIGIT) - 1);
        let mut starts = [0_u32; 1 << DIGIT];
        keys.iter().for_each(|&(key, _)| starts[digit(key)] += 1);
        if starts.contains(&(n as u32)) {
            continue;
        }
        let mut start = 0;
        for count in &mut starts {
            start += std::mem::replace(count, start);
        }
        for &pair in &keys {
            let place = &mut starts[digit(pair.0)];
            sorted[*place as usize] = pair;
            *place += 1;
        }
        std::mem::swap(&mut keys, &mut sorted);
    }
    keys.into_iter().map(|(_, i)| i).collect()
}

/// Equal values beside each other in an order, and the rank that they share.
#[derive(Clone, Debug, PartialEq)]
pub struct Tied {
    /// Their places in the order.
    pub places: Range<usize>,
    /// The mean of their ranks, counted from 1: `(first + last) / 2`.
    pub rank: f64,
}

/// The runs of equal values in an ascending order, with their mean ranks; a value alone is a run of one.
pub fn tied_ranks(order: &[u32], value: impl Fn(usize) -> f64) -> Vec<Tied> {
    let (mut found, mut start) = (Vec::new(), 0);
    while let Some(&first) = order.get(start) {
        let alike = order[start..].iter();
        let alike = alike.take_while(|&&i| value(i as usize) == value(first as usize));
        let end = start + alike.count().max(1);
        found.push(Tied {
            places: start..end,
            rank: f64::midpoint((start + 1) as f64, end as f64),
        });
        start = end;
    }
    found
}

/// Sorts each run of `tied` neighbours by `compare`; stable.
pub fn sort_ties(
    order: &mut [u32],
    tied: impl Fn(usize, usize) -> bool,
    compare: &mut dyn FnMut(usize, usize) -> Ordering,
) {
    let mut start = 0;
    while let Some(&first) = order.get(start) {
        let rest = order[start..].iter();
        let length = rest
            .take_while(|&&i| tied(first as usize, i as usize))
            .count()
            .max(1);
        let run = &mut order[start..start + length];
        if run
            .windows(2)
            .any(|pair| compare(pair[0] as usize, pair[1] as usize).is_gt())
        {
            let before = run.to_vec();
            let sorted = order_by(length, &mut |a, b| {
                compare(before[a] as usize, before[b] as usize)
            });
            for (place, at) in run.iter_mut().zip(sorted) {
                *place = before[at as usize];
            }
        }
        start += length;
    }
}

/// Sorts numbers; NaN comes last.
pub fn sort_numbers(values: &mut [f64]) {
    let order = order_of_numbers(values.len(), |i| values[i]);
    let sorted: Vec<f64> = order.into_iter().map(|at| values[at as usize]).collect();
    values.copy_from_slice(&sorted);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_sort_like_comparisons() {
        let mut rng = crate::numeric::Rng::new(4);
        for n in [0, 1, 700, 5_000] {
            let values: Vec<f64> = (0..n)
                .map(|i| match i % 4 {
                    0 => rng.normal() * 1e12,
                    1 => rng.below(3) as f64 - 1.0,
                    2 => -0.0,
                    _ => rng.normal(),
                })
                .collect();
            let slow = order_by(n, &mut |a, b| {
                (values[a] + 0.0).total_cmp(&(values[b] + 0.0))
            });
            assert_eq!(order_of_numbers(n, |i| values[i]), slow);
        }
    }

    #[test]
    fn equal_values_share_the_mean_of_their_ranks() {
        // SciPy 1.17.1 rankdata([4, 1, 4, 2, 4]): 4, 1, 4, 2, 4
        let values = [4.0, 1.0, 4.0, 2.0, 4.0];
        let order = order_of_numbers(5, |i| values[i]);
        let ranks: Vec<(usize, f64)> = tied_ranks(&order, |i| values[i])
            .iter()
            .map(|it| (it.places.len(), it.rank))
            .collect();
        assert_eq!(ranks, [(1, 1.0), (1, 2.0), (3, 4.0)]);
        assert!(tied_ranks(&[], |_| 0.0).is_empty());
    }

    #[test]
    fn equal_elements_keep_their_order() {
        let values = [3, 1, 3, 0, 1];
        assert_eq!(
            order_by(5, &mut |a, b| values[a].cmp(&values[b])),
            [3, 1, 4, 0, 2]
        );
        let named = vec![(3, "a"), (1, "b"), (3, "c"), (0, "d")];
        assert_eq!(
            sorted_by(named, |a, b| a.0.cmp(&b.0)),
            [(0, "d"), (1, "b"), (3, "a"), (3, "c")]
        );
        assert_eq!(set_of([2, 1, 2]), BTreeSet::from([1, 2]));
        assert_eq!(map_of([(2, "a"), (1, "b"), (2, "c")])[&2], "c");
        let mut numbers = [2.0, f64::NAN, -1.0];
        sort_numbers(&mut numbers);
        assert_eq!(numbers[..2], [-1.0, 2.0]);
    }
}
