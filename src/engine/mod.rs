//! What fits: the engine keeps the last table and what was fitted on it, and plans what is missing. One method a use case.

mod compare;
mod fits;
mod numbering;
mod part;
mod project;
mod task;

pub(crate) use fits::Fits;
pub use fits::Goal;
pub use part::{Found, Part, Piece};
pub use project::OpenError;
pub use task::{Finished, Task};

use crate::cluster::Samples;
use crate::features::Feature;
use crate::questions::{Resampling, Trying};
use crate::result::{Comparison, Dataset, EngineError, Progress, Settings, Stage, Sweep};
use crate::table::{ReadOptions, Role, Source as Bytes, Table, read_table};

/// Work of less weight than this (about 200 ms) is done sooner than shared.
const WORTH_SHARING: f64 = 2e8;
/// The same of the parts that can start now.
const WORTH_HANDING_OVER: f64 = 5e7;

/// Keeps the last table and the last fits.
#[derive(Debug, Default)]
pub struct Engine {
    pub(crate) source: Option<Source>,
    pub(crate) fits: Option<Fits>,
    /// The last comparison, for what is asked about it.
    last: Option<Comparison>,
    /// Resamples that are being drawn.
    pub(crate) resampling: Option<Resampling>,
    /// Other choices that are being tried.
    pub(crate) trying: Option<Trying>,
    /// Weight of all the work of the request in hand.
    whole: Option<f64>,
}

/// What others can do for a request.
#[derive(Debug)]
pub struct Shares<'a> {
    /// What the tasks work on.
    pub samples: &'a Samples,
    /// Each with its weight.
    pub tasks: Vec<(Task, f64)>,
    /// Weight of all the work of the request.
    pub whole: f64,
    /// Weight of what is not done yet.
    pub left: f64,
}

#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) table: Table,
}

impl Source {
    /// Reads a file, and summarises it for the page.
    fn read(
        name: &str,
        bytes: &mut dyn Bytes,
        options: &ReadOptions,
        progress: &mut Progress,
    ) -> Result<(Self, Dataset), EngineError> {
        progress(Stage::Reading, 0.0);
        let mut hear = |fraction: f64| progress(Stage::Reading, fraction);
        let table = read_table(bytes, options, &mut hear)?;
        let dataset = Dataset::of(name, bytes.n_bytes(), options, &table).with_unseen(&table);
        let name = name.to_owned();
        Ok((Self { name, table }, dataset))
    }
}

impl Engine {
    /// The table read last.
    pub fn table(&self) -> Option<&Table> {
        self.source.as_ref().map(|source| &source.table)
    }

    /// The name of the file read last, without its ending.
    pub fn file_stem(&self) -> &str {
        let name = self
            .source
            .as_ref()
            .map_or("", |source| source.name.as_str());
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Reads a file; the table of before is replaced only when this one can be read.
    ///
    /// # Errors
    /// [`EngineError::Table`] when the bytes are no table, or not to be had.
    pub fn import(
        &mut self,
        name: &str,
        bytes: &mut dyn Bytes,
        options: &ReadOptions,
        progress: &mut Progress,
    ) -> Result<Dataset, EngineError> {
        let (source, dataset) = Source::read(name, bytes, options, progress)?;
        self.take(source);
        Ok(dataset)
    }

    /// Takes a table back from what the page holds of it.
    ///
    /// # Errors
    /// [`EngineError::NoTable`] when parts of it are missing.
    pub fn restore(&mut self, dataset: &Dataset) -> Result<(), EngineError> {
        let table = dataset.to_table().ok_or(EngineError::NoTable)?;
        self.take(Source {
            name: dataset.name.clone(),
            table,
        });
        Ok(())
    }

    /// Puts a table in the place of the one of before, and forgets what was fitted on that.
    fn take(&mut self, source: Source) {
        *self = Self {
            source: Some(source),
            ..Self::default()
        };
    }

    /// Fits the models, matches their segments and puts them side by side.
    ///
    /// # Errors
    /// [`EngineError`] when the settings are wrong or these data cannot meet them.
    pub fn compare(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Comparison, EngineError> {
        if let Some(last) = self.last.as_ref().filter(|last| last.settings == settings) {
            return Ok(last.clone());
        }
        let result = self.compared(settings, progress);
        self.whole = None;
        self.last = result.as_ref().ok().cloned();
        result
    }

    /// Fits the models at every number of segments in [`K_RANGE`] that the data allow.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn sweep(
        &mut self,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Result<Sweep, EngineError> {
        let result = self.swept(settings, Goal::Sweep, progress);
        self.whole = None;
        result
    }

    /// What others can fit meanwhile for a request, so that [`Engine::compare`] or [`Engine::sweep`] find it done; `None` when
    /// it is not worth their while. Some parts can only start when others are kept: ask again then.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn shares(
        &mut self,
        settings: &Settings,
        goal: Goal,
    ) -> Result<Option<Shares<'_>>, EngineError> {
        settings.check()?;
        let whole = self.whole;
        let fits = self.fits_for(settings)?;
        let left = fits.weight_left(settings, goal);
        let whole = whole.unwrap_or(left);
        let missing = fits.missing(settings, goal);
        let tasks = missing.into_iter();
        let task = |piece: Piece| {
            let (part, weight) = (fits.part(&piece)?, fits.weight(&piece));
            Some((Task::Fit(piece, part), weight))
        };
        let tasks: Vec<_> = tasks.filter_map(task).collect();
        let weight: f64 = tasks.iter().map(|(_, weight)| weight).sum();
        if tasks.len() < 2 || left < WORTH_SHARING || weight < WORTH_HANDING_OVER {
            return Ok(None);
        }
        self.whole = Some(whole);
        Ok(self.fits.as_ref().map(|fits| Shares {
            samples: &fits.samples,
            tasks,
            whole,
            left,
        }))
    }

    /// Keeps what somebody found for the request that was shared last. An error is found again by the request itself.
    pub fn keep(&mut self, finished: Finished) {
        match finished {
            Finished::Fitted(piece, found) => {
                if let Some(fits) = &mut self.fits {
                    fits.keep(piece, found).unwrap_or_default();
                }
            }
            Finished::Drawn(first, redrawn) => {
                if let (Some(resampling), Ok(redrawn)) = (&mut self.resampling, redrawn) {
                    resampling.keep(first, redrawn);
                }
            }
        }
    }

    /// What the last fits stand on.
    pub fn samples(&self) -> Option<&Samples> {
        self.fits.as_ref().map(|fits| &fits.samples)
    }

    /// Fits what a goal needs and nobody has fitted yet.
    fn fit(
        &mut self,
        settings: &Settings,
        goal: Goal,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        settings.check()?;
        let whole = self.whole;
        let fits = self.fits_for(settings)?;
        let whole = whole.unwrap_or_else(|| fits.weight_left(settings, goal));
        loop {
            let missing = fits.missing(settings, goal);
            let ready = |piece: Piece| {
                let part = fits.part(&piece)?;
                Some((piece, part))
            };
            let Some((piece, part)) = missing.into_iter().find_map(ready) else {
                break;
            };
            let (left, weight) = (fits.weight_left(settings, goal), fits.weight(&piece));
            let stage = piece.stage();
            let mut hear = |fraction: f64| {
                progress(stage, done(whole, left - weight * fraction));
            };
            hear(0.0);
            let found = part.fit(&fits.samples, &mut hear);
            fits.keep(piece, found)?;
        }
        self.whole = Some(whole);
        Ok(())
    }

    /// The fits under these settings: those of before as far as they still hold.
    fn fits_for(&mut self, settings: &Settings) -> Result<&mut Fits, EngineError> {
        let source = self.source.as_ref().ok_or(EngineError::NoTable)?;
        let table = &source.table;
        let features = settings.features_for(table);
        let key = Fits::key(settings, &features);
        if let Some(column) = identifier_among(settings, table, &features) {
            return Err(EngineError::IdentifierAsFeature { column });
        }
        let fits = match self.fits.take() {
            Some(mut fits) => {
                if fits.takes(&key, settings) {
                    fits
                } else {
                    match Fits::new(key, table, &features) {
                        Ok(new) => new,
                        Err(error) => {
                            self.fits = Some(fits);
                            return Err(error);
                        }
                    }
                }
            }
            None => Fits::new(key, table, &features)?,
        };
        Ok(self.fits.insert(fits))
    }
}

/// Share of the whole that is done when so much is left.
fn done(whole: f64, left: f64) -> f64 {
    (1.0 - left / whole.max(1.0)).clamp(0.0, 1.0)
}

/// Tells the share of a whole request from that of one work of this weight, while so much is left.
fn course<'a>(
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
