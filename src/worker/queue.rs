//! Which request is running, which ones wait, and which replies still count.
//!
//! One job runs at a time. A newer request of a kind replaces a waiting one of that kind. Reading a file precedes everything: the
//! running job is set aside, dropped with the old table if the file is read, and resumed if it cannot be read. A fit precedes
//! questions, since it may replace the result they are about; unfinished questions wait for everything not begun, and are ordered
//! by kind among themselves.
//!
//! A new worker has neither table nor result: the page hands over the table before anything that needs it, and the result on the
//! screen is fitted again before requests about it.
//! Requests that take no time, such as saving a project, come first.

use super::{JobId, Outcome, Request};
use crate::result::{ResultId, Settings};

/// A request with what is sent beside it (the handle to a file, in the page).
#[derive(Clone, Debug, PartialEq)]
pub struct Job<F> {
    /// The request.
    pub request: Request,
    /// What is sent beside it.
    pub file: F,
    /// Whether a worker fell silent during it before.
    pub is_repeat: bool,
    /// Whether a round of it is done.
    pub is_begun: bool,
}

impl<F: Default> Job<F> {
    fn of(request: Request) -> Self {
        Self {
            request,
            file: F::default(),
            is_repeat: false,
            is_begun: false,
        }
    }
}

/// The next message to the worker.
#[derive(Clone, Debug, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "one at a time, and soon taken apart"
)]
pub enum Next<F> {
    /// The table from the page.
    Restore(JobId),
    /// A request.
    Run(JobId, Job<F>),
}

/// How a worker ended unintentionally.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By an error, which the same request would cause again.
    Broken,
    /// Silently: its memory may have been needed elsewhere, or it hangs.
    Silent,
}

/// What is lost with a worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Loss {
    /// Nothing: it was idle.
    Nothing,
    /// Only time: the running request is repeated.
    Time,
    /// These requests, the running one first.
    Requests(Vec<Request>),
}

/// Where the table of the page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Table {
    /// There is no table.
    #[default]
    None,
    /// In the worker too.
    Held,
    /// Not in the worker, which is new and gets it as soon as possible.
    Owed,
    /// Not in the worker: handing it over failed, or ended a worker. It is handed over when a request needs it.
    Refused,
}

/// The result on the screen.
#[derive(Debug)]
struct Shown {
    id: ResultId,
    /// The settings that determine it, with the number of segments filled in, so that nothing is chosen again.
    settings: Settings,
    /// Whether the worker has it.
    is_held: bool,
}

#[derive(Debug)]
enum Running<F> {
    /// The table is handed over.
    Restore,
    /// The result on the screen is fitted again.
    Refit(Request),
    Job(Job<F>),
}

/// The requests of a page.
#[derive(Debug)]
pub struct Queue<F> {
    last: JobId,
    running: Option<(JobId, Running<F>)>,
    waiting: Vec<Job<F>>,
    table: Table,
    shown: Option<Shown>,
    /// Whether there is a worker to take requests.
    is_open: bool,
}

impl<F> Default for Queue<F> {
    fn default() -> Self {
        Self {
            last: 0,
            running: None,
            waiting: Vec::new(),
            table: Table::None,
            shown: None,
            is_open: false,
        }
    }
}

impl<F: Clone + Default> Queue<F> {
    /// A worker is ready: returns what to start.
    pub fn open(&mut self) -> Option<Next<F>> {
        self.is_open = true;
        self.start()
    }

    /// Whether the running job is set aside for this request, which reads a file.
    pub fn is_in_the_way_of(&self, request: &Request) -> bool {
        request.is_import() && self.running.is_some()
    }

    /// Takes a request; returns what to start now, if the worker is idle.
    pub fn ask(&mut self, request: Request, file: F) -> Option<Next<F>> {
        let is_import = request.is_import();
        self.waiting.retain(|job| {
            let is_needless = is_import && job.request.opens();
            !is_needless && !job.request.is_of_a_kind_with(&request)
        });
        self.wait(Job {
            file,
            ..Job::of(request)
        });
        self.start()
    }

    /// Moves the running job to the front of the queue, unless a newer one of its kind waits: the worker is ended to read a file.
    pub fn set_aside(&mut self) {
        self.close();
        if let Some((_, Running::Job(job))) = self.running.take()
            && !self.has_newer(&job.request)
        {
            self.waiting.insert(0, job);
        }
    }

    /// Whether a waiting request replaces this one.
    fn has_newer(&self, request: &Request) -> bool {
        let mut waiting = self.waiting.iter();
        waiting.any(|job| job.request.is_of_a_kind_with(request))
    }

    /// Inserts a job into the queue.
    fn wait(&mut self, job: Job<F>) {
        let is_after = |other: &Job<F>| match (&job.request, &other.request) {
            (Request::Fit { .. }, Request::Ask { .. }) => true,
            (
                Request::Ask { question, .. },
                Request::Ask {
                    question: rival, ..
                },
            ) => other.is_begun && (!job.is_begun || question.kind() < rival.kind()),
            _ => other.is_begun,
        };
        let at = if job.request.is_quick() || job.request.is_import() {
            Some(0)
        } else {
            self.waiting.iter().position(is_after)
        };
        self.waiting.insert(at.unwrap_or(self.waiting.len()), job);
    }

    /// Whether a reply to this job still counts.
    pub fn is_running(&self, job: JobId) -> bool {
        matches!(self.running, Some((running, _)) if running == job)
    }

    /// The running request and its number.
    pub fn running(&self) -> Option<(JobId, &Request)> {
        match &self.running {
            Some((number, Running::Job(Job { request, .. }) | Running::Refit(request))) => {
                Some((*number, request))
            }
            Some((_, Running::Restore)) | None => None,
        }
    }

    /// Ends the running job with its outcome and returns it; `None` if the reply belongs to an older job, or to one that the page
    /// did not request: handing over the table, or refitting the result.
    pub fn finish(&mut self, job: JobId, outcome: Option<&Outcome>) -> Option<Job<F>> {
        match self.running.take_if(|(running, _)| *running == job)?.1 {
            Running::Restore => {
                self.table = Table::Held;
                None
            }
            Running::Refit(_) => {
                match outcome {
                    Some(_) => self.shown.iter_mut().for_each(|shown| shown.is_held = true),
                    // Requests about it will be told that it is gone.
                    None => self.shown = None,
                }
                None
            }
            Running::Job(finished) => {
                self.keep(&finished.request, outcome);
                Some(finished)
            }
        }
    }

    /// Ends the running job without an outcome; returns the requests of the page that fail with it. If the table cannot be handed
    /// over, these are all that need it.
    pub fn fail(&mut self, job: JobId) -> Vec<Request> {
        if !matches!(self.running, Some((running, Running::Restore)) if running == job) {
            let failed = self.finish(job, None);
            return failed.map(|job| job.request).into_iter().collect();
        }
        self.running = None;
        self.table = Table::Refused;
        let needs_table = |job: &mut Job<F>| !job.request.brings_table();
        let failed = self.waiting.extract_if(.., needs_table);
        failed.map(|job| job.request).collect()
    }

    /// Notes what is on the screen from now on; drops questions about the earlier result.
    fn keep(&mut self, request: &Request, outcome: Option<&Outcome>) {
        match (request, outcome) {
            (
                _,
                Some(
                    Outcome::Imported(_)
                    | Outcome::ProjectOpened {
                        dataset: Some(_), ..
                    },
                ),
            ) => {
                self.table = Table::Held;
                self.shown = None;
                self.waiting
                    .retain(|job| job.request.result().is_none() && !job.request.is_about_table());
            }
            (Request::Fit { id, .. }, Some(Outcome::Fitted(comparison))) => {
                self.shown = Some(Shown {
                    id: *id,
                    settings: comparison.settings.clone(),
                    is_held: true,
                });
                let is_about = |result| matches!(result, Some(result) if result == *id);
                self.waiting.retain(|job| match &job.request {
                    Request::Ask { .. } => is_about(job.request.result()),
                    _ => true,
                });
            }
            _ => {}
        }
    }

    /// Moves an unfinished job behind the waiting ones, unless a newer one of its kind waits; returns what to start now.
    pub fn go_on(&mut self, job: JobId) -> Option<Next<F>> {
        let unfinished = self.finish(job, Some(&Outcome::Unfinished))?;
        if !self.has_newer(&unfinished.request) {
            let is_begun = true;
            self.wait(Job {
                is_begun,
                ..unfinished
            });
        }
        self.start()
    }

    /// The next job, if the worker is idle and something waits.
    pub fn start(&mut self) -> Option<Next<F>> {
        if !self.is_open || self.running.is_some() {
            return None;
        }
        let first = self.waiting.first().map(|job| &job.request);
        // Reading a file needs no table; if it fails, the table is handed over afterwards.
        let needs_table = first.map(|request| !request.brings_table());
        let is_table_first = match self.table {
            Table::Owed => needs_table != Some(false),
            Table::Refused => needs_table == Some(true),
            Table::None | Table::Held => false,
        };
        let number = self.last + 1;
        if is_table_first {
            self.last = number;
            self.running = Some((number, Running::Restore));
            return Some(Next::Restore(number));
        }
        let (running, job) = if let Some(request) = self.refit_before(first?) {
            (Running::Refit(request.clone()), Job::of(request))
        } else {
            let job = self.waiting.remove(0);
            (Running::Job(job.clone()), job)
        };
        self.last = number;
        self.running = Some((number, running));
        Some(Next::Run(number, job))
    }

    /// The fit of the result on the screen, if a request is about it and the worker no longer has it.
    fn refit_before(&self, request: &Request) -> Option<Request> {
        let shown = self.shown.as_ref().filter(|shown| !shown.is_held)?;
        (request.result() == Some(shown.id)).then(|| Request::Fit {
            id: shown.id,
            settings: shown.settings.clone(),
        })
    }

    /// Drops everything: the worker is ended on purpose.
    pub fn cancel(&mut self) {
        self.close();
        self.running = None;
        self.waiting.clear();
    }

    /// The worker has ended unintentionally.
    pub fn lose(&mut self, ending: Ending) -> Loss {
        self.close();
        match self.running.take() {
            None => return Loss::Nothing,
            Some((_, Running::Job(job))) if ending == Ending::Silent && !job.is_repeat => {
                let is_repeat = true;
                self.waiting.insert(0, Job { is_repeat, ..job });
                return Loss::Time;
            }
            // Waiting requests stay: they are about the table that the page still shows.
            Some((_, Running::Job(job))) => return Loss::Requests(vec![job.request]),
            Some((_, Running::Refit(request))) => return self.lose_refit(&request, ending),
            Some((_, Running::Restore)) => self.table = Table::Refused,
        }
        if self.waiting.is_empty() {
            return Loss::Nothing;
        }
        Loss::Requests(self.waiting.drain(..).map(|job| job.request).collect())
    }

    /// The fit before some questions ended the worker: these are lost, and a new request tries again.
    fn lose_refit(&mut self, fit: &Request, ending: Ending) -> Loss {
        let shown = self.shown.as_ref().map(|shown| shown.id);
        let is_about = |job: &Job<F>| job.request.result() == shown;
        if let Some(first) = self.waiting.iter_mut().find(|job| is_about(job))
            && ending == Ending::Silent
            && !std::mem::replace(&mut first.is_repeat, true)
        {
            return Loss::Time;
        }
        let mut lost = vec![fit.clone()];
        self.waiting.retain(|job| {
            if is_about(job) {
                lost.push(job.request.clone());
            }
            !is_about(job)
        });
        Loss::Requests(lost)
    }

    /// No worker can be started until the next request: returns the waiting requests.
    pub fn give_up(&mut self) -> Vec<Request> {
        self.close();
        self.waiting.drain(..).map(|job| job.request).collect()
    }

    fn close(&mut self) {
        self.is_open = false;
        if self.table == Table::Held {
            self.table = Table::Owed;
        }
        if let Some(shown) = &mut self.shown {
            shown.is_held = false;
        }
    }

    /// Whether nothing is running or waiting.
    pub fn is_idle(&self) -> bool {
        self.running.is_none() && self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests;
