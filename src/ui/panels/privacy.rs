//! The promise about the data, and how anyone can check it.

use leptos::prelude::*;

use crate::ui::later;
use crate::ui::state::AppState;

/// Requests the browser recorded since the lock; the page's own count, hence checkable by other means only.
fn requests_since_lock() -> Option<u32> {
    let times = js_sys::Reflect::get(&js_sys::global(), &"bootTimes".into()).ok()?;
    let locked = js_sys::Reflect::get(&times, &"locked".into())
        .ok()?
        .as_f64()?;
    let entries = window().performance()?.get_entries_by_type("resource");
    let after = entries.iter().filter(|entry| {
        let start = js_sys::Reflect::get(entry, &"startTime".into())
            .ok()
            .and_then(|start| start.as_f64());
        let address = js_sys::Reflect::get(entry, &"name".into())
            .ok()
            .and_then(|name| name.as_string());
        start.is_some_and(|start| start > locked)
            && address.is_some_and(|address| address.starts_with("http"))
    });
    Some(after.count() as u32)
}

/// The promise and three ways to check it.
#[component]
pub(in crate::ui) fn Privacy() -> impl IntoView {
    let state = AppState::use_context();
    let requests = move || {
        if state.has_engine.get() {
            requests_since_lock().map_or("not known".to_owned(), |n| n.to_string())
        } else {
            "loading".to_owned()
        }
    };
    let kept = move || {
        let is_ready = state.has_engine.get();
        is_ready.then(later::kept)
    };
    let keep = move || {
        let is_ready = state.has_engine.get();
        is_ready.then(later::keep_panel)
    };
    view! {
        <div class="privacy">
            <h2 class="privacy__title">"Your data stay on your computer"</h2>
            <p>"There is no server behind this page: the models run in it. You do not have to take our word for it."</p>
            <ol class="privacy__ways">
                <li><b>"Switch off the network"</b><span>"Everything keeps working, exports included."</span></li>
                <li><b>"Watch the network panel"</b><span>"Open the developer tools of your browser, load a file, and count the requests: none."</span></li>
                <li><b>"Read the rule the browser enforces"</b><span>"Before any file is read, the page sets "<code>"default-src 'none'"</code>". From then on the browser refuses to load or send anything for it, to its own address too."</span></li>
            </ol>
            <table class="privacy__now">
                <caption>"Now"</caption>
                <tbody>
                    <tr><th scope="row">"Requests since the page was ready"</th><td data-testid="requests">{requests}</td></tr>
                    <tr><th scope="row">"Saved in this browser"</th><td data-testid="kept">{kept}</td></tr>
                </tbody>
            </table>
            {keep}
            <p class="caption">"The page counts these requests itself, so check them with one of the ways above. The rule does not cover everything: links that you open, browser extensions, and code written to get around it. SECURITY.md in the source says what the page does about that, and what it cannot."</p>
        </div>
    }
}
