//! Workers as the page sees them: each with its listeners and its watch, ended together.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::codec::send_to_worker;
use super::{HOME, Sign, ToWorker, Watch};

/// The largest number of workers on any machine: more would wait for memory rather than for work.
const MAX_WORKERS: usize = 8;
/// The largest size in bytes of the samples lent to all helpers together; one helper is always allowed.
const MAX_LENT: usize = 512 << 20;

/// A worker that is terminated when dropped, which frees its memory.
pub(super) struct Member {
    worker: Worker,
    watch: RefCell<Watch>,
    is_started: Cell<bool>,
    born: f64,
    /// The listeners must live as long as the worker.
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Member {
    /// Listens to a worker.
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
            watch: RefCell::new(Watch::new(now())),
            is_started: Cell::new(false),
            born: now(),
            _message: message,
            _error: error,
        }
    }

    /// Sends it a message, with a file, a parcel or a table beside; the buffers in `moved` are transferred.
    pub(super) fn tell(
        &self,
        message: &ToWorker,
        beside: &JsValue,
        moved: &Array,
    ) -> Result<(), JsValue> {
        if message.is_work() {
            self.watch.borrow_mut().told(now());
        }
        send_to_worker(&self.worker, message, beside, moved)
    }

    /// Notes a message from it.
    pub(super) fn heard(&self) {
        self.watch.borrow_mut().heard(now());
    }

    /// Notes that it has started.
    pub(super) fn has_started(&self) {
        self.is_started.set(true);
        self.watch.borrow_mut().started(now());
    }

    /// Notes that it has done its work.
    pub(super) fn has_done(&self) {
        self.watch.borrow_mut().done();
    }

    /// Checks whether it lives.
    pub(super) fn look(&self, now: f64) -> Sign {
        self.watch.borrow_mut().look(now)
    }

    /// Whether its silence was noticed.
    pub(super) fn is_silent(&self) -> bool {
        self.watch.borrow().is_silent()
    }

    /// Whether it ever started.
    pub(super) fn is_started(&self) -> bool {
        self.is_started.get()
    }

    /// Milliseconds since it was made.
    pub(super) fn age(&self) -> f64 {
        now() - self.born
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

/// The number of helpers, by cores of the machine and memory for samples of this size.
pub(super) fn helpers_for(n_bytes: usize) -> usize {
    let by_memory = (MAX_LENT / n_bytes.max(1)).max(1);
    max_helpers().min(by_memory)
}

/// The number of helpers, by cores of the machine.
pub(super) fn max_helpers() -> usize {
    let cores =
        web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency()) as usize;
    cores.clamp(HOME + 1, MAX_WORKERS) - 1
}

/// Milliseconds since the page was loaded, on a monotonic clock.
pub(super) fn now() -> f64 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0.0, |clock| clock.now())
}

/// Calls a function repeatedly until dropped.
pub(super) struct Timer {
    number: Option<i32>,
    /// The function must live as long as the timer.
    _call: Closure<dyn FnMut()>,
}

impl Timer {
    /// Starts a timer with this period.
    pub(super) fn every(millis: f64, call: impl FnMut() + 'static) -> Self {
        let call = Closure::<dyn FnMut()>::new(call);
        let function = call.as_ref().unchecked_ref();
        let number = web_sys::window().and_then(|window| {
            let millis = millis as i32;
            window
                .set_interval_with_callback_and_timeout_and_arguments_0(function, millis)
                .ok()
        });
        Self {
            number,
            _call: call,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some((window, number)) = web_sys::window().zip(self.number) {
            window.clear_interval_with_handle(number);
        }
    }
}

/// Calls a function once, after this many milliseconds.
pub(super) fn after(millis: u32, call: impl FnOnce() + 'static) {
    let call = Closure::once_into_js(call);
    let Some(window) = web_sys::window() else {
        return;
    };
    let millis = millis as i32;
    // Fails only while the page is being closed.
    window
        .set_timeout_with_callback_and_timeout_and_arguments_0(call.unchecked_ref(), millis)
        .unwrap_or_default();
}
