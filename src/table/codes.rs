//! Codes for "no answer" among numbers: -1, -99, 9999, 99999999. They stand outside the other values of their column, and repeat or lie
//! far from them.
//!
//! ```text
//! code      -1 to -9, two and more digits that are all 9, 8 or 7 (9999.99 included), what follows from them downwards (98, 97),
//!           the limits of whole numbers in 16 and 32 bits; with a minus too
//! outside   below the least or above the largest of the values that are no codes
//! repeats   twice or more, and farther from the next value than any two neighbours are from each other and a twentieth of their width; a minus among values
//!           without one is as good as far
//! far       once, and farther away than all other values are wide
//! answers   8 and 9 beside a scale 0 or 1 to 3 ... 7 whose values all occur, two steps and more above it, in three columns and more
//! ```

use super::builder::POWERS;
use super::content::is_named_as_quantity;
use super::{Column, ColumnKind, Content, Remark, UnitCount, Warning};
use crate::numeric::order_of_numbers;

/// Fewer other values than this tell nothing.
const LEAST_REST: usize = 5;

/// A value that repeats lies at least this share of the width of the others away from them.
const FAR_SHARE: f64 = 0.05;

/// As many columns of answers make a survey: 9 is no answer to its questions.
const QUESTIONS: usize = 3;
/// The longest scale of answers beside which 8 and 9 are none.
const LONGEST_SCALE: f64 = 7.0;

/// A value that occurs.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Occurring {
    value: f64,
    count: usize,
}

/// Whole negative numbers are values and no codes if these occur: -1, -2 and -3, a bit each.
const FIRST_THREE: u32 = 0b111;

/// Values that look like codes and stand apart in the columns of a file, with the places of their columns. `are_missing` says of which
/// columns codes were made missing: they had some.
pub(super) fn codes_of(columns: &[Column], are_missing: impl Fn(&str) -> bool) -> Vec<Warning> {
    let mut alone: Vec<Option<Remark>> = columns.iter().map(|it| of_column(it, false)).collect();
    let answers: Vec<Vec<Occurring>> = columns.iter().map(no_answers).collect();
    if answers.iter().filter(|it| !it.is_empty()).count() >= QUESTIONS {
        for (about, codes) in alone.iter_mut().zip(answers) {
            if about.is_none() {
                *about = remark_of(&codes);
            }
        }
    }
    let both = columns.iter().zip(&alone);
    let n_coded = both
        .filter(|(column, about)| about.is_some() || are_missing(&column.name))
        .count();
    let pairs = columns.iter().zip(alone);
    let of_file = pairs.filter_map(|(column, about)| {
        // 998 is a code where other columns have codes.
        let is_coded = about.is_some() || are_missing(&column.name);
        let n_others = n_coded - usize::from(is_coded);
        let beside = (n_others > 0).then(|| of_column(column, true)).flatten();
        let about = beside.or(about)?;
        Some(Warning::Remark {
            column: column.name.clone(),
            about,
        })
    });
    of_file.collect()
}

fn of_column(column: &Column, is_beside_codes: bool) -> Option<Remark> {
    let is_quantity = column.kind == ColumnKind::Number
        && !matches!(
            column.content(),
            Content::Key | Content::Contact | Content::Label
        );
    if !is_quantity {
        return None;
    }
    let asked = Asked {
        is_beside_codes,
        counts_pieces: is_named_as_quantity(&column.name),
    };
    remark_of(&codes_among(&column.numbers, asked))
}

fn remark_of(codes: &[Occurring]) -> Option<Remark> {
    let codes: Vec<UnitCount> = codes
        .iter()
        .map(|code| UnitCount {
            unit: code.value.to_string(),
            count: code.count,
        })
        .collect();
    (!codes.is_empty()).then_some(Remark::MissingCodes {
        codes,
        is_missing: false,
    })
}

/// The 8 and 9 of a column of answers on a shorter scale.
fn no_answers(column: &Column) -> Vec<Occurring> {
    if column.kind != ColumnKind::Number || column.distinct > 10 {
        return Vec::new();
    }
    let mut counts = [0_usize; 10];
    for x in column.numbers.iter().filter(|x| !x.is_nan()) {
        let place = (x.fract() == 0.0 && *x >= 0.0).then_some(*x as usize);
        let Some(count) = place.and_then(|place| counts.get_mut(place)) else {
            return Vec::new();
        };
        *count += 1;
    }
    let first = usize::from(counts[0] == 0);
    let scale = counts[first..].iter().take_while(|count| **count > 0);
    let last = first + scale.count();
    let (Some(largest), true) = (last.checked_sub(1), last >= 4) else {
        return Vec::new();
    };
    let beyond = (largest + 1..10).filter(|&value| counts[value] > 0);
    let codes: Vec<Occurring> = beyond
        .map(|value| Occurring {
            value: value as f64,
            count: counts[value],
        })
        .collect();
    let are_codes = codes
        .iter()
        .all(|code| code.value >= 8.0 && code.value >= largest as f64 + 2.0);
    if are_codes && largest as f64 <= LONGEST_SCALE {
        codes
    } else {
        Vec::new()
    }
}

/// What is known of a column beside its numbers.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    /// Whether other columns of the file have codes.
    is_beside_codes: bool,
    /// Whether its name counts pieces, of which those that are given back have a minus.
    counts_pieces: bool,
}

/// Whether the whole numbers from -9 to -1 are values: they run on from -1, or count pieces that were given back.
fn are_values(numbers: &[f64], asked: Asked) -> bool {
    let small = numbers.iter().filter(|x| is_small_minus(**x));
    // A bit for each that occurs, that of -1 last.
    let bits = small.fold(0_u32, |bits, x| bits | 1 << (x.abs() as u32 - 1));
    let wanted = if asked.counts_pieces { 1 } else { FIRST_THREE };
    bits & wanted == wanted
}

fn is_small_minus(x: f64) -> bool {
    (-9.0..=-1.0).contains(&x) && x.fract() == 0.0
}

fn codes_among(numbers: &[f64], asked: Asked) -> Vec<Occurring> {
    // Most columns have no such value at all.
    if !numbers.iter().any(|&x| is_code(x)) {
        return Vec::new();
    }
    let has_minus = !are_values(numbers, asked);
    let present: Vec<f64> = numbers.iter().copied().filter(|x| x.is_finite()).collect();
    let order = order_of_numbers(present.len(), |i| present[i]);
    let (mut codes, mut rest): (Vec<Occurring>, Vec<Occurring>) = (Vec::new(), Vec::new());
    for value in order.iter().map(|&i| present[i as usize]) {
        let list = if is_code(value) && (has_minus || !is_small_minus(value)) {
            &mut codes
        } else {
            &mut rest
        };
        match list.last_mut() {
            Some(last) if last.value == value => last.count += 1,
            _ => list.push(Occurring { value, count: 1 }),
        }
    }
    let (Some(least), Some(most)) = (rest.first(), rest.last()) else {
        return Vec::new();
    };
    let (least, most) = (least.value, most.value);
    let n_rest: usize = rest.iter().map(|it| it.count).sum();
    if n_rest < LEAST_REST || rest.len() < 2 {
        return Vec::new();
    }
    let gaps = rest.windows(2).map(|pair| pair[1].value - pair[0].value);
    let widest = gaps.fold(0.0, f64::max);
    let is_apart = |code: &Occurring| {
        let gap = (least - code.value).max(code.value - most);
        let is_only_minus = code.value < 0.0 && least >= 0.0;
        let is_wide = gap > widest && gap >= FAR_SHARE * (most - least);
        let repeats = code.count >= 2 && (is_wide || is_only_minus);
        gap > 0.0 && (repeats || gap > most - least)
    };
    codes.retain(is_apart);
    // 98 and 97 are codes where 99 is one: alone they are values.
    let has_nines = |code: &Occurring| {
        let x = code.value.abs();
        codes
            .iter()
            .any(|it| it.value.abs() > x && it.value.abs() - x <= 2.0 && is_nines(it.value.abs()))
    };
    codes
        .iter()
        .copied()
        .filter(|code| !is_below_nines(code.value) || asked.is_beside_codes || has_nines(code))
        .collect()
}

/// Whether a number is one of those that stand for "no answer". Asked of every number of a file, hence without writing it.
fn is_code(x: f64) -> bool {
    const LIMITS: [f64; 4] = [32_767.0, 65_535.0, 2_147_483_647.0, 4_294_967_295.0];
    let size = x.abs();
    if size < 77.0 {
        return is_small_minus(x);
    }
    // Prices end in .99: only large amounts with decimals are codes.
    let digits = match x.fract() == 0.0 {
        true => size,
        false if size > 7_777.0 && (size * 100.0).round() / 100.0 == size => (size * 100.0).round(),
        false => return false,
    };
    let may_be = matches!(digits % 100.0, 99.0 | 98.0 | 97.0 | 88.0 | 77.0);
    may_be && (is_repdigit(digits) || is_below_nines(x))
        || LIMITS.contains(&size)
        || matches!(x, -32_768.0 | -2_147_483_648.0)
}

/// 98, 97, 998, 997 and so on.
fn is_below_nines(x: f64) -> bool {
    let size = x.abs();
    size < 1e9 && (is_nines(size + 1.0) || is_nines(size + 2.0))
}

/// Whether all digits of a whole number, at least two, are 9.
fn is_nines(x: f64) -> bool {
    POWERS[2..].contains(&(x + 1.0))
}

/// Whether all digits of a whole number, at least two, are 9, 8 or 7.
fn is_repdigit(x: f64) -> bool {
    let nines = POWERS[2..].iter().map(|power| power - 1.0);
    is_nines(x)
        || nines
            .map(|nines| nines / 9.0)
            .any(|ones| x == 8.0 * ones || x == 7.0 * ones)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(numbers: &[f64]) -> Vec<f64> {
        found_in(numbers, Asked::default())
    }

    fn found_in(numbers: &[f64], asked: Asked) -> Vec<f64> {
        let codes = codes_among(numbers, asked);
        codes.iter().map(|code| code.value).collect()
    }

    fn with(rest: impl Iterator<Item = f64>, codes: &[f64]) -> Vec<f64> {
        found(&rest.chain(codes.iter().copied()).collect::<Vec<_>>())
    }

    #[test]
    fn codes_repeat_outside_the_rest_or_lie_far_from_it() {
        let ages = || (20..80).map(f64::from);
        assert_eq!(with(ages(), &[999.0]), [999.0]);
        assert_eq!(with(ages(), &[99.0, 99.0]), [99.0]);
        assert_eq!(with(ages(), &[98.0, 99.0, 99.0, 98.0]), [98.0, 99.0]);
        assert_eq!(with(ages(), &[-1.0, -1.0]), [-1.0]);
        assert_eq!(with(ages(), &[-99.0]), [-99.0]);
        let incomes = || (0..60).map(|i| 23_441.0 + 611.3 * f64::from(i));
        let both = [9_999.0, 9_999.0, 99_999_999.0];
        assert_eq!(with(incomes(), &both), [9_999.0, 99_999_999.0]);
        let days = || (0..60).map(|i| f64::from(i * i % 301));
        assert_eq!(with(days(), &[-1.0; 40]), [-1.0]);
        assert_eq!(with(days(), &[9_999.0; 90]), [9_999.0]);
        let scale = || (0..60).map(|i| f64::from(i % 7 + 1));
        assert_eq!(with(scale(), &[-99.0, -99.0, 88.0, 88.0]), [-99.0, 88.0]);
    }

    #[test]
    fn values_that_the_column_reaches_are_no_codes() {
        let counts = || (0..200).map(f64::from);
        assert!(with(counts(), &[99.0; 9]).is_empty());
        // The largest of a scale.
        assert!(with((0..97).map(f64::from), &[98.0, 99.0, 99.0]).is_empty());
        let balances = || (-50..50).map(|i| f64::from(i) * 31.7);
        assert!(with(balances(), &[-1.0, -1.0, -99.0]).is_empty());
        // Yes and no, and a change by one.
        assert!(found(&[1.0, -1.0, 1.0, -1.0, -1.0, 1.0, 1.0]).is_empty());
        assert!(with(counts(), &[-1.0]).is_empty());
        let prices = || (0..90).map(|i| 9.99 + 45.0 * f64::from(i));
        assert!(with(prices(), &[99.99, 99.99, 999.99]).is_empty());
        let cheap = || (0..60).map(|i| 9.99 + f64::from(i % 5) * 10.0);
        assert!(with(cheap(), &[99.99, 99.99, 999.99, 999.99]).is_empty());
    }

    #[test]
    fn nine_is_no_answer_to_the_questions_of_a_survey() {
        let told = |n_questions: usize, largest: usize, codes: &[usize]| {
            let heads = (1..=n_questions).map(|at| format!("q{at}"));
            let mut text = heads.collect::<Vec<_>>().join(",");
            for row in 0..120 {
                let answer = |at: usize| match codes.get(row + at) {
                    Some(code) => code.to_string(),
                    None => ((row + row / (at + 2)) % largest + 1).to_string(),
                };
                text.push('\n');
                text.push_str(&(0..n_questions).map(answer).collect::<Vec<_>>().join(","));
            }
            let table = super::super::read_csv(text.as_bytes()).unwrap();
            codes_of(&table.columns, |_| false).len()
        };
        assert_eq!(told(4, 5, &[9, 9, 9, 9, 9, 9]), 4);
        assert_eq!(told(4, 5, &[8, 9, 9, 8, 9, 9]), 4);
        // Two columns are no survey, 9 goes on from 8, and 6 is one more order.
        assert_eq!(told(2, 5, &[9, 9, 9, 9, 9, 9]), 0);
        assert_eq!(told(4, 8, &[9, 9, 9, 9, 9, 9]), 0);
        assert_eq!(told(4, 5, &[6, 9, 9, 7, 9, 9]), 0);
    }

    #[test]
    fn pieces_that_are_given_back_are_no_codes() {
        let bought = || (0..60).map(|i| f64::from(i % 8 + 1));
        let back = [-1.0, -2.0, -3.0, -1.0, -2.0, -3.0];
        assert!(with(bought(), &back).is_empty());
        // Two, or some with a gap between them, are answers that were not given.
        assert_eq!(with(bought(), &[-1.0, -2.0, -1.0, -2.0]), [-2.0, -1.0]);
        assert_eq!(
            with(bought(), &[-7.0, -8.0, -9.0, -7.0, -8.0, -9.0]),
            [-9.0, -8.0, -7.0]
        );
        let pieces = Asked {
            counts_pieces: true,
            ..Asked::default()
        };
        let numbers = |codes: &[f64]| bought().chain(codes.iter().copied()).collect::<Vec<_>>();
        assert!(found_in(&numbers(&[-1.0, -2.0, -1.0, -2.0]), pieces).is_empty());
        assert_eq!(found_in(&numbers(&[-9.0, -9.0]), pieces), [-9.0]);
        // A code stays one beside pieces that are given back.
        assert_eq!(
            with(bought(), &[back.as_slice(), &[-99.0]].concat()),
            [-99.0]
        );
    }

    #[test]
    fn a_number_below_nines_is_a_code_where_other_columns_have_some() {
        let minutes: Vec<f64> = (10..70).map(f64::from).chain([998.0; 5]).collect();
        assert!(found(&minutes).is_empty());
        let beside = Asked {
            is_beside_codes: true,
            ..Asked::default()
        };
        assert_eq!(found_in(&minutes, beside), [998.0]);
        // A code of its own does not hide it.
        let own: Vec<f64> = minutes.iter().copied().chain([-1.0; 3]).collect();
        let texts = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>();
        let mut other: Vec<f64> = (0..62).map(f64::from).collect();
        other.extend([999.0; 6]);
        let rows = texts(&own).into_iter().zip(texts(&other));
        let rows: Vec<String> = rows.map(|(a, b)| format!("{a},{b}\n")).collect();
        let table =
            super::super::read_csv(format!("minutes,calls\n{}", rows.concat()).as_bytes()).unwrap();
        let values = codes_of(&table.columns, |_| false)
            .into_iter()
            .map(|warning| match warning {
                Warning::Remark {
                    about: Remark::MissingCodes { codes, .. },
                    ..
                } => codes.into_iter().map(|it| it.unit).collect::<Vec<_>>(),
                _ => Vec::new(),
            });
        let values: Vec<Vec<String>> = values.collect();
        assert_eq!(
            values,
            [
                vec!["-1".to_owned(), "998".to_owned()],
                vec!["999".to_owned()]
            ]
        );
        // Nor does making the codes of the other column missing.
        let answered = other.iter().map(|&x| if x == 999.0 { f64::NAN } else { x });
        let mut columns = table.columns.clone();
        columns[1].numbers = answered.collect::<Vec<f64>>().into();
        let n = |is_answered: bool| codes_of(&columns, |name| is_answered && name == "calls").len();
        assert_eq!([n(false), n(true)], [1, 1]);
        let told = codes_of(&columns, |name| name == "calls");
        assert!(format!("{told:?}").contains("998"), "{told:?}");
    }
}
