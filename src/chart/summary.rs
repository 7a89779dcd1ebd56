//! A chart in numbers: the table that replaces it where it cannot be seen, and that tests read.

use super::Mark;

/// A chart as a table. It contains no sentences: those are made in `words`.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Title of the chart.
    pub title: String,
    /// The horizontal axis.
    pub x: Quantity,
    /// The vertical axis.
    pub y: Quantity,
    /// The columns of the table.
    pub columns: Vec<Quantity>,
    /// The rows of the table, in the chart's order from left to right.
    pub rows: Vec<SummaryRow>,
}

/// The meaning of a number in a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Named by the data or by the creator of the chart.
    Named(String),
    /// The mean of the quantity with that name.
    MeanOf(String),
    /// A number of customers or other things.
    Count,
    /// The start of a bin.
    From,
    /// The end of a bin.
    To,
    /// A segment.
    Segment,
}

/// A row of a summary, with a cell for every column.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    /// The cells.
    pub cells: Vec<Cell>,
    /// Whether it is selected in the chart.
    pub is_chosen: bool,
}

/// A cell of a summary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// A measured number.
    Number(f64),
    /// An integer: a count or a number of segments.
    Count(usize),
    /// A segment.
    Segment(Mark),
    /// No value.
    Missing,
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::Number)
    }
}
