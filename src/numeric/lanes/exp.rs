//! The exponential function on lanes.
#![allow(
    clippy::inline_always,
    reason = "a call per operation would cost ten times the operation"
)]

use super::{F32x4, F64x4};

impl F64x4 {
    /// `exp(self)` for lanes in `[-700, 700]`, to within two units in the last place.
    ///
    /// ```text
    /// x = n ln 2 + r,  |r| <= ln 2 / 2;     exp(x) = 2^n (1 + r + r^2/2! + ... + r^12/12!)
    /// ```
    #[inline(always)]
    pub fn exp(self) -> Self {
        // Adding 1.5 * 2^52 rounds to a whole number and leaves it in the low bits.
        let magic = Self::splat(6_755_399_441_055_744.0);
        let shifted = self
            .times(Self::splat(std::f64::consts::LOG2_E))
            .plus(magic);
        let n = shifted.minus(magic);
        // ln 2 in two parts; the first ends in zero bits, so that n times it is exact (Cody & Waite 1980).
        let r = self
            .minus(n.times(Self::splat(f64::from_bits(0x3FE6_2E42_FEE0_0000))))
            .minus(n.times(Self::splat(f64::from_bits(0x3DEA_39EF_3579_3C76))));
        // Neighbouring terms are added first (Estrin 1960), which keeps dependency chains short.
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
        // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
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

#[cfg(test)]
mod tests {
    use super::*;

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
