//! The values that a column can have: where a smallest change may lead.
//!
//! ```text
//! up to 12 different values, each three times on average    those values: answers 1 to 5, yes and no
//! up to six decimals                                        multiples of 10^-decimals from the smallest value to the largest
//! more                                                      multiples of a power of ten of at most a five hundredth of the width:
//!                                                           such digits come from arithmetic, and nobody reads them
//! ```

use crate::numeric::{EXACT, decimals_of, in_steps, of_steps};

/// Up to so many different values are the answers to a question.
const MOST_ANSWERS: usize = 12;
/// Rows per answer.
const LEAST_REPEATS: usize = 3;
/// The values that a column can have, ascending.
#[derive(Clone, Debug, PartialEq)]
pub enum Grid {
    /// Multiples of a power of ten.
    Steps {
        /// The power.
        power: i32,
        /// The first of them, in steps.
        first: i64,
        /// How many there are.
        n: u64,
    },
    /// These values.
    Answers(Vec<f64>),
}

impl Grid {
    /// Of the values of a column; those that are no number are left out.
    pub fn of(values: impl Iterator<Item = f64> + Clone) -> Self {
        let values = values.filter(|x| x.is_finite());
        let mut answers: Vec<f64> = Vec::new();
        let (mut n, mut min, mut max) = (0, f64::INFINITY, f64::NEG_INFINITY);
        for x in values.clone() {
            n += 1;
            (min, max) = (min.min(x), max.max(x));
            if answers.len() <= MOST_ANSWERS
                && let Err(at) = answers.binary_search_by(|other| other.total_cmp(&(x + 0.0)))
            {
                answers.insert(at, x + 0.0);
            }
        }
        if answers.len() <= MOST_ANSWERS && n >= LEAST_REPEATS * answers.len() {
            return Self::Answers(answers);
        }
        if let Some(decimals) = decimals_of(values) {
            return Self::between(min, max, -decimals);
        }
        let power = |x: f64| libm::floor(libm::log10(x)) as i32;
        let of_size = power(min.abs().max(max.abs()) / EXACT) + 1;
        let of_width = power((max - min) / 500.0);
        Self::between(min, max, of_width.max(of_size))
    }

    /// The multiples of a power of ten between two numbers.
    pub fn between(min: f64, max: f64, power: i32) -> Self {
        let first = libm::ceil(in_steps(min, power)) as i64;
        let last = libm::floor(in_steps(max, power)) as i64;
        let mut grid = Self::Steps {
            power,
            first,
            n: (last - first + 1).max(0) as u64,
        };
        // A quotient may be rounded over a whole number.
        if let Self::Steps { first, n, .. } = &mut grid
            && *n > 0
        {
            *n -= u64::from(of_steps(last, power) > max);
            if of_steps(*first, power) < min && *n > 0 {
                *first += 1;
                *n -= 1;
            }
        }
        grid
    }

    /// Of a column that does not change.
    pub fn nothing() -> Self {
        Self::Answers(Vec::new())
    }

    /// Number of values.
    pub fn n(&self) -> u64 {
        match self {
            Self::Steps { n, .. } => *n,
            Self::Answers(answers) => answers.len() as u64,
        }
    }

    /// The value at a position below [`Grid::n`]: the double that a file with these digits is read as.
    pub fn value(&self, at: u64) -> f64 {
        match self {
            Self::Steps { power, first, .. } => of_steps(first + at as i64, *power),
            Self::Answers(answers) => answers.get(at as usize).copied().unwrap_or(f64::NAN),
        }
    }

    /// How many of the values are at most `x`.
    pub fn n_up_to(&self, x: f64) -> u64 {
        match self {
            Self::Steps { power, first, n } => {
                let mut step = libm::floor(in_steps(x, *power)).clamp(-EXACT, EXACT) as i64;
                step += i64::from(of_steps(step + 1, *power) <= x);
                step -= i64::from(of_steps(step, *power) > x);
                (step - first + 1).clamp(0, *n as i64) as u64
            }
            Self::Answers(answers) => answers.partition_point(|answer| *answer <= x) as u64,
        }
    }

    /// The distance of neighbouring values, on average.
    pub fn step(&self) -> f64 {
        let n = self.n();
        if n < 2 {
            return 0.0;
        }
        (self.value(n - 1) - self.value(0)) / (n - 1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn a_column_has_the_grid_that_it_is_written_on() {
        let of = |values: &[f64]| Grid::of(values.iter().copied());
        let ages: Vec<f64> = (18..71).map(f64::from).collect();
        let power = |grid: Grid| match grid {
            Grid::Steps { power, first, n } => Some((power, first, n)),
            Grid::Answers(_) => None,
        };
        assert_eq!(power(of(&ages)), Some((0, 18, 53)));
        let cents: Vec<f64> = (5..300).map(|i| f64::from(i) / 100.0).collect();
        assert_eq!(power(of(&cents)), Some((-2, 5, 295)));
        let answers: Vec<f64> = (0..50).map(|i| f64::from(1 + i % 5)).collect();
        assert_eq!(of(&answers), Grid::Answers(vec![1.0, 2.0, 3.0, 4.0, 5.0]));
        let flags: Vec<f64> = (0..9).map(|i| f64::from(i % 2)).collect();
        assert_eq!(of(&flags), Grid::Answers(vec![0.0, 1.0]));
        // Five values of five customers are no answers.
        assert_eq!(power(of(&[0.5, 1.0, 2.5, 4.0])), Some((-1, 5, 36)));
        // A ratio of columns from 0.2 to 73.
        let ratios: Vec<f64> = (1..365).map(|i| f64::from(i) / 7.0 + 0.2).collect();
        assert_eq!(power(of(&ratios)).map(|it| it.0), Some(-1));
        let huge: Vec<f64> = (0..40).map(|i| 1e17 + 1e3 * f64::from(i)).collect();
        assert_eq!(power(of(&huge)).map(|it| it.0), Some(2));
        for nothing in [of(&[]), of(&[f64::NAN]), Grid::nothing()] {
            assert_eq!((nothing.n(), nothing.step()), (0, 0.0));
        }
        assert_eq!(of(&[7.0; 9]), Grid::Answers(vec![7.0]));
    }

    #[test]
    fn positions_and_values_agree_and_stay_between_the_ends() {
        let mut rng = Rng::new(4);
        for power in [-6, -3, -1, 0, 2] {
            let mut number = || 5e3 * (rng.uniform() - 0.5);
            let (a, b) = (number(), number());
            let (min, max) = (a.min(b), a.max(b));
            let grid = Grid::between(min, max, power);
            assert!(grid.n() > 0);
            let ends = [grid.value(0), grid.value(grid.n() - 1)];
            assert!(min <= ends[0] && ends[1] <= max);
            let step = 10_f64.powi(power);
            assert!(ends[0] - min < step && max - ends[1] < step);
            for _ in 0..100 {
                let at = rng.next_u64() % grid.n();
                let value = grid.value(at);
                assert_eq!(grid.n_up_to(value), at + 1);
                assert_eq!(grid.n_up_to(value - 0.3 * step), at);
                let text = format!("{value:.6}");
                assert_eq!(text.parse::<f64>().ok(), Some(value), "{power}");
            }
            assert_eq!([grid.n_up_to(-1e9), grid.n_up_to(1e9)], [0, grid.n()]);
        }
    }
}
