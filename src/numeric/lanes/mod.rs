//! Four numbers at once: vector registers in wasm, an array elsewhere, the same bits from both.
//!
//! Written by hand because the page is compiled for size, which turns automatic vectorisation off. Every operation rounds each
//! lane like its scalar twin; nothing is fused or reassociated, so results do not depend on the platform.

#[cfg(not(target_arch = "wasm32"))]
mod array;
mod compare;
mod exp;
#[cfg(target_arch = "wasm32")]
mod wasm;
mod width;

#[cfg(not(target_arch = "wasm32"))]
pub use array::{F32x4, F64x4};
#[cfg(target_arch = "wasm32")]
pub use wasm::{F32x4, F64x4};
pub use width::LANES;

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
}
