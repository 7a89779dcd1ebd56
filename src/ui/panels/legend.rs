//! The segments: letter, shape, colour and size; a click selects.

use leptos::prelude::*;

use crate::cluster::ModelKey;
use crate::result::Comparison;
use crate::session::{self, Decision};
use crate::ui::state::{AppState, SelectMode};
use crate::ui::widgets::{SegmentName, Select, options_html};
use crate::words::{ACROSS, MISMATCHED_TIP, Mean, UP, legend_label, legend_size, legend_tip};

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
            let (model, mark) = (model_with(&comparison, segment), state.mark(segment));
            let result = comparison.result(model);
            let means = result.into_iter().flat_map(|result| result.centroids_raw.row(segment)).zip(&comparison.features);
            let size = if model == first {
                legend_size(size, None)
            } else {
                let labels = comparison.labels(model);
                let visible = facts.rows.iter().filter(|&&row| labels.get(row) == Some(&(segment as u32)));
                legend_size(visible.count(), Some(state.model_name(model)))
            };
            let tip = legend_tip(mark.segment(), means.map(|(&value, feature)| Mean { feature, value, unit: state.unit(feature) }));
            let (facts, comparison) = (facts.clone(), comparison.clone());
            let select = move |event: leptos::ev::MouseEvent| {
                let labels = comparison.labels(model);
                let rows = facts.rows.iter().copied().filter(|&row| labels.get(row) == Some(&(segment as u32)));
                state.select(rows, SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key()));
            };
            view! { <button class="legend__entry" title=tip on:click=select><SegmentName mark=mark/><span class="legend__name">{move || state.segment_name(segment as u32)}</span><span class="legend__size">{size}</span></button> }
        });
        Some(entries.collect::<Vec<_>>())
    };
    let name = move || {
        let first = state
            .comparison
            .get()
            .map_or(ModelKey::K_MEANS, |comparison| comparison.first_pair().0);
        legend_label(state.model_name(first))
    };
    view! {
        <div class="legend" data-testid="legend" role="group" aria-label=name class:stale=move || state.is_stale()>
            {entries}
            <span class="legend__ring"><i class="ring"></i>{MISMATCHED_TIP}</span>
        </div>
    }
}

/// The first model that has the segment.
fn model_with(comparison: &Comparison, segment: usize) -> ModelKey {
    let mut results = comparison.models.iter();
    let found = results.find(|result| result.sizes[segment] > 0);
    found.map_or(comparison.first_pair().0, |result| result.model)
}

/// Which attributes the plots show.
#[component]
pub(super) fn Axes() -> impl IntoView {
    let state = AppState::use_context();
    let names = Memo::new(move |_| state.numeric_names());
    let options = move |of: fn(&session::Axes) -> &String| {
        let chosen = state.axes.get();
        let chosen = chosen.as_ref().map(|axes| of(axes).as_str());
        names.with(|names| options_html(names.iter().map(String::as_str), chosen))
    };
    let set = move |change: fn(&mut session::Axes, String)| {
        move |name: String| {
            if let Some(mut axes) = state.axes.get_untracked() {
                change(&mut axes, name);
                state.decide(Decision::SetAxes(axes));
            }
        }
    };
    view! {
        <div class="axes">
            <label>{ACROSS}<Select label=ACROSS.to_owned() id="axis-x" options=Signal::derive(move || options(|axes| &axes.x)) on_choose=set(|axes, name| axes.x = name)/></label>
            <label>{UP}<Select label=UP.to_owned() id="axis-y" options=Signal::derive(move || options(|axes| &axes.y)) on_choose=set(|axes, name| axes.y = name)/></label>
        </div>
    }
}
