//! Compares two clusterings of the same customers.

mod contingency;
mod element_centric;
mod indices;
mod matching;
mod stability;
mod starts;

pub use contingency::Contingency;
pub use element_centric::ElementCentric;
pub use matching::{Matching, assign, best_matching};
pub use stability::{Drawn, Recurrence, Resample, Stability};
pub use starts::{Optimum, Restarts, Starts};
