//! The matrix: customers per pair of segments of two models.

use super::explanation::indices_sentence;
use super::numbers::{count, fixed, plural};
use super::segments::segment_words;
use crate::agreement::{Contingency, ElementCentric};

/// What it shows.
pub const WHERE_MODELS_AGREE: &str = "Where models agree";
/// Which two of the models are compared.
pub const WHICH_TWO_MODELS: &str = "Which two models";
/// The row and column of all together.
pub const ALL_TOGETHER: &str = "All";
/// What stands in the cell of a pair that no customer has.
pub const NO_PAIR: &str = "·";

/// Two models, that of the rows first: `K-Means × Hierarchical`.
pub fn pair_words(rows: &str, columns: &str) -> String {
    format!("{rows} × {columns}")
}

/// A segment as a model has it.
pub struct SegmentOf<'a> {
    /// The segment; none for customers in no segment.
    pub segment: Option<usize>,
    /// Name of the model.
    pub model: &'a str,
}

/// What a cell holds: `1 customer: A in K-Means, B in Hierarchical`.
pub fn matrix_cell_words(n: usize, row: &SegmentOf, column: &SegmentOf) -> String {
    let of = |it: &SegmentOf| format!("{} in {}", segment_words(it.segment), it.model);
    format!(
        "{}: {}, {}",
        plural(n, "customer", "customers"),
        of(row),
        of(column)
    )
}

/// What follows the selected of a cell: `/23`.
pub fn of_cell_words(whole: usize) -> String {
    format!("/{}", count(whole))
}

/// What the rows and columns are, and how alike both models are.
///
/// `none` is the number of the customers in no segment.
pub fn matrix_note(
    rows: &str,
    columns: &str,
    shown: &str,
    contingency: &Contingency,
    none: Option<u32>,
) -> String {
    let shown = if shown.is_empty() {
        String::new()
    } else {
        format!("{shown} ")
    };
    format!(
        "Rows {rows}, columns {columns}. {shown}{} {}",
        indices_sentence(contingency),
        likeness_sentence(ElementCentric::of(contingency, none).mean())
    )
}

/// The second witness of agreement, on average; nothing where there is nobody.
fn likeness_sentence(mean: f64) -> String {
    if mean.is_nan() {
        return String::new();
    }
    format!("Element-centric similarity {}.", fixed(mean, 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_counts_its_customers_in_words() {
        let segment = |segment, model| SegmentOf { segment, model };
        let (a, none) = (segment(Some(0), "K-Means"), segment(None, "HDBSCAN"));
        assert_eq!(
            matrix_cell_words(1, &a, &none),
            "1 customer: A in K-Means, no segment in HDBSCAN"
        );
        assert_eq!(
            matrix_cell_words(0, &a, &a),
            "0 customers: A in K-Means, A in K-Means"
        );
        assert!(matrix_cell_words(1_200, &a, &none).starts_with("1,200 customers: "));
        assert_eq!(pair_words("K-Means", "HDBSCAN"), "K-Means × HDBSCAN");
    }

    #[test]
    fn the_note_ends_with_the_second_witness() {
        let halves = Contingency::of([(0, 0), (0, 0), (0, 1), (0, 1)], 2, 2);
        let note = |contingency: &Contingency, none| {
            matrix_note("K-Means", "HDBSCAN", "", contingency, none)
        };
        let end = "Element-centric similarity 0.500.";
        assert!(note(&halves, None).ends_with(end));
        // Two of the four are in no segment: each alone.
        assert!(note(&halves, Some(1)).contains("similarity 0.375"));
        assert!(!note(&Contingency::of([], 2, 2), None).contains("similarity"));
    }
}
