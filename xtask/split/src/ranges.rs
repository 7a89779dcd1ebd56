//! Sets of places, as ranges in ascending order that do not touch.

use std::ops::Range;

/// The places of all of some ranges.
pub(crate) fn joined(ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut sorted: Vec<Range<usize>> = ranges
        .into_iter()
        .filter(|range| !range.is_empty())
        .collect();
    sorted.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in sorted {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The places of a set that are not in another.
pub(crate) fn without(set: &[Range<usize>], others: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut left = Vec::new();
    for range in set {
        let mut start = range.start;
        let from = others.partition_point(|other| other.end <= range.start);
        for other in &others[from..] {
            if other.start >= range.end {
                break;
            }
            if start < other.start {
                left.push(start..other.start);
            }
            start = other.end;
        }
        if start < range.end {
            left.push(start..range.end);
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether each of the first places is in a set.
    fn places(set: &[Range<usize>]) -> Vec<bool> {
        (0..40)
            .map(|place| set.iter().any(|range| range.contains(&place)))
            .collect()
    }

    #[test]
    fn sets_hold_the_places_of_the_definition() {
        let mut state = 7_usize;
        let mut below = |n: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % n
        };
        for _ in 0..500 {
            let mut some = || -> Vec<Range<usize>> {
                let n = below(6);
                let ranges = (0..n).map(|_| {
                    let start = below(36);
                    start..start + below(5)
                });
                ranges.collect()
            };
            let (one, other) = (some(), some());
            let (set, others) = (joined(one.clone()), joined(other.clone()));
            assert_eq!(places(&set), places(&one));
            assert!(set.windows(2).all(|pair| pair[0].end < pair[1].start));
            let left = places(&without(&set, &others));
            let expected = places(&one).into_iter().zip(places(&other));
            assert!(
                left.into_iter()
                    .eq(expected.map(|(is_in, is_out)| is_in && !is_out))
            );
        }
    }
}
