//! What the page knows of a table: a summary per column, and the values it draws, filters and lists.

use serde::{Deserialize, Serialize};

use crate::numeric::{FiveNumbers, five_numbers};
use crate::table::{Column, ColumnKind, Decimal, Format, Role, Table, Warning};

/// A table as the page sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    /// Name of the file.
    pub name: String,
    /// Size of the file.
    pub size_bytes: usize,
    /// Rows below the header.
    pub n_rows: usize,
    /// How the bytes were read.
    pub format: Format,
    /// What was repaired or looks doubtful.
    pub warnings: Vec<Warning>,
    /// Columns in file order.
    pub columns: Vec<ColumnInfo>,
}

/// One column as the page sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnInfo {
    /// Name in the header.
    pub name: String,
    /// What the cells are.
    pub kind: ColumnKind,
    /// The part it plays unless the user says otherwise.
    pub suggested_role: Role,
    /// Rows without a value.
    pub missing: usize,
    /// Number of different values.
    pub distinct: usize,
    /// The sign between whole and broken part of its numbers.
    pub decimal: Decimal,
    /// Whether every number is whole.
    pub whole: bool,
    /// Spread of the numbers.
    pub summary: Option<FiveNumbers>,
    /// The values.
    pub data: ColumnData,
    /// The cells as they stand in the file.
    pub texts: Texts,
}

/// The values of a column, in arrays that travel outside the message head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnData {
    /// One number per row, NaN where missing.
    Numbers {
        /// The numbers.
        #[serde(skip)]
        values: Vec<f64>,
    },
    /// One index into `names` per row, `u32::MAX` where missing.
    Codes {
        /// The indexes.
        #[serde(skip)]
        codes: Vec<u32>,
        /// The values, sorted.
        names: Vec<String>,
    },
    /// Nothing to filter or draw by.
    None,
}

/// Texts stored end to end, ready to travel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Texts {
    /// All texts, UTF-8.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// Where each text ends.
    #[serde(skip)]
    pub ends: Vec<u32>,
}

impl Texts {
    fn of(column: &Column) -> Self {
        let mut texts = Self::default();
        for cell in column.cells.iter() {
            texts.bytes.extend(cell.as_bytes());
            texts.ends.push(texts.bytes.len() as u32);
        }
        texts
    }

    /// The text of a row; empty beyond the end.
    pub fn get(&self, row: usize) -> &str {
        let Some(&end) = self.ends.get(row) else {
            return "";
        };
        let start = row
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        self.bytes
            .get(start as usize..end as usize)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or("")
    }
}

impl Dataset {
    /// Summarises a table for the page.
    pub fn of(name: &str, size_bytes: usize, table: &Table) -> Self {
        Self {
            name: name.to_owned(),
            size_bytes,
            n_rows: table.n_rows(),
            format: table.format.clone(),
            warnings: table.warnings.clone(),
            columns: table.columns.iter().map(ColumnInfo::of).collect(),
        }
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&ColumnInfo> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The numbers of the column of that name.
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        self.column(name).and_then(ColumnInfo::numbers)
    }
}

impl ColumnInfo {
    fn of(column: &Column) -> Self {
        let data = match column.kind {
            _ if !column.numbers.is_empty() => ColumnData::Numbers {
                values: column.numbers.clone(),
            },
            ColumnKind::Category => {
                let (codes, names) = column.codes();
                ColumnData::Codes { codes, names }
            }
            _ => ColumnData::None,
        };
        Self {
            name: column.name.clone(),
            kind: column.kind,
            suggested_role: column.suggested_role(),
            missing: column.missing,
            distinct: column.distinct,
            decimal: column.decimal,
            whole: column
                .numbers
                .iter()
                .all(|x| x.is_nan() || x.fract() == 0.0),
            summary: five_numbers(column.numbers.iter().copied()),
            data,
            texts: Texts::of(column),
        }
    }

    /// The numbers, one per row, if the column holds any.
    pub fn numbers(&self) -> Option<&[f64]> {
        match &self.data {
            ColumnData::Numbers { values } => Some(values),
            ColumnData::Codes { .. } | ColumnData::None => None,
        }
    }
}
