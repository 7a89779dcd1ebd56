//! Every criterion at every number of segments, in a table.

use leptos::prelude::*;

use crate::analysis::{Judged, Model, Sweep};
use crate::ui::state::AppState;
use crate::ui::text::{compact, fixed};

/// One row per number and model; the number recommended for the model is in bold.
#[component]
pub(super) fn Criteria() -> impl IntoView {
    let state = AppState::use_context();
    let table = move || state.sweep.get().map(|sweep| rows(state, &sweep));
    view! {
        <div class="scroll-x"><table class="criteria__table">
            <thead><tr>
                <th scope="col" title="Number of segments">"k"</th><th scope="col">"Model"</th>
                <th scope="col" title="How much nearer customers are to their own segment than to the next: higher is better, at most 1">"Silhouette"</th>
                <th scope="col" title="Calinski-Harabasz: spread between segments against spread within, higher is better">"C-H"</th>
                <th scope="col" title="Davies-Bouldin: how much the most alike segments overlap, lower is better">"D-B"</th>
                <th scope="col" title="K-Means: gap to data without segments, with its standard error, higher is better. Gaussian mixture: Bayesian information criterion, lower is better">"Gap / BIC"</th>
            </tr></thead>
            <tbody>{table}</tbody>
        </table></div>
    }
}

fn rows(state: AppState, sweep: &Sweep) -> Vec<AnyView> {
    let best = |model: Model| {
        let choice = sweep.by_model.iter().find(|(of, _)| *of == model);
        choice.map(|(_, choice)| choice.n_clusters)
    };
    let mut rows = Vec::new();
    for point in &sweep.points {
        let judged = [
            (Model::KMeans, Some(&point.k_means)),
            (Model::Hierarchical, Some(&point.hierarchical)),
            (Model::GaussianMixture, point.gaussian_mixture.as_ref()),
        ];
        let gap = sweep
            .gaps
            .iter()
            .find(|gap| gap.n_clusters == point.n_clusters);
        for (model, judged) in judged {
            let Some(Judged {
                silhouette,
                separation,
                ..
            }) = judged
            else {
                continue;
            };
            let last = match model {
                Model::KMeans => {
                    gap.map(|gap| format!("{} ± {}", fixed(gap.value, 2), fixed(gap.error, 2)))
                }
                Model::Hierarchical => None,
                Model::GaussianMixture => point.bic.map(compact),
            };
            let cells = [
                state.model_name(model).to_owned(),
                fixed(*silhouette, 3),
                compact(separation.calinski_harabasz),
                fixed(separation.davies_bouldin, 3),
                last.unwrap_or_default(),
            ];
            let cells = cells.map(|cell| view! { <td class="num">{cell}</td> });
            rows.push(view! { <tr class:criteria__best=best(model) == Some(point.n_clusters)><th scope="row">{point.n_clusters}</th>{cells.collect_view()}</tr> }.into_any());
        }
    }
    rows
}
