//! What lies above the marks: letters, centres, names, and the customer under the pointer.

use leptos::prelude::{Get, With};

use crate::chart::{Letter, NameLabel, Scatter, ScatterLabels};
use crate::cluster::{ModelKey, Placing};
use crate::session::Axes;
use crate::ui::state::AppState;
use crate::words::segment_letter;

/// Identifiers stand beside mismatched customers up to this many.
const MAX_NAMES: usize = 12;

/// Letters, centres and names. They do not follow the pointer.
pub(super) fn labels(state: AppState, model: ModelKey, scatter: &Scatter) -> Option<ScatterLabels> {
    let (facts, Axes { x, y }) = (state.facts.get()?, state.axes.get()?);
    let letters = scatter.groups.iter().filter_map(|group| {
        Some(Letter {
            mark: group.mark,
            text: segment_letter(group.mark.segment()),
            at: group.middle?,
        })
    });
    let are_few = facts.mismatched.len() <= MAX_NAMES;
    let named = facts.mismatched.iter().filter(|_| are_few);
    let names = state.view(|view| {
        let (x, y) = (view.numbers(&x)?, view.numbers(&y)?);
        let named = named.filter(|&&row| x[row].is_finite() && y[row].is_finite());
        let names = named.map(|&row| NameLabel {
            text: state.customer_name(row),
            at: (x[row], y[row]),
        });
        Some(names.collect())
    });
    Some(ScatterLabels {
        letters: letters.collect(),
        has_crosses: model.facts().map(|facts| facts.placing) == Some(Placing::NearestCentre),
        names: names??,
    })
}

/// Where the customer under the pointer is, else the one whose card is open; none where a filter hides it.
pub(super) fn pointed(state: AppState) -> Option<(f64, f64)> {
    let row = state.hover.get().or_else(|| state.open.get())?;
    let is_visible = state.facts.with(|facts| {
        let visible = facts.as_ref().and_then(|facts| facts.visible.get(row));
        visible.copied().unwrap_or(false)
    });
    let Axes { x, y } = state.axes.get().filter(|_| is_visible)?;
    state.view(|view| Some((*view.numbers(&x)?.get(row)?, *view.numbers(&y)?.get(row)?)))?
}
