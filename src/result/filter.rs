//! Conditions on columns: they hide customers, or keep them out of the models.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A condition on one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Filter {
    /// From `min` to `max` inclusive; missing numbers do not pass.
    Range {
        /// Smallest value that passes.
        min: f64,
        /// Largest value that passes.
        max: f64,
    },
    /// One of these categories, by code; missing values do not pass.
    Values {
        /// Codes of the values that pass.
        codes: BTreeSet<u32>,
    },
}

/// The filters by column name. All must pass.
pub type Filters = BTreeMap<String, Filter>;

/// The values that filters look at, one per row: those of a feature as the models use them, or else those of a column.
pub trait FilterValues {
    /// The numbers of a feature or column of that name, NaN where missing; `None` without such numbers.
    fn numbers_of(&self, name: &str) -> Option<&[f64]>;
    /// The codes of a category of that name, `u32::MAX` where missing; `None` if it is none.
    fn codes_of(&self, name: &str) -> Option<Cow<'_, [u32]>>;
}

/// Keeps the rows of a mask that pass all filters, apart from that of `except`; computed column by column. A filter without values
/// lets everyone pass. This is the one definition of who passes: for what is shown, and for what the models use.
pub fn keep_passing(
    mask: &mut [bool],
    filters: &Filters,
    except: Option<&str>,
    values: &dyn FilterValues,
) {
    let others = filters.iter();
    for (name, filter) in others.filter(|(name, _)| Some(name.as_str()) != except) {
        match filter {
            Filter::Range { min, max } => {
                let numbers = values.numbers_of(name).unwrap_or_default();
                for (passes, x) in mask.iter_mut().zip(numbers) {
                    *passes &= (min..=max).contains(&x);
                }
            }
            Filter::Values { codes } => {
                let of_row = values.codes_of(name).unwrap_or_default();
                // A table is asked faster than a set, and there are as many questions as rows.
                let codes_there = of_row.iter().filter(|&&code| code != u32::MAX).max();
                let n_codes = codes_there.map_or(0, |&last| last + 1);
                let is_wanted: Vec<bool> = (0..n_codes).map(|it| codes.contains(&it)).collect();
                for (passes, &code) in mask.iter_mut().zip(of_row.iter()) {
                    *passes &= is_wanted.get(code as usize).is_some_and(|is| *is);
                }
            }
        }
    }
}
