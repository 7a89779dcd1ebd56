//! How many numbers there are at once.

/// Number of lanes.
pub const LANES: usize = 4;
