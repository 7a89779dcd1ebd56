//! What can be done: decisions and steps back and forth, files, requests to the engine, and its answers.

mod decide;
mod files;
mod fits;
mod hear;
mod keep;
mod projects;
mod questions;
mod saving;
mod selection;

pub(in crate::ui) use decide::Step;
pub(in crate::ui) use selection::SelectMode;
