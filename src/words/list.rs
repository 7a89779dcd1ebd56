//! The list of customers below the plots.

use super::explanation::{NOBODY_MISMATCHED, ONE_MODEL};
use super::numbers::{count, percent, plural};
use super::visible::NOBODY;
use crate::session::{ListMode, ListScope};

/// What the list is, for readers.
pub const LIST_LABEL: &str = "List of customers";
/// What the tabs of the panel choose, for readers.
pub const LIST_MODES_LABEL: &str = "What to show";
/// What the buttons beside the tabs choose, for readers.
pub const LIST_SCOPES_LABEL: &str = "Which customers";
/// The first column.
pub const PERSON_COLUMN: &str = "Customer";
/// The column of stability.
pub const KEEPS_COLUMN: &str = "Keeps segment";
/// The column of other settings.
pub const TIMES_COLUMN: &str = "Mismatched in";
/// The column of the second witness: how much of its segment the models share.
pub const SHARED_COLUMN: &str = "Shared";
/// What the ring beside a customer says.
pub const MISMATCHED_TIP: &str = "Mismatched";

/// What the panel is, for readers.
pub const LIST_PANEL_LABEL: &str = "Customers";

/// The share of resamples in which a customer keeps its segment, in a cell.
pub fn keeps_share_words(share: f64) -> String {
    percent(share)
}

/// What the panel is called by what it shows. All are short: the tabs beside it stand still.
pub fn list_title(mode: ListMode) -> &'static str {
    match mode {
        ListMode::List => "Customers",
        ListMode::Summary => "The mismatched",
        ListMode::Bands => "Bands",
        ListMode::Claims => "Claims",
        ListMode::WhatIf => "Other settings",
    }
}

/// The tab of what the panel can show.
pub fn list_mode_name(mode: ListMode) -> &'static str {
    match mode {
        ListMode::List => "List",
        ListMode::Summary => "Summary",
        ListMode::Bands => "Bands",
        ListMode::Claims => "Claims",
        ListMode::WhatIf => "What if",
    }
}

/// Which customers are listed.
pub fn list_scope_name(scope: ListScope) -> &'static str {
    match scope {
        ListScope::Mismatched => "Mismatched",
        ListScope::Selected => "Selected",
        ListScope::All => "All",
        ListScope::LeftOut => "Left out",
    }
}

/// Of whom an empty list is.
pub struct EmptyList {
    /// Customers whom the filters leave.
    pub visible: usize,
    /// All customers.
    pub all: usize,
    /// Customers selected, visible or not.
    pub n_selected: usize,
    /// Whether only one model could be fitted.
    pub is_alone: bool,
}

/// What an empty list says, and what helps.
pub fn empty_list_sentence(scope: ListScope, list: &EmptyList) -> &'static str {
    let EmptyList {
        visible,
        all,
        n_selected,
        is_alone,
    } = *list;
    match scope {
        ListScope::LeftOut => "No customer is left out of the models by hand.",
        _ if visible == 0 => NOBODY,
        ListScope::Mismatched if is_alone => ONE_MODEL,
        ListScope::Mismatched if visible == all => NOBODY_MISMATCHED,
        ListScope::Mismatched => "No customer that passes the filters is mismatched.",
        ListScope::Selected if n_selected > 0 => "The filters hide every selected customer.",
        ListScope::Selected => {
            "No customer is selected. Click a mark, a row or a cell of the matrix."
        }
        ListScope::All => "There are no customers.",
    }
}

/// The columns of a list that lie out of sight, by name; nothing where all are in sight.
pub fn columns_out_of_sight(left: &[String], right: &[String]) -> Option<String> {
    let more = |n: usize| plural(n, "more column", "more columns");
    match (left.len(), right.len()) {
        (0, 0) => None,
        (0, n) => Some(format!("{} to the right: {}", more(n), right.join(", "))),
        (n, 0) => Some(format!("{} to the left: {}", more(n), left.join(", "))),
        (l, r) => Some(format!(
            "{} to the right: {}; {} to the left",
            more(r),
            right.join(", "),
            count(l)
        )),
    }
}

/// What a press on the words about columns out of sight does.
pub const SHOW_NEXT_COLUMNS: &str = "Show the next columns";

/// That a list shows a part of the columns; nothing where it shows all.
pub fn columns_left_out(listed: usize, all: usize) -> Option<String> {
    (listed < all).then(|| {
        format!(
            "{} of {} columns are listed. The export has all.",
            count(listed),
            count(all)
        )
    })
}

/// In how many of the other settings a customer is mismatched.
pub fn times_words(times: usize, tried: usize) -> String {
    format!("{} of {}", count(times), count(tried))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_out_of_sight_are_named_by_where_they_are() {
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(columns_out_of_sight(&[], &[]), None);
        assert_eq!(
            columns_out_of_sight(&[], &names(&["Age"])),
            Some("1 more column to the right: Age".to_owned())
        );
        assert_eq!(
            columns_out_of_sight(&names(&["K-Means", "Hierarchical"]), &[]),
            Some("2 more columns to the left: K-Means, Hierarchical".to_owned())
        );
        assert_eq!(
            columns_out_of_sight(&names(&["K-Means"]), &names(&["Income", "Age"])),
            Some("2 more columns to the right: Income, Age; 1 to the left".to_owned())
        );
        assert_eq!(columns_left_out(6, 6), None);
        assert_eq!(
            columns_left_out(24, 1_999),
            Some("24 of 1,999 columns are listed. The export has all.".to_owned())
        );
    }
    #[test]
    fn an_empty_list_says_why_it_is_empty() {
        let [mismatched, selected] = [ListScope::Mismatched, ListScope::Selected];
        let list = |visible, n_selected| EmptyList {
            visible,
            all: 200,
            n_selected,
            is_alone: false,
        };
        assert_eq!(
            empty_list_sentence(mismatched, &list(200, 0)),
            "No customer is mismatched."
        );
        assert_eq!(
            empty_list_sentence(mismatched, &list(60, 0)),
            "No customer that passes the filters is mismatched."
        );
        assert_eq!(
            empty_list_sentence(selected, &list(60, 3)),
            "The filters hide every selected customer."
        );
        assert!(
            empty_list_sentence(selected, &list(60, 0)).starts_with("No customer is selected.")
        );
        for scope in ListScope::ALL {
            // Filters do not hide who is left out.
            let expected = if scope == ListScope::LeftOut {
                "No customer is left out of the models by hand."
            } else {
                "No customer passes the filters."
            };
            assert_eq!(empty_list_sentence(scope, &list(0, 0)), expected);
        }
        let alone = EmptyList {
            is_alone: true,
            ..list(200, 0)
        };
        assert_eq!(empty_list_sentence(mismatched, &alone), ONE_MODEL);
        assert_eq!(keeps_share_words(0.934), "93.4 %");
    }
}
