//! How well separated the segments are at every number of them.

use leptos::prelude::*;

use super::criteria::Criteria;
use super::models::{Failures, LineStyle, ShapesOffer, leave_out};
use super::tree_floor::TreeFloor;
use crate::chart::{Line, LineChart};
use crate::cluster::ModelKey;
use crate::questions::QuestionKind;
use crate::result::SweepPoint;
use crate::session::{Decision, Rows};
use crate::ui::panels::asked::Asked;
use crate::ui::state::AppState;
use crate::ui::widgets::{ChartCanvas, ChartPlace, How};
use crate::view::handfuls;
use crate::words::{
    ALL_CRITERIA, MethodKey, NUMBER_OF_SEGMENTS, SILHOUETTE, SILHOUETTES, choice_words,
    doubt_words, handful_words, leave_out_words, segment_letter, silhouettes_words,
    take_back_words, use_number,
};

/// The silhouette of the models over the number of segments; click a number to choose it.
#[component]
pub(in crate::ui) fn Silhouettes() -> impl IntoView {
    let state = AppState::use_context();
    let chart = Memo::new(move |_| {
        let sweep = state.sweep.get()?;
        let line = |model: ModelKey| Line {
            name: state.model_name(model).to_owned(),
            points: sweep
                .points
                .iter()
                .filter_map(|point| Some((point.n_clusters as f64, point.of(model)?.silhouette?)))
                .collect(),
            dash: LineStyle::of(model).dash,
        };
        let mut lines: Vec<Line> = ModelKey::all().map(line).collect();
        lines.retain(|line| !line.points.is_empty());
        Some(LineChart {
            title: SILHOUETTES.to_owned(),
            x_title: NUMBER_OF_SEGMENTS.to_owned(),
            y_title: SILHOUETTE.to_owned(),
            lines,
            marked: state.n_clusters(),
        })
    });
    let choices = move |place: ChartPlace| {
        let choices = move || {
            let (sweep, viewport) = (state.sweep.get()?, place.viewport.get()?);
            let at = |k: usize| viewport.px_from_data(k as f64, 0.0).0;
            // As wide as the numbers are apart, so that none lies under another.
            let width = (at(3) - at(2)).clamp(1.0, 18.0);
            let choice = |point: &SweepPoint| {
                let k = point.n_clusters;
                let left = at(k) - width / 2.0;
                let words = silhouettes_words(point, |model| state.model_name(model));
                view! { <button class="k-choice" style:left=format!("{left}px") style:width=format!("{width}px") title=words.clone() aria-label=words.clone() on:click=move |_| { state.decide(Decision::SetNumber(Some(k))); }></button> }
            };
            Some(sweep.points.iter().map(choice).collect::<Vec<_>>())
        };
        choices.into_any()
    };
    let words = move || {
        let sweep = state.sweep.get()?;
        let mut words = choice_words(&sweep, |model| state.model_name(model));
        let judged = state.reality().filter(|it| !it.is_old);
        let doubt = judged.and_then(|it| doubt_words(&sweep, state.n_clusters(), &it.answer));
        words.extend(doubt.map(|doubt| format!(" {doubt}")));
        Some(words)
    };
    let recommended = Memo::new(move |_| {
        let sweep = state.sweep.get()?;
        let recommended = sweep.recommended();
        recommended.filter(|n| state.n_clusters() != Some(*n))
    });
    // Its place stays when there is nothing to use.
    let use_words = move || recommended.get().map_or_else(String::new, use_number);
    let use_recommended = move |_| {
        if let Some(n) = recommended.get() {
            state.decide(Decision::SetNumber(Some(n)));
        }
    };
    let unfitted = Memo::new(move |_| state.unfitted());
    let unfitted = move || {
        let (sentence, failed) = unfitted.get()?;
        Some(
            view! { <p class="caption model-failed" data-testid="unfitted">{sentence}</p>{leave_out(state, &failed)} },
        )
    };
    view! {
        <div role="group" aria-label=SILHOUETTES class:stale=move || state.is_sweep_old()>
            <ChartCanvas chart=chart theme=Signal::derive(move || state.theme()) class="k-chart" over=choices/>
        </div>
        <div class="rail__words" tabindex="0" role="region" aria-label=NUMBER_OF_SEGMENTS>
            {move || handful_view(state)}
            {unfitted}
            <Failures/>
            <ShapesOffer/>
            <Asked kind=QuestionKind::Sweep/>
            <p class="caption" data-testid="choice-of-k" class:stale=move || state.is_sweep_old()>{words}</p>
            <TreeFloor/>
        </div>
        <button class="link rail__use" data-testid="use-recommended" class:rail__use--none=move || recommended.get().is_none() on:click=use_recommended>{use_words}</button>
        <details class="criteria" class:criteria--none=move || state.sweep.with(Option::is_none)><summary>{ALL_CRITERIA}</summary><p class="caption"><How of=MethodKey::Number/></p><Criteria/></details>
    }
}

/// Segments of a handful, whom a button leaves out of the models; and a button that takes back those left out.
fn handful_view(state: AppState) -> impl IntoView {
    let left_out = state.settings.with(|settings| settings.left_out.clone());
    let comparison = state.comparison.get();
    let found = comparison.and_then(|comparison| handfuls(&comparison, &left_out));
    let leave = found.map(|found| {
        let letters = found.segments.iter().map(|&segment| segment_letter(Some(segment)));
        let words = handful_words(&letters.collect::<Vec<_>>(), found.n_customers);
        let button = leave_out_words(found.n_customers);
        let rows = found.left_out;
        view! { <p class="caption">{words}" "<button class="link" data-testid="leave-out" on:click=move |_| { state.decide(Decision::LeaveOut(rows.clone())); }>{button}</button></p> }
    });
    let back = (!left_out.is_empty()).then(|| {
        let button = take_back_words(left_out.len());
        view! { <p class="caption"><button class="link" data-testid="take-back" on:click=move |_| { state.decide(Decision::LeaveOut(Rows::default())); }>{button}</button></p> }
    });
    view! { {leave}{back} }
}
