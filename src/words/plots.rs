//! The plots of the models, the legend above them and what is selected in them.

use super::models::NO_SEGMENT;
use super::numbers::{count, plural, row_number, value_text};
use super::segments::segment_letter;
use crate::table::Unit;

/// Ends the sheet of settings on a phone.
pub const SHOW_RESULT: &str = "Show the result";
/// The choice of the plot on a phone, for readers.
pub const MODEL: &str = "Model";
/// Forgets the selection.
pub const CLEAR: &str = "Clear";
/// The key that does the same.
pub const CLEAR_KEY: &str = "Esc";
/// The choice of the horizontal axis.
pub const ACROSS: &str = "Across";
/// The choice of the vertical axis.
pub const UP: &str = "Up";
/// What the ellipses of a mixture hold.
pub const ELLIPSES_TIP: &str = "An ellipse holds two standard deviations (SD) around its mean.";

/// Whose segments the legend names, for readers.
pub fn legend_label(model: &str) -> String {
    format!("Segments in {model}")
}

/// How many customers of a segment are visible; the model where the first has no such segment.
pub fn legend_size(n: usize, only: Option<&str>) -> String {
    match only {
        None => count(n),
        Some(model) => format!("{}, only {model}", count(n)),
    }
}

/// The means of a segment; `None` for the customers in no segment.
pub fn legend_tip<'a>(segment: Option<usize>, means: impl Iterator<Item = Mean<'a>>) -> String {
    let named = segment.map_or_else(
        || NO_SEGMENT.to_owned(),
        |segment| format!("Segment {}", segment_letter(Some(segment))),
    );
    let means = means.map(|mean| value_words(mean.feature, mean.value, mean.unit));
    let means: Vec<String> = means.collect();
    format!(
        "{named}: mean {}. Click to select its customers.",
        means.join(", ")
    )
}

/// A value with the name of its column.
pub fn value_words(column: &str, value: f64, unit: Unit) -> String {
    format!("{column} {}", value_text(value, unit))
}

/// The mean of a segment in a feature.
#[derive(Clone, Copy, Debug)]
pub struct Mean<'a> {
    /// Name of the feature.
    pub feature: &'a str,
    /// The mean.
    pub value: f64,
    /// What its values are written with.
    pub unit: Unit,
}

/// The customer under the pointer.
pub fn customer_title(name: &str) -> String {
    format!("Customer {name}")
}

/// What a customer without an identifier is called.
pub fn row_name(row: usize) -> String {
    format!("row {}", row_number(row))
}

/// Who is selected: how many are visible and mismatched, and how many are hidden by filters.
pub fn selection_words(n_visible: usize, n_mismatched: usize, n_hidden: usize) -> String {
    if n_visible == 0 {
        return format!("{} selected, hidden by filters", count(n_hidden));
    }
    let hidden = match n_hidden {
        0 => String::new(),
        n => format!(", {} hidden by filters", count(n)),
    };
    format!(
        "{} selected, {} mismatched{hidden}",
        plural(n_visible, "customer", "customers"),
        count(n_mismatched)
    )
}

/// What stands on a phone where nobody is selected.
pub const NO_SELECTION: &str = "Nobody is selected. A tap on a point or a cell selects.";

/// A plot, for readers, and what keys do in it.
pub fn plot_label(model: &str, n_visible: usize, n_segments: usize, n_mismatched: usize) -> String {
    format!(
        "{model}, {}, {}, {} mismatched. Arrow keys move between customers, Enter selects.",
        plural(n_visible, "customer", "customers"),
        plural(n_segments, "segment", "segments"),
        count(n_mismatched)
    )
}

/// What the lines in a plot mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Crosses on the means.
    Centres,
    /// Ellipses of a mixture.
    Ellipses,
    /// Outlines of the segments.
    Outlines {
        /// The linkage of a tree.
        linkage: Option<&'static str>,
        /// Whether the model was built on groups of near customers.
        is_approximate: bool,
    },
}

/// The same in a few words.
pub fn lines_note(lines: Lines) -> String {
    match lines {
        Lines::Centres => "crosses mark the means".to_owned(),
        Lines::Ellipses => "2 SD ellipses".to_owned(),
        Lines::Outlines {
            linkage,
            is_approximate,
        } => {
            let linkage = linkage.map_or_else(String::new, |name| format!("{name} linkage, "));
            let approximate = if is_approximate {
                "approximate: built on groups of near customers, "
            } else {
                ""
            };
            format!("{linkage}{approximate}outlines")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_in_no_segment_has_no_letter_in_the_legend() {
        let mean = |feature, value, unit| Mean {
            feature,
            value,
            unit,
        };
        let means = || {
            [
                mean("Age", 38.25, Unit::None),
                mean("Discount", 8.0, Unit::Percent),
            ]
            .into_iter()
        };
        assert_eq!(
            legend_tip(Some(0), means()),
            "Segment A: mean Age 38.3, Discount 8 %. Click to select its customers."
        );
        assert!(legend_tip(None, means()).starts_with("In no segment: mean Age"));
        assert_eq!(legend_size(1_200, None), "1,200");
        assert_eq!(legend_size(3, Some("HDBSCAN")), "3, only HDBSCAN");
        assert_eq!(row_name(1_233), "row 1,234");
    }

    #[test]
    fn a_selection_says_whom_filters_hide() {
        assert_eq!(
            selection_words(1, 0, 0),
            "1 customer selected, 0 mismatched"
        );
        assert_eq!(
            selection_words(1_200, 3, 2),
            "1,200 customers selected, 3 mismatched, 2 hidden by filters"
        );
    }

    #[test]
    fn a_plot_says_what_its_lines_are() {
        let tree = Lines::Outlines {
            linkage: Some("Ward"),
            is_approximate: true,
        };
        assert_eq!(
            lines_note(tree),
            "Ward linkage, approximate: built on groups of near customers, outlines"
        );
        assert_eq!(lines_note(Lines::Centres), "crosses mark the means");
    }
}
