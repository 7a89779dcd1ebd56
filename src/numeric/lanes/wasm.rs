//! Four numbers in vector registers of wasm.
#![allow(
    unsafe_code,
    reason = "a vector load needs a pointer; the block says why it is sound"
)]
#![allow(
    clippy::inline_always,
    reason = "a call per operation would cost ten times the operation"
)]
#![allow(clippy::cast_ptr_alignment, reason = "wasm loads need no alignment")]

use core::arch::wasm32::{
    f32x4_add, f32x4_demote_f64x2_zero, f32x4_div, f32x4_extract_lane, f32x4_le, f32x4_mul,
    f32x4_pmax, f32x4_pmin, f32x4_splat, f32x4_sub, f64x2_add, f64x2_div, f64x2_extract_lane,
    f64x2_le, f64x2_lt, f64x2_mul, f64x2_promote_low_f32x4, f64x2_splat, f64x2_sqrt, f64x2_sub,
    i32x4_add, i32x4_shl, i32x4_splat, i64x2_add, i64x2_shl, i64x2_shuffle, i64x2_splat,
    u32x4_extract_lane, u32x4_splat, v128, v128_and, v128_any_true, v128_bitselect, v128_load,
    v128_or, v128_xor,
};

use super::width::LANES;

/// Four numbers.
#[derive(Clone, Copy, Debug)]
pub struct F64x4(v128, v128);

impl F64x4 {
    /// The same number in every lane.
    #[inline(always)]
    pub fn splat(x: f64) -> Self {
        Self(f64x2_splat(x), f64x2_splat(x))
    }

    /// The numbers of an array.
    #[inline(always)]
    pub fn load(values: &[f64; LANES]) -> Self {
        let at = values.as_ptr().cast::<v128>();
        // SAFETY: `values` is 32 readable bytes, two registers; a load of wasm takes any address.
        unsafe { Self(v128_load(at), v128_load(at.add(1))) }
    }

    /// The lanes as an array.
    #[inline(always)]
    pub fn to_array(self) -> [f64; LANES] {
        [
            f64x2_extract_lane::<0>(self.0),
            f64x2_extract_lane::<1>(self.0),
            f64x2_extract_lane::<0>(self.1),
            f64x2_extract_lane::<1>(self.1),
        ]
    }

    /// `self + other`.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Self(f64x2_add(self.0, other.0), f64x2_add(self.1, other.1))
    }

    /// `self - other`.
    #[inline(always)]
    pub fn minus(self, other: Self) -> Self {
        Self(f64x2_sub(self.0, other.0), f64x2_sub(self.1, other.1))
    }

    /// `self * other`.
    #[inline(always)]
    pub fn times(self, other: Self) -> Self {
        Self(f64x2_mul(self.0, other.0), f64x2_mul(self.1, other.1))
    }

    /// `self / other`.
    #[inline(always)]
    pub fn over(self, other: Self) -> Self {
        Self(f64x2_div(self.0, other.0), f64x2_div(self.1, other.1))
    }

    /// Square roots.
    #[inline(always)]
    pub fn sqrt(self) -> Self {
        Self(f64x2_sqrt(self.0), f64x2_sqrt(self.1))
    }

    /// The numbers, rounded to single precision.
    #[inline(always)]
    pub fn to_single(self) -> F32x4 {
        let (low, high) = (
            f32x4_demote_f64x2_zero(self.0),
            f32x4_demote_f64x2_zero(self.1),
        );
        F32x4(i64x2_shuffle::<0, 2>(low, high))
    }

    /// `2^n` where the low bits of each lane hold the whole number `n`, in `[-1022, 1023]`.
    #[inline(always)]
    pub(super) fn power_of_two(self) -> Self {
        let power = |bits| i64x2_shl(i64x2_add(bits, i64x2_splat(1023)), 52);
        Self(power(self.0), power(self.1))
    }

    /// Where `self < bound` the lane of `then`, else that of `otherwise`; NaN is not less.
    #[inline(always)]
    pub fn where_less(self, bound: Self, then: Self, otherwise: Self) -> Self {
        Self(
            v128_bitselect(then.0, otherwise.0, f64x2_lt(self.0, bound.0)),
            v128_bitselect(then.1, otherwise.1, f64x2_lt(self.1, bound.1)),
        )
    }

    /// Whether `self < bound` in some lane; NaN is not.
    #[inline(always)]
    pub fn any_below(self, bound: Self) -> bool {
        v128_any_true(v128_or(
            f64x2_lt(self.0, bound.0),
            f64x2_lt(self.1, bound.1),
        ))
    }

    /// Whether `self <= bound` in some lane; NaN is not.
    #[inline(always)]
    pub fn any_at_most(self, bound: Self) -> bool {
        v128_any_true(v128_or(
            f64x2_le(self.0, bound.0),
            f64x2_le(self.1, bound.1),
        ))
    }
}

/// Four numbers of single precision; results are checked or summed in double precision.
#[derive(Clone, Copy, Debug)]
pub struct F32x4(v128);

impl F32x4 {
    /// The same number in every lane.
    #[inline(always)]
    pub fn splat(x: f32) -> Self {
        Self(f32x4_splat(x))
    }

    /// The numbers of an array.
    #[inline(always)]
    pub fn load(values: &[f32; LANES]) -> Self {
        // SAFETY: `values` is 16 readable bytes, one register; a load of wasm takes any address.
        unsafe { Self(v128_load(values.as_ptr().cast())) }
    }

    /// The lanes as an array.
    #[inline(always)]
    pub fn to_array(self) -> [f32; LANES] {
        [
            f32x4_extract_lane::<0>(self.0),
            f32x4_extract_lane::<1>(self.0),
            f32x4_extract_lane::<2>(self.0),
            f32x4_extract_lane::<3>(self.0),
        ]
    }

    /// `self + other`.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Self(f32x4_add(self.0, other.0))
    }

    /// `self - other`.
    #[inline(always)]
    pub fn minus(self, other: Self) -> Self {
        Self(f32x4_sub(self.0, other.0))
    }

    /// `self * other`.
    #[inline(always)]
    pub fn times(self, other: Self) -> Self {
        Self(f32x4_mul(self.0, other.0))
    }

    /// `self / other`.
    #[inline(always)]
    pub fn over(self, other: Self) -> Self {
        Self(f32x4_div(self.0, other.0))
    }

    /// The same numbers in double precision.
    #[inline(always)]
    pub fn to_double(self) -> F64x4 {
        F64x4(
            f64x2_promote_low_f32x4(self.0),
            f64x2_promote_low_f32x4(i64x2_shuffle::<1, 1>(self.0, self.0)),
        )
    }

    /// `2^n` where the low bits of each lane hold the whole number `n`, in `[-126, 127]`.
    #[inline(always)]
    pub(super) fn power_of_two(self) -> Self {
        Self(i32x4_shl(i32x4_add(self.0, i32x4_splat(127)), 23))
    }

    /// Four times the number with these bits.
    #[inline(always)]
    pub fn splat_bits(bits: u32) -> Self {
        Self(u32x4_splat(bits))
    }

    /// The bits of the lanes.
    #[inline(always)]
    pub fn to_bits(self) -> [u32; LANES] {
        [
            u32x4_extract_lane::<0>(self.0),
            u32x4_extract_lane::<1>(self.0),
            u32x4_extract_lane::<2>(self.0),
            u32x4_extract_lane::<3>(self.0),
        ]
    }

    /// Whether the lanes have just these bits.
    #[inline(always)]
    pub fn has_bits(self, bits: &[u32; LANES]) -> bool {
        // SAFETY: `bits` is 16 readable bytes, one register; a load of wasm takes any address.
        let bits = unsafe { v128_load(bits.as_ptr().cast()) };
        !v128_any_true(v128_xor(self.0, bits))
    }

    /// The bits that both have.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        Self(v128_and(self.0, other.0))
    }

    /// The bits that either has.
    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        Self(v128_or(self.0, other.0))
    }

    /// The larger of both lanes; of `other` where they are equal.
    #[inline(always)]
    pub fn larger(self, other: Self) -> Self {
        Self(f32x4_pmax(other.0, self.0))
    }

    /// The smaller of both lanes; of `other` where they are equal.
    #[inline(always)]
    pub fn smaller(self, other: Self) -> Self {
        Self(f32x4_pmin(other.0, self.0))
    }

    /// Whether `self <= bound` in some lane.
    #[inline(always)]
    pub fn any_at_most(self, bound: Self) -> bool {
        v128_any_true(f32x4_le(self.0, bound.0))
    }
}
