//! The segments: letter, shape, colour and size; a click selects.

use leptos::prelude::*;

use crate::analysis::Model;
use crate::export::letter;
use crate::ui::state::{AppState, SelectMode};
use crate::ui::text::{compact, count};
use crate::ui::widgets::SegmentName;

/// One entry per segment, and what the ring means.
#[component]
pub(in crate::ui) fn Legend() -> impl IntoView {
    let state = AppState::use_context();
    let entries = move || {
        let (facts, comparison) = (state.facts.get()?, state.comparison.get()?);
        let first = comparison.first_pair().0;
        let sizes = comparison
            .segments()
            .into_iter()
            .map(|segment| (segment, facts.sizes[segment]));
        let entries = sizes.map(|(segment, size)| {
            let result = comparison.result(first);
            let means = result.into_iter().flat_map(|result| result.centroids_raw.row(segment)).zip(&comparison.features);
            let means: Vec<String> = means.map(|(mean, name)| format!("{name} {}", compact(*mean))).collect();
            let tip = format!("Segment {}: mean {}. Click to select its customers.", letter(segment), means.join(", "));
            let (facts, comparison) = (facts.clone(), comparison.clone());
            let select = move |event: leptos::ev::MouseEvent| {
                let labels = comparison.labels(first);
                let rows = facts.rows.iter().copied().filter(|&row| labels[row] as usize == segment);
                state.select(rows, SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key()));
            };
            view! { <button class="legend__entry" title=tip on:click=select><SegmentName segment=segment/><span class="legend__name">{move || state.segment_name(segment as u32)}</span><span>{count(size)}</span></button> }
        });
        Some(entries.collect::<Vec<_>>())
    };
    let name = move || {
        let first = state
            .comparison
            .get()
            .map_or(Model::KMeans, |comparison| comparison.first_pair().0);
        format!("Segments in {}", state.model_name(first))
    };
    view! {
        <div class="legend" data-testid="legend" role="group" aria-label=name class:stale=move || state.is_stale()>
            {entries}
            <span class="legend__ring"><i class="ring"></i>"Mismatched"</span>
            <Axes/>
        </div>
    }
}

/// Which attributes the plots show.
#[component]
fn Axes() -> impl IntoView {
    let state = AppState::use_context();
    let names = Memo::new(move |_| state.numeric_names());
    let options = move |of: fn(&(String, String)) -> &String| {
        names
            .get()
            .into_iter()
            .map(|name| {
                let value = name.clone();
                let is_chosen = move || {
                    state
                        .axes
                        .with(|axes| axes.as_ref().is_some_and(|axes| *of(axes) == value))
                };
                view! { <option value=name.clone() selected=is_chosen>{name.clone()}</option> }
            })
            .collect::<Vec<_>>()
    };
    let set_x = move |event| {
        state.axes.update(|axes| {
            if let Some(axes) = axes {
                axes.0 = event_target_value(&event);
            }
        });
    };
    let set_y = move |event| {
        state.axes.update(|axes| {
            if let Some(axes) = axes {
                axes.1 = event_target_value(&event);
            }
        });
    };
    view! {
        <div class="axes">
            <label>"Across"<select class="field field--small" data-testid="axis-x" on:change=set_x>{move || options(|axes| &axes.0)}</select></label>
            <label>"Up"<select class="field field--small" data-testid="axis-y" on:change=set_y>{move || options(|axes| &axes.1)}</select></label>
        </div>
    }
}
