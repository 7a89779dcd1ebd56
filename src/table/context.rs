//! What a column is told of its table.

use super::number::Decimal;
use super::role::ColumnKind;

/// Where and how a column stands in its file, and what the user says of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    pub(super) is_first: bool,
    /// Whether a comma does not separate cells: it may well be a decimal sign then.
    pub(super) has_free_commas: bool,
    pub(super) decimal: Option<Decimal>,
    pub(super) kind: Option<ColumnKind>,
}
