//! From a pointer or a key to a customer.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use crate::chart::{Candidates, Viewport};
use crate::session::Axes;
use crate::ui::state::{AppState, SelectMode};

/// A pointer hits a mark within this distance.
const REACH_PX: f64 = 12.0;

/// The visible customer under the pointer.
pub(super) fn row_at(
    state: AppState,
    viewport: Option<Viewport>,
    event: &PointerEvent,
) -> Option<usize> {
    let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
    untrack(|| {
        let (facts, Axes { x, y }) = (state.facts.get()?, state.axes.get()?);
        let (plot, grid) = (viewport?.plot, state.grid.get()?);
        state.view(|view| {
            let among = Candidates {
                x: view.numbers(&x)?,
                y: view.numbers(&y)?,
                counts: |row: usize| facts.visible[row],
            };
            grid.nearest(&plot, at, REACH_PX, &among)
        })?
    })
}

/// Selects the customer under the pointer; beside all marks, forgets the selection.
pub(super) fn press(state: AppState, viewport: Option<Viewport>, event: &PointerEvent) {
    let mode = SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key());
    match row_at(state, viewport, event) {
        Some(row) => {
            state.select([row], mode);
            let comparison = state.comparison.get_untracked();
            if comparison.is_some_and(|comparison| comparison.is_mismatched(row)) {
                state.open_if_alone(row, mode);
            }
        }
        None if mode == SelectMode::Replace => state.clear_selection(),
        None => {}
    }
}

/// Arrows move to the next customer in their direction; Space and Enter select.
pub(super) fn key(state: AppState, viewport: Option<Viewport>, event: &KeyboardEvent) {
    let direction = match event.key().as_str() {
        "ArrowRight" => (1.0, 0.0),
        "ArrowLeft" => (-1.0, 0.0),
        "ArrowUp" => (0.0, -1.0),
        "ArrowDown" => (0.0, 1.0),
        " " | "Enter" => {
            event.prevent_default();
            if let Some(row) = state.hover.get_untracked() {
                let mode = SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key());
                state.select([row], mode);
                if event.key() == "Enter" {
                    state.open_if_alone(row, mode);
                }
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(next) =
        viewport.and_then(|viewport| untrack(|| next_row(state, &viewport, direction)))
    {
        state.point_at(Some(next));
    }
}

/// The nearest visible customer in a direction from the one under the cursor; the first one when there is none.
fn next_row(state: AppState, viewport: &Viewport, (dx, dy): (f64, f64)) -> Option<usize> {
    let (facts, Axes { x, y }) = (state.facts.get()?, state.axes.get()?);
    state.view(|view| {
        let (x, y) = (view.numbers(&x)?, view.numbers(&y)?);
        let at = |row: usize| viewport.px_from_data(x[row], y[row]);
        let Some(from) = state.hover.get() else {
            return facts.mismatched.first().or(facts.rows.first()).copied();
        };
        let origin = at(from);
        let mut best: Option<(f64, usize)> = None;
        for &row in facts.rows.iter().filter(|&&row| row != from) {
            let (px, py) = at(row);
            let (along, across) = (
                (px - origin.0) * dx + (py - origin.1) * dy,
                (px - origin.0) * dy - (py - origin.1) * dx,
            );
            // Straight ahead counts most: a step aside costs twice its length.
            let cost = along + 2.0 * across.abs();
            if along > 0.0 && cost.is_finite() && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, row));
            }
        }
        best.map(|(_, row)| row)
    })?
}
