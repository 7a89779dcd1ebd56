//! The page's side: sends requests, hears replies, shares long ones with helpers, replaces a worker that was cancelled or died.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Worker};

use super::codec::{Received, receive_in_page};
use super::pool::{Member, helpers_for, max_helpers, spawn};
use super::{FromWorker, HOME, Help, Job, JobId, Outcome, Queue, Request, Sharing, ToWorker};
use crate::result::{EngineError, Stage};

/// What the page hears.
#[derive(Debug)]
pub enum Event {
    /// A stage of the running job, and the share of the job that is done.
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

/// A worker, its helpers and the requests to them. Cheap to clone.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    home: RefCell<Option<Member>>,
    /// Started when work is shared, ended when nothing runs any more; one that died leaves its place empty.
    helpers: RefCell<Vec<Option<Member>>>,
    /// The tasks of the job that runs, while it is shared.
    round: RefCell<Option<Round>>,
    spawn: Function,
    queue: RefCell<Queue<Option<Blob>>>,
    on_event: OnceCell<Box<dyn Fn(Event)>>,
}

/// Tasks that are done before the job is asked for again.
struct Round {
    sharing: Sharing,
    parcels: Array,
}

impl Client {
    /// Takes requests, which wait until there is a worker; `spawn` starts another.
    pub fn new(spawn: Function, on_event: impl Fn(Event) + 'static) -> Self {
        Self(Rc::new(Inner {
            home: RefCell::default(),
            helpers: RefCell::default(),
            round: RefCell::default(),
            spawn,
            queue: RefCell::default(),
            on_event: OnceCell::from(Box::new(on_event) as Box<dyn Fn(Event)>),
        }))
    }

    /// Begins to work, with the first worker.
    pub fn begin(&self, first: Worker) {
        self.0.home.replace(Some(self.member(first, HOME)));
        let next = self.0.queue.borrow_mut().open();
        self.start(next);
    }

    /// Asks for something; `file` is the file that an import reads.
    pub fn ask(&self, request: Request, file: Option<Blob>) {
        if self.0.queue.borrow().is_in_the_way_of(&request) {
            self.replace_home();
        }
        let job = self.0.queue.borrow_mut().ask(request, file);
        self.start(job);
    }

    /// Ends the running job and all that wait: the workers are ended, a fresh one is told the last good import.
    pub fn cancel(&self) {
        if self.0.home.borrow().is_some() {
            self.replace_home();
        } else {
            self.0.queue.borrow_mut().restart();
        }
        self.tell_page(Event::Idle);
    }

    fn tell_page(&self, event: Event) {
        if let Some(on_event) = self.0.on_event.get() {
            on_event(event);
        }
    }

    fn member(&self, worker: Worker, number: usize) -> Member {
        let (heard, died) = (Rc::downgrade(&self.0), Rc::downgrade(&self.0));
        Member::new(
            worker,
            move |data| {
                if let Some(inner) = heard.upgrade() {
                    Self(inner).hear(number, &data);
                }
            },
            move || {
                if let Some(inner) = died.upgrade() {
                    Self(inner).died(number);
                }
            },
        )
    }

    fn start(&self, job: Option<(JobId, Job<Option<Blob>>)>) {
        if let Some((number, job)) = job {
            let help = if max_helpers() > 0 {
                Help::Offered
            } else {
                Help::None
            };
            self.run(number, job.request, help, job.file.as_ref());
        }
    }

    fn run(&self, job: JobId, request: Request, help: Help, file: Option<&Blob>) {
        let request = Box::new(request);
        let message = ToWorker::Run { job, request, help };
        let beside = file.map_or(JsValue::UNDEFINED, Into::into);
        self.tell(HOME, &message, &beside);
    }

    /// A worker that cannot be told anything is as good as dead.
    fn tell(&self, number: usize, message: &ToWorker, beside: &JsValue) {
        let is_told = match number.checked_sub(HOME + 1) {
            None => {
                let home = self.0.home.borrow();
                home.as_ref()
                    .is_some_and(|home| home.tell(message, beside).is_ok())
            }
            Some(at) => {
                let helpers = self.0.helpers.borrow();
                let helper = helpers.get(at).and_then(Option::as_ref);
                helper.is_some_and(|helper| helper.tell(message, beside).is_ok())
            }
        };
        if !is_told {
            self.died(number);
        }
    }

    fn hear(&self, number: usize, data: &JsValue) {
        match receive_in_page(data) {
            Received::Message(message, parcels) => self.hear_message(number, message, parcels),
            Received::BootError => self.died(number),
            Received::Ready | Received::Other => {}
        }
    }

    fn hear_message(&self, number: usize, message: FromWorker, parcels: Array) {
        match message {
            FromWorker::Progress {
                job,
                stage,
                fraction,
            } => {
                if self.is_running(job) {
                    let mut round = self.0.round.borrow_mut();
                    let done = round
                        .as_mut()
                        .map_or(fraction, |round| round.sharing.hear(number, fraction));
                    drop(round);
                    self.tell_page(Event::Progress(stage, done));
                }
            }
            FromWorker::Shared {
                job,
                weights,
                whole,
                left,
            } => {
                if self.is_running(job) {
                    if parcels.length() as usize > weights.len() {
                        self.lend(&parcels.shift());
                    }
                    let sharing = Sharing::new(weights, whole, left);
                    self.0.round.replace(Some(Round { sharing, parcels }));
                    self.hand_out(job);
                }
            }
            FromWorker::Helped { job } => self.helped(number, job, &parcels),
            FromWorker::Done {
                job,
                outcome: Outcome::Unfinished,
            } => {
                let next = self.0.queue.borrow_mut().go_on(job);
                self.start(next);
            }
            FromWorker::Done { job, outcome } => {
                let finished = self.0.queue.borrow_mut().finish(job, true);
                self.after(finished, |_| Event::Done(Box::new(outcome)));
            }
            FromWorker::Failed { job, error } => {
                let finished = self.0.queue.borrow_mut().finish(job, false);
                self.after(finished, |request| Event::Failed(request, error));
            }
        }
    }

    fn is_running(&self, job: JobId) -> bool {
        let queue = self.0.queue.borrow();
        queue.running().is_some_and(|(running, _)| running == job)
    }

    /// Gives all helpers the samples, after starting as many as there is room for.
    fn lend(&self, samples: &JsValue) {
        let n_bytes = samples
            .dyn_ref::<Uint8Array>()
            .map_or(0, Uint8Array::byte_length);
        if self.0.helpers.borrow().is_empty() {
            let helpers = (0..helpers_for(n_bytes as usize)).map(|at| {
                let worker = spawn(&self.0.spawn)?;
                Some(self.member(worker, HOME + 1 + at))
            });
            let helpers = helpers.collect();
            self.0.helpers.replace(helpers);
        }
        self.helpers()
            .for_each(|number| self.tell(number, &ToWorker::Lend, samples));
    }

    /// Numbers of the helpers that live.
    fn helpers(&self) -> impl Iterator<Item = usize> {
        let helpers = self.0.helpers.borrow();
        let living = helpers.iter().enumerate();
        let living = living.filter(|(_, helper)| helper.is_some());
        let numbers: Vec<usize> = living.map(|(at, _)| HOME + 1 + at).collect();
        numbers.into_iter()
    }

    /// Gives a task to everybody who has none; asks for the job again when all are done.
    fn hand_out(&self, job: JobId) {
        for number in std::iter::once(HOME).chain(self.helpers()) {
            let mut round = self.0.round.borrow_mut();
            let Some(Round { sharing, parcels }) = round.as_mut() else {
                return;
            };
            if let Some(task) = sharing.next(number) {
                let parcel = parcels.get(task as u32);
                drop(round);
                self.tell(number, &ToWorker::Help { job }, &parcel);
            }
        }
        let mut round = self.0.round.borrow_mut();
        if round.take_if(|round| round.sharing.is_done()).is_some() {
            drop(round);
            let request = self
                .0
                .queue
                .borrow()
                .running()
                .map(|(_, job)| job.request.clone());
            if let Some(request) = request {
                self.run(job, request, Help::AtHand, None);
            }
        }
    }

    fn helped(&self, number: usize, job: JobId, parcels: &Array) {
        if !self.is_running(job) {
            return;
        }
        if let Some(round) = self.0.round.borrow_mut().as_mut() {
            round.sharing.finish(number);
        }
        if parcels.length() > 0 {
            self.tell(HOME, &ToWorker::Keep, &parcels.get(0));
        }
        self.hand_out(job);
    }

    fn after(&self, finished: Option<Job<Option<Blob>>>, event: impl FnOnce(Request) -> Event) {
        let Some(job) = finished else { return };
        let next = self.0.queue.borrow_mut().start();
        self.start(next);
        if !job.is_replay {
            self.tell_page(event(job.request));
        }
        if self.0.queue.borrow().is_idle() {
            self.0.helpers.take();
            self.tell_page(Event::Idle);
        }
    }

    /// Home that died is replaced; the task of a helper that died is done by somebody else.
    fn died(&self, number: usize) {
        let Some(at) = number.checked_sub(HOME + 1) else {
            let lost = self.replace_home();
            return self.tell_page(Event::Died(lost.map(|job| job.request)));
        };
        if let Some(helper) = self.0.helpers.borrow_mut().get_mut(at) {
            helper.take();
        }
        if let Some(round) = self.0.round.borrow_mut().as_mut() {
            round.sharing.lose(number);
        }
        let job = self.0.queue.borrow().running().map(|(job, _)| job);
        if let Some(job) = job {
            self.hand_out(job);
        }
    }

    fn replace_home(&self) -> Option<Job<Option<Blob>>> {
        self.0.helpers.take();
        self.0.round.take();
        let lost = self.0.queue.borrow_mut().restart();
        let fresh = spawn(&self.0.spawn).map(|worker| self.member(worker, HOME));
        let is_served = fresh.is_some();
        self.0.home.replace(fresh);
        // A replayed import that kills the worker would kill every fresh one.
        if is_served && !lost.as_ref().is_some_and(|job| job.is_replay) {
            let next = self.0.queue.borrow_mut().start();
            self.start(next);
        }
        lost
    }
}
