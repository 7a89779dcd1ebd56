//! Judges one clustering.

mod gap;
mod separation;
mod silhouette;

pub use gap::{Gap, chosen_by_gap, gaps};
pub use separation::{Separation, separation};
pub use silhouette::{QualityError, Silhouette, silhouettes};
