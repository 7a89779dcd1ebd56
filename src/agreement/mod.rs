//! Judges two clusterings of the same customers against each other.

mod contingency;
mod indices;
mod matching;
mod stability;

pub use contingency::Contingency;
pub use matching::{Matching, assign, best_matching};
pub use stability::{Recurrence, Resample, Stability};
