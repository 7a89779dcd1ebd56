//! The rooms whose speed counts. They are a package of their own so that the page can be compiled for size and they for
//! speed; everybody else finds them under the names of the library (`seamline::numeric`, `crate::cluster`, ...).

#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
compile_error!(
    "build with -C target-feature=+simd128: RUSTFLAGS in the environment replaces .cargo/config.toml"
);

pub mod chart;
pub mod cluster;
pub mod numeric;
pub mod quality;
pub mod table;
