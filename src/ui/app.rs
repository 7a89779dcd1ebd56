//! The page: mounts its parts in the places that `index.html` has for them, listens for keys, follows the address.

use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use js_sys::{Function, Promise};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlElement, Worker};

use super::files::{self, Chosen};
use super::hooks::{use_address, use_question_on_leaving};
use super::panels::{
    Compare, Data, GoOn, KeepPanel, Kept, Methods, Notice, Save, Segments, Steps, Tabs, WorkBar,
    close_card,
};
use super::state::{AppState, Step};
use super::widgets::InTurn;
use crate::demo::DemoFile;
use crate::export::Format;
use crate::session::Screen;
use crate::words::page_title;
use crate::worker::Client;

/// The page, as its script sees it.
#[derive(Clone, Copy)]
pub struct Page(AppState);

impl fmt::Debug for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Page").finish_non_exhaustive()
    }
}

impl Page {
    /// Reads what was dropped or chosen.
    pub fn open(self, files: Vec<File>, is_folder: bool, is_link: bool) {
        match files::chosen(files, is_folder, is_link) {
            Ok(Chosen { file, project }) => match project {
                Some(project) => self.0.open_both(file.name(), file.into(), project.into()),
                None => self.0.open_any(file.name(), file.into()),
            },
            Err(sentence) => self.0.notify(sentence),
        }
    }

    /// Reads a table that was pasted.
    pub fn open_text(self, text: &str) {
        if let Some(file) = files::of_text(text) {
            self.0.open_file("pasted_table.csv".to_owned(), file);
        }
    }

    /// Generates and reads the demo file of that key; there is none of any other.
    pub fn open_demo(self, key: &str) {
        if let Some(demo) = DemoFile::of_key(key) {
            self.0.open_demo(demo);
        }
    }

    /// Goes to the first screen.
    pub fn go_home(self) {
        if self.0.dataset.with_untracked(Option::is_some) {
            self.0.go_to(Screen::Start);
        }
    }
}

/// Takes the first screen over. `engine` is a promise of the first worker, `spawn` a function that starts another.
pub fn run(engine: Promise, spawn: Function) -> Option<Page> {
    let state = Rc::new(OnceCell::new());
    let made = Rc::clone(&state);
    mount("screen", move || {
        let state = AppState::new(is_dark());
        made.set(state).unwrap_or_default();
        provide_context(state);
        view! { <App/> }.into_any()
    });
    let state = *state.get()?;
    let client = Client::new(spawn, move |event| state.hear(event));
    state.connect(client.clone());
    leptos::task::spawn_local(async move {
        match JsFuture::from(engine).await.map(Worker::from) {
            Ok(first) => client.begin(first),
            Err(_) => state.lose_engine(),
        }
    });
    let within = |place: &str, part: fn() -> AnyView| {
        mount(place, move || {
            provide_context(state);
            part()
        });
    };
    within("tabs", || view! { <Tabs/> }.into_any());
    within("steps", || view! { <Steps/> }.into_any());
    within("save", || view! { <Save/> }.into_any());
    within("notice", || view! { <Notice/> }.into_any());
    within("work", || view! { <WorkBar/> }.into_any());
    within("go-on", || view! { <GoOn/> }.into_any());
    within("kept", || view! { <Kept/> }.into_any());
    within("keep", || view! { <KeepPanel/> }.into_any());
    Some(Page(state))
}

/// Puts a part of the app in the place that the page has for it, instead of what stands there until then.
fn mount(place: &str, part: impl FnOnce() -> AnyView + 'static) {
    let place = document().get_element_by_id(place);
    if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        place.set_text_content(None);
        leptos::mount::mount_to(place, part).forget();
    }
}

/// Whether the page is light on dark.
fn is_dark() -> bool {
    let page = document().document_element();
    page.is_some_and(|page| page.get_attribute("data-theme").as_deref() == Some("dark"))
}

/// An attribute of the part of the page with that name.
fn set_attribute(id: &str, name: &str, value: &str) {
    let part = document().get_element_by_id(id);
    if part.is_some_and(|part| part.set_attribute(name, value).is_err()) {
        leptos::logging::warn!("{name} of {id} could not be set");
    }
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
    let themed = window_event_listener_untyped("themechange", move |_| state.set_dark(is_dark()));
    on_cleanup(move || themed.remove());
    Effect::new(move |_| {
        let is_ready = state.has_engine.get();
        set_attribute(
            "app",
            "data-engine",
            if is_ready { "ready" } else { "loading" },
        );
    });
    Effect::new(move |_| {
        let is_start = state.screen.get() == Screen::Start;
        if let Some(start) = document().get_element_by_id("start")
            && let Some(start) = start.dyn_ref::<HtmlElement>()
        {
            start.set_hidden(!is_start);
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
            state.go_to(screen);
        }
    });
    use_question_on_leaving(move || state.has_unkept());
    let choice = Memo::new(move |_| state.keep.with(|keep| keep.choice));
    Effect::new(move |has_looked: Option<bool>| {
        let has_looked = has_looked == Some(true);
        let is_ready = state.has_engine.get();
        if is_ready && !has_looked {
            state.look_for_kept();
        }
        if is_ready {
            state.keep_up(choice.get());
        }
        has_looked || is_ready
    });
}

/// What fills the window once a file is open.
#[component]
fn App() -> impl IntoView {
    let state = AppState::use_context();
    use_browser(state);
    let keys = window_event_listener(ev::keydown, move |event| on_key(state, &event));
    on_cleanup(move || keys.remove());
    let screen = move || match state.screen.get() {
        Screen::Start => ().into_any(),
        Screen::Data => view! { <Data/> }.into_any(),
        // Leaving the review of the columns is a task's work of its own.
        Screen::Compare => view! { <InTurn><Compare/></InTurn> }.into_any(),
        Screen::Segments => view! { <InTurn><Segments/></InTurn> }.into_any(),
    };
    view! { {screen}<Methods/> }
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
            state.step(step);
        }
        return;
    }
    if has_data && is_save(event) {
        event.prevent_default();
        return state.export(Format::Project);
    }
    if is_in(FIELDS) || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let is_open = state.open.with_untracked(Option::is_some);
    let is_selected = state.selection.with_untracked(|rows| !rows.is_empty());
    match event.key().as_str() {
        "Escape" if state.notice.with_untracked(Option::is_some) => state.dismiss_notice(),
        _ if !has_data => {}
        "1" => state.go_to(Screen::Data),
        "2" => state.go_to(Screen::Compare),
        "3" => state.go_to(Screen::Segments),
        "Escape" if is_selected => state.clear_selection(),
        "Escape" if is_open => close_card(state),
        "n" | "N" if is_open => state.step_card(1),
        "m" | "M" => state.open_first_card(),
        _ => {}
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
