//! What order lines cost, and sums that do not depend on the order of the lines.
//!
//! ```text
//! amount     the column of amounts, or price * quantity
//! sum        of whole numbers of the finest decimal step that the file uses: exact, then the double next to it; where the numbers
//!            have more than six decimals or are too large, in ascending order with the lost digits added (Neumaier 1974)
//! ```

use crate::numeric::{EXACT, Sum, decimals_of, in_steps, of_steps, order_of_numbers};

/// Numbers of a column, as steps where they can be.
pub(super) struct Amounts {
    /// One per row, NaN where there is none.
    pub(super) values: Vec<f64>,
    /// Whole numbers of steps of ten to the minus `decimals`; empty where the numbers have none such.
    steps: Vec<i64>,
    pub(super) decimals: i32,
}

impl Amounts {
    pub(super) fn of(numbers: &[f64]) -> Self {
        let present = numbers.iter().copied().filter(|x| !x.is_nan());
        let decimals = decimals_of(present);
        let steps = decimals.map(|decimals| {
            let steps = numbers.iter().map(|&x| {
                // NaN becomes 0, which no sum sees.
                nearest(in_steps(x, -decimals))
            });
            steps.collect()
        });
        Self {
            values: numbers.to_vec(),
            steps: steps.unwrap_or_default(),
            decimals: decimals.unwrap_or(0),
        }
    }

    /// Price times quantity.
    pub(super) fn product(prices: &[f64], quantities: &[f64]) -> Self {
        let (a, b) = (Self::of(prices), Self::of(quantities));
        let decimals = a.decimals + b.decimals;
        let products = a.steps.iter().zip(&b.steps);
        let products: Option<Vec<i64>> = products
            .map(|(a, b)| a.checked_mul(*b).filter(|it| (*it as f64).abs() < EXACT))
            .collect();
        let n = prices.len();
        match products.filter(|products| products.len() == n) {
            Some(steps) => Self {
                values: (0..n)
                    .map(|i| {
                        if prices[i].is_nan() || quantities[i].is_nan() {
                            f64::NAN
                        } else {
                            of_steps(steps[i], -decimals)
                        }
                    })
                    .collect(),
                steps,
                decimals,
            },
            None => Self {
                values: (0..n).map(|i| prices[i] * quantities[i]).collect(),
                steps: Vec::new(),
                decimals: 0,
            },
        }
    }

    /// The sum over rows that have a number; the same for any order of the rows.
    pub(super) fn sum(&self, rows: impl Iterator<Item = usize> + Clone) -> f64 {
        self.sum_of(rows, |x| x, |x| x)
    }

    /// The sum without signs.
    pub(super) fn sum_of_sizes(&self, rows: impl Iterator<Item = usize> + Clone) -> f64 {
        self.sum_of(rows, i64::abs, f64::abs)
    }

    fn sum_of(
        &self,
        rows: impl Iterator<Item = usize> + Clone,
        of_steps_of: fn(i64) -> i64,
        of_value: fn(f64) -> f64,
    ) -> f64 {
        if !self.steps.is_empty() {
            let steps = rows.clone().map(|row| of_steps_of(self.steps[row]));
            let sum: i128 = steps.map(i128::from).sum();
            if let Ok(sum) = i64::try_from(sum) {
                return of_steps(sum, -self.decimals);
            }
        }
        let values: Vec<f64> = rows.map(|row| of_value(self.values[row])).collect();
        let order = order_of_numbers(values.len(), |i| values[i]);
        let terms = order.iter().map(|&i| values[i as usize]);
        terms.collect::<Sum>().value()
    }
}

/// The whole number next to this one; NaN becomes 0.
fn nearest(x: f64) -> i64 {
    (x + 0.5).floor() as i64
}

/// A number without the traces of arithmetic: rounded to so many decimals where it is not too large for that.
pub(super) fn rounded(x: f64, decimals: i32) -> f64 {
    let steps = in_steps(x, -decimals);
    if steps.abs() < EXACT {
        of_steps(nearest(steps), -decimals)
    } else {
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn sums_are_exact_and_the_same_in_any_order() {
        let tenths = Amounts::of(&[0.1, 0.2, f64::NAN, -0.3]);
        assert_eq!(tenths.sum([0, 1, 3].into_iter()), 0.0);
        let product = Amounts::product(&[2.55, 3.39, 1.1], &[6.0, f64::NAN, -3.0]);
        assert_eq!(product.values[0], 15.3);
        assert!(product.values[1].is_nan());
        assert_eq!(product.sum([0, 2].into_iter()), 12.0);
        let mut rng = Rng::new(1);
        let odd: Vec<f64> = (0..500).map(|_| rng.normal() * 1e7).collect();
        let odd = Amounts::of(&odd);
        let forwards = odd.sum(0..500);
        let backwards = odd.sum((0..500).rev());
        assert_eq!(forwards.to_bits(), backwards.to_bits());
        assert_eq!(rounded(10.0 / 3.0, 4), 3.3333);
        assert_eq!(rounded(1e300, 4), 1e300);
    }
}
