//! Measures over integers, one line each.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::axis::ticks;
use super::{
    Align, Cell, Chart, Domain, DrawError, Frame, Pen, Quantity, Rect, Summary, SummaryRow, Theme,
    Viewport,
};
use crate::numeric::order_by;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Name of the measure.
    pub name: String,
    /// Points in data units, ascending in x.
    pub points: Vec<(f64, f64)>,
    /// Lengths of dash and gap in CSS pixels; none for a solid line.
    pub dash: Option<(f64, f64)>,
}

/// Lines over integers, with one integer marked.
#[derive(Clone, Debug, PartialEq)]
pub struct LineChart {
    /// Title of the chart.
    pub title: String,
    /// Name of the integers.
    pub x_title: String,
    /// Name of the measure.
    pub y_title: String,
    /// The lines; the first is the boldest.
    pub lines: Vec<Line>,
    /// The marked integer.
    pub marked: Option<usize>,
}

impl LineChart {
    /// The integers that have a point, ascending.
    fn numbers(&self) -> Vec<usize> {
        let points = self.lines.iter().flat_map(|line| &line.points);
        let all: Vec<usize> = points.map(|point| point.0 as usize).collect();
        let order = order_by(all.len(), &mut |a, b| all[a].cmp(&all[b]));
        let mut numbers: Vec<usize> = order.into_iter().map(|at| all[at as usize]).collect();
        numbers.dedup();
        numbers
    }

    fn range(&self) -> Domain {
        let xs = self.lines.iter().flat_map(|line| &line.points);
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let (min, max) = xs.fold(ends, |(a, b), point| (a.min(point.0), b.max(point.0)));
        if min < max {
            Domain { min, max }
        } else {
            Domain {
                min: 2.0,
                max: 12.0,
            }
        }
    }
}

impl Chart for LineChart {
    fn viewport(&self, frame: &Frame) -> Viewport {
        let points = self.lines.iter().flat_map(|line| &line.points);
        let values = points.map(|point| point.1);
        let y = Domain::around(values.chain([0.0]).chain([0.4]));
        Viewport {
            plot: Rect {
                left: 24.0,
                top: 6.0,
                right: frame.width - 8.0,
                bottom: frame.height - 18.0,
            },
            x: self.range(),
            y: Domain {
                min: y.min.min(0.0),
                ..y
            },
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
        let Viewport { plot, x, y } = viewport;
        for tick in ticks(y, 4) {
            let (_, py) = viewport.px_from_data(x.min, tick);
            pen.line(&[(plot.left, py), (plot.right, py)], theme.grid, 1.0)?;
            pen.text(
                &frame.numbers.of(tick),
                (plot.left - 5.0, py),
                Align::Right,
                10.5,
                false,
                theme.ink_3,
            )?;
        }
        for number in x.min as usize..=x.max as usize {
            let is_marked = self.marked == Some(number);
            let (px, _) = viewport.px_from_data(number as f64, 0.0);
            let colour = if is_marked { theme.ink } else { theme.ink_3 };
            pen.text(
                &number.to_string(),
                (px, frame.height - 7.0),
                Align::Centre,
                10.5,
                is_marked,
                colour,
            )?;
            if is_marked {
                pen.line(&[(px, plot.top), (px, plot.bottom)], theme.ink, 1.0)?;
            }
        }
        for (i, line) in self.lines.iter().enumerate().rev() {
            let at = |&(number, value): &(f64, f64)| viewport.px_from_data(number, value);
            let points: Vec<_> = line.points.iter().map(at).collect();
            let colour = if i == 0 { theme.ink } else { theme.ink_2 };
            match line.dash {
                None => pen.line(&points, colour, 1.6)?,
                Some((on, off)) => pen.dashes(&points, colour, 1.6, on, off)?,
            }
            let is_marked = |point: &&(f64, f64)| self.marked == Some(point.0 as usize);
            for point in line.points.iter().filter(is_marked) {
                pen.disc(at(point), 3.4, colour)?;
            }
        }
        Ok(())
    }

    fn summary(&self) -> Summary {
        let value_at = |line: &Line, number: usize| {
            let mut points = line.points.iter();
            let point = points.find(|point| point.0 as usize == number);
            Cell::from(point.map(|point| point.1))
        };
        let row = |number: usize| SummaryRow {
            cells: [Cell::Count(number)]
                .into_iter()
                .chain(self.lines.iter().map(|line| value_at(line, number)))
                .collect(),
            is_chosen: self.marked == Some(number),
        };
        let lines = self.lines.iter().map(|line| line.name.clone());
        let columns = [self.x_title.clone()].into_iter().chain(lines);
        Summary {
            title: self.title.clone(),
            x: Quantity::Named(self.x_title.clone()),
            y: Quantity::Named(self.y_title.clone()),
            columns: columns.map(Quantity::Named).collect(),
            rows: self.numbers().into_iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::snapshot;

    #[test]
    fn it_looks_as_it_did() {
        let line = |name: &str, values: &[f64], dash| Line {
            name: name.into(),
            points: (2..).map(f64::from).zip(values.iter().copied()).collect(),
            dash,
        };
        let chart = LineChart {
            title: "Silhouette by number of segments".into(),
            x_title: "Number of segments".into(),
            y_title: "Silhouette".into(),
            lines: vec![
                line("K-Means", &[0.29, 0.46, 0.49, 0.55, 0.54], None),
                line("Hierarchical", &[0.28, 0.46, 0.49, 0.54], Some((5.0, 2.5))),
                line("Mixture", &[0.31, -0.02, 0.48], Some((1.5, 2.5))),
            ],
            marked: Some(5),
        };
        snapshot::check(&chart, (240.0, 96.0));
    }

    #[test]
    fn a_line_that_ends_early_has_no_number_there() {
        let line = |name: &str, points: &[(f64, f64)]| Line {
            name: name.into(),
            points: points.to_vec(),
            dash: None,
        };
        let chart = LineChart {
            title: String::new(),
            x_title: "k".into(),
            y_title: String::new(),
            lines: vec![
                line("a", &[(2.0, 0.5), (4.0, 0.25)]),
                line("b", &[(3.0, 0.75)]),
            ],
            marked: None,
        };
        let rows = chart.summary().rows;
        let cells: Vec<_> = rows.iter().map(|row| row.cells.as_slice()).collect();
        let number = Cell::Number;
        assert_eq!(
            cells,
            [
                [Cell::Count(2), number(0.5), Cell::Missing],
                [Cell::Count(3), Cell::Missing, number(0.75)],
                [Cell::Count(4), number(0.25), Cell::Missing],
            ]
        );
        let nothing = LineChart {
            lines: Vec::new(),
            ..chart
        };
        assert_eq!(nothing.summary().rows, []);
    }
}
