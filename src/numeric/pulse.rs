//! Signs of life from within long loops.
//!
//! Who waits for a computation cannot ask it whether it lives: the thread that would answer is the one that computes. So every loop
//! that may run for a second says what it has done. Progress says how far the work is; this says only that it goes on, changes no
//! result, and needs no parameter through all functions in between: whoever wants to hear the signs of its thread says so once.

use std::cell::{Cell, RefCell};

/// Called with every sign of life.
type Listener = Box<dyn Fn()>;

/// Steps between two signs: a hundredth of a second, about.
const STEPS: usize = 1 << 22;

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
    static STEPS_MADE: Cell<usize> = const { Cell::new(0) };
}

/// From now on this hears every sign of life of this thread.
pub fn on_pulse(listener: impl Fn() + 'static) {
    LISTENER.set(Some(Box::new(listener)));
}

/// So many steps of some nanoseconds each were made, or will have been before this is called again: a sign of life once in four
/// millions of them.
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
