//! A range on a numeric column: histogram, two handles, two number fields.

use leptos::prelude::*;

use super::ChartCanvas;
use crate::chart::{Bins, Histogram, Theme};
use crate::session::Gesture;
use crate::ui::hooks::number_of;
use crate::words::{
    RANGE_TO, REMOVE, compact, editable, editable_exact, field_label, field_tip, filter_label,
    largest_label, smallest_label,
};

/// Filters by a range of values.
#[component]
#[allow(
    clippy::needless_pass_by_value,
    reason = "properties of components are owned"
)]
pub(in crate::ui) fn RangeFilter(
    /// Name of the column.
    name: String,
    /// How the values of the customers under the other filters are spread; its limits are those of the whole column.
    #[prop(into)]
    bins: Signal<Bins>,
    /// The range in force; none for all values.
    #[prop(into)]
    range: Signal<Option<(f64, f64)>>,
    /// Colours of the chart.
    #[prop(into)]
    theme: Signal<Theme>,
    /// Called with a new range, or none for all values, and whether a handle is being dragged to it.
    on_change: impl Fn(Option<(f64, f64)>, Gesture) + Copy + Send + Sync + 'static,
    /// Called when a handle is let go.
    on_end: impl Fn() + Copy + Send + Sync + 'static,
    /// Offers to take the filter away, where that is possible.
    #[prop(optional_no_strip)]
    on_remove: Option<Callback<()>>,
) -> impl IntoView {
    let limits = Memo::new(move |_| bins.with(|bins| (bins.min, bins.max)));
    let shown = move || range.get().unwrap_or(limits.get());
    let title = name.clone();
    let histogram = Memo::new(move |_| {
        Some(Histogram {
            title: title.clone(),
            bins: bins.get(),
            chosen: shown(),
        })
    });
    let set = move |from: f64, to: f64, gesture: Gesture| {
        let (min, max) = limits.get();
        let (from, to) = (from.clamp(min, max), to.clamp(min, max));
        let is_all = from <= min && to >= max;
        on_change((!is_all).then_some((from.min(to), from.max(to))), gesture);
    };
    let set_from = move |text: String, gesture: Gesture| {
        if let Some(from) = number_of(&text) {
            set(from, shown().1, gesture);
        }
    };
    let set_to = move |text: String, gesture: Gesture| {
        if let Some(to) = number_of(&text) {
            set(shown().0, to, gesture);
        }
    };
    let step = move || {
        let (min, max) = limits.get();
        if max > min { (max - min) / 1000.0 } else { 1.0 }
    };
    let bound = move |value: f64| value.to_string();
    // What somebody entered is shown to its last digit; limits are written as in the list.
    let written = move |value: f64| {
        let (min, max) = limits.get();
        if value > min && value < max {
            editable_exact(value)
        } else {
            editable(value)
        }
    };
    let remove = on_remove.map(|remove| {
        view! { <button class="link" on:click=move |_| remove.run(())>{REMOVE}</button> }
    });
    let lower = smallest_label(&name);
    let upper = largest_label(&name);
    let handles = view! {
        <input type="range" class="range__handle" aria-label=lower.clone()
            min=move || bound(limits.get().0) max=move || bound(limits.get().1) step=step
            aria-valuetext=move || compact(shown().0)
            prop:value=move || bound(shown().0) on:input=move |event| set_from(event_target_value(&event), Gesture::Part) on:change=move |_| on_end()/>
        <input type="range" class="range__handle" aria-label=upper.clone()
            min=move || bound(limits.get().0) max=move || bound(limits.get().1) step=step
            aria-valuetext=move || compact(shown().1)
            prop:value=move || bound(shown().1) on:input=move |event| set_to(event_target_value(&event), Gesture::Part) on:change=move |_| on_end()/>
    };
    view! {
        <div class="range" role="group" aria-label=filter_label(&name)>
            <div class="range__head"><span class="range__name" title=name.clone()>{name.clone()}</span>
            <span class="range__fields">
                <input class="field field--small" type="number" step="any" aria-label=field_label(&lower)
                    prop:value=move || written(shown().0) title=move || field_tip(shown().0) on:change=move |event| set_from(event_target_value(&event), Gesture::Whole)/>
                <span>{RANGE_TO}</span>
                <input class="field field--small" type="number" step="any" aria-label=field_label(&upper)
                    prop:value=move || written(shown().1) title=move || field_tip(shown().1) on:change=move |event| set_to(event_target_value(&event), Gesture::Whole)/>
            </span>{remove}</div>
            <ChartCanvas chart=histogram theme=theme class="range__stage" over=move |_| handles.into_any()/>
        </div>
    }
}
