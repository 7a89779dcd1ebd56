//! Restores the table from what the page holds: a new engine need not read the file again, which may be gone.
//!
//! Cells and numbers are those of the page. The rest travels to the page and back as bytes that it does not decode.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ColumnInfo, Dataset};
use crate::table::{Cells, Column, DateNotes, Lines, Table};

/// The parts of a table that the page does not use.
#[derive(Serialize, Deserialize)]
struct Unseen {
    lines: Lines,
    columns: Vec<UnseenOfColumn>,
}

/// The parts of a column that the page does not use.
#[derive(Serialize, Deserialize)]
struct UnseenOfColumn {
    not_numbers: Vec<usize>,
    infinite: Vec<usize>,
    ambiguous: Option<usize>,
    date_notes: DateNotes,
}

/// Encodes the parts that the page does not use.
fn unseen_of(table: &Table) -> Vec<u8> {
    let of_column = |column: &Column| UnseenOfColumn {
        not_numbers: column.not_numbers.clone(),
        infinite: column.infinite.clone(),
        ambiguous: column.ambiguous,
        date_notes: column.date_notes.clone(),
    };
    let unseen = Unseen {
        lines: table.lines.clone(),
        columns: table.columns.iter().map(of_column).collect(),
    };
    postcard::to_allocvec(&unseen).unwrap_or_default()
}

impl Dataset {
    /// Adds the parts of its table that the page does not use, for [`Dataset::to_table`].
    pub fn with_unseen(mut self, table: &Table) -> Self {
        self.unseen = Arc::new(unseen_of(table));
        self
    }

    /// The table this was made from, bit for bit; cells and numbers are shared. `None` if parts are missing.
    pub fn to_table(&self) -> Option<Table> {
        let unseen: Unseen = postcard::from_bytes(&self.unseen).ok()?;
        let is_whole =
            unseen.lines.len() == self.n_rows && unseen.columns.len() == self.columns.len();
        let columns = self.columns.iter().zip(unseen.columns);
        Some(Table {
            columns: columns
                .map(|(column, unseen)| restored(column, unseen, self.n_rows))
                .collect::<Option<_>>()
                .filter(|_| is_whole)?,
            lines: unseen.lines,
            repeated: self.repeated.to_vec(),
            format: self.format.clone(),
            warnings: self.warnings.clone(),
            excerpts: self.excerpts.clone(),
        })
    }
}

fn restored(column: &ColumnInfo, unseen: UnseenOfColumn, n_rows: usize) -> Option<Column> {
    let numbers = column.all_numbers().map_or_else(Arc::default, Arc::clone);
    let has_texts = match &column.cells {
        Cells::Texts(texts) => texts.len() == n_rows,
        Cells::Numbers(_) => false,
    };
    let is_whole = numbers.len() == n_rows || numbers.is_empty() && has_texts;
    is_whole.then(|| Column {
        name: column.name.clone(),
        kind: column.kind,
        cells: column.cells.clone(),
        numbers,
        missing: column.missing,
        distinct: column.distinct,
        not_numbers: unseen.not_numbers,
        infinite: unseen.infinite,
        decimal: column.decimal,
        unit: column.unit,
        ambiguous: unseen.ambiguous,
        date_notes: unseen.date_notes,
        role: column.suggested_role,
    })
}
