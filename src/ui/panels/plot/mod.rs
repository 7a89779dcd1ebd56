//! One model: its segments on two attributes. Three canvases: frame, points, and what follows the pointer.

mod marks;
mod overlay;
mod pointer;
mod tip;

use std::time::Duration;

use leptos::html::{Canvas, Div};
use leptos::prelude::*;

use marks::{Marks, scatter};
use overlay::overlay;
use tip::Tip;

use crate::chart::Pen;
use crate::cluster::{ModelKey, Placing};
use crate::ui::canvas;
use crate::ui::hooks::use_size;
use crate::ui::state::AppState;
use crate::words::{count, linkage_name, plural};

/// A scatter plot of all visible customers.
#[component]
pub(in crate::ui) fn Plot(
    /// The model whose segments are shown.
    model: ModelKey,
) -> impl IntoView {
    let state = AppState::use_context();
    let stage = NodeRef::<Div>::new();
    let (back, middle, front) = (
        NodeRef::<Canvas>::new(),
        NodeRef::<Canvas>::new(),
        NodeRef::<Canvas>::new(),
    );
    let size = use_size(stage);
    let scatter = Memo::new(move |_| scatter(state, model));
    let frame = move || {
        let (width, height) = size.get();
        (width > 40.0 && height > 40.0).then(|| canvas::frame(width, height))
    };
    let layout = Memo::new(move |_| {
        frame().and_then(|frame| {
            scatter.with(|scatter| scatter.as_ref().map(|scatter| scatter.layout(&frame)))
        })
    });
    Effect::new(move |_| {
        let (Some(frame), Some(surface), theme) = (frame(), back.get(), state.theme()) else {
            return;
        };
        scatter.with(|scatter| {
            if let Some(scatter) = scatter {
                canvas::draw(&surface, &frame, |area| {
                    scatter.draw(area, &frame, &theme).map(|_| ())
                });
            }
        });
    });
    Effect::new(move |_| {
        let (Some(frame), Some(layout), Some(surface)) = (frame(), layout.get(), middle.get())
        else {
            return;
        };
        let points = state
            .view(|view| Marks::of(state, model, view, &frame, &layout))
            .flatten();
        // A task of its own per plot: the page answers in between.
        set_timeout(
            move || {
                if let Some(points) = points {
                    canvas::put_image(&surface, &frame, &points.image(&frame));
                }
            },
            Duration::ZERO,
        );
    });
    Effect::new(move |_| {
        let (Some(frame), Some(layout), Some(surface)) = (frame(), layout.get(), front.get())
        else {
            return;
        };
        let theme = state.theme();
        canvas::draw(&surface, &frame, |area| {
            overlay(state, model, &Pen::new(area, &frame), &layout, &theme)
        });
    });
    let name = move || {
        let facts = state.facts.get()?;
        let k = state.comparison.get()?.n_clusters;
        Some(format!(
            "{}, {}, {k} segments, {} mismatched. Arrow keys move between customers, Enter selects.",
            state.model_name(model),
            plural(facts.rows.len(), "customer", "customers"),
            count(facts.mismatched.len())
        ))
    };
    let note = move || note(state, model);
    // A narrow plot cuts the words off.
    let tip = move || match model.facts().map(|facts| facts.placing) {
        Some(Placing::LargestShare) => {
            "An ellipse holds two standard deviations (SD) around its mean.".to_owned()
        }
        _ => note(),
    };
    view! {
        <section class="plot" aria-label=move || state.model_name(model)>
            <header class="plot__head"><h2>{move || state.model_name(model)}</h2><span class="caption" title=tip>{note}</span></header>
            <div class="plot__stage" node_ref=stage>
                <canvas node_ref=back aria-hidden="true"></canvas>
                <canvas node_ref=middle aria-hidden="true"></canvas>
                <canvas node_ref=front class="plot__front" tabindex="0" role="img" aria-label=name
                    on:pointermove=move |event| state.point_at(pointer::row_at(state, layout.get_untracked(), &event)) on:pointerleave=move |_| state.point_at(None)
                    on:pointerdown=move |event| pointer::press(state, layout.get_untracked(), &event)
                    on:keydown=move |event| pointer::key(state, layout.get_untracked(), &event)></canvas>
                <Tip layout=layout size=size/>
            </div>
        </section>
    }
}

/// What the lines in a plot mean.
fn note(state: AppState, model: ModelKey) -> String {
    match model.facts().map(|facts| facts.placing) {
        Some(Placing::NearestCentre) => "crosses mark the means".to_owned(),
        Some(Placing::LargestShare) => "2 SD ellipses".to_owned(),
        Some(Placing::None) | None => state.comparison.with(|comparison| {
            let comparison = comparison.as_ref();
            let result = comparison.and_then(|comparison| comparison.result(model));
            let approximate = if result.is_some_and(|result| result.is_approximate) {
                "approximate: built on groups of near customers, "
            } else {
                ""
            };
            let linkage = comparison.filter(|_| model.is_tree());
            let linkage = linkage.map_or_else(String::new, |comparison| {
                let name = linkage_name(comparison.settings.hierarchical.linkage);
                format!("{name} linkage, ")
            });
            format!("{linkage}{approximate}outlines")
        }),
    }
}
