//! Which models are compared, and the choices that each has.

use leptos::prelude::*;

use crate::analysis::{Centres, Model};
use crate::cluster::Metric;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::Linkage;
use crate::ui::state::AppState;
use crate::ui::text::{
    centres_name, centres_tip, covariance_name, covariance_tip, fixed, linkage_name, linkage_tip,
    metric_name, metric_tip, model_name,
};
use crate::ui::widgets::Select;

/// One row per model with its silhouette; what a model can be asked for stands below it.
#[component]
pub(in crate::ui) fn Models() -> impl IntoView {
    let state = AppState::use_context();
    let centres = move || state.settings.with(|settings| settings.centres);
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
                <label class="check" title=tip><input type="checkbox" data-testid=format!("model-{model:?}") prop:checked=is_on disabled=is_needed on:change=move |_| state.toggle_model(model)/>{move || model_name(model, centres())}</label>
                <i class=line></i><output>{silhouette}</output>
            </div>
        }
    };
    let is_off = move |model| {
        state
            .settings
            .with(|settings| !settings.models.contains(&model))
    };
    view! {
        {row(Model::KMeans)}
        <div class="model-choices" class:model-choices--off=move || is_off(Model::KMeans)><CentresChoice/></div>
        {row(Model::Hierarchical)}
        <div class="model-choices" class:model-choices--off=move || is_off(Model::Hierarchical)><TreeChoices/></div>
        {row(Model::GaussianMixture)}
        <div class="model-choices" class:model-choices--off=move || is_off(Model::GaussianMixture)><ShapeChoice/></div>
    }
}

/// The option of that name.
fn named<T: Copy>(options: &[T], name: fn(T) -> &'static str, wanted: &str) -> Option<T> {
    let mut options = options.iter().copied();
    options.find(|&option| name(option) == wanted)
}

#[component]
fn CentresChoice() -> impl IntoView {
    let state = AppState::use_context();
    let centres = move || state.settings.with(|settings| settings.centres);
    let choose = move |name: String| {
        if let Some(centres) = named(&Centres::ALL, centres_name, &name) {
            state.set_centres(centres);
        }
    };
    view! {
        <Select label="Centres of the segments" id="centres" options=Centres::ALL.map(centres_name).to_vec()
            chosen=Signal::derive(move || centres_name(centres())) tip=Signal::derive(move || centres_tip(centres())) on_choose=choose/>
    }
}

#[component]
fn TreeChoices() -> impl IntoView {
    let state = AppState::use_context();
    let linkage = move || {
        state
            .settings
            .with(|settings| settings.hierarchical.linkage)
    };
    let metric = move || state.settings.with(|settings| settings.hierarchical.metric);
    let choose_linkage = move |name: String| {
        if let Some(linkage) = named(&Linkage::ALL, linkage_name, &name) {
            state.set_hierarchical(linkage, metric());
        }
    };
    let choose_metric = move |name: String| {
        if let Some(metric) = named(&Metric::ALL, metric_name, &name) {
            state.set_hierarchical(linkage(), metric);
        }
    };
    let metrics = move || {
        let allowed = Metric::ALL
            .into_iter()
            .filter(|&metric| linkage().check(metric).is_ok());
        allowed.map(metric_name).collect()
    };
    let is_single = Signal::derive(move || linkage().check(Metric::Manhattan).is_err());
    let metric_words = move || {
        if is_single.get() {
            "This linkage is defined for Euclidean distance only"
        } else {
            metric_tip(metric())
        }
    };
    view! {
        <Select label="Linkage" id="linkage" options=Linkage::ALL.map(linkage_name).to_vec()
            chosen=Signal::derive(move || linkage_name(linkage())) tip=Signal::derive(move || linkage_tip(linkage())) on_choose=choose_linkage/>
        <Select label="Distance" id="metric" options=Signal::derive(metrics) disabled=is_single
            chosen=Signal::derive(move || metric_name(metric())) tip=Signal::derive(metric_words) on_choose=choose_metric/>
    }
}

#[component]
fn ShapeChoice() -> impl IntoView {
    let state = AppState::use_context();
    let shape = move || state.settings.with(|settings| settings.covariance);
    let choose = move |name: String| {
        if let Some(shape) = named(&CovarianceType::ALL, covariance_name, &name) {
            state.set_covariance(shape);
        }
    };
    view! {
        <Select label="Shape of the segments" id="covariance" options=CovarianceType::ALL.map(covariance_name).to_vec()
            chosen=Signal::derive(move || covariance_name(shape())) tip=Signal::derive(move || covariance_tip(shape())) on_choose=choose/>
    }
}
