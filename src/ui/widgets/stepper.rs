//! A whole number with a button on each side.

use leptos::prelude::*;

use crate::words::{ONE_FEWER, ONE_MORE};

/// A whole number between two limits.
#[component]
pub(in crate::ui) fn Stepper(
    /// What the number is, for screen readers.
    label: &'static str,
    /// The number; none while it is not known yet.
    #[prop(into)]
    value: Signal<Option<usize>>,
    /// Smallest number.
    min: usize,
    /// Largest number.
    #[prop(into)]
    max: Signal<usize>,
    /// Called with another number.
    on_change: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let step = move |by: isize| {
        if let Some(next) = value.get().and_then(|value| value.checked_add_signed(by))
            && (min..=max.get()).contains(&next)
        {
            on_change(next);
        }
    };
    view! {
        <div class="stepper" role="group" aria-label=label>
            <button aria-label=ONE_FEWER disabled=move || value.get().is_none_or(|k| k <= min) on:click=move |_| step(-1)>"−"</button>
            <output class="stepper__value" data-testid="k">{move || value.get().map_or_else(|| "…".to_owned(), |k| k.to_string())}</output>
            <button aria-label=ONE_MORE disabled=move || value.get().is_none_or(|k| k >= max.get()) on:click=move |_| step(1)>"+"</button>
        </div>
    }
}
