//! A group of customers compared with everyone, column by column.

use serde::{Deserialize, Serialize};

use crate::numeric::{FiveNumbers, five_numbers};

/// Spread of one numeric column in a group and among everyone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupSummary {
    /// Name of the column.
    pub column: String,
    /// The group; `None` when no member has a value.
    pub group: Option<FiveNumbers>,
    /// Everyone, the group included.
    pub everyone: Option<FiveNumbers>,
}

/// Summarises `values` (NaN where missing) for the rows of `group` and for those of `everyone`.
pub fn summarise(
    column: &str,
    values: &[f64],
    group: &[usize],
    everyone: &[usize],
) -> GroupSummary {
    let of = |rows: &[usize]| five_numbers(rows.iter().filter_map(|&row| values.get(row).copied()));
    GroupSummary {
        column: column.to_owned(),
        group: of(group),
        everyone: of(everyone),
    }
}
