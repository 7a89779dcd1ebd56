//! Errors that a spreadsheet wrote into a column.

use super::mark::is_spreadsheet_error;
use super::{Cells, Texts};

/// Errors of a spreadsheet in a column.
pub(super) struct SpreadsheetErrors {
    pub(super) count: usize,
    /// The row of the first.
    pub(super) first: usize,
}

impl SpreadsheetErrors {
    /// `None` where there are none.
    pub(super) fn of(cells: &Cells) -> Option<Self> {
        match cells {
            Cells::Texts(texts) => Self::of_texts(texts),
            Cells::Numbers(form) => {
                let others = form.others().iter();
                Self::among(others.map(|(row, text)| (*row as usize, text.as_str())))
            }
        }
    }

    fn of_texts(texts: &Texts) -> Option<Self> {
        Self::among(texts.iter().enumerate())
    }

    fn among<'a>(cells: impl Iterator<Item = (usize, &'a str)>) -> Option<Self> {
        let mut rows = cells.filter(|(_, cell)| is_spreadsheet_error(cell));
        let (first, _) = rows.next()?;
        let count = 1 + rows.count();
        Some(Self { count, first })
    }
}
