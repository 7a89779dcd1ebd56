//! One model: its segments on two attributes. Three canvases: frame, points, and what follows the pointer.

use std::time::Duration;

use leptos::html::{Canvas, Div};
use leptos::prelude::*;

use crate::analysis::{NO_SEGMENT, View};
use crate::chart::{
    Align, Domain, Frame, Pen, PointMark, Points, Rect, Rgb, Scatter, ScatterLayout, Shape, Theme,
    hull, rasterise, segment_colour, segment_shape,
};
use crate::export::letter;
use crate::ui::canvas;
use crate::ui::hooks::use_size;
use crate::ui::state::{AppState, Model, SelectMode};
use crate::ui::text::{compact, count, plural};
use crate::ui::widgets::SegmentName;

/// Identifiers stand beside mismatched customers up to this many.
const MAX_NAMES: usize = 12;
/// Marks are smaller above this many customers.
const MANY: usize = 5_000;
/// A pointer hits a mark within this distance.
const REACH_PX: f64 = 12.0;

/// A scatter plot of all visible customers.
#[component]
pub(in crate::ui) fn Plot(
    /// The model whose segments are shown.
    model: Model,
) -> impl IntoView {
    let state = AppState::use_context();
    let stage = NodeRef::<Div>::new();
    let (back, middle, front) = (
        NodeRef::<Canvas>::new(),
        NodeRef::<Canvas>::new(),
        NodeRef::<Canvas>::new(),
    );
    let size = use_size(stage);
    let scatter = Memo::new(move |_| scatter(state, model));
    let frame = move || {
        let (width, height) = size.get();
        (width > 40.0 && height > 40.0).then(|| canvas::frame(width, height))
    };
    let layout = Memo::new(move |_| {
        frame().and_then(|frame| {
            scatter.with(|scatter| scatter.as_ref().map(|scatter| scatter.layout(&frame)))
        })
    });
    Effect::new(move |_| {
        let (Some(frame), Some(surface), theme) = (frame(), back.get(), state.theme()) else {
            return;
        };
        scatter.with(|scatter| {
            if let Some(scatter) = scatter {
                canvas::draw(&surface, &frame, |area| {
                    scatter.draw(area, &frame, &theme).map(|_| ())
                });
            }
        });
    });
    Effect::new(move |_| {
        let (Some(frame), Some(layout), Some(surface)) = (frame(), layout.get(), middle.get())
        else {
            return;
        };
        let points = state
            .view(|view| Marks::of(state, model, view, &frame, &layout))
            .flatten();
        // A task of its own per plot: the page answers in between.
        set_timeout(
            move || {
                if let Some(points) = points {
                    canvas::put_image(&surface, &frame, &points.image(&frame));
                }
            },
            Duration::ZERO,
        );
    });
    Effect::new(move |_| {
        let (Some(frame), Some(layout), Some(surface)) = (frame(), layout.get(), front.get())
        else {
            return;
        };
        let theme = state.theme();
        canvas::draw(&surface, &frame, |area| {
            overlay(state, model, &Pen::new(area, &frame), &layout, &theme)
        });
    });
    let row_at = move |event: &leptos::ev::PointerEvent| {
        let (layout, facts, (x, y)) = (
            layout.get_untracked()?,
            state.facts.get_untracked()?,
            untrack(|| state.axes.get())?,
        );
        let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        untrack(|| {
            state.view(|view| {
                layout.hit(at, view.numbers(&x)?, view.numbers(&y)?, REACH_PX, |row| {
                    facts.visible[row]
                })
            })
        })?
    };
    let pressed = move |event: leptos::ev::PointerEvent| {
        let mode = SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key());
        match row_at(&event) {
            Some(row) => state.select([row], mode),
            None if mode == SelectMode::Replace => state.clear_selection(),
            None => {}
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let direction = match event.key().as_str() {
            "ArrowRight" => (1.0, 0.0),
            "ArrowLeft" => (-1.0, 0.0),
            "ArrowUp" => (0.0, -1.0),
            "ArrowDown" => (0.0, 1.0),
            " " | "Enter" => {
                event.prevent_default();
                if let Some(row) = state.hover.get_untracked() {
                    state.select(
                        [row],
                        SelectMode::of(event.shift_key(), event.ctrl_key() || event.meta_key()),
                    );
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let next = layout
            .get_untracked()
            .and_then(|layout| untrack(|| next_row(state, &layout, direction)));
        state.hover.set(next.or(state.hover.get_untracked()));
    };
    let name = move || {
        let facts = state.facts.get()?;
        let k = state.comparison.get()?.n_clusters;
        Some(format!(
            "{}, {}, {k} segments, {} mismatched. Arrow keys move between customers, Enter selects.",
            model.name(),
            plural(facts.rows.len(), "customer", "customers"),
            count(facts.mismatched.len())
        ))
    };
    let note = match model {
        Model::KMeans => "crosses mark the centres",
        Model::Hierarchical => "Ward, outlines around the segments",
    };
    view! {
        <section class="plot" aria-label=model.name()>
            <header class="plot__head"><h2>{model.name()}</h2><span class="caption">{note}</span></header>
            <div class="plot__stage" node_ref=stage>
                <canvas node_ref=back aria-hidden="true"></canvas>
                <canvas node_ref=middle aria-hidden="true"></canvas>
                <canvas node_ref=front class="plot__front" tabindex="0" role="img" aria-label=name
                    on:pointermove=move |event| state.hover.set(row_at(&event)) on:pointerleave=move |_| state.hover.set(None)
                    on:pointerdown=pressed on:keydown=on_key></canvas>
                <Tip layout=layout size=size/>
            </div>
        </section>
    }
}

/// Axes and outlines of a model; `None` before there is one.
fn scatter(state: AppState, model: Model) -> Option<Scatter> {
    let (facts, (x_title, y_title), theme) = (state.facts.get()?, state.axes.get()?, state.theme());
    state.view(|view| {
        let (x, y) = (view.numbers(&x_title)?, view.numbers(&y_title)?);
        // Filters hide marks, they do not move the axes.
        let placed = || {
            (0..view.dataset.n_rows)
                .filter(|&row| view.comparison.k_means.labels[row] != NO_SEGMENT)
        };
        let outlines = if model == Model::Hierarchical {
            let labels = model.labels(view.comparison);
            let mut members = vec![Vec::new(); view.comparison.n_clusters];
            for &row in &facts.rows {
                if x[row].is_finite() && y[row].is_finite() {
                    members[labels[row] as usize].push((x[row], y[row]));
                }
            }
            members
                .into_iter()
                .enumerate()
                .map(|(segment, points)| (hull(points), segment_colour(segment, &theme)))
                .collect()
        } else {
            Vec::new()
        };
        Some(Scatter {
            x: Domain::around(placed().map(|row| x[row])),
            y: Domain::around(placed().map(|row| y[row])),
            x_title: x_title.clone(),
            y_title: y_title.clone(),
            outlines,
        })
    })?
}

/// The marks of a model, ready to be drawn.
struct Marks {
    x: Vec<f32>,
    y: Vec<f32>,
    segment: Vec<u32>,
    mark: Vec<PointMark>,
    ring: Vec<bool>,
    shapes: Vec<Shape>,
    colours: Vec<Rgb>,
    theme: Theme,
    radius: f64,
}

impl Marks {
    /// `None` before there is a comparison.
    fn of(
        state: AppState,
        model: Model,
        view: &View<'_>,
        frame: &Frame,
        layout: &ScatterLayout,
    ) -> Option<Self> {
        let (facts, (x, y), selection, theme) = (
            state.facts.get()?,
            state.axes.get()?,
            state.selection.get(),
            state.theme(),
        );
        let (x, y) = (view.numbers(&x)?, view.numbers(&y)?);
        let (n, k) = (view.dataset.n_rows, view.comparison.n_clusters);
        let mut marks = Self {
            x: Vec::with_capacity(n),
            y: Vec::with_capacity(n),
            segment: model.labels(view.comparison).to_vec(),
            mark: Vec::with_capacity(n),
            ring: Vec::with_capacity(n),
            shapes: (0..k).map(segment_shape).collect(),
            colours: (0..k)
                .map(|segment| segment_colour(segment, &theme))
                .collect(),
            theme,
            radius: if n > MANY {
                2.0
            } else if frame.width < 420.0 {
                2.7
            } else {
                3.3
            },
        };
        for row in 0..n {
            let (at_x, at_y) = layout.px_from_data(x[row], y[row]);
            marks.x.push(at_x as f32);
            marks.y.push(at_y as f32);
            let is_placed =
                marks.segment[row] != NO_SEGMENT && at_x.is_finite() && at_y.is_finite();
            let is_visible = facts.visible[row];
            marks.mark.push(match (is_placed, is_visible) {
                (false, _) => PointMark::Hidden,
                (true, false) => PointMark::Context,
                (true, true) if selection.is_empty() || selection.contains(&row) => PointMark::Full,
                (true, true) => PointMark::Faded,
            });
            marks
                .ring
                .push(is_visible && view.comparison.is_mismatched(row));
        }
        Some(marks)
    }

    /// All marks as one image.
    fn image(&self, frame: &Frame) -> Vec<u8> {
        let points = Points {
            x: &self.x,
            y: &self.y,
            segment: &self.segment,
            mark: &self.mark,
            ring: &self.ring,
            shapes: &self.shapes,
            colours: &self.colours,
            paper: self.theme.paper,
            ink: self.theme.ink,
            context: self.theme.null,
            radius: self.radius,
        };
        rasterise(frame, &points)
    }
}

/// Letters, centres, names of the mismatched, and the customer under the pointer.
fn overlay<DB: plotters::prelude::DrawingBackend>(
    state: AppState,
    model: Model,
    pen: &Pen<'_, DB>,
    layout: &ScatterLayout,
    theme: &Theme,
) -> Result<(), crate::chart::DrawError> {
    let (Some(facts), Some((x, y))) = (state.facts.get(), state.axes.get()) else {
        return Ok(());
    };
    let drawn = state.view(|view| {
        let (Some(x), Some(y)) = (view.numbers(&x), view.numbers(&y)) else {
            return Ok(());
        };
        let labels = model.labels(view.comparison);
        let mut sums = vec![(0.0, 0.0, 0.0); view.comparison.n_clusters];
        for &row in facts
            .rows
            .iter()
            .filter(|&&row| x[row].is_finite() && y[row].is_finite())
        {
            let sum = &mut sums[labels[row] as usize];
            *sum = (sum.0 + x[row], sum.1 + y[row], sum.2 + 1.0);
        }
        for (segment, (sum_x, sum_y, n)) in sums
            .into_iter()
            .enumerate()
            .filter(|(_, (_, _, n))| *n > 0.0)
        {
            let (px, py) = layout.px_from_data(sum_x / n, sum_y / n);
            let letter_at = if model == Model::KMeans {
                for (colour, width) in [(theme.paper, 4.0), (theme.ink, 1.6)] {
                    pen.line(&[(px - 4.5, py), (px + 4.5, py)], colour, width)?;
                    pen.line(&[(px, py - 4.5), (px, py + 4.5)], colour, width)?;
                }
                (px + 12.0, py - 9.0)
            } else {
                (px, py)
            };
            pen.outlined_text(
                &letter(segment),
                letter_at,
                Align::Centre,
                13.0,
                theme.letter_colour(segment),
                theme.paper,
            )?;
        }
        if facts.mismatched.len() <= MAX_NAMES {
            let mut placed: Vec<Rect> = Vec::new();
            for &row in facts
                .mismatched
                .iter()
                .filter(|&&row| x[row].is_finite() && y[row].is_finite())
            {
                let name = state.customer_name(row);
                let (at, align, rect) = name_place(
                    layout.px_from_data(x[row], y[row]),
                    &name,
                    &placed,
                    &layout.plot,
                );
                placed.push(rect);
                pen.outlined_text(&name, at, align, 11.0, theme.ink, theme.paper)?;
            }
        }
        let Some(row) = state
            .hover
            .get()
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

/// A place for a name beside its mark: the first corner that is in the plot and clear of the names before.
fn name_place(
    (x, y): (f64, f64),
    name: &str,
    placed: &[Rect],
    plot: &Rect,
) -> ((f64, f64), Align, Rect) {
    const DX: f64 = 8.0;
    const DY: f64 = 11.0;
    // A digit in bold 11 px is about 6.4 wide.
    let width = 6.4 * name.chars().count() as f64;
    let corner = |right: bool, down: bool| {
        let (at_x, at_y) = (
            if right { x + DX } else { x - DX },
            if down { y + DY } else { y - DY },
        );
        let left = if right { at_x } else { at_x - width };
        let rect = Rect {
            left,
            top: at_y - 6.0,
            right: left + width,
            bottom: at_y + 6.0,
        };
        (
            (at_x, at_y),
            if right { Align::Left } else { Align::Right },
            rect,
        )
    };
    let corners = [
        corner(true, false),
        corner(false, false),
        corner(false, true),
        corner(true, true),
    ];
    let is_free = |rect: &Rect| {
        plot.contains(rect.left, rect.top)
            && plot.contains(rect.right, rect.bottom)
            && !placed.iter().any(|other| rect.overlaps(other))
    };
    corners
        .into_iter()
        .find(|(_, _, rect)| is_free(rect))
        .unwrap_or_else(|| corner(true, false))
}

/// The nearest visible customer in a direction from the one under the cursor; the first one when there is none.
fn next_row(state: AppState, layout: &ScatterLayout, (dx, dy): (f64, f64)) -> Option<usize> {
    let (facts, (x, y)) = (state.facts.get()?, state.axes.get()?);
    state.view(|view| {
        let (x, y) = (view.numbers(&x)?, view.numbers(&y)?);
        let at = |row: usize| layout.px_from_data(x[row], y[row]);
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

/// What is known of the customer under the pointer.
#[component]
fn Tip(layout: Memo<Option<ScatterLayout>>, size: ReadSignal<(f64, f64)>) -> impl IntoView {
    let state = AppState::use_context();
    let tip = move || {
        let (row, layout, comparison, (x, y)) = (
            state.hover.get()?,
            layout.get()?,
            state.comparison.get()?,
            state.axes.get()?,
        );
        let (value_x, value_y) = state
            .view(|view| Some((*view.numbers(&x)?.get(row)?, *view.numbers(&y)?.get(row)?)))??;
        let (px, py) = layout.px_from_data(value_x, value_y);
        if !px.is_finite() || !py.is_finite() {
            return None;
        }
        let (width, height) = size.get();
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
        let segments = Model::ALL.map(|model| {
            let segment = *model.labels(&comparison).get(row)? as usize;
            Some(view! { <span class="tip__model"><SegmentName segment=segment/>{model.name()}</span> })
        });
        Some(view! {
            <div class="tip" style=format!("{horizontal};{vertical}")>
                <b>{format!("Customer {}", state.customer_name(row))}</b>
                <span>{format!("{x} {}, {y} {}", compact(value_x), compact(value_y))}</span>
                <span class="tip__models">{segments.into_iter().collect::<Vec<_>>()}</span>
            </div>
        })
    };
    view! { {tip} }
}
