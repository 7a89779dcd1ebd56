//! What passes the filters, counted and profiled: every number on the dashboard comes from here.

mod filtered;
mod profiles;
mod rows;

pub use filtered::{View, ViewFacts};
pub use profiles::{Profile, each_once};
pub use rows::RowSet;
