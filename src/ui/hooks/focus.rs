//! The focus, put somewhere without a movement of the page.

use web_sys::{FocusOptions, HtmlElement};

/// Focuses an element; what scrolls around it stays where it is.
pub(in crate::ui) fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that is gone takes no focus; nothing hangs on that.
    let _gone = element.focus_with_options(&options);
}
