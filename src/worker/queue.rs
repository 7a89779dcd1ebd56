//! Which request runs, which wait, and which replies still count.
//!
//! One job runs at a time. A newer request of a kind replaces a waiting one of that kind; an import drops all that wait.
//! A worker that was replaced holds no table: the page hands it back before anything that needs it.

use super::{JobId, Request};

/// A request with what travels beside it (the handle to a file, in the page).
#[derive(Clone, Debug, PartialEq)]
pub struct Job<F> {
    /// What is asked.
    pub request: Request,
    /// What travels beside it.
    pub file: F,
    /// Whether a worker fell silent over it before.
    pub is_repeat: bool,
}

/// What the worker is told next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next<F> {
    /// The table that the page holds.
    Restore(JobId),
    /// A request.
    Run(JobId, Job<F>),
}

/// How a worker ended that nobody wanted to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By an error, which the same request would meet again.
    Broken,
    /// Without a word: its memory may have been needed elsewhere, or it hangs.
    Silent,
}

/// What is lost with a worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Loss {
    /// Nothing: it rested.
    Nothing,
    /// Nothing but time: the request in hand is made once more.
    Time,
    /// These requests, the one in hand first.
    Requests(Vec<Request>),
}

/// Where the table is that the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Table {
    /// There is none.
    #[default]
    None,
    /// The worker holds it too.
    Held,
    /// The worker is a fresh one and gets it as soon as it can.
    Owed,
    /// Taking it ended a worker: the next one gets it when a request needs it.
    Refused,
}

#[derive(Debug)]
enum Running<F> {
    Restore,
    Job(Job<F>),
}

/// The requests of a page.
#[derive(Debug)]
pub struct Queue<F> {
    last: JobId,
    running: Option<(JobId, Running<F>)>,
    waiting: Vec<Job<F>>,
    table: Table,
    /// Whether there is a worker that takes requests.
    is_open: bool,
}

impl<F> Default for Queue<F> {
    fn default() -> Self {
        Self {
            last: 0,
            running: None,
            waiting: Vec::new(),
            table: Table::None,
            is_open: false,
        }
    }
}

impl<F: Clone> Queue<F> {
    /// There is a worker now: returns what to start.
    pub fn open(&mut self) -> Option<Next<F>> {
        self.is_open = true;
        self.start()
    }

    /// Whether what runs is of no use once this request is made: another file is being read, or models are fitted to the last.
    pub fn is_in_the_way_of(&self, request: &Request) -> bool {
        is_import(request) && self.running.is_some()
    }

    /// Takes a request; returns what to start now, if the worker is free.
    pub fn ask(&mut self, request: Request, file: F) -> Option<Next<F>> {
        let is_import = is_import(&request);
        let kind = std::mem::discriminant(&request);
        self.waiting
            .retain(|job| !is_import && std::mem::discriminant(&job.request) != kind);
        self.waiting.push(Job {
            request,
            file,
            is_repeat: false,
        });
        self.start()
    }

    /// Whether a reply to this job still counts.
    pub fn is_running(&self, job: JobId) -> bool {
        matches!(self.running, Some((running, _)) if running == job)
    }

    /// The request that runs, and its number.
    pub fn running(&self) -> Option<(JobId, &Request)> {
        match &self.running {
            Some((number, Running::Job(job))) => Some((*number, &job.request)),
            Some((_, Running::Restore)) | None => None,
        }
    }

    /// Ends the running job on a reply to it; returns it, or `None` when the reply is to an older one or the table was handed back.
    pub fn finish(&mut self, job: JobId, succeeded: bool) -> Option<Job<F>> {
        match self.running.take_if(|(running, _)| *running == job)?.1 {
            Running::Restore => {
                self.table = Table::Held;
                None
            }
            Running::Job(finished) => {
                if succeeded && is_import(&finished.request) {
                    self.table = Table::Held;
                }
                Some(finished)
            }
        }
    }

    /// Puts a job that is not finished behind what waits, unless a newer one of its kind does; returns what to start now.
    pub fn go_on(&mut self, job: JobId) -> Option<Next<F>> {
        let unfinished = self.finish(job, true)?;
        let kind = std::mem::discriminant(&unfinished.request);
        let is_of_kind = |job: &Job<F>| std::mem::discriminant(&job.request) == kind;
        if !self.waiting.iter().any(is_of_kind) {
            self.waiting.push(unfinished);
        }
        self.start()
    }

    /// What comes next, if the worker is free and there is something.
    pub fn start(&mut self) -> Option<Next<F>> {
        if !self.is_open || self.running.is_some() {
            return None;
        }
        // A file that is read needs no table; where it cannot be read the table is handed back after all.
        let needs_table = self.waiting.first().map(|job| !is_import(&job.request));
        let is_first = match self.table {
            Table::Owed => needs_table != Some(false),
            Table::Refused => needs_table == Some(true),
            Table::None | Table::Held => false,
        };
        if is_first {
            self.last += 1;
            self.running = Some((self.last, Running::Restore));
            return Some(Next::Restore(self.last));
        }
        needs_table?;
        let job = self.waiting.remove(0);
        self.last += 1;
        self.running = Some((self.last, Running::Job(job.clone())));
        Some(Next::Run(self.last, job))
    }

    /// Drops everything: the worker is ended on purpose.
    pub fn cancel(&mut self) {
        self.close();
        self.running = None;
        self.waiting.clear();
    }

    /// The worker is gone although nobody wanted it.
    pub fn lose(&mut self, ending: Ending) -> Loss {
        self.close();
        let mut lost = Vec::new();
        match self.running.take() {
            None => return Loss::Nothing,
            Some((_, Running::Job(job))) if ending == Ending::Silent && !job.is_repeat => {
                let is_repeat = true;
                self.waiting.insert(0, Job { is_repeat, ..job });
                return Loss::Time;
            }
            Some((_, Running::Job(job))) => {
                // What waits stands on the table or on the models.
                let is_base =
                    is_import(&job.request) || matches!(job.request, Request::Compare { .. });
                lost.push(job.request);
                if !is_base {
                    return Loss::Requests(lost);
                }
            }
            Some((_, Running::Restore)) => self.table = Table::Refused,
        }
        lost.extend(self.waiting.drain(..).map(|job| job.request));
        if lost.is_empty() {
            return Loss::Nothing;
        }
        Loss::Requests(lost)
    }

    /// There will be no other worker until somebody asks: returns what waited.
    pub fn give_up(&mut self) -> Vec<Request> {
        self.close();
        self.waiting.drain(..).map(|job| job.request).collect()
    }

    fn close(&mut self) {
        self.is_open = false;
        if self.table == Table::Held {
            self.table = Table::Owed;
        }
    }

    /// Whether nothing runs and nothing waits.
    pub fn is_idle(&self) -> bool {
        self.running.is_none() && self.waiting.is_empty()
    }
}

fn is_import(request: &Request) -> bool {
    matches!(
        request,
        Request::Import { .. } | Request::ImportSample { .. }
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::demo::SampleData;
    use crate::result::Settings;

    fn compare(k: usize) -> Request {
        Request::Compare {
            settings: Settings {
                n_clusters: Some(k),
                ..Default::default()
            },
        }
    }

    fn resample(k: usize) -> Request {
        match compare(k) {
            Request::Compare { settings } => Request::Resample { settings },
            other => other,
        }
    }

    fn import() -> Request {
        Request::ImportSample {
            sample: SampleData::MallVisitors,
            options: crate::table::ReadOptions::default(),
        }
    }

    fn request<F>(next: Option<Next<F>>) -> Option<Request> {
        match next {
            Some(Next::Run(_, job)) => Some(job.request),
            Some(Next::Restore(_)) | None => None,
        }
    }

    /// A queue whose worker has read a table; the last job was number 1.
    fn with_table() -> Queue<&'static str> {
        let mut queue = Queue::default();
        queue.open();
        queue.ask(import(), "mall");
        queue.finish(1, true).unwrap();
        queue
    }

    #[test]
    fn a_newer_request_replaces_the_waiting_one_of_its_kind() {
        let mut queue = Queue::default();
        assert!(
            queue.ask(compare(1), ()).is_none(),
            "there is no worker yet"
        );
        assert!(queue.ask(compare(2), ()).is_none());
        assert_eq!(request(queue.open()), Some(compare(2)));
        assert!(queue.ask(compare(3), ()).is_none());
        assert!(queue.ask(compare(4), ()).is_none());
        assert!(queue.finish(1, true).is_some());
        assert_eq!(request(queue.start()), Some(compare(4)));
        assert!(
            queue.finish(1, true).is_none() && queue.is_running(2),
            "a reply to an old job is dropped"
        );
        assert!(queue.finish(2, true).is_some());
        assert!(queue.is_idle());
    }

    #[test]
    fn what_is_unfinished_waits_behind_the_others() {
        let mut queue = Queue::default();
        queue.open();
        queue.ask(resample(2), ());
        assert_eq!(request(queue.go_on(1)), Some(resample(2)));
        queue.ask(compare(3), ());
        assert_eq!(request(queue.go_on(2)), Some(compare(3)));
        queue.finish(3, true);
        assert_eq!(request(queue.start()), Some(resample(2)));
        queue.ask(resample(4), ());
        assert_eq!(request(queue.go_on(4)), Some(resample(4)));
    }

    #[test]
    fn a_fresh_worker_is_handed_the_table_before_what_needs_it() {
        let mut queue = with_table();
        queue.ask(compare(5), "");
        queue.cancel();
        assert!(queue.is_idle() && queue.start().is_none());
        assert_eq!(queue.open(), Some(Next::Restore(3)));
        assert!(queue.ask(compare(6), "").is_none());
        assert_eq!(queue.finish(3, true), None);
        assert_eq!(request(queue.start()), Some(compare(6)));
        queue.finish(4, false);
        assert!(queue.start().is_none(), "once is enough");
    }

    #[test]
    fn a_file_that_cannot_be_read_leaves_the_table() {
        let mut queue = with_table();
        queue.ask(compare(5), "");
        assert!(queue.is_in_the_way_of(&import()) && !queue.is_in_the_way_of(&compare(2)));
        queue.cancel();
        queue.ask(import(), "gone");
        // The file goes first: no table is handed over to be thrown away.
        assert_eq!(request(queue.open()), Some(import()));
        assert!(queue.ask(compare(6), "").is_none());
        queue.finish(3, false).unwrap();
        assert_eq!(queue.start(), Some(Next::Restore(4)));
        queue.finish(4, true);
        assert_eq!(request(queue.start()), Some(compare(6)));
        queue.finish(5, true);
        // One that is read makes the old table needless.
        queue.cancel();
        queue.ask(import(), "next");
        assert_eq!(request(queue.open()), Some(import()));
        queue.finish(6, true);
        assert!(queue.start().is_none());
    }

    #[test]
    fn silence_costs_a_second_try_and_an_error_costs_the_request() {
        let mut queue = with_table();
        queue.ask(resample(5), "");
        queue.ask(compare(7), "");
        assert_eq!(queue.lose(Ending::Silent), Loss::Time);
        assert_eq!(queue.open(), Some(Next::Restore(3)));
        queue.finish(3, true);
        assert_eq!(request(queue.start()), Some(resample(5)));
        assert_eq!(
            queue.lose(Ending::Silent),
            Loss::Requests(vec![resample(5)])
        );
        // What waits is still wanted.
        assert_eq!(queue.open(), Some(Next::Restore(5)));
        queue.finish(5, true);
        assert_eq!(request(queue.start()), Some(compare(7)));
        queue.ask(resample(7), "");
        let lost = vec![compare(7), resample(7)];
        assert_eq!(queue.lose(Ending::Broken), Loss::Requests(lost));
        assert_eq!(queue.lose(Ending::Broken), Loss::Nothing);
    }

    #[test]
    fn a_table_that_ends_workers_is_handed_over_only_when_it_is_needed() {
        let mut queue = with_table();
        queue.cancel();
        assert_eq!(queue.open(), Some(Next::Restore(2)));
        queue.ask(compare(2), "");
        let lost = vec![compare(2)];
        assert_eq!(queue.lose(Ending::Broken), Loss::Requests(lost));
        assert!(queue.open().is_none());
        assert_eq!(queue.ask(compare(3), ""), Some(Next::Restore(3)));
        assert_eq!(queue.lose(Ending::Silent), Loss::Requests(vec![compare(3)]));
        queue.open();
        assert_eq!(queue.ask(compare(3), ""), Some(Next::Restore(4)));
        queue.finish(4, true);
        assert_eq!(request(queue.start()), Some(compare(3)));
        queue.cancel();
        queue.open();
        assert_eq!(queue.lose(Ending::Broken), Loss::Nothing, "nobody waits");
    }

    #[test]
    fn what_waits_for_a_worker_that_never_comes_is_given_up() {
        let mut queue = with_table();
        queue.lose(Ending::Broken);
        queue.ask(compare(2), "");
        assert_eq!(queue.give_up(), [compare(2)]);
        assert!(queue.is_idle());
        queue.ask(compare(3), "");
        assert_eq!(queue.open(), Some(Next::Restore(2)));
    }
}
