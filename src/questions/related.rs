//! Columns that say nearly the same as a feature: a group that was cut by the feature differs in them by construction, too.

use crate::features::Feature;
use crate::numeric::{order_of_numbers, tied_ranks};

/// From this rank correlation on, a column is nearly the same as a feature.
const NEARLY_THE_SAME: f64 = 0.9;

/// A column by the ranks of its values, NaN where missing; equal values share their mean rank.
pub(super) struct Ranked(Vec<f64>);

impl Ranked {
    pub(super) fn of(values: &[f64]) -> Self {
        let present: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
        let order = order_of_numbers(present.len(), |i| values[present[i]]);
        let mut ranks = vec![f64::NAN; values.len()];
        for tied in tied_ranks(&order, |i| values[present[i]]) {
            for &i in &order[tied.places] {
                // From 0: sums of smaller numbers.
                ranks[present[i as usize]] = tied.rank - 1.0;
            }
        }
        Self(ranks)
    }

    /// Whether two columns are nearly the same, in either direction, where both have a value.
    ///
    /// ```text
    /// rho = correlation of the ranks        (Spearman 1904, Am. J. Psychol. 15)
    /// ```
    pub(super) fn is_nearly(&self, other: &Self) -> bool {
        let pairs = self.0.iter().zip(&other.0);
        let pairs: Vec<(f64, f64)> = pairs
            .filter(|(a, b)| !a.is_nan() && !b.is_nan())
            .map(|(a, b)| (*a, *b))
            .collect();
        let n = pairs.len() as f64;
        let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
        let (mean_a, mean_b) = (mean(&|(a, _)| *a), mean(&|(_, b)| *b));
        let product = mean(&|(a, b)| (a - mean_a) * (b - mean_b));
        let square_a = mean(&|(a, _)| (a - mean_a) * (a - mean_a));
        let square_b = mean(&|(_, b)| (b - mean_b) * (b - mean_b));
        let both = (square_a * square_b).sqrt();
        both > 0.0 && product.abs() >= NEARLY_THE_SAME * both
    }
}

/// Whether a feature is made of this column.
pub(super) fn is_source(name: &str, features: &[Feature]) -> bool {
    let mut sources = features.iter().flat_map(Feature::sources);
    sources.any(|source| source == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn a_copy_in_other_units_is_nearly_the_same_and_a_correlated_column_is_not() {
        let mut rng = Rng::new(4);
        let values: Vec<f64> = (0..300).map(|_| rng.normal()).collect();
        let copy: Vec<f64> = values.iter().map(|x| libm::exp(-3.0 * x)).collect();
        let related: Vec<f64> = values
            .iter()
            .map(|x| 0.5 * x + 0.75_f64.sqrt() * rng.normal())
            .collect();
        let [values, copy, related] = [values, copy, related].map(|it| Ranked::of(&it));
        assert!(values.is_nearly(&copy) && !values.is_nearly(&related));
        let constant = Ranked::of(&[3.0; 300]);
        assert!(!values.is_nearly(&constant));
        assert!(!Ranked::of(&[f64::NAN; 300]).is_nearly(&values));
    }

    #[test]
    fn a_ratio_is_made_of_both_its_columns() {
        let ratio = Feature::Ratio {
            a: "spent".into(),
            b: "orders".into(),
        };
        let features = [ratio];
        assert!(is_source("orders", &features) && is_source("spent", &features));
        assert!(!is_source("age", &features));
    }
}
