//! A form that makes a feature from columns.

use leptos::prelude::*;

use crate::features::Feature;
use crate::table::ColumnKind;
use crate::ui::state::AppState;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Ratio,
    Difference,
    Log,
}

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
            state.toggle_feature(&feature);
        }
        on_done.run(());
    };
    let options = move |chosen: RwSignal<String>| {
        names.get().into_iter().map(|name| {
            let value = name.clone();
            view! { <option value=name.clone() selected=move || chosen.get() == value>{name.clone()}</option> }
        }).collect::<Vec<_>>()
    };
    let set_form = move |text: String| {
        form.set(match text.as_str() {
            "difference" => Form::Difference,
            "log" => Form::Log,
            _ => Form::Ratio,
        });
    };
    view! {
        <div class="derive" role="group" aria-label="New feature">
            <label>"Kind"
                <select class="field field--small" data-testid="derive-kind" on:change=move |event| set_form(event_target_value(&event))>
                    <option value="ratio">"a ÷ b"</option>
                    <option value="difference">"a − b"</option>
                    <option value="log">"log a"</option>
                </select>
            </label>
            <label>"a"<select class="field field--small" data-testid="derive-a" on:change=move |event| a.set(event_target_value(&event))>{move || options(a)}</select></label>
            <Show when=move || form.get() != Form::Log>
                <label>"b"<select class="field field--small" data-testid="derive-b" on:change=move |event| b.set(event_target_value(&event))>{move || options(b)}</select></label>
            </Show>
            <div class="derive__buttons">
                <button class="button" data-testid="derive-add" on:click=add>"Add feature"</button>
                <button class="link" on:click=move |_| on_done.run(())>"Cancel"</button>
            </div>
        </div>
    }
}
