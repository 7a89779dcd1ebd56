//! Data and models to what the chart draws: axes, outlines and one mark per customer.

use leptos::prelude::Get;

use crate::chart::{
    Frame, Mark, PointMark, Points, Rgb, Scatter, ScatterGroup, Shape, Theme, Viewport, hull,
    rasterise,
};
use crate::cluster::{ModelKey, Placing};
use crate::numeric::{Matrix, point_at};
use crate::result::NO_SEGMENT;
use crate::session::Axes;
use crate::ui::state::AppState;
use crate::view::{SegmentPlace, View};

/// Marks are smaller above this many customers.
const MANY: usize = 5_000;

/// Axes and outlines of a model, of all customers whatever is hidden; `None` while it is not compared.
pub(super) fn scatter(state: AppState, model: ModelKey) -> Option<Scatter> {
    let Axes {
        x: x_title,
        y: y_title,
    } = state.axes.get()?;
    let [across, up] = state.domains.get()?;
    state.view(|view| {
        let placing = model.facts().map(|facts| facts.placing);
        let has_outline = matches!(placing, Some(Placing::None) | None);
        // A plot is still there when its model is switched off.
        let places = view.segment_places(model, (&x_title, &y_title), has_outline)?;
        let lines = match placing {
            Some(Placing::NearestCentre) => Vec::new(),
            Some(Placing::None) | None => places.iter().map(|it| hull(&it.members)).collect(),
            Some(Placing::LargestShare) => ellipses(view, model, &x_title, &y_title),
        };
        let group = |(segment, place): (usize, &SegmentPlace)| ScatterGroup {
            mark: Mark::of(segment, view.comparison.noise),
            n: place.n,
            middle: place.middle,
            outline: Vec::new(),
        };
        let mut groups: Vec<_> = places.iter().enumerate().map(group).collect();
        // An ellipse may reach beyond the axes; it is drawn along their edge there.
        let inside =
            |(x, y): (f64, f64)| (x.clamp(across.min, across.max), y.clamp(up.min, up.max));
        for (group, line) in groups.iter_mut().zip(lines) {
            group.outline = line.into_iter().map(inside).collect();
        }
        Some(Scatter {
            title: state.model_name(model).to_owned(),
            x: across,
            y: up,
            x_title: x_title.clone(),
            y_title: y_title.clone(),
            groups,
        })
    })?
}

/// Two standard deviations around the mean of each segment of the mixture; none where an axis is no feature.
fn ellipses(
    view: &View<'_>,
    model: ModelKey,
    x_title: &str,
    y_title: &str,
) -> Vec<Vec<(f64, f64)>> {
    const CORNERS: usize = 72;
    let comparison = view.comparison;
    let position = |name: &str| {
        comparison
            .features
            .iter()
            .position(|feature| feature == name)
    };
    let result = comparison.result(model);
    let mixture = result.and_then(|result| result.mixture.as_ref());
    let (Some(mixture), Some(x), Some(y)) = (mixture, position(x_title), position(y_title)) else {
        return Vec::new();
    };
    let components = mixture.means_raw.rows().zip(&mixture.covariances_raw);
    let ellipse = |(mean, covariance): (&[f64], &Matrix)| {
        // The Cholesky factor of the two features turns a circle into their ellipse.
        let (xx, xy, yy) = (
            covariance.row(x)[x],
            covariance.row(x)[y],
            covariance.row(y)[y],
        );
        let along = xx.sqrt();
        let (tilt, across) = (xy / along, (yy - xy * xy / xx).max(0.0).sqrt());
        let corner = |i: usize| {
            let (cos, sin) = point_at(i as f64 / CORNERS as f64);
            (
                mean[x] + 2.0 * along * cos,
                mean[y] + 2.0 * (tilt * cos + across * sin),
            )
        };
        (0..CORNERS).map(corner).collect()
    };
    // A segment that the mixture does not have has no ellipse.
    let mut of_segment = vec![Vec::new(); comparison.n_segments];
    for (&segment, ellipse) in mixture.segments.iter().zip(components.map(ellipse)) {
        of_segment[segment as usize] = ellipse;
    }
    of_segment
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
    /// `None` while the model is not compared.
    pub(super) fn of(
        state: AppState,
        model: ModelKey,
        view: &View<'_>,
        frame: &Frame,
        viewport: &Viewport,
    ) -> Option<Self> {
        let (facts, Axes { x, y }, selection, theme) = (
            state.facts.get()?,
            state.axes.get()?,
            state.selection.get(),
            state.theme(),
        );
        let labels = &view.comparison.result(model)?.labels;
        let (x, y) = (view.numbers(&x)?, view.numbers(&y)?);
        let (n, k) = (view.dataset.n_rows, view.comparison.n_segments);
        let marks = || (0..k).map(|segment| Mark::of(segment, view.comparison.noise));
        let mut marks = Self {
            x: Vec::with_capacity(n),
            y: Vec::with_capacity(n),
            segment: labels.clone(),
            mark: Vec::with_capacity(n),
            ring: Vec::with_capacity(n),
            shapes: marks().map(Mark::shape).collect(),
            colours: marks().map(|mark| mark.colour(&theme)).collect(),
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
            let (at_x, at_y) = viewport.px_from_data(x[row], y[row]);
            marks.x.push(at_x as f32);
            marks.y.push(at_y as f32);
            let is_placed =
                marks.segment[row] != NO_SEGMENT && at_x.is_finite() && at_y.is_finite();
            let is_visible = facts.visible[row];
            marks.mark.push(match (is_placed, is_visible) {
                (false, _) => PointMark::Hidden,
                (true, false) => PointMark::Context,
                (true, true) if selection.is_empty() || selection.contains(row) => PointMark::Full,
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
