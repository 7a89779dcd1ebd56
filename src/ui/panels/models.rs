//! Which models are compared, and the choices that each has.

use leptos::prelude::*;

use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::Linkage;
use crate::cluster::k_means::Centres;
use crate::cluster::{Metric, ModelKey, NumberOption};
use crate::result::{FailedModel, K_RANGE, Settings};
use crate::session::{Decision, FieldBounds};
use crate::ui::state::AppState;
use crate::ui::widgets::{FieldNotes, NumberField, options_html};
use crate::words::{
    centres_name, centres_tip, covariance_name, covariance_tip, failed_sentence, fixed,
    linkage_name, linkage_tip, metric_name, metric_tip, model_name, model_tip, option_name,
    option_tip,
};

/// One row per model with its silhouette; what a model can be asked for stands below it.
#[component]
pub(in crate::ui) fn Models() -> impl IntoView {
    let state = AppState::use_context();
    let centres = move || state.settings.with(|settings| settings.centres);
    let row = move |model: ModelKey| {
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
                .and_then(|result| result.silhouette)
                .map_or_else(|| "–".to_owned(), |silhouette| fixed(silhouette, 3))
        };
        let toggle = move |event| {
            let session = untrack(|| state.session());
            state.decide(session.toggle_model(model));
            let field = event_target::<web_sys::HtmlInputElement>(&event);
            field.set_checked(untrack(is_on));
        };
        // One that decides its number is fitted at one number alone.
        let has_curve = !model.decides_number();
        let line = format!("model-row__line {}", LineStyle::of(model).class);
        let tip = move || {
            if is_needed() {
                "A comparison needs two models"
            } else {
                model_tip(model)
            }
        };
        view! {
            <div class="model-row">
                <label class="check" title=tip><input type="checkbox" data-testid=format!("model-{model:?}") prop:checked=is_on disabled=is_needed on:change=toggle/>{move || model_name(model, centres())}</label>
                {has_curve.then(|| view! { <i class=line></i> })}<output>{silhouette}</output>
            </div>
        }
    };
    let choices = move |model: ModelKey| {
        let is_off = move || {
            state
                .settings
                .with(|settings| !settings.models.contains(&model))
        };
        let picks = PICKS.iter().filter(move |(of, _)| *of == model);
        let picks = picks.map(|(_, pick)| pick.view(state)).collect_view();
        let numbers = model.facts().map_or(&[] as &[_], |facts| facts.numbers);
        let numbers = numbers
            .iter()
            .map(|&option| number_field(state, model, option));
        view! { <div class="model-choices" class:model-choices--off=is_off>{picks}{numbers.collect_view()}</div> }
    };
    let each = move |model: ModelKey| view! { {row(model)}{choices(model)} };
    ModelKey::all().map(each).collect_view()
}

/// Why models could not be fitted: below all controls of models, so that no line pushes one.
#[component]
pub(super) fn Failures() -> impl IntoView {
    let state = AppState::use_context();
    let line = |failed: &FailedModel| {
        let id = format!("failed-{:?}", failed.model);
        view! { <p class="caption model-failed" data-testid=id>{failed_sentence(failed)}</p> }
    };
    move || {
        let comparison = state.comparison.get()?;
        Some(comparison.failed.iter().map(line).collect::<Vec<_>>())
    }
}

/// How the line of a model is drawn, in the list of models and in charts.
pub(super) struct LineStyle {
    /// Its class in the style sheets.
    class: &'static str,
    /// Lengths of dash and gap in CSS pixels.
    pub dash: Option<(f64, f64)>,
}

/// By the place of the model in the registry; then from the start.
const LINES: [LineStyle; 4] = [
    LineStyle {
        class: "",
        dash: None,
    },
    LineStyle {
        class: "model-row__line--dashed",
        dash: Some((5.0, 2.5)),
    },
    LineStyle {
        class: "model-row__line--dotted",
        dash: Some((1.5, 2.5)),
    },
    LineStyle {
        class: "model-row__line--long",
        dash: Some((8.0, 4.0)),
    },
];

impl LineStyle {
    pub(super) fn of(model: ModelKey) -> &'static Self {
        let at = ModelKey::all().position(|key| key == model);
        &LINES[at.unwrap_or_default() % LINES.len()]
    }
}

/// What single models can be asked for beside numbers: fields of [`Settings`] that are older than the registry.
static PICKS: [(ModelKey, &Pick); 4] = [
    (ModelKey::K_MEANS, &CENTRES),
    (ModelKey::HIERARCHICAL, &LINKAGE),
    (ModelKey::HIERARCHICAL, &METRIC),
    (ModelKey::GAUSSIAN_MIXTURE, &SHAPE),
];

/// A number that a model can be asked for.
fn number_field(state: AppState, model: ModelKey, option: NumberOption) -> AnyView {
    let value = Signal::derive(move || {
        let settings = &state.settings;
        settings.with(|settings| settings.model_options().number(model, option)) as f64
    });
    let take = move |entered: f64| {
        state.decide(Decision::SetOption {
            model,
            name: option.name.to_owned(),
            value: Some(entered as usize),
        });
    };
    let bounds = FieldBounds {
        is_whole: true,
        ..FieldBounds::between(option.min as f64, option.max as f64)
    };
    let notes = FieldNotes::new();
    view! {
        <label class="model-number" title=option_tip(option.name)><span>{option_name(option.name)}</span>
            <NumberField label=option_name(option.name).to_owned() id=format!("{model:?}-{}", option.name) value=value bounds=Signal::stored(bounds) notes=notes on_take=take/></label>
        {notes.line()}
    }
    .into_any()
}

/// Numbers of segments of single models, where they shall differ.
#[component]
pub(in crate::ui) fn OwnNumbers() -> impl IntoView {
    let state = AppState::use_context();
    let row = move |model: ModelKey| {
        let is_off = move || {
            state
                .settings
                .with(|settings| !settings.models.contains(&model))
        };
        // The first model compared gives the segments their numbers.
        let is_first = move || {
            state
                .settings
                .with(|settings| settings.models.first() == Some(&model))
        };
        let options = move || {
            let own = state
                .settings
                .with(|settings| settings.own_n_clusters.get(&model).copied());
            let chosen = own.map_or_else(|| SAME.to_owned(), |k| k.to_string());
            let numbers = K_RANGE.map(|k| k.to_string());
            let all: Vec<String> = std::iter::once(SAME.to_owned()).chain(numbers).collect();
            options_html(all.iter().map(String::as_str), Some(chosen.as_str()))
        };
        let choose = move |event| {
            let field = event_target::<web_sys::HtmlSelectElement>(&event);
            let n_clusters = field.value().parse().ok();
            state.decide(Decision::SetOwnNumber { model, n_clusters });
            // One that is refused gives way to the one in force.
            field.set_inner_html(&untrack(options));
        };
        view! {
            <div class="own-k" class:model-choices--off=is_off hidden=is_first><span>{model_name(model, Centres::Means)}</span>
                <select class="field field--small" aria-label="Number of segments of this model" data-testid=format!("own-k-{model:?}") title=OWN_TIP inner_html=options on:change=choose></select></div>
        }
    };
    let own = || ModelKey::all().filter(|model| !model.decides_number());
    view! {
        <details class="criteria"><summary>"Other numbers per model"</summary>{own().map(row).collect_view()}</details>
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
    /// What choosing a name decides.
    choose: fn(&str) -> Option<Decision>,
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
            if let Some(decision) = (self.choose)(&event_target_value(&event)) {
                state.decide(decision);
            }
        };
        view! {
            <select class="field field--small" aria-label=self.label data-testid=self.id title=move || state.settings.with(self.tip)
                disabled=has_one inner_html=options on:change=choose></select>
        }
        .into_any()
    }
}

static CENTRES: Pick = Pick {
    label: "Centres of the segments",
    id: "centres",
    options: |_| Centres::ALL.map(centres_name).to_vec(),
    chosen: |settings| centres_name(settings.centres),
    tip: |settings| centres_tip(settings.centres),
    choose: |name| named(&Centres::ALL, centres_name, name).map(Decision::SetCentres),
};

static LINKAGE: Pick = Pick {
    label: "Linkage",
    id: "linkage",
    options: |_| Linkage::ALL.map(linkage_name).to_vec(),
    chosen: |settings| linkage_name(settings.hierarchical.linkage),
    tip: |settings| linkage_tip(settings.hierarchical.linkage),
    choose: |name| named(&Linkage::ALL, linkage_name, name).map(Decision::SetLinkage),
};

static METRIC: Pick = Pick {
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
    choose: |name| named(&Metric::ALL, metric_name, name).map(Decision::SetMetric),
};

static SHAPE: Pick = Pick {
    label: "Shape of the segments",
    id: "covariance",
    options: |_| CovarianceType::ALL.map(covariance_name).to_vec(),
    chosen: |settings| covariance_name(settings.covariance),
    tip: |settings| covariance_tip(settings.covariance),
    choose: |name| named(&CovarianceType::ALL, covariance_name, name).map(Decision::SetCovariance),
};

const OWN_TIP: &str = "Number of segments of this model. Segments without a counterpart in the others get a letter of their own";

/// As many as the other models.
const SAME: &str = "Same number";

/// The option of that name.
fn named<T: Copy>(options: &[T], name: fn(T) -> &'static str, wanted: &str) -> Option<T> {
    let mut options = options.iter().copied();
    options.find(|&option| name(option) == wanted)
}
