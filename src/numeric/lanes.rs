//! Four numbers at once: vector registers in wasm, an array elsewhere, the same bits from both.
//!
//! Written out because the page is built for size, where the compiler does not vectorise loops by itself. Every operation
//! rounds each lane like its scalar twin; nothing is fused or reassociated, so results do not depend on the platform.
#![allow(
    unsafe_code,
    reason = "a vector load needs a pointer; the block says why it is sound"
)]
#![allow(
    clippy::inline_always,
    reason = "a call per operation would cost ten times the operation"
)]
#![allow(clippy::cast_ptr_alignment, reason = "wasm loads need no alignment")]

/// Number of lanes.
pub const LANES: usize = 4;

pub use platform::{F32x4, F64x4};

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

    /// `exp(self)` for lanes in `[-700, 700]`, to within two units in the last place.
    ///
    /// ```text
    /// x = n ln 2 + r,  |r| <= ln 2 / 2;     exp(x) = 2^n (1 + r + r^2/2! + ... + r^12/12!)
    /// ```
    #[inline(always)]
    pub fn exp(self) -> Self {
        // Adding 1.5 * 2^52 rounds to a whole number, which is then in the low bits.
        let magic = Self::splat(6_755_399_441_055_744.0);
        let shifted = self
            .times(Self::splat(std::f64::consts::LOG2_E))
            .plus(magic);
        let n = shifted.minus(magic);
        // ln 2 in two parts, the first with zeros at its end, so that n times it is exact (Cody & Waite 1980).
        let r = self
            .minus(n.times(Self::splat(f64::from_bits(0x3FE6_2E42_FEE0_0000))))
            .minus(n.times(Self::splat(f64::from_bits(0x3DEA_39EF_3579_3C76))));
        // Neighbours are added first (Estrin 1960): short chains of operations that wait for each other.
        let term = |i: usize| Self::splat(INVERSE_FACTORIALS[i]);
        let pair = |i: usize| term(i).plus(term(i + 1).times(r));
        let (square, fourth) = (r.times(r), r.times(r).times(r.times(r)));
        let four = |i: usize| pair(i).plus(pair(i + 2).times(square));
        let low = four(0).plus(four(4).times(fourth));
        let high = four(8).plus(term(12).times(fourth));
        let sum = low.plus(high.times(fourth.times(fourth)));
        sum.times(shifted.power_of_two())
    }
}

impl F32x4 {
    /// `exp(self)` for lanes in `[-80, 80]`, to within a few units in the last place.
    ///
    /// As in double precision, with terms up to `r^7/7!`.
    #[inline(always)]
    pub fn exp(self) -> Self {
        // Adding 1.5 * 2^23 rounds to a whole number, which is then in the low bits.
        let magic = Self::splat(12_582_912.0);
        let shifted = self
            .times(Self::splat(std::f32::consts::LOG2_E))
            .plus(magic);
        let n = shifted.minus(magic);
        let r = self
            .minus(n.times(Self::splat(f32::from_bits(0x3F31_8000))))
            .minus(n.times(Self::splat(f32::from_bits(0xB95E_8083))));
        let term = |i: usize| Self::splat(INVERSE_FACTORIALS[i] as f32);
        let pair = |i: usize| term(i).plus(term(i + 1).times(r));
        let square = r.times(r);
        let low = pair(0).plus(pair(2).times(square));
        let high = pair(4).plus(pair(6).times(square));
        low.plus(high.times(square.times(square)))
            .times(shifted.power_of_two())
    }
}

/// 1/0!, 1/1!, ..., 1/12!.
const INVERSE_FACTORIALS: [f64; 13] = [
    1.0,
    1.0,
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
];

#[cfg(target_arch = "wasm32")]
mod platform {
    use core::arch::wasm32::{
        f32x4_add, f32x4_demote_f64x2_zero, f32x4_div, f32x4_extract_lane, f32x4_le, f32x4_mul,
        f32x4_pmax, f32x4_pmin, f32x4_splat, f32x4_sub, f64x2_add, f64x2_div, f64x2_extract_lane,
        f64x2_le, f64x2_lt, f64x2_mul, f64x2_promote_low_f32x4, f64x2_splat, f64x2_sqrt, f64x2_sub,
        i32x4_add, i32x4_shl, i32x4_splat, i64x2_add, i64x2_shl, i64x2_shuffle, i64x2_splat,
        u32x4_extract_lane, u32x4_splat, v128, v128_and, v128_any_true, v128_bitselect, v128_load,
        v128_or, v128_xor,
    };

    use super::LANES;

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

    /// Four numbers of single precision, for what double precision goes over again or sums up.
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
}

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use std::array::from_fn;

    use super::LANES;

    /// Whether it holds in some lane. All lanes are asked: that is one comparison of registers, the first that holds would be four.
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
    /// Four numbers of single precision, for what double precision goes over again or sums up.
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_compute_like_numbers() {
        let a = F64x4::load(&[1.0, -2.0, f64::NAN, 9.0]);
        let b = F64x4::splat(4.0);
        assert_eq!(a.plus(b).to_array()[0], 5.0);
        assert_eq!(a.minus(b).times(b).over(b).to_array()[1], -6.0);
        assert_eq!(a.sqrt().to_array()[3], 3.0);
        let least = a.where_less(b, a, b).to_array();
        assert_eq!(least, [1.0, -2.0, 4.0, 4.0]);
        assert!(a.any_at_most(F64x4::splat(-2.0)) && !a.any_at_most(F64x4::splat(-3.0)));
    }

    #[test]
    fn powers_of_e_have_their_digits() {
        for i in -7000..=7000 {
            let x = f64::from(i) * 0.099_99;
            let (found, expected) = (F64x4::splat(x).exp().to_array()[2], libm::exp(x));
            assert!(
                (found - expected).abs() <= 4.0 * f64::EPSILON * expected,
                "{x}: {found} against {expected}"
            );
        }
        assert_eq!(F64x4::splat(0.0).exp().to_array()[0], 1.0);
        for i in -4000..=4000 {
            let x = F64x4::splat(f64::from(i) * 0.02).to_single();
            let expected = libm::exp(x.to_double().to_array()[1]);
            let found = x.exp().to_double().to_array()[3];
            assert!(
                (found - expected).abs() <= 2e-7 * expected,
                "{i}: {found} against {expected}"
            );
        }
    }
}
