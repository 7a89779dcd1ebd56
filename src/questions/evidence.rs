//! What is asked of a result: whether its segments are real, why the models disagree, what is chance.

use super::customer_card::{CustomerCard, card};
use super::explanation::{Explanation, checked, explanation};
use super::noise_floor::{NoiseFloor, Resampling, of_distinct};
use super::what_if::{Trying, WhatIf};
use crate::advise::{Rule, read_rules};
use crate::engine::{Engine, Shares, Task};
use crate::explain::{Checked, Claim};
use crate::quality::{Reality, reality};
use crate::result::{EngineError, Progress, Settings, Stage};

/// How far resampling is.
#[derive(Clone, Debug, PartialEq)]
pub enum Resampled {
    /// There is more to draw.
    Unfinished,
    /// There are too many customers to wait for it.
    TooMany,
    /// All is drawn.
    Done(NoiseFloor),
}

/// How far other choices are tried.
#[derive(Clone, Debug, PartialEq)]
pub enum WhatIfOn {
    /// There is more to try.
    Unfinished,
    /// All is tried.
    Done(WhatIf),
}

impl Engine {
    /// Judges whether the segments of the first model are real.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn judge(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Reality, EngineError> {
        let seed = settings.seed;
        let comparison = self.compare(settings, progress)?;
        let fits = self.fits.as_ref().ok_or(EngineError::NoTable)?;
        let labels = of_distinct(fits, &comparison.k_means.labels, comparison.n_segments);
        let mut hear = |fraction: f64| progress(Stage::Judging, fraction);
        Ok(reality(&fits.samples, &labels, seed, &mut hear)?)
    }

    /// Tells what sets the mismatched customers apart.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn explain(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Explanation, EngineError> {
        let comparison = self.compare(settings, progress)?;
        let source = self.source.as_ref().ok_or(EngineError::NoTable)?;
        let fits = self.fits.as_ref().ok_or(EngineError::NoTable)?;
        progress(Stage::Explaining, 0.0);
        Ok(explanation(&source.table, fits, &comparison)?)
    }

    /// Holds a claim against the customers; `None` for a column without numbers.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn check_claim(
        &mut self,
        settings: Settings,
        claim: &Claim,
        progress: &mut Progress,
    ) -> Result<Option<Checked>, EngineError> {
        let comparison = self.compare(settings, progress)?;
        let source = self.source.as_ref().ok_or(EngineError::NoTable)?;
        progress(Stage::Explaining, 0.0);
        Ok(checked(&source.table, &comparison, claim))
    }

    /// Tells why the customer in a row of the file is where it is.
    ///
    /// # Errors
    /// As [`Engine::compare`], and [`EngineError::RowLeftOut`].
    pub fn card(
        &mut self,
        settings: Settings,
        row: usize,
        progress: &mut Progress,
    ) -> Result<CustomerCard, EngineError> {
        let comparison = self.compare(settings, progress)?;
        let source = self.source.as_ref().ok_or(EngineError::NoTable)?;
        let fits = self.fits.as_ref().ok_or(EngineError::NoTable)?;
        progress(Stage::Explaining, 0.0);
        card(&source.table, fits, &comparison, row)
    }

    /// Reads rules of what to advise.
    ///
    /// # Errors
    /// [`EngineError::Rules`] naming line and column.
    pub fn read_rules(text: &str) -> Result<Vec<Rule>, EngineError> {
        Ok(read_rules(text)?)
    }

    /// Draws the customers again, 100 times, and tells how often each keeps its segment.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn resample(
        &mut self,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Result<Option<NoiseFloor>, EngineError> {
        loop {
            match self.resample_on(settings.clone(), progress)? {
                Resampled::Unfinished => {}
                Resampled::TooMany => return Ok(None),
                Resampled::Done(floor) => return Ok(Some(floor)),
            }
        }
    }

    /// Goes on with [`Engine::resample`] for about a third of a second.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn resample_on(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Resampled, EngineError> {
        self.begin_resampling(settings, progress)?;
        let fits = self.fits.as_ref().ok_or(EngineError::NoTable)?;
        // Taken away while it goes on: one that fails is begun anew.
        let Some(mut resampling) = self.resampling.take() else {
            return Ok(Resampled::TooMany);
        };
        let mut hear = |fraction: f64| progress(Stage::Resampling, fraction);
        if let Some(floor) = resampling.go_on(fits, &mut hear)? {
            return Ok(Resampled::Done(floor));
        }
        self.resampling = Some(resampling);
        Ok(Resampled::Unfinished)
    }

    /// What others can draw for [`Engine::resample_on`] now; `None` where it is not worth it.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn shares_of_resampling(
        &mut self,
        settings: &Settings,
    ) -> Result<Option<Shares<'_>>, EngineError> {
        self.begin_resampling(settings.clone(), &mut |_, _| ())?;
        let (Some(fits), Some(resampling)) = (&self.fits, &self.resampling) else {
            return Ok(None);
        };
        let tasks = resampling.shares().into_iter();
        let tasks: Vec<_> = tasks
            .map(|(first, draws, weight)| (Task::Draw(first, Box::new(draws)), weight))
            .collect();
        let (whole, left) = resampling.weights();
        Ok((tasks.len() > 1).then_some(Shares {
            samples: &fits.samples,
            tasks,
            whole,
            left,
        }))
    }

    /// Makes sure that the resampling in hand is of these settings; there is none for too many customers.
    fn begin_resampling(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        let comparison = self.compare(settings, progress)?;
        let fits = self.fits.as_ref().ok_or(EngineError::NoTable)?;
        let begun = self.resampling.take();
        let begun = begun.filter(|begun| begun.is_of(&comparison.settings));
        self.resampling = begun.or_else(|| Resampling::of(fits, &comparison));
        Ok(())
    }

    /// Tries other choices of scaling, features, linkage and number of segments.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn what_if(
        &mut self,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Result<WhatIf, EngineError> {
        loop {
            if let WhatIfOn::Done(found) = self.what_if_on(settings.clone(), progress)? {
                return Ok(found);
            }
        }
    }

    /// Goes on with [`Engine::what_if`] by one set of features under one scaling.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn what_if_on(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<WhatIfOn, EngineError> {
        let comparison = self.compare(settings, progress)?;
        let source = self.source.as_ref().ok_or(EngineError::NoTable)?;
        let fits = self.fits.as_ref().ok_or(EngineError::NoTable)?;
        let begun = self.trying.take();
        let begun = begun.filter(|begun| begun.is_of(&comparison.settings));
        let mut trying = begun.unwrap_or_else(|| Trying::of(&source.table, fits, &comparison));
        let mut hear = |fraction: f64| progress(Stage::Trying, fraction);
        if let Some(found) = trying.go_on(&source.table, &mut hear) {
            return Ok(WhatIfOn::Done(found));
        }
        self.trying = Some(trying);
        Ok(WhatIfOn::Unfinished)
    }
}
