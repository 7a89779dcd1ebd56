//! Every criterion at every number of segments, in a table.

use leptos::prelude::*;

use crate::cluster::{ModelKey, NumberRule};
use crate::result::{Judged, Sweep};
use crate::ui::state::AppState;
use crate::ui::widgets::{escaped, joined};
use crate::words::{CRITERIA, CriterionHead, compact, fixed, gap_with_error};

/// One row per number and model; the number recommended for the model is in bold.
#[component]
pub(super) fn Criteria() -> impl IntoView {
    let state = AppState::use_context();
    // Nothing in it but numbers and names of models: written as one text, which costs a tenth of the code.
    let table = move || {
        let sweep = state.sweep.get();
        sweep.map(|sweep| format!("{}<tbody>{}</tbody>", head(), rows(state, &sweep)))
    };
    view! { <div class="scroll-x"><table class="criteria__table" inner_html=table></table></div> }
}

fn head() -> String {
    let heads = CRITERIA.iter().map(|CriterionHead { name, tip }| {
        let tip = escaped(tip);
        format!("<th scope=col title=\"{tip}\">{}</th>", escaped(name))
    });
    format!("<thead><tr>{}</tr></thead>", joined(heads))
}

fn rows(state: AppState, sweep: &Sweep) -> String {
    let best = |model: ModelKey| {
        let choice = sweep.by_model.iter().find(|(of, _)| *of == model);
        choice.map(|(_, choice)| choice.n_clusters)
    };
    let mut rows = String::new();
    for point in &sweep.points {
        let k = point.n_clusters;
        let gap = sweep.gaps.iter().find(|gap| gap.n_clusters == k);
        let gap = gap.map(|gap| gap_with_error(gap.value, gap.error));
        for (model, judged) in &point.models {
            let model = *model;
            let Judged {
                silhouette,
                separation,
                ..
            } = judged;
            let last = match model.facts().map(|facts| facts.number_rule) {
                Some(NumberRule::Likelihood) => point.bic.map(compact),
                _ if model.facts().is_some_and(|facts| facts.starts_at_random) => gap.clone(),
                _ => None,
            };
            let class = if best(model) == Some(k) {
                " class=criteria__best"
            } else {
                ""
            };
            let index = |of: Option<f64>| fixed(of.unwrap_or(f64::NAN), 3);
            let cells = [
                state.model_name(model),
                &index(*silhouette),
                &compact(separation.calinski_harabasz.unwrap_or(f64::NAN)),
                &index(separation.davies_bouldin),
                &last.unwrap_or_default(),
            ];
            let cells = cells.join("</td><td>");
            rows += format!("<tr{class}><th scope=row>{k}</th><td>{cells}</td></tr>").as_str();
        }
    }
    rows
}
