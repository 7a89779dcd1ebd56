//! One model: its segments on two attributes. Above the chart lie two more canvases: points, and what follows the pointer.

mod marks;
mod overlay;
mod pointer;
mod tip;

use std::sync::Arc;
use std::time::Duration;

use leptos::html::Canvas;
use leptos::prelude::*;

use marks::{Marks, scatter};
use overlay::{labels, pointed};
use tip::Tip;

use crate::chart::{Pen, Scatter, draw_pointed};
use crate::cluster::{ModelKey, Placing};
use crate::ui::canvas;
use crate::ui::state::AppState;
use crate::ui::widgets::{ChartCanvas, ChartPlace};
use crate::words::{ELLIPSES_TIP, Lines, given_note, lines_note, linkage_name, plot_label};

/// A scatter plot of all visible customers.
#[component]
pub(in crate::ui) fn Plot(
    /// The model whose segments are shown.
    model: ModelKey,
) -> impl IntoView {
    let state = AppState::use_context();
    let scatter = Memo::new(move |_| scatter(state, model));
    let note = move || note(state, model);
    // A narrow plot cuts the words off.
    let tip = move || match model.facts().map(|facts| facts.placing) {
        Some(Placing::LargestShare) => ELLIPSES_TIP.to_owned(),
        _ => note(),
    };
    let above = move |place: ChartPlace| view! { <Above model=model scatter=scatter place=place/> };
    view! {
        <section class="plot" aria-label=move || state.model_name(model)>
            <header class="plot__head"><h2>{move || state.model_name(model)}</h2><span class="caption" title=tip>{note}</span></header>
            <ChartCanvas chart=scatter theme=Signal::derive(move || state.theme()) class="plot__stage" is_told_above=true unit_of=Arc::new(move |name: &str| state.unit(name)) over=move |place| above(place).into_any()/>
        </section>
    }
}

/// The marks, and what follows the pointer.
#[component]
fn Above(
    /// The model whose segments are shown.
    model: ModelKey,
    /// The plot below.
    scatter: Memo<Option<Scatter>>,
    /// Where it is.
    place: ChartPlace,
) -> impl IntoView {
    let state = AppState::use_context();
    let (middle, front) = (NodeRef::<Canvas>::new(), NodeRef::<Canvas>::new());
    let ChartPlace { frame, viewport } = place;
    Effect::new(move |_| {
        let (Some(frame), Some(viewport), Some(surface)) =
            (frame.get(), viewport.get(), middle.get())
        else {
            return;
        };
        let points = state
            .view(|view| Marks::of(state, model, view, &frame, &viewport))
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
    let labels =
        Memo::new(move |_| scatter.with(|scatter| labels(state, model, scatter.as_ref()?)));
    let pointed = Memo::new(move |_| pointed(state));
    Effect::new(move |_| {
        let (Some(frame), Some(viewport), Some(surface)) =
            (frame.get(), viewport.get(), front.get())
        else {
            return;
        };
        let (theme, pointed) = (state.theme(), pointed.get());
        canvas::draw(&surface, &frame, |area| {
            let pen = Pen::new(area, &frame);
            labels.with(|labels| {
                let labels = labels.as_ref();
                labels.map_or(Ok(()), |labels| labels.draw(&pen, &viewport, &theme))
            })?;
            pointed.map_or(Ok(()), |at| draw_pointed(&pen, &viewport, &theme, at))
        });
    });
    let name = move || {
        let facts = state.facts.get()?;
        let k = state.comparison.get()?.n_segments_of(model);
        let (n_visible, n_mismatched) = (facts.rows.len(), facts.mismatched.len());
        Some(plot_label(
            state.model_name(model),
            n_visible,
            k,
            n_mismatched,
        ))
    };
    view! {
        <canvas node_ref=middle aria-hidden="true"></canvas>
        <canvas node_ref=front class="plot__front" tabindex="0" role="img" aria-label=name
            on:pointermove=move |event| state.point_at(pointer::row_at(state, viewport.get_untracked(), &event)) on:pointerleave=move |_| state.point_at(None)
            on:pointerdown=move |event| pointer::press(state, viewport.get_untracked(), &event)
            on:keydown=move |event| pointer::key(state, viewport.get_untracked(), &event)></canvas>
        <Tip place=place/>
    }
}

/// What the lines in a plot mean.
fn note(state: AppState, model: ModelKey) -> String {
    if model == ModelKey::GIVEN {
        return given_note(&state.segment_column());
    }
    lines_note(match model.facts().map(|facts| facts.placing) {
        Some(Placing::NearestCentre) => Lines::Centres,
        Some(Placing::LargestShare) => Lines::Ellipses,
        Some(Placing::None) | None => state.comparison.with(|comparison| {
            let comparison = comparison.as_ref();
            let result = comparison.and_then(|comparison| comparison.result(model));
            let tree = comparison.filter(|_| model.is_tree());
            Lines::Outlines {
                linkage: tree.map(|it| linkage_name(it.settings.hierarchical.linkage)),
                is_approximate: result.is_some_and(|result| result.is_approximate),
            }
        }),
    })
}
