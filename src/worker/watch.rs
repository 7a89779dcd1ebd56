//! Whether a worker lives, judged by its messages and its silence; and how often to restart one that cannot start.
//!
//! A worker that ends without an error event, or hangs, sends nothing. What can be inferred:
//!
//! - An idle worker has an empty event loop and answers a ping at once. Silence means that it is gone.
//! - A worker with a new message acknowledges it before it begins. Silence means the same.
//! - A busy worker answers no ping: its event loop waits for the wasm, and a page without special headers has no shared memory.
//!   It can only report from within the work. Every long loop of the engine reports several times a second on a million rows, so
//!   silence means one of two things: an unexpectedly long step on a slow machine, or a hang. Ending good work is worse than
//!   waiting: the user is told after five seconds and can cancel; only after half a minute does the worker count as dead.
//!
//! The clock counts only while the page itself runs. A page that was frozen, asleep or busy received nothing in that time, which is
//! not the worker's fault: one tick of the page's timer counts for at most [`MOST_PER_TICK`].

/// Interval between checks of the workers, in milliseconds.
pub const TICK: f64 = 500.0;
/// The most that one check counts for, in milliseconds.
const MOST_PER_TICK: f64 = 2.0 * TICK;
/// Silence that is reported, in milliseconds: less than five seconds including the tick.
const NOTICED: f64 = 4_500.0;
/// Silence of an idle worker after which it is pinged, in milliseconds.
const PINGED: f64 = 1_000.0;
/// A worker that has not started or acknowledged by then never will, in milliseconds. Both normally take a tenth of a second.
const DEAF: f64 = 10_000.0;
/// A busy worker that has been silent for this long counts as dead, in milliseconds.
const HUNG: f64 = 30_000.0;

/// What a worker is expected to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Start; it may have messages waiting.
    Starting { is_told: bool },
    /// Answer pings.
    Resting,
    /// Acknowledge a message.
    Told,
    /// Report from within the work.
    Working,
}

/// The meaning of its silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing yet.
    Fine,
    /// Ping it.
    Ping,
    /// It has been silent for about this many seconds, a multiple of five.
    Silent(u32),
    /// It is gone, or will never send anything again.
    Gone,
}

/// Watches one worker. All times are in milliseconds on a monotonic clock.
#[derive(Debug)]
pub struct Watch {
    phase: Phase,
    /// Duration of its silence.
    silent: f64,
    /// Time up to which that is counted.
    counted: f64,
    is_pinged: bool,
}

impl Watch {
    /// A worker that is being started.
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

    /// A message was sent that it will acknowledge.
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

    /// A message came from it.
    pub fn heard(&mut self, now: f64) {
        if self.phase == Phase::Told {
            self.phase = Phase::Working;
        }
        self.forget(now);
    }

    /// It has done its work.
    pub fn done(&mut self) {
        self.phase = Phase::Resting;
    }

    /// Whether its silence was noticed.
    pub fn is_silent(&self) -> bool {
        self.silent >= NOTICED
    }

    /// Checks it; to be called every [`TICK`].
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

/// Number of failed starts in a row before the fault is reported.
const TRIES: usize = 3;
/// Pauses before the second and third start, in milliseconds.
const PAUSES: [u32; TRIES - 1] = [200, 1_000];

/// Why no worker can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It reports an error.
    Broken,
    /// It belongs to another build than the page.
    OtherBuild,
    /// It is silent.
    Silent,
}

/// Consecutive failed starts of a worker.
#[derive(Debug, Default)]
pub struct Starts {
    n_failed: usize,
}

impl Starts {
    /// A worker could not start, or ended before it was of any use: the pause before the next start, in milliseconds; `None` after
    /// too many.
    pub fn failed(&mut self) -> Option<u32> {
        self.n_failed += 1;
        PAUSES.get(self.n_failed - 1).copied()
    }

    /// A worker was of use.
    pub fn succeeded(&mut self) {
        self.n_failed = 0;
    }

    /// Whether too many starts have failed. A request after that gets one more try.
    pub fn is_enough(&self) -> bool {
        self.n_failed >= TRIES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks every tick for this many milliseconds; returns the signs, with the time since the first check.
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
        // It was only slow: everything is fine again.
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
        // A worker that starts late acknowledges its waiting messages afterwards.
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
        // An hour passes, and then the clock is set back.
        assert_eq!(watch.look(now + 3_600_000.0), Sign::Fine);
        assert_eq!(watch.look(now), Sign::Fine);
        // On a page whose checks are always late, each check counts for one second.
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
