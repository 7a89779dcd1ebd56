//! Silhouettes of several clusterings at once: with many customers and features, in parts that others can measure.

use serde::{Deserialize, Serialize};

use crate::cluster::{Labels, Samples};
use crate::quality::{ClusterSums, Measured, Silhouette, check, n_parts, silhouettes};
use crate::result::{EngineError, Progress, Stage};

/// Silhouettes are exact up to this number of distinct customers, and based on a random sample of this size above it.
pub(crate) const MAX_MEASURED: usize = 20_000;

/// Clusterings whose silhouettes are to be measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SilhouetteJob {
    clusterings: Vec<Labels>,
    /// Seed for drawing that sample.
    seed: u64,
}

impl SilhouetteJob {
    /// `None` if a clustering has no silhouette, or if there is only one part.
    pub(super) fn in_parts(samples: &Samples, clusterings: Vec<Labels>, seed: u64) -> Option<Self> {
        let is_sound = check(&clusterings.iter().collect::<Vec<_>>()).is_ok();
        (is_sound && n_parts(samples, MAX_MEASURED) > 1).then_some(Self { clusterings, seed })
    }

    fn with<T>(&self, samples: &Samples, measure: impl FnOnce(&Measured) -> T) -> T {
        let clusterings: Vec<&Labels> = self.clusterings.iter().collect();
        let measured = Measured::of(samples, &clusterings, MAX_MEASURED, self.seed);
        measure(&measured)
    }

    /// Sums the distances of one part. `progress` receives the share done.
    pub(super) fn part(
        &self,
        samples: &Samples,
        part: usize,
        progress: &mut dyn FnMut(f64),
    ) -> ClusterSums {
        self.with(samples, |measured| measured.part(part, progress))
    }
}

/// Silhouettes measured in parts.
#[derive(Debug)]
pub(super) struct InParts {
    job: SilhouetteJob,
    parts: Vec<Option<ClusterSums>>,
    /// Set once all parts are there; the parts are dropped then.
    found: Option<Vec<Silhouette>>,
}

impl InParts {
    /// `held` if it belongs to this job, otherwise a fresh start.
    pub(super) fn going_on(held: Option<Self>, job: SilhouetteJob, samples: &Samples) -> Self {
        let same = held.filter(|held| held.job == job);
        same.unwrap_or_else(|| Self {
            parts: vec![None; n_parts(samples, MAX_MEASURED)],
            found: None,
            job,
        })
    }

    /// The missing parts, and the number of all parts.
    pub(super) fn open(&self) -> (Vec<usize>, usize) {
        (self.missing(), self.parts.len())
    }

    /// The clusterings.
    pub(super) fn job(&self) -> &SilhouetteJob {
        &self.job
    }

    /// Keeps the sums of a part.
    pub(super) fn keep(&mut self, part: usize, sums: ClusterSums) {
        if let Some(place) = self.parts.get_mut(part) {
            *place = Some(sums);
        }
    }

    /// The missing parts.
    fn missing(&self) -> Vec<usize> {
        let missing = |&part: &usize| self.found.is_none() && self.parts[part].is_none();
        (0..self.parts.len()).filter(missing).collect()
    }

    /// Sums what is missing.
    fn finish(&mut self, samples: &Samples, progress: &mut dyn FnMut(f64)) -> Vec<Silhouette> {
        if let Some(found) = &self.found {
            return found.clone();
        }
        let (missing, n_parts) = (self.missing(), self.parts.len() as f64);
        for (at, &part) in missing.iter().enumerate() {
            let done = n_parts - (missing.len() - at) as f64;
            let mut hear = |share: f64| progress((done + share) / n_parts);
            let sums = self.job.part(samples, part, &mut hear);
            self.keep(part, sums);
        }
        let parts: Vec<ClusterSums> = self.parts.iter_mut().filter_map(Option::take).collect();
        let found = self.job.with(samples, |it| it.silhouettes(&parts));
        self.found = Some(found.clone());
        found
    }
}

/// Silhouettes of several clusterings at once; `held` contains parts measured by others.
pub(super) fn judge(
    samples: &Samples,
    clusterings: &[&Labels],
    seed: u64,
    held: &mut Option<InParts>,
    progress: &mut Progress,
) -> Result<Vec<Silhouette>, EngineError> {
    progress(Stage::Silhouette, 0.0);
    let mut hear = |fraction: f64| progress(Stage::Silhouette, fraction);
    let own = clusterings.iter().copied().cloned().collect();
    let Some(job) = SilhouetteJob::in_parts(samples, own, seed) else {
        return Ok(silhouettes(samples, clusterings, MAX_MEASURED, seed, hear)?);
    };
    let before = held.take();
    let in_parts = held.insert(InParts::going_on(before, job, samples));
    Ok(in_parts.finish(samples, &mut hear))
}
