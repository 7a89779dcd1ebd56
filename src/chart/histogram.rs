//! How often values occur, in bins of equal width.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::{DrawError, Frame, Pen, Theme};

/// Counts per bin over a range, in all and for a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Values per bin.
    pub counts: Vec<usize>,
}

impl Histogram {
    /// Counts `values` (NaN ignored) in `n_bins` bins from `min` to `max`; the largest value belongs to the last bin.
    pub fn of(values: impl Iterator<Item = f64>, min: f64, max: f64, n_bins: usize) -> Self {
        let mut counts = vec![0; n_bins.max(1)];
        let span = max - min;
        for value in values.filter(|value| (min..=max).contains(value)) {
            let bin = if span > 0.0 {
                ((value - min) / span * counts.len() as f64) as usize
            } else {
                0
            };
            let last = counts.len() - 1;
            counts[bin.min(last)] += 1;
        }
        Self { min, max, counts }
    }

    /// Draws the bars from 0; those outside `chosen` (in data units) are pale.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        frame: &Frame,
        theme: &Theme,
        chosen: (f64, f64),
    ) -> Result<(), DrawError> {
        let pen = Pen::new(area, frame);
        let tallest = self.counts.iter().copied().max().unwrap_or(0).max(1) as f64;
        let width = frame.width / self.counts.len() as f64;
        let bottom = frame.height - 1.0;
        for (bin, &count) in self
            .counts
            .iter()
            .enumerate()
            .filter(|&(_, &count)| count > 0)
        {
            let left = bin as f64 * width;
            let middle =
                self.min + (bin as f64 + 0.5) / self.counts.len() as f64 * (self.max - self.min);
            let colour = if (chosen.0..=chosen.1).contains(&middle) || self.max <= self.min {
                theme.bar
            } else {
                theme.null
            };
            let height = (count as f64 / tallest * (bottom - 2.0)).max(1.0);
            pen.rectangle(
                (left + 0.5, bottom - height),
                (left + width - 0.5, bottom),
                colour,
            )?;
        }
        pen.line(&[(0.0, bottom), (frame.width, bottom)], theme.axis, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_one_bin() {
        let histogram = Histogram::of([0.0, 1.0, 9.99, 10.0, f64::NAN].into_iter(), 0.0, 10.0, 5);
        assert_eq!(histogram.counts, [2, 0, 0, 0, 2]);
        assert_eq!(
            Histogram::of([3.0, 3.0].into_iter(), 3.0, 3.0, 4).counts,
            [2, 0, 0, 0]
        );
    }
}
