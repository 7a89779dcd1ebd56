//! Matches the segments of one model to those of another.

use serde::{Deserialize, Serialize};

use super::Contingency;

/// The one-to-one assignment of segments with the most agreeing customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    /// Segment of the second clustering matched to each segment of the first, if any is left.
    pub column_of_row: Vec<Option<usize>>,
    /// Customers whose segments are matched to each other.
    pub agreeing: u64,
}

impl Matching {
    /// Segment of the first clustering matched to each segment of the second.
    pub fn row_of_column(&self, n_columns: usize) -> Vec<Option<usize>> {
        (0..n_columns)
            .map(|column| {
                self.column_of_row
                    .iter()
                    .position(|&matched| matched == Some(column))
            })
            .collect()
    }
}

/// Maximises the number of agreeing customers by the Hungarian method (Kuhn 1955, Nav. Res. Logist. Q. 2), in the shortest
/// augmenting path form. Cost: O(n^3) for the larger number of segments n. Among equally good matchings the choice is fixed.
pub fn best_matching(contingency: &Contingency) -> Matching {
    let mut found = assign(
        contingency.n_rows(),
        contingency.n_columns(),
        |row, column| contingency.count(row, column) as i64,
    );
    let matched = found.column_of_row.iter().enumerate();
    let counts = matched.filter_map(|(row, column)| Some(contingency.count(row, (*column)?)));
    found.agreeing = counts.sum();
    found
}

/// The assignment of columns to rows with the largest sum of gains; it has as many pairs as the smaller side. `agreeing` stays 0.
pub fn assign(n_rows: usize, n_columns: usize, gain: impl Fn(usize, usize) -> i64) -> Matching {
    let n = n_rows.max(n_columns);
    // Surplus rows or columns are assigned to padding with gain 0.
    let gain = |row: usize, column: usize| {
        if row < n_rows && column < n_columns {
            gain(row, column)
        } else {
            0
        }
    };
    let mut row_potential = vec![0_i64; n + 1];
    let mut column_potential = vec![0_i64; n + 1];
    // Position n of `row_of` is the column where the path search starts.
    let mut row_of: Vec<usize> = vec![usize::MAX; n + 1];
    for row in 0..n {
        row_of[n] = row;
        let mut column = n;
        let mut slack = vec![i64::MAX; n];
        let mut came_from = vec![n; n];
        let mut visited = vec![false; n + 1];
        loop {
            visited[column] = true;
            let current = row_of[column];
            let (mut least, mut next) = (i64::MAX, n);
            for candidate in (0..n).filter(|&candidate| !visited[candidate]) {
                let reduced = -gain(current, candidate)
                    - row_potential[current]
                    - column_potential[candidate];
                if reduced < slack[candidate] {
                    slack[candidate] = reduced;
                    came_from[candidate] = column;
                }
                if slack[candidate] < least {
                    (least, next) = (slack[candidate], candidate);
                }
            }
            for candidate in 0..=n {
                if visited[candidate] {
                    row_potential[row_of[candidate]] += least;
                    column_potential[candidate] -= least;
                } else if candidate < n {
                    slack[candidate] -= least;
                }
            }
            column = next;
            if row_of[column] == usize::MAX {
                break;
            }
        }
        while column != n {
            let before = came_from[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    let mut column_of_row = vec![None; n_rows];
    for (column, &row) in row_of.iter().take(n_columns).enumerate() {
        if row < n_rows {
            column_of_row[row] = Some(column);
        }
    }
    Matching {
        column_of_row,
        agreeing: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn best_by_trying_all(contingency: &Contingency, row: usize, used: &mut Vec<bool>) -> u64 {
        if row == contingency.n_rows() {
            return 0;
        }
        let mut best = best_by_trying_all(contingency, row + 1, used);
        for column in 0..contingency.n_columns() {
            if !used[column] {
                used[column] = true;
                best = best.max(
                    contingency.count(row, column) + best_by_trying_all(contingency, row + 1, used),
                );
                used[column] = false;
            }
        }
        best
    }

    #[test]
    fn no_assignment_agrees_with_more_customers() {
        for seed in 0..60 {
            let mut rng = Rng::new(seed);
            let (rows, columns) = (1 + rng.below(5), 1 + rng.below(5));
            let pairs: Vec<(u32, u32)> = (0..40)
                .map(|_| (rng.below(rows) as u32, rng.below(columns) as u32))
                .collect();
            let contingency = Contingency::of(pairs, rows, columns);
            let matching = best_matching(&contingency);
            assert_eq!(
                matching.agreeing,
                best_by_trying_all(&contingency, 0, &mut vec![false; columns]),
                "seed {seed}"
            );
            let matched: Vec<usize> = matching.column_of_row.iter().flatten().copied().collect();
            assert_eq!(matched.len(), rows.min(columns), "seed {seed}");
        }
    }

    #[test]
    fn swapped_labels_agree_completely() {
        let contingency = Contingency::of([(0, 1), (0, 1), (1, 0)], 2, 2);
        let matching = best_matching(&contingency);
        assert_eq!(
            (matching.column_of_row, matching.agreeing),
            (vec![Some(1), Some(0)], 3)
        );
    }
}
