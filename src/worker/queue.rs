//! Which request runs, which wait, and which replies still count.
//!
//! One job runs at a time. A newer request of a kind replaces a waiting one of that kind; an import drops all that wait.
//! After the worker was replaced, the last good import is replayed before anything else.

use super::{JobId, Request};

/// A request with what travels beside it (the handle to a file, in the page).
#[derive(Clone, Debug, PartialEq)]
pub struct Job<F> {
    /// What is asked.
    pub request: Request,
    /// What travels beside it.
    pub file: F,
    /// Whether the outcome is known already and only the worker's memory is restored.
    pub is_replay: bool,
}

/// The requests of a page.
#[derive(Debug)]
pub struct Queue<F> {
    last: JobId,
    running: Option<(JobId, Job<F>)>,
    waiting: Vec<Job<F>>,
    good_import: Option<Job<F>>,
    /// Whether there is a worker.
    is_open: bool,
}

impl<F> Default for Queue<F> {
    fn default() -> Self {
        Self {
            last: 0,
            running: None,
            waiting: Vec::new(),
            good_import: None,
            is_open: false,
        }
    }
}

impl<F: Clone> Queue<F> {
    /// There is a worker now: returns the job to start.
    pub fn open(&mut self) -> Option<(JobId, Job<F>)> {
        self.is_open = true;
        self.start()
    }

    /// Whether the job that runs is of no use once this request is made: another file is being read, or models are fitted to the last.
    pub fn is_in_the_way_of(&self, request: &Request) -> bool {
        request.is_import() && self.running.is_some()
    }

    /// Takes a request; returns the job to start now, if the worker is free.
    pub fn ask(&mut self, request: Request, file: F) -> Option<(JobId, Job<F>)> {
        // The table on the screen is restored all the same: the new file may not be readable.
        if request.is_import() {
            self.waiting.retain(|job| job.is_replay);
        }
        self.waiting
            .retain(|job| job.is_replay || !job.request.is_of_a_kind_with(&request));
        self.waiting.push(Job {
            request,
            file,
            is_replay: false,
        });
        self.start()
    }

    /// Ends the running job on a reply to it; returns the job, or `None` when the reply is to an older one.
    pub fn finish(&mut self, job: JobId, succeeded: bool) -> Option<Job<F>> {
        let (_, finished) = self.running.take_if(|(running, _)| *running == job)?;
        if succeeded && finished.request.is_import() {
            self.good_import = Some(Job {
                is_replay: true,
                ..finished.clone()
            });
        }
        Some(finished)
    }

    /// Puts a job that is not finished behind what waits, unless a newer one of its kind does; returns the job to start now.
    pub fn go_on(&mut self, job: JobId) -> Option<(JobId, Job<F>)> {
        let unfinished = self.finish(job, true)?;
        let is_of_kind = |job: &Job<F>| job.request.is_of_a_kind_with(&unfinished.request);
        if !self.waiting.iter().any(is_of_kind) {
            self.waiting.push(unfinished);
        }
        self.start()
    }

    /// The next job, if the worker is free and something waits.
    pub fn start(&mut self) -> Option<(JobId, Job<F>)> {
        if !self.is_open || self.running.is_some() || self.waiting.is_empty() {
            return None;
        }
        let job = self.waiting.remove(0);
        self.last += 1;
        self.running = Some((self.last, job.clone()));
        Some((self.last, job))
    }

    /// Drops everything: the worker is gone. What a fresh worker must be told first waits then.
    pub fn restart(&mut self) -> Option<Job<F>> {
        self.waiting.clear();
        self.waiting.extend(self.good_import.clone());
        self.running.take().map(|(_, job)| job)
    }

    /// The job that runs.
    pub fn running(&self) -> Option<(JobId, &Job<F>)> {
        self.running.as_ref().map(|(id, job)| (*id, job))
    }

    /// Whether nothing runs and nothing waits.
    pub fn is_idle(&self) -> bool {
        self.running.is_none() && self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::SampleData;
    use crate::questions::{AskNoiseFloor, Listed};
    use crate::result::{ResultId, Settings};

    fn compare(k: usize) -> Request {
        Request::Fit {
            id: ResultId(k as u32),
            settings: Settings {
                n_clusters: Some(k),
                ..Default::default()
            },
        }
    }

    fn import() -> Request {
        Request::ImportSample {
            sample: SampleData::MallVisitors,
            options: crate::table::ReadOptions::default(),
        }
    }

    #[test]
    fn a_newer_request_replaces_the_waiting_one_of_its_kind() {
        let mut queue = Queue::default();
        assert!(
            queue.ask(compare(1), ()).is_none(),
            "there is no worker yet"
        );
        assert!(queue.ask(compare(2), ()).is_none());
        assert_eq!(queue.open().map(|(_, job)| job.request), Some(compare(2)));
        assert!(queue.ask(compare(3), ()).is_none());
        assert!(queue.ask(compare(4), ()).is_none());
        assert!(queue.finish(1, true).is_some());
        let (number, job) = queue.start().unwrap();
        assert_eq!((number, job.request), (2, compare(4)));
        assert!(
            queue.finish(1, true).is_none(),
            "a reply to an old job is dropped"
        );
        assert!(queue.finish(2, true).is_some());
        assert!(queue.is_idle());
    }

    #[test]
    fn what_is_unfinished_waits_behind_the_others() {
        let resample = |k| Request::Ask {
            result: ResultId(k),
            question: AskNoiseFloor.into_any(),
        };
        let mut queue = Queue::default();
        queue.open();
        queue.ask(resample(2), ());
        let (number, job) = queue.go_on(1).unwrap();
        assert_eq!((number, job.request), (2, resample(2)));
        queue.ask(compare(3), ());
        assert_eq!(queue.go_on(2).unwrap().1.request, compare(3));
        queue.finish(3, true);
        assert_eq!(queue.start().unwrap().1.request, resample(2));
        queue.ask(resample(4), ());
        assert_eq!(queue.go_on(4).unwrap().1.request, resample(4));
    }

    #[test]
    fn a_fresh_worker_is_told_the_last_good_import() {
        let mut queue = Queue::default();
        queue.open();
        queue.ask(import(), "mall");
        queue.finish(1, true);
        queue.ask(compare(5), "");
        assert_eq!(queue.restart().map(|job| job.request), Some(compare(5)));
        let (number, job) = queue.start().unwrap();
        assert_eq!((job.request, job.file), (import(), "mall"));
        assert!(queue.finish(number, true).unwrap().is_replay);
        queue.ask(import(), "broken");
        queue.finish(4, false);
        queue.restart();
        assert_eq!(
            queue.start().unwrap().1.file,
            "mall",
            "a failed import is not replayed"
        );
        // Another file while the table is restored: the table first, since the file may not be readable.
        assert!(queue.is_in_the_way_of(&import()) && !queue.is_in_the_way_of(&compare(2)));
        queue.restart();
        let (number, job) = queue.ask(import(), "next").unwrap();
        assert!(job.is_replay);
        queue.finish(number, true);
        assert_eq!(queue.start().unwrap().1.file, "next");
    }
}
