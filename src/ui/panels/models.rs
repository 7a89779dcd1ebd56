//! Which models are compared, and the choices that each has.

use leptos::prelude::*;

use super::segment_column::SegmentColumn;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::Linkage;
use crate::cluster::k_means::Centres;
use crate::cluster::{Metric, ModelKey, NumberOption};
use crate::questions::QuestionKind;
use crate::result::{FailedModel, K_RANGE, Remote, Settings};
use crate::session::{Decision, FieldBounds};
use crate::ui::panels::asked::Asked;
use crate::ui::state::AppState;
use crate::ui::widgets::{
    FieldNotes, NumberField, escaped, options_html, places_html, position_of,
};
use crate::view::unplaceable;
use crate::words::{
    ANY_NUMBER, CENTRES_LABEL, COMPARE_SHAPES, COMPARE_SHAPES_TIP, COMPARED_TO, EUCLIDEAN_ONLY,
    LINKAGE_LABEL, METRIC_LABEL, OTHER_NUMBERS, OWN_NUMBER_LABEL, OWN_NUMBER_TIP, SAME_NUMBER,
    SHAPE_LABEL, TWO_MODELS, USE_SHAPE, USE_TIED, centres_name, centres_tip, covariance_name,
    covariance_tip, failed_sentence, fixed, leave_out_words, linkage_name, linkage_tip,
    metric_name, metric_tip, model_name, model_tip, not_fitted_at, offers_tied, option_name,
    option_tip, shapes_sentence,
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
        let has_fewest = move || {
            state
                .settings
                .with(|settings| settings.models.len() <= settings.fewest_models())
        };
        let is_needed = move || is_on() && has_fewest();
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
                TWO_MODELS
            } else {
                model_tip(model)
            }
        };
        view! {
            <div class="model-row">
                <label class="check" title=tip><input type="checkbox" data-testid=format!("model-{model:?}") prop:checked=is_on aria-disabled=move || is_needed().then_some("true") on:change=toggle/>{move || model_name(model, centres())}</label>
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
        view! { <div class="model-choices" class:model-choices--off=is_off inert=is_off>{picks}{numbers.collect_view()}</div> }
    };
    let each = move |model: ModelKey| view! { {row(model)}{choices(model)} };
    view! { {ModelKey::all().map(each).collect_view()}<SegmentColumn/> }
}

/// Why models could not be fitted: below all controls of models, so that no line pushes one.
#[component]
pub(super) fn Failures() -> impl IntoView {
    let state = AppState::use_context();
    let line = move |failed: &FailedModel| {
        let id = format!("failed-{:?}", failed.model);
        let use_tied = move |_| {
            state.decide(Decision::SetCovariance(CovarianceType::Tied));
        };
        let tied = offers_tied(failed).then(|| {
            view! { " "<button class="link" data-testid="use-tied" title=covariance_tip(CovarianceType::Tied) on:click=use_tied>{USE_TIED}</button> }
        });
        view! { <p class="caption model-failed" data-testid=id>{failed_sentence(failed)}{tied}</p> }
    };
    let elsewhere = move || {
        let (comparison, sweep) = (state.comparison.get()?, state.sweep.get()?);
        let models = comparison.settings.models.iter();
        let said: Vec<String> = models
            .filter_map(|&model| not_fitted_at(model, &sweep))
            .collect();
        Some(said.into_iter().map(|words| view! { <p class="caption" class:stale=move || state.is_sweep_old()>{words}</p> }).collect::<Vec<_>>())
    };
    let failures = move || {
        let comparison = state.comparison.get()?;
        let lines: Vec<_> = comparison.failed.iter().map(line).collect();
        Some(view! { {lines}{leave_out(state, &comparison.failed)} })
    };
    view! { {failures}{elsewhere} }
}

/// Leaves those out who keep models from being fitted.
pub(super) fn leave_out(state: AppState, failed: &[FailedModel]) -> Option<AnyView> {
    let left_out = state.settings.with(|settings| settings.left_out.clone());
    let found = unplaceable(failed, &left_out)?;
    let words = leave_out_words(found.n_customers);
    let leave = move |_| {
        state.decide(Decision::LeaveOut(found.left_out.clone()));
    };
    Some(view! { <p><button class="link" data-testid="leave-zeros" on:click=leave>{words}</button></p> }.into_any())
}

/// Which shape of the mixture is the best: asked for by a button, then offered.
#[component]
pub(super) fn ShapesOffer() -> impl IntoView {
    let state = AppState::use_context();
    let offer = move || {
        let comparison = state.comparison.get()?;
        let settings = &comparison.settings;
        if !settings.models.contains(&ModelKey::GAUSSIAN_MIXTURE) {
            return None;
        }
        let n_clusters = settings.n_clusters_of(ModelKey::GAUSSIAN_MIXTURE, comparison.n_clusters);
        let Some(shapes) = state.shapes() else {
            let is_idle = matches!(state.asked(QuestionKind::Shapes), Remote::Idle);
            return is_idle.then(|| view! {
                <button class="link" data-testid="compare-shapes" title=COMPARE_SHAPES_TIP on:click=move |_| state.compare_shapes()>{COMPARE_SHAPES}</button>
            }.into_any());
        };
        let words = shapes_sentence(&shapes, settings.covariance, n_clusters);
        let other = shapes.offered(settings.covariance, n_clusters);
        let button = other.map(|it| {
            let choose = move |_| {
                state.decide(Decision::SetCovariance(it.covariance));
                state.decide(Decision::SetNumber(Some(it.n_clusters)));
            };
            view! { " "<button class="link" data-testid="use-shape" on:click=choose>{USE_SHAPE}</button> }
        });
        Some(view! { <p class="caption" data-testid="shapes" title=COMPARE_SHAPES_TIP>{words}{button}</p> }.into_any())
    };
    view! { {offer}<Asked kind=QuestionKind::Shapes/> }
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
            let same = format!("<option value=\"\">{}</option>", escaped(SAME_NUMBER));
            let numbers: Vec<String> = K_RANGE.map(|k| k.to_string()).collect();
            let chosen = own.map(|k| k.to_string());
            same + &options_html(numbers.iter().map(String::as_str), chosen.as_deref())
        };
        let choose = move |event| {
            let field = event_target::<web_sys::HtmlSelectElement>(&event);
            let n_clusters = field.value().parse().ok();
            state.decide(Decision::SetOwnNumber { model, n_clusters });
            // One that is refused gives way to the one in force.
            field.set_inner_html(&untrack(options));
        };
        view! {
            <div class="own-k" class:model-choices--off=is_off inert=is_off hidden=is_first><span>{model_name(model, Centres::Means)}</span>
                <select class="field field--small" aria-label=OWN_NUMBER_LABEL data-testid=format!("own-k-{model:?}") title=OWN_NUMBER_TIP inner_html=options on:change=choose></select></div>
        }
    };
    let own = || ModelKey::all().filter(|model| !model.decides_number());
    let number = Signal::derive(move || state.n_clusters().unwrap_or(*K_RANGE.start()) as f64);
    let take_number = move |entered: f64| {
        state.decide(Decision::SetNumber(Some(entered as usize)));
    };
    let most = Signal::derive(move || state.settings.with(|settings| settings.sweep_to) as f64);
    let take_most = move |entered: f64| {
        state.decide(Decision::SetSweepTo(entered as usize));
    };
    let bounds = FieldBounds {
        is_whole: true,
        ..FieldBounds::between(*K_RANGE.start() as f64, *K_RANGE.end() as f64)
    };
    let notes = FieldNotes::new();
    view! {
        <details class="criteria"><summary>{OTHER_NUMBERS}</summary>
            <label class="model-number"><span>{ANY_NUMBER}</span>
                <NumberField label=ANY_NUMBER.to_owned() id="any-number" value=number bounds=Signal::stored(bounds) notes=notes on_take=take_number/></label>
            <label class="model-number"><span>{COMPARED_TO}</span>
                <NumberField label=COMPARED_TO.to_owned() id="compared-to" value=most bounds=Signal::stored(bounds) notes=notes on_take=take_most/></label>
            {notes.line()}
            {own().map(row).collect_view()}
        </details>
    }
}

/// One choice that a model has: a list of names, of which one is in force.
struct Pick {
    label: &'static str,
    id: &'static str,
    /// Names and, at the same places, what choosing them decides.
    options: fn(&Settings) -> Vec<PickOption>,
    /// The place of the one in force.
    chosen: fn(&Settings) -> usize,
    /// One sentence on what is in force.
    tip: fn(&Settings) -> &'static str,
}

/// What can be chosen: its name, and what choosing it decides.
struct PickOption {
    name: &'static str,
    decision: Decision,
}

impl Pick {
    fn view(&'static self, state: AppState) -> AnyView {
        let options = move || {
            let (options, chosen) = state
                .settings
                .with(|settings| ((self.options)(settings), (self.chosen)(settings)));
            places_html(options.iter().map(|option| option.name), Some(chosen))
        };
        let has_one = move || {
            state
                .settings
                .with(|settings| (self.options)(settings).len() < 2)
        };
        let choose = move |event| {
            let mut options = untrack(|| state.settings.with(self.options));
            if let Ok(at) = event_target_value(&event).parse::<usize>()
                && at < options.len()
            {
                state.decide(options.swap_remove(at).decision);
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
    label: CENTRES_LABEL,
    id: "centres",
    options: |_| options(&Centres::ALL, centres_name, Decision::SetCentres),
    chosen: |settings| position_of(&Centres::ALL, &settings.centres),
    tip: |settings| centres_tip(settings.centres),
};

static LINKAGE: Pick = Pick {
    label: LINKAGE_LABEL,
    id: "linkage",
    options: |_| options(&Linkage::ALL, linkage_name, Decision::SetLinkage),
    chosen: |settings| position_of(&Linkage::ALL, &settings.hierarchical.linkage),
    tip: |settings| linkage_tip(settings.hierarchical.linkage),
};

static METRIC: Pick = Pick {
    label: METRIC_LABEL,
    id: "metric",
    options: |settings| options(&metrics(settings), metric_name, Decision::SetMetric),
    chosen: |settings| position_of(&metrics(settings), &settings.hierarchical.metric),
    tip: |settings| {
        if settings
            .hierarchical
            .linkage
            .check(Metric::Manhattan)
            .is_err()
        {
            EUCLIDEAN_ONLY
        } else {
            metric_tip(settings.hierarchical.metric)
        }
    },
};

static SHAPE: Pick = Pick {
    label: SHAPE_LABEL,
    id: "covariance",
    options: |_| {
        options(
            &CovarianceType::ALL,
            covariance_name,
            Decision::SetCovariance,
        )
    },
    chosen: |settings| position_of(&CovarianceType::ALL, &settings.covariance),
    tip: |settings| covariance_tip(settings.covariance),
};

/// The distances that the linkage in force allows.
fn metrics(settings: &Settings) -> Vec<Metric> {
    let linkage = settings.hierarchical.linkage;
    let metrics = Metric::ALL.into_iter();
    let allowed = metrics.filter(|&metric| linkage.check(metric).is_ok());
    allowed.collect()
}

fn options<T: Copy>(
    keys: &[T],
    name: fn(T) -> &'static str,
    decision: fn(T) -> Decision,
) -> Vec<PickOption> {
    let option = |&key: &T| PickOption {
        name: name(key),
        decision: decision(key),
    };
    keys.iter().map(option).collect()
}
