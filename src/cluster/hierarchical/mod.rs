//! Agglomerative clustering: every sample starts alone, the two nearest clusters merge until one is left.

mod condensed;
mod cophenetic;
mod dendrogram;
mod facts;
mod fit;
mod linkage;
mod model;
mod params;
mod ward;

pub use dendrogram::{Dendrogram, Step};
pub use facts::FACTS;
pub use fit::{Hierarchical, MAX_EXACT, tree_of_distances};
pub use linkage::Linkage;
pub use model::Model;
pub use params::HierarchicalParams;
pub use ward::{prepare_ward, ward};
