//! What the page needs only once the engine has spoken. The build cuts the page's wasm in two here: all that is reached
//! through these functions alone is loaded behind the first paint (`xtask/split` names them). They are never inlined.

use leptos::prelude::*;

use super::panels::{Compare, Data, GoOn, KeepPanel, SaveMenu, Segments, kept_now};
use super::state::{AppState, Step};
use super::widgets::InTurn;
use crate::export::Format;
use crate::session::Screen;

/// A screen of a file.
#[inline(never)]
pub(super) fn screen(screen: Screen) -> AnyView {
    match screen {
        Screen::Start => ().into_any(),
        Screen::Data => view! { <Data/> }.into_any(),
        // Leaving the review of the columns is a task's work of its own.
        Screen::Compare => view! { <InTurn><Compare/></InTurn> }.into_any(),
        Screen::Segments => view! { <InTurn><Segments/></InTurn> }.into_any(),
    }
}

/// Goes to a screen of a file.
#[inline(never)]
pub(super) fn go_to(state: AppState, screen: Screen) {
    state.go_to(screen);
}

/// Goes a step through what was decided.
#[inline(never)]
pub(super) fn step(state: AppState, step: Step) {
    state.step(step);
}

/// What a key does that has to do with customers.
#[inline(never)]
pub(super) fn on_key(state: AppState, key: &str) {
    let is_open = state.open.with_untracked(Option::is_some);
    let is_selected = state.selection.with_untracked(|rows| !rows.is_empty());
    match key {
        "Escape" if is_selected => state.clear_selection(),
        "Escape" if is_open => state.close_card(),
        "n" | "N" if is_open => state.step_card(1),
        "m" | "M" => state.open_first_card(),
        _ => {}
    }
}

/// The kinds of files that can be saved.
#[inline(never)]
pub(super) fn save_menu() -> AnyView {
    view! { <SaveMenu/> }.into_any()
}

/// Saves a file.
#[inline(never)]
pub(super) fn export(state: AppState, format: Format) {
    state.export(format);
}

/// The choice how much the browser keeps.
#[inline(never)]
pub(super) fn keep_panel() -> AnyView {
    view! { <KeepPanel/> }.into_any()
}

/// What the browser keeps, in words.
#[inline(never)]
pub(super) fn kept() -> AnyView {
    kept_now().into_any()
}

/// The way on with what the browser kept.
#[inline(never)]
pub(super) fn go_on() -> AnyView {
    view! { <GoOn/> }.into_any()
}

/// Looks for what the browser kept.
#[inline(never)]
pub(super) fn look_for_kept(state: AppState) {
    state.look_for_kept();
}

/// Lets the browser keep what is decided, where the user wants that.
#[inline(never)]
pub(super) fn keep_up(state: AppState) {
    state.keep_up();
}
