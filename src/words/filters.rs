//! The filters of a view.

use super::bands::BAND_NAMES;
use super::review::range_words;
use crate::table::Unit;

/// The head above the filters.
pub const FILTERS: &str = "Filters";
/// The choice of another column to filter by, for readers.
pub const ADD_FILTER: &str = "Add a column filter";
/// What stands in it before a column is chosen.
pub const ADD_FILTER_FIRST: &str = "Add a column filter …";
/// Takes the filter of a column away.
pub const REMOVE: &str = "Remove";
/// Between the fields of a range.
pub const RANGE_TO: &str = "to";

/// The filter of a column, for readers.
pub fn filter_label(column: &str) -> String {
    format!("Filter by {column}")
}

/// The handle at the lower end of a range, for readers.
pub fn smallest_label(column: &str) -> String {
    format!("{column}, smallest value")
}

/// The handle at the upper end, for readers.
pub fn largest_label(column: &str) -> String {
    format!("{column}, largest value")
}

/// The field beside a handle, for readers.
pub fn field_label(handle: &str) -> String {
    format!("{handle}, exact")
}

/// Low, Medium and High: what a band is called by its position.
pub fn band_name(band: usize) -> &'static str {
    BAND_NAMES.get(band).copied().unwrap_or("")
}

/// The values of a band.
pub fn band_tip(column: &str, range: (f64, f64), unit: Unit) -> String {
    format!("{column} {}", range_words(range, unit))
}

/// The bands of a column, for readers.
pub fn bands_label(column: &str) -> String {
    format!("Bands of {column}")
}

/// The head above the bands of a column.
pub fn bands_title(column: &str) -> String {
    format!("{column}, bands")
}
