//! Compared with verified numbers: scikit-learn 1.9.1 and SciPy 1.17.1, from the shared test data.
#![allow(
    clippy::unwrap_used,
    clippy::format_collect,
    reason = "a test may stop where it stands"
)]

mod customers;
mod kernels;
#[path = "../support/mod.rs"]
mod support;
