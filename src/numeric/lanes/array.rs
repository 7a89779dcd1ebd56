//! Four numbers in an array, where there is no wasm.
#![allow(
    clippy::inline_always,
    reason = "a call per operation would cost ten times the operation"
)]

use std::array::from_fn;

use super::width::LANES;

/// Whether it holds in some lane. All lanes are tested: without an early exit this is one comparison of registers, not four.
#[inline(always)]
fn any(holds: impl Fn(usize) -> bool) -> bool {
    (0..LANES).fold(false, |any, i| any | holds(i))
}

/// Four numbers.
#[derive(Clone, Copy, Debug)]
pub struct F64x4([f64; LANES]);

impl F64x4 {
    /// The same number in every lane.
    #[inline(always)]
    pub fn splat(x: f64) -> Self {
        Self([x; LANES])
    }

    /// The numbers of an array.
    #[inline(always)]
    pub fn load(values: &[f64; LANES]) -> Self {
        Self(*values)
    }

    /// The lanes as an array.
    #[inline(always)]
    pub fn to_array(self) -> [f64; LANES] {
        self.0
    }

    /// `self + other`.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] + other.0[i]))
    }

    /// `self - other`.
    #[inline(always)]
    pub fn minus(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] - other.0[i]))
    }

    /// `self * other`.
    #[inline(always)]
    pub fn times(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] * other.0[i]))
    }

    /// `self / other`.
    #[inline(always)]
    pub fn over(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] / other.0[i]))
    }

    /// Square roots.
    #[inline(always)]
    pub fn sqrt(self) -> Self {
        Self(self.0.map(f64::sqrt))
    }

    /// The numbers, rounded to single precision.
    #[inline(always)]
    pub fn to_single(self) -> F32x4 {
        F32x4(self.0.map(|x| x as f32))
    }

    /// `2^n` where the low bits of each lane hold the whole number `n`, in `[-1022, 1023]`.
    #[inline(always)]
    pub(super) fn power_of_two(self) -> Self {
        Self(
            self.0
                .map(|x| f64::from_bits(x.to_bits().wrapping_add(1023) << 52)),
        )
    }

    /// Where `self < bound` the lane of `then`, else that of `otherwise`; NaN is not less.
    #[inline(always)]
    pub fn where_less(self, bound: Self, then: Self, otherwise: Self) -> Self {
        Self(from_fn(|i| {
            if self.0[i] < bound.0[i] {
                then.0[i]
            } else {
                otherwise.0[i]
            }
        }))
    }

    /// Whether `self < bound` in some lane; NaN is not.
    #[inline(always)]
    pub fn any_below(self, bound: Self) -> bool {
        any(|i| self.0[i] < bound.0[i])
    }

    /// Whether `self <= bound` in some lane; NaN is not.
    #[inline(always)]
    pub fn any_at_most(self, bound: Self) -> bool {
        any(|i| self.0[i] <= bound.0[i])
    }
}
/// Four numbers of single precision; results are checked or summed in double precision.
#[derive(Clone, Copy, Debug)]
pub struct F32x4([f32; LANES]);

impl F32x4 {
    /// The same number in every lane.
    #[inline(always)]
    pub fn splat(x: f32) -> Self {
        Self([x; LANES])
    }

    /// The numbers of an array.
    #[inline(always)]
    pub fn load(values: &[f32; LANES]) -> Self {
        Self(*values)
    }

    /// The lanes as an array.
    #[inline(always)]
    pub fn to_array(self) -> [f32; LANES] {
        self.0
    }

    /// `self + other`.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] + other.0[i]))
    }

    /// `self - other`.
    #[inline(always)]
    pub fn minus(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] - other.0[i]))
    }

    /// `self * other`.
    #[inline(always)]
    pub fn times(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] * other.0[i]))
    }

    /// `self / other`.
    #[inline(always)]
    pub fn over(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] / other.0[i]))
    }

    /// The same numbers in double precision.
    #[inline(always)]
    pub fn to_double(self) -> F64x4 {
        F64x4(self.0.map(f64::from))
    }

    /// `2^n` where the low bits of each lane hold the whole number `n`, in `[-126, 127]`.
    #[inline(always)]
    pub(super) fn power_of_two(self) -> Self {
        Self(
            self.0
                .map(|x| f32::from_bits(x.to_bits().wrapping_add(127) << 23)),
        )
    }

    /// Four times the number with these bits.
    #[inline(always)]
    pub fn splat_bits(bits: u32) -> Self {
        Self([f32::from_bits(bits); LANES])
    }

    /// The bits of the lanes.
    #[inline(always)]
    pub fn to_bits(self) -> [u32; LANES] {
        self.0.map(f32::to_bits)
    }

    /// Whether the lanes have just these bits.
    #[inline(always)]
    pub fn has_bits(self, bits: &[u32; LANES]) -> bool {
        self.to_bits() == *bits
    }

    /// The bits that both have.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        Self(from_fn(|i| {
            f32::from_bits(self.0[i].to_bits() & other.0[i].to_bits())
        }))
    }

    /// The bits that either has.
    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        Self(from_fn(|i| {
            f32::from_bits(self.0[i].to_bits() | other.0[i].to_bits())
        }))
    }

    /// The larger of both lanes; of `other` where they are equal.
    #[inline(always)]
    pub fn larger(self, other: Self) -> Self {
        Self(from_fn(|i| {
            if other.0[i] < self.0[i] {
                self.0[i]
            } else {
                other.0[i]
            }
        }))
    }

    /// The smaller of both lanes; of `other` where they are equal.
    #[inline(always)]
    pub fn smaller(self, other: Self) -> Self {
        Self(from_fn(|i| {
            if self.0[i] < other.0[i] {
                self.0[i]
            } else {
                other.0[i]
            }
        }))
    }

    /// Whether `self <= bound` in some lane.
    #[inline(always)]
    pub fn any_at_most(self, bound: Self) -> bool {
        any(|i| self.0[i] <= bound.0[i])
    }
}
