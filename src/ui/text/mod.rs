//! Every sentence that people read, on the screen and on the command line.

mod errors;
mod numbers;
mod warnings;

pub use errors::{error_sentence, stage_words};
pub use numbers::{compact, count, fixed, percent, plural, size};
pub use warnings::warning_sentence;
