//! Compares two clusterings of the same customers.

mod contingency;
mod indices;
mod matching;
mod stability;
mod starts;

pub use contingency::Contingency;
pub use matching::{Matching, assign, best_matching};
pub use stability::{Drawn, Recurrence, Resample, Stability};
pub use starts::{Optimum, Restarts, Starts};
