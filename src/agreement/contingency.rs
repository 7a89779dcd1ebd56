//! How many customers each pair of segments shares.

use serde::{Deserialize, Serialize};

/// Counts of shape `(n_rows, n_columns)`: `count(r, c)` samples have label `r` in the first and `c` in the second clustering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contingency {
    n_rows: usize,
    n_columns: usize,
    counts: Vec<u64>,
}

impl Contingency {
    /// Counts the pairs of labels. Labels at or above their bound are not counted.
    pub fn of(
        pairs: impl IntoIterator<Item = (u32, u32)>,
        n_rows: usize,
        n_columns: usize,
    ) -> Self {
        let mut counts = vec![0; n_rows * n_columns];
        for (row, column) in pairs {
            let (row, column) = (row as usize, column as usize);
            if row < n_rows && column < n_columns {
                counts[row * n_columns + column] += 1;
            }
        }
        Self {
            n_rows,
            n_columns,
            counts,
        }
    }

    /// Segments of the first clustering.
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// Segments of the second clustering.
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Samples with this pair of labels.
    pub fn count(&self, row: usize, column: usize) -> u64 {
        self.counts[row * self.n_columns + column]
    }

    /// Counts per row, one slice per segment of the first clustering.
    pub fn rows(&self) -> impl Iterator<Item = &[u64]> {
        let row = |row: usize| &self.counts[row * self.n_columns..(row + 1) * self.n_columns];
        (0..self.n_rows).map(row)
    }

    /// Size of each segment of the first clustering.
    pub fn row_totals(&self) -> Vec<u64> {
        self.rows().map(|row| row.iter().sum()).collect()
    }

    /// Size of each segment of the second clustering.
    pub fn column_totals(&self) -> Vec<u64> {
        (0..self.n_columns)
            .map(|column| self.rows().map(|row| row[column]).sum())
            .collect()
    }

    /// Number of samples.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_a_clustering_without_clusters_every_row_is_there_and_empty() {
        let none = Contingency::of([(0, u32::MAX), (1, u32::MAX)], 2, 0);
        assert_eq!((none.rows().count(), none.total()), (2, 0));
        assert_eq!(none.row_totals(), [0, 0]);
        assert!(none.column_totals().is_empty());
        let turned = Contingency::of([(u32::MAX, 0)], 0, 2);
        assert_eq!(
            (turned.rows().count(), turned.column_totals()),
            (0, vec![0, 0])
        );
    }
}
