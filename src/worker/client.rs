//! The page's side: sends requests, receives replies, shares long ones with helpers, replaces a worker that was cancelled or died.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::codec::{Received, kept_table, packed_table, receive_in_page};
use super::pool::{Member, Timer, max_helpers};
use super::round::Round;
use super::{
    Fault, FromWorker, HOME, Help, Helpers, Job, JobId, Loss, Next, Outcome, Queue, Request,
    Starts, ToWorker,
};
use crate::result::{Dataset, EngineError, Stage};

/// Events for the page.
#[derive(Debug)]
pub enum Event {
    /// A worker of the page's build has started.
    Ready,
    /// A stage of the running request, and the share of it that is done.
    Progress(Request, Stage, f64),
    /// The worker has been silent for about this many seconds.
    Silent(u32),
    /// A request has an outcome.
    Done(Request, Box<Outcome>),
    /// A request has failed.
    Failed(Request, EngineError),
    /// The worker died and is being replaced; with the loss.
    Died(Loss),
    /// No worker can be started; the waiting requests are given up. The next request tries again.
    CannotStart(Fault, Vec<Request>),
    /// Nothing is running or waiting any more.
    Idle,
}

/// A worker, its helpers and the requests to them. Cheap to clone.
#[derive(Clone)]
pub struct Client(pub(super) Rc<Inner>);

pub(super) struct Inner {
    /// The worker with the table; none until a new one has started, or if none can be started.
    pub(super) home: RefCell<Option<Member>>,
    /// Started when work is shared, ended when nothing is running; a dead one leaves its place empty.
    pub(super) helpers: RefCell<Vec<Option<Member>>>,
    /// What the helpers have.
    pub(super) hold: Cell<Helpers>,
    /// The tasks of the running job, while it is shared.
    pub(super) round: RefCell<Option<Round>>,
    pub(super) spawn: Function,
    /// Counts failed starts of a worker.
    pub(super) starts: RefCell<Starts>,
    pub(super) queue: RefCell<Queue<Option<Blob>>>,
    /// The table on the screen, for a new worker.
    table: RefCell<Option<Dataset>>,
    pub(super) timer: OnceCell<Timer>,
    on_event: OnceCell<Box<dyn Fn(Event)>>,
}

impl Client {
    /// Accepts requests, which wait until there is a worker; `spawn` starts one.
    pub fn new(spawn: Function, on_event: impl Fn(Event) + 'static) -> Self {
        Self(Rc::new(Inner {
            home: RefCell::default(),
            helpers: RefCell::default(),
            hold: Cell::default(),
            round: RefCell::default(),
            spawn,
            starts: RefCell::default(),
            queue: RefCell::default(),
            table: RefCell::default(),
            timer: OnceCell::new(),
            on_event: OnceCell::from(Box::new(on_event) as Box<dyn Fn(Event)>),
        }))
    }

    /// Makes a request; `file` is the file to import.
    pub fn ask(&self, request: Request, file: Option<Blob>) {
        if self.0.queue.borrow().is_in_the_way_of(&request) {
            self.set_work_aside();
        }
        let next = self.0.queue.borrow_mut().ask(request, file);
        self.start(next);
        self.try_again();
    }

    /// Cancels the running job and all waiting ones: the workers are ended, and a new one gets the table.
    pub fn cancel(&self) {
        self.cancel_work();
        self.tell_page(Event::Idle);
    }

    pub(super) fn tell_page(&self, event: Event) {
        if let Some(on_event) = self.0.on_event.get() {
            on_event(event);
        }
    }

    pub(super) fn start(&self, next: Option<Next<Option<Blob>>>) {
        match next {
            Some(Next::Run(number, job)) => {
                let help = if max_helpers() > 0 {
                    Help::Offered(self.0.hold.get())
                } else {
                    Help::None
                };
                self.run(number, job.request, help, job.file.as_ref());
            }
            Some(Next::Restore(job)) => self.restore(job),
            None => {}
        }
    }

    pub(super) fn run(&self, job: JobId, request: Request, help: Help, file: Option<&Blob>) {
        let request = Box::new(request);
        let message = ToWorker::Run { job, request, help };
        let beside = file.map_or(JsValue::UNDEFINED, Into::into);
        self.tell_beside(HOME, &message, &beside);
    }

    fn restore(&self, job: JobId) {
        let (beside, moved) = match &*self.0.table.borrow() {
            Some(table) => packed_table(table),
            None => (JsValue::UNDEFINED, Array::new()),
        };
        self.tell_moving(HOME, &ToWorker::Restore { job }, &beside, &moved);
    }

    /// Sends a message to a worker.
    pub(super) fn tell(&self, number: usize, message: &ToWorker) {
        self.tell_beside(number, message, &JsValue::UNDEFINED);
    }

    /// Sends a message with a file or parcel beside it.
    pub(super) fn tell_beside(&self, number: usize, message: &ToWorker, beside: &JsValue) {
        self.tell_moving(number, message, beside, &Array::new());
    }

    /// Sends a message and transfers the buffers in `moved`. A worker that cannot receive it counts as dead.
    fn tell_moving(&self, number: usize, message: &ToWorker, beside: &JsValue, moved: &Array) {
        let told = self.with(number, |member| member.tell(message, beside, moved));
        if !matches!(told, Some(Ok(()))) {
            self.broke(number);
        }
    }

    /// Applies a function to a worker, if it lives.
    pub(super) fn with<T>(&self, number: usize, act: impl FnOnce(&Member) -> T) -> Option<T> {
        match number.checked_sub(HOME + 1) {
            None => self.0.home.borrow().as_ref().map(act),
            Some(at) => {
                let helpers = self.0.helpers.borrow();
                helpers.get(at).and_then(Option::as_ref).map(act)
            }
        }
    }

    pub(super) fn hear(&self, number: usize, data: &JsValue) {
        self.with(number, Member::heard);
        match receive_in_page(data) {
            Received::Message(message, parcels) => self.hear_message(number, message, parcels),
            Received::Ready(build) => self.is_ready(number, build.as_deref()),
            Received::BootError => self.broke(number),
            Received::Other => {}
        }
    }

    fn hear_message(&self, number: usize, message: FromWorker, parcels: Array) {
        let is_end = !matches!(message, FromWorker::Alive | FromWorker::Progress { .. });
        if is_end {
            self.with(number, Member::has_done);
        }
        match message {
            FromWorker::Alive => self.lives(number),
            FromWorker::Progress {
                job,
                stage,
                fraction,
            } => self.hear_progress(number, job, (stage, fraction)),
            FromWorker::Shared {
                job,
                weights,
                whole,
                left,
            } => self.share_out(job, weights, (whole, left), parcels),
            FromWorker::Helped { job } => self.helped(number, job, &parcels),
            FromWorker::Restored { job } => self.finish(job, Ok(None)),
            FromWorker::Done {
                job,
                outcome: Outcome::Unfinished,
            } => {
                let next = self.0.queue.borrow_mut().go_on(job);
                self.start(next);
            }
            FromWorker::Done { job, outcome } => {
                if let Some(table) = kept_table(&outcome) {
                    self.0.table.replace(Some(table));
                }
                self.serves();
                self.finish(job, Ok(Some(outcome)));
            }
            FromWorker::Failed { job, error } => {
                self.serves();
                self.finish(job, Err(error));
            }
        }
    }

    fn hear_progress(&self, number: usize, job: JobId, (stage, fraction): (Stage, f64)) {
        // While the home worker is silent, the helpers' progress is not shown.
        let is_heard = number == HOME || self.with(HOME, Member::is_silent) != Some(true);
        if is_heard && self.is_running(job) {
            let mut round = self.0.round.borrow_mut();
            let done = round
                .as_mut()
                .map_or(fraction, |round| round.hear(number, fraction));
            drop(round);
            let queue = self.0.queue.borrow();
            let request = queue.running().map(|(_, request)| request.clone());
            drop(queue);
            if let Some(request) = request {
                self.tell_page(Event::Progress(request, stage, done));
            }
        }
    }

    /// Whether a request of the page is running under this number.
    pub(super) fn is_running(&self, job: JobId) -> bool {
        let queue = self.0.queue.borrow();
        queue.running().is_some_and(|(running, _)| running == job)
    }

    /// Ends a job with or without an outcome, and tells the page if the page requested it.
    fn finish(&self, job: JobId, ended: Result<Option<Outcome>, EngineError>) {
        if !self.0.queue.borrow().is_running(job) {
            return;
        }
        let mut queue = self.0.queue.borrow_mut();
        let (finished, failed) = match &ended {
            Ok(outcome) => (queue.finish(job, outcome.as_ref()), Vec::new()),
            Err(_) => (None, queue.fail(job)),
        };
        let next = queue.start();
        drop(queue);
        self.start(next);
        match ended {
            Ok(outcome) => {
                if let (Some(Job { request, .. }), Some(outcome)) = (finished, outcome) {
                    self.tell_page(Event::Done(request, Box::new(outcome)));
                }
            }
            Err(error) => {
                for request in failed {
                    self.tell_page(Event::Failed(request, error.clone()));
                }
            }
        }
        self.tell_if_idle();
    }

    pub(super) fn tell_if_idle(&self) {
        if self.0.queue.borrow().is_idle() {
            self.end_helpers();
            self.tell_page(Event::Idle);
        }
    }
}
