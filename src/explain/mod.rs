//! Facts about groups of customers, without words.

mod bands;
mod change;
mod claim;
mod difference;
mod group;
mod judge;
mod merge;
mod profile;
mod range;
mod rule;
mod superiority;

pub use bands::{BandCounts, Bands};
pub use change::{Margins, Scope, smallest_joint, smallest_single};
pub use claim::{Basis, Checked, Claim, Evidence, Finding, Group, Says, Test, WhyCut};
pub use difference::{Difference, Sides, difference, differences};
pub use group::{GroupSummary, summarise};
pub use judge::{Grouped, beyond_chance, check, insights, spreads};
pub use merge::{Joining, joining};
pub use profile::{
    Everyone, Level, NumberProfile, ShareProfile, Trait, share_profiles, traits, typical,
};
pub use rule::{Condition, Rule, best_range, best_rule};
