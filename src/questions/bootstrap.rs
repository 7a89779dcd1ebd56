//! Customers resampled and clustered again, on any worker: a resample depends only on its seed and the samples.

use serde::{Deserialize, Serialize};

use crate::agreement::{Drawn, Resample};
use crate::cluster::{
    Fit, FitError, FitJob, FitKey, Labels, ModelKey, ModelOptions, Partitioned, Samples, Scale,
};
use crate::numeric::Rng;
use crate::result::Settings;

/// Runs of K-Means on a resample.
const STARTS: usize = 3;

/// Resamples to draw, with everything they need besides the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bootstrap {
    /// The settings of the result.
    pub settings: Settings,
    /// The models compared.
    pub models: Vec<ModelKey>,
    /// Number of segments of the result.
    pub n_clusters: usize,
    /// The scale that tolerances are relative to.
    pub scale: Scale,
    /// The model that is also run once on the original customers.
    pub starting: Option<ModelKey>,
    /// One seed per resample.
    pub seeds: Vec<u64>,
}

/// The result of one resample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replicate {
    /// One run, from one start, of the model that starts at random, on the original customers.
    pub start: Option<Partitioned>,
    /// The customers drawn.
    pub drawn: Drawn,
    /// The models on the customers drawn; none if these are too few.
    pub models: Vec<(ModelKey, Labels)>,
}

impl Bootstrap {
    /// Draws the resamples. `progress` receives the share done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`FitError`] of a model.
    pub fn draw(
        &self,
        samples: &Samples,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Vec<Replicate>, FitError> {
        let options = self.settings.model_options();
        for model in self.models.iter().filter_map(|key| key.model()) {
            model.prepare(&options, samples, &mut |_| progress(0.0));
        }
        let n_draws = self.seeds.len() as f64;
        let seeds = self.seeds.iter().enumerate();
        let draws = seeds.map(|(i, &seed)| {
            progress(i as f64 / n_draws);
            self.draw_one(samples, seed)
        });
        draws.collect()
    }

    fn draw_one(&self, samples: &Samples, seed: u64) -> Result<Replicate, FitError> {
        let (settings, k) = (&self.settings, self.n_clusters);
        let mut rng = Rng::new(seed);
        let Resample {
            samples: again,
            drawn,
        } = Resample::draw(samples, &mut rng)?;
        let seed = rng.next_u64();
        let start = self.started_once(samples, seed)?;
        let numbers = self.models.iter();
        let numbers = numbers.map(|&model| settings.n_clusters_of(model, k));
        let models = if again.n_distinct() <= numbers.fold(k, usize::max) {
            Vec::new()
        } else {
            let options = ModelOptions {
                n_init: STARTS,
                seed,
                ..settings.model_options()
            };
            Again {
                samples: &again,
                models: &self.models,
                settings,
                options,
                n_clusters: k,
                scale: self.scale,
            }
            .labels()
        };
        Ok(Replicate {
            start,
            drawn,
            models,
        })
    }

    /// One run of the model that starts at random, on the original customers.
    fn started_once(&self, samples: &Samples, seed: u64) -> Result<Option<Partitioned>, FitError> {
        let starting = self.starting.and_then(|key| Some((key, key.model()?)));
        let Some((key, model)) = starting else {
            return Ok(None);
        };
        let options = ModelOptions {
            seed,
            ..self.settings.model_options()
        };
        let job = FitJob {
            key: model.fit_key(&options, self.settings.n_clusters_of(key, self.n_clusters)),
            starts: Vec::new(),
            scale: self.scale,
        };
        let found = model.fit_from_one_start(&job, samples).transpose()?;
        Ok(found.and_then(|found| match found {
            Fit::Partition(found) => Some(found),
            Fit::Tree(_) | Fit::Mixture(_) => None,
        }))
    }
}

/// Models fitted again to other samples.
pub(crate) struct Again<'a> {
    pub(crate) samples: &'a Samples,
    /// The models.
    pub(crate) models: &'a [ModelKey],
    pub(crate) settings: &'a Settings,
    pub(crate) options: ModelOptions,
    /// Number of segments of the result.
    pub(crate) n_clusters: usize,
    /// The scale that tolerances are relative to.
    pub(crate) scale: Scale,
}

impl Again<'_> {
    /// Labels of each model, with customers in no segment as a segment of their own; models that cannot be fitted are left out.
    pub(crate) fn labels(&self) -> Vec<(ModelKey, Labels)> {
        let found = self.labels_with_noise().into_iter();
        found
            .map(|(model, labels)| (model, labels.with_noise_as_cluster()))
            .collect()
    }

    /// Labels of each model; models that cannot be fitted are left out.
    pub(crate) fn labels_with_noise(&self) -> Vec<(ModelKey, Labels)> {
        let mut fitted: Vec<(FitKey, Option<Fit>)> = Vec::new();
        let mut found = Vec::new();
        for &model in self.models {
            let Some(it) = model.model() else {
                continue;
            };
            let n_own = self.settings.n_clusters_of(model, self.n_clusters);
            let key = it.fit_key(&self.options, n_own);
            self.fit(&key, &mut fitted);
            let fit = fitted.iter().find(|(other, _)| *other == key);
            let labels = fit.and_then(|(_, fit)| fit.as_ref()?.labels(n_own).ok());
            found.extend(labels.map(|labels| (model, labels)));
        }
        found
    }

    /// Fits a model after those it starts from, unless that is done.
    fn fit(&self, key: &FitKey, fitted: &mut Vec<(FitKey, Option<Fit>)>) {
        if fitted.iter().any(|(other, _)| other == key) {
            return;
        }
        let before = key.model.model().map(|model| model.requires(key));
        let mut starts = Vec::new();
        for before in before.unwrap_or_default() {
            self.fit(&before, fitted);
            let fit = fitted.iter().find(|(other, _)| *other == before);
            let n_clusters = key.n_clusters.unwrap_or_default();
            starts.extend(fit.and_then(|(_, fit)| fit.as_ref()?.labels(n_clusters).ok()));
        }
        let job = FitJob {
            key: key.clone(),
            starts,
            scale: self.scale,
        };
        fitted.push((key.clone(), job.fit(self.samples, &mut |_| ()).ok()));
    }
}
