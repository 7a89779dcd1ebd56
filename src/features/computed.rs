//! Columns of a file that are computed from others in it: they follow when those change.
//!
//! A column is known by its values: `a / b`, `a - b`, `a + b`, `a b` or `ln a` in every row that has them, up to its own decimals, or
//! up to 1e-9 of itself where it has more than six. What it is computed from stands before it in the file, so that no column follows
//! itself. Cost: O(columns^2) for the first row that does not fit, then O(rows).

use crate::numeric::{decimals_of, in_steps, of_steps, pulse};
use crate::table::{Column, ColumnKind, Table};

/// Fewer values than these may fit by chance.
const LEAST_ROWS: usize = 10;
const LEAST_DISTINCT: usize = 5;
/// Largest error of a column without rounding, relative to its terms.
const ROUNDING: f64 = 1e-9;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Formula {
    Ratio,
    Difference,
    Sum,
    Product,
    Log,
}

const OF_TWO: [Formula; 4] = [
    Formula::Ratio,
    Formula::Difference,
    Formula::Sum,
    Formula::Product,
];

impl Formula {
    fn value(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Ratio => a / b,
            Self::Difference => a - b,
            Self::Sum => a + b,
            Self::Product => a * b,
            Self::Log => libm::log(a),
        }
    }
}

/// How a column is computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Computed {
    /// Names of the two columns that it is computed from; twice the same where it is one.
    pub sources: [String; 2],
    formula: Formula,
    /// Its decimals, if it is rounded.
    decimals: Option<i32>,
}

impl Computed {
    /// How a column of a table is computed; `None` where it is not, as far as its values show.
    pub fn of(table: &Table, name: &str) -> Option<Self> {
        let place = table.columns.iter().position(|it| it.name == name)?;
        let column = &table.columns[place];
        if column.kind != ColumnKind::Number || column.distinct < LEAST_DISTINCT {
            return None;
        }
        let before = table.columns[..place].iter();
        let before: Vec<&Column> = before
            .filter(|it| it.kind == ColumnKind::Number && it.distinct > 1)
            .collect();
        let values = &column.numbers;
        let present = values.iter().copied().filter(|x| !x.is_nan());
        let decimals = decimals_of(present);
        let fits = |formula: Formula, a: &Column, b: &Column| {
            is_computed(values, decimals, formula, [&a.numbers, &b.numbers])
        };
        let made = |formula: Formula, a: &Column, b: &Column| {
            fits(formula, a, b).then(|| Self {
                sources: [a.name.clone(), b.name.clone()],
                formula,
                decimals,
            })
        };
        let of_one = || before.iter().find_map(|a| made(Formula::Log, a, a));
        let of_two = || {
            let pairs = before
                .iter()
                .flat_map(|a| before.iter().map(move |b| (a, b)));
            let mut pairs = pairs.filter(|(a, b)| a.name != b.name);
            pairs.find_map(|(a, b)| OF_TWO.into_iter().find_map(|formula| made(formula, a, b)))
        };
        of_one().or_else(of_two)
    }

    /// Its value for those of its sources, rounded as the column is; not finite where it is undefined.
    pub fn value(&self, [a, b]: [f64; 2]) -> f64 {
        let value = self.formula.value(a, b);
        let Some(decimals) = self.decimals.filter(|_| value.is_finite()) else {
            return value;
        };
        let steps = libm::round(in_steps(value, -decimals));
        of_steps(steps as i64, -decimals)
    }
}

fn is_computed(
    values: &[f64],
    decimals: Option<i32>,
    formula: Formula,
    [a, b]: [&[f64]; 2],
) -> bool {
    let half = decimals.map_or(0.0, |decimals| 0.5 * of_steps(1, -decimals));
    let (mut n, mut n_undefined) = (0, 0);
    for (value, (a, b)) in values.iter().zip(a.iter().zip(b)) {
        if value.is_nan() {
            continue;
        }
        let made = formula.value(*a, *b);
        if !made.is_finite() {
            n_undefined += 1;
            continue;
        }
        let size = value.abs() + a.abs().min(b.abs());
        if (value - made).abs() > half + ROUNDING * size {
            return false;
        }
        n += 1;
        if n % 4_096 == 0 {
            pulse(4_096);
        }
    }
    n >= LEAST_ROWS && n > n_undefined
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::numeric::Rng;
    use crate::table::read_csv;

    fn table(with_noise: bool) -> Table {
        let mut rng = Rng::new(15);
        let mut text = "id,a,b,ratio,gap,total,product,log,own,small\n".to_owned();
        for i in 0..60 {
            let (a, b) = (f64::from(20 + rng.below(900) as u32) / 10.0, rng.below(40));
            let b = b as f64;
            let noise = if with_noise && i == 55 { 0.5 } else { 0.0 };
            writeln!(
                text,
                "k{i},{a},{b},{},{},{:.1},{:.1},{},{:.3},{}",
                a / b + noise,
                a - b + noise,
                b + a + noise,
                a * b + noise,
                libm::log(a) + noise,
                rng.normal(),
                i % 2
            )
            .unwrap();
        }
        read_csv(text.as_bytes()).unwrap()
    }

    #[test]
    fn computed_columns_are_known_by_their_values() {
        let table = table(false);
        let sources = |name: &str| Computed::of(&table, name).map(|it| it.sources);
        let of = |a: &str, b: &str| Some([a.to_owned(), b.to_owned()]);
        assert_eq!(sources("ratio"), of("a", "b"));
        assert_eq!(sources("gap"), of("a", "b"));
        assert_eq!(sources("total"), of("a", "b"));
        assert_eq!(sources("product"), of("a", "b"));
        assert_eq!(sources("log"), of("a", "a"));
        for own in ["a", "b", "own", "small", "id", "nothing"] {
            assert_eq!(sources(own), None, "{own}");
        }
        let value = |name: &str, of| Computed::of(&table, name).unwrap().value(of);
        assert_eq!(value("ratio", [10.0, 4.0]), 2.5);
        assert_eq!(value("total", [10.04, 4.0]), 14.0);
        assert!(!value("ratio", [10.0, 0.0]).is_finite());
        assert!(!value("log", [0.0, 0.0]).is_finite());
    }

    #[test]
    fn one_row_that_does_not_fit_is_enough() {
        let table = table(true);
        for name in ["ratio", "gap", "total", "product", "log"] {
            assert_eq!(Computed::of(&table, name), None, "{name}");
        }
    }
}
