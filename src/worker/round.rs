//! The tasks of a job that is shared, while they are done.

use js_sys::Array;

use super::Sharing;

/// Tasks that are done before the job is asked for again.
pub(super) struct Round {
    pub(super) sharing: Sharing,
    pub(super) parcels: Array,
}

impl Round {
    /// Hears how far a worker is; says how far the request is.
    pub(super) fn hear(&mut self, number: usize, fraction: f64) -> f64 {
        self.sharing.hear(number, fraction)
    }

    /// A worker is gone: somebody else does its task.
    pub(super) fn lose(&mut self, number: usize) {
        self.sharing.lose(number);
    }
}
