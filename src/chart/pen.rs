//! Drawing in CSS pixels on a plotters surface.

use crate::numeric::point_at;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{Frame, Rgb};

/// A backend failed to draw; the text is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawError(pub String);

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for DrawError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self(error.to_string())
    }
}

/// Alignment of a text relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// To the right of the point.
    Left,
    /// Around the point.
    Centre,
    /// To the left of the point.
    Right,
}

/// The fonts of the page; a canvas resolves the list like a style sheet.
const FONT: &str =
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// Draws lines, shapes and texts with lengths in CSS pixels.
pub struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    frame: &'a Frame,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// A pen for an area with the frame's size in device pixels.
    pub fn new(area: &'a DrawingArea<DB, Shift>, frame: &'a Frame) -> Self {
        Self { area, frame }
    }

    fn point(&self, (x, y): (f64, f64)) -> (i32, i32) {
        (self.frame.px(x), self.frame.px(y))
    }

    fn style(&self, colour: Rgb, opacity: f64, width: f64) -> ShapeStyle {
        let [r, g, b] = colour;
        let stroke_width = self.frame.px(width).max(1) as u32;
        ShapeStyle {
            color: RGBColor(r, g, b).mix(opacity),
            filled: false,
            stroke_width,
        }
    }

    /// A line through the points.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn line(&self, points: &[(f64, f64)], colour: Rgb, width: f64) -> Result<(), DrawError> {
        let points: Vec<_> = points.iter().map(|&point| self.point(point)).collect();
        Ok(self
            .area
            .draw(&PathElement::new(points, self.style(colour, 1.0, width)))?)
    }

    /// A dashed straight line.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn dashes(
        &self,
        points: &[(f64, f64)],
        colour: Rgb,
        width: f64,
        on: f64,
        off: f64,
    ) -> Result<(), DrawError> {
        // Offset in the dash pattern, carried over corners so that dashes stay regular.
        let mut phase = 0.0;
        for pair in points.windows(2) {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            let length = (x2 - x1).hypot(y2 - y1);
            let at = |distance: f64| {
                (
                    x1 + (x2 - x1) * distance / length,
                    y1 + (y2 - y1) * distance / length,
                )
            };
            let mut start = -phase;
            while start < length {
                let (from, to) = (start.max(0.0), (start + on).min(length));
                if to > from {
                    self.line(&[at(from), at(to)], colour, width)?;
                }
                start += on + off;
            }
            phase = (phase + length) % (on + off);
        }
        Ok(())
    }

    /// A filled polygon.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn polygon(
        &self,
        points: &[(f64, f64)],
        colour: Rgb,
        opacity: f64,
    ) -> Result<(), DrawError> {
        let points: Vec<_> = points.iter().map(|&point| self.point(point)).collect();
        Ok(self.area.draw(&Polygon::new(
            points,
            self.style(colour, opacity, 1.0).filled(),
        ))?)
    }

    /// A filled rectangle.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn rectangle(
        &self,
        from: (f64, f64),
        to: (f64, f64),
        colour: Rgb,
    ) -> Result<(), DrawError> {
        let corners = [self.point(from), self.point(to)];
        Ok(self.area.draw(&Rectangle::new(
            corners,
            self.style(colour, 1.0, 1.0).filled(),
        ))?)
    }

    /// The outline of a circle.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn ring(
        &self,
        centre: (f64, f64),
        radius: f64,
        colour: Rgb,
        width: f64,
    ) -> Result<(), DrawError> {
        Ok(self.area.draw(&Circle::new(
            self.point(centre),
            self.frame.px(radius),
            self.style(colour, 1.0, width),
        ))?)
    }

    /// A disc.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn disc(&self, centre: (f64, f64), radius: f64, colour: Rgb) -> Result<(), DrawError> {
        Ok(self.area.draw(&Circle::new(
            self.point(centre),
            self.frame.px(radius),
            self.style(colour, 1.0, 1.0).filled(),
        ))?)
    }

    /// A text, centred vertically on its point.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn text(
        &self,
        text: &str,
        at: (f64, f64),
        align: Align,
        size: f64,
        bold: bool,
        colour: Rgb,
    ) -> Result<(), DrawError> {
        let [r, g, b] = colour;
        let h_pos = match align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let style = if bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let size = size * self.frame.pixel_ratio * self.frame.text_scale;
        let font = FontDesc::new(FontFamily::Name(FONT), size, style);
        let colour = RGBColor(r, g, b);
        let style = TextStyle::from(font)
            .color(&colour)
            .pos(Pos::new(h_pos, VPos::Center));
        Ok(self.area.draw(&Text::new(text, self.point(at), style))?)
    }

    /// A bold text outlined in the background colour, readable on marks.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn outlined_text(
        &self,
        text: &str,
        at: (f64, f64),
        align: Align,
        size: f64,
        colour: Rgb,
        ground: Rgb,
    ) -> Result<(), DrawError> {
        const TURNS: usize = 12;
        for i in 0..TURNS {
            let (cos, sin) = point_at(i as f64 / TURNS as f64);
            let (x, y) = (at.0 + 1.6 * cos, at.1 + 1.6 * sin);
            self.text(text, (x, y), align, size, true, ground)?;
        }
        self.text(text, at, align, size, true, colour)
    }
}
