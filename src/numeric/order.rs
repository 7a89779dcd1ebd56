//! Sorting, in one place: every kind of element that is sorted on its own costs the download some kilobytes.

use std::cmp::Ordering;

/// The numbers `0..n` in ascending order of `compare`; equal ones stay in theirs.
#[inline(never)]
pub fn order_by(n: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..n as u32).collect();
    order.sort_by(|&a, &b| compare(a as usize, b as usize));
    order
}

/// Sorts numbers; NaN comes last.
pub fn sort_numbers(values: &mut [f64]) {
    let order = order_by(values.len(), &mut |a, b| values[a].total_cmp(&values[b]));
    let sorted: Vec<f64> = order.into_iter().map(|at| values[at as usize]).collect();
    values.copy_from_slice(&sorted);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_elements_keep_their_order() {
        let values = [3, 1, 3, 0, 1];
        assert_eq!(
            order_by(5, &mut |a, b| values[a].cmp(&values[b])),
            [3, 1, 4, 0, 2]
        );
        let mut numbers = [2.0, f64::NAN, -1.0];
        sort_numbers(&mut numbers);
        assert_eq!(numbers[..2], [-1.0, 2.0]);
    }
}
