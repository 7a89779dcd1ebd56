//! How a column follows from others.

use serde::{Deserialize, Serialize};

/// How a column follows from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// It has the same value in every row.
    Equal,
    /// It rises or falls with another in a straight line.
    Linear,
    /// It is the sum.
    Sum,
    /// It is the first less the second.
    Difference,
    /// It is the product.
    Product,
    /// It is the first by the second, perhaps as a percentage.
    Ratio,
    /// It is the share of the first in the sum of both, perhaps as a percentage.
    Share,
}
