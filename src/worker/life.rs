//! The life of workers as the page leads it: started, watched, replaced when they end, given up when they cannot start.

use std::rc::Rc;

use web_sys::Worker;

use super::client::{Client, Event};
use super::pool::{Member, Timer, after, now, spawn};
use super::{BUILD, Ending, Fault, HOME, Sign, TICK, ToWorker};

/// A worker that lived so long, in milliseconds, was no failure.
const PROVEN: f64 = 30_000.0;

impl Client {
    /// Begins to work, with the first worker.
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

    /// A worker that is heard.
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

    /// A worker has started and names its build. One of another build, of an old page in a cache or of a half-made deployment, would
    /// take one message for another.
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

    /// A worker met an error.
    pub(super) fn broke(&self, number: usize) {
        self.end(number, Ending::Broken, Fault::Broken);
    }

    /// A worker gave a sign of life.
    pub(super) fn lives(&self, number: usize) {
        if number == HOME && self.with(HOME, |home| home.age() > PROVEN) == Some(true) {
            self.serves();
        }
    }

    /// Some worker was of use: those that could not start are forgotten.
    pub(super) fn serves(&self) {
        self.0.starts.borrow_mut().succeeded();
    }

    /// Looks at all workers, to find out who is silent.
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

    /// The task of a helper that ended is done by somebody else.
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

    /// Ends all helpers, and gives back their memory.
    pub(super) fn end_helpers(&self) {
        self.0.helpers.take();
        self.0.hold.take();
    }

    /// Ends all workers; returns the one that holds the table.
    fn end_all(&self) -> Option<Member> {
        self.end_helpers();
        self.0.round.take();
        self.0.home.take()
    }

    /// Ends the work and all that waits for it. Only a fresh worker hears what comes next: the old one may work on for minutes.
    pub(super) fn cancel_work(&self) {
        self.0.queue.borrow_mut().cancel();
        self.replace_home();
    }

    /// Ends the work in hand for a file that is read, until it is known whether it can be.
    pub(super) fn set_work_aside(&self) {
        self.0.queue.borrow_mut().set_aside();
        self.replace_home();
    }

    fn replace_home(&self) {
        if self.end_all().is_some() {
            self.start_home();
        }
    }

    /// Somebody asks although starting has been given up: one more try.
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

    /// Starts a worker after a pause, unless it is enough.
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
