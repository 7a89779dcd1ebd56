//! Small hooks around the browser.

mod size;

pub(super) use size::use_size;
