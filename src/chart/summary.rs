//! What a chart says in numbers: the table that stands for it where it cannot be seen, and that tests read.

use super::Mark;

/// A chart as a table. It holds no sentence: the words around it are made where words are made.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// What the chart shows.
    pub title: String,
    /// What lies on the horizontal axis.
    pub x: Quantity,
    /// What lies on the vertical axis.
    pub y: Quantity,
    /// What stands in each column of the table.
    pub columns: Vec<Quantity>,
    /// The rows of the table, from left to right in the chart.
    pub rows: Vec<SummaryRow>,
}

/// What a number of a chart is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Named by the data, or by who made the chart.
    Named(String),
    /// The mean of what has that name.
    MeanOf(String),
    /// How many there are.
    Count,
    /// Where a bin begins.
    From,
    /// Where a bin ends.
    To,
    /// A segment.
    Segment,
}

/// A row of a summary, with a cell for every column.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    /// What stands in it.
    pub cells: Vec<Cell>,
    /// Whether the chart shows it as chosen.
    pub is_chosen: bool,
}

/// A cell of a summary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// A measured number.
    Number(f64),
    /// A whole number: how many, or which.
    Count(usize),
    /// A segment.
    Segment(Mark),
    /// There is none.
    Missing,
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::Number)
    }
}
