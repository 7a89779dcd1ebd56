//! Charts: data in, drawing out, on any backend of plotters. No clustering types and no page.
//!
//! A chart draws itself with a [`Pen`] and returns where things went, so that the same code serves canvas, SVG and tests.
//! Points are drawn by [`rasterise`], one image for all of them: a canvas call per point costs a thousand times more.

mod frame;
mod histogram;
mod lines;
mod palette;
mod pen;
mod raster;
mod scatter;

pub use frame::{Domain, Frame, Rect};
pub use histogram::Histogram;
pub use lines::{Line, LineChart};
pub use palette::{Mark, Rgb, Shape, Theme, segment_colour, segment_shape};
pub use pen::{Align, DrawError, Pen};
pub use raster::{PointMark, Points, rasterise};
pub use scatter::{Scatter, ScatterLayout, hull};
