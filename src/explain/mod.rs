//! Facts about groups of customers, without words.

mod bands;
mod change;
mod claim;
mod difference;
mod grid;
mod group;
mod judge;
mod line;
mod merge;
mod nearest;
mod profile;
mod quadric;
mod range;
mod rule;
mod search;
mod superiority;

pub use bands::{BandCounts, Bands};
pub use change::{Found, smallest_changes};
pub use claim::{Basis, Checked, Claim, Evidence, Finding, Group, NotShown, Says, Test, WhyCut};
pub use difference::{Difference, Sides, difference, differences};
pub use grid::Grid;
pub use group::{GroupSummary, summarise};
pub use judge::{
    Candidate, FEWEST, Grouped, LEVEL, beyond_chance, check, insights, leader, p_values, spreads,
};
pub use merge::{Joining, joining};
pub use profile::{
    Everyone, Level, NumberProfile, ShareProfile, Trait, share_profiles, traits, typical,
};
pub use rule::{Condition, Rule, best_range, best_rule};
pub use search::{Margins, Scope};
