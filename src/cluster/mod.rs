//! The models: samples in, labels and what the model learnt out.
//!
//! Both models run on [`Samples`]: the distinct rows in ascending order with their multiplicities. Equal rows cannot be told
//! apart by any model here, so merging them changes no result, and the fixed order makes every result independent of the
//! order of the file, to the bit.

mod error;
pub mod gaussian_mixture;
pub mod hierarchical;
pub mod k_means;
mod metric;
mod samples;

pub use error::{FitError, ParamsError};
pub use metric::Metric;
pub use samples::{Labels, Samples};
