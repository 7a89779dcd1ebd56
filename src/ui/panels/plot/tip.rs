//! A few words beside the pointer.

use leptos::prelude::*;

use crate::session::Axes;
use crate::ui::state::AppState;
use crate::ui::widgets::{ChartPlace, SegmentName};
use crate::words::{customer_title, value_words};

/// What is known of the customer under the pointer.
#[component]
pub(super) fn Tip(
    /// Where the plot is.
    place: ChartPlace,
) -> impl IntoView {
    let state = AppState::use_context();
    let tip = move || {
        let (row, frame, viewport, comparison, Axes { x, y }) = (
            state.hover.get()?,
            place.frame.get()?,
            place.viewport.get()?,
            state.comparison.get()?,
            state.axes.get()?,
        );
        let (value_x, value_y) = state
            .view(|view| Some((*view.numbers(&x)?.get(row)?, *view.numbers(&y)?.get(row)?)))??;
        let (px, py) = viewport.px_from_data(value_x, value_y);
        if !px.is_finite() || !py.is_finite() {
            return None;
        }
        let (width, height) = (frame.width, frame.height);
        // On the side with more room, clear of the mark.
        let horizontal = if px < width / 2.0 {
            format!("left:{}px", px + 14.0)
        } else {
            format!("right:{}px", width - px + 14.0)
        };
        let vertical = if py < height / 2.0 {
            format!("top:{}px", py + 10.0)
        } else {
            format!("bottom:{}px", height - py + 10.0)
        };
        let segments = comparison.models().map(|model| {
            let segment = *comparison.labels(model).get(row)? as usize;
            Some(view! { <span class="tip__model"><SegmentName mark=state.mark(segment)/>{state.model_name(model)}</span> })
        });
        Some(view! {
            <div class="tip" style=format!("{horizontal};{vertical}")>
                <b>{customer_title(&state.customer_name(row))}</b>
                <span>{value_words(&x, value_x, state.unit(&x))}</span><span>{value_words(&y, value_y, state.unit(&y))}</span>
                <span class="tip__models">{segments.collect::<Vec<_>>()}</span>
            </div>
        })
    };
    view! { {tip} }
}
