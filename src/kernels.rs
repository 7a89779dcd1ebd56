//! The modules whose speed matters. They are a separate package so that the page is compiled for size and they are compiled for
//! speed; other code uses them under their names in the library (`seamline::numeric`, `crate::cluster`, ...).

#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
compile_error!(
    "build with -C target-feature=+simd128: RUSTFLAGS in the environment replaces .cargo/config.toml"
);

pub mod chart;
pub mod cluster;
pub mod numeric;
pub mod orders;
pub mod quality;
pub mod table;
