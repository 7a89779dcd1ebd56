//! What typing a column needs to know about its table.

use super::days::DateForm;
use super::number::Decimal;
use super::role::ColumnKind;

/// Where a column stands in its file, how it is written, and what the user chose for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    pub(super) is_first: bool,
    /// Whether the delimiter is not a comma, so that a comma may be a decimal sign.
    pub(super) has_free_commas: bool,
    pub(super) decimal: Option<Decimal>,
    pub(super) kind: Option<ColumnKind>,
    pub(super) date_form: Option<DateForm>,
}
