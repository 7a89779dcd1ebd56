//! Agglomerative clustering: every sample starts alone, the two nearest clusters merge until one is left.

mod dendrogram;
mod ward;

pub use dendrogram::{Dendrogram, Step};
pub use ward::ward;
