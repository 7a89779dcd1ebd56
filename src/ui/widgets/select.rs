//! A drop-down list of names.

use leptos::prelude::*;

/// Options by their names; `on_choose` hears the position of the one that was chosen.
#[component]
pub fn Select(
    /// What is chosen, for screen readers.
    label: &'static str,
    /// Name for tests.
    id: &'static str,
    /// Names in order; may change.
    #[prop(into)]
    options: Signal<Vec<&'static str>>,
    /// The name in force.
    #[prop(into)]
    chosen: Signal<&'static str>,
    /// One sentence on the option in force.
    #[prop(into)]
    tip: Signal<&'static str>,
    /// Whether nothing can be chosen.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Hears the name that was chosen.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let names = options.get().into_iter();
        names
            .map(|name| view! { <option value=name selected=move || chosen.get() == name>{name}</option> })
            .collect::<Vec<_>>()
    };
    view! {
        <select class="field field--small" aria-label=label data-testid=id title=tip disabled=disabled
            on:change=move |event| on_choose.run(event_target_value(&event))>{options}</select>
    }
}
