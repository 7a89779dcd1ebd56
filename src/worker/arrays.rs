//! The large parts of a message: removed from it, moved without copying their bytes, and put back in the same order.

use std::sync::Arc;

use crate::result::{ColumnData, Dataset};
use crate::table::Cells;

/// A large part of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Array {
    /// Numbers.
    F64(Arc<Vec<f64>>),
    /// Labels, codes, positions.
    U32(Arc<Vec<u32>>),
    /// Text or file content.
    U8(Arc<Vec<u8>>),
}

/// A place for an array, owned or shared with the table; shared ones are not copied.
pub enum Slot<'a> {
    /// Numbers.
    F64(&'a mut Vec<f64>),
    /// Labels, codes, positions.
    U32(&'a mut Vec<u32>),
    /// Text or file content.
    U8(&'a mut Vec<u8>),
    /// Shared numbers.
    SharedF64(&'a mut Arc<Vec<f64>>),
    /// Shared positions.
    SharedU32(&'a mut Arc<Vec<u32>>),
    /// Shared text.
    SharedU8(&'a mut Arc<Vec<u8>>),
}

/// A message with large parts, which are sent beside it.
pub trait Laden {
    /// Visits every large part, always in the same order.
    fn visit(&mut self, on: &mut dyn FnMut(Slot));
}

/// Takes the arrays out of a message and leaves empty ones.
pub fn detach(message: &mut impl Laden) -> Vec<Array> {
    let mut arrays = Vec::new();
    message.visit(&mut |slot| {
        arrays.push(match slot {
            Slot::F64(values) => Array::F64(Arc::new(std::mem::take(values))),
            Slot::U32(values) => Array::U32(Arc::new(std::mem::take(values))),
            Slot::U8(values) => Array::U8(Arc::new(std::mem::take(values))),
            Slot::SharedF64(values) => Array::F64(std::mem::take(values)),
            Slot::SharedU32(values) => Array::U32(std::mem::take(values)),
            Slot::SharedU8(values) => Array::U8(std::mem::take(values)),
        });
    });
    arrays
}

/// Puts arrays back where [`detach`] took them. Where an array is missing or of another type, the place stays empty.
pub fn attach(message: &mut impl Laden, arrays: Vec<Array>) {
    let mut arrays = arrays.into_iter();
    message.visit(&mut |slot| match (slot, arrays.next()) {
        (Slot::F64(place), Some(Array::F64(values))) => *place = Arc::unwrap_or_clone(values),
        (Slot::U32(place), Some(Array::U32(values))) => *place = Arc::unwrap_or_clone(values),
        (Slot::U8(place), Some(Array::U8(values))) => *place = Arc::unwrap_or_clone(values),
        (Slot::SharedF64(place), Some(Array::F64(values))) => *place = values,
        (Slot::SharedU32(place), Some(Array::U32(values))) => *place = values,
        (Slot::SharedU8(place), Some(Array::U8(values))) => *place = values,
        _ => {}
    });
}

impl Laden for Dataset {
    fn visit(&mut self, on: &mut dyn FnMut(Slot)) {
        on(Slot::SharedU32(&mut self.repeated));
        for column in &mut self.columns {
            match &mut column.data {
                ColumnData::Numbers { values } | ColumnData::Dates { days: values, .. } => {
                    on(Slot::SharedF64(values));
                }
                ColumnData::Codes { codes, numbers, .. } => {
                    on(Slot::SharedU32(codes));
                    on(Slot::SharedF64(numbers));
                }
                ColumnData::None => {}
            }
            if let Cells::Texts(texts) = &mut column.cells {
                on(Slot::SharedU8(&mut texts.bytes));
                on(Slot::SharedU32(&mut texts.ends));
            }
        }
        on(Slot::SharedU8(&mut self.unseen));
    }
}
