//! A form that makes a feature from columns.

use leptos::prelude::*;

use crate::features::Feature;
use crate::session::Decision;
use crate::table::ColumnKind;
use crate::ui::state::AppState;
use crate::ui::widgets::{Select, options_html, places_html};
use crate::words::{
    ADD_FEATURE, CANCEL, FIRST_COLUMN, Form, KIND, NEW_FEATURE, SECOND_COLUMN, form_name,
};

const FORMS: [Form; 3] = [Form::Ratio, Form::Difference, Form::Log];

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
    let set_form = move |at: String| {
        let chosen = at.parse().ok().and_then(|at: usize| FORMS.get(at));
        form.set(chosen.copied().unwrap_or(Form::Ratio));
    };
    let forms = || places_html(FORMS.into_iter().map(form_name), None);
    view! {
        <div class="derive" role="group" aria-label=NEW_FEATURE>
            <label>{KIND}<Select label=KIND.to_owned() id="derive-kind" options=Signal::derive(forms) on_choose=set_form/></label>
            <label>{FIRST_COLUMN}<Select label=FIRST_COLUMN.to_owned() id="derive-a" options=options(a) on_choose=move |name| a.set(name)/></label>
            <Show when=move || form.get() != Form::Log>
                <label>{SECOND_COLUMN}<Select label=SECOND_COLUMN.to_owned() id="derive-b" options=options(b) on_choose=move |name| b.set(name)/></label>
            </Show>
            <div class="derive__buttons">
                <button class="button" data-testid="derive-add" on:click=add>{ADD_FEATURE}</button>
                <button class="link" on:click=move |_| on_done.run(())>{CANCEL}</button>
            </div>
        </div>
    }
}
