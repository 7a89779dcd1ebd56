//! Frequencies of values in bins of equal width.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::{
    Cell, Chart, Domain, DrawError, Frame, Pen, Quantity, Rect, Summary, SummaryRow, Theme,
    Viewport,
};

/// The number of values in each bin of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Values per bin.
    pub counts: Vec<usize>,
}

impl Bins {
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

    /// The start of a bin.
    fn edge(&self, bin: f64) -> f64 {
        self.min + bin / self.counts.len() as f64 * (self.max - self.min)
    }
}

/// Bars for the values of a column; those outside a range are pale.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Name of the values.
    pub title: String,
    /// Their frequencies.
    pub bins: Bins,
    /// The selected range, in data units.
    pub chosen: (f64, f64),
}

impl Histogram {
    fn is_chosen(&self, bin: usize) -> bool {
        let middle = self.bins.edge(bin as f64 + 0.5);
        (self.chosen.0..=self.chosen.1).contains(&middle) || self.bins.max <= self.bins.min
    }
}

impl Chart for Histogram {
    fn viewport(&self, frame: &Frame) -> Viewport {
        let Bins { min, max, counts } = &self.bins;
        let tallest = counts.iter().copied().max().unwrap_or(0).max(1);
        let x = if max > min {
            Domain {
                min: *min,
                max: *max,
            }
        } else {
            Domain::around([*min].into_iter())
        };
        Viewport {
            plot: Rect {
                left: 0.0,
                top: 2.0,
                right: frame.width,
                bottom: frame.height - 1.0,
            },
            x,
            y: Domain {
                min: 0.0,
                max: tallest as f64,
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
        let Viewport { plot, y, .. } = self.viewport(frame);
        let bars = self.bins.counts.iter().enumerate();
        let width = frame.width / self.bins.counts.len() as f64;
        for (bin, &count) in bars.filter(|&(_, &count)| count > 0) {
            let left = bin as f64 * width;
            let colour = if self.is_chosen(bin) {
                theme.bar
            } else {
                theme.null
            };
            // A single value among many stays visible.
            let top = y.px_from_data(count as f64, plot.bottom, plot.top);
            let top = top.min(plot.bottom - 1.0);
            pen.rectangle((left + 0.5, top), (left + width - 0.5, plot.bottom), colour)?;
        }
        let axis = [(plot.left, plot.bottom), (plot.right, plot.bottom)];
        pen.line(&axis, theme.axis, 1.0)
    }

    fn summary(&self) -> Summary {
        let bars = self.bins.counts.iter().enumerate();
        let rows = bars.map(|(bin, &count)| SummaryRow {
            cells: vec![
                Cell::Number(self.bins.edge(bin as f64)),
                Cell::Number(self.bins.edge(bin as f64 + 1.0)),
                Cell::Count(count),
            ],
            is_chosen: self.is_chosen(bin),
        });
        Summary {
            title: self.title.clone(),
            x: Quantity::Named(self.title.clone()),
            y: Quantity::Count,
            columns: vec![Quantity::From, Quantity::To, Quantity::Count],
            rows: rows.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::snapshot;

    #[test]
    fn every_value_is_in_one_bin() {
        let bins = Bins::of([0.0, 1.0, 9.99, 10.0, f64::NAN].into_iter(), 0.0, 10.0, 5);
        assert_eq!(bins.counts, [2, 0, 0, 0, 2]);
        assert_eq!(
            Bins::of([3.0, 3.0].into_iter(), 3.0, 3.0, 4).counts,
            [2, 0, 0, 0]
        );
    }

    #[test]
    fn it_looks_as_it_did() {
        let histogram = Histogram {
            title: "Age".into(),
            bins: Bins {
                min: 18.0,
                max: 68.0,
                counts: vec![12, 31, 0, 300, 45, 1, 20, 9, 4, 2],
            },
            chosen: (23.0, 50.0),
        };
        snapshot::check(&histogram, (232.0, 28.0));
        // Summary and drawing have the same bins selected.
        let chosen: Vec<bool> = histogram
            .summary()
            .rows
            .iter()
            .map(|row| row.is_chosen)
            .collect();
        assert_eq!(chosen.iter().filter(|is| **is).count(), 5);
        assert!(!chosen[0] && chosen[1] && chosen[5] && !chosen[6]);
    }
}
