//! Data and models seen through filters, with counts.

use std::borrow::Cow;

use crate::agreement::Contingency;
use crate::cluster::ModelKey;
use crate::explain::{BandCounts, Bands, GroupSummary, summarise};
use crate::result::{Comparison, Dataset, FilterValues, Filters, keep_passing};

/// A dataset and a comparison, seen through filters.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The table.
    pub dataset: &'a Dataset,
    /// The models on it.
    pub comparison: &'a Comparison,
    /// The filters.
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
    /// Segments of the first model of the pair by those of the second.
    pub contingency: Contingency,
    /// Share of the visible customers in the same segment in all models compared; NaN if none is visible or a model is alone.
    pub agreement_fraction: f64,
}

impl FilterValues for View<'_> {
    fn numbers_of(&self, name: &str) -> Option<&[f64]> {
        self.numbers(name)
    }

    fn codes_of(&self, name: &str) -> Option<Cow<'_, [u32]>> {
        self.dataset.codes(name).map(Cow::from)
    }
}

impl View<'_> {
    /// Values of a derived feature or a numeric column, as the models use them: missing values are filled in if requested.
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        let mut made = self.comparison.made();
        let found = made.find(|(feature, _)| feature.name() == name);
        found
            .map(|(_, values)| values)
            .or_else(|| self.dataset.numbers(name))
    }

    /// Whether each row is in the models.
    fn in_models(&self) -> Vec<bool> {
        let rows = 0..self.dataset.n_rows;
        rows.map(|row| self.comparison.is_in(row)).collect()
    }

    /// Whether each row is in the models, or would be if no filter kept it out.
    fn choosable(&self) -> Vec<bool> {
        let settings = &self.comparison.settings;
        if settings.only.is_empty() {
            return self.in_models();
        }
        let features = settings.features.as_deref().unwrap_or_default();
        let complete = self
            .dataset
            .complete(features, settings.missing, settings.repeats);
        let mut mask = vec![false; self.dataset.n_rows];
        for row in complete {
            mask[row] = !settings.left_out.contains(&(row as u32));
        }
        // Derived features have no value for some of them.
        for (_, values) in self.comparison.made() {
            for (is_in, x) in mask.iter_mut().zip(values) {
                *is_in &= !x.is_nan();
            }
        }
        mask
    }

    /// Smallest and largest value of a column among the customers whom filters choose from; `None` without any.
    pub fn extent(&self, column: &str) -> Option<(f64, f64)> {
        let values = self.numbers(column).unwrap_or_default().iter().enumerate();
        let choosable = self.choosable();
        let known = values.filter(|(row, x)| !x.is_nan() && choosable[*row]);
        known.fold(None, |extent, (_, &x)| {
            let (min, max) = extent.unwrap_or((x, x));
            Some((f64::min(min, x), f64::max(max, x)))
        })
    }

    /// Rows that pass all filters apart from that of the column: what its own histogram or chips show.
    pub fn rows_without_filter(&self, column: &str) -> Vec<usize> {
        let mut mask = self.choosable();
        keep_passing(&mut mask, self.filters, Some(column), self);
        positions(&mask)
    }

    /// Applies the filters and counts; the contingency is that of `pair`.
    pub fn facts(&self, pair: (ModelKey, ModelKey)) -> ViewFacts {
        let mut visible = self.in_models();
        keep_passing(&mut visible, self.filters, None, self);
        let rows = positions(&visible);
        let mismatched: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|&row| self.comparison.is_mismatched(row))
            .collect();
        let contingency = self.comparison.contingency(pair, |row| visible[row]);
        let mut sizes = vec![0; self.comparison.n_segments];
        let labels = self.comparison.first_labels();
        for &row in &rows {
            sizes[labels[row] as usize] += 1;
        }
        let n_compared = if self.comparison.is_alone() {
            0
        } else {
            rows.len()
        };
        let agreement_fraction = (n_compared - mismatched.len()) as f64 / n_compared as f64;
        ViewFacts {
            visible,
            rows,
            mismatched,
            sizes,
            contingency,
            agreement_fraction,
        }
    }

    /// Spread of a column among the mismatched and among all visible customers.
    pub fn summary(&self, facts: &ViewFacts, column: &str) -> GroupSummary {
        summarise(
            column,
            self.numbers(column).unwrap_or_default(),
            &facts.mismatched,
            &facts.rows,
        )
    }

    /// Customers per segment of the first model and band, for the given rows.
    pub fn band_counts(&self, bands: &Bands, rows: &[usize]) -> BandCounts {
        let values = self.numbers(&bands.column).unwrap_or_default();
        bands.count(
            values,
            self.comparison.first_labels(),
            rows,
            self.comparison.n_segments,
        )
    }
}

/// Positions where a mask is true.
fn positions(mask: &[bool]) -> Vec<usize> {
    (0..mask.len()).filter(|&at| mask[at]).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::demo::DemoFile;
    use crate::engine::Engine;
    use crate::numeric::Rng;
    use crate::result::{ColumnData, Comparison, Dataset, Filter, Filters, NO_SEGMENT, Settings};
    use crate::table::ReadOptions;

    /// The demo file of mall visitors and its comparison.
    pub(in crate::view) fn mall() -> (Dataset, Arc<Comparison>) {
        let mut engine = Engine::default();
        let bytes = DemoFile::MallVisitors.generate();
        let options = ReadOptions::default();
        let dataset = engine
            .import("mall.csv", &mut bytes.as_slice(), &options, &mut |_, _| ())
            .unwrap();
        let settings = Settings {
            n_clusters: Some(5),
            ..Settings::default()
        };
        let comparison = engine.compare(settings, &mut |_, _| ()).unwrap();
        (dataset, comparison)
    }

    /// The definition, row by row and filter by filter.
    fn passes(view: &View, row: usize, except: &str) -> bool {
        let in_models = view.comparison.models[0].labels[row] != NO_SEGMENT;
        let holds = |(name, filter): (&String, &Filter)| match filter {
            Filter::Range { min, max } => {
                let x = view.numbers(name).unwrap()[row];
                name == except || (*min <= x && x <= *max)
            }
            Filter::Values { codes } => match &view.dataset.column(name).unwrap().data {
                ColumnData::Codes { codes: of_row, .. } => {
                    name == except || codes.contains(&of_row[row])
                }
                _ => true,
            },
        };
        in_models && view.filters.iter().all(holds)
    }

    #[test]
    fn a_column_extends_over_the_customers_in_the_models() {
        let mut engine = Engine::default();
        let text = "id,a\nx,1\ny,2\nz,4\nv,5\nw,900\n";
        let options = ReadOptions::default();
        let dataset = engine.import("a.csv", &mut text.as_bytes(), &options, &mut |_, _| ());
        let dataset = dataset.unwrap();
        let extent = |engine: &mut Engine, left_out: &[u32]| {
            let settings = Settings {
                n_clusters: Some(2),
                left_out: left_out.iter().copied().collect(),
                ..Settings::default()
            };
            let comparison = engine.compare(settings, &mut |_, _| ()).unwrap();
            let view = View {
                dataset: &dataset,
                comparison: &comparison,
                filters: &Filters::new(),
            };
            view.extent("a")
        };
        assert_eq!(extent(&mut engine, &[]), Some((1.0, 900.0)));
        assert_eq!(extent(&mut engine, &[4]), Some((1.0, 5.0)));
    }

    #[test]
    fn masks_by_columns_are_what_a_look_at_every_row_says() {
        let (dataset, comparison) = mall();
        let mut rng = Rng::new(3);
        for _ in 0..50 {
            let mut filters = Filters::new();
            for column in &dataset.columns {
                let filter = match &column.data {
                    ColumnData::Numbers { values } if rng.below(2) == 0 => {
                        let (a, b) = (values[rng.below(200)], values[rng.below(200)]);
                        let (min, max) = (a.min(b), a.max(b));
                        Filter::Range { min, max }
                    }
                    ColumnData::Codes { names, .. } if rng.below(2) == 0 => {
                        let codes = [rng.below(names.len()) as u32].into();
                        Filter::Values { codes }
                    }
                    _ => continue,
                };
                filters.insert(column.name.clone(), filter);
            }
            let view = View {
                dataset: &dataset,
                comparison: &comparison,
                filters: &filters,
            };
            let facts = view.facts(comparison.first_pair());
            for row in 0..dataset.n_rows {
                assert_eq!(facts.visible[row], passes(&view, row, ""));
            }
            for name in filters.keys() {
                let expected = (0..dataset.n_rows).filter(|&row| passes(&view, row, name));
                assert_eq!(view.rows_without_filter(name), expected.collect::<Vec<_>>());
            }
        }
    }
}
