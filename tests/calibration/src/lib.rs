//! How often each test on the screen is right, on generated data: `docs/calibration.md` in full, a small form in the native tests.
//!
//! An experiment generates sets from seeds, asks the very functions that the page asks, and counts. A new one is a file with
//! `run` and a line in [`EXPERIMENTS`].

mod change;
mod mismatched;
mod number;
mod page;
mod section;
mod selective;
mod splits;
mod unused;
mod verdict;

pub use section::{Bound, Row, Section};

/// An experiment: its name on the command line, and how many sets it takes.
#[derive(Clone, Copy, Debug)]
pub struct Experiment {
    /// Its name on the command line.
    pub name: &'static str,
    /// Sets for each row in full.
    pub full: usize,
    /// Sets for each row in the native tests, which run without optimisation.
    pub small: usize,
    /// Makes the figures from that many sets for each row.
    pub run: fn(usize) -> Section,
}

/// All experiments, in the order of the document.
pub const EXPERIMENTS: &[Experiment] = &[
    change::EXPERIMENT,
    verdict::ON_GROUPS,
    mismatched::EXPERIMENT,
    number::EXPERIMENT,
    selective::EXPERIMENT,
    splits::EXPERIMENT,
    unused::EXPERIMENT,
    verdict::EXPERIMENT,
];
