//! What the user can do, and what happens when the worker answers.

mod files;
mod filters;
mod questions;
mod settings;

pub(in crate::ui) use filters::SelectMode;
