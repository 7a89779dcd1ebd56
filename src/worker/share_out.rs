//! The page's side of sharing: hands the tasks of a request to helpers, and their results to the worker with the table.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::client::Client;
use super::pool::{helpers_for, spawn};
use super::round::Round;
use super::{HOME, Help, Helpers, JobId, Sharing, ToWorker};

impl Client {
    /// Starts sharing: weights of the tasks, and parcels: the samples first, if they are needed, then the tasks.
    pub(super) fn share_out(
        &self,
        job: JobId,
        weights: Vec<f64>,
        (whole, left): (f64, f64),
        parcels: Array,
    ) {
        if self.is_running(job) {
            let samples = (parcels.length() as usize > weights.len()).then(|| parcels.shift());
            self.start_helpers(samples.as_ref());
            if let Some(samples) = samples {
                self.0.hold.set(Helpers::Lent);
                self.helpers()
                    .for_each(|number| self.tell_beside(number, &ToWorker::Lend, &samples));
            }
            let sharing = Sharing::new(weights, whole, left);
            self.0.round.replace(Some(Round { sharing, parcels }));
            self.hand_out(job);
        }
    }

    /// Starts as many helpers as fit into memory with these samples, unless there are helpers.
    fn start_helpers(&self, samples: Option<&JsValue>) {
        let n_bytes = samples
            .and_then(|samples| samples.dyn_ref::<Uint8Array>())
            .map_or(0, Uint8Array::byte_length);
        if self.0.helpers.borrow().is_empty() {
            let helpers = (0..helpers_for(n_bytes as usize)).map(|at| {
                let worker = spawn(&self.0.spawn)?;
                Some(self.member(worker, HOME + 1 + at))
            });
            let helpers = helpers.collect();
            self.0.helpers.replace(helpers);
        }
    }

    /// Numbers of the living helpers.
    pub(super) fn helpers(&self) -> impl Iterator<Item = usize> {
        let helpers = self.0.helpers.borrow();
        let living = helpers.iter().enumerate();
        let living = living.filter(|(_, helper)| helper.is_some());
        let numbers: Vec<usize> = living.map(|(at, _)| HOME + 1 + at).collect();
        numbers.into_iter()
    }

    /// Gives every idle worker a task; requests the job again when all are done.
    pub(super) fn hand_out(&self, job: JobId) {
        for number in std::iter::once(HOME).chain(self.helpers()) {
            let mut round = self.0.round.borrow_mut();
            let Some(Round { sharing, parcels }) = round.as_mut() else {
                return;
            };
            if let Some(task) = sharing.next(number) {
                let parcel = parcels.get(task as u32);
                drop(round);
                self.tell_beside(number, &ToWorker::Help { job }, &parcel);
            }
        }
        let mut round = self.0.round.borrow_mut();
        if round.take_if(|round| round.sharing.is_done()).is_some() {
            drop(round);
            let queue = self.0.queue.borrow();
            let request = queue.running().map(|(_, request)| request.clone());
            drop(queue);
            if let Some(request) = request {
                self.run(job, request, Help::AtHand(self.0.hold.get()), None);
            }
        }
    }

    pub(super) fn helped(&self, number: usize, job: JobId, parcels: &Array) {
        if !self.is_running(job) {
            return;
        }
        if let Some(round) = self.0.round.borrow_mut().as_mut() {
            round.sharing.finish(number);
        }
        if parcels.length() > 0 {
            self.tell_beside(HOME, &ToWorker::Keep, &parcels.get(0));
        }
        self.hand_out(job);
    }
}
