//! Which worker does which task of a request, and their common progress.

/// The worker with the table: it does tasks like the others, and keeps the results.
pub const HOME: usize = 0;

/// The tasks of a request, spread over workers, heaviest first, so that no long one is left at the end.
#[derive(Debug)]
pub struct Sharing {
    weights: Vec<f64>,
    /// Unassigned tasks, heaviest last.
    waiting: Vec<usize>,
    /// The task of each worker, and the share of it that is done.
    held: Vec<Option<(usize, f64)>>,
    /// Weight of all the work of the request, and of what is left.
    whole: f64,
    left: f64,
}

impl Sharing {
    /// Tasks with these weights, none assigned.
    pub fn new(weights: Vec<f64>, whole: f64, left: f64) -> Self {
        let mut waiting: Vec<usize> = (0..weights.len()).collect();
        // Of equal weights, the first comes first.
        waiting.sort_by(|&a, &b| weights[a].total_cmp(&weights[b]).then(b.cmp(&a)));
        Self {
            weights,
            waiting,
            held: Vec::new(),
            whole,
            left,
        }
    }

    /// The next task for a worker; `None` if it has one, or none is left.
    pub fn next(&mut self, worker: usize) -> Option<usize> {
        if self.held.len() <= worker {
            self.held.resize(worker + 1, None);
        }
        if self.held[worker].is_some() {
            return None;
        }
        let task = self.waiting.pop()?;
        self.held[worker] = Some((task, 0.0));
        Some(task)
    }

    /// Updates a worker's progress; returns that of the request, in `[0, 1]`.
    pub fn hear(&mut self, worker: usize, fraction: f64) -> f64 {
        if let Some(Some((_, done))) = self.held.get_mut(worker) {
            *done = fraction;
        }
        let held = self.held.iter().flatten();
        let ahead: f64 = held.map(|&(task, done)| self.weights[task] * done).sum();
        (1.0 - (self.left - ahead) / self.whole.max(1.0)).clamp(0.0, 1.0)
    }

    /// A worker has done its task.
    pub fn finish(&mut self, worker: usize) {
        if let Some((task, _)) = self.held.get_mut(worker).and_then(Option::take) {
            self.left -= self.weights[task];
        }
    }

    /// A worker has died: another one does its task.
    pub fn lose(&mut self, worker: usize) {
        let lost = self.held.get_mut(worker).and_then(Option::take);
        self.waiting.extend(lost.map(|(task, _)| task));
    }

    /// Whether every task is done.
    pub fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.held.iter().all(Option::is_none)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_goes_first_and_a_lost_task_is_done_by_another() {
        let mut sharing = Sharing::new(vec![1.0, 5.0, 3.0, 3.0], 20.0, 16.0);
        assert_eq!((sharing.next(HOME), sharing.next(1)), (Some(1), Some(2)));
        assert_eq!(sharing.next(HOME), None, "one task at a time");
        assert!((sharing.hear(HOME, 0.0) - 0.2).abs() < 1e-12);
        assert!((sharing.hear(1, 0.5) - 0.275).abs() < 1e-12);
        sharing.finish(HOME);
        assert!((sharing.hear(1, 0.5) - 0.525).abs() < 1e-12);
        sharing.lose(1);
        assert_eq!(sharing.next(HOME), Some(2));
        sharing.finish(HOME);
        for task in [3, 0] {
            assert!(!sharing.is_done());
            assert_eq!(sharing.next(HOME), Some(task));
            sharing.finish(HOME);
        }
        assert!(sharing.is_done());
        assert!((sharing.hear(HOME, 0.0) - 0.8).abs() < 1e-12);
    }
}
