//! The dates of a column.

use super::date_cells::{Dates, Tally, dates};
use super::{Cells, Column, ColumnKind};

impl Column {
    /// Its dates; `None` where it holds something else.
    pub fn dates(&self) -> Option<Dates> {
        match &self.cells {
            Cells::Texts(texts) if self.kind == ColumnKind::Date => {
                let tally = Tally::of(texts);
                Some(dates(texts, &tally, self.date_notes.chosen, |_| ()))
            }
            _ => None,
        }
    }
}
