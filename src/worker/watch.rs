//! Whether a worker lives, from what it says and from what it leaves unsaid; and how often one is tried that cannot start.
//!
//! A worker that ends without an error event, or that hangs, tells nobody. What can be known of it:
//!
//! - One that rests has an empty event loop, and answers a ping at once. No answer means that it is gone.
//! - One that was just told something says so before it begins. No word means the same.
//! - One that works answers no ping: its event loop waits for the wasm, and memory to share with it a page without special
//!   headers has not. All that it can do is to report from within the work. Every long loop of the engine reports several times a
//!   second on a million rows, so silence means something, but not which of two things: a step that takes longer on this machine
//!   than anybody foresaw, or a hang. Ending good work is worse than waiting: the user is told after five seconds and can cancel;
//!   only after half a minute the worker is taken for dead.
//!
//! The clock counts while the page itself runs. A page that was frozen, asleep or busy has heard nothing in that time, which is
//! not the worker's fault: one tick of the page's timer counts for no more than [`MOST_PER_TICK`].

/// Between two looks at the workers, in milliseconds.
pub const TICK: f64 = 500.0;
/// What one look counts for at most, in milliseconds.
const MOST_PER_TICK: f64 = 2.0 * TICK;
/// Silence that is noticed, in milliseconds: with the tick it takes less than five seconds.
const NOTICED: f64 = 4_500.0;
/// Silence of a worker at rest after which it is asked for a sign, in milliseconds.
const PINGED: f64 = 1_000.0;
/// A worker that did not start or did not hear by then never will, in milliseconds. Both take a tenth of a second.
const DEAF: f64 = 10_000.0;
/// A worker that reported nothing of its work for so long is taken for dead, in milliseconds.
const HUNG: f64 = 30_000.0;

/// What a worker is expected to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Start; something may wait for it in the mail.
    Starting { is_told: bool },
    /// Nothing but to answer pings.
    Resting,
    /// Say that it heard.
    Told,
    /// Report from within the work.
    Working,
}

/// What its silence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing yet.
    Fine,
    /// It should be asked whether it is there.
    Ping,
    /// It should have said something for about so many seconds, a multiple of five.
    Silent(u32),
    /// It is gone, or will never say anything again.
    Gone,
}

/// Watches one worker. All times are those of a clock that never goes back, in milliseconds.
#[derive(Debug)]
pub struct Watch {
    phase: Phase,
    /// How long it has been silent.
    silent: f64,
    /// Up to when that is counted.
    counted: f64,
    is_pinged: bool,
}

impl Watch {
    /// A worker that was started now.
    pub fn new(now: f64) -> Self {
        Self {
            phase: Phase::Starting { is_told: false },
            silent: 0.0,
            counted: now,
            is_pinged: false,
        }
    }

    /// It has started.
    pub fn started(&mut self, now: f64) {
        self.phase = match self.phase {
            Phase::Starting { is_told: true } => Phase::Told,
            _ => Phase::Resting,
        };
        self.heard(now);
    }

    /// Something was said to it that it will confirm.
    pub fn told(&mut self, now: f64) {
        match self.phase {
            Phase::Starting { .. } => self.phase = Phase::Starting { is_told: true },
            Phase::Resting => {
                self.phase = Phase::Told;
                self.forget(now);
            }
            Phase::Told | Phase::Working => {}
        }
    }

    /// It said something.
    pub fn heard(&mut self, now: f64) {
        if self.phase == Phase::Told {
            self.phase = Phase::Working;
        }
        self.forget(now);
    }

    /// It has done what it was told.
    pub fn done(&mut self) {
        self.phase = Phase::Resting;
    }

    /// Whether its silence was noticed.
    pub fn is_silent(&self) -> bool {
        self.silent >= NOTICED
    }

    /// Looks at it; to be called every [`TICK`].
    pub fn look(&mut self, now: f64) -> Sign {
        self.silent += (now - self.counted).clamp(0.0, MOST_PER_TICK);
        self.counted = now;
        let patience = match self.phase {
            Phase::Resting => NOTICED,
            Phase::Starting { .. } | Phase::Told => DEAF,
            Phase::Working => HUNG,
        };
        if self.silent >= patience {
            return Sign::Gone;
        }
        match self.phase {
            Phase::Resting if self.silent >= PINGED && !self.is_pinged => {
                self.is_pinged = true;
                Sign::Ping
            }
            Phase::Resting => Sign::Fine,
            _ if self.silent >= NOTICED => {
                let fives = (self.silent + 5_000.0 - NOTICED) / 5_000.0;
                Sign::Silent(5 * fives as u32)
            }
            _ => Sign::Fine,
        }
    }

    fn forget(&mut self, now: f64) {
        self.silent = 0.0;
        self.counted = now;
        self.is_pinged = false;
    }
}

/// Starts in a row that come to nothing before it is said.
const TRIES: usize = 3;
/// Pauses before the second and the third of them, in milliseconds.
const PAUSES: [u32; TRIES - 1] = [200, 1_000];

/// Why no worker can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It meets an error.
    Broken,
    /// It belongs to another build than the page.
    OtherBuild,
    /// It says nothing.
    Silent,
}

/// Starts of a worker that came to nothing, one after the other.
#[derive(Debug, Default)]
pub struct Starts {
    n_failed: usize,
}

impl Starts {
    /// One could not start, or ended before it was of any use: how long to wait before the next, in milliseconds; `None` when it
    /// is enough.
    pub fn failed(&mut self) -> Option<u32> {
        self.n_failed += 1;
        PAUSES.get(self.n_failed - 1).copied()
    }

    /// One was of use.
    pub fn succeeded(&mut self) {
        self.n_failed = 0;
    }

    /// Whether it was enough. Somebody who asks all the same gets one more try.
    pub fn is_enough(&self) -> bool {
        self.n_failed >= TRIES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks every tick for so many milliseconds; what was seen, with the time since the first look.
    fn look(watch: &mut Watch, now: &mut f64, millis: f64) -> Vec<(f64, Sign)> {
        let start = *now;
        let mut seen = Vec::new();
        while *now < start + millis {
            *now += TICK;
            let sign = watch.look(*now);
            if sign != Sign::Fine && seen.last().is_none_or(|(_, last)| *last != sign) {
                seen.push((*now - start, sign));
            }
        }
        seen
    }

    fn resting() -> (Watch, f64) {
        let mut watch = Watch::new(0.0);
        watch.started(120.0);
        (watch, 120.0)
    }

    #[test]
    fn one_at_rest_is_pinged_and_gone_within_five_seconds_of_its_last_word() {
        let (mut watch, mut now) = resting();
        // It answers for a minute.
        for _ in 0..40 {
            assert_eq!(look(&mut watch, &mut now, 1_000.0), [(1_000.0, Sign::Ping)]);
            now += 30.0;
            watch.heard(now);
        }
        let seen = look(&mut watch, &mut now, 5_000.0);
        assert_eq!(seen[0], (1_000.0, Sign::Ping), "once");
        assert_eq!(seen[1], (4_500.0, Sign::Gone));
    }

    #[test]
    fn one_that_reports_works_for_hours() {
        let (mut watch, mut now) = resting();
        watch.told(now);
        for _ in 0..2_000 {
            assert_eq!(look(&mut watch, &mut now, 4_000.0), []);
            watch.heard(now);
        }
        watch.done();
        assert_eq!(look(&mut watch, &mut now, 1_000.0), [(1_000.0, Sign::Ping)]);
    }

    #[test]
    fn silence_at_work_is_said_within_five_seconds_and_ended_after_thirty() {
        let (mut watch, mut now) = resting();
        watch.told(now);
        watch.heard(now);
        let seen = look(&mut watch, &mut now, 31_000.0);
        let times: Vec<f64> = seen.iter().map(|(time, _)| *time).collect();
        assert_eq!(
            times,
            [
                4_500.0, 9_500.0, 14_500.0, 19_500.0, 24_500.0, 29_500.0, 30_000.0
            ]
        );
        assert_eq!(
            (seen[0].1, seen[4].1, seen[6].1),
            (Sign::Silent(5), Sign::Silent(25), Sign::Gone)
        );
        assert!(watch.is_silent());
        // It was only slow: all is well again.
        watch.heard(now);
        assert!(!watch.is_silent());
        assert_eq!(look(&mut watch, &mut now, 4_000.0), []);
    }

    #[test]
    fn one_that_never_hears_or_never_starts_is_gone_sooner() {
        for is_started in [true, false] {
            let (mut watch, mut now) = if is_started {
                resting()
            } else {
                (Watch::new(0.0), 0.0)
            };
            watch.told(now);
            let seen = look(&mut watch, &mut now, 11_000.0);
            assert_eq!(seen[0], (4_500.0, Sign::Silent(5)));
            assert_eq!(seen.last(), Some(&(10_000.0, Sign::Gone)));
        }
        // What waited in the mail of one that starts late is confirmed after that.
        let mut watch = Watch::new(0.0);
        watch.told(0.0);
        watch.started(9_000.0);
        let mut now = 9_000.0;
        assert_eq!(look(&mut watch, &mut now, 4_000.0), []);
        watch.heard(now);
        assert_eq!(look(&mut watch, &mut now, 4_000.0), []);
    }

    #[test]
    fn the_sleep_of_the_page_is_not_held_against_the_worker() {
        let (mut watch, now) = resting();
        watch.told(now);
        watch.heard(now);
        // An hour, and a clock that is set back.
        assert_eq!(watch.look(now + 3_600_000.0), Sign::Fine);
        assert_eq!(watch.look(now), Sign::Fine);
        // A page that looks late every time counts a second for each look.
        let looks = (1..=5).map(|look| watch.look(now + 7_000.0 * f64::from(look)));
        let looks: Vec<Sign> = looks.collect();
        assert_eq!(looks[..3], [Sign::Fine; 3]);
        assert_eq!(looks[3..], [Sign::Silent(5); 2]);
    }

    #[test]
    fn three_starts_and_one_more_for_each_who_asks() {
        let mut starts = Starts::default();
        assert_eq!(starts.failed(), Some(200));
        assert_eq!(starts.failed(), Some(1_000));
        assert!(!starts.is_enough());
        assert_eq!(starts.failed(), None);
        assert!(starts.is_enough());
        assert_eq!(starts.failed(), None, "asked for again in vain");
        starts.succeeded();
        assert!(!starts.is_enough());
        assert_eq!(starts.failed(), Some(200));
    }
}
