//! How the numbers are made: a dialog that every sign beside a number opens at its own method.

use leptos::ev;
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::ui::widgets::{escaped, joined};
use crate::words::{CLOSE_METHODS, METHODS, METHODS_LEAD, METHODS_TITLE, Method};

/// What a sign names its method by.
const SIGN: &str = "data-method";

/// The dialog; written when it is opened for the first time.
#[component]
pub(in crate::ui) fn Methods() -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let is_written = RwSignal::new(false);
    // Signs stand in texts of HTML, too, so the click is heard where all of them arrive.
    let clicks = window_event_listener(ev::click, move |event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let sign = target.and_then(|it| it.closest(&format!("[{SIGN}]")).ok().flatten());
        let method = sign.and_then(|sign| sign.get_attribute(SIGN));
        if let (Some(method), Some(dialog)) = (method, dialog.get_untracked()) {
            is_written.set(true);
            if dialog.show_modal().is_ok() {
                request_animation_frame(move || show(&method));
            }
        }
    });
    on_cleanup(move || clicks.remove());
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let text = move || is_written.get().then(methods_html);
    view! {
        <dialog node_ref=dialog class="dialog methods" aria-label=METHODS_TITLE data-testid="methods">
            <header class="methods__head"><h2>{METHODS_TITLE}</h2><button class="button" on:click=close>{CLOSE_METHODS}</button></header>
            <div class="methods__text" tabindex="0" role="region" aria-label=METHODS_TITLE inner_html=text></div>
        </dialog>
    }
}

/// Brings a method to the top.
fn show(method: &str) {
    if let Some(article) = document().get_element_by_id(&id_of(method)) {
        article.scroll_into_view();
    }
}

fn id_of(name: &str) -> String {
    format!("method-{name}")
}

fn methods_html() -> String {
    let method = |it: &Method| {
        let (id, title, text, papers) = (
            id_of(it.key.name()),
            escaped(it.title),
            escaped(it.text),
            escaped(it.papers),
        );
        format!(
            "<article class=method id={id}><h3>{title}</h3><p>{text}</p><p class=caption>{papers}</p></article>"
        )
    };
    let lead = escaped(METHODS_LEAD);
    format!("<p>{lead}</p>{}", joined(METHODS.iter().map(method)))
}
