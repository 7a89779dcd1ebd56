//! The browser's questions before something is lost.

use leptos::ev;
use leptos::prelude::*;

/// Lets the browser ask before the page is closed or loaded again, while something would be lost.
pub(in crate::ui) fn use_question_on_leaving(would_lose: impl Fn() -> bool + 'static) {
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if would_lose() {
            event.prevent_default();
            // For browsers that do not ask otherwise; its words are not shown.
            event.set_return_value("lost");
        }
    });
    on_cleanup(move || leaving.remove());
}

/// Asks, and waits for the answer: yes where there is no way to ask, no where the user has forbidden further questions.
pub(in crate::ui) fn ask_whether(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or(true)
}
