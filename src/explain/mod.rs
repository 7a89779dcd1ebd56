//! Facts about groups of customers, for the screen to word.

mod bands;
mod change;
mod difference;
mod group;
mod merge;
mod rule;

pub use bands::{BandCounts, Bands};
pub use change::{Margins, Scope, smallest_joint, smallest_single};
pub use difference::{Difference, difference};
pub use group::{GroupSummary, summarise};
pub use merge::{Joining, joining};
pub use rule::{Condition, Rule, best_range, best_rule};
