//! Data without segments.

use seamline::numeric::{Matrix, Rng};

use crate::page::File;

/// A family of data without segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Uniform,
    Gaussian,
    Correlated,
    LogNormal,
    HeavyTailed,
    /// Evenly spread numbers and one or two categories.
    Categories,
    /// Answers 1 to 5 of independent questions, each with shares of its own.
    FreeAnswers,
    /// Answers 1 to 5 that one factor drives.
    CorrelatedAnswers,
    /// Money: nothing, or log-normal.
    ZeroInflated,
    Counts,
    /// Yes or no, and numbers.
    Mixed,
    /// Numbers that stand for something, with and without numbers beside them.
    Codes,
}

/// All of them.
pub(super) const FAMILIES: [Family; 12] = [
    Family::Uniform,
    Family::Gaussian,
    Family::Correlated,
    Family::LogNormal,
    Family::HeavyTailed,
    Family::Categories,
    Family::FreeAnswers,
    Family::CorrelatedAnswers,
    Family::ZeroInflated,
    Family::Counts,
    Family::Mixed,
    Family::Codes,
];

impl Family {
    /// What the sets are called in the document.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::Gaussian => "one bell",
            Self::Correlated => "one bell, correlated",
            Self::LogNormal => "log-normal",
            Self::HeavyTailed => "heavy-tailed (Student's t, 3 degrees)",
            Self::Categories => "uniform and 1 or 2 random categories",
            Self::FreeAnswers => "answers 1 to 5, independent",
            Self::CorrelatedAnswers => "answers 1 to 5, one factor",
            Self::ZeroInflated => "log-normal with many zeros",
            Self::Counts => "counts",
            Self::Mixed => "yes or no and numbers",
            Self::Codes => "codes",
        }
    }
}

/// A set of a family.
pub(super) fn without(family: Family, rng: &mut Rng) -> File {
    let n = 100 + rng.below(901);
    let rows = match family {
        Family::Categories => return categories(n, rng),
        Family::Uniform
        | Family::Gaussian
        | Family::Correlated
        | Family::LogNormal
        | Family::HeavyTailed => numbers(family, n, rng),
        Family::FreeAnswers => free_answers(n, rng),
        Family::CorrelatedAnswers => correlated_answers(n, rng),
        Family::ZeroInflated => zero_inflated(n, rng),
        Family::Counts => counts(n, rng),
        Family::Mixed => mixed(n, rng),
        Family::Codes => codes(n, rng),
    };
    rows.into()
}

fn numbers(family: Family, n: usize, rng: &mut Rng) -> Matrix {
    let d = 2 + rng.below(5);
    let mut data = Matrix::with_features(d);
    for _ in 0..n {
        let common = rng.normal();
        let wide = (rng.normal().powi(2) + rng.normal().powi(2) + rng.normal().powi(2)) / 3.0;
        data.push_row((0..d).map(|_| match family {
            Family::Uniform => rng.uniform(),
            Family::Correlated => 0.8 * common + 0.6 * rng.normal(),
            Family::LogNormal => rng.normal().exp(),
            Family::HeavyTailed => rng.normal() / wide.sqrt(),
            _ => rng.normal(),
        }));
    }
    data
}

fn categories(n: usize, rng: &mut Rng) -> File {
    let d = 1 + rng.below(3);
    let sizes: Vec<usize> = (0..=rng.below(2)).map(|_| 2 + rng.below(4)).collect();
    let mut rows = Matrix::with_features(d + sizes.len());
    for _ in 0..n {
        let mut row: Vec<f64> = (0..d).map(|_| rng.uniform()).collect();
        row.extend(sizes.iter().map(|&size| rng.below(size) as f64));
        rows.push_row(row);
    }
    File {
        rows,
        n_categories: sizes.len(),
    }
}

/// One of five, with these weights.
fn one_of(weights: &[f64], rng: &mut Rng) -> f64 {
    let mut left = rng.uniform() * weights.iter().sum::<f64>();
    for (at, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return (at + 1) as f64;
        }
    }
    weights.len() as f64
}

fn free_answers(n: usize, rng: &mut Rng) -> Matrix {
    let d = 2 + rng.below(9);
    let weights: Vec<Vec<f64>> = (0..d)
        .map(|_| (0..5).map(|_| 0.1 + rng.uniform()).collect())
        .collect();
    let mut data = Matrix::with_features(d);
    for _ in 0..n {
        data.push_row(weights.iter().map(|weights| one_of(weights, rng)));
    }
    data
}

fn correlated_answers(n: usize, rng: &mut Rng) -> Matrix {
    let d = 2 + rng.below(9);
    let loading = 0.4 + 0.5 * rng.uniform();
    let mut data = Matrix::with_features(d);
    for _ in 0..n {
        let factor = rng.normal();
        data.push_row((0..d).map(|_| {
            let own = (1.0 - loading * loading).sqrt() * rng.normal();
            (3.0 + 1.2 * (loading * factor + own))
                .round()
                .clamp(1.0, 5.0)
        }));
    }
    data
}

fn zero_inflated(n: usize, rng: &mut Rng) -> Matrix {
    let zeros: Vec<f64> = (0..2 + rng.below(4))
        .map(|_| 0.2 + 0.6 * rng.uniform())
        .collect();
    let mut data = Matrix::with_features(zeros.len());
    for _ in 0..n {
        data.push_row(zeros.iter().map(|&share| {
            if rng.uniform() < share {
                0.0
            } else {
                rng.normal().exp()
            }
        }));
    }
    data
}

/// A Poisson number (Knuth 1969).
fn poisson(mean: f64, rng: &mut Rng) -> f64 {
    let (limit, mut product, mut count) = ((-mean).exp(), rng.uniform(), 0.0);
    while product > limit {
        product *= rng.uniform();
        count += 1.0;
    }
    count
}

fn counts(n: usize, rng: &mut Rng) -> Matrix {
    let means: Vec<f64> = (0..2 + rng.below(4))
        .map(|_| 0.5 + 19.5 * rng.uniform())
        .collect();
    let is_wide = rng.below(2) == 0;
    let mut data = Matrix::with_features(means.len());
    for _ in 0..n {
        data.push_row(means.iter().map(|&mean| {
            // Poisson, or geometric: Poisson with an exponential mean.
            let own = if is_wide {
                -(1.0 - rng.uniform()).ln()
            } else {
                1.0
            };
            poisson(mean * own, rng)
        }));
    }
    data
}

fn mixed(n: usize, rng: &mut Rng) -> Matrix {
    let shares: Vec<f64> = (0..=rng.below(4))
        .map(|_| 0.1 + 0.8 * rng.uniform())
        .collect();
    let d = 1 + rng.below(3);
    let is_even = rng.below(2) == 0;
    let mut data = Matrix::with_features(d + shares.len());
    for _ in 0..n {
        let numbers = (0..d).map(|_| if is_even { rng.uniform() } else { rng.normal() });
        let mut row: Vec<f64> = numbers.collect();
        row.extend(
            shares
                .iter()
                .map(|&share| f64::from(u8::from(rng.uniform() < share))),
        );
        data.push_row(row);
    }
    data
}

fn codes(n: usize, rng: &mut Rng) -> Matrix {
    let d = rng.below(3);
    let codes: Vec<Vec<f64>> = (0..1 + rng.below(3) + usize::from(d == 0))
        .map(|_| {
            (0..3 + rng.below(4))
                .map(|_| rng.below(100) as f64)
                .collect()
        })
        .collect();
    let mut data = Matrix::with_features(d + codes.len());
    for _ in 0..n {
        let mut row: Vec<f64> = (0..d).map(|_| rng.uniform()).collect();
        row.extend(codes.iter().map(|codes| codes[rng.below(codes.len())]));
        data.push_row(row);
    }
    data
}
