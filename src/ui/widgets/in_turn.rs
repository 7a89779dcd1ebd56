//! Parts that come one after another, each in a task of its own, so that the page answers in between.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

use leptos::prelude::*;

thread_local! {
    /// Parts that wait, in the order in which they asked.
    static WAITING: RefCell<VecDeque<RwSignal<bool>>> = const { RefCell::new(VecDeque::new()) };
}

/// Mounts its children in a later task, after those of every part that asked before.
#[component]
pub(in crate::ui) fn InTurn(children: ChildrenFn) -> impl IntoView {
    let is_due = RwSignal::new(false);
    let first = WAITING.with_borrow_mut(|waiting| {
        waiting.push_back(is_due);
        waiting.len() == 1
    });
    if first {
        set_timeout(serve_next, Duration::ZERO);
    }
    view! { <Show when=move || is_due.get()>{children()}</Show> }
}

/// Lets the first of those that wait come; the next one has the task after.
fn serve_next() {
    let next = WAITING.with_borrow_mut(VecDeque::pop_front);
    if WAITING.with_borrow(|waiting| !waiting.is_empty()) {
        set_timeout(serve_next, Duration::ZERO);
    }
    if let Some(is_due) = next {
        // Its screen may have been left by then.
        let _left = is_due.try_set(true);
    }
}
