//! A scatter plot of two attributes, with one mark per customer.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::axis::ticks;
use super::{
    Align, Cell, Chart, Domain, DrawError, Frame, Mark, Pen, Quantity, Rect, Rgb, Summary,
    SummaryRow, Theme, Viewport,
};

/// The frame of a scatter plot: axes, grid, titles, and outlines and middles of segments. The marks are a separate image
/// ([`rasterise`](super::rasterise)), with labels above them ([`ScatterLabels`](super::ScatterLabels)).
#[derive(Clone, Debug, PartialEq)]
pub struct Scatter {
    /// Title of the plot.
    pub title: String,
    /// Range of the horizontal axis.
    pub x: Domain,
    /// Range of the vertical axis.
    pub y: Domain,
    /// Name of the horizontal attribute.
    pub x_title: String,
    /// Name of the vertical attribute.
    pub y_title: String,
    /// The segments.
    pub groups: Vec<ScatterGroup>,
}

/// A segment in a scatter plot.
#[derive(Clone, Debug, PartialEq)]
pub struct ScatterGroup {
    /// Its mark.
    pub mark: Mark,
    /// Customers with a position in the plot.
    pub n: usize,
    /// Their mean in data units, if it is meaningful.
    pub middle: Option<(f64, f64)>,
    /// An outline around it in data units; empty for none.
    pub outline: Vec<(f64, f64)>,
}

const TICK_SIZE: f64 = 10.5;
const TITLE_SIZE: f64 = 11.0;
const TOP: f64 = 20.0;
const RIGHT: f64 = 10.0;
const BOTTOM: f64 = 38.0;

/// About how wide the widest number along an axis is.
fn widest(domain: Domain, frame: &Frame) -> f64 {
    let lengths = ticks(domain, 6);
    let lengths = lengths
        .iter()
        .map(|&tick| frame.numbers.of(tick).chars().count());
    6.2 * lengths.max().unwrap_or(1) as f64
}

impl Chart for Scatter {
    fn viewport(&self, frame: &Frame) -> Viewport {
        let left = (8.0 + widest(self.y, frame)).max(26.0);
        let plot = Rect {
            left,
            top: TOP,
            right: frame.width - RIGHT,
            bottom: frame.height - BOTTOM,
        };
        Viewport {
            plot,
            x: self.x,
            y: self.y,
        }
    }

    fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        frame: &Frame,
        theme: &Theme,
    ) -> Result<(), DrawError> {
        let pen = Pen::new(area, frame);
        let viewport = self.viewport(frame);
        let plot = viewport.plot;
        let per_tick = |length: f64, each: f64| (length / each).clamp(2.0, 9.0) as usize;
        let across = (widest(self.x, frame) + 14.0).max(58.0);
        for tick in ticks(self.x, per_tick(plot.right - plot.left, across)) {
            let (x, _) = viewport.px_from_data(tick, self.y.min);
            pen.line(&[(x, plot.top), (x, plot.bottom)], theme.grid, 1.0)?;
            pen.text(
                &frame.numbers.of(tick),
                (x, plot.bottom + 11.0),
                Align::Centre,
                TICK_SIZE,
                false,
                theme.ink_3,
            )?;
        }
        for tick in ticks(self.y, per_tick(plot.bottom - plot.top, 44.0)) {
            let (_, y) = viewport.px_from_data(self.x.min, tick);
            pen.line(&[(plot.left, y), (plot.right, y)], theme.grid, 1.0)?;
            pen.text(
                &frame.numbers.of(tick),
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
        for group in &self.groups {
            let outline = group.outline.iter();
            let points: Vec<(f64, f64)> =
                outline.map(|&(x, y)| viewport.px_from_data(x, y)).collect();
            if points.len() > 2 {
                let colour = group.mark.colour(theme);
                pen.polygon(&points, colour, if theme.dark { 0.10 } else { 0.06 })?;
                let closed: Vec<_> = points.iter().chain(points.first()).copied().collect();
                pen.line(&closed, mix(colour, theme.paper, 0.55), 1.0)?;
            }
        }
        Ok(())
    }

    fn summary(&self) -> Summary {
        let row = |group: &ScatterGroup| SummaryRow {
            cells: vec![
                Cell::Segment(group.mark),
                Cell::Count(group.n),
                group.middle.map(|middle| middle.0).into(),
                group.middle.map(|middle| middle.1).into(),
            ],
            is_chosen: false,
        };
        let [x, y] = [&self.x_title, &self.y_title];
        Summary {
            title: self.title.clone(),
            x: Quantity::Named(x.clone()),
            y: Quantity::Named(y.clone()),
            columns: vec![
                Quantity::Segment,
                Quantity::Count,
                Quantity::MeanOf(x.clone()),
                Quantity::MeanOf(y.clone()),
            ],
            rows: self.groups.iter().map(row).collect(),
        }
    }
}

fn mix(colour: Rgb, ground: Rgb, share: f64) -> Rgb {
    std::array::from_fn(|i| {
        (f64::from(colour[i]) * share + f64::from(ground[i]) * (1.0 - share)).round() as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::snapshot;

    #[test]
    fn it_looks_as_it_did() {
        let group = |mark, n, middle, outline: &[(f64, f64)]| ScatterGroup {
            mark,
            n,
            middle,
            outline: outline.to_vec(),
        };
        let scatter = Scatter {
            title: "Hierarchical".into(),
            x: Domain {
                min: 13.0,
                max: 139.5,
            },
            y: Domain {
                min: -50_000.0,
                max: 50_000.0,
            },
            x_title: "Annual income <k$> & more".into(),
            y_title: "Spending".into(),
            groups: vec![
                group(
                    Mark::Segment(0),
                    81,
                    Some((55.25, 4_900.0)),
                    &[(40.0, -4e3), (76.0, 2e3), (60.0, 1.4e4)],
                ),
                group(
                    Mark::Segment(1),
                    39,
                    Some((86.5, -31_000.0)),
                    &[(70.0, -4.8e4), (137.0, -3e4), (80.0, -1e4)],
                ),
                group(Mark::NoSegment, 3, None, &[]),
            ],
        };
        snapshot::check(&scatter, (360.0, 280.0));
    }
}
