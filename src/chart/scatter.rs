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
    let points = &near_the_edge(points);
    let order = order_by(points.len(), &mut |a, b| {
        let ((x, y), (other_x, other_y)) = (points[a], points[b]);
        x.total_cmp(&other_x).then(y.total_cmp(&other_y))
    });
    let mut points: Vec<(f64, f64)> = order.into_iter().map(|at| points[at as usize]).collect();
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let turns_left = |o, a, b| turn(o, a, b) > 0.0;
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

/// Twice the area of the triangle of three points: positive where they turn left.
fn turn(o: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - o.0) * (b.1 - o.1) - (a.1 - o.1) * (b.0 - o.0)
}

/// The points without most of those that are no corner of the hull: what lies inside the four outermost points (Akl & Toussaint 1978,
/// Inf. Process. Lett. 7). Of many points few are left to be sorted.
fn near_the_edge(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let Some(&first) = points.first() else {
        return Vec::new();
    };
    // Lowest, rightmost, highest, leftmost: counter-clockwise.
    let mut outermost = [first; 4];
    for &point in points {
        let is_farther = [
            point.1 < outermost[0].1,
            point.0 > outermost[1].0,
            point.1 > outermost[2].1,
            point.0 < outermost[3].0,
        ];
        for (outermost, _) in outermost.iter_mut().zip(is_farther).filter(|(_, is)| *is) {
            *outermost = point;
        }
    }
    let [low, right, high, left] = outermost;
    let sides = [(low, right), (right, high), (high, left), (left, low)];
    let is_inside =
        |&point: &(f64, f64)| sides.iter().all(|&(from, to)| turn(from, to, point) > 0.0);
    let outside = points.iter().filter(|point| !is_inside(point));
    outside.copied().collect()
}

#[cfg(test)]
mod tests {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};

    use super::*;
    use crate::numeric::Rng;

    /// The definition: a point is a corner where all others lie strictly within half a turn around it.
    fn is_corner(points: &[(f64, f64)], at: (f64, f64)) -> bool {
        let others = || points.iter().filter(move |point| **point != at);
        others().any(|&next| {
            others().all(|&other| {
                let turn = turn(at, next, other);
                let (ahead, far) = (
                    (next.0 - at.0, next.1 - at.1),
                    (other.0 - at.0, other.1 - at.1),
                );
                turn > 0.0 || turn == 0.0 && ahead.0 * far.0 + ahead.1 * far.1 > 0.0
            })
        })
    }

    #[test]
    fn corners_are_those_of_the_definition() {
        let mut rng = Rng::new(8);
        for n in [1, 3, 20, 300] {
            for is_grid in [false, true] {
                let points: Vec<(f64, f64)> = (0..n)
                    .map(|_| {
                        let (x, y) = (3.0 * rng.normal(), 2.0 * rng.normal());
                        if is_grid {
                            (x.round(), y.round())
                        } else {
                            (x, y)
                        }
                    })
                    .collect();
                let mut expected: Vec<_> = points.clone();
                expected.retain(|&point| n == 1 || is_corner(&points, point));
                let by_place =
                    |a: &(f64, f64), b: &(f64, f64)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
                expected.sort_by(by_place);
                expected.dedup();
                let mut found = hull(&points);
                found.sort_by(by_place);
                assert_eq!(found, expected, "{n} {is_grid}");
            }
        }
    }

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
