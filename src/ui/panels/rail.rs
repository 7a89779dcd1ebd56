//! The choices that shape a result: features, scaling, number of segments, filters.

use leptos::prelude::*;

use super::derive::Derive;
use super::filters::FilterList;
use super::models::{Models, OwnNumbers};
use super::silhouettes::Silhouettes;
use crate::features::{Feature, Scaling};
use crate::result::K_RANGE;
use crate::session::{Decision, Screen};
use crate::table::{ColumnKind, Role};
use crate::ui::state::AppState;
use crate::ui::widgets::{How, InTurn, Segmented, Stepper, position_of};
use crate::words::{
    ADD_DERIVED, DATA, DERIVED, EDIT_COLUMNS, FEATURES, MEAN_SILHOUETTE_TIP, MODELS_TITLE,
    MethodKey, NUMBER_OF_SEGMENTS, SCALING, SETTINGS, SILHOUETTE, customers_used, features_used,
    scaling_name, undefined_words,
};

const SCALINGS: [Scaling; 3] = [Scaling::ZScore, Scaling::MinMax, Scaling::None];

/// The rail beside the comparison; on a phone a sheet of its own.
#[component]
pub(in crate::ui) fn Rail() -> impl IntoView {
    let state = AppState::use_context();
    let file = move || {
        state.dataset.get().map(|dataset| {
        let (n_out, n_by_hand, n_outside) = state.comparison.get().map_or((0, 0, 0), |it| {
            (it.n_left_out, it.settings.left_out.len(), it.n_outside)
        });
        let words = customers_used(dataset.n_rows, n_out, n_by_hand, n_outside);
        view! { <p class="rail__file" title=dataset.name.clone()>{dataset.name.clone()}</p><p class="caption rail__file" title=words.clone()>{words.clone()}</p> }
    })
    };
    let max_k = Memo::new(move |_| {
        let sweep = state.sweep.get();
        let most = state.settings.with(|settings| settings.sweep_to);
        // Fewer were tried than asked for where there are no more different customers.
        let all = sweep.and_then(|sweep| sweep.largest().filter(|&largest| largest < most));
        all.unwrap_or(*K_RANGE.end())
    });
    view! {
        <aside class="rail" aria-label=SETTINGS>
            <section>
                <h2>{DATA}<button class="link" on:click=move |_| state.go_to(Screen::Data)>{EDIT_COLUMNS}</button></h2>
                {file}
            </section>
            <section><InTurn><Features/></InTurn></section>
            <section>
                <h2>{MODELS_TITLE}" "<How of=MethodKey::Models/><span class="rail__note" title=MEAN_SILHOUETTE_TIP>{SILHOUETTE}</span></h2>
                <Models/>
                <div class="rail__k">
                    <span>{NUMBER_OF_SEGMENTS}</span>
                    <Stepper label=NUMBER_OF_SEGMENTS value=Signal::derive(move || state.n_clusters()) min=*K_RANGE.start() max=max_k on_change=move |k| { state.decide(Decision::SetNumber(Some(k))); }/>
                </div>
                <OwnNumbers/>
                <InTurn><Silhouettes/></InTurn>
            </section>
            <section class="rail__filters"><InTurn><FilterList/></InTurn></section>
        </aside>
    }
}

#[component]
fn Features() -> impl IntoView {
    let state = AppState::use_context();
    let deriving = RwSignal::new(false);
    let offered = move || {
        let chosen = state.features();
        let Some(dataset) = state.dataset.get() else {
            return Vec::new();
        };
        let role = |name: &str, suggested| {
            state
                .settings
                .with(|settings| settings.role_or(name, suggested))
        };
        let columns = dataset.columns.iter().filter(|column| {
            column.numbers().is_some()
                && (column.kind == ColumnKind::Number
                    || chosen.contains(&Feature::column(&column.name)))
                && !matches!(
                    role(&column.name, column.suggested_role),
                    Role::Identifier | Role::Ignored
                )
        });
        let mut offered: Vec<Feature> = columns
            .map(|column| Feature::column(&column.name))
            .collect();
        offered.extend(
            chosen
                .into_iter()
                .filter(|feature| !matches!(feature, Feature::Column(_))),
        );
        offered
    };
    let entry = move |feature: Feature| {
        let (is_on, is_last) = {
            let features = state.features();
            (features.contains(&feature), features.len() == 1)
        };
        let is_derived = !matches!(feature, Feature::Column(_));
        let name = feature.name();
        let left_out = state.dataset.with(|dataset| {
            let dataset = dataset.as_ref().filter(|_| is_derived && is_on)?;
            Some(undefined_words(dataset.n_undefined(&feature)))
        });
        let toggle = move |event| {
            let session = untrack(|| state.session());
            state.decide(session.toggle_feature(&feature));
            let is_on = untrack(|| state.features()).contains(&feature);
            event_target::<web_sys::HtmlInputElement>(&event).set_checked(is_on);
        };
        view! {
            <label class="check" title=name.clone()>
                <input type="checkbox" prop:checked=is_on disabled=is_on && is_last on:change=toggle/>
                <span class="check__name">{name.clone()}</span>
                {is_derived.then(|| view! { <span class="badge">{DERIVED}</span> })}
                <small>{left_out}</small>
            </label>
        }
    };
    view! {
        <h2>{FEATURES}" "<How of=MethodKey::Scaling/><span class="rail__note">{move || features_used(state.features().len())}</span></h2>
        <div class="checks-list">{move || offered().into_iter().map(entry).collect::<Vec<_>>()}</div>
        <Show when=move || deriving.get() fallback=move || view! { <button class="link" data-testid="derive" on:click=move |_| deriving.set(true)>{ADD_DERIVED}</button> }>
            <Derive on_done=move |()| deriving.set(false)/>
        </Show>
        <div class="rail__scaling">
            <span>{SCALING}</span>
            <Segmented label=SCALING.to_owned() options=SCALINGS.map(scaling_name).to_vec()
                chosen=Signal::derive(move || state.settings.with(|settings| position_of(&SCALINGS, &settings.scaling)))
                on_choose=move |position: usize| if let Some(scaling) = SCALINGS.get(position) { state.decide(Decision::SetScaling(*scaling)); }/>
        </div>
    }
}
