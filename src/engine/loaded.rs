//! A table and everything based on it: fits, the last results, unfinished questions.

use std::sync::Arc;

use super::begun::BegunQuestions;
use super::fits::{Fits, Goal};
use super::question::Shares;
use super::unit::{UnitJob, UnitKey};
use crate::features::Feature;
use crate::orders;
use crate::result::{Comparison, Dataset, EngineError, Progress, ResultId, Settings, Stage};
use crate::table::{ReadOptions, Role, Source as Bytes, Table, read_table};

/// Work of less weight (about 200 ms) is faster done than shared.
const WORTH_SHARING: f64 = 2e8;
/// The same limit for the parts that can start now.
const WORTH_HANDING_OVER: f64 = 5e7;
/// The largest number of results kept.
const MAX_KEPT: usize = 8;
/// The largest number of rows of all results together: about 100 MB. The last result is kept in any case.
const MAX_KEPT_ROWS: usize = 4_000_000;

/// A table and everything based on it.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) name: String,
    pub(crate) table: Table,
    pub(crate) fits: Option<Fits>,
    /// Newest last.
    pub(super) results: Vec<(ResultId, Arc<Comparison>)>,
    /// Unfinished questions.
    pub(super) begun: BegunQuestions,
    /// Weight of all the work of the current request.
    pub(super) whole: Option<f64>,
}

impl Loaded {
    /// Reads a file and summarises it for the page.
    pub(super) fn read(
        name: &str,
        bytes: &mut dyn Bytes,
        options: &ReadOptions,
        progress: &mut Progress,
    ) -> Result<(Self, Dataset), EngineError> {
        progress(Stage::Reading, 0.0);
        let mut hear = |fraction: f64| progress(Stage::Reading, fraction);
        let lines = read_table(bytes, options, &mut hear)?;
        let orders::Opened { table, orders } = orders::open(lines, options)?;
        let mut dataset = Dataset::of(name, bytes.n_bytes(), options, &table).with_unseen(&table);
        dataset.orders = orders;
        Ok((Self::of(name.to_owned(), table), dataset))
    }

    /// A table without fits.
    pub(super) fn of(name: String, table: Table) -> Self {
        Self {
            name,
            table,
            fits: None,
            results: Vec::new(),
            begun: BegunQuestions::default(),
            whole: None,
        }
    }

    pub(super) fn result(&self, id: ResultId) -> Result<&Arc<Comparison>, EngineError> {
        let found = self.results.iter().find(|(other, _)| *other == id);
        let found = found.map(|(_, result)| result);
        found.ok_or(EngineError::ResultGone { result: id })
    }

    /// A result with exactly these settings, if there is one.
    pub(super) fn same_as(&self, settings: &Settings) -> Option<Arc<Comparison>> {
        let settings = Settings {
            features: Some(settings.features_for(&self.table)),
            ..settings.clone()
        };
        let mut results = self.results.iter();
        let same = results.find(|(_, result)| result.settings == settings);
        same.map(|(_, result)| Arc::clone(result))
    }

    /// Keeps a result under an id, and as many earlier ones as there is room for; a result with several ids counts once. Drops
    /// unfinished questions about ids that no longer mean the same result.
    pub(super) fn keep_result(&mut self, id: ResultId, result: &Arc<Comparison>) {
        let before = self.results.clone();
        self.results.retain(|(other, _)| *other != id);
        self.results.push((id, Arc::clone(result)));
        let room = (MAX_KEPT_ROWS / self.table.n_rows().max(1)).clamp(1, MAX_KEPT);
        let mut newest: Vec<&Arc<Comparison>> = Vec::new();
        for (_, result) in self.results.iter().rev() {
            if !newest.iter().any(|other| Arc::ptr_eq(other, result)) {
                newest.push(result);
            }
        }
        let newest: Vec<_> = newest.into_iter().take(room).cloned().collect();
        let is_kept =
            |result: &Arc<Comparison>| newest.iter().any(|other| Arc::ptr_eq(other, result));
        self.results.retain(|(_, result)| is_kept(result));
        for (name, held) in before {
            let is_same = |now: &Arc<Comparison>| Arc::ptr_eq(now, &held);
            if !self.result(name).is_ok_and(is_same) {
                self.begun.forget(name);
            }
        }
    }

    /// What others can fit for a goal.
    pub(super) fn shares(
        &mut self,
        settings: &Settings,
        goal: Goal,
    ) -> Result<Option<Shares<(UnitKey, UnitJob)>>, EngineError> {
        settings.check()?;
        let whole = self.whole;
        let (_, fits) = self.fits_for(settings)?;
        let left = fits.weight_left(settings, goal);
        let whole = whole.unwrap_or(left);
        let missing = fits.missing(settings, goal).into_iter();
        let item = |key: UnitKey| {
            let (job, weight) = (fits.job(&key)?, fits.weight(&key));
            Some(((key, job), weight))
        };
        let items: Vec<_> = missing.filter_map(item).collect();
        let weight: f64 = items.iter().map(|(_, weight)| weight).sum();
        if items.len() < 2 || left < WORTH_SHARING || weight < WORTH_HANDING_OVER {
            return Ok(None);
        }
        self.whole = Some(whole);
        Ok(Some(Shares {
            needs_samples: true,
            items,
            whole,
            left,
        }))
    }

    /// Fits what a goal still needs.
    pub(super) fn fit(
        &mut self,
        settings: &Settings,
        goal: Goal,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        settings.check()?;
        let whole = self.whole;
        let (_, fits) = self.fits_for(settings)?;
        let whole = whole.unwrap_or_else(|| fits.weight_left(settings, goal));
        loop {
            let missing = fits.missing(settings, goal);
            let ready = |key: UnitKey| {
                let job = fits.job(&key)?;
                Some((key, job))
            };
            let Some((key, job)) = missing.into_iter().find_map(ready) else {
                break;
            };
            let (left, weight) = (fits.weight_left(settings, goal), fits.weight(&key));
            let stage = key.stage();
            let mut hear = |fraction: f64| {
                progress(stage, done(whole, left - weight * fraction));
            };
            hear(0.0);
            let found = job.fit(&fits.samples, &mut hear);
            fits.keep(key, found)?;
        }
        self.whole = Some(whole);
        Ok(())
    }

    /// The table and the fits for these settings; existing fits are reused if they are valid.
    pub(super) fn fits_for(
        &mut self,
        settings: &Settings,
    ) -> Result<(&Table, &mut Fits), EngineError> {
        let Self {
            table, fits: held, ..
        } = self;
        let features = settings.features_for(table);
        let key = Fits::key(settings, &features);
        if let Some(column) = identifier_among(settings, table, &features) {
            return Err(EngineError::IdentifierAsFeature { column });
        }
        let fits = match held.take() {
            Some(mut fits) => {
                if fits.takes(&key, settings) {
                    fits
                } else {
                    match Fits::new(key, table, &features) {
                        Ok(new) => new,
                        Err(error) => {
                            *held = Some(fits);
                            return Err(error);
                        }
                    }
                }
            }
            None => Fits::new(key, table, &features)?,
        };
        Ok((table, held.insert(fits)))
    }
}

/// The share of the whole that is done, given what is left.
fn done(whole: f64, left: f64) -> f64 {
    (1.0 - left / whole.max(1.0)).clamp(0.0, 1.0)
}

/// Converts the progress of a piece of work of this weight into that of the whole request.
pub(super) fn course<'a>(
    whole: Option<f64>,
    left: f64,
    weight: f64,
    progress: &'a mut Progress,
) -> impl FnMut(Stage, f64) + 'a {
    let whole = whole.unwrap_or(left);
    move |stage, fraction| progress(stage, done(whole, left - weight * fraction))
}

fn identifier_among(settings: &Settings, table: &Table, features: &[Feature]) -> Option<String> {
    let mut sources = features.iter().flat_map(Feature::sources);
    let is_identifier = |name: &&str| {
        table
            .column(name)
            .is_some_and(|column| settings.role_of(column) == Role::Identifier)
    };
    sources.find(is_identifier).map(str::to_owned)
}
