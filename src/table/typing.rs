//! The types of all columns of a file.

use super::body::Body;
use super::column::Typed;
use super::context::Context;
use super::thousands::settle_thousands;
use super::{Column, ReadOptions, Warning};
use crate::numeric::pulse;

/// Steps per cell for typing a column.
const STEPS_TO_TYPE: usize = 64;

/// All columns, and what is to be said of their cells.
pub(super) struct TypedColumns {
    pub(super) columns: Vec<Column>,
    pub(super) remarks: Vec<Warning>,
}

/// Types all columns of a file, each by its cells, then by the others.
pub(super) fn type_columns(
    names: Vec<String>,
    body: &mut Body,
    delimiter: u8,
    options: &ReadOptions,
) -> TypedColumns {
    let builders = std::mem::take(&mut body.columns);
    let has_free_commas = delimiter != b',';
    let mut all = Vec::new();
    let typed = names.into_iter().zip(builders).enumerate();
    let typed = typed.map(|(i, (name, builder))| {
        pulse(STEPS_TO_TYPE * body.lines.len());
        let context = Context {
            is_first: i == 0,
            has_free_commas,
            ..Context::chosen(options, &name)
        };
        let as_texts = context.decimal.is_some() || !context.missing.is_empty();
        let Typed { column, remarks } = Column::typed(name, builder.build(as_texts), context);
        all.extend(remarks.into_iter().map(|about| Warning::Remark {
            column: column.name.clone(),
            about,
        }));
        column
    });
    let mut columns: Vec<Column> = typed.collect();
    settle_thousands(&mut columns, has_free_commas, options);
    TypedColumns {
        columns,
        remarks: all,
    }
}
