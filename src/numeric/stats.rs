//! Sums, moments and quantiles of a list of numbers.

use serde::{Deserialize, Serialize};

use super::sort_numbers;

/// A sum that carries the part lost by rounding (Neumaier 1974, ZAMM 54): the error does not grow with the number of terms.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    /// Adds one term.
    pub fn add(&mut self, term: f64) {
        let total = self.total + term;
        self.lost += if self.total.abs() >= term.abs() {
            (self.total - total) + term
        } else {
            (term - total) + self.total
        };
        self.total = total;
    }

    /// The sum of all terms so far.
    pub fn value(self) -> f64 {
        self.total + self.lost
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(terms: I) -> Self {
        let mut sum = Self::default();
        terms.into_iter().for_each(|term| sum.add(term));
        sum
    }
}

/// Count, mean and sum of squared deviations, by two passes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Number of values.
    pub count: usize,
    /// Arithmetic mean; NaN for no values.
    pub mean: f64,
    /// Sum of squared deviations from the mean.
    pub squares: f64,
}

impl Moments {
    /// Moments of `values`; the mean is corrected once, so that large offsets cost no digits.
    pub fn of(values: impl Iterator<Item = f64> + Clone) -> Self {
        let count = values.clone().count();
        let n = count as f64;
        let rough = values.clone().collect::<Sum>().value() / n;
        let mean = rough + values.clone().map(|x| x - rough).collect::<Sum>().value() / n;
        let squares = values
            .map(|x| (x - mean) * (x - mean))
            .collect::<Sum>()
            .value();
        Self {
            count,
            mean,
            squares,
        }
    }

    /// Standard deviation of the values themselves (divisor n).
    pub fn population_deviation(&self) -> f64 {
        (self.squares / self.count as f64).sqrt()
    }

    /// Standard deviation estimated from a sample (divisor n - 1); NaN below two values.
    pub fn sample_deviation(&self) -> f64 {
        if self.count < 2 {
            f64::NAN
        } else {
            (self.squares / (self.count - 1) as f64).sqrt()
        }
    }
}

/// Smallest value, quartiles and largest value, with the mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FiveNumbers {
    /// Number of values.
    pub count: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Smallest value.
    pub min: f64,
    /// First quartile.
    pub q25: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q75: f64,
    /// Largest value.
    pub max: f64,
}

/// Summary of the values that are not NaN; `None` when there are none.
pub fn five_numbers(values: impl Iterator<Item = f64>) -> Option<FiveNumbers> {
    let mut sorted: Vec<f64> = values.filter(|x| !x.is_nan()).collect();
    sort_numbers(&mut sorted);
    let (&min, &max) = (sorted.first()?, sorted.last()?);
    Some(FiveNumbers {
        count: sorted.len(),
        mean: Moments::of(sorted.iter().copied()).mean,
        min,
        q25: quantile_of_sorted(&sorted, 0.25),
        median: quantile_of_sorted(&sorted, 0.5),
        q75: quantile_of_sorted(&sorted, 0.75),
        max,
    })
}

/// Quantile by linear interpolation (type 7 of Hyndman & Fan 1996) of ascending values; NaN for none.
///
/// ```text
/// h = (n - 1) p,   q = x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h])
/// ```
pub fn quantile_of_sorted(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let h = last as f64 * p.clamp(0.0, 1.0);
    let low = h as usize;
    let high = (low + 1).min(last);
    sorted[low] + (h - low as f64) * (sorted[high] - sorted[low])
}

/// Moment skewness of the values that are not NaN, to nine decimals, so that their order does not matter; `None` where they do not differ.
///
/// ```text
/// g1 = m3 / m2^(3/2),   m_r = sum (x - mean)^r / n        (Joanes & Gill 1998, The Statistician 47)
/// ```
pub fn skewness(values: &[f64]) -> Option<f64> {
    const DIGITS: f64 = 1e9;
    let present = values.iter().copied().filter(|x| !x.is_nan());
    let moments = Moments::of(present.clone());
    let deviation = moments.population_deviation();
    let cubes = present.map(|x| ((x - moments.mean) / deviation).powi(3));
    let skewness = cubes.collect::<Sum>().value() / moments.count as f64;
    let rounded = libm::round(skewness * DIGITS) / DIGITS;
    rounded.is_finite().then_some(rounded)
}

/// The share of a standard normal distribution below `x`.
pub fn normal_share_below(x: f64) -> f64 {
    libm::erfc(-x / std::f64::consts::SQRT_2) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compensated_sum_keeps_the_small_term() {
        let sum: Sum = [1e16, 1.0, -1e16].into_iter().collect();
        assert_eq!(sum.value(), 1.0);
    }

    #[test]
    fn quartiles_interpolate_between_neighbours() {
        let five = five_numbers([4.0, 1.0, f64::NAN, 3.0, 2.0].into_iter()).unwrap();
        // NumPy 2.4.6 quantile([1, 2, 3, 4], [0.25, 0.5, 0.75])
        assert_eq!((five.q25, five.median, five.q75), (1.75, 2.5, 3.25));
        assert_eq!(
            (five.min, five.max, five.mean, five.count),
            (1.0, 4.0, 2.5, 4)
        );
        assert_eq!(five_numbers(std::iter::empty()), None);
    }

    #[test]
    fn skewness_is_that_of_the_moments_and_none_without_spread() {
        // By the formula: m2 12.5, m3 45.
        let found = skewness(&[10.0, f64::NAN, 1.0, 3.0, 2.0]).unwrap();
        assert!((found - 1.018_233_764_908_628_4).abs() < 1e-9, "{found}");
        assert_eq!(skewness(&[1.0, 2.0, 3.0]), Some(0.0));
        assert_eq!(skewness(&[4.0; 9]), None);
        assert_eq!(skewness(&[]), None);
    }

    #[test]
    fn deviations_differ_by_their_divisor() {
        let moments = Moments::of([1.0, 2.0, 3.0, 4.0].into_iter());
        assert!((moments.population_deviation().powi(2) - 1.25).abs() < 1e-15);
        assert!((moments.sample_deviation().powi(2) - 5.0 / 3.0).abs() < 1e-15);
    }
}
