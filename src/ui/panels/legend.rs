//! The segments: letter, shape, colour and size; a click selects.

use leptos::prelude::*;

use crate::cluster::ModelKey;
use crate::export::letter;
use crate::result::Comparison;
use crate::session::{self, Decision};
use crate::ui::state::{AppState, SelectMode};
use crate::ui::widgets::{SegmentName, Select, options_html};
use crate::words::{compact, count};

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
            let of_size = comparison.clone();
            let (facts, comparison) = (facts.clone(), comparison.clone());
            let select = move |event: leptos::ev::MouseEvent| {
                let labels = comparison.labels(first);
                let rows = facts.rows.iter().copied().filter(|&row| labels.get(row) == Some(&(segment as u32)));
                state.select(rows, SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key()));
            };
            view! { <button class="legend__entry" title=tip on:click=select><SegmentName mark=state.mark(segment)/><span class="legend__name">{move || state.segment_name(segment as u32)}</span><span>{size_words(state, &of_size, segment, size)}</span></button> }
        });
        Some(entries.collect::<Vec<_>>())
    };
    let name = move || {
        let first = state
            .comparison
            .get()
            .map_or(ModelKey::K_MEANS, |comparison| comparison.first_pair().0);
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

/// Customers of a segment in the first model; where it has none, in the first that has.
fn size_words(state: AppState, comparison: &Comparison, segment: usize, size: usize) -> String {
    let size_in = |model: &ModelKey| comparison.result(*model).map_or(0, |it| it.sizes[segment]);
    let mut models = comparison.models();
    let Some(first) = models.find(|model| size_in(model) > 0) else {
        return count(size);
    };
    if first == comparison.first_pair().0 {
        return count(size);
    }
    format!(
        "{}, only {}",
        count(size_in(&first)),
        state.model_name(first)
    )
}

/// Which attributes the plots show.
#[component]
fn Axes() -> impl IntoView {
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
            <label>"Across"<Select label="Across".to_owned() id="axis-x" options=Signal::derive(move || options(|axes| &axes.x)) on_choose=set(|axes, name| axes.x = name)/></label>
            <label>"Up"<Select label="Up".to_owned() id="axis-y" options=Signal::derive(move || options(|axes| &axes.y)) on_choose=set(|axes, name| axes.y = name)/></label>
        </div>
    }
}
