//! Numbers without domain words: matrices, statistics, seeded random numbers.

mod curve;
mod decimal;
mod eigen;
mod lanes;
mod matrix;
mod minimum;
mod order;
mod pulse;
mod rng;
mod stats;
mod turn;
mod yeo_johnson;

pub use curve::along_curve;
pub use decimal::{EXACT, decimals_of, in_steps, of_steps};
pub use eigen::symmetric_eigen;
pub use lanes::{F32x4, F64x4, LANES};
pub use matrix::{Matrix, squared_euclidean};
pub use minimum::minimum_within;
pub use order::{
    Tied, map_of, order_by, order_of_keys, order_of_numbers, set_of, sort_numbers, sort_ties,
    sorted_by, tied_ranks,
};
pub use pulse::{on_pulse, pulse};
pub use rng::Rng;
pub use stats::{
    FiveNumbers, Moments, Sum, five_numbers, normal_share_below, quantile_of_sorted, skewness,
};
pub use turn::point_at;
pub use yeo_johnson::{yeo_johnson, yeo_johnson_lambda};
