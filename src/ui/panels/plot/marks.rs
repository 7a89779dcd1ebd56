//! Data and models to what the chart draws: axes, outlines and one mark per customer.

use leptos::prelude::Get;

use crate::analysis::{NO_SEGMENT, View};
use crate::chart::{
    Domain, Frame, PointMark, Points, Rgb, Scatter, ScatterLayout, Shape, Theme, hull, rasterise,
    segment_colour, segment_shape,
};
use crate::ui::state::{AppState, Model};

/// Marks are smaller above this many customers.
const MANY: usize = 5_000;

/// Axes and outlines of a model; `None` before there is one.
pub(super) fn scatter(state: AppState, model: Model) -> Option<Scatter> {
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
pub(super) struct Marks {
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
    pub(super) fn of(
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
    pub(super) fn image(&self, frame: &Frame) -> Vec<u8> {
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
