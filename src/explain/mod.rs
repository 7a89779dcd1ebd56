//! Facts about groups of customers, for the screen to word.

mod bands;
mod difference;
mod group;
mod rule;

pub use bands::{BandCounts, Bands};
pub use difference::{Difference, difference};
pub use group::{GroupSummary, summarise};
pub use rule::{Condition, Rule, best_range, best_rule};
