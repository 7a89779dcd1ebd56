//! What follows the filters, and what does not.

use super::numbers::{count, percent};

/// Beside what counts all customers while a filter hides some.
pub const ALL_CUSTOMERS: &str = "all customers";
/// Where nobody is visible.
pub const NOBODY: &str = "No customer passes the filters.";
/// The button that helps then.
pub const SHOW_EVERYONE: &str = "Show everyone";

/// Who is counted, beside indices and shares; nothing where it is everyone.
pub fn part_words(n_visible: usize, n_all: usize) -> String {
    if n_visible == n_all {
        String::new()
    } else {
        format!("{} of {} customers shown.", count(n_visible), count(n_all))
    }
}

/// Below the number of visible customers that are mismatched, while a filter hides some.
pub fn mismatched_shown_words(n_all_mismatched: usize) -> String {
    format!("of the {} mismatched", count(n_all_mismatched))
}

/// The same with their share.
pub fn mismatched_shown_tip(
    n_mismatched: usize,
    n_visible: usize,
    n_all_mismatched: usize,
) -> String {
    let words = mismatched_shown_words(n_all_mismatched);
    let share = percent(n_mismatched as f64 / n_visible as f64);
    let are = if n_mismatched == 1 { "is" } else { "are" };
    format!(
        "{} {words} {are} shown: {share} of the customers shown.",
        count(n_mismatched)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_counted() {
        assert_eq!(part_words(188, 200), "188 of 200 customers shown.");
        assert_eq!(part_words(200, 200), "");
        assert_eq!(
            mismatched_shown_tip(3, 60, 4),
            "3 of the 4 mismatched are shown: 5.0 % of the customers shown."
        );
        assert!(mismatched_shown_tip(1, 60, 4).starts_with("1 of the 4 mismatched is shown: "));
        assert_eq!(
            mismatched_shown_tip(0, 0, 4),
            "0 of the 4 mismatched are shown: – of the customers shown."
        );
    }
}
