//! Which models are compared, and the choices that each has.

use leptos::prelude::*;

use crate::cluster::Metric;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::Linkage;
use crate::result::{Centres, Model, Settings};
use crate::ui::state::AppState;
use crate::ui::widgets::options_html;
use crate::words::{
    centres_name, centres_tip, covariance_name, covariance_tip, fixed, linkage_name, linkage_tip,
    metric_name, metric_tip, model_name,
};

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
    let choices = move |model: Model, picks: &'static [Pick]| {
        let is_off = move || {
            state
                .settings
                .with(|settings| !settings.models.contains(&model))
        };
        let picks = picks.iter().map(|pick| pick.view(state));
        view! { <div class="model-choices" class:model-choices--off=is_off>{picks.collect_view()}</div> }
    };
    view! {
        {row(Model::KMeans)}
        {choices(Model::KMeans, &[CENTRES])}
        {row(Model::Hierarchical)}
        {choices(Model::Hierarchical, &[LINKAGE, METRIC])}
        {row(Model::GaussianMixture)}
        {choices(Model::GaussianMixture, &[SHAPE])}
    }
}

/// Numbers of segments of single models, where they shall differ.
#[component]
pub(in crate::ui) fn OwnNumbers() -> impl IntoView {
    let state = AppState::use_context();
    let row = move |model: Model, pick: &'static Pick| {
        let is_off = move || {
            state
                .settings
                .with(|settings| !settings.models.contains(&model))
        };
        view! { <div class="own-k" class:model-choices--off=is_off><span>{model_name(model, Centres::Means)}</span>{pick.view(state)}</div> }
    };
    view! {
        <details class="criteria"><summary>"Other numbers per model"</summary>
            {row(Model::Hierarchical, &OWN_OF_TREE)}
            {row(Model::GaussianMixture, &OWN_OF_MIXTURE)}
        </details>
    }
}

/// One choice that a model has: a list of names, of which one is in force.
struct Pick {
    label: &'static str,
    id: &'static str,
    options: fn(&Settings) -> Vec<&'static str>,
    chosen: fn(&Settings) -> &'static str,
    /// One sentence on what is in force.
    tip: fn(&Settings) -> &'static str,
    choose: fn(AppState, &Settings, &str),
}

impl Pick {
    fn view(&'static self, state: AppState) -> AnyView {
        let chosen = move || state.settings.with(self.chosen);
        let options = move || options_html(state.settings.with(self.options), Some(chosen()));
        let has_one = move || {
            state
                .settings
                .with(|settings| (self.options)(settings).len() < 2)
        };
        let choose = move |event| {
            let settings = state.settings.get_untracked();
            (self.choose)(state, &settings, &event_target_value(&event));
        };
        view! {
            <select class="field field--small" aria-label=self.label data-testid=self.id title=move || state.settings.with(self.tip)
                disabled=has_one inner_html=options on:change=choose></select>
        }
        .into_any()
    }
}

const CENTRES: Pick = Pick {
    label: "Centres of the segments",
    id: "centres",
    options: |_| Centres::ALL.map(centres_name).to_vec(),
    chosen: |settings| centres_name(settings.centres),
    tip: |settings| centres_tip(settings.centres),
    choose: |state, _, name| {
        if let Some(centres) = named(&Centres::ALL, centres_name, name) {
            state.set_centres(centres);
        }
    },
};

const LINKAGE: Pick = Pick {
    label: "Linkage",
    id: "linkage",
    options: |_| Linkage::ALL.map(linkage_name).to_vec(),
    chosen: |settings| linkage_name(settings.hierarchical.linkage),
    tip: |settings| linkage_tip(settings.hierarchical.linkage),
    choose: |state, settings, name| {
        if let Some(linkage) = named(&Linkage::ALL, linkage_name, name) {
            state.set_hierarchical(linkage, settings.hierarchical.metric);
        }
    },
};

const METRIC: Pick = Pick {
    label: "Distance",
    id: "metric",
    options: |settings| {
        let linkage = settings.hierarchical.linkage;
        let metrics = Metric::ALL.into_iter();
        let allowed = metrics.filter(|&metric| linkage.check(metric).is_ok());
        allowed.map(metric_name).collect()
    },
    chosen: |settings| metric_name(settings.hierarchical.metric),
    tip: |settings| {
        if settings
            .hierarchical
            .linkage
            .check(Metric::Manhattan)
            .is_err()
        {
            "This linkage is defined for Euclidean distance only"
        } else {
            metric_tip(settings.hierarchical.metric)
        }
    },
    choose: |state, settings, name| {
        if let Some(metric) = named(&Metric::ALL, metric_name, name) {
            state.set_hierarchical(settings.hierarchical.linkage, metric);
        }
    },
};

const SHAPE: Pick = Pick {
    label: "Shape of the segments",
    id: "covariance",
    options: |_| CovarianceType::ALL.map(covariance_name).to_vec(),
    chosen: |settings| covariance_name(settings.covariance),
    tip: |settings| covariance_tip(settings.covariance),
    choose: |state, _, name| {
        if let Some(shape) = named(&CovarianceType::ALL, covariance_name, name) {
            state.set_covariance(shape);
        }
    },
};

static OWN_OF_TREE: Pick = Pick {
    label: "Number of segments of this model",
    id: "own-k-tree",
    options: |_| NUMBERS.to_vec(),
    chosen: |settings| own_number(settings, Model::Hierarchical),
    tip: |_| OWN_TIP,
    choose: |state, _, name| state.set_own_n_clusters(Model::Hierarchical, number_of(name)),
};

static OWN_OF_MIXTURE: Pick = Pick {
    label: "Number of segments of this model",
    id: "own-k-mixture",
    options: |_| NUMBERS.to_vec(),
    chosen: |settings| own_number(settings, Model::GaussianMixture),
    tip: |_| OWN_TIP,
    choose: |state, _, name| state.set_own_n_clusters(Model::GaussianMixture, number_of(name)),
};

const OWN_TIP: &str = "Number of segments of this model. Segments without a counterpart in the others get a letter of their own";

/// "Same number" and those of the range, in its order.
const NUMBERS: [&str; 12] = [
    "Same number",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "10",
    "11",
    "12",
];

fn own_number(settings: &Settings, model: Model) -> &'static str {
    let own = settings.own_n_clusters.get(&model);
    own.and_then(|k| NUMBERS.get(k - 1).copied())
        .unwrap_or(NUMBERS[0])
}

fn number_of(name: &str) -> Option<usize> {
    name.parse().ok()
}

/// The option of that name.
fn named<T: Copy>(options: &[T], name: fn(T) -> &'static str, wanted: &str) -> Option<T> {
    let mut options = options.iter().copied();
    options.find(|&option| name(option) == wanted)
}
