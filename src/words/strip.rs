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
pub const SEPARATION: &str = "Mean silhouette";
/// Why a customer with different numbers may still agree.
pub const MATCHED_TIP: &str = "Numbers of segments are matched between models first";

/// The sizes of the segments, which hold all customers whoever is hidden, and which models have a number of their own.
pub fn sizes_note(
    largest: usize,
    smallest: usize,
    own: &[(&'static str, usize)],
    is_filtered: bool,
) -> String {
    let own = own.iter().map(|(model, k)| format!(", {k} in {model}"));
    let whose = if is_filtered {
        ", of all customers"
    } else {
        ""
    };
    format!(
        "largest {}, smallest {}{}{whose}",
        count(largest),
        count(smallest),
        own.collect::<String>()
    )
}

/// How many customers the models place alike.
pub fn agreement_note(agreeing: usize, visible: usize, n_models: usize) -> String {
    if n_models < 2 {
        return "one model alone".to_owned();
    }
    format!(
        "{} of {} in {}",
        count(agreeing),
        count(visible),
        all_models(n_models)
    )
}

/// The second witness of agreement, for a tip: the mean over all customers, whoever is hidden; nothing where there is nobody.
pub fn agreement_tip(likeness: f64) -> String {
    if likeness.is_nan() {
        return String::new();
    }
    format!(
        "Without matching segments: on average two models share {} of a customer's segment, of the larger of the two (element-centric \
         similarity {}, all customers in the models)",
        percent(likeness),
        fixed(likeness, 3)
    )
}

/// The share of all customers that is mismatched.
pub fn mismatched_note(mismatched: usize, all: usize) -> String {
    format!("{} of all", percent(mismatched as f64 / all as f64))
}

/// Instead of the share that is mismatched, where only one model could be fitted.
pub const NOT_COMPARED: &str = "needs two models";

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
        assert_eq!(sizes_note(82, 21, &[], false), "largest 82, smallest 21");
        assert_eq!(
            sizes_note(82, 21, &[("Hierarchical", 7)], true),
            "largest 82, smallest 21, 7 in Hierarchical, of all customers"
        );
        assert_eq!(agreement_note(196, 200, 3), "196 of 200 in all three");
        assert_eq!(agreement_note(200, 200, 1), "one model alone");
        assert_eq!(mismatched_note(4, 200), "2.0 % of all");
        assert!(agreement_tip(0.943_042_4).contains("share 94.3 % of a customer's segment"));
        assert_eq!(agreement_tip(f64::NAN), "");
        assert_eq!(
            separation_note(
                &[("K-Means", 0.5547), ("Hierarchical", 0.5531)],
                Some(5_000)
            ),
            "silhouette 0.555 K-Means, 0.553 Hierarchical, on 5,000 drawn at random"
        );
    }
}
