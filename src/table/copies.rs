//! Columns of numbers that say again what others say: equal ones, linear ones, and what is computed from others.
//!
//! ```text
//! copy      |r| >= 0.999 (Pearson 1895) over the rows where both have a value
//! computed  c = a + b, a - b, a b, a / b, a / (a + b), the last two as percentages, too, or the sum of several neighbours, within what
//!           rounding leaves open, but for one row in a hundred; or c near a b (within a tenth in nine rows of ten) and |r| >= 0.999
//!           between them
//! ```
//!
//! Of copies the one with the fewest gaps is kept, of equally full ones the first of the file. From 4,000 rows on they are looked for
//! among rows drawn by a hash of their cells, so that the order of the rows changes nothing.

use super::Column;
use super::distinct::mixed;
use super::likeness::Likeness;
use super::name::Name;
use super::row_mark::mark_of;
use crate::numeric::pulse;

/// A column that follows from others, by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Follower {
    pub(super) column: usize,
    pub(super) of: Vec<usize>,
    pub(super) how: Likeness,
}

/// Columns of one value in common are copies from this correlation on.
const CORRELATION: f64 = 0.999;
/// Fewer rows tell nothing.
const LEAST_ROWS: usize = 8;
/// Rows looked at, above which they are drawn.
const ROWS: usize = 2_000;
/// Columns whose cells mark a row.
const MARKING: usize = 4;
/// Columns compared in pairs, and in threes.
const PAIRED: usize = 200;
const TRIED: usize = 60;
/// Rounding may not hide more than this share of a standard deviation.
const ROUNDING: f64 = 0.02;
/// Nor more than this of a share, which is often rounded to whole percents.
const ROUNDING_OF_SHARES: f64 = 0.1;
/// Decimals that are counted; with more a number is not rounded.
const DECIMALS: i32 = 6;

/// A column at the rows looked at.
struct Sampled {
    /// Where it stands in the table.
    at: usize,
    values: Vec<f64>,
    /// Half a unit of the last decimal; 0 where nothing is rounded.
    rounding: f64,
    deviation: f64,
    /// Whether it has more than two values: times yes or no is no amount.
    has_amounts: bool,
    /// Whether its name says that it is computed.
    is_computed: bool,
}

/// Those of the candidates that follow from the others, which keep their place.
pub(super) fn copies(columns: &[Column], candidates: &[usize]) -> Vec<Follower> {
    let chosen = &candidates[..candidates.len().min(PAIRED)];
    let rows = rows_of(columns);
    let sampled: Vec<Sampled> = chosen
        .iter()
        .map(|&at| Sampled::of(at, &columns[at], &rows))
        .collect();
    let mut found = Vec::new();
    let mut rest: Vec<&Sampled> = Vec::new();
    let mut by_gaps: Vec<&Sampled> = sampled.iter().collect();
    by_gaps.sort_by_key(|own| (columns[own.at].missing, own.at));
    for own in by_gaps {
        pulse(rest.len() * rows.len());
        let twin = rest
            .iter()
            .find_map(|&other| Some((other, own.is_like(other)?)));
        match twin {
            Some((other, how)) => found.push(Follower {
                column: own.at,
                of: vec![other.at],
                how,
            }),
            None => rest.push(own),
        }
    }
    rest.sort_by_key(|own| own.at);
    rest.truncate(TRIED);
    while let Some(follower) = computed(&rest) {
        rest.retain(|own| own.at != follower.column);
        found.push(follower);
    }
    found
}

/// The rows looked at: all, or those whose cells have a small hash, in the columns that tell rows apart best.
fn rows_of(columns: &[Column]) -> Vec<usize> {
    let n_rows = columns.first().map_or(0, Column::n_rows);
    let every = (n_rows / ROWS).max(1) as u64;
    if every == 1 {
        return (0..n_rows).collect();
    }
    let mut marking: Vec<&Column> = columns.iter().collect();
    marking.sort_by(|a, b| (b.distinct, &a.name).cmp(&(a.distinct, &b.name)));
    marking.truncate(MARKING);
    pulse(n_rows * marking.len());
    let is_drawn = |row: &usize| {
        let mark = marking
            .iter()
            .fold(0, |mark, column| mark_of(column, *row, mark));
        mixed(mark).is_multiple_of(every)
    };
    let drawn: Vec<usize> = (0..n_rows).filter(is_drawn).collect();
    // Rows that hardly differ are drawn together or not at all.
    if drawn.len() * 4 < ROWS {
        (0..n_rows).collect()
    } else {
        drawn
    }
}

impl Sampled {
    fn of(at: usize, column: &Column, rows: &[usize]) -> Self {
        let values: Vec<f64> = rows.iter().map(|&row| column.numbers[row]).collect();
        let present = || values.iter().copied().filter(|x| !x.is_nan());
        let n = present().count().max(1) as f64;
        let mean = present().sum::<f64>() / n;
        let deviation = (present().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
        let is_round = |decimals: i32| {
            let scale = 10_f64.powi(decimals);
            present().all(|x| {
                (x * scale - (x * scale).round()).abs() <= 1e-9 * (x * scale).abs().max(1.0)
            })
        };
        let first = present().next();
        let second = present().find(|x| Some(*x) != first);
        let has_amounts = present().any(|x| Some(x) != first && Some(x) != second);
        let decimals = (0..DECIMALS).find(|&decimals| is_round(decimals));
        Self {
            at,
            rounding: decimals.map_or(0.0, |decimals| 0.5 * 10_f64.powi(-decimals)),
            deviation,
            has_amounts,
            is_computed: Name::of(&column.name).is_some_and(|name| name.is_computed()),
            values,
        }
    }

    /// Rounding of what is known exactly: whole numbers are counted, not rounded.
    fn own_rounding(&self) -> f64 {
        if self.rounding == 0.5 {
            0.0
        } else {
            self.rounding
        }
    }

    fn is_like(&self, other: &Self) -> Option<Likeness> {
        let correlation = correlation(&self.values, &other.values)?;
        let is_equal = || {
            let both = self.values.iter().zip(&other.values);
            let mut both = both.filter(|(a, b)| !a.is_nan() && !b.is_nan());
            both.all(|(a, b)| a == b)
        };
        (correlation.abs() >= CORRELATION).then(|| {
            if is_equal() {
                Likeness::Equal
            } else {
                Likeness::Linear
            }
        })
    }
}

/// Pearson's correlation over the rows where both have a value, if these are enough.
fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let both = || {
        let both = a.iter().zip(b).filter(|(a, b)| !(**a + **b).is_nan());
        both.map(|(a, b)| (*a, *b))
    };
    let (mut n, mut sums) = (0_usize, [0.0; 2]);
    for (a, b) in both() {
        n += 1;
        sums = [sums[0] + a, sums[1] + b];
    }
    // Two columns that are seldom filled together say nothing of each other.
    let present = [a, b].map(|values| values.iter().filter(|x| !x.is_nan()).count());
    if n < LEAST_ROWS || n * 2 < present[0].min(present[1]) {
        return None;
    }
    let means = sums.map(|sum| sum / n as f64);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (a, b) in both() {
        let (a, b) = (a - means[0], b - means[1]);
        (aa, bb, ab) = (aa + a * a, bb + b * b, ab + a * b);
    }
    let scale = (aa * bb).sqrt();
    (scale > 0.0).then(|| ab / scale)
}

/// Ways to compute a column from two others.
const FORMS: [(Likeness, f64); 7] = [
    (Likeness::Sum, 1.0),
    (Likeness::Difference, 1.0),
    (Likeness::Product, 1.0),
    (Likeness::Ratio, 1.0),
    (Likeness::Ratio, 100.0),
    (Likeness::Share, 1.0),
    (Likeness::Share, 100.0),
];

/// One that is computed from others.
fn computed(columns: &[&Sampled]) -> Option<Follower> {
    let n = columns.len();
    for first in 0..n {
        pulse(n * n * 64);
        for second in first + 1..n {
            for third in second + 1..n {
                if let Some(found) = among([first, second, third], columns) {
                    return Some(found);
                }
            }
        }
    }
    // The later ones first: totals stand behind their parts.
    (0..n).rev().find_map(|place| {
        let of = sum_of_several(place, columns)?;
        Some(Follower {
            column: columns[place].at,
            of,
            how: Likeness::Sum,
        })
    })
}

/// Which of three columns is computed from the other two: one whose name says so, else the last.
fn among(places: [usize; 3], columns: &[&Sampled]) -> Option<Follower> {
    let [first, second, third] = places;
    let mut found = None;
    for (place, a, b) in [
        (first, second, third),
        (second, first, third),
        (third, first, second),
    ] {
        let own = columns[place];
        let mut ways = FORMS.iter().flat_map(|form| [(a, b, form), (b, a, form)]);
        let how = ways.find_map(|(a, b, &(how, scale))| {
            let is_mirrored = a > b && matches!(how, Likeness::Sum | Likeness::Product);
            let follows = !is_mirrored && follows(own, columns[a], columns[b], how, scale);
            follows.then(|| Follower {
                column: own.at,
                of: vec![columns[a].at, columns[b].at],
                how,
            })
        });
        if let Some(how) = how {
            found = Some(how);
            if own.is_computed {
                break;
            }
        }
    }
    found
}

fn apply(how: Likeness, scale: f64, a: f64, b: f64) -> f64 {
    scale
        * match how {
            Likeness::Sum => a + b,
            Likeness::Difference => a - b,
            Likeness::Product => a * b,
            Likeness::Ratio => a / b,
            Likeness::Share => a / (a + b),
            Likeness::Equal | Likeness::Linear => f64::NAN,
        }
}

/// Whether a column is computed from two others in one way, in nearly all rows.
fn follows(own: &Sampled, a: &Sampled, b: &Sampled, how: Likeness, scale: f64) -> bool {
    let has_amounts = a.has_amounts && b.has_amounts && own.has_amounts;
    let is_of_amounts = matches!(how, Likeness::Product | Likeness::Ratio | Likeness::Share);
    if is_of_amounts && !has_amounts {
        return false;
    }
    let (mut seen, mut wrong, mut far) = (0_usize, 0_usize, 0_usize);
    let n = own.values.len();
    let is_product = how == Likeness::Product;
    let most = own.deviation
        * if how == Likeness::Share {
            ROUNDING_OF_SHARES
        } else {
            ROUNDING
        };
    for ((&own_value, &x), &y) in own.values.iter().zip(&a.values).zip(&b.values) {
        let value = apply(how, scale, x, y);
        let is_undefined = own_value.is_nan() || x.is_nan() || y.is_nan();
        // Rows of zeros fit anything, and so does nothing divided by nothing.
        let are_zeros = match how {
            Likeness::Product | Likeness::Ratio => x == 0.0 || y == 0.0,
            Likeness::Share => x == 0.0,
            _ => x == 0.0 && y == 0.0,
        };
        if is_undefined || own_value == 0.0 && are_zeros {
            continue;
        }
        seen += 1;
        let from_parts = match how {
            Likeness::Product => x.abs() * b.own_rounding() + y.abs() * a.own_rounding(),
            Likeness::Ratio => {
                scale * (a.own_rounding() + (x / y).abs() * b.own_rounding()) / y.abs()
            }
            Likeness::Share => {
                let parts = y.abs() * a.own_rounding() + x.abs() * b.own_rounding();
                scale * parts / (x + y).powi(2)
            }
            _ => a.own_rounding() + b.own_rounding(),
        };
        let open = (own.rounding + from_parts).min(most);
        let off = (own_value - value).abs();
        // Also where it is infinite.
        let is_right = off <= open + 1e-9 * value.abs() && value.is_finite();
        wrong += usize::from(!is_right);
        far += usize::from(off > 0.1 * own_value.abs() || !value.is_finite());
        let is_over = |count: usize, share: usize| count * share > n;
        if is_over(wrong, 100) && (!is_product || is_over(far, 10)) {
            return false;
        }
    }
    let filled = own
        .values
        .iter()
        .filter(|x| !x.is_nan() && **x != 0.0)
        .count();
    if seen < LEAST_ROWS || seen * 2 < filled {
        return false;
    }
    if wrong * 100 <= seen {
        return true;
    }
    let product = |(x, y): (&f64, &f64)| x * y;
    let products: Vec<f64> = a.values.iter().zip(&b.values).map(product).collect();
    is_product
        && far * 10 <= seen
        && correlation(&own.values, &products).is_some_and(|r| r >= CORRELATION)
}

/// The three or more neighbours that a column adds up.
fn sum_of_several(place: usize, columns: &[&Sampled]) -> Option<Vec<usize>> {
    let own = columns[place];
    let n_rows = own.values.len();
    for start in 0..columns.len() {
        let mut sums = vec![0.0; n_rows];
        let mut rounding = own.rounding;
        let mut of = Vec::new();
        pulse(n_rows * (columns.len() - start));
        for (at, part) in columns.iter().enumerate().skip(start) {
            if at == place {
                break;
            }
            sums.iter_mut()
                .zip(&part.values)
                .for_each(|(sum, x)| *sum += x);
            rounding += part.own_rounding();
            of.push(part.at);
            let open = rounding.min(ROUNDING * own.deviation);
            if of.len() >= 3 && adds_up(&own.values, &sums, open) {
                return Some(of);
            }
        }
    }
    None
}

fn adds_up(own: &[f64], sums: &[f64], open: f64) -> bool {
    let (mut seen, mut wrong) = (0_usize, 0_usize);
    for (own, sum) in own
        .iter()
        .zip(sums)
        .filter(|(own, sum)| !(**own + **sum).is_nan())
    {
        seen += 1;
        wrong += usize::from((own - sum).abs() > open + 1e-9 * sum.abs());
        if wrong * 100 > sums.len() {
            return false;
        }
    }
    seen >= LEAST_ROWS && seen * 2 >= sums.len() && wrong * 100 <= seen
}

#[cfg(test)]
mod tests;
