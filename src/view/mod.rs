//! What passes the filters, counted and profiled: every number on the dashboard comes from here.

mod filtered;
mod handfuls;
mod order;
mod places;
mod profiles;
mod row_step;
mod rows;
mod separating;
mod virtual_rows;

pub use filtered::{View, ViewFacts};
pub use handfuls::{Handfuls, Unplaceable, handfuls, unplaceable};
pub use order::{ListOrder, SortValues};
pub use places::SegmentPlace;
pub use profiles::{Profile, each_once};
pub use row_step::RowStep;
pub use rows::RowSet;
pub use virtual_rows::{Place, VirtualRows, Window};
