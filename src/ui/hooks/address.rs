//! The end of the address, `#name`, and the browser's own way back and forth.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Keeps the end of the address at `name` (nothing where that is empty), each change an entry of the browser's history. Where the
/// user goes back, forth or types a name, `on_travel` is called with it; a name that leads nowhere is put right without an entry.
pub(in crate::ui) fn use_address(name: Signal<&'static str>, on_travel: impl Fn(&str) + 'static) {
    Effect::new(move |before: Option<()>| {
        let name = name.get();
        // What stood there before the page was loaded is no place to go back to.
        write(name, before.is_none());
    });
    let travelled = window_event_listener(ev::popstate, move |_| {
        on_travel(&written());
        write(name.get_untracked(), true);
    });
    on_cleanup(move || travelled.remove());
}

/// What stands in the address.
fn written() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Writes a name where another stands.
fn write(name: &str, in_place: bool) {
    if written() == name {
        return;
    }
    let Ok(history) = window().history() else {
        return;
    };
    let location = window().location();
    let end = if name.is_empty() {
        // An empty end would leave its mark.
        location
            .pathname()
            .and_then(|path| Ok(path + &location.search()?))
    } else {
        Ok(format!("#{name}"))
    };
    let Ok(end) = end else { return };
    let written = if in_place {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&end))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(&end))
    };
    if written.is_err() {
        leptos::logging::warn!("the address could not be written");
    }
}
