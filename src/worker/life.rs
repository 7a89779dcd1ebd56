//! The life of workers as the page manages it: started, watched, replaced when they die, given up when they cannot start.

use std::rc::Rc;

use web_sys::Worker;

use super::client::{Client, Event};
use super::pool::{Member, Timer, after, now, spawn};
use super::{BUILD, Ending, Fault, HOME, Sign, TICK, ToWorker};

/// A worker that lived this long, in milliseconds, counts as started successfully.
const PROVEN: f64 = 30_000.0;

impl Client {
    /// Starts work with the first worker.
    pub fn begin(&self, first: Worker) {
        self.0.home.replace(Some(self.member(first, HOME)));
        let page = Rc::downgrade(&self.0);
        self.0.timer.get_or_init(|| {
            Timer::every(TICK, move || {
                if let Some(inner) = page.upgrade() {
                    Self(inner).look();
                }
            })
        });
    }

    /// Listens to a worker.
    pub(super) fn member(&self, worker: Worker, number: usize) -> Member {
        let (heard, broke) = (Rc::downgrade(&self.0), Rc::downgrade(&self.0));
        Member::new(
            worker,
            move |data| {
                if let Some(inner) = heard.upgrade() {
                    Self(inner).hear(number, &data);
                }
            },
            move || {
                if let Some(inner) = broke.upgrade() {
                    Self(inner).broke(number);
                }
            },
        )
    }

    /// A worker has started and gives its build. One of another build, from a cache or a partial deployment, would misread messages.
    pub(super) fn is_ready(&self, number: usize, build: Option<&str>) {
        if build != Some(BUILD) {
            return self.end(number, Ending::Broken, Fault::OtherBuild);
        }
        self.with(number, Member::has_started);
        if number == HOME {
            self.tell_page(Event::Ready);
            let next = self.0.queue.borrow_mut().open();
            self.start(next);
        }
    }

    /// A worker reported an error.
    pub(super) fn broke(&self, number: usize) {
        self.end(number, Ending::Broken, Fault::Broken);
    }

    /// A worker gave a sign of life.
    pub(super) fn lives(&self, number: usize) {
        if number == HOME && self.with(HOME, |home| home.age() > PROVEN) == Some(true) {
            self.serves();
        }
    }

    /// A worker was of use: resets the count of failed starts.
    pub(super) fn serves(&self) {
        self.0.starts.borrow_mut().succeeded();
    }

    /// Checks all workers for silence.
    fn look(&self) {
        let now = now();
        for number in std::iter::once(HOME).chain(self.helpers()) {
            match self.with(number, |member| member.look(now)) {
                Some(Sign::Ping) => self.tell(number, &ToWorker::Ping),
                Some(Sign::Silent(seconds)) if number == HOME => {
                    self.tell_page(Event::Silent(seconds));
                }
                Some(Sign::Gone) => self.end(number, Ending::Silent, Fault::Silent),
                Some(Sign::Silent(_) | Sign::Fine) | None => {}
            }
        }
    }

    fn end(&self, number: usize, ending: Ending, fault: Fault) {
        if number == HOME {
            self.lose_home(ending, fault);
        } else {
            self.lose_helper(number);
        }
    }

    /// Removes a dead helper; its task is done by another worker.
    fn lose_helper(&self, number: usize) {
        if let Some(helper) = self.0.helpers.borrow_mut().get_mut(number - HOME - 1) {
            helper.take();
        }
        if let Some(round) = self.0.round.borrow_mut().as_mut() {
            round.lose(number);
        }
        let job = self.0.queue.borrow().running().map(|(job, _)| job);
        if let Some(job) = job {
            self.hand_out(job);
        }
    }

    fn lose_home(&self, ending: Ending, fault: Fault) {
        let Some(home) = self.end_all() else { return };
        if home.is_started() {
            let loss = self.0.queue.borrow_mut().lose(ending);
            self.tell_page(Event::Died(loss));
        }
        drop(home);
        self.start_later(fault);
        self.tell_if_idle();
    }

    /// Ends all helpers, which frees their memory.
    pub(super) fn end_helpers(&self) {
        self.0.helpers.take();
        self.0.hold.take();
    }

    /// Ends all workers; returns the one with the table.
    fn end_all(&self) -> Option<Member> {
        self.end_helpers();
        self.0.round.take();
        self.0.home.take()
    }

    /// Ends the current work and drops what waits for it. A new worker takes over, since the old one may be busy for minutes.
    pub(super) fn cancel_work(&self) {
        self.0.queue.borrow_mut().cancel();
        self.replace_home();
    }

    /// Ends the current work for a file, until it is known whether the file can be read.
    pub(super) fn set_work_aside(&self) {
        self.0.queue.borrow_mut().set_aside();
        self.replace_home();
    }

    fn replace_home(&self) {
        if self.end_all().is_some() {
            self.start_home();
        }
    }

    /// Tries once more after a request, although starting was given up.
    pub(super) fn try_again(&self) {
        if self.0.home.borrow().is_none() && self.0.starts.borrow().is_enough() {
            self.start_home();
        }
    }

    fn start_home(&self) {
        if self.0.home.borrow().is_some() {
            return;
        }
        match spawn(&self.0.spawn) {
            Some(worker) => {
                self.0.home.replace(Some(self.member(worker, HOME)));
            }
            None => self.start_later(Fault::Broken),
        }
    }

    /// Starts a worker after a pause, unless too many starts have failed.
    fn start_later(&self, fault: Fault) {
        let pause = self.0.starts.borrow_mut().failed();
        let Some(pause) = pause else {
            let waited = self.0.queue.borrow_mut().give_up();
            self.tell_page(Event::CannotStart(fault, waited));
            return self.tell_if_idle();
        };
        let page = Rc::downgrade(&self.0);
        after(pause, move || {
            if let Some(inner) = page.upgrade() {
                Self(inner).start_home();
            }
        });
    }
}
