//! Which rows of a table go to the models, and what replaces missing values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::numeric::order_of_numbers;
use crate::table::{Table, is_missing_mark};

/// What happens to rows that lack a value in some feature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// They are left out of the models.
    #[default]
    LeaveOut,
    /// Filled with the median of the column, or the most frequent value of a category.
    Median,
    /// Filled with the most frequent value of the column; the lowest on a tie.
    Mode,
}

/// What happens to rows that repeat an earlier one in every cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeats {
    /// Each counts as a customer.
    #[default]
    Keep,
    /// Only the first of them goes to the models.
    First,
}

/// The rows before values are checked: all, or all but repeats.
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

/// The numbers with missing ones filled in from the others; unchanged if all are missing.
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

/// The most frequent text that is not missing; the alphabetically first on a tie.
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
    // `max_by_key` takes the last of equals, so the order is reversed.
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
