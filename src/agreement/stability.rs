//! Whether a clustering recurs in resamples of the same customers.
//!
//! ```text
//! resample       n rows drawn with replacement (Efron 1979, Ann. Statist. 7), clustered again and matched to the original clusters
//! own-label rate share of the resamples with a customer in which it keeps its cluster
//! Jaccard        per original cluster C, mean over the resamples of max over clusters D of |C ∩ D| / |C ∪ D|, each customer of the
//!                resample counted once (Hennig 2007, Comput. Stat. Data Anal. 52: below 0.6 not to be trusted, from 0.75 a
//!                pattern, from 0.85 highly stable)
//! ```

use serde::{Deserialize, Serialize};

use super::{Contingency, best_matching};
use crate::cluster::{FitError, Labels, Samples};
use crate::numeric::{Matrix, Rng};

/// Customers drawn with replacement from samples.
#[derive(Debug)]
pub struct Resample {
    /// The samples drawn.
    pub samples: Samples,
    /// Their origin.
    pub drawn: Drawn,
}

/// The origin of the samples drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// For each distinct sample drawn, the original distinct sample.
    distinct: Vec<u32>,
    /// For each distinct sample drawn, the number of its rows drawn at least once.
    n_rows: Vec<u32>,
}

impl Resample {
    /// Draws as many rows as there are, with replacement.
    ///
    /// # Errors
    /// As [`Samples::new`].
    pub fn draw(samples: &Samples, rng: &mut Rng) -> Result<Self, FitError> {
        let n = samples.n_samples();
        // Rows are drawn by position among the distinct samples, so that the order of the file does not matter.
        let mut of_row = Vec::with_capacity(n);
        for (i, &weight) in samples.weights.iter().enumerate() {
            of_row.extend(std::iter::repeat_n(i as u32, weight as usize));
        }
        let mut times = vec![0_u32; n];
        for _ in 0..n {
            times[rng.below(n)] += 1;
        }
        let mut matrix = Matrix::with_features(samples.n_features());
        let (mut distinct, mut n_rows): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        for (row, &times) in times.iter().enumerate().filter(|(_, times)| **times > 0) {
            let i = of_row[row];
            for _ in 0..times {
                matrix.push_row(samples.points.row(i as usize).iter().copied());
            }
            match n_rows.last_mut() {
                Some(n_rows) if distinct.last() == Some(&i) => *n_rows += 1,
                _ => {
                    distinct.push(i);
                    n_rows.push(1);
                }
            }
        }
        let drawn = Samples::new(&matrix)?;
        drawn.know_neighbours_of(samples, &distinct);
        Ok(Self {
            samples: drawn,
            drawn: Drawn { distinct, n_rows },
        })
    }
}

/// Stability of a clustering.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// Resamples that could be clustered.
    pub n_sets: usize,
    /// Own-label rate of each distinct sample; NaN if it was never drawn.
    pub own_rate: Vec<f64>,
    /// Mean Jaccard similarity of each cluster; `None` if no resample that could be clustered has a customer of it.
    pub jaccard: Vec<Option<f64>>,
}

/// Counts over resamples, for one clustering.
#[derive(Debug)]
pub struct Recurrence {
    original: Labels,
    n_sets: usize,
    drawn: Vec<u32>,
    kept: Vec<u32>,
    /// For each cluster, the sum of similarities, and the number of resamples with a customer of it.
    jaccard: Vec<(f64, u32)>,
}

impl Recurrence {
    /// No resample counted.
    pub fn of(original: Labels) -> Self {
        let n = original.of_distinct.len();
        Self {
            n_sets: 0,
            drawn: vec![0; n],
            kept: vec![0; n],
            jaccard: vec![(0.0, 0); original.n_clusters],
            original,
        }
    }

    /// Counts a clustering of a resample.
    pub fn count(&mut self, drawn: &Drawn, labels: &Labels) {
        let (n_rows, n_columns) = (self.original.n_clusters, labels.n_clusters);
        let drawn = || {
            let rows = drawn.distinct.iter().zip(&drawn.n_rows);
            rows.zip(&labels.of_distinct)
        };
        let pairs = drawn().flat_map(|((&i, &times), &label)| {
            let pair = (self.original.of_distinct[i as usize], label);
            std::iter::repeat_n(pair, times as usize)
        });
        let contingency = Contingency::of(pairs, n_rows, n_columns);
        let row_of = best_matching(&contingency).row_of_column(n_columns);
        for ((&i, _), &label) in drawn() {
            let own = self.original.of_distinct[i as usize] as usize;
            self.drawn[i as usize] += 1;
            self.kept[i as usize] += u32::from(row_of[label as usize] == Some(own));
        }
        let (rows, columns) = (contingency.row_totals(), contingency.column_totals());
        for (cluster, (sum, n)) in self.jaccard.iter_mut().enumerate() {
            if rows[cluster] == 0 {
                continue;
            }
            let similarity = |other: usize| {
                let both = contingency.count(cluster, other);
                both as f64 / (rows[cluster] + columns[other] - both) as f64
            };
            *sum += (0..n_columns).map(similarity).fold(0.0, f64::max);
            *n += 1;
        }
        self.n_sets += 1;
    }

    /// The result of the count.
    pub fn stability(self) -> Stability {
        let rate = |(&kept, &drawn): (&u32, &u32)| f64::from(kept) / f64::from(drawn);
        Stability {
            n_sets: self.n_sets,
            own_rate: self.kept.iter().zip(&self.drawn).map(rate).collect(),
            jaccard: self
                .jaccard
                .iter()
                .map(|&(sum, n)| (n > 0).then(|| sum / f64::from(n)))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_resample_nothing_is_said_of_stability() {
        let original = Labels {
            of_distinct: vec![0, 1],
            n_clusters: 2,
        };
        assert_eq!(Recurrence::of(original).stability().jaccard, [None, None]);
    }

    #[test]
    fn counts_are_those_of_the_definition() {
        let mut data = Matrix::with_features(1);
        for x in [0.0, 1.0, 10.0, 11.0, 11.0] {
            data.push_row([x]);
        }
        let samples = Samples::new(&data).unwrap();
        let original = Labels {
            of_distinct: vec![0, 0, 1, 1],
            n_clusters: 2,
        };
        let mut counted = Recurrence::of(original);
        let mut rng = Rng::new(3);
        let (mut sum, mut kept, mut drawn) = (0.0, 0, 0);
        for _ in 0..200 {
            let resample = Resample::draw(&samples, &mut rng).unwrap();
            assert_eq!(resample.samples.n_samples(), 5);
            assert_eq!(resample.samples.n_distinct(), resample.drawn.distinct.len());
            // Every distinct sample is a cluster of its own, except that the last two share one.
            let of_distinct: Vec<u32> = resample
                .drawn
                .distinct
                .iter()
                .map(|&i| [0, 1, 2, 2][i as usize])
                .collect();
            let labels = Labels {
                of_distinct,
                n_clusters: 3,
            };
            counted.count(&resample.drawn, &labels);
            let has = |i: u32| resample.drawn.distinct.contains(&i);
            if has(0) || has(1) {
                let n = usize::from(has(0)) + usize::from(has(1));
                sum += 1.0 / n as f64;
            }
            drawn += usize::from(has(3));
            kept += usize::from(has(3));
        }
        let found = counted.stability();
        assert_eq!(found.n_sets, 200);
        assert_eq!(found.own_rate[3], kept as f64 / drawn as f64);
        // The first two are never both kept: only one of them is matched to their cluster.
        assert!(found.own_rate[0] + found.own_rate[1] < 1.8);
        let n_with = found.jaccard[0].unwrap();
        assert!(
            (n_with * 200.0 - sum).abs() < 20.0 && found.jaccard[1] == Some(1.0),
            "{found:?} {sum}"
        );
    }
}
