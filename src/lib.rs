//! Seamline segments customers with several models and shows on whom the models disagree.
//!
//! A room may only use rooms to its left; `tests/architecture.rs` reads the source and fails otherwise:
//! `numeric <- table <- features <- cluster <- {quality, agreement} <- explain <- analysis <- export <- worker <- ui`, and
//! `chart` uses nothing but `numeric`. All rooms but `worker::{client, codec, server}` and `ui` are pure: no page, no clock,
//! no thread, no output. The data go one way: bytes, table, features, models, comparison, facts, message, screen.

#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
compile_error!(
    "build with -C target-feature=+simd128: RUSTFLAGS in the environment replaces .cargo/config.toml"
);

pub mod agreement;
pub mod analysis;
pub mod chart;
pub mod cluster;
pub mod explain;
pub mod export;
pub mod features;
pub mod numeric;
pub mod quality;
pub mod table;
pub mod ui;
pub mod worker;
