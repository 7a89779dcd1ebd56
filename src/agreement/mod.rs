//! Judges two clusterings of the same customers against each other.

mod contingency;
mod indices;
mod matching;

pub use contingency::Contingency;
pub use matching::{Matching, best_matching};
