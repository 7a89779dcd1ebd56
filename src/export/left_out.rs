//! The customers who are not in the models, with the reason, in the form of the file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cells::{as_written, put_cell};
use crate::engine::Engine;
use crate::numeric::pulse;
use crate::result::{Comparison, EngineError, FilterValues, Progress, WhyOut};
use crate::session::Session;
use crate::table::{Table, bytes_in_form_of, in_form_of};

pub(super) const ENDING: &str = "_left_out.csv";
pub(super) const MEDIA_TYPE: &str = "text/csv";
pub(super) const NEEDS_RESULT: bool = true;

/// The column that says why, as it is called where no other is.
pub(super) const WHY: &str = "left_out";
/// Work steps for writing a cell.
const STEPS: usize = 64;

pub(super) fn write(
    engine: &mut Engine,
    session: &Session,
    progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    let comparison = engine.compare(session.fit_settings(), progress)?;
    let table = engine.table().ok_or(EngineError::NoTable)?;
    let mut writer = in_form_of(&table.format);
    for column in &table.columns {
        writer.safe_field(as_written(table, &column.name));
    }
    writer.field(&free_name(table, WHY));
    writer.end_record();
    let reasons = Reasons::of(table, &comparison);
    for row in 0..table.n_rows() {
        let Some(why) = reasons.of_row(row) else {
            continue;
        };
        pulse(STEPS * table.columns.len());
        for column in &table.columns {
            put_cell(&mut writer, column, row);
        }
        writer.field(why.key());
        writer.end_record();
    }
    Ok(bytes_in_form_of(writer, &table.format))
}

/// A name that no column has: with `_2` appended where it is taken.
pub(super) fn free_name(table: &Table, name: &str) -> String {
    let mut free = name.to_owned();
    let mut copy = 2;
    while table.column(&free).is_some() {
        free = format!("{name}_{copy}");
        copy += 1;
    }
    free
}

/// Why rows are not in the models of a result.
pub(super) struct Reasons<'a> {
    table: &'a Table,
    comparison: &'a Comparison,
    /// The numbers of features and columns, by name: rows are many.
    numbers: BTreeMap<String, &'a [f64]>,
}

impl<'a> Reasons<'a> {
    pub(super) fn of(table: &'a Table, comparison: &'a Comparison) -> Self {
        let columns = table.columns.iter();
        let with_numbers = columns.filter(|column| !column.numbers.is_empty());
        let mut numbers: BTreeMap<String, &[f64]> = with_numbers
            .map(|column| (column.name.clone(), column.numbers.as_slice()))
            .collect();
        let made = comparison.made();
        numbers.extend(made.map(|(feature, values)| (feature.name(), values)));
        Self {
            table,
            comparison,
            numbers,
        }
    }

    /// Why a row is not in the models; `None` if it is.
    pub(super) fn of_row(&self, row: usize) -> Option<WhyOut> {
        WhyOut::of(self.comparison, row, &self.table.repeated, self)
    }
}

impl FilterValues for Reasons<'_> {
    fn numbers_of(&self, name: &str) -> Option<&[f64]> {
        self.numbers.get(name).copied()
    }

    fn codes_of(&self, _name: &str) -> Option<Cow<'_, [u32]>> {
        None
    }
}
