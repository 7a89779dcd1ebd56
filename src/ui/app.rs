//! The page: mounts, listens for drops and keys, and puts the panels where they belong.

use js_sys::{Function, Promise};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, HtmlElement, HtmlInputElement, Worker};

use super::hooks::{use_address, use_question_on_leaving};
use super::panels::{Notice, Start, TopBar, WorkBar};
use super::state::{AppState, Step};
use super::{files, later};
use crate::export::Format;
use crate::session::Screen;
use crate::words::page_title;
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

/// The end of the address on a screen.
fn name_of(screen: Screen) -> &'static str {
    match screen {
        Screen::Start => "",
        Screen::Data => "data",
        Screen::Compare => "compare",
        Screen::Segments => "segments",
    }
}

/// Theme, title, address, and the question before the page is left.
fn use_browser(state: AppState) {
    Effect::new(move |_| {
        let theme = if state.dark.get() { "dark" } else { "light" };
        if let Some(page) = document().document_element()
            && page.set_attribute("data-theme", theme).is_err()
        {
            leptos::logging::warn!("the theme could not be set");
        }
    });
    Effect::new(move |_| {
        let screen = state.screen.get();
        state.dataset.with(|dataset| {
            let file = dataset.as_ref().map(|dataset| dataset.name.as_str());
            document().set_title(&page_title(file, screen));
        });
    });
    let name = Signal::derive(move || name_of(state.screen.get()));
    use_address(name, move |name| {
        let mut screens = Screen::ALL.into_iter();
        let wanted = screens.find(|screen| name_of(*screen) == name);
        let is_open = state.dataset.with_untracked(Option::is_some);
        if let Some(screen) = wanted.filter(|_| is_open) {
            later::go_to(state, screen);
        }
    });
    use_question_on_leaving(move || state.has_unkept());
    Effect::new(move |has_looked: Option<bool>| {
        let has_looked = has_looked == Some(true);
        let is_ready = state.has_engine.get();
        if is_ready && !has_looked {
            later::look_for_kept(state);
        }
        if is_ready {
            later::keep_up(state);
        }
        has_looked || is_ready
    });
}

#[component]
fn App() -> impl IntoView {
    let state = AppState::use_context();
    use_browser(state);
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
            Ok(files::Dropped { file, project }) => match project {
                Some(project) => state.open_both(file.name(), file.into(), project.into()),
                None => state.open_any(file.name(), file.into()),
            },
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
            state.open_any(file.name(), file.into());
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
            <input class="visually-hidden" tabindex="-1" type="file" id=files::CHOOSER aria-label="Customer file" accept=".csv,.tsv,.txt,.xlsx,.ods,.json,text/csv,text/plain,application/json" on:change=chosen/>
            <TopBar/>
            <Notice/>
            <WorkBar/>
            {screen}
        </div>
    }
}

/// Fields that have their own way with keys.
const FIELDS: &str = "input:not([type=radio]):not([type=checkbox]), select, textarea, dialog *";
/// Fields that take text, and take back what was typed.
const TEXTS: &str =
    "input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, dialog *";

/// One key, one effect; keys typed into fields are left alone.
fn on_key(state: AppState, event: &web_sys::KeyboardEvent) {
    let target = event.target();
    let target = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_in = |fields: &str| {
        let is_one = |element: &web_sys::Element| element.matches(fields).unwrap_or(false);
        target.as_ref().is_some_and(is_one)
    };
    let has_data = state.dataset.with_untracked(Option::is_some);
    if let Some(step) = step_of(event) {
        if has_data && !is_in(TEXTS) {
            event.prevent_default();
            later::step(state, step);
        }
        return;
    }
    if has_data && is_save(event) {
        event.prevent_default();
        return later::export(state, Format::Project);
    }
    if is_in(FIELDS) || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    match event.key().as_str() {
        "Escape" if state.notice.with_untracked(Option::is_some) => state.dismiss_notice(),
        _ if !has_data => {}
        "1" => later::go_to(state, Screen::Data),
        "2" => later::go_to(state, Screen::Compare),
        "3" => later::go_to(state, Screen::Segments),
        key => later::on_key(state, key),
    }
}

/// Ctrl or Cmd with S.
fn is_save(event: &web_sys::KeyboardEvent) -> bool {
    let is_command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    is_command && !event.shift_key() && matches!(event.key().as_str(), "s" | "S")
}

/// Ctrl or Cmd with Z, with Shift and Z, or with Y.
fn step_of(event: &web_sys::KeyboardEvent) -> Option<Step> {
    let is_command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    match (event.key().as_str(), event.shift_key()) {
        _ if !is_command => None,
        ("z" | "Z", false) => Some(Step::Undo),
        ("z" | "Z", true) => Some(Step::Redo),
        ("y" | "Y", false) if event.ctrl_key() => Some(Step::Redo),
        _ => None,
    }
}
