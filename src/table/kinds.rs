//! What the cells of a column are, by their number, their values and the name.

use super::ColumnKind;
use super::content::{
    CUSTOMERS, Content, Spread, Values, is_named_as_contact, is_named_as_postcode, key_name,
};
use super::context::Context;
use super::name::KeyName;
use super::occurrences::Occurrences;

/// A column named like an identifier is one if at least this share of its values is unique.
const IDENTIFIER_SHARE: f64 = 0.9;
/// The same for a first column of texts, some of which repeat.
const REPEATED_IDENTIFIER_SHARE: f64 = 0.4;
/// A column with more distinct values than this, and more than half as many as rows, is text and not a category.
const MAX_CATEGORIES: usize = 50;

/// What is known of a column before its kind is.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is seen for itself, and several can hold"
)]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    pub(super) rows: usize,
    /// Rows with a value.
    pub(super) present: usize,
    pub(super) distinct: usize,
    pub(super) are_codes: bool,
    /// Whether each is a text that ends with a digit, as numbers of papers and cards do.
    pub(super) are_numbered: bool,
    pub(super) is_date: bool,
    pub(super) is_numeric: bool,
    /// Times of the day, which name nobody.
    pub(super) are_times: bool,
    /// Lists of entries, which are different without naming anybody.
    pub(super) are_lists: bool,
    /// Cells in which digits are lost.
    pub(super) damaged: Option<Occurrences>,
}

impl Found {
    pub(super) fn kind(&self, name: &str, values: &[f64], context: Context) -> ColumnKind {
        let Self {
            rows,
            present,
            distinct,
            are_codes,
            are_numbered,
            is_date,
            is_numeric,
            are_times,
            are_lists,
            damaged,
        } = *self;
        let is_damaged = damaged.is_some_and(|damaged| damaged.is_most_of(present));
        let chosen = context.kind.filter(|&kind| {
            let is_there = kind != ColumnKind::Empty && present > 0;
            is_there && (kind != ColumnKind::Number || is_numeric)
        });
        if let Some(kind) = chosen {
            return kind;
        }
        // Of the rows, not of the cells that are filled: a note typed beside the table identifies nobody.
        let identifies = present > 0 && distinct as f64 >= IDENTIFIER_SHARE * rows as f64;
        let is_filled = !is_mostly_empty(present, rows);
        let often_differs = distinct as f64 >= REPEATED_IDENTIFIER_SHARE * present as f64;
        let is_first = context.is_first;
        let values_are = Values {
            present,
            distinct,
            numbers: Spread::of(values).filter(|_| is_numeric),
            is_damaged,
        };
        let key = key_name(name);
        // In a short file amounts run from 1 on by chance: the name decides.
        let is_nameless = key.is_some() || !name.contains(char::is_alphabetic);
        let names_customers = if is_numeric {
            // Decimals and small numbers are no keys, whatever the name.
            Content::of(name, &values_are) == Content::Key && is_filled
                || is_damaged && is_first && identifies
                || is_first && are_a_run(values, distinct) && (rows > CUSTOMERS || is_nameless)
        } else {
            let is_key = key.is_some_and(|key| values_are.are_keys(key));
            (is_key || is_named_as_contact(name) && values_are.are_keys(KeyName::Sure)) && is_filled
                || identifies
                    && !are_lists
                    && (is_first || rows > MAX_CATEGORIES)
                    && !is_named_as_postcode(name)
        };
        // An identifier that repeats gets a warning; it does not become a category.
        let may_repeat = !is_numeric
            && is_filled
            && match key {
                Some(KeyName::Customer) => {
                    distinct > CUSTOMERS
                        || present > 2 && (often_differs || are_codes && distinct > 2)
                }
                Some(KeyName::Sure) => {
                    distinct > MAX_CATEGORIES || is_first && present > 2 && often_differs
                }
                Some(KeyName::Weak) => distinct > MAX_CATEGORIES && (are_codes || are_numbered),
                None => false,
            };
        if present == 0 {
            ColumnKind::Empty
        } else if is_date {
            ColumnKind::Date
        } else if (may_repeat || names_customers) && !are_times {
            ColumnKind::Identifier
        } else if is_numeric {
            ColumnKind::Number
        } else if distinct <= MAX_CATEGORIES.max(rows / 2).min(1000)
            && (rows < 10 || distinct * 2 <= rows.max(20))
            && (is_filled || (distinct as f64) < IDENTIFIER_SHARE * present as f64)
        {
            ColumnKind::Category
        } else {
            ColumnKind::Text
        }
    }
}

/// Whether most rows have no value: leaving those out would leave few customers.
pub(super) fn is_mostly_empty(present: usize, rows: usize) -> bool {
    present * 2 < rows
}

/// Whether the values are 1, 2, 3, ... or another run of whole numbers without gaps, each once, in any order.
fn are_a_run(numbers: &[f64], distinct: usize) -> bool {
    let n = numbers.len();
    let (least, most) = numbers
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), &x| {
            (least.min(x), most.max(x))
        });
    let are_whole = numbers.iter().all(|x| x.fract() == 0.0);
    n > 2 && distinct == n && are_whole && most - least == (n - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::are_a_run;
    use crate::table::{ColumnKind, read_csv};

    #[test]
    fn a_short_first_column_of_amounts_is_no_identifier_because_it_runs_on() {
        let kind = |name: &str, n: usize| {
            let rows = (0..n).map(|i| format!("{},{}\n", (i * 7) % n + 1, i * i % 11));
            let text = format!("{name},spend\n{}", rows.collect::<String>());
            read_csv(text.as_bytes()).unwrap().columns[0].kind
        };
        assert_eq!(kind("visits", 5), ColumnKind::Number);
        assert_eq!(kind("#", 5), ColumnKind::Identifier);
        assert_eq!(kind("row", 40), ColumnKind::Identifier);
    }

    #[test]
    fn a_run_has_every_number_once_in_any_order() {
        assert!(are_a_run(&[1.0, 2.0, 3.0], 3));
        assert!(are_a_run(&[3.0, 1.0, 2.0], 3));
        assert!(!are_a_run(&[1.0, 2.0, 2.0], 2));
        assert!(!are_a_run(&[1.0, 2.0, 4.0], 3));
        assert!(!are_a_run(&[1.0, 1.5, 2.0, 4.0], 4));
        assert!(!are_a_run(&[1.0, f64::NAN, 3.0], 2));
        assert!(!are_a_run(&[1.0, 2.0], 2));
    }
}
