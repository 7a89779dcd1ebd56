//! The strip above everything: the answer in five cells.

use super::models::all_models;
use super::numbers::{count, fixed, percent};

/// What the strip is, for readers.
pub const STRIP_LABEL: &str = "Summary";
/// Customers that are counted.
pub const CUSTOMERS: &str = "Customers";
/// Segments asked for.
pub const SEGMENTS: &str = "Segments";
/// Customers whom the models place alike.
pub const AGREEMENT: &str = "Agreement";
/// Customers whom they place differently.
pub const MISMATCHED: &str = "Mismatched";
/// What stands in the last cell until there is a verdict.
pub const SEPARATION: &str = "Separation of the segments";
/// Why a customer with different numbers may still agree.
pub const MATCHED_TIP: &str = "Numbers of segments are matched between models first";

/// How many of the customers are shown.
pub fn shown_words(visible: usize, all: usize) -> String {
    if visible == all {
        "all, no filter".to_owned()
    } else {
        format!("of {}, {} hidden", count(all), count(all - visible))
    }
}

/// The sizes of the segments, and which models have a number of their own.
pub fn sizes_note(largest: usize, smallest: usize, own: &[(&'static str, usize)]) -> String {
    let own = own.iter().map(|(model, k)| format!(", {k} in {model}"));
    format!(
        "largest {}, smallest {}{}",
        count(largest),
        count(smallest),
        own.collect::<String>()
    )
}

/// How many customers the models place alike.
pub fn agreement_note(agreeing: usize, visible: usize, n_models: usize) -> String {
    format!(
        "{} of {} in {}",
        count(agreeing),
        count(visible),
        all_models(n_models)
    )
}

/// The share that is mismatched, of all or of those that a filter leaves.
pub fn mismatched_note(mismatched: usize, visible: usize, all: usize) -> String {
    let share = percent(mismatched as f64 / visible as f64);
    let whom = if visible == all { "all" } else { "those shown" };
    format!("{share} of {whom}")
}

/// The mean silhouette of every model, and on how many customers where that is not all.
pub fn separation_note(silhouettes: &[(&'static str, f64)], sampled: Option<usize>) -> String {
    let each = silhouettes.iter();
    let each: Vec<String> = each
        .map(|(model, silhouette)| format!("{} {model}", fixed(*silhouette, 3)))
        .collect();
    let sampled = sampled.map_or_else(String::new, |n| {
        format!(", on {} drawn at random", count(n))
    });
    format!("silhouette {}{sampled}", each.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_says_of_whom_it_speaks() {
        assert_eq!(shown_words(500, 500), "all, no filter");
        assert_eq!(shown_words(1_000, 2_500), "of 2,500, 1,500 hidden");
        assert_eq!(sizes_note(82, 21, &[]), "largest 82, smallest 21");
        assert_eq!(
            sizes_note(82, 21, &[("Hierarchical", 7)]),
            "largest 82, smallest 21, 7 in Hierarchical"
        );
        assert_eq!(agreement_note(196, 200, 3), "196 of 200 in all three");
        assert_eq!(mismatched_note(4, 200, 200), "2.0 % of all");
        assert_eq!(mismatched_note(3, 60, 200), "5.0 % of those shown");
        assert_eq!(mismatched_note(0, 0, 200), "– of those shown");
        assert_eq!(
            separation_note(
                &[("K-Means", 0.5547), ("Hierarchical", 0.5531)],
                Some(5_000)
            ),
            "silhouette 0.555 K-Means, 0.553 Hierarchical, on 5,000 drawn at random"
        );
    }
}
