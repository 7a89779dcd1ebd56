//! The sign beside a number that opens the methods at its own.

use leptos::prelude::*;

use crate::words::{HOW_SIGN, HOW_TIP, MethodKey};

/// A small button; the dialog of the methods listens for it.
#[component]
pub(in crate::ui) fn How(
    /// The method that it asks about.
    of: MethodKey,
) -> impl IntoView {
    view! { <button class="how" type="button" data-method=of.name() aria-haspopup="dialog" aria-label=HOW_TIP title=HOW_TIP>{HOW_SIGN}</button> }
}
