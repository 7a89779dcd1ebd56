//! Charts on any backend of plotters, independent of clustering types and of the page.
//!
//! A [`Chart`] draws itself with a [`Pen`], knows its viewport and gives its numbers, so that the same code serves canvas, SVG and
//! tests. [`rasterise`] draws all points as one image: a canvas call per point takes a thousand times longer.

mod axis;
mod frame;
mod grid;
mod histogram;
mod hull;
mod labels;
mod lines;
mod palette;
mod pen;
mod raster;
mod scatter;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod snapshot;
mod summary;
mod viewport;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

pub use frame::{Frame, NumberText};
pub use grid::{Candidates, PointGrid};
pub use histogram::{Bins, Histogram};
pub use hull::hull;
pub use labels::{Letter, NameLabel, ScatterLabels, draw_pointed};
pub use lines::{Line, LineChart};
pub use palette::{Mark, Rgb, Shape, Theme, segment_colour, segment_shape};
pub use pen::{Align, DrawError, Pen};
pub use raster::{PointMark, Points, rasterise};
pub use scatter::{Scatter, ScatterGroup};
pub use summary::{Cell, Quantity, Summary, SummaryRow};
pub use viewport::{Domain, Rect, Viewport};

/// A chart of some data.
///
/// ```
/// use seamline_kernels::chart::{Bins, Cell, Chart, Frame, Histogram};
///
/// let ages = [19.0, 21.0, 23.0, 35.0, 58.0];
/// let chart = Histogram {
///     title: "Age".into(),
///     bins: Bins::of(ages.into_iter(), 18.0, 58.0, 4),
///     chosen: (18.0, 38.0),
/// };
/// // The position of a value in a frame, and a number of the table that replaces the picture.
/// let viewport = chart.viewport(&Frame::canvas(200.0, 40.0, 1.0));
/// assert_eq!(viewport.px_from_data(38.0, 0.0), (100.0, 39.0));
/// assert_eq!(chart.summary().rows[0].cells[2], Cell::Count(3));
/// ```
pub trait Chart {
    /// The viewport of a frame. Known without drawing: labels and hit tests use it.
    fn viewport(&self, frame: &Frame) -> Viewport;

    /// Draws the chart.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        frame: &Frame,
        theme: &Theme,
    ) -> Result<(), DrawError>;

    /// Its numbers, for screen readers, for its table and for tests.
    fn summary(&self) -> Summary;
}
