//! A form that makes a feature from columns.

use leptos::prelude::*;

use crate::features::Feature;
use crate::session::Decision;
use crate::table::ColumnKind;
use crate::ui::state::AppState;
use crate::ui::widgets::{Select, options_html};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Ratio,
    Difference,
    Log,
}

const RATIO: &str = "a ÷ b";
const DIFFERENCE: &str = "a − b";
const LOG: &str = "log a";

/// Adds `a / b`, `a - b` or `log a`.
#[component]
pub(in crate::ui) fn Derive(
    /// Called when the form is done with.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let state = AppState::use_context();
    let names = Memo::new(move |_| {
        let dataset = state.dataset.get();
        let columns = dataset.iter().flat_map(|dataset| dataset.columns.iter());
        columns
            .filter(|column| column.kind == ColumnKind::Number)
            .map(|column| column.name.clone())
            .collect::<Vec<_>>()
    });
    let form = RwSignal::new(Form::Ratio);
    let first = names.get_untracked().first().cloned().unwrap_or_default();
    let second = names
        .get_untracked()
        .get(1)
        .cloned()
        .unwrap_or_else(|| first.clone());
    let (a, b) = (RwSignal::new(first), RwSignal::new(second));
    let add = move |_| {
        let (a, b) = (a.get(), b.get());
        let feature = match form.get() {
            Form::Ratio => Feature::Ratio { a, b },
            Form::Difference => Feature::Difference { a, b },
            Form::Log => Feature::Log { a },
        };
        if !state.features().contains(&feature) {
            state.decide(Decision::AddFeature(feature));
        }
        on_done.run(());
    };
    let options = move |chosen: RwSignal<String>| {
        let html = move || {
            names.with(|names| {
                let names = names.iter().map(String::as_str);
                options_html(names, Some(chosen.get().as_str()))
            })
        };
        Signal::derive(html)
    };
    let set_form = move |words: String| {
        form.set(match words.as_str() {
            DIFFERENCE => Form::Difference,
            LOG => Form::Log,
            _ => Form::Ratio,
        });
    };
    view! {
        <div class="derive" role="group" aria-label="New feature">
            <label>"Kind"<Select label="Kind".to_owned() id="derive-kind" options=Signal::derive(|| options_html([RATIO, DIFFERENCE, LOG], None)) on_choose=set_form/></label>
            <label>"a"<Select label="a".to_owned() id="derive-a" options=options(a) on_choose=move |name| a.set(name)/></label>
            <Show when=move || form.get() != Form::Log>
                <label>"b"<Select label="b".to_owned() id="derive-b" options=options(b) on_choose=move |name| b.set(name)/></label>
            </Show>
            <div class="derive__buttons">
                <button class="button" data-testid="derive-add" on:click=add>"Add feature"</button>
                <button class="link" on:click=move |_| on_done.run(())>"Cancel"</button>
            </div>
        </div>
    }
}
