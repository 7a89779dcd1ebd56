//! How well separated the segments are at every number of them.

use leptos::html::{Canvas, Div};
use leptos::prelude::*;

use super::criteria::Criteria;
use super::models::LineStyle;
use crate::chart::{Line, LineChart};
use crate::cluster::ModelKey;
use crate::questions::QuestionKind;
use crate::session::Decision;
use crate::ui::canvas;
use crate::ui::hooks::use_size;
use crate::ui::panels::asked::Asked;
use crate::ui::state::AppState;
use crate::words::{choice_words, count, fixed};

/// The silhouette of the models over the number of segments; click a number to choose it.
#[component]
pub(in crate::ui) fn Silhouettes() -> impl IntoView {
    let state = AppState::use_context();
    let stage = NodeRef::<Div>::new();
    let surface = NodeRef::<Canvas>::new();
    let size = use_size(stage);
    let chart = Memo::new(move |_| {
        let sweep = state.sweep.get()?;
        let line = |model: ModelKey| Line {
            points: sweep
                .points
                .iter()
                .filter_map(|point| Some((point.n_clusters as f64, point.of(model)?.silhouette)))
                .collect(),
            dash: LineStyle::of(model).dash,
        };
        let mut lines: Vec<Line> = ModelKey::all().map(line).collect();
        lines.retain(|line| !line.points.is_empty());
        Some(LineChart {
            lines,
            marked: state.n_clusters(),
        })
    });
    Effect::new(move |_| {
        let ((width, height), Some(surface)) = (size.get(), surface.get()) else {
            return;
        };
        let (frame, theme) = (canvas::frame(width, height), state.theme());
        chart.with(|chart| {
            canvas::draw(&surface, &frame, |area| {
                chart
                    .as_ref()
                    .map_or(Ok(()), |chart| chart.draw(area, &frame, &theme))
            });
        });
    });
    let choices = move || {
        let width = size.get().0;
        let points = state
            .sweep
            .get()
            .map(|sweep| sweep.points.clone())
            .unwrap_or_default();
        let Some(chart) = chart.get() else {
            return Vec::new();
        };
        points.into_iter().map(|point| {
            let (k, x) = (point.n_clusters, chart.px_from_number(point.n_clusters as f64, width));
            let each = point.models.iter().map(|(model, judged)| format!("{} {}", state.model_name(*model), fixed(judged.silhouette, 3)));
            let words = format!("{k} segments: {}", each.collect::<Vec<_>>().join(", "));
            view! { <button class="k-choice" style:left=format!("{x}px") title=words.clone() aria-label=words.clone() on:click=move |_| { state.decide(Decision::SetNumber(Some(k))); }></button> }
        }).collect()
    };
    let words = move || {
        state.sweep.get().map(|sweep| {
            let words = choice_words(&sweep, |model| state.model_name(model));
            if sweep.n_measured < sweep.n_samples {
                format!(
                    "{words} Measured on {} customers drawn at random.",
                    count(sweep.n_measured)
                )
            } else {
                words
            }
        })
    };
    view! {
        <div class="k-chart" node_ref=stage role="group" aria-label="Silhouette by number of segments">
            <canvas node_ref=surface aria-hidden="true"></canvas>
            {choices}
        </div>
        <Asked kind=QuestionKind::Sweep/>
        <p class="caption" data-testid="choice-of-k">{words}</p>
        {move || state.sweep.with(Option::is_some).then(|| view! { <details class="criteria"><summary>"All criteria"</summary><Criteria/></details> })}
    }
}
