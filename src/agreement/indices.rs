//! Indices of agreement between two clusterings, some corrected for chance.

use super::Contingency;
use crate::numeric::Sum;

fn pairs(n: u64) -> f64 {
    let n = n as f64;
    n * (n - 1.0) / 2.0
}

impl Contingency {
    /// Adjusted Rand index (Hubert & Arabie 1985, J. Classif. 2): 1 for equal partitions, 0 on average by chance.
    ///
    /// ```text
    /// (S - E) / ((R + C)/2 - E),   S = sum C(n_ij, 2),  R = sum C(a_i, 2),  C = sum C(b_j, 2),  E = R C / C(n, 2)
    /// ```
    pub fn adjusted_rand_index(&self) -> f64 {
        let shared: f64 = self.rows().flatten().map(|&count| pairs(count)).sum();
        let rows: f64 = self.row_totals().into_iter().map(pairs).sum();
        let columns: f64 = self.column_totals().into_iter().map(pairs).sum();
        let all = pairs(self.total());
        let expected = if all > 0.0 { rows * columns / all } else { 0.0 };
        let range = f64::midpoint(rows, columns) - expected;
        if range == 0.0 {
            1.0
        } else {
            (shared - expected) / range
        }
    }

    /// Fowlkes-Mallows index (Fowlkes & Mallows 1983, J. Am. Stat. Assoc. 78): 1 for equal partitions; 0 if no pair of customers
    /// shares a segment in both; `None` if a clustering has no pair in a segment (0 / 0).
    ///
    /// ```text
    /// S / sqrt(R C),   S = sum C(n_ij, 2),  R = sum C(a_i, 2),  C = sum C(b_j, 2)
    /// ```
    pub fn fowlkes_mallows(&self) -> Option<f64> {
        let shared: f64 = self.rows().flatten().map(|&count| pairs(count)).sum();
        let rows: f64 = self.row_totals().into_iter().map(pairs).sum();
        let columns: f64 = self.column_totals().into_iter().map(pairs).sum();
        let both = rows * columns;
        (both > 0.0).then(|| shared / both.sqrt())
    }

    /// Entropies of the two clusterings, in nats.
    fn entropies(&self) -> (f64, f64) {
        let n = self.total() as f64;
        let entropy = |counts: Vec<u64>| {
            let shares = counts
                .into_iter()
                .filter(|&count| count > 0)
                .map(|count| count as f64 / n);
            shares
                .map(|p| -p * libm::log(p))
                .collect::<Sum>()
                .value()
                .max(0.0)
        };
        (entropy(self.row_totals()), entropy(self.column_totals()))
    }

    /// Mutual information in nats.
    fn mutual_information(&self) -> f64 {
        let n = self.total() as f64;
        let (rows, columns) = (self.row_totals(), self.column_totals());
        let mut sum = Sum::default();
        for (row, counts) in self.rows().enumerate() {
            for (column, &count) in counts.iter().enumerate().filter(|&(_, &count)| count > 0) {
                let ratio = (count as f64 / rows[row] as f64) * (n / columns[column] as f64);
                sum.add(count as f64 / n * libm::log(ratio));
            }
        }
        sum.value().max(0.0)
    }

    /// Variation of information (Meila 2007, J. Multivar. Anal. 98) in nats: 0 for equal partitions, at most `2 ln k`.
    ///
    /// ```text
    /// VI = H(U) + H(V) - 2 I(U, V)
    /// ```
    pub fn variation_of_information(&self) -> f64 {
        let (rows, columns) = self.entropies();
        (rows + columns - 2.0 * self.mutual_information()).max(0.0)
    }

    /// Adjusted mutual information (Vinh, Epps & Bailey 2010, J. Mach. Learn. Res. 11) with the arithmetic mean.
    ///
    /// ```text
    /// (I - E[I]) / ((H(U) + H(V))/2 - E[I])
    /// ```
    pub fn adjusted_mutual_information(&self) -> f64 {
        let (rows, columns) = self.entropies();
        if self.n_used_rows() == self.n_used_columns() && self.n_used_rows() <= 1 {
            return 1.0;
        }
        // All clusters have one sample in both: equal partitions, as chance would give too (0 / 0).
        let are_alone = |totals: Vec<u64>| totals.into_iter().all(|total| total <= 1);
        if are_alone(self.row_totals()) && are_alone(self.column_totals()) {
            return 1.0;
        }
        let expected = self.expected_mutual_information();
        let range = f64::midpoint(rows, columns) - expected;
        // Keeps the sign if the range is zero apart from rounding.
        let range = if range < 0.0 {
            range.min(-f64::EPSILON)
        } else {
            range.max(f64::EPSILON)
        };
        (self.mutual_information() - expected) / range
    }

    fn n_used_rows(&self) -> usize {
        self.row_totals()
            .into_iter()
            .filter(|&total| total > 0)
            .count()
    }

    fn n_used_columns(&self) -> usize {
        self.column_totals()
            .into_iter()
            .filter(|&total| total > 0)
            .count()
    }

    /// Mean of the mutual information over all pairs of clusterings with these sizes (the hypergeometric model).
    ///
    /// ```text
    /// E[I] = sum_ij sum_m  m/n ln(n m / (a b))  a! b! (n-a)! (n-b)! / (n! m! (a-m)! (b-m)! (n-a-b+m)!)
    /// ```
    ///
    /// Cost: O(n * n_clusters): the sum over m runs over at most min(a, b) values.
    fn expected_mutual_information(&self) -> f64 {
        let n = self.total();
        let mut log_factorial = Vec::with_capacity(n as usize + 1);
        let mut running = Sum::default();
        log_factorial.push(0.0);
        for i in 1..=n {
            running.add(libm::log(i as f64));
            log_factorial.push(running.value());
        }
        let f = |i: u64| log_factorial[i as usize];
        let mut sum = Sum::default();
        for a in self.row_totals() {
            for b in self.column_totals() {
                let fixed = f(a) + f(b) + f(n - a) + f(n - b) - f(n);
                for m in (a + b).saturating_sub(n).max(1)..=a.min(b) {
                    let information = m as f64 / n as f64
                        * libm::log((n as f64 * m as f64) / (a as f64 * b as f64));
                    let log_chance = fixed - f(m) - f(a - m) - f(b - m) - f(n + m - a - b);
                    sum.add(information * libm::exp(log_chance));
                }
            }
        }
        sum.value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_partitions_agree_under_any_names() {
        let table = Contingency::of([(0, 1), (0, 1), (1, 0), (2, 2)], 3, 3);
        assert_eq!(table.adjusted_rand_index(), 1.0);
        assert!((table.adjusted_mutual_information() - 1.0).abs() < 1e-12);
        assert!(table.variation_of_information() < 1e-12);
    }

    #[test]
    fn partitions_into_singles_are_equal() {
        for n in 1..8 {
            let table = Contingency::of((0..n).map(|i| (i, i)), n as usize, n as usize);
            // scikit-learn 1.9.1: adjusted_mutual_info_score(range(n), range(n))
            assert_eq!(table.adjusted_mutual_information(), 1.0);
            assert_eq!(table.adjusted_rand_index(), 1.0);
            assert_eq!(table.fowlkes_mallows(), None);
        }
        let no_pair_in_both = Contingency::of([(0, 0), (0, 1), (1, 0), (1, 1)], 2, 2);
        assert_eq!(no_pair_in_both.fowlkes_mallows(), Some(0.0));
    }

    #[test]
    fn a_published_pair_has_its_published_indices() {
        // Rows 5 1 0 / 1 4 1 / 0 2 3: ARI 0.26694045174538 (Hubert & Arabie), AMI 0.27821 (scikit-learn 1.9.1).
        let counts = [[5, 1, 0], [1, 4, 1], [0, 2, 3]];
        let pairs = counts.iter().enumerate().flat_map(|(r, row)| {
            row.iter()
                .enumerate()
                .flat_map(move |(c, &count)| std::iter::repeat_n((r as u32, c as u32), count))
        });
        let table = Contingency::of(pairs, 3, 3);
        assert!((table.adjusted_rand_index() - 0.266_940_451_745_379_9).abs() < 1e-12);
        assert!((table.adjusted_mutual_information() - 0.278_209_646_572_698_1).abs() < 1e-9);
        assert!((table.variation_of_information() - 1.348_024_236_976_098_6).abs() < 1e-12);
    }
}
