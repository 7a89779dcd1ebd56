//! A choice of one among many: a native list.

use leptos::prelude::*;

use super::html::{escaped, joined};

/// One choice of many. Its options are text, which costs a tenth of the code of views, and this code is there once.
#[component]
pub(in crate::ui) fn Select(
    /// What the choice is about, for screen readers.
    label: String,
    /// Its name for tests.
    id: &'static str,
    /// The options, as [`options_html`] makes them.
    #[prop(into)]
    options: Signal<String>,
    /// Called with the value that was chosen.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    view! { <select class="field field--small" aria-label=label data-testid=id inner_html=options on:change=move |event| on_choose.run(event_target_value(&event))></select> }
}

/// Options whose values are their places in the list of what they stand for, one of them chosen. The list is that of the keys: the
/// words may be of any language.
pub(in crate::ui) fn places_html<'a>(
    words: impl IntoIterator<Item = &'a str>,
    chosen: Option<usize>,
) -> String {
    let option = |(at, words): (usize, &str)| {
        let is_chosen = if chosen == Some(at) { " selected" } else { "" };
        format!("<option value={at}{is_chosen}>{}</option>", escaped(words))
    };
    joined(words.into_iter().enumerate().map(option))
}

/// Options whose values are their words, since they are names of the user's columns; one of them chosen.
pub(in crate::ui) fn options_html<'a>(
    names: impl IntoIterator<Item = &'a str>,
    chosen: Option<&str>,
) -> String {
    let option = |name: &str| option_html(name, name, chosen == Some(name));
    joined(names.into_iter().map(option))
}

/// Options whose values are keys, each beside its words; one of them chosen.
pub(in crate::ui) fn keyed_options_html(
    options: &[(String, String)],
    chosen: Option<&str>,
) -> String {
    let option = |(key, words): &(String, String)| option_html(key, words, chosen == Some(key));
    joined(options.iter().map(option))
}

fn option_html(value: &str, words: &str, is_chosen: bool) -> String {
    let selected = if is_chosen { " selected" } else { "" };
    let (value, words) = (escaped(value), escaped(words));
    format!("<option value=\"{value}\"{selected}>{words}</option>")
}
