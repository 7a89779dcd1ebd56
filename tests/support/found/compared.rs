//! The models side by side, with counts and questions.

use std::sync::Arc;

use seamline::cluster::ModelKey;
use seamline::engine::Engine;
use seamline::explain::{BandCounts, Bands, Checked, Claim};
use seamline::questions::{AskSweep, CheckClaim};
use seamline::result::{ColumnData, Comparison, Dataset, Filter, Filters, ResultId, Settings};
use seamline::view::View;

use super::{Which, Wish};
use crate::support::engine;

/// The models side by side on a file.
#[derive(Debug)]
pub struct Compared {
    dataset: Dataset,
    comparison: Arc<Comparison>,
    engine: Engine,
}

impl Compared {
    pub fn of(bytes: &[u8], wish: &Wish) -> Self {
        Self::refitted(bytes, wish, None)
    }

    /// With the segment numbers of an earlier result.
    pub fn refitted(bytes: &[u8], wish: &Wish, before: Option<&Self>) -> Self {
        let (mut engine, dataset) = engine("fixture.csv", bytes);
        let settings = Settings {
            identity: before.map(|before| before.comparison.identity.clone()),
            ..wish.settings()
        };
        let comparison = engine.compare(settings, &mut |_, _| ()).unwrap();
        Self {
            dataset,
            comparison,
            engine,
        }
    }

    /// The same engine with another wish.
    pub fn again(&mut self, wish: &Wish) {
        let compared = self.engine.compare(wish.settings(), &mut |_, _| ());
        self.comparison = compared.unwrap();
    }

    pub fn is_refused(bytes: &[u8], wish: &Wish) -> bool {
        let (mut engine, _) = engine("fixture.csv", bytes);
        engine.compare(wish.settings(), &mut |_, _| ()).is_err()
    }

    pub fn labels(&self, which: Which) -> &[u32] {
        self.comparison.labels(which.model())
    }

    pub fn sizes(&self, which: Which) -> Vec<usize> {
        self.comparison.result(which.model()).unwrap().sizes.clone()
    }

    pub fn inertia(&self) -> f64 {
        self.comparison
            .result(ModelKey::K_MEANS)
            .unwrap()
            .inertia
            .unwrap()
    }

    /// Numbers of the segments with customers.
    pub fn segments(&self) -> Vec<usize> {
        self.comparison.segments()
    }

    pub fn mismatched(&self) -> Vec<usize> {
        let rows = 0..self.dataset.n_rows;
        rows.filter(|&row| self.comparison.is_mismatched(row))
            .collect()
    }

    /// The first cells of the mismatched rows.
    pub fn mismatched_names(&self) -> Vec<String> {
        let column = &self.dataset.columns[0];
        let rows = self.mismatched().into_iter();
        let mut names: Vec<String> = rows.map(|row| column.cell(row).into_owned()).collect();
        names.sort_unstable();
        names
    }

    pub fn votes(&self, row: usize) -> Vec<(u32, usize)> {
        self.comparison.votes(row)
    }

    pub fn bic(&self) -> f64 {
        let model = self.comparison.result(ModelKey::GAUSSIAN_MIXTURE).unwrap();
        model.mixture.as_ref().unwrap().bic
    }

    /// Customers and mismatched customers within ranges and categories, and the total of their contingency.
    pub fn filtered(
        &self,
        ranges: &[(&str, f64, f64)],
        category: Option<(&str, &str)>,
    ) -> [u64; 3] {
        let range =
            |&(name, min, max): &(&str, f64, f64)| (name.to_owned(), Filter::Range { min, max });
        let mut filters: Filters = ranges.iter().map(range).collect();
        if let Some((name, value)) = category {
            let Some(ColumnData::Codes { names, .. }) =
                self.dataset.column(name).map(|it| &it.data)
            else {
                panic!("{name} is no category");
            };
            let code = names.iter().position(|other| other == value).unwrap();
            let codes = [code as u32].into();
            filters.insert(name.to_owned(), Filter::Values { codes });
        }
        let view = View {
            dataset: &self.dataset,
            comparison: &self.comparison,
            filters: &filters,
        };
        let facts = view.facts(self.comparison.first_pair());
        [
            facts.rows.len() as u64,
            facts.mismatched.len() as u64,
            facts.contingency.total(),
        ]
    }

    /// All and mismatched customers by segment of K-Means and band of a column from `min` to `max`.
    pub fn bands(&self, column: &str, [min, max]: [f64; 2]) -> [BandCounts; 2] {
        let filters = Filters::new();
        let view = View {
            dataset: &self.dataset,
            comparison: &self.comparison,
            filters: &filters,
        };
        let facts = view.facts(self.comparison.first_pair());
        let bands = Bands::suggested(column, min, max);
        [&facts.rows, &facts.mismatched].map(|rows| view.band_counts(&bands, rows))
    }

    pub fn check(&mut self, claim: &Claim) -> Checked {
        let question = CheckClaim(claim.clone());
        let checked = self
            .engine
            .ask(ResultId::default(), &question, &mut |_, _| ());
        checked.unwrap()
    }

    /// The number of segments recommended by the sweep.
    pub fn recommended(&mut self) -> Option<usize> {
        let sweep = self
            .engine
            .ask(ResultId::default(), &AskSweep, &mut |_, _| ());
        sweep.unwrap().recommended()
    }
}
