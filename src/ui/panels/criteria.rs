//! Every criterion at every number of segments, in a table.

use leptos::prelude::*;

use crate::cluster::{ModelKey, NumberRule};
use crate::result::{Judged, Sweep};
use crate::ui::state::AppState;
use crate::words::{compact, fixed};

/// One row per number and model; the number recommended for the model is in bold.
#[component]
pub(super) fn Criteria() -> impl IntoView {
    let state = AppState::use_context();
    // Nothing in it but numbers and names of models: written as one text, which costs a tenth of the code.
    let table = move || {
        let sweep = state.sweep.get();
        sweep.map(|sweep| format!("{HEAD}<tbody>{}</tbody>", rows(state, &sweep)))
    };
    view! { <div class="scroll-x"><table class="criteria__table" inner_html=table></table></div> }
}

const HEAD: &str = "<thead><tr><th scope=col title=\"Number of segments\">k</th><th scope=col>Model</th>\
    <th scope=col title=\"How much nearer customers are to their own segment than to the next: higher is better, at most 1\">Silhouette</th>\
    <th scope=col title=\"Calinski-Harabasz: spread between segments against spread within, higher is better\">C-H</th>\
    <th scope=col title=\"Davies-Bouldin: how much the most alike segments overlap, lower is better\">D-B</th>\
    <th scope=col title=\"K-Means: gap to data without segments, with its standard error, higher is better. Gaussian mixture: Bayesian information criterion, lower is better\">Gap / BIC</th></tr></thead>";

fn rows(state: AppState, sweep: &Sweep) -> String {
    let best = |model: ModelKey| {
        let choice = sweep.by_model.iter().find(|(of, _)| *of == model);
        choice.map(|(_, choice)| choice.n_clusters)
    };
    let mut rows = String::new();
    for point in &sweep.points {
        let k = point.n_clusters;
        let gap = sweep.gaps.iter().find(|gap| gap.n_clusters == k);
        let gap = gap.map(|gap| format!("{} ± {}", fixed(gap.value, 2), fixed(gap.error, 2)));
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
            let cells = [
                state.model_name(model),
                &fixed(*silhouette, 3),
                &compact(separation.calinski_harabasz),
                &fixed(separation.davies_bouldin, 3),
                &last.unwrap_or_default(),
            ];
            let cells = cells.join("</td><td>");
            rows += format!("<tr{class}><th scope=row>{k}</th><td>{cells}</td></tr>").as_str();
        }
    }
    rows
}
