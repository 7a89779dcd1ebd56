//! Fits models: the engine keeps the last table, its fits and results, plans what is missing, and answers questions in rounds.

mod asked;
mod begun;

mod compare;
mod fits;
mod given;
mod loaded;
mod made;
mod numbering;
mod obstacle;
mod only;
mod project;
mod question;
mod silhouettes;
mod swept;
mod unit;

use std::sync::Arc;

pub(crate) use fits::Fits;
pub use fits::Goal;
pub(crate) use loaded::Loaded;
pub(crate) use numbering::mismatched;
pub use project::OpenError;
pub use question::{Ground, Question, Shares, Step};
pub(crate) use question::{pack, unpack};
pub use silhouettes::SilhouetteJob;
pub use unit::{UnitJob, UnitKey, UnitResult};

use crate::cluster::{FitError, Samples};
use crate::result::{Comparison, Dataset, EngineError, Progress, ResultId, Settings};
use crate::table::{ReadOptions, Source as Bytes, Table};

/// Holds the last table and everything based on it.
///
/// ```
/// use seamline::engine::Engine;
/// use seamline::result::Settings;
/// use seamline::table::ReadOptions;
///
/// let mut file = b"Income,Spending\n20,80\n21,79\n22,81\n90,10\n91,12\n92,11\n".as_slice();
/// let mut engine = Engine::default();
/// engine.import("customers.csv", &mut file, &ReadOptions::default(), &mut |_, _| ())?;
///
/// let settings = Settings { n_clusters: Some(2), ..Settings::default() };
/// let comparison = engine.compare(settings, &mut |_, _| ())?;
/// for result in &comparison.models {
///     assert_eq!(result.labels, [0, 0, 0, 1, 1, 1], "{:?}", result.model);
/// }
/// # Ok::<(), seamline::result::EngineError>(())
/// ```
#[derive(Debug, Default)]
pub struct Engine {
    loaded: Option<Loaded>,
}

impl Engine {
    /// The table read last.
    pub fn table(&self) -> Option<&Table> {
        self.loaded.as_ref().map(|loaded| &loaded.table)
    }

    /// The name of the file read last, without its ending.
    pub fn file_stem(&self) -> &str {
        let name = self
            .loaded
            .as_ref()
            .map_or("", |loaded| loaded.name.as_str());
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Reads a file; replaces the current table only if the file can be read.
    ///
    /// # Errors
    /// [`EngineError::Table`] when the bytes are not a table or cannot be read.
    pub fn import(
        &mut self,
        name: &str,
        bytes: &mut dyn Bytes,
        options: &ReadOptions,
        progress: &mut Progress,
    ) -> Result<Dataset, EngineError> {
        let (loaded, dataset) = Loaded::read(name, bytes, options, progress)?;
        self.loaded = Some(loaded);
        Ok(dataset)
    }

    /// Restores a table from what the page holds of it.
    ///
    /// # Errors
    /// [`EngineError::NoTable`] when parts of it are missing.
    pub fn restore(&mut self, dataset: &Dataset) -> Result<(), EngineError> {
        let table = dataset.to_table().ok_or(EngineError::NoTable)?;
        self.loaded = Some(Loaded::of(dataset.name.clone(), table));
        Ok(())
    }

    pub(crate) fn loaded(&mut self) -> Result<&mut Loaded, EngineError> {
        self.loaded.as_mut().ok_or(EngineError::NoTable)
    }

    /// Fits the models, matches their segments, compares them and keeps the result under an id.
    ///
    /// # Errors
    /// [`EngineError`] when the settings are wrong or cannot be met with these data. Earlier results are kept.
    pub fn fit(
        &mut self,
        id: ResultId,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Arc<Comparison>, EngineError> {
        let loaded = self.loaded()?;
        let result = match loaded.same_as(&settings) {
            Some(same) => Ok(same),
            None => loaded.compared(settings, progress).map(Arc::new),
        };
        loaded.whole = None;
        let result = result?;
        // With the open choices filled in, it may equal a result that exists.
        let result = loaded.same_as(&result.settings).unwrap_or(result);
        loaded.keep_result(id, &result);
        Ok(result)
    }

    /// [`Engine::fit`] for callers that need one result at a time.
    ///
    /// # Errors
    /// As [`Engine::fit`].
    pub fn compare(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Arc<Comparison>, EngineError> {
        self.fit(ResultId::default(), settings, progress)
    }

    /// A result and its table.
    ///
    /// # Errors
    /// [`EngineError::ResultGone`] when the engine does not have it.
    pub fn result(&self, id: ResultId) -> Result<(&Table, &Comparison), EngineError> {
        let loaded = self.loaded.as_ref().ok_or(EngineError::NoTable)?;
        Ok((&loaded.table, loaded.result(id)?))
    }

    /// What others can fit meanwhile for [`Engine::fit`]; `None` if it is not worth it. Some units can start only after others are
    /// kept: call this again then.
    ///
    /// # Errors
    /// As [`Engine::fit`].
    pub fn shares(
        &mut self,
        settings: &Settings,
    ) -> Result<Option<Shares<(UnitKey, UnitJob)>>, EngineError> {
        let loaded = self.loaded()?;
        if loaded.same_as(settings).is_some() {
            return Ok(None);
        }
        match loaded.shares(&settings.judging(), Goal::Comparison)? {
            Some(shares) => Ok(Some(shares)),
            None => loaded.shares_of_silhouettes(settings),
        }
    }

    /// Keeps a unit fitted elsewhere. The request itself reports errors.
    pub fn keep(&mut self, key: UnitKey, found: Result<UnitResult, FitError>) {
        let loaded = self.loaded.as_mut();
        if let Some(fits) = loaded.and_then(|loaded| loaded.fits.as_mut()) {
            fits.keep(key, found).unwrap_or_default();
        }
    }

    /// The samples of the last fits.
    pub fn samples(&self) -> Option<&Samples> {
        let fits = self.loaded.as_ref()?.fits.as_ref()?;
        Some(&fits.samples)
    }

    /// The same for helpers; `None` if they have these samples: they hold those lent last (`hold_last`), and these were lent.
    pub fn samples_to_lend(&self, hold_last: bool) -> Option<&Samples> {
        let fits = self.loaded.as_ref()?.fits.as_ref()?;
        let are_held = hold_last && fits.are_lent;
        (!are_held).then_some(&fits.samples)
    }

    /// Notes that helpers have the samples now.
    pub fn note_lent(&mut self) {
        if let Some(fits) = self.loaded.as_mut().and_then(|it| it.fits.as_mut()) {
            fits.are_lent = true;
        }
    }
}
