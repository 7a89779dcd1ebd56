//! How well separated the segments are at every number of them.

use leptos::html::{Canvas, Div};
use leptos::prelude::*;

use crate::analysis::SweepPoint;
use crate::chart::{Line, LineChart};
use crate::ui::canvas;
use crate::ui::hooks::use_size;
use crate::ui::state::AppState;
use crate::ui::text::{count, fixed};

/// The silhouette of the models over the number of segments; click a number to choose it.
#[component]
pub(in crate::ui) fn Silhouettes() -> impl IntoView {
    let state = AppState::use_context();
    let stage = NodeRef::<Div>::new();
    let surface = NodeRef::<Canvas>::new();
    let size = use_size(stage);
    let chart = Memo::new(move |_| {
        let sweep = state.sweep.get()?;
        let line = |of: fn(&SweepPoint) -> Option<f64>, dash| Line {
            points: sweep
                .points
                .iter()
                .filter_map(|point| Some((point.n_clusters as f64, of(point)?)))
                .collect(),
            dash,
        };
        let mut lines = vec![
            line(|point| Some(point.k_means), None),
            line(|point| Some(point.hierarchical), Some((5.0, 2.5))),
            line(|point| point.gaussian_mixture, Some((1.5, 2.5))),
        ];
        lines.retain(|line| !line.points.is_empty());
        Some(LineChart {
            lines,
            marked: state.settings.with(|settings| settings.n_clusters),
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
            let mixture = point.gaussian_mixture.map_or_else(String::new, |mixture| format!(", Gaussian mixture {}", fixed(mixture, 3)));
            let words = format!("{k} segments: K-Means {}, Hierarchical {}{mixture}", fixed(point.k_means, 3), fixed(point.hierarchical, 3));
            view! { <button class="k-choice" style:left=format!("{x}px") title=words.clone() aria-label=words.clone() on:click=move |_| state.set_n_clusters(k)></button> }
        }).collect()
    };
    let words = move || {
        state.sweep.get().map(|sweep| {
        let words = match sweep.recommended {
            Some(k) => {
                let point = sweep.points.iter().find(|point| point.n_clusters == k);
                let mean = point.map_or(0.0, |point| f64::midpoint(point.k_means, point.hierarchical));
                // The reading of Kaufman & Rousseeuw (1990), as in the strip above the plots.
                let doubt = if mean < 0.505 { " Weakly: data without segments can look like this." } else { "" };
                format!("Best separated at {k} segments (mean of K-Means and Hierarchical).{doubt}")
            }
            None => "At every number some segment is only a handful of customers; no number is recommended.".to_owned(),
        };
        if sweep.n_measured < sweep.n_samples {
            format!("{words} Measured on {} customers drawn at random.", count(sweep.n_measured))
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
        <p class="caption">{words}</p>
    }
}
