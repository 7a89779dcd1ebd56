//! Which features show the segments best: the axes of the plots until others are chosen.
//!
//! ```text
//! ratio(feature) = sum n_k (m_k - m)^2 / sum (x - m)^2        the share of its variance that lies between the segments of the first model
//! ```
//!
//! Also called the correlation ratio (Pearson 1905, Drapers' Company Research Memoirs 2).

use super::filtered::View;
use crate::numeric::{Sum, order_by};

/// Ratios closer than this are equal: their last digits depend on the order of the rows.
const SAME: f64 = 1e-9;

/// A feature as an axis.
struct Candidate<'a> {
    name: &'a String,
    /// Its place among the features.
    place: usize,
    /// Whether it has two values at most: all customers would lie on two lines.
    is_flat: bool,
    /// In steps of `SAME`.
    ratio: i64,
}

impl View<'_> {
    /// The two features with the largest ratios, in the order of the features; those of more than two values first, ties by name. Fewer
    /// where there are fewer.
    pub fn separating(&self) -> Vec<String> {
        let features = self.comparison.features.iter().enumerate();
        let candidates = features.map(|(place, name)| {
            let values = self.numbers(name).unwrap_or_default();
            Candidate {
                name,
                place,
                is_flat: is_flat(values),
                ratio: (self.ratio(values) / SAME) as i64,
            }
        });
        let all: Vec<Candidate> = candidates.collect();
        let order = order_by(all.len(), &mut |a, b| {
            let (a, b) = (&all[a], &all[b]);
            let by_ratio = a.is_flat.cmp(&b.is_flat).then(b.ratio.cmp(&a.ratio));
            by_ratio.then_with(|| a.name.cmp(b.name))
        });
        let two = order.into_iter().take(2);
        let mut two: Vec<usize> = two.map(|at| all[at as usize].place).collect();
        two.sort_unstable();
        two.into_iter().map(|at| all[at].name.clone()).collect()
    }

    fn ratio(&self, values: &[f64]) -> f64 {
        let labels = self.comparison.first_labels();
        let n_segments = self.comparison.n_segments;
        let placed = || {
            let both = labels.iter().zip(values);
            both.filter(|(label, x)| (**label as usize) < n_segments && !x.is_nan())
        };
        let mut segments = vec![(0.0, Sum::default()); n_segments];
        let (mut n, mut all) = (0.0, Sum::default());
        for (&label, &x) in placed() {
            let (own, sum) = &mut segments[label as usize];
            *own += 1.0;
            sum.add(x);
            n += 1.0;
            all.add(x);
        }
        let mean = all.value() / n;
        let total: Sum = placed().map(|(_, x)| (x - mean).powi(2)).collect();
        let between = segments.iter().filter(|(own, _)| *own > 0.0);
        let between = between.map(|(own, sum)| own * (sum.value() / own - mean).powi(2));
        let ratio = between.collect::<Sum>().value() / total.value();
        if ratio.is_finite() { ratio } else { 0.0 }
    }
}

/// Whether there are two different values at most.
fn is_flat(values: &[f64]) -> bool {
    let mut present = values.iter().filter(|x| !x.is_nan());
    let first = present.next();
    let second = present.find(|x| Some(*x) != first);
    present.all(|x| Some(x) == first || Some(x) == second)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::result::{ColumnData, Filters};
    use crate::view::filtered::tests::mall;

    #[test]
    fn the_features_that_part_the_segments_are_the_axes() {
        let (mut dataset, shared) = mall();
        let mut comparison = (*shared).clone();
        let (income, score) = ("Annual Income (k$)", "Spending Score (1-100)");
        // Noise, a copy of the segments as a yes or no, a constant.
        let labels = comparison.first_labels().to_vec();
        let n_rows = labels.len();
        let noise = (0..n_rows).map(|row| (row * 7919 % 211) as f64).collect();
        let is_first = labels.iter().map(|&label| f64::from(u8::from(label == 0)));
        let added: [(&str, Vec<f64>); 3] = [
            ("A noise", noise),
            ("A yes or no", is_first.collect()),
            ("A constant", vec![4.0; n_rows]),
        ];
        for (name, values) in added {
            let mut column = dataset.columns[0].clone();
            name.clone_into(&mut column.name);
            let values = values.into();
            column.data = ColumnData::Numbers { values };
            dataset.columns.push(column);
        }
        let filters = Filters::new();
        let mut of = |features: &[&str]| {
            comparison.features = features.iter().map(|&it| it.to_owned()).collect();
            let view = View {
                dataset: &dataset,
                comparison: &comparison,
                filters: &filters,
            };
            view.separating()
        };
        assert_eq!(
            of(&["A noise", income, "A yes or no", score]),
            [income, score]
        );
        assert_eq!(of(&[score, "A noise", income]), [score, income]);
        // Two lines of customers only where nothing else is there.
        assert_eq!(of(&["A yes or no", "A noise"]), ["A yes or no", "A noise"]);
        assert_eq!(
            of(&["A constant", "A yes or no", score]),
            ["A yes or no", score]
        );
        // The same twice: by name.
        assert_eq!(of(&["A noise", "A constant"]), ["A noise", "A constant"]);
        assert_eq!(of(&[income]), [income]);
        assert!(of(&[]).is_empty());
        // The definition, on whole columns.
        let view = View {
            dataset: &dataset,
            comparison: &comparison,
            filters: &filters,
        };
        let values = view.numbers(income).unwrap();
        let mean = |of: &dyn Fn(u32) -> bool| {
            let own = labels.iter().zip(values).filter(|(label, _)| of(**label));
            let own: Vec<f64> = own.map(|(_, x)| *x).collect();
            own.iter().sum::<f64>() / own.len() as f64
        };
        let all = mean(&|_| true);
        let total: f64 = values.iter().map(|x| (x - all).powi(2)).sum();
        let between: f64 = labels
            .iter()
            .map(|&own| (mean(&|label| label == own) - all).powi(2))
            .sum();
        assert!((view.ratio(values) - between / total).abs() < 1e-12);
        assert!(view.ratio(values) > 0.5);
    }
}
