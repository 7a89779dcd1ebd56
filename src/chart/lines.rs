//! A measure over the number of segments, one line per model.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::scatter::{tick_label, ticks};
use super::{Align, Domain, DrawError, Frame, Pen, Theme};

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Points in data units, by ascending x.
    pub points: Vec<(f64, f64)>,
    /// Lengths of dash and gap in CSS pixels; none for a solid line.
    pub dash: Option<(f64, f64)>,
}

/// Lines over whole numbers, with one number marked.
#[derive(Clone, Debug, PartialEq)]
pub struct LineChart {
    /// The lines; the first is drawn strongest.
    pub lines: Vec<Line>,
    /// The chosen number.
    pub marked: Option<usize>,
}

impl LineChart {
    /// Horizontal position of a number in a frame of this width, in CSS pixels.
    pub fn px_from_number(&self, number: f64, width: f64) -> f64 {
        let (min, max) = self.range();
        Domain { min, max }.px_from_data(number, 24.0, width - 8.0)
    }

    fn range(&self) -> (f64, f64) {
        let xs = self
            .lines
            .iter()
            .flat_map(|line| line.points.iter().map(|point| point.0));
        let (min, max) = xs.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
            (a.min(x), b.max(x))
        });
        if min < max { (min, max) } else { (2.0, 12.0) }
    }

    /// Draws the lines, the numbers below and the mark.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        frame: &Frame,
        theme: &Theme,
    ) -> Result<(), DrawError> {
        let pen = Pen::new(area, frame);
        let (top, bottom) = (6.0, frame.height - 18.0);
        let values = self
            .lines
            .iter()
            .flat_map(|line| line.points.iter().map(|point| point.1));
        let y = Domain::around(values.chain([0.0]).chain([0.4]));
        let y = Domain {
            min: y.min.min(0.0),
            ..y
        };
        let at = |x: f64, value: f64| {
            (
                self.px_from_number(x, frame.width),
                y.px_from_data(value, bottom, top),
            )
        };
        for tick in ticks(y, 4) {
            let (_, py) = at(2.0, tick);
            pen.line(&[(24.0, py), (frame.width - 8.0, py)], theme.grid, 1.0)?;
            pen.text(
                &tick_label(tick),
                (19.0, py),
                Align::Right,
                10.5,
                false,
                theme.ink_3,
            )?;
        }
        let (min, max) = self.range();
        for number in min as usize..=max as usize {
            let is_marked = self.marked == Some(number);
            let (x, _) = at(number as f64, 0.0);
            let colour = if is_marked { theme.ink } else { theme.ink_3 };
            pen.text(
                &number.to_string(),
                (x, frame.height - 7.0),
                Align::Centre,
                10.5,
                is_marked,
                colour,
            )?;
            if is_marked {
                pen.line(&[(x, top), (x, bottom)], theme.ink, 1.0)?;
            }
        }
        for (i, line) in self.lines.iter().enumerate().rev() {
            let points: Vec<_> = line.points.iter().map(|&(x, value)| at(x, value)).collect();
            let colour = if i == 0 { theme.ink } else { theme.ink_2 };
            match line.dash {
                None => pen.line(&points, colour, 1.6)?,
                Some((on, off)) => pen.dashes(&points, colour, 1.6, on, off)?,
            }
            for &(number, value) in line
                .points
                .iter()
                .filter(|point| self.marked == Some(point.0 as usize))
            {
                pen.disc(at(number, value), 3.4, colour)?;
            }
        }
        Ok(())
    }
}
