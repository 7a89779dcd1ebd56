//! Other choices: how many customers would be mismatched, and whether they are the same.

use leptos::prelude::*;

use crate::features::Feature;
use crate::numeric::set_of;
use crate::questions::{Against, QuestionKind, Tried, WhatIf};
use crate::ui::panels::asked::Asked;
use crate::ui::panels::visible::OfAll;
use crate::ui::state::AppState;
use crate::ui::widgets::{How, Select, escaped, joined, keyed_options_html};
use crate::words::{
    MethodKey, OTHER_SETTINGS_LABEL, WHAT_IF_HEADS, WHAT_IF_SEGMENTS, against_name, cells_sentence,
    count, features_words, fixed, n_segments_words, scaling_name, tried_note, tried_tip,
    what_if_sentence,
};

/// One row per scaling and set of features, one column per model that the first is compared with.
#[component]
pub(in crate::ui) fn OtherChoices() -> impl IntoView {
    let state = AppState::use_context();
    let chosen = state.looks_at(|look| look.what_if);
    Effect::new(move |_| {
        state.comparison.track();
        // Asked of the result that is to come, or of this one once that is given up.
        if !state.is_stale() {
            state.try_other_choices();
        }
    });
    let numbers = Memo::new(move |_| {
        let found = state.what_if();
        let tried = found.iter().flat_map(|found| &found.tried);
        set_of(tried.map(|tried| tried.n_clusters))
            .into_iter()
            .collect::<Vec<_>>()
    });
    let today = move || state.comparison.get().map_or(0, |it| it.n_clusters);
    let shown = move || {
        chosen
            .get()
            .filter(|k| numbers.with(|all| all.contains(k)))
            .unwrap_or_else(today)
    };
    let lead = move || {
        let all = state.comparison.get().map_or(0, |it| it.n_customers);
        state.what_if().map_or_else(String::new, |found| {
            format!(
                "{} {}",
                what_if_sentence(&found, all),
                cells_sentence(&found)
            )
        })
    };
    let options = move || {
        let numbers = numbers.get().into_iter();
        let options: Vec<_> = numbers
            .map(|k| (k.to_string(), n_segments_words(k)))
            .collect();
        keyed_options_html(&options, Some(shown().to_string().as_str()))
    };
    let choose = move |key: String| {
        let chosen = key.parse::<usize>().ok();
        state.look(|look| look.what_if = chosen);
    };
    let table = move || {
        let known = state.features_compared();
        state
            .what_if()
            .map(|found| table_html(&found, shown(), &known))
    };
    view! {
        <p class="summary__lead" data-testid="what-if">{lead}</p>
        <Asked kind=QuestionKind::WhatIf/>
        <div class="what-if__choice"><Select label=WHAT_IF_SEGMENTS.to_owned() id="what-if-k" options=Signal::derive(options) on_choose=choose/>" "<OfAll/><How of=MethodKey::WhatIf/></div>
        <div class="scroll-both" tabindex="0" role="region" aria-label=OTHER_SETTINGS_LABEL>
            <table class="table table--sticky what-if" inner_html=table></table>
        </div>
    }
}

fn table_html(found: &WhatIf, n_clusters: usize, known: &[Feature]) -> String {
    let of_number: Vec<&Tried> = found
        .tried
        .iter()
        .filter(|tried| tried.n_clusters == n_clusters)
        .collect();
    let mut against: Vec<Against> = Vec::new();
    let mut rows: Vec<(&Vec<String>, _)> = Vec::new();
    for tried in &of_number {
        if !against.contains(&tried.against) {
            against.push(tried.against);
        }
        let row = (&tried.features, tried.scaling);
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    let heads = joined(
        against
            .iter()
            .map(|of| format!("<th scope=col class=num>{}</th>", against_name(*of))),
    );
    let body = joined(rows.iter().map(|(features, scaling)| {
        let cells = against.iter().map(|of| {
            let mut all = of_number.iter();
            let tried = all.find(|it| {
                it.features == **features && it.scaling == *scaling && it.against == *of
            });
            tried.map_or_else(
                || format!("<td class=num>{}</td>", fixed(f64::NAN, 0)),
                |tried| cell_html(tried, found.n_today),
            )
        });
        let cells: String = cells.collect();
        format!(
            "<tr><th scope=row>{}</th><td>{}</td>{cells}</tr>",
            escaped(&features_words(features, known)),
            scaling_name(*scaling)
        )
    }));
    let [features, scaling] = WHAT_IF_HEADS;
    format!(
        "<thead><tr><th scope=col>{features}</th><th scope=col>{scaling}</th>{heads}</tr></thead><tbody>{body}</tbody>"
    )
}

fn cell_html(tried: &Tried, n_today: usize) -> String {
    format!(
        "<td class=num title=\"{}\"><b>{}</b> <small>{}</small></td>",
        tried_tip(tried, n_today),
        count(tried.n_mismatched),
        tried_note(tried)
    )
}
