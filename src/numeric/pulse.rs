//! Signs of life from long loops.
//!
//! A thread that computes cannot answer whether it is still alive. So every loop that may run for a second counts its steps here.
//! Progress tells how far the work is; a sign of life only tells that it goes on. It changes no result, and a listener registers once
//! per thread, so that no function in between needs a parameter for it.

use std::cell::{Cell, RefCell};

/// Called with every sign of life.
type Listener = Box<dyn Fn()>;

/// Steps between two signs: about a hundredth of a second.
const STEPS: usize = 1 << 22;

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
    static STEPS_MADE: Cell<usize> = const { Cell::new(0) };
}

/// Registers the listener of this thread.
pub fn on_pulse(listener: impl Fn() + 'static) {
    LISTENER.set(Some(Box::new(listener)));
}

/// Counts steps of a few nanoseconds each, done or about to be done; gives a sign of life every four million.
pub fn pulse(n_steps: usize) {
    let made = STEPS_MADE.get().saturating_add(n_steps);
    if made < STEPS {
        return STEPS_MADE.set(made);
    }
    STEPS_MADE.set(0);
    LISTENER.with_borrow(|listener| {
        if let Some(listener) = listener {
            listener();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static HEARD: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn signs_are_heard_once_in_so_many_steps() {
        let ten = || (0..10).for_each(|_| pulse(STEPS / 5 + 1));
        ten();
        on_pulse(|| HEARD.set(HEARD.get() + 1));
        assert_eq!(HEARD.get(), 0, "nobody listened");
        ten();
        assert_eq!(HEARD.get(), 2);
        pulse(usize::MAX);
        assert_eq!(HEARD.get(), 3);
    }
}
