//! Which rows of a table the models see, and what stands in for values that are missing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::numeric::order_of_numbers;
use crate::table::{Table, is_missing_mark};

/// What becomes of rows without a value in some feature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The models do not see them.
    #[default]
    LeaveOut,
    /// The median of the column stands in; in a category its most frequent value.
    Median,
    /// The most frequent value of the column stands in, the lowest of several.
    Mode,
}

/// What becomes of rows that repeat an earlier one in every cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeats {
    /// Each is a customer.
    #[default]
    Keep,
    /// The models see the first of them only.
    First,
}

/// The rows that are looked at before values are: all, or all but repeats.
pub(super) fn rows_of(table: &Table, repeats: Repeats) -> Vec<usize> {
    let left_out: &[u32] = match repeats {
        Repeats::Keep => &[],
        Repeats::First => &table.repeated,
    };
    let mut left_out = left_out.iter().peekable();
    let is_first = |row: &usize| {
        left_out
            .next_if(|&&repeat| repeat as usize == *row)
            .is_none()
    };
    (0..table.n_rows()).filter(is_first).collect()
}

/// Numbers with those that are missing filled in from the others; as they are where there are no others.
pub(super) fn filled(values: &[f64], missing: Missing) -> Cow<'_, [f64]> {
    let present = || values.iter().copied().filter(|x| !x.is_nan());
    let fill = if missing == Missing::LeaveOut || !values.iter().any(|x| x.is_nan()) {
        None
    } else if missing == Missing::Median {
        median(&present().collect::<Vec<_>>())
    } else {
        mode(&present().collect::<Vec<_>>())
    };
    let Some(fill) = fill else {
        return values.into();
    };
    let with_fill = |&x: &f64| if x.is_nan() { fill } else { x };
    values.iter().map(with_fill).collect()
}

fn median(values: &[f64]) -> Option<f64> {
    let order = order_of_numbers(values.len(), |i| values[i]);
    let at = |place: usize| order.get(place).map(|&i| values[i as usize]);
    let half = values.len() / 2;
    match values.len() % 2 {
        0 => Some(f64::midpoint(at(half.checked_sub(1)?)?, at(half)?)),
        _ => at(half),
    }
}

fn mode(values: &[f64]) -> Option<f64> {
    let order = order_of_numbers(values.len(), |i| values[i]);
    let sorted = order.iter().map(|&i| values[i as usize]);
    let (mut best, mut run) = (None, (f64::NAN, 0));
    for x in sorted {
        run = if x == run.0 { (x, run.1 + 1) } else { (x, 1) };
        if best.is_none_or(|(_, count)| run.1 > count) {
            best = Some(run);
        }
    }
    best.map(|(x, _)| x)
}

/// The most frequent of the texts that are not missing, the first of several in the order of the alphabet.
pub(super) fn most_frequent<'a>(texts: impl Iterator<Item = Cow<'a, str>>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts.filter(|text| !is_missing_mark(text)) {
        match counts.get_mut(text.trim()) {
            Some(count) => *count += 1,
            None => {
                counts.insert(text.trim().to_owned(), 1);
            }
        }
    }
    // Of equals the last is taken: the first from behind.
    let most = counts.into_iter().rev().max_by_key(|&(_, count)| count);
    most.map(|(text, _)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_filled_from_the_others() {
        let values = [3.0, f64::NAN, 1.0, 1.0, 7.0, f64::NAN];
        assert_eq!(filled(&values, Missing::Median)[1], 2.0);
        assert_eq!(filled(&values, Missing::Mode)[5], 1.0);
        assert!(filled(&values, Missing::LeaveOut)[1].is_nan());
        assert!(filled(&[f64::NAN], Missing::Median)[0].is_nan());
        let odd = [5.0, 9.0, f64::NAN, 2.0];
        assert_eq!(filled(&odd, Missing::Median)[2], 5.0);
        let tied = [2.0, 1.0, 2.0, 1.0, f64::NAN];
        assert_eq!(filled(&tied, Missing::Mode)[4], 1.0);
        let texts = ["b", "a", "?", "b ", "a", "c"];
        let most = most_frequent(texts.into_iter().map(Cow::from));
        assert_eq!(most.as_deref(), Some("a"));
    }
}
