//! What lies above the marks: letters, centres, names, and the customer under the pointer.

use leptos::prelude::Get;

use crate::chart::{Align, DrawError, Mark, Pen, Rect, ScatterLayout, Theme};
use crate::cluster::{ModelKey, Placing};
use crate::session::Axes;
use crate::ui::state::AppState;
use crate::words::segment_letter;

/// Identifiers stand beside mismatched customers up to this many.
const MAX_NAMES: usize = 12;

/// Letters, centres, names of the mismatched, and the customer under the pointer.
pub(super) fn overlay<DB: plotters::prelude::DrawingBackend>(
    state: AppState,
    model: ModelKey,
    pen: &Pen<'_, DB>,
    layout: &ScatterLayout,
    theme: &Theme,
) -> Result<(), DrawError> {
    let (Some(facts), Some(Axes { x, y })) = (state.facts.get(), state.axes.get()) else {
        return Ok(());
    };
    let drawn = state.view(|view| {
        let (Some(x), Some(y)) = (view.numbers(&x), view.numbers(&y)) else {
            return Ok(());
        };
        let labels = view.comparison.labels(model);
        let mut sums = vec![(0.0, 0.0, 0.0); view.comparison.n_segments];
        for &row in facts
            .rows
            .iter()
            .filter(|&&row| x[row].is_finite() && y[row].is_finite())
        {
            let Some(sum) = labels
                .get(row)
                .and_then(|&label| sums.get_mut(label as usize))
            else {
                continue;
            };
            *sum = (sum.0 + x[row], sum.1 + y[row], sum.2 + 1.0);
        }
        for (segment, (sum_x, sum_y, n)) in sums
            .into_iter()
            .enumerate()
            // Who belongs to no segment lies everywhere: there is no middle.
            .filter(|(segment, (_, _, n))| *n > 0.0 && !view.comparison.is_noise(*segment as u32))
        {
            let (px, py) = layout.px_from_data(sum_x / n, sum_y / n);
            if model.facts().map(|facts| facts.placing) == Some(Placing::NearestCentre) {
                for (colour, width) in [(theme.paper, 4.0), (theme.ink, 1.6)] {
                    pen.line(&[(px - 4.5, py), (px + 4.5, py)], colour, width)?;
                    pen.line(&[(px, py - 4.5), (px, py + 4.5)], colour, width)?;
                }
            }
            let mark = Mark::Segment(segment);
            // Beside the middle, so that a small segment is not hidden by its letter.
            let letter_at = (px + 12.0, py - 9.0);
            pen.outlined_text(
                &segment_letter(mark.segment()),
                letter_at,
                Align::Centre,
                13.0,
                mark.letter_colour(theme),
                theme.paper,
            )?;
        }
        if facts.mismatched.len() <= MAX_NAMES {
            // Rings first: a name must not hide another customer's.
            let rings = facts
                .mismatched
                .iter()
                .map(|&row| ring_at(layout.px_from_data(x[row], y[row])));
            let mut placed: Vec<Rect> = rings.collect();
            for &row in facts
                .mismatched
                .iter()
                .filter(|&&row| x[row].is_finite() && y[row].is_finite())
            {
                let name = state.customer_name(row);
                let mark = layout.px_from_data(x[row], y[row]);
                // A crowded place has no room for names; the list below has them.
                let Some((at, align, rect)) = name_place(mark, &name, &placed, &layout.plot) else {
                    continue;
                };
                placed.push(rect);
                pen.outlined_text(&name, at, align, 11.0, theme.ink, theme.paper)?;
            }
        }
        let Some(row) = state
            .hover
            .get()
            .or_else(|| state.open.get())
            .filter(|&row| facts.visible.get(row).copied().unwrap_or(false))
        else {
            return Ok(());
        };
        let (px, py) = layout.px_from_data(x[row], y[row]);
        if px.is_finite() && py.is_finite() {
            pen.dashes(
                &[(px, py), (px, layout.plot.bottom)],
                theme.ink,
                1.0,
                2.0,
                2.0,
            )?;
            pen.dashes(
                &[(px, py), (layout.plot.left, py)],
                theme.ink,
                1.0,
                2.0,
                2.0,
            )?;
            pen.ring((px, py), 6.8, theme.paper, 4.2)?;
            pen.ring((px, py), 6.8, theme.ink, 2.6)?;
        }
        Ok(())
    });
    drawn.unwrap_or(Ok(()))
}

/// The square around a mark and its ring.
fn ring_at((x, y): (f64, f64)) -> Rect {
    const HALF: f64 = 7.5;
    Rect {
        left: x - HALF,
        top: y - HALF,
        right: x + HALF,
        bottom: y + HALF,
    }
}

/// A place for a name beside its mark: the first around it, then farther out, that is in the plot and clear of what stands there.
fn name_place(
    (x, y): (f64, f64),
    name: &str,
    placed: &[Rect],
    plot: &Rect,
) -> Option<((f64, f64), Align, Rect)> {
    // Offsets of the text's near end; a digit in bold 11 px is about 6.4 wide.
    const OFFSETS: [(f64, f64); 10] = [
        (8.0, -12.0),
        (-8.0, -12.0),
        (11.0, 0.0),
        (-11.0, 0.0),
        (8.0, 13.0),
        (-8.0, 13.0),
        (18.0, -18.0),
        (-18.0, -18.0),
        (18.0, 19.0),
        (-18.0, 19.0),
    ];
    let width = 6.4 * name.chars().count() as f64;
    let place = |(dx, dy): (f64, f64)| {
        let (at_x, at_y) = (x + dx, y + dy);
        let left = if dx > 0.0 { at_x } else { at_x - width };
        let rect = Rect {
            left,
            top: at_y - 6.0,
            right: left + width,
            bottom: at_y + 6.0,
        };
        (
            (at_x, at_y),
            if dx > 0.0 { Align::Left } else { Align::Right },
            rect,
        )
    };
    let is_free = |rect: &Rect| {
        plot.contains(rect.left, rect.top)
            && plot.contains(rect.right, rect.bottom)
            && !placed.iter().any(|other| rect.overlaps(other))
    };
    let mut places = OFFSETS.into_iter().map(place);
    places.find(|(_, _, rect)| is_free(rect))
}
