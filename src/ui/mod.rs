//! The screen. All but the sentences exists only in the browser.

pub mod text;
