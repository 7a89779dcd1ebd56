//! Numbers without domain words: matrices, statistics, seeded random numbers.

mod lanes;
mod matrix;
mod rng;
mod stats;

pub use lanes::{F32x4, F64x4, LANES};
pub use matrix::{Matrix, squared_euclidean};
pub use rng::Rng;
pub use stats::{FiveNumbers, Moments, Sum, five_numbers, quantile_of_sorted};
