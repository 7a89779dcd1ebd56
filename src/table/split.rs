//! Columns of yes and no made of lists in a cell.

use super::builder::Built;
use super::cells::Form;
use super::context::Context;
use super::lists::{MOST_COLUMNS, STEPS, Tally, separator_of};
use super::own_names::make_distinct;
use super::{Cells, Column, ColumnKind, ReadOptions, Unit};
use crate::numeric::pulse;

/// Appends a column of 0 and 1 for each of the most frequent entries of the columns that are to be split: the most frequent first, of
/// equally frequent ones the first in the alphabet.
pub(super) fn split(columns: &mut Vec<Column>, options: &ReadOptions) {
    let mut made: Vec<Column> = Vec::new();
    let mut names: Vec<String> = columns.iter().map(|it| it.name.clone()).collect();
    for column in columns.iter() {
        let separator = options.lists.get(&column.name);
        let separator = separator.and_then(|text| separator_of(text));
        let are_texts = matches!(column.kind, ColumnKind::Text | ColumnKind::Category);
        let (Some(separator), Cells::Texts(texts), true) = (separator, &column.cells, are_texts)
        else {
            continue;
        };
        pulse(STEPS * texts.len());
        let tally = Tally::of(texts, separator, 1);
        for &entry in tally.by_frequency().iter().take(MOST_COLUMNS) {
            let mut values = vec![f64::NAN; texts.len()];
            for cell in &tally.cells {
                values[cell.row] = f64::from(u8::from(tally.has(cell, entry)));
            }
            names.push(format!("{}: {}", column.name, tally.names[entry as usize]));
            // The columns of the file have names of their own: only the last can be changed.
            make_distinct(&mut names);
            let name = names.last().cloned().unwrap_or_default();
            let context = Context::chosen(options, &name);
            let built = Built::Numbers {
                values,
                form: Form::default(),
                decimals: Some(0),
                missing: texts.len() - tally.cells.len(),
            };
            let column = Column::typed(name, built, context).column;
            made.push(Column {
                unit: Unit::None,
                ..column
            });
        }
    }
    columns.extend(made);
}
