//! Workers as the page sees them: each is heard, and ended with what hears it.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::codec::send_to_worker;
use super::{HOME, ToWorker};

/// Workers at most, however many cores there are: more wait for memory rather than for work.
const MAX_WORKERS: usize = 8;
/// Samples lent to all helpers together, in bytes, at most; one helper is always allowed.
const MAX_LENT: usize = 512 << 20;

/// A worker that is ended when it is dropped, and its memory given back.
pub(super) struct Member {
    worker: Worker,
    /// Kept as long as the worker that calls them.
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Member {
    /// Hears a worker.
    pub(super) fn new(
        worker: Worker,
        mut on_message: impl FnMut(JsValue) + 'static,
        mut on_death: impl FnMut() + 'static,
    ) -> Self {
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            on_message(event.data());
        });
        let error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            on_death();
        });
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        Self {
            worker,
            _message: message,
            _error: error,
        }
    }

    /// Says something to it, with a file or a parcel beside.
    pub(super) fn tell(&self, message: &ToWorker, beside: &JsValue) -> Result<(), JsValue> {
        send_to_worker(&self.worker, message, beside)
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Starts a worker.
pub(super) fn spawn(with: &Function) -> Option<Worker> {
    with.call0(&JsValue::NULL).ok()?.dyn_into().ok()
}

/// Helpers that the machine has cores for, and memory for samples of this size.
pub(super) fn helpers_for(n_bytes: usize) -> usize {
    let by_memory = (MAX_LENT / n_bytes.max(1)).max(1);
    max_helpers().min(by_memory)
}

/// Helpers that the machine has cores for.
pub(super) fn max_helpers() -> usize {
    let cores =
        web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency()) as usize;
    cores.clamp(HOME + 1, MAX_WORKERS) - 1
}
