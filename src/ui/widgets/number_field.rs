//! A field for a number: what is typed is taken as it is shown, or stays, marked, with the reason beside it.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::session::{FieldBounds, read_number};
use crate::ui::hooks::number_of;
use crate::words::{exact, field_sentence};

static NEXT_NOTE: AtomicU32 = AtomicU32::new(0);

/// What the fields of a group refuse, and why: one line below them, whose room is always there.
#[derive(Clone, Copy)]
pub(in crate::ui) struct FieldNotes {
    id: u32,
    /// By the names of the fields.
    refused: RwSignal<Vec<(String, String)>>,
}

impl FieldNotes {
    pub(in crate::ui) fn new() -> Self {
        Self {
            id: NEXT_NOTE.fetch_add(1, Ordering::Relaxed),
            refused: RwSignal::new(Vec::new()),
        }
    }

    fn id(self) -> String {
        format!("field-note-{}", self.id)
    }

    /// Says why a field refuses, or that it does no more.
    fn say(self, field: &str, why: Option<String>) {
        self.refused.update(|refused| {
            refused.retain(|(other, _)| other != field);
            refused.extend(why.map(|why| (field.to_owned(), why)));
        });
    }

    /// The line.
    pub(in crate::ui) fn line(self) -> AnyView {
        let words = move || {
            let refused = self.refused.get();
            refused.last().map(|(_, why)| why.clone())
        };
        view! { <p class="field-note" role="status" id=self.id() title=words data-testid="field-note">{words}</p> }.into_any()
    }
}

/// The field. Not generic, so that the page holds its code once.
#[component]
pub(in crate::ui) fn NumberField(
    /// What the number is, for screen readers.
    label: String,
    /// For tests.
    #[prop(optional, into)]
    id: Option<String>,
    /// The number in use.
    #[prop(into)]
    value: Signal<f64>,
    /// What it takes.
    #[prop(into)]
    bounds: Signal<FieldBounds>,
    /// Where it says why it refuses.
    notes: FieldNotes,
    /// Called with what is taken.
    #[prop(into)]
    on_take: Callback<f64>,
) -> impl IntoView {
    let is_refused = RwSignal::new(false);
    let input = NodeRef::<leptos::html::Input>::new();
    let name = StoredValue::new(label.clone());
    let shown = Memo::new(move |_| exact(value.get()));
    let settle = move |why: Option<String>| {
        is_refused.set(why.is_some());
        name.with_value(|name| notes.say(name, why));
    };
    let restore = move |field: &HtmlInputElement| {
        field.set_value(&shown.get_untracked());
        settle(None);
    };
    let change = move |event: web_sys::Event| {
        let field = event_target::<HtmlInputElement>(&event);
        let text = field.value();
        if text.trim() == shown.get_untracked() {
            return restore(&field);
        }
        match read_number(&text, &bounds.get_untracked(), number_of) {
            Ok(number) => {
                on_take.run(number);
                restore(&field);
            }
            Err(error) => settle(Some(field_sentence(error, value.get_untracked()))),
        }
    };
    let key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            restore(&event_target::<HtmlInputElement>(&event));
        }
    };
    // Where another number comes into use, what was refused before is no more.
    Effect::new(move |before: Option<String>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now) && is_refused.get_untracked() {
            settle(None);
        }
        now
    });
    // A refusal speaks of the bounds of then.
    Effect::new(move |before: Option<FieldBounds>| {
        let now = bounds.get();
        if before.is_some_and(|before| before != now)
            && is_refused.get_untracked()
            && let Some(field) = input.get_untracked()
        {
            restore(&field);
        }
        now
    });
    on_cleanup(move || {
        if is_refused.try_get_untracked() == Some(true) {
            settle(None);
        }
    });
    view! {
        <input node_ref=input class="field field--small field--number" type="text" inputmode="decimal" autocomplete="off" spellcheck="false" aria-label=label data-testid=id
            aria-invalid=move || is_refused.get().then_some("true") aria-describedby=move || is_refused.get().then(|| notes.id())
            title=shown prop:value=shown on:change=change on:keydown=key/>
    }
}
