//! The table back from what the page holds of it: a fresh engine need not read the file again, which may be gone by then.
//!
//! Cells and numbers are those of the page. What the page has no use for travels to it and back as bytes that it never opens.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ColumnInfo, Dataset};
use crate::table::{Cells, Column, Lines, Table};

/// What the page does not see of a table.
#[derive(Serialize, Deserialize)]
struct Unseen {
    lines: Lines,
    columns: Vec<UnseenOfColumn>,
}

/// What the page does not see of a column.
#[derive(Serialize, Deserialize)]
struct UnseenOfColumn {
    not_numbers: Vec<usize>,
    infinite: Vec<usize>,
    ambiguous: Option<usize>,
    has_mixed_dates: bool,
}

/// The bytes of what the page does not see.
fn unseen_of(table: &Table) -> Vec<u8> {
    let of_column = |column: &Column| UnseenOfColumn {
        not_numbers: column.not_numbers.clone(),
        infinite: column.infinite.clone(),
        ambiguous: column.ambiguous,
        has_mixed_dates: column.has_mixed_dates,
    };
    let unseen = Unseen {
        lines: table.lines.clone(),
        columns: table.columns.iter().map(of_column).collect(),
    };
    postcard::to_allocvec(&unseen).unwrap_or_default()
}

impl Dataset {
    /// Takes along what the page does not see of its table, so that this can come back.
    pub fn with_unseen(mut self, table: &Table) -> Self {
        self.unseen = Arc::new(unseen_of(table));
        self
    }

    /// The table that this was made of, to the bit; cells and numbers are shared. `None` where parts are missing.
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
        has_mixed_dates: unseen.has_mixed_dates,
    })
}
