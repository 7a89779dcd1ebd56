//! Charts: data in, drawing out, on any backend of plotters. No clustering types and no page.
//!
//! A [`Chart`] draws itself with a [`Pen`], says where its data lie and gives the numbers behind it, so that the same code serves canvas,
//! SVG and tests. Points are drawn by [`rasterise`], one image for all of them: a canvas call per point costs a thousand times more.

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

/// A picture of data.
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
/// // Where a value lies in a frame, and the numbers of the text that stands for the picture.
/// let viewport = chart.viewport(&Frame::canvas(200.0, 40.0, 1.0));
/// assert_eq!(viewport.px_from_data(38.0, 0.0), (100.0, 39.0));
/// assert_eq!(chart.summary().rows[0].cells[2], Cell::Count(3));
/// ```
pub trait Chart {
    /// Where the data lie in a frame. Nothing need be drawn for it: what lies above a chart and what is hit in it ask here.
    fn viewport(&self, frame: &Frame) -> Viewport;

    /// Draws itself.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        frame: &Frame,
        theme: &Theme,
    ) -> Result<(), DrawError>;

    /// The numbers behind it, for readers who do not see it, for its table and for tests.
    fn summary(&self) -> Summary;
}
