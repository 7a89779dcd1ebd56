//! The page: mounts, listens for drops and keys, and puts the panels where they belong.

use js_sys::{Function, Promise};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, HtmlElement, HtmlInputElement, Worker};

use super::panels::{Notice, Start, TopBar, WorkBar};
use super::state::{AppState, Screen};
use super::{files, later};
use crate::worker::Client;

/// Shows the page. `engine` is a promise of the first worker, `spawn` a function that starts another.
pub fn run(engine: Promise, spawn: Function) {
    let Some(root) = document().get_element_by_id("root") else {
        return;
    };
    root.set_text_content(None);
    let Ok(root) = root.dyn_into::<HtmlElement>() else {
        return;
    };
    leptos::mount::mount_to(root, move || {
        let dark = prefers_dark();
        let state = AppState::new(dark);
        let client = Client::new(spawn, move |event| state.hear(event));
        state.connect(client.clone());
        provide_context(state);
        leptos::task::spawn_local(async move {
            match JsFuture::from(engine).await.map(Worker::from) {
                Ok(first) => client.begin(first),
                Err(_) => state.lose_engine(),
            }
        });
        view! { <App/> }
    })
    .forget();
}

fn prefers_dark() -> bool {
    window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

#[component]
fn App() -> impl IntoView {
    let state = AppState::use_context();
    Effect::new(move |_| {
        let theme = if state.dark.get() { "dark" } else { "light" };
        if let Some(page) = document().document_element()
            && page.set_attribute("data-theme", theme).is_err()
        {
            leptos::logging::warn!("the theme could not be set");
        }
    });
    let dragging = RwSignal::new(false);
    let over = window_event_listener(ev::dragover, move |event: DragEvent| {
        event.prevent_default();
        dragging.set(true);
    });
    let leave = window_event_listener(ev::dragleave, move |event: DragEvent| {
        if event.related_target().is_none() {
            dragging.set(false);
        }
    });
    let drop = window_event_listener(ev::drop, move |event: DragEvent| {
        event.prevent_default();
        dragging.set(false);
        match files::dropped(event.data_transfer()) {
            Ok(file) => state.open_file(file.name(), file.into()),
            Err(sentence) => state.notify(sentence),
        }
    });
    let keys = window_event_listener(ev::keydown, move |event| on_key(state, &event));
    on_cleanup(move || {
        over.remove();
        leave.remove();
        drop.remove();
        keys.remove();
    });
    let chosen = move |event: Event| {
        let chooser = event_target::<HtmlInputElement>(&event);
        if let Some(file) = chooser.files().and_then(|files| files.get(0)) {
            state.open_file(file.name(), file.into());
        }
        // The same file can be chosen again after it was mended.
        chooser.set_value("");
    };
    let screen = move || match state.screen.get() {
        Screen::Start => view! { <Start/> }.into_any(),
        screen => later::screen(screen),
    };
    view! {
        <div class="app" class:app--dragging=dragging data-engine=move || if state.has_engine.get() { "ready" } else { "loading" }>
            <input class="visually-hidden" tabindex="-1" type="file" id=files::CHOOSER aria-label="Customer file" accept=".csv,.tsv,.txt,.xlsx,.ods,text/csv,text/plain" on:change=chosen/>
            <TopBar/>
            <Notice/>
            <WorkBar/>
            {screen}
        </div>
    }
}

/// One key, one effect; keys typed into fields are left alone.
fn on_key(state: AppState, event: &web_sys::KeyboardEvent) {
    let typing = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| {
            element
                .matches("input:not([type=radio]):not([type=checkbox]), select, textarea, dialog *")
                .unwrap_or(false)
        });
    if typing || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    match event.key().as_str() {
        "Escape" if state.notice.with_untracked(Option::is_some) => state.notice.set(None),
        "Escape"
            if state
                .selection
                .with_untracked(|selection| !selection.is_empty()) =>
        {
            state.clear_selection();
        }
        "Escape" => state.close_card(),
        "n" | "N" if state.open.with_untracked(Option::is_some) => state.step_card(1),
        "m" | "M" => state.open_first_card(),
        "1" if state.dataset.with_untracked(Option::is_some) => state.screen.set(Screen::Data),
        "2" if state.dataset.with_untracked(Option::is_some) => state.use_customers(),
        "3" if state.dataset.with_untracked(Option::is_some) => state.show_segments(),
        _ => {}
    }
}
