//! What passes the filters, counted and profiled: every number on the dashboard comes from here.

mod filtered;
mod profiles;

pub use filtered::{View, ViewFacts};
pub use profiles::{Profile, each_once};
