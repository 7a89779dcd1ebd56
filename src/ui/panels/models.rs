//! Which models are compared, and the choices that each has.

use leptos::prelude::*;

use crate::analysis::Model;
use crate::cluster::Metric;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::Linkage;
use crate::ui::state::AppState;
use crate::ui::text::{
    covariance_name, covariance_tip, fixed, linkage_name, linkage_tip, metric_name, metric_tip,
    model_name,
};

/// One row per model with its silhouette; what a model can be asked for stands below it.
#[component]
pub(in crate::ui) fn Models() -> impl IntoView {
    let state = AppState::use_context();
    let row = move |model: Model| {
        let is_on = move || {
            state
                .settings
                .with(|settings| settings.models.contains(&model))
        };
        let is_needed =
            move || is_on() && state.settings.with(|settings| settings.models.len() <= 2);
        let silhouette = move || {
            let comparison = state.comparison.get();
            let result = comparison
                .as_ref()
                .and_then(|comparison| comparison.result(model));
            result
                .filter(|_| is_on())
                .map_or_else(|| "–".to_owned(), |result| fixed(result.silhouette, 3))
        };
        let line = match model {
            Model::KMeans => "model-row__line",
            Model::Hierarchical => "model-row__line model-row__line--dashed",
            Model::GaussianMixture => "model-row__line model-row__line--dotted",
        };
        let tip = move || {
            if is_needed() {
                "A comparison needs two models"
            } else {
                ""
            }
        };
        view! {
            <div class="model-row">
                <label class="check" title=tip><input type="checkbox" data-testid=format!("model-{model:?}") prop:checked=is_on disabled=is_needed on:change=move |_| state.toggle_model(model)/>{model_name(model)}</label>
                <i class=line></i><output>{silhouette}</output>
            </div>
        }
    };
    let hierarchical = move || state.settings.with(|settings| settings.hierarchical);
    let linkages = Linkage::ALL.map(|linkage| {
        let is_chosen = move || hierarchical().linkage == linkage;
        view! { <option value=linkage_name(linkage) selected=is_chosen>{linkage_name(linkage)}</option> }
    });
    let metrics = move || {
        let linkage = hierarchical().linkage;
        let metrics = Metric::ALL
            .into_iter()
            .filter(move |&metric| linkage.check(metric).is_ok());
        metrics
            .map(|metric| view! { <option value=metric_name(metric) selected=move || hierarchical().metric == metric>{metric_name(metric)}</option> })
            .collect::<Vec<_>>()
    };
    let set_linkage = move |name: String| {
        if let Some(linkage) = Linkage::ALL
            .into_iter()
            .find(|&linkage| linkage_name(linkage) == name)
        {
            state.set_hierarchical(linkage, hierarchical().metric);
        }
    };
    let set_metric = move |name: String| {
        if let Some(metric) = Metric::ALL
            .into_iter()
            .find(|&metric| metric_name(metric) == name)
        {
            state.set_hierarchical(hierarchical().linkage, metric);
        }
    };
    let covariance = move || state.settings.with(|settings| settings.covariance);
    let set_covariance = move |name: String| {
        if let Some(covariance) = CovarianceType::ALL
            .into_iter()
            .find(|&covariance| covariance_name(covariance) == name)
        {
            state.set_covariance(covariance);
        }
    };
    let shapes = CovarianceType::ALL.map(|shape| {
        view! { <option value=covariance_name(shape) selected=move || covariance() == shape>{covariance_name(shape)}</option> }
    });
    let is_on = move |model| {
        state
            .settings
            .with(|settings| settings.models.contains(&model))
    };
    let single_metric = move || hierarchical().linkage.check(Metric::Manhattan).is_err();
    view! {
        {row(Model::KMeans)}
        {row(Model::Hierarchical)}
        <div class="model-choices" class:model-choices--off=move || !is_on(Model::Hierarchical)>
            <select class="field field--small" aria-label="Linkage" data-testid="linkage" title=move || linkage_tip(hierarchical().linkage) on:change=move |event| set_linkage(event_target_value(&event))>{linkages.collect_view()}</select>
            <select class="field field--small" aria-label="Distance" data-testid="metric" disabled=single_metric
                title=move || if single_metric() { "This linkage is defined for Euclidean distance only" } else { metric_tip(hierarchical().metric) }
                on:change=move |event| set_metric(event_target_value(&event))>{metrics}</select>
        </div>
        {row(Model::GaussianMixture)}
        <div class="model-choices" class:model-choices--off=move || !is_on(Model::GaussianMixture)>
            <select class="field field--small" aria-label="Shape of the segments" data-testid="covariance" title=move || covariance_tip(covariance()) on:change=move |event| set_covariance(event_target_value(&event))>{shapes.collect_view()}</select>
        </div>
    }
}
