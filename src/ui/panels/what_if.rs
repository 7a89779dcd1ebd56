//! Other choices: how many customers would be mismatched, and whether they are the same.

use leptos::prelude::*;

use crate::numeric::set_of;
use crate::questions::{Against, QuestionKind, Tried, WhatIf};
use crate::ui::panels::asked::Asked;
use crate::ui::state::AppState;
use crate::ui::widgets::{Select, escaped, joined, options_html};
use crate::words::{
    against_name, count, features_words, plural, scaling_name, tried_tip, what_if_sentence,
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
        state.what_if().map_or_else(
            String::new,
            |found| format!("{} In the table: mismatched of {}, “same” those of them that are mismatched today too ({}), “outliers” where a segment is a handful.", what_if_sentence(&found), plural(found.n_customers, "customer", "customers"), count(found.n_today)),
        )
    };
    let options = move || {
        let words: Vec<String> = numbers.get().into_iter().map(segments_words).collect();
        let shown = segments_words(shown());
        options_html(words.iter().map(String::as_str), Some(shown.as_str()))
    };
    let choose = move |words: String| {
        let all = numbers.get_untracked();
        let chosen = all.into_iter().find(|k| segments_words(*k) == words);
        state.look(|look| look.what_if = chosen);
    };
    let table = move || state.what_if().map(|found| table_html(&found, shown()));
    view! {
        <p class="summary__lead" data-testid="what-if">{lead}</p>
        <Asked kind=QuestionKind::WhatIf/>
        <div class="what-if__choice"><Select label="Number of segments".to_owned() id="what-if-k" options=Signal::derive(options) on_choose=choose/></div>
        <div class="scroll-both" tabindex="0" role="region" aria-label="Other choices">
            <table class="table table--sticky what-if" inner_html=table></table>
        </div>
    }
}

fn segments_words(k: usize) -> String {
    plural(k, "segment", "segments")
}

fn table_html(found: &WhatIf, n_clusters: usize) -> String {
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
                || "<td class=num>–</td>".to_owned(),
                |tried| cell_html(tried, found.n_today),
            )
        });
        let cells: String = cells.collect();
        format!(
            "<tr><th scope=row>{}</th><td>{}</td>{cells}</tr>",
            escaped(&features_words(features)),
            scaling_name(*scaling)
        )
    }));
    format!(
        "<thead><tr><th scope=col>Features</th><th scope=col>Scaling</th>{heads}</tr></thead><tbody>{body}</tbody>"
    )
}

fn cell_html(tried: &Tried, n_today: usize) -> String {
    let same = if tried.is_degenerate {
        "outliers".to_owned()
    } else {
        format!("{} same", count(tried.n_overlap))
    };
    format!(
        "<td class=num title=\"{}\"><b>{}</b> <small>{same}</small></td>",
        tried_tip(tried, n_today),
        count(tried.n_mismatched)
    )
}
