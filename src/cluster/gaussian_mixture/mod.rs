//! Gaussian mixture (Dempster, Laird & Rubin 1977, J. R. Stat. Soc. B 39): every segment is a normal distribution, and every
//! sample belongs to each with some probability.
//!
//! Expectation and maximisation from many starts, given partitions and random ones (`many`); the likeliest run that has not
//! collapsed (`collapse`) is kept.
//! Cost per iteration: O(n_distinct * n_clusters * n_features^2) time, O(n_clusters * n_features^2) memory beside the samples.

mod blocks;
mod collapse;
mod component;
mod densities;
mod em;
mod facts;
mod fit;
mod many;
mod maximise;
mod merging;
mod model;
mod params;
mod run;
mod start;

pub(super) use blocks::Blocks;

pub use component::Component;
pub use facts::FACTS;
pub use fit::GaussianMixture;
pub use merging::Saddle;
pub use model::Model;
pub use params::{CovarianceType, GaussianMixtureParams};
