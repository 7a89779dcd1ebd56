//! A choice of one among a few, side by side: native radio buttons.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

static NEXT_GROUP: AtomicU32 = AtomicU32::new(0);

/// One choice of a few. Not generic, so that the page holds its code once.
#[component]
pub(in crate::ui) fn Segmented(
    /// What the choice is about, for screen readers.
    label: String,
    /// The words of each option.
    options: Vec<&'static str>,
    /// Position of the option chosen.
    #[prop(into)]
    chosen: Signal<usize>,
    /// Called with the position of another option.
    #[prop(into)]
    on_choose: Callback<usize>,
) -> impl IntoView {
    let choices = NodeRef::<Div>::new();
    let choose = move |position: usize| {
        on_choose.run(position);
        // A choice that is refused gives way to the one in force.
        let at = chosen.get_untracked() + 1;
        let place = format!(".segmented__option:nth-child({at}) input");
        let own = choices.get_untracked();
        let own = own.and_then(|own| own.query_selector(&place).ok().flatten());
        if let Some(own) = own.and_then(|own| own.dyn_into::<HtmlInputElement>().ok()) {
            own.set_checked(true);
        }
    };
    let group = format!("choice-{}", NEXT_GROUP.fetch_add(1, Ordering::Relaxed));
    let option = |(position, words): (usize, &'static str)| {
        let is_on = move || chosen.get() == position;
        view! {
            <label class="segmented__option" class:segmented__option--on=is_on data-words=words>
                <input type="radio" class="visually-hidden" name=group.clone() prop:checked=is_on on:change=move |_| choose(position)/>
                {words}
            </label>
        }
    };
    let options: Vec<_> = options.into_iter().enumerate().map(option).collect();
    view! { <div class="segmented" role="radiogroup" aria-label=label node_ref=choices>{options}</div> }
}

/// Position of a value among the options, for [`Segmented`].
pub(in crate::ui) fn position_of<T: PartialEq>(options: &[T], value: &T) -> usize {
    options
        .iter()
        .position(|option| option == value)
        .unwrap_or(0)
}
