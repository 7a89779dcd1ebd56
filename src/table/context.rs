//! What typing a column needs to know about its table.

use super::days::DateForm;
use super::number::Decimal;
use super::options::ReadOptions;
use super::role::ColumnKind;

/// Where a column stands in its file, how it is written, and what the user chose for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context<'a> {
    pub(super) is_first: bool,
    /// Whether the delimiter is not a comma, so that a comma may be a decimal sign.
    pub(super) has_free_commas: bool,
    pub(super) decimal: Option<Decimal>,
    pub(super) kind: Option<ColumnKind>,
    /// The currency or unit that is kept where several are mixed.
    pub(super) unit: Option<&'a str>,
    /// Values that count as missing.
    pub(super) missing: &'a [String],
    pub(super) date_form: Option<DateForm>,
    /// What joins the entries of its lists.
    pub(super) list: Option<&'a str>,
}

impl<'a> Context<'a> {
    /// What was chosen for a column.
    pub(super) fn chosen(options: &'a ReadOptions, name: &str) -> Self {
        Self {
            decimal: options.decimal_of(name),
            kind: options.kinds.get(name).copied(),
            unit: options.units.get(name).map(String::as_str),
            missing: options.missing.get(name).map_or(&[], Vec::as_slice),
            date_form: options.date_form_of(name),
            list: options.lists.get(name).map(String::as_str),
            ..Self::default()
        }
    }
}
