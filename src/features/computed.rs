//! Columns of a file that are computed from others in it: they follow when those change.
//!
//! A column is known by its values: `a / b`, `a - b`, `a + b`, `a b`, `ln a`, `ln(1 + a)` or a straight line over `a` (`linear`) in every row that has
//! them, up to its own decimals, or up to 1e-9 of itself where it has more than six; a sum or difference also up to the decimals of its
//! terms, where that is little beside its width. Of columns that could each be computed from the others, the one with more decimals
//! is, then the wider one, then the last by name, whatever their order in the file: a ratio from its parts, a total from its terms. None
//! follows itself. Cost: O(columns^2) for the first rows, which nearly always show that nothing fits, then O(rows); files of more than
//! 100 columns of numbers are not searched.

use super::linear::{Line, Written};
use crate::numeric::{decimals_of, in_steps, of_steps, pulse, sorted_by};
use crate::table::{Column, ColumnKind, Table};

/// Fewer values than these may fit by chance.
const LEAST_ROWS: usize = 10;
const LEAST_DISTINCT: usize = 5;
/// More columns are not searched: their pairs take too long.
const MOST_COLUMNS: usize = 100;
/// Steps per value that is looked at.
const STEPS: usize = 8;
/// Largest error of a column without rounding, relative to its terms.
const ROUNDING: f64 = 1e-9;

/// Rounding of terms is accepted up to this share of the width of their sum: chance fits no ten rows so well.
const LEAST_WIDTHS: f64 = 1e-3;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Formula {
    Ratio,
    Difference,
    Sum,
    Product,
    Log,
    Log1p,
    Line(Line),
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
            Self::Log1p => libm::log1p(a),
            Self::Line(line) => line.value(a),
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

/// A column of numbers.
struct Ranked<'a> {
    column: &'a Column,
    decimals: Option<i32>,
    width: f64,
}

impl Ranked<'_> {
    fn written(&self) -> Written<'_> {
        Written {
            values: &self.column.numbers,
            decimals: self.decimals,
            width: self.width,
        }
    }
}

/// The computed columns of a table.
pub struct Formulas<'a> {
    found: Vec<(&'a str, Computed)>,
}

impl<'a> Formulas<'a> {
    /// Looks at all columns of numbers, those first that are rather computed from others than the others from them.
    pub fn of(table: &'a Table) -> Self {
        let mut formulas = Self { found: Vec::new() };
        let is_number = |it: &&Column| it.kind == ColumnKind::Number && it.distinct > 1;
        let columns: Vec<&Column> = table.columns.iter().filter(is_number).collect();
        if columns.len() > MOST_COLUMNS {
            return formulas;
        }
        let rank = |column: &&'a Column| {
            let present = column.numbers.iter().copied().filter(|x| !x.is_nan());
            let ends = (f64::INFINITY, f64::NEG_INFINITY);
            let (min, max) = present.clone().fold(ends, |(a, b), x| (a.min(x), b.max(x)));
            pulse(STEPS * column.numbers.len());
            Ranked {
                column,
                decimals: decimals_of(present),
                width: max - min,
            }
        };
        let ranked: Vec<Ranked> = columns.iter().map(rank).collect();
        let decimals = |it: &Ranked| it.decimals.unwrap_or(i32::MAX);
        let ranked = sorted_by(ranked, |a, b| {
            let by_width = a.width.total_cmp(&b.width);
            let by_name = a.column.name.cmp(&b.column.name);
            decimals(a).cmp(&decimals(b)).then(by_width).then(by_name)
        });
        for it in ranked.iter().rev() {
            if let Some(computed) = formulas.search(it, &ranked) {
                formulas.found.push((&it.column.name, computed));
            }
        }
        formulas
    }

    fn search(&self, of: &Ranked, ranked: &[Ranked]) -> Option<Computed> {
        if of.column.distinct < LEAST_DISTINCT {
            return None;
        }
        let others = || {
            let own = &of.column.name;
            let others = ranked.iter();
            others.filter(move |it| it.column.name != *own && !self.follows(&it.column.name, own))
        };
        let computed = |formula: Formula, [a, b]: [&Ranked; 2]| Computed {
            sources: [a.column.name.clone(), b.column.name.clone()],
            formula,
            decimals: of.decimals,
        };
        let made = |formula: Formula, pair: [&Ranked; 2]| {
            is_computed(of, formula, pair).then(|| computed(formula, pair))
        };
        let on_line = |a: &Ranked| {
            let line = Line::of(of.written(), a.written(), LEAST_ROWS)?;
            Some(computed(Formula::Line(line), [a, a]))
        };
        let of_one = others().find_map(|a| {
            let mut logs = [Formula::Log, Formula::Log1p].into_iter();
            let log = logs.find_map(|formula| made(formula, [a, a]));
            log.or_else(|| on_line(a))
        });
        of_one.or_else(|| {
            let pairs = others().flat_map(|a| others().map(move |b| [a, b]));
            let mut pairs = pairs.filter(|[a, b]| a.column.name != b.column.name);
            pairs.find_map(|pair| OF_TWO.into_iter().find_map(|formula| made(formula, pair)))
        })
    }

    /// Whether a column is computed from another, at any remove.
    fn follows(&self, name: &str, other: &str) -> bool {
        let sources = self.column(name).map(|it| it.sources);
        let mut sources = sources.into_iter().flatten();
        sources.any(|source| source == other || self.follows(&source, other))
    }

    /// How a column is computed; `None` where it is not, as far as its values show.
    pub fn column(&self, name: &str) -> Option<Computed> {
        let mut found = self.found.iter();
        let (_, computed) = found.find(|(known, _)| *known == name)?;
        Some(computed.clone())
    }
}

impl Formulas<'_> {
    /// Each computed column before the two that it is computed from.
    pub fn relations(&self) -> impl Iterator<Item = [&str; 3]> {
        let found = self.found.iter();
        found.map(|(name, computed)| {
            let [a, b] = &computed.sources;
            [*name, a.as_str(), b.as_str()]
        })
    }
}

impl Computed {
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

fn is_computed(of: &Ranked, formula: Formula, [a, b]: [&Ranked; 2]) -> bool {
    let mut half = of.written().half();
    let with_terms = half + a.written().half() + b.written().half();
    let has_terms = matches!(formula, Formula::Sum | Formula::Difference);
    if has_terms && with_terms <= LEAST_WIDTHS * of.width {
        half = with_terms;
    }
    let (mut n, mut n_undefined) = (0, 0);
    for (value, (a, b)) in of
        .column
        .numbers
        .iter()
        .zip(a.column.numbers.iter().zip(b.column.numbers.iter()))
    {
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

    const NAMES: [&str; 10] = [
        "id", "a", "b", "ratio", "gap", "total", "product", "log", "own", "small",
    ];

    /// The columns in the order of `places`.
    fn table(places: &[usize], with_noise: bool) -> Table {
        let mut rng = Rng::new(15);
        let line = |cells: &[String]| {
            let cells: Vec<&str> = places.iter().map(|&at| cells[at].as_str()).collect();
            cells.join(",") + "\n"
        };
        let mut text = line(&NAMES.map(str::to_owned));
        for i in 0..60 {
            let (a, b) = (f64::from(20 + rng.below(900) as u32) / 10.0, rng.below(40));
            let b = b as f64;
            let noise = if with_noise && i == 55 { 0.5 } else { 0.0 };
            text += &line(&[
                format!("k{i}"),
                a.to_string(),
                b.to_string(),
                (a / b + noise).to_string(),
                (a - b + noise).to_string(),
                format!("{:.1}", b + a + 100.0 + noise),
                format!("{:.1}", a * b + noise),
                (libm::log(a) + noise).to_string(),
                format!("{:.3}", rng.normal()),
                (i % 2).to_string(),
            ]);
        }
        read_csv(text.as_bytes()).unwrap()
    }

    const AS_NAMED: [usize; 10] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    #[test]
    fn computed_columns_are_known_by_their_values_in_any_order() {
        for places in [AS_NAMED, [0, 7, 6, 5, 9, 4, 3, 8, 2, 1]] {
            let table = table(&places, false);
            let formulas = Formulas::of(&table);
            let sources = |name: &str| {
                let mut sources = formulas.column(name)?.sources;
                sources.sort();
                Some(sources)
            };
            let of = |a: &str, b: &str| Some([a.to_owned(), b.to_owned()]);
            assert_eq!(sources("ratio"), of("a", "b"));
            assert_eq!(sources("gap"), of("a", "b"));
            assert_eq!(sources("product"), of("a", "b"));
            assert_eq!(sources("log"), of("a", "a"));
            // A constant lies between the total and the sum.
            for own in ["a", "b", "total", "own", "small", "id", "nothing"] {
                assert_eq!(sources(own), None, "{own}");
            }
            let value = |name: &str, of| formulas.column(name).unwrap().value(of);
            assert_eq!(value("ratio", [10.0, 4.0]), 2.5);
            assert!(!value("ratio", [10.0, 0.0]).is_finite());
            assert!(!value("log", [0.0, 0.0]).is_finite());
        }
    }

    #[test]
    fn a_total_follows_its_terms_and_is_rounded_as_it_is() {
        let mut rng = Rng::new(1);
        let mut text = "sum,x,y,mean,count\n".to_owned();
        for _ in 0..40 {
            let (x, y) = (rng.below(100) as f64 / 10.0, rng.below(100) as f64 / 10.0);
            let mean = (x + y) / (1.0 + x).round();
            let (sum, count) = (x + y, (1.0 + x).round());
            writeln!(text, "{sum:.1},{x:.1},{y:.1},{mean:.1},{count}").unwrap();
        }
        let table = read_csv(text.as_bytes()).unwrap();
        let formulas = Formulas::of(&table);
        let sum = formulas.column("sum").unwrap();
        assert_eq!(sum.value([1.04, 2.0]), 3.0);
        // A mean that is rounded is known, though the sum cannot be had from it.
        let mean = formulas.column("mean").unwrap();
        assert_eq!(mean.sources, ["sum", "count"]);
        assert_eq!(mean.value([10.0, 3.0]), 3.3);
        assert!(formulas.column("x").is_none() && formulas.column("y").is_none());
    }

    #[test]
    fn a_copy_in_another_unit_and_a_sum_of_rounded_terms_follow() {
        let mut rng = Rng::new(2);
        let mut text = "id,a,b,sum,twice,own\n".to_owned();
        for i in 0..40 {
            let (a, b, own) = (9.0 * rng.normal(), 9.0 * rng.normal(), rng.normal());
            let (sum, twice) = (a + b, 2.0 * a);
            writeln!(text, "k{i},{a:.3},{b:.3},{sum:.3},{twice:.3},{own:.3}").unwrap();
        }
        let table = read_csv(text.as_bytes()).unwrap();
        let formulas = Formulas::of(&table);
        let follows: Vec<&str> = formulas.found.iter().map(|(name, _)| *name).collect();
        assert_eq!(follows.len(), 2, "{follows:?}");
        let twice = formulas.column("twice").unwrap();
        assert_eq!(twice.sources, ["a", "a"]);
        assert!((twice.value([-1.907, -1.907]) + 3.814).abs() < 0.0025);
        // Of three columns of which each is had from the others the widest is the total, whatever it is called.
        assert!(formulas.column("sum").is_some() && formulas.column("a").is_none());
        assert!(!follows.contains(&"own"));
    }

    #[test]
    fn one_row_that_does_not_fit_is_enough() {
        let table = table(&AS_NAMED, true);
        let formulas = Formulas::of(&table);
        for name in ["ratio", "gap", "product", "log"] {
            assert_eq!(formulas.column(name), None, "{name}");
        }
    }
}
