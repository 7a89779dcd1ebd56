//! A choice of one among a few, side by side: native radio buttons.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

static NEXT_GROUP: AtomicU32 = AtomicU32::new(0);

/// One choice of a few.
#[component]
pub(in crate::ui) fn Segmented<T>(
    /// What the choice is about, for screen readers.
    label: String,
    /// Values with their words.
    options: Vec<(T, &'static str)>,
    /// The value chosen.
    #[prop(into)]
    value: Signal<T>,
    /// Called with another value.
    on_choose: impl Fn(T) + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let group = format!("choice-{}", NEXT_GROUP.fetch_add(1, Ordering::Relaxed));
    let options = options.into_iter().map(|(option, words)| {
        view! {
            <label class="segmented__option" class:segmented__option--on=move || value.get() == option>
                <input
                    type="radio"
                    class="visually-hidden"
                    name=group.clone()
                    prop:checked=move || value.get() == option
                    on:change=move |_| on_choose(option)
                />
                {words}
            </label>
        }
    });
    let options: Vec<_> = options.collect();
    view! { <div class="segmented" role="radiogroup" aria-label=label>{options}</div> }
}
