//! Element-centric similarity of two clusterings, customer by customer (Gates, Wood, Hetrick & Ahn 2019, Sci. Rep. 9, 8574).
//!
//! Each clustering is a graph in which the members of a cluster are linked to each other; a walk from customer v returns to v with
//! probability `1 - alpha` at every step. Where it is found in the long run (the personalised PageRank of v) has a closed form:
//!
//! ```text
//! p_v(j) = alpha / |C|  for j in the cluster C of v,  plus 1 - alpha for j = v;  0 elsewhere
//! S_v    = 1 - 1/(2 alpha) sum_j |p_v(j) - q_v(j)|
//!        = |C and D| / max(|C|, |D|)        for v in C of the first and in D of the second clustering
//! ```
//!
//! With n members in both: `S = 1 - (n |1/|C| - 1/|D|| + (|C| - n)/|C| + (|D| - n)/|D|) / 2 = n min(1/|C|, 1/|D|)`; alpha cancels, and
//! no matching of clusters is needed. A customer in no segment is a cluster of its own: it shares a segment with nobody.
//! Cost: O(pairs of clusters) beside the contingency table.

use super::Contingency;
use crate::numeric::Sum;

/// The similarity of every pair of segments that a customer may be in.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementCentric {
    n_columns: usize,
    of_pairs: Vec<f64>,
    mean: f64,
}

impl ElementCentric {
    /// Of two clusterings; `alone` is the label, in both, of those in no segment.
    pub fn of(contingency: &Contingency, alone: Option<u32>) -> Self {
        let (rows, columns) = (contingency.row_totals(), contingency.column_totals());
        let is_alone = |label: usize| alone.is_some_and(|alone| alone as usize == label);
        let size = |label: usize, total: u64| if is_alone(label) { 1 } else { total };
        let mut of_pairs = Vec::with_capacity(rows.len() * columns.len());
        let mut sum = Sum::default();
        for (row, counts) in contingency.rows().enumerate() {
            for (column, &n) in counts.iter().enumerate() {
                let shared = if is_alone(row) || is_alone(column) {
                    n.min(1)
                } else {
                    n
                };
                let largest = size(row, rows[row]).max(size(column, columns[column]));
                let similarity = if shared == 0 {
                    0.0
                } else {
                    shared as f64 / largest as f64
                };
                of_pairs.push(similarity);
                sum.add(n as f64 * similarity);
            }
        }
        Self {
            n_columns: columns.len(),
            of_pairs,
            mean: sum.value() / contingency.total() as f64,
        }
    }

    /// The similarity of a customer with these labels, in `(0, 1]`; `None` for labels that no customer has.
    pub fn of_labels(&self, row: u32, column: u32) -> Option<f64> {
        let (row, column) = (row as usize, column as usize);
        let at = (column < self.n_columns).then_some(row.checked_mul(self.n_columns)? + column)?;
        self.of_pairs.get(at).copied().filter(|x| *x > 0.0)
    }

    /// Its mean over all customers; NaN for none.
    pub fn mean(&self) -> f64 {
        self.mean
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    /// The personalised PageRank of a customer, by walking until nothing changes.
    fn walk(labels: &[u32], from: usize, alone: u32, alpha: f64) -> Vec<f64> {
        let together = |a: usize, b: usize| a == b || labels[a] == labels[b] && labels[a] != alone;
        let mut at = vec![0.0; labels.len()];
        at[from] = 1.0;
        for _ in 0..400 {
            let mut next = vec![0.0; labels.len()];
            next[from] = 1.0 - alpha;
            for (a, share) in at.iter().enumerate().filter(|(_, share)| **share > 0.0) {
                let others: Vec<usize> = (0..labels.len()).filter(|&b| together(a, b)).collect();
                for &b in &others {
                    next[b] += alpha * share / others.len() as f64;
                }
            }
            at = next;
        }
        at
    }

    #[test]
    fn the_closed_form_is_that_of_the_walk() {
        const NONE: u32 = 4;
        for seed in 0..20 {
            let mut rng = Rng::new(seed);
            let n = 5 + rng.below(12);
            let mut labels = |k: usize| -> Vec<u32> {
                let draw = |_| match rng.below(6) {
                    0 if seed % 2 == 0 => NONE,
                    _ => rng.below(k) as u32,
                };
                (0..n).map(draw).collect()
            };
            let (a, b) = (labels(3), labels(4));
            let pairs = || a.iter().copied().zip(b.iter().copied());
            let found = ElementCentric::of(&Contingency::of(pairs(), 5, 5), Some(NONE));
            let mut sum = 0.0;
            for (v, (row, column)) in pairs().enumerate() {
                let similarity = found.of_labels(row, column).unwrap();
                for alpha in [0.9, 0.5] {
                    let apart = walk(&a, v, NONE, alpha);
                    let apart = apart.iter().zip(walk(&b, v, NONE, alpha));
                    let apart: f64 = apart.map(|(p, q)| (p - q).abs()).sum();
                    let slow = 1.0 - apart / (2.0 * alpha);
                    assert!((similarity - slow).abs() < 1e-12, "{seed} {v}");
                }
                sum += similarity;
            }
            assert!((found.mean() - sum / n as f64).abs() < 1e-12, "{seed}");
        }
    }

    #[test]
    fn equal_partitions_are_alike_and_nobody_has_no_similarity() {
        let same = Contingency::of([(0, 1), (0, 1), (1, 0), (2, 2)], 3, 3);
        let same = ElementCentric::of(&same, None);
        assert_eq!((same.mean(), same.of_labels(0, 1)), (1.0, Some(1.0)));
        assert_eq!(
            (same.of_labels(0, 0), same.of_labels(u32::MAX, 0)),
            (None, None)
        );
        assert_eq!(same.of_labels(0, u32::MAX), None);
        // All in no segment, in both: each alone.
        let nobody = ElementCentric::of(&Contingency::of([(0, 0), (0, 0)], 1, 1), Some(0));
        assert_eq!(nobody.mean(), 1.0);
        let none = ElementCentric::of(&Contingency::of([], 2, 2), None);
        assert!(none.mean().is_nan() && none.of_labels(0, 0).is_none());
    }
}
