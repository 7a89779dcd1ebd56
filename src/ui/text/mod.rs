//! Every sentence that people read, on the screen and on the command line.

mod errors;
mod numbers;
mod warnings;

pub use errors::{engine_stopped, error_sentence, stage_words};
pub use numbers::{compact, count, editable, fixed, percent, plural, separation, size};
pub use warnings::warning_sentence;
