//! The power transform of Yeo & Johnson (2000, Biometrika 87), for values of either sign.
//!
//! ```text
//! x >= 0   ((1 + x)^l - 1) / l              log(1 + x)     where l = 0
//! x <  0   -((1 - x)^(2 - l) - 1) / (2 - l)  -log(1 - x)    where l = 2
//! log-likelihood of l   -n/2 log(variance of the transformed, divisor n) + (l - 1) sum sign(x) log(1 + |x|)
//! ```
//!
//! `l` is the most likely one between the bounds within which values twenty times as far out can still be transformed and squared, as
//! SciPy 1.17 has them.

use super::{minimum_within, pulse, sort_numbers};

/// Steps per value of one evaluation.
const STEPS: usize = 32;
/// Tolerance of the search, as SciPy's.
const TOLERANCE: f64 = 1.48e-8;
/// How far beyond the values the transform must hold.
const BEYOND: f64 = 20.0;

/// A value transformed; ascends with it for every `lambda`.
pub fn yeo_johnson(x: f64, lambda: f64) -> f64 {
    let power = |log: f64, by: f64| {
        if by.abs() < f64::EPSILON {
            log
        } else {
            libm::expm1(by * log) / by
        }
    };
    if x >= 0.0 {
        power(libm::log1p(x), lambda)
    } else {
        -power(libm::log1p(-x), 2.0 - lambda)
    }
}

/// A value and how often it occurs.
struct Weighted {
    x: f64,
    n: f64,
}

/// The most likely `lambda` for these numbers, in whatever order; 1, which changes nothing, where they are all the same.
pub fn yeo_johnson_lambda(values: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
    sort_numbers(&mut sorted);
    let (Some(&min), Some(&max)) = (sorted.first(), sorted.last()) else {
        return 1.0;
    };
    if min == max {
        return 1.0;
    }
    let mut distinct: Vec<Weighted> = Vec::new();
    for x in sorted {
        match distinct.last_mut() {
            Some(last) if last.x == x => last.n += 1.0,
            _ => distinct.push(Weighted { x, n: 1.0 }),
        }
    }
    let farthest = min.abs().max(max.abs());
    let [least, most] = within(farthest);
    let bounds = if max < 0.0 {
        [2.0 - most, 2.0 - least]
    } else if min < 0.0 {
        [least.max(2.0 - most), most.min(2.0 - least)]
    } else {
        [least, most]
    };
    // The sum does not depend on lambda.
    let logs = distinct
        .iter()
        .map(|it| it.n * libm::log1p(it.x.abs()).copysign(it.x));
    let logs: f64 = logs.sum();
    let mut transformed = vec![0.0; distinct.len()];
    let mut unlikely = |lambda: f64| {
        let likelihood = log_likelihood(&distinct, &mut transformed, lambda, logs);
        // Without any variance left nothing can be said.
        if likelihood.is_finite() {
            -likelihood
        } else {
            f64::INFINITY
        }
    };
    minimum_within(&mut unlikely, bounds, TOLERANCE)
}

/// Half of the exponents of a double, so that squares hold.
fn within(farthest: f64) -> [f64; 2] {
    let log = libm::log1p(BEYOND * farthest);
    let digits = libm::log(f64::EPSILON);
    [
        0.5 * (libm::log(f64::MIN_POSITIVE) - digits) / log,
        f64::midpoint(libm::log(f64::MAX), digits) / log,
    ]
}

fn log_likelihood(values: &[Weighted], transformed: &mut [f64], lambda: f64, logs: f64) -> f64 {
    pulse(STEPS * values.len());
    let (mut n, mut sum) = (0.0, 0.0);
    for (it, to) in values.iter().zip(transformed.iter_mut()) {
        *to = yeo_johnson(it.x, lambda);
        n += it.n;
        sum += it.n * *to;
    }
    let mean = sum / n;
    let squares = values.iter().zip(&*transformed);
    let squares = squares.map(|(it, to)| it.n * (to - mean) * (to - mean));
    let variance = squares.sum::<f64>() / n;
    -0.5 * n * libm::log(variance) + (lambda - 1.0) * logs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Rng, skewness};

    #[test]
    fn one_and_zero_and_two_are_what_the_formula_says() {
        for x in [-3.5, -1.0, 0.0, 0.25, 40.0] {
            assert!((yeo_johnson(x, 1.0) - x).abs() < 1e-14);
        }
        assert_eq!(yeo_johnson(4.0, 0.0), libm::log1p(4.0));
        assert_eq!(yeo_johnson(-4.0, 2.0), -libm::log1p(4.0));
        // (1 + 3)^0.5 is 2, (1 + 8)^(2 - 1.5) is 3.
        assert!((yeo_johnson(3.0, 0.5) - 2.0).abs() < 1e-14);
        assert!((yeo_johnson(-8.0, 1.5) + 4.0).abs() < 1e-14);
    }

    #[test]
    fn lambda_does_not_depend_on_the_order_and_is_the_best_of_a_grid() {
        let mut rng = Rng::new(9);
        let mut values: Vec<f64> = (0..400).map(|_| libm::exp(rng.normal()) - 0.3).collect();
        let lambda = yeo_johnson_lambda(&values);
        values.reverse();
        assert_eq!(yeo_johnson_lambda(&values).to_bits(), lambda.to_bits());
        let likelihood = |lambda: f64| {
            let to: Vec<f64> = values.iter().map(|x| yeo_johnson(*x, lambda)).collect();
            let n = to.len() as f64;
            let mean = to.iter().sum::<f64>() / n;
            let variance = to.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
            let logs = values.iter().map(|x| libm::log1p(x.abs()).copysign(*x));
            -0.5 * n * libm::log(variance) + (lambda - 1.0) * logs.sum::<f64>()
        };
        let best = likelihood(lambda);
        for at in -500..500 {
            assert!(likelihood(f64::from(at) / 100.0) <= best + 1e-9);
        }
        let moved: Vec<f64> = values.iter().map(|x| yeo_johnson(*x, lambda)).collect();
        let skew = |values: &[f64]| skewness(values).unwrap_or(f64::NAN).abs();
        assert!(skew(&moved) < 0.2 * skew(&values));
    }

    #[test]
    fn values_without_spread_stay() {
        assert_eq!(yeo_johnson_lambda(&[]), 1.0);
        assert_eq!(yeo_johnson_lambda(&[7.0; 5]), 1.0);
        assert!(yeo_johnson_lambda(&[1e149, 2e149, -3e149]).is_finite());
        assert!(yeo_johnson_lambda(&[1e-139, 3e-139, 2e-139]).is_finite());
    }
}
