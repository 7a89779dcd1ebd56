//! A set of rows, one bit each.

/// Bits in a word.
const BITS: usize = u64::BITS as usize;

/// A set of rows: at most 625 KB for 5,000,000 rows, where a tree takes 60 MB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowSet {
    /// A bit per row; the last word is never 0, so that equal sets have equal words.
    words: Vec<u64>,
}

impl RowSet {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a row is in the set.
    pub fn contains(&self, row: usize) -> bool {
        let word = self.words.get(row / BITS);
        word.is_some_and(|word| word >> (row % BITS) & 1 == 1)
    }

    /// Adds a row.
    pub fn insert(&mut self, row: usize) {
        let at = row / BITS;
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1 << (row % BITS);
    }

    /// The rows, ascending. Cost: a step per row and one per 64 rows below the last.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.words.iter().enumerate();
        words.flat_map(|(at, &word)| {
            let rest = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
            let first = Some(word).filter(|word| *word != 0);
            std::iter::successors(first, rest)
                .map(move |word| at * BITS + word.trailing_zeros() as usize)
        })
    }

    /// The rows in either set.
    pub fn union(&self, other: &Self) -> Self {
        let (long, short) = if self.words.len() < other.words.len() {
            (other, self)
        } else {
            (self, other)
        };
        let mut words = long.words.clone();
        for (word, more) in words.iter_mut().zip(&short.words) {
            *word |= more;
        }
        Self { words }
    }

    /// The rows that are not in the other set.
    pub fn difference(&self, other: &Self) -> Self {
        let mut words = self.words.clone();
        for (word, less) in words.iter_mut().zip(&other.words) {
            *word &= !less;
        }
        while words.last() == Some(&0) {
            words.pop();
        }
        Self { words }
    }
}

impl FromIterator<usize> for RowSet {
    fn from_iter<I: IntoIterator<Item = usize>>(rows: I) -> Self {
        let mut set = Self::default();
        rows.into_iter().for_each(|row| set.insert(row));
        set
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn a_set_of_bits_is_a_set_of_rows() {
        let mut rng = Rng::new(14);
        for round in 0..400 {
            let reach = [1, 64, 65, 700][round % 4];
            let mut rows = || -> Vec<usize> {
                let n = rng.below(40);
                (0..n).map(|_| rng.below(reach)).collect()
            };
            let (a, b) = (rows(), rows());
            let [set_a, set_b] = [&a, &b].map(|rows| rows.iter().copied().collect::<RowSet>());
            let [tree_a, tree_b] =
                [&a, &b].map(|rows| rows.iter().copied().collect::<BTreeSet<_>>());
            let same = |set: &RowSet, tree: &BTreeSet<usize>| {
                assert!(set.iter().eq(tree.iter().copied()), "{set:?} {tree:?}");
                assert_eq!(set.len(), tree.len());
                assert_eq!(set.is_empty(), tree.is_empty());
                assert!((0..reach + 70).all(|row| set.contains(row) == tree.contains(&row)));
                // What is left of a larger set equals a set that was never larger.
                assert_eq!(*set, tree.iter().copied().collect());
            };
            same(&set_a, &tree_a);
            same(&set_a.union(&set_b), &(&tree_a | &tree_b));
            same(&set_a.difference(&set_b), &(&tree_a - &tree_b));
            assert_eq!(set_a == set_b, tree_a == tree_b);
        }
    }
}
