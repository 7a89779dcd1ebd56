//! The number of lanes.

/// Number of lanes.
pub const LANES: usize = 4;
