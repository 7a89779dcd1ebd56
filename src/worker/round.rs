//! The tasks of a shared job, while in progress.

use js_sys::Array;

use super::Sharing;

/// Tasks to do before the job is requested again.
pub(super) struct Round {
    pub(super) sharing: Sharing,
    pub(super) parcels: Array,
}

impl Round {
    /// Updates a worker's progress; returns that of the request.
    pub(super) fn hear(&mut self, number: usize, fraction: f64) -> f64 {
        self.sharing.hear(number, fraction)
    }

    /// A worker has died: another one does its task.
    pub(super) fn lose(&mut self, number: usize) {
        self.sharing.lose(number);
    }
}
