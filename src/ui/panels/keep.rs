//! What the browser keeps: the choice, and the way on with what was kept.

use leptos::prelude::*;

use crate::session::KeepChoice;
use crate::ui::state::AppState;
use crate::ui::widgets::{Segmented, position_of};
use crate::words::{
    FORGET, KEEP_LABEL, KEEP_TITLE, go_on_words, keep_choice_name, keep_choice_sentence,
    kept_sentence, kept_words, waits_words,
};

/// The choice how much is kept, and the way to forget it.
#[component]
pub(in crate::ui) fn KeepPanel() -> impl IntoView {
    let state = AppState::use_context();
    let choice = Memo::new(move |_| state.keep.with(|keep| keep.choice));
    let chosen = Signal::derive(move || position_of(&KeepChoice::ALL, &choice.get()));
    let choose = move |at: usize| {
        if let Some(choice) = KeepChoice::ALL.get(at) {
            state.choose_to_keep(*choice);
        }
    };
    let options = KeepChoice::ALL.map(keep_choice_name);
    let caption = move || keep_choice_sentence(choice.get());
    view! {
        <div class="keep" data-testid="keep">
            <p class="keep__title">{KEEP_TITLE}</p>
            <Segmented label=KEEP_LABEL.to_owned() options=options.into() chosen=chosen on_choose=choose/>
            <p class="caption">{caption}</p>
            <button class="button" data-testid="forget" on:click=move |_| state.forget_everything()>{FORGET}</button>
        </div>
    }
}

/// What is kept now, in words.
#[component]
pub(in crate::ui) fn Kept() -> impl IntoView {
    let state = AppState::use_context();
    move || {
        let stored = state.keep.get().stored;
        let stored = stored.as_ref();
        kept_words(stored.map(|(mark, with_data)| (&**mark, *with_data)))
    }
}

/// The way on with what was kept; nothing where nothing was, or a file is open.
#[component]
pub(in crate::ui) fn GoOn() -> impl IntoView {
    let state = AppState::use_context();
    move || {
        let keep = state.keep.get();
        let (mark, with_data) = keep.stored?;
        if state.dataset.with(Option::is_some) {
            return None;
        }
        Some(if keep.can_go_on {
            view! {
                <div class="go-on" data-testid="go-on">
                    <button class="button button--primary button--big" on:click=move |_| state.go_on()>{go_on_words(&mark)}</button>
                    <p class="caption">{kept_sentence(&mark, with_data)}</p>
                </div>
            }
            .into_any()
        } else {
            view! { <p class="go-on" data-testid="go-on">{waits_words(&mark)}</p> }.into_any()
        })
    }
}
