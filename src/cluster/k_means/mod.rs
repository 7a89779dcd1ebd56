//! K-Means (Lloyd 1982, IEEE Trans. Inf. Theory 28): the partition with the smallest sum of squared distances to centroids.
//!
//! Greedy k-means++ starts, Lloyd iterations until no label changes, then single-sample moves; the best of `n_init` runs,
//! improved by random swaps. Among many samples runs are screened in single precision on a part of them, and only the best is
//! carried to the end among all.
//! Cost: O(n_init * iterations * n_distinct * n_clusters * n_features) time, O(n_distinct) memory beside the samples.

mod assignment;
mod block;
mod cells;
mod centres;
mod facts;
mod fit;
mod init;
mod lloyd;
mod model;
mod moves;
mod params;
mod run;
mod screen;
mod screened;
mod swaps;
mod thinned;

pub(super) use block::{GROUP, Group};
pub(super) use screen::Screen;

pub use centres::Centres;
pub use facts::FACTS;
pub use fit::KMeans;
pub use model::Model;
pub use params::KMeansParams;
