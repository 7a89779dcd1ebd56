//! Data and models seen through filters, counted.

use crate::agreement::Contingency;
use crate::explain::{BandCounts, Bands, GroupSummary, summarise};
use crate::result::{ColumnData, Comparison, Dataset, Filter, Filters, Model, NO_SEGMENT};

/// A dataset and a comparison, seen through filters.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The table.
    pub dataset: &'a Dataset,
    /// The models on it.
    pub comparison: &'a Comparison,
    /// What must hold.
    pub filters: &'a Filters,
}

/// The numbers of the dashboard.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewFacts {
    /// Whether each row passes the filters and is in a segment.
    pub visible: Vec<bool>,
    /// Rows that pass, ascending.
    pub rows: Vec<usize>,
    /// Rows that pass and are mismatched, ascending.
    pub mismatched: Vec<usize>,
    /// Visible customers per segment in the first of the models compared.
    pub sizes: Vec<usize>,
    /// Segments of the first model of the pair against those of the second.
    pub contingency: Contingency,
    /// Share of the visible customers in the same segment in all models compared; NaN for none.
    pub agreement_fraction: f64,
}

impl View<'_> {
    /// Values of a derived feature or a numeric column, as the models saw them: filled in where that was wanted.
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        let mut made = self.comparison.made();
        let found = made.find(|(feature, _)| feature.name() == name);
        found
            .map(|(_, values)| values)
            .or_else(|| self.dataset.numbers(name))
    }

    /// Whether a row is in a segment and passes all filters but the one on `except`.
    fn passes(&self, row: usize, except: Option<&str>) -> bool {
        let in_segment = self
            .comparison
            .k_means
            .labels
            .get(row)
            .is_some_and(|&label| label != NO_SEGMENT);
        in_segment
            && self.filters.iter().all(|(name, filter)| {
                if Some(name.as_str()) == except {
                    return true;
                }
                match filter {
                    Filter::Range { min, max } => self
                        .numbers(name)
                        .and_then(|values| values.get(row))
                        .is_none_or(|x| (min..=max).contains(&x)),
                    Filter::Values { codes } => {
                        match self.dataset.column(name).map(|column| &column.data) {
                            Some(ColumnData::Codes { codes: of_row, .. }) => {
                                of_row.get(row).is_some_and(|code| codes.contains(code))
                            }
                            _ => true,
                        }
                    }
                }
            })
    }

    /// Rows that pass all filters but the one on that column: what its own histogram or chips show.
    pub fn rows_without_filter(&self, column: &str) -> Vec<usize> {
        (0..self.dataset.n_rows)
            .filter(|&row| self.passes(row, Some(column)))
            .collect()
    }

    /// Applies the filters and counts; the contingency is that of `pair`.
    pub fn facts(&self, pair: (Model, Model)) -> ViewFacts {
        let visible: Vec<bool> = (0..self.dataset.n_rows)
            .map(|row| self.passes(row, None))
            .collect();
        let rows: Vec<usize> = (0..visible.len()).filter(|&row| visible[row]).collect();
        let mismatched: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|&row| self.comparison.is_mismatched(row))
            .collect();
        let contingency = self.comparison.contingency(pair, |row| visible[row]);
        let mut sizes = vec![0; self.comparison.n_segments];
        let labels = self.comparison.labels(self.comparison.first_pair().0);
        for &row in &rows {
            sizes[labels[row] as usize] += 1;
        }
        let agreement_fraction = (rows.len() - mismatched.len()) as f64 / rows.len() as f64;
        ViewFacts {
            visible,
            rows,
            mismatched,
            sizes,
            contingency,
            agreement_fraction,
        }
    }

    /// Spread of a column among the mismatched and among everyone visible.
    pub fn summary(&self, facts: &ViewFacts, column: &str) -> GroupSummary {
        summarise(
            column,
            self.numbers(column).unwrap_or_default(),
            &facts.mismatched,
            &facts.rows,
        )
    }

    /// Customers per K-Means segment and band, for the given rows.
    pub fn band_counts(&self, bands: &Bands, rows: &[usize]) -> BandCounts {
        let values = self.numbers(&bands.column).unwrap_or_default();
        bands.count(
            values,
            &self.comparison.k_means.labels,
            rows,
            self.comparison.n_segments,
        )
    }
}
