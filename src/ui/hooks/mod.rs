//! Small hooks around the browser.

mod address;
mod focus;
mod leaving;
mod number;
mod size;

pub(super) use address::use_address;
pub(super) use focus::focus_quietly;
pub(super) use leaving::{ask_whether, use_question_on_leaving};
pub(super) use number::number_of;
pub(super) use size::use_size;
