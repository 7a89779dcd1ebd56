//! Judges one clustering.

mod dip;
mod gap;
mod separation;
mod silhouette;

pub use dip::{dip, dip_p};
pub use gap::{Gap, References, chosen_by_gap, gaps, references};
pub use separation::{Separation, separation};
pub use silhouette::{QualityError, Silhouette, silhouettes};
