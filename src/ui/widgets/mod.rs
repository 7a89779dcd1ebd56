//! Parts that know only their properties.

mod chart;
mod glyph;
mod how;
mod html;
mod icon;
mod in_turn;
mod number_field;
mod range_filter;
mod segmented;
mod select;
mod stepper;
mod virtual_table;

pub(super) use chart::{ChartCanvas, ChartPlace};
pub(super) use glyph::SegmentName;
pub(super) use how::How;
pub(super) use html::{escaped, how_html, joined, segment_html};
pub(super) use icon::{Icon, IconKind};
pub(super) use in_turn::InTurn;
pub(super) use number_field::{FieldNotes, NumberField};
pub(super) use range_filter::RangeFilter;
pub(super) use segmented::{Segmented, position_of};
pub(super) use select::{Select, keyed_options_html, options_html, places_html};
pub(super) use stepper::Stepper;
pub(super) use virtual_table::{TableColumn, TableEvent, TableRow, TableShape, VirtualTable};
