//! A range on a numeric column: histogram, two handles, two number fields.

use std::sync::Arc;

use leptos::prelude::*;

use super::{ChartCanvas, FieldNotes, NumberField};
use crate::chart::{Bins, Histogram, Theme};
use crate::session::{FieldBounds, Gesture, on_grid};
use crate::table::Unit;
use crate::ui::hooks::number_of;
use crate::words::{
    RANGE_TO, REMOVE, all_digits, field_label, filter_label, largest_label, smallest_label,
    with_unit,
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
    /// What its values are written with.
    #[prop(into)]
    unit: Signal<Unit>,
    /// The grid that its values lie on.
    #[prop(into)]
    grid: Signal<f64>,
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
    // A handle stands on the column's grid, or at an end.
    let handled = move |text: String| {
        let (min, max) = limits.get();
        let at = number_of(&text)?;
        let is_end = at <= min || at >= max;
        Some(if is_end { at } else { on_grid(at, grid.get()) })
    };
    let drag_from = move |text: String| {
        if let Some(from) = handled(text) {
            set(from.min(shown().1), shown().1, Gesture::Part);
        }
    };
    let drag_to = move |text: String| {
        if let Some(to) = handled(text) {
            set(shown().0, to.max(shown().0), Gesture::Part);
        }
    };
    let take_from = move |from: f64| set(from, untrack(shown).1, Gesture::Whole);
    let take_to = move |to: f64| set(untrack(shown).0, to, Gesture::Whole);
    let notes = FieldNotes::new();
    let bound = move |value: f64| value.to_string();
    let bounds = move |min: f64, max: f64| {
        FieldBounds::between(min, max).in_percent(unit.get() == Unit::Percent)
    };
    let remove = on_remove.map(|remove| {
        view! { <button class="link" on:click=move |_| remove.run(())>{REMOVE}</button> }
    });
    let lower = smallest_label(&name);
    let upper = largest_label(&name);
    let handles = view! {
        <input type="range" class="range__handle" aria-label=lower.clone()
            min=move || bound(limits.get().0) max=move || bound(limits.get().1) step=move || grid.get()
            aria-valuetext=move || with_unit(all_digits(shown().0), unit.get())
            prop:value=move || bound(shown().0) on:input=move |event| drag_from(event_target_value(&event)) on:change=move |_| on_end()/>
        <input type="range" class="range__handle" aria-label=upper.clone()
            min=move || bound(limits.get().0) max=move || bound(limits.get().1) step=move || grid.get()
            aria-valuetext=move || with_unit(all_digits(shown().1), unit.get())
            prop:value=move || bound(shown().1) on:input=move |event| drag_to(event_target_value(&event)) on:change=move |_| on_end()/>
    };
    view! {
        <div class="range" role="group" aria-label=filter_label(&name)>
            <div class="range__head"><span class="range__name" title=name.clone()>{name.clone()}</span>
            <span class="range__fields">
                <NumberField label=field_label(&lower) value=Signal::derive(move || shown().0) bounds=Signal::derive(move || bounds(limits.get().0, shown().1)) notes=notes on_take=take_from/>
                <span>{RANGE_TO}</span>
                <NumberField label=field_label(&upper) value=Signal::derive(move || shown().1) bounds=Signal::derive(move || bounds(shown().0, limits.get().1)) notes=notes on_take=take_to/>
            </span>{remove}</div>
            {notes.line()}
            <ChartCanvas chart=histogram theme=theme class="range__stage" unit_of=Arc::new(move |_: &str| unit.get()) over=move |_| handles.into_any()/>
        </div>
    }
}
