//! What can be done: decisions and steps back and forth, files, requests to the engine, and its answers.

mod decide;
mod files;
mod fits;
mod hear;
mod questions;
mod selection;

pub(in crate::ui) use decide::Step;
pub(super) use files::Sources;
pub(in crate::ui) use selection::SelectMode;
