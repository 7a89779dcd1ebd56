//! Comparisons that hold in all lanes, made from those that hold in any.
#![allow(
    clippy::inline_always,
    reason = "a call per operation would cost ten times the operation"
)]

use super::F64x4;

impl F64x4 {
    /// Whether every lane is below `bound`.
    #[inline(always)]
    pub fn all_below(self, bound: Self) -> bool {
        !bound.any_at_most(self)
    }

    /// Whether no lane is above `bound`; no lane is NaN.
    #[inline(always)]
    pub fn all_at_most(self, bound: Self) -> bool {
        !bound.any_below(self)
    }
}
