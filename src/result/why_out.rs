//! Why a row of the file is not in the models.

use serde::{Deserialize, Serialize};

use super::{Comparison, FilterValues, Settings};
use crate::features::Repeats;

/// Why a row is not in the models; where several reasons hold, the first of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyOut {
    /// The user leaves it out.
    ByHand,
    /// It repeats an earlier row, and repeats are left out.
    Repeat,
    /// A feature has no value for it.
    NoValue,
    /// It does not pass the filters that decide whom the models use.
    Outside,
}

impl WhyOut {
    /// Why a row is not in the models of a result; `None` if it is. `repeated` are the rows that repeat an earlier one, ascending.
    pub fn of(
        comparison: &Comparison,
        row: usize,
        repeated: &[u32],
        values: &dyn FilterValues,
    ) -> Option<Self> {
        if comparison.is_in(row) {
            return None;
        }
        let Settings {
            left_out,
            repeats,
            only,
            ..
        } = &comparison.settings;
        let at = row as u32;
        let lacks = |name: &String| {
            let number = values.numbers_of(name).map(|it| it[row].is_nan());
            number.or_else(|| Some(values.codes_of(name)?[row] == u32::MAX)) == Some(true)
        };
        Some(if left_out.contains(&at) {
            Self::ByHand
        } else if *repeats == Repeats::First && repeated.binary_search(&at).is_ok() {
            Self::Repeat
        } else if only.is_empty() || comparison.features.iter().any(lacks) {
            Self::NoValue
        } else {
            Self::Outside
        })
    }

    /// The word for it in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::ByHand => "by_hand",
            Self::Repeat => "repeat",
            Self::NoValue => "no_value",
            Self::Outside => "outside_filters",
        }
    }
}
