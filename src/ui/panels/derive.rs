//! A form that makes a feature from columns.

use leptos::prelude::*;

use crate::features::{DatePart, Feature};
use crate::result::{ColumnData, ColumnInfo, Dataset};
use crate::session::Decision;
use crate::table::ColumnKind;
use crate::ui::state::AppState;
use crate::ui::widgets::{Select, options_html, places_html};
use crate::words::{
    ADD_FEATURE, CANCEL, FIRST_COLUMN, Form, KIND, NEW_FEATURE, SECOND_COLUMN, UNTIL, UNTIL_TIP,
    dates_sentence, form_name, undefined_sentence,
};

/// Those of numbers, then those of dates.
const FORMS: [Form; 10] = [
    Form::Ratio,
    Form::Difference,
    Form::Log,
    Form::Log1p,
    Form::YeoJohnson,
    Form::Rank,
    Form::DaysSince,
    Form::YearsBetween,
    Form::Months,
    Form::Weekdays,
];

/// Adds `a / b`, `log(1 + a)`, days since `a`, ...
#[component]
pub(in crate::ui) fn Derive(
    /// Called when the form is done with.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let state = AppState::use_context();
    let has = |form: Form| {
        let dataset = state.dataset.get_untracked();
        dataset.is_some_and(|dataset| !names_for(&dataset, form).is_empty())
    };
    // Forms of dates are offered where there are dates, and those of numbers where there are numbers.
    let forms = FORMS.into_iter().filter(|form| has(*form));
    let forms: Vec<Form> = forms.collect();
    let has_none = forms.is_empty();
    let first = forms.first().copied().unwrap_or(Form::Ratio);
    let form = RwSignal::new(first);
    let (a, b) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let until = RwSignal::new(String::new());
    let names_of = move |form: Form| {
        let dataset = state.dataset.get();
        dataset.map_or_else(Vec::new, |dataset| names_for(&dataset, form))
    };
    let choose_first = move |names: &[String]| {
        let first = names.first().cloned().unwrap_or_default();
        b.set(names.get(1).cloned().unwrap_or_else(|| first.clone()));
        a.set(first);
    };
    let names = Memo::new(move |_| names_of(form.get()));
    choose_first(&names.get_untracked());
    let made = move || {
        let dataset = state.dataset.get();
        dataset.map_or_else(Vec::new, |dataset| {
            made_of(&dataset, form.get(), (a.get(), b.get()), &until.get())
        })
    };
    let note = move || {
        let dataset = state.dataset.get()?;
        note_of(&dataset, form.get(), &a.get(), &made())
    };
    let add = move |_| {
        let features = state.features();
        let mut with = untrack(made);
        with.retain(|feature| !features.contains(feature));
        // One is a step that is named after it.
        if with.len() == 1 {
            with.into_iter().for_each(|feature| {
                state.decide(Decision::AddFeature(feature));
            });
        } else if !with.is_empty() {
            let without = Vec::new();
            state.decide(Decision::ChangeFeatures { without, with });
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
    let words = places_html(forms.iter().map(|&form| form_name(form)), None);
    let set_form = move |at: String| {
        let chosen = at.parse().ok().and_then(|at: usize| forms.get(at).copied());
        let (before, now) = (form.get_untracked(), chosen.unwrap_or(first));
        if before.is_of_dates() != now.is_of_dates() {
            choose_first(&untrack(|| names_of(now)));
        }
        form.set(now);
    };
    view! {
        <div class="derive" role="group" aria-label=NEW_FEATURE>
            <label>{KIND}<Select label=KIND.to_owned() id="derive-kind" options=Signal::derive(move || words.clone()) on_choose=set_form/></label>
            <label>{FIRST_COLUMN}<Select label=FIRST_COLUMN.to_owned() id="derive-a" options=options(a) on_choose=move |name| a.set(name)/></label>
            <Show when=move || form.get().has_two()>
                <label>{SECOND_COLUMN}<Select label=SECOND_COLUMN.to_owned() id="derive-b" options=options(b) on_choose=move |name| b.set(name)/></label>
            </Show>
            <Show when=move || form.get() == Form::DaysSince>
                <label title=UNTIL_TIP>{UNTIL}<input class="field field--small" type="date" aria-label=UNTIL_TIP on:change=move |event| until.set(event_target_value(&event))/></label>
            </Show>
            <p class="caption">{note}</p>
            <div class="derive__buttons">
                <button class="button" data-testid="derive-add" disabled=has_none on:click=add>{ADD_FEATURE}</button>
                <button class="link" on:click=move |_| on_done.run(())>{CANCEL}</button>
            </div>
        </div>
    }
}

/// The columns that a feature of this form can be made of.
fn names_for(dataset: &Dataset, form: Form) -> Vec<String> {
    let may_be = |column: &&ColumnInfo| {
        if form.is_of_dates() {
            column.has_dates()
        } else {
            column.kind == ColumnKind::Number
        }
    };
    let columns = dataset.columns.iter().filter(may_be);
    columns.map(|column| column.name.clone()).collect()
}

/// What the form makes: one feature, or one for each part of a date.
fn made_of(dataset: &Dataset, form: Form, (a, b): (String, String), until: &str) -> Vec<Feature> {
    vec![match form {
        Form::Months => return dataset.date_parts(&a, DatePart::Month),
        Form::Weekdays => return dataset.date_parts(&a, DatePart::Weekday),
        Form::Ratio => Feature::Ratio { a, b },
        Form::Difference => Feature::Difference { a, b },
        Form::Log => Feature::Log { a },
        Form::Log1p => Feature::Log1p { a },
        Form::YeoJohnson => Feature::YeoJohnson { a, lambda: None },
        Form::Rank => Feature::Rank { a },
        Form::DaysSince => Feature::DaysSince {
            a,
            until: until.parse().ok(),
        },
        Form::YearsBetween => Feature::YearsBetween { a, b },
    }]
}

/// In which form dates are read, or whom the feature leaves out.
fn note_of(dataset: &Dataset, form: Form, a: &str, made: &[Feature]) -> Option<String> {
    if !form.is_of_dates() {
        let left_out = dataset.n_undefined(made.first()?);
        return Some(undefined_sentence(left_out, form == Form::Log));
    }
    match dataset.column(a)?.data {
        ColumnData::Dates {
            form,
            is_settled,
            n_unread,
            ..
        } => Some(dates_sentence(form, is_settled, n_unread)),
        _ => None,
    }
}
