//! The texts of one column in one allocation.

use std::cmp::Ordering;

use crate::numeric::{order_of_keys, sort_ties};

/// A list of texts stored end to end; a million short cells cost their bytes and eight more each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    /// Appends a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Removes the last cell.
    pub fn pop(&mut self) {
        self.ends.pop();
        self.text.truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no cells.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell at `row`; empty beyond the end.
    pub fn get(&self, row: usize) -> &str {
        let Some(&end) = self.ends.get(row) else {
            return "";
        };
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..end]
    }

    /// All cells in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }
}

/// A number that texts share only when they are equal, or by a rare chance (FNV-1a, Fowler, Noll & Vo 1991); `seed` is that of
/// the texts before.
pub(super) fn hash(text: &str, seed: u64) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    // A byte that no text holds ends it.
    let bytes = text.bytes().chain([0xFF]);
    bytes.fold(seed ^ 0xCBF2_9CE4_8422_2325, step)
}

/// How many of `n` things are equal to an earlier one: by their hashes, and where these are equal by comparison.
pub(super) fn count_repeated(
    n: usize,
    hash: impl Fn(usize) -> u64,
    compare: &mut dyn FnMut(usize, usize) -> Ordering,
) -> usize {
    let hashes: Vec<u64> = (0..n).map(hash).collect();
    let mut order = order_of_keys(n, |i| hashes[i]);
    sort_ties(&mut order, |a, b| hashes[a] == hashes[b], compare);
    let pairs = order.windows(2);
    let mut is_equal = |a: u32, b: u32| {
        hashes[a as usize] == hashes[b as usize] && compare(a as usize, b as usize).is_eq()
    };
    pairs.filter(|pair| is_equal(pair[0], pair[1])).count()
}

impl<'a> FromIterator<&'a str> for Cells {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut cells = Self::default();
        texts.into_iter().for_each(|text| cells.push(text));
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were_pushed() {
        let cells: Cells = ["a", "", "žluť"].into_iter().collect();
        assert_eq!(cells.iter().collect::<Vec<_>>(), ["a", "", "žluť"]);
        assert_eq!(cells.get(9), "");
    }
}
