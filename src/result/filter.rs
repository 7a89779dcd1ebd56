//! Conditions on columns that hide customers.

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
