//! Customers drawn again and clustered anew, by whichever worker: a draw depends on its seed and the samples alone.

use serde::{Deserialize, Serialize};

use crate::agreement::{Drawn, Resample};
use crate::cluster::gaussian_mixture::GaussianMixtureParams;
use crate::cluster::hierarchical::Hierarchical;
use crate::cluster::k_means::{KMeans, KMeansParams};
use crate::cluster::{FitError, Labels, Samples, k_medians, spherical_k_means};
use crate::engine::{Found, Part, Partitioned};
use crate::numeric::Rng;
use crate::result::{Centres, Model, Settings};

/// Starts of the first model on a resample.
const STARTS: usize = 3;

/// Resamples to be drawn, with all that it needs beside the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draws {
    /// Of the result.
    pub settings: Settings,
    /// Number of segments of the result.
    pub n_clusters: usize,
    /// How a mixture is fitted.
    pub mixture: GaussianMixtureParams,
    /// Whether the first model is started once more on the customers as they are, too.
    pub with_starts: bool,
    /// One of each resample.
    pub seeds: Vec<u64>,
}

/// What came of one resample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Redrawn {
    /// The first model on the customers as they are, started once.
    pub start: Option<Partitioned>,
    /// Who was drawn.
    pub drawn: Drawn,
    /// The models on those who were drawn; none where these are too few.
    pub models: Vec<(Model, Labels)>,
}

impl Draws {
    /// Draws them. `progress` hears the share done, in `[0, 1]`.
    ///
    /// # Errors
    /// [`FitError`] of a model.
    pub fn draw(
        &self,
        samples: &Samples,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Vec<Redrawn>, FitError> {
        let n_draws = self.seeds.len() as f64;
        let seeds = self.seeds.iter().enumerate();
        let draws = seeds.map(|(i, &seed)| {
            progress(i as f64 / n_draws);
            self.draw_one(samples, seed)
        });
        draws.collect()
    }

    fn draw_one(&self, samples: &Samples, seed: u64) -> Result<Redrawn, FitError> {
        let (settings, k) = (&self.settings, self.n_clusters);
        let mut rng = Rng::new(seed);
        let Resample {
            samples: again,
            drawn,
        } = Resample::draw(samples, &mut rng)?;
        let seed = rng.next_u64();
        let start = self
            .with_starts
            .then(|| started_once(samples, settings, k, seed))
            .transpose()?;
        let own = settings.own_n_clusters.values().copied();
        let models = if again.n_distinct() <= own.fold(k, usize::max) {
            Vec::new()
        } else {
            clustered(&again, settings, &self.mixture, (k, STARTS), seed)?
        };
        Ok(Redrawn {
            start,
            drawn,
            models,
        })
    }
}

/// One run of the first model from one random start.
fn started_once(
    samples: &Samples,
    settings: &Settings,
    n_clusters: usize,
    seed: u64,
) -> Result<Partitioned, FitError> {
    let params = KMeansParams {
        n_clusters,
        n_init: 1,
        max_iter: settings.max_iter,
        seed,
    };
    let relative = match settings.centres {
        Centres::Means => {
            let run = KMeans::fit_once(samples, &params)?;
            return Ok(Partitioned {
                labels: run.labels,
                cost: run.inertia,
            });
        }
        Centres::Medians => k_medians(samples, &params, &mut |_| ())?,
        Centres::Directions => spherical_k_means(samples, &params, &mut |_| ())?,
    };
    Ok(Partitioned {
        labels: relative.labels,
        cost: relative.cost,
    })
}

/// The models on other samples, with so many segments and starts; a mixture that collapses is left out.
pub(crate) fn clustered(
    samples: &Samples,
    settings: &Settings,
    mixture: &GaussianMixtureParams,
    (n_clusters, n_init): (usize, usize),
    seed: u64,
) -> Result<Vec<(Model, Labels)>, FitError> {
    let mut found = Vec::new();
    let partition = |n_clusters| {
        let params = KMeansParams {
            n_clusters,
            n_init,
            max_iter: settings.max_iter,
            seed,
        };
        Part::Partition(settings.centres, params).fit(samples, &mut |_| ())
    };
    if let Found::Partition(partition) = partition(n_clusters)? {
        found.push((Model::KMeans, partition.labels));
    }
    let tree = Part::Tree(settings.hierarchical).fit(samples, &mut |_| ())?;
    let Found::Tree(Hierarchical { tree, .. }) = tree else {
        return Ok(found);
    };
    let n_of = |model| settings.n_clusters_of(model, n_clusters);
    let cut = tree.cut_at_count(n_of(Model::Hierarchical))?;
    found.push((Model::Hierarchical, cut));
    if settings.models.contains(&Model::GaussianMixture) {
        let n_components = n_of(Model::GaussianMixture);
        let starts = if n_components == n_clusters && found[1].1.n_clusters == n_clusters {
            found.iter().map(|(_, labels)| labels.clone()).collect()
        } else {
            let mut starts = vec![tree.cut_at_count(n_components)?];
            if let Found::Partition(own) = partition(n_components)? {
                starts.push(own.labels);
            }
            starts
        };
        if let Ok(Found::Mixture(mixture)) =
            Part::Mixture(mixture.clone(), starts).fit(samples, &mut |_| ())
        {
            found.push((Model::GaussianMixture, mixture.labels));
        }
    }
    Ok(found)
}
