//! The page's side: sends requests, hears replies, replaces a worker that was cancelled or died.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ErrorEvent, MessageEvent, Worker};

use super::codec::{Received, receive_in_page, send_to_worker};
use super::{FromWorker, Job, Outcome, Queue, Request, ToWorker};
use crate::analysis::{EngineError, Stage};

/// What the page hears.
#[derive(Debug)]
pub enum Event {
    /// A stage of the running job, and the share of it that is done.
    Progress(Stage, f64),
    /// A request has its outcome.
    Done(Box<Outcome>),
    /// A request has none.
    Failed(Request, EngineError),
    /// The worker died while it did this, and was replaced.
    Died(Option<Request>),
    /// Nothing runs and nothing waits any more.
    Idle,
}

/// A worker and the requests to it. Cheap to clone.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    worker: RefCell<Worker>,
    spawn: Function,
    queue: RefCell<Queue<Option<Blob>>>,
    on_event: Box<dyn Fn(Event)>,
    /// Kept as long as the worker that calls them.
    listeners: RefCell<Option<Listeners>>,
}

struct Listeners {
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Client {
    /// Serves `first`; `spawn` starts another worker.
    pub fn new(first: Worker, spawn: Function, on_event: impl Fn(Event) + 'static) -> Self {
        let inner = Inner {
            worker: RefCell::new(first),
            spawn,
            queue: RefCell::default(),
            on_event: Box::new(on_event),
            listeners: RefCell::default(),
        };
        let client = Self(Rc::new(inner));
        client.listen();
        client
    }

    /// Asks for something; `file` is the file that an import reads.
    pub fn ask(&self, request: Request, file: Option<Blob>) {
        let message = self.0.queue.borrow_mut().ask(request, file);
        self.send(message);
    }

    /// Ends the running job and all that wait: the worker is replaced and told the last good import.
    pub fn cancel(&self) {
        self.replace_worker();
        (self.0.on_event)(Event::Idle);
    }

    fn send(&self, message: Option<(ToWorker, Option<Blob>)>) {
        if let Some((message, file)) = message
            && send_to_worker(&self.0.worker.borrow(), &message, file.as_ref()).is_err()
        {
            self.died();
        }
    }

    fn listen(&self) {
        let heard = Rc::downgrade(&self.0);
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(inner) = heard.upgrade() {
                Self(inner).hear(&event.data());
            }
        });
        let failed = Rc::downgrade(&self.0);
        let error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            if let Some(inner) = failed.upgrade() {
                Self(inner).died();
            }
        });
        let worker = self.0.worker.borrow();
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        *self.0.listeners.borrow_mut() = Some(Listeners {
            _message: message,
            _error: error,
        });
    }

    fn hear(&self, data: &JsValue) {
        match receive_in_page(data) {
            Received::Message(FromWorker::Progress {
                job,
                stage,
                fraction,
            }) => {
                let current = self
                    .0
                    .queue
                    .borrow()
                    .running()
                    .is_some_and(|(running, _)| running == job);
                if current {
                    (self.0.on_event)(Event::Progress(stage, fraction));
                }
            }
            Received::Message(FromWorker::Done { job, outcome }) => {
                let finished = self.0.queue.borrow_mut().finish(job, true);
                self.after(finished, |_| Event::Done(Box::new(outcome)));
            }
            Received::Message(FromWorker::Failed { job, error }) => {
                let finished = self.0.queue.borrow_mut().finish(job, false);
                self.after(finished, |request| Event::Failed(request, error));
            }
            Received::BootError => self.died(),
            Received::Ready | Received::Other => {}
        }
    }

    fn after(&self, finished: Option<Job<Option<Blob>>>, event: impl FnOnce(Request) -> Event) {
        let Some(job) = finished else { return };
        let next = self.0.queue.borrow_mut().start();
        self.send(next);
        if !job.is_replay {
            (self.0.on_event)(event(job.request));
        }
        if self.0.queue.borrow().is_idle() {
            (self.0.on_event)(Event::Idle);
        }
    }

    fn died(&self) {
        let lost = self.replace_worker();
        (self.0.on_event)(Event::Died(lost.map(|job| job.request)));
    }

    fn replace_worker(&self) -> Option<Job<Option<Blob>>> {
        self.0.worker.borrow().terminate();
        let lost = self.0.queue.borrow_mut().restart();
        if let Some(worker) = self
            .0
            .spawn
            .call0(&JsValue::NULL)
            .ok()
            .and_then(|worker| worker.dyn_into().ok())
        {
            *self.0.worker.borrow_mut() = worker;
            self.listen();
            // A replayed import that kills the worker would kill every fresh one.
            if !lost.as_ref().is_some_and(|job| job.is_replay) {
                let message = self.0.queue.borrow_mut().start();
                self.send(message);
            }
        }
        lost
    }
}
