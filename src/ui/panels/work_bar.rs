//! What the engine is doing, how far it is, and a way to stop it: in the bar at the top, where it pushes nothing.

use leptos::prelude::*;

use crate::result::Stage;
use crate::ui::state::{AppState, Work};
use crate::words::{
    CANCEL, STARTING, engine_awaited_words, file_awaited_words, silence_words, stage_words,
};

/// Progress of the work in hand; shows itself only when the work takes longer than a moment.
#[component]
pub(in crate::ui) fn WorkBar() -> impl IntoView {
    let state = AppState::use_context();
    let running = Memo::new(move |_| state.work.get() != Work::Idle);
    let stage = move || match state.work.get() {
        Work::Running(Some((stage, fraction))) => (stage_words(stage), fraction),
        Work::Running(None) => match state.awaited_file().filter(|_| !state.has_engine.get()) {
            Some(file) => (engine_awaited_words(&file), 0.0),
            None => (STARTING.to_owned(), 0.0),
        },
        Work::Silent(seconds, done) => (silence_words(seconds), done),
        Work::Idle => (String::new(), 0.0),
    };
    // A reader hears the stage, not every step of it.
    let words = Memo::new(move |_| {
        let words = stage().0;
        let is_writing = matches!(state.work.get(), Work::Running(Some((Stage::Writing, _))));
        if words.is_empty() || is_writing || state.files.with(Vec::is_empty) {
            words
        } else {
            file_awaited_words(&words)
        }
    });
    let percent = move || (stage().1 * 100.0).round();
    view! {
        <div class="work" class:work--on=running data-testid="work" data-state=move || if running.get() { "running" } else { "idle" }>
            <span class="work__words" role="status" aria-live="polite">{words}</span>
            <div class="work__track" aria-hidden="true"><div class="work__done" style:width=move || format!("{}%", percent())></div></div>
            <button class="button" on:click=move |_| state.cancel() disabled=move || !running.get()>{CANCEL}</button>
        </div>
    }
}
