//! The models: samples in, labels and what the model learnt out.
//!
//! All models run on [`Samples`]: the distinct rows in ascending order with their multiplicities. Equal rows cannot be told
//! apart by any model here, so merging them changes no result, and the fixed order makes every result independent of the
//! order of the file, to the bit.

mod alternate;
mod apart;
mod error;
mod facts;
mod fit;
mod forest;
pub mod gaussian_mixture;
pub mod hdbscan;
pub mod hierarchical;
pub mod k_means;
mod k_medians;
mod key;
mod labels;
mod metric;
mod model;
mod neighbours;
mod options;
mod registry;
mod samples;
pub mod spanning_tree;
mod spherical_k_means;

pub use alternate::Partition;
pub use error::{FitError, ParamsError, Spike};
pub use facts::{ModelFacts, NumberOption, NumberRule, Placing};
pub use fit::{Fit, FitJob, FitKey, Partitioned, Scale};
pub use k_medians::{k_medians, median_point};
pub use key::ModelKey;
pub use labels::{Labels, NOISE};
pub use metric::{Metric, unit};
pub use model::ClusterModel;
pub use options::{ModelNumbers, ModelOptions};
pub use registry::{FACTS, MODELS};
pub use samples::Samples;
pub use spherical_k_means::{mean_direction, spherical_k_means};
