//! Facts about groups of customers, for the screen to word.

mod bands;
mod group;

pub use bands::{BandCounts, Bands};
pub use group::{GroupSummary, summarise};
