//! Facts about groups of customers, without words.

mod bands;
mod change;
mod claim;
mod difference;
mod group;
mod merge;
mod profile;
mod range;
mod rule;

pub use bands::{BandCounts, Bands};
pub use change::{Margins, Scope, smallest_joint, smallest_single};
pub use claim::{Checked, Claim, Evidence, Finding, Group, Says, check, insights, spreads};
pub use difference::{Difference, Sides, difference, differences};
pub use group::{GroupSummary, summarise};
pub use merge::{Joining, joining};
pub use profile::{
    Everyone, Level, NumberProfile, ShareProfile, Trait, share_profiles, traits, typical,
};
pub use rule::{Condition, Rule, best_range, best_rule};
