//! Two attributes against each other, one mark per customer.

use plotters::coord::Shift;
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::numeric::order_by;

use super::{Align, Domain, DrawError, Frame, Pen, Rect, Rgb, Theme};

/// The frame of a scatter plot: axes, grid, titles, and what a model decides with.
#[derive(Clone, Debug, PartialEq)]
pub struct Scatter {
    /// Range of the horizontal axis.
    pub x: Domain,
    /// Range of the vertical axis.
    pub y: Domain,
    /// Name of the horizontal attribute.
    pub x_title: String,
    /// Name of the vertical attribute.
    pub y_title: String,
    /// Outlines in data units with their colours.
    pub outlines: Vec<(Vec<(f64, f64)>, Rgb)>,
}

/// Where the parts of a scatter plot went, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScatterLayout {
    /// The plot without axes.
    pub plot: Rect,
    /// Range of the horizontal axis.
    pub x: Domain,
    /// Range of the vertical axis.
    pub y: Domain,
}

const TICK_SIZE: f64 = 10.5;
const TITLE_SIZE: f64 = 11.0;
const TOP: f64 = 20.0;
const RIGHT: f64 = 10.0;
const BOTTOM: f64 = 38.0;

impl Scatter {
    /// Where things go in a frame, without drawing.
    pub fn layout(&self, frame: &Frame) -> ScatterLayout {
        let widest = ticks(self.y, 6)
            .iter()
            .map(|&tick| tick_label(tick).chars().count())
            .max()
            .unwrap_or(1);
        let left = (8.0 + 6.2 * widest as f64).max(26.0);
        let plot = Rect {
            left,
            top: TOP,
            right: frame.width - RIGHT,
            bottom: frame.height - BOTTOM,
        };
        ScatterLayout {
            plot,
            x: self.x,
            y: self.y,
        }
    }

    /// Draws grid, ticks, titles and outlines.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        frame: &Frame,
        theme: &Theme,
    ) -> Result<ScatterLayout, DrawError> {
        let pen = Pen::new(area, frame);
        let layout = self.layout(frame);
        let plot = layout.plot;
        let per_tick = |length: f64, each: f64| (length / each).clamp(2.0, 9.0) as usize;
        for tick in ticks(self.x, per_tick(plot.right - plot.left, 58.0)) {
            let (x, _) = layout.px_from_data(tick, self.y.min);
            pen.line(&[(x, plot.top), (x, plot.bottom)], theme.grid, 1.0)?;
            pen.text(
                &tick_label(tick),
                (x, plot.bottom + 11.0),
                Align::Centre,
                TICK_SIZE,
                false,
                theme.ink_3,
            )?;
        }
        for tick in ticks(self.y, per_tick(plot.bottom - plot.top, 44.0)) {
            let (_, y) = layout.px_from_data(self.x.min, tick);
            pen.line(&[(plot.left, y), (plot.right, y)], theme.grid, 1.0)?;
            pen.text(
                &tick_label(tick),
                (plot.left - 6.0, y),
                Align::Right,
                TICK_SIZE,
                false,
                theme.ink_3,
            )?;
        }
        pen.text(
            &self.y_title,
            (2.0, 8.0),
            Align::Left,
            TITLE_SIZE,
            false,
            theme.ink_2,
        )?;
        pen.text(
            &self.x_title,
            (plot.right, frame.height - 9.0),
            Align::Right,
            TITLE_SIZE,
            false,
            theme.ink_2,
        )?;
        for (outline, colour) in &self.outlines {
            let points: Vec<(f64, f64)> = outline
                .iter()
                .map(|&(x, y)| layout.px_from_data(x, y))
                .collect();
            if points.len() > 2 {
                pen.polygon(&points, *colour, if theme.dark { 0.10 } else { 0.06 })?;
                let closed: Vec<_> = points.iter().chain(points.first()).copied().collect();
                pen.line(&closed, mix(*colour, theme.paper, 0.55), 1.0)?;
            }
        }
        Ok(layout)
    }
}

impl ScatterLayout {
    /// Position of a value pair in CSS pixels.
    pub fn px_from_data(&self, x: f64, y: f64) -> (f64, f64) {
        (
            self.x.px_from_data(x, self.plot.left, self.plot.right),
            self.y.px_from_data(y, self.plot.bottom, self.plot.top),
        )
    }

    /// The row nearest to a position, no farther than `reach` CSS pixels, among those that `counts`.
    pub fn hit(
        &self,
        at: (f64, f64),
        x: &[f64],
        y: &[f64],
        reach: f64,
        counts: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (row, (&x, &y)) in x.iter().zip(y).enumerate() {
            let (px, py) = self.px_from_data(x, y);
            let distance = (px - at.0).hypot(py - at.1);
            if distance <= reach && best.is_none_or(|(least, _)| distance < least) && counts(row) {
                best = Some((distance, row));
            }
        }
        best.map(|(_, row)| row)
    }
}

/// Round numbers within a domain, about `count` of them.
pub(super) fn ticks(domain: Domain, count: usize) -> Vec<f64> {
    let range: RangedCoordf64 = (domain.min..domain.max).into();
    range.key_points(count)
}

/// A tick's number without needless digits, thousands and millions abbreviated.
pub(super) fn tick_label(tick: f64) -> String {
    // Rounding of the tick positions must not show.
    let value = (tick * 1e9).round() / 1e9;
    let (scaled, unit) = match value.abs() {
        1e9.. => (value / 1e9, "G"),
        1e6.. => (value / 1e6, "M"),
        1e4.. => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let text = format!("{}{unit}", (scaled * 1e6).round() / 1e6);
    text.replace('-', "−")
}

fn mix(colour: Rgb, ground: Rgb, share: f64) -> Rgb {
    std::array::from_fn(|i| {
        (f64::from(colour[i]) * share + f64::from(ground[i]) * (1.0 - share)).round() as u8
    })
}

/// The convex hull of points in data units, counter-clockwise (Andrew 1979, monotone chain); NaN must not occur.
pub fn hull(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let order = order_by(points.len(), &mut |a, b| {
        let ((x, y), (other_x, other_y)) = (points[a], points[b]);
        x.total_cmp(&other_x).then(y.total_cmp(&other_y))
    });
    let mut points: Vec<(f64, f64)> = order.into_iter().map(|at| points[at as usize]).collect();
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let turns_left = |o: (f64, f64), a: (f64, f64), b: (f64, f64)| {
        (a.0 - o.0) * (b.1 - o.1) - (a.1 - o.1) * (b.0 - o.0) > 0.0
    };
    let chain = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        let mut chain: Vec<(f64, f64)> = Vec::new();
        for point in points {
            while chain.len() >= 2
                && !turns_left(chain[chain.len() - 2], chain[chain.len() - 1], point)
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut lower = chain(&mut points.iter().copied());
    lower.extend(chain(&mut points.iter().rev().copied()));
    lower
}

#[cfg(test)]
mod tests {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};

    use super::*;

    fn scatter() -> Scatter {
        Scatter {
            x: Domain {
                min: 0.0,
                max: 100.0,
            },
            y: Domain {
                min: -50_000.0,
                max: 50_000.0,
            },
            x_title: "Age".into(),
            y_title: "Income".into(),
            outlines: vec![(vec![(10.0, 0.0), (50.0, 0.0), (50.0, 20_000.0)], [1, 2, 3])],
        }
    }

    #[test]
    fn the_same_drawing_serves_svg() {
        let mut svg = String::new();
        let frame = Frame {
            text_scale: 1.24,
            ..Frame::canvas(400.0, 300.0, 1.0)
        };
        {
            let area = SVGBackend::with_string(&mut svg, (400, 300)).into_drawing_area();
            scatter().draw(&area, &frame, &Theme::LIGHT).unwrap();
        }
        for text in ["Age", "Income", "40k", "−40k", "polygon"] {
            assert!(svg.contains(text), "{text} in {svg}");
        }
    }

    #[test]
    fn the_nearest_row_is_hit() {
        let layout = scatter().layout(&Frame::canvas(400.0, 300.0, 1.0));
        let (x, y) = ([10.0, 50.0, f64::NAN], [0.0, 10_000.0, 0.0]);
        let at = layout.px_from_data(50.5, 10_500.0);
        assert_eq!(layout.hit(at, &x, &y, 10.0, |_| true), Some(1));
        assert_eq!(layout.hit(at, &x, &y, 10.0, |row| row != 1), None);
    }

    #[test]
    fn a_hull_holds_its_corners_only() {
        let square = [
            (0.0, 0.0),
            (2.0, 0.0),
            (2.0, 2.0),
            (0.0, 2.0),
            (1.0, 1.0),
            (1.0, 0.0),
        ];
        assert_eq!(
            hull(&square),
            [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
        );
    }

    #[test]
    fn tick_labels_are_short() {
        assert_eq!(
            [0.0, 0.25, 20.0, 12_500.0, -3e6].map(tick_label),
            ["0", "0.25", "20", "12.5k", "−3M"]
        );
    }
}
