//! The noise floor: how often each customer keeps its segment when the first model starts elsewhere and when the customers are drawn
//! again, and which mismatches are no more than that.

use serde::{Deserialize, Serialize};

use super::fits::Fits;
use super::part::{Found, Part, Partitioned};
use super::{Centres, Comparison, Model, NO_SEGMENT, Settings};
use crate::agreement::{Optimum, Recurrence, Resample, Restarts, Starts};
use crate::cluster::hierarchical::Hierarchical;
use crate::cluster::k_means::{KMeans, KMeansParams};
use crate::cluster::{FitError, Labels, Samples, k_medians, spherical_k_means};
use crate::numeric::Rng;

/// Resamples drawn.
const SETS: usize = 100;
/// Starts of the first model on a resample.
const STARTS: usize = 3;
/// Weight of the work that is done before others are served.
const AT_ONCE: f64 = 3e8;
/// Customers above which resampling takes too long to wait for.
pub(super) const MOST: usize = 20_000;
/// A customer that keeps its segment less often than this is where it is by chance of the sample (Hennig's reading of a pattern).
pub const FIRM: f64 = 0.75;

/// What resampling says of every model and customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoiseFloor {
    /// The models compared, in their order.
    pub models: Vec<ModelNoise>,
    /// What single runs of the first model found on the same customers, where it is compared.
    pub starts: Option<StartNoise>,
    /// Mismatched customers that keep their segment in every model, whatever the start and the sample: the models differ on them.
    pub n_firm: usize,
    /// Mismatched customers that runs as good as the best place otherwise: chance of the start.
    pub n_by_start: usize,
    /// Mismatched customers of the others that leave their segment when the customers are drawn again: chance of the sample.
    pub n_by_sample: usize,
    /// Every mismatched row, ascending, with why it is.
    pub causes: Vec<(usize, Cause)>,
}

/// Why a customer is mismatched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The models differ, whatever the start and the sample.
    Models,
    /// Chance of the start.
    Start,
    /// Chance of the sample.
    Sample,
}

/// What single runs of the first model found on the same customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StartNoise {
    /// Runs made, each from one random start.
    pub n_runs: usize,
    /// Runs that ended within one percent of the best cost.
    pub n_near: usize,
    /// The near-best results, the most frequent first.
    pub optima: Vec<NearBest>,
}

/// One near-best result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearBest {
    /// Its cost: inertia, or the sum of distances.
    pub cost: f64,
    /// Share of all runs that ended in it.
    pub share: f64,
    /// Rows of the file that it places otherwise than the result on the screen, ascending; the first 100.
    pub rows: Vec<usize>,
    /// How many there are.
    pub n_rows: usize,
}

/// What resampling says of one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelNoise {
    /// Which.
    pub model: Model,
    /// Resamples that could be clustered.
    pub n_sets: usize,
    /// Mean Jaccard similarity of each segment with the one most like it.
    pub jaccard: Vec<f64>,
    /// Share of the resamples holding a customer in which it keeps its segment, per row of the file; −1 where there is none.
    pub own_rate: Vec<f64>,
}

impl NoiseFloor {
    /// How often a row keeps its segment, mean of the models; `None` where no model says.
    pub fn keeps(&self, row: usize) -> Option<f64> {
        let rates = self
            .models
            .iter()
            .filter_map(|model| model.own_rate.get(row));
        let rates: Vec<f64> = rates.copied().filter(|&rate| rate >= 0.0).collect();
        (!rates.is_empty()).then(|| rates.iter().sum::<f64>() / rates.len() as f64)
    }

    /// Why a row is mismatched; `None` where it is not.
    pub fn cause(&self, row: usize) -> Option<Cause> {
        let at = self.causes.binary_search_by_key(&row, |(row, _)| *row);
        at.ok().map(|at| self.causes[at].1)
    }

    /// Whether a row keeps its segment in every model when the customers are drawn again.
    fn is_firm(&self, row: usize) -> bool {
        let mut rates = self.models.iter().map(|model| model.own_rate[row]);
        rates.all(|rate| rate >= FIRM)
    }
}

/// Resamples that are being drawn, so that others may be served in between.
#[derive(Debug)]
pub(super) struct Resampling {
    comparison: Comparison,
    counts: Vec<(Model, Recurrence)>,
    restarts: Option<Restarts>,
    rng: Rng,
    n_drawn: usize,
    /// Resamples that take about a third of a second.
    n_at_once: usize,
}

impl Resampling {
    /// Nothing drawn yet; `None` above 20,000 customers.
    pub(super) fn of(fits: &Fits, comparison: &Comparison) -> Option<Self> {
        if fits.samples.n_samples() > MOST {
            return None;
        }
        let k = comparison.n_clusters;
        let count = |model: Model| {
            let original = of_distinct(fits, comparison.labels(model), comparison.n_segments);
            (model, Recurrence::of(original))
        };
        let settings = &comparison.settings;
        let cost = fits
            .partitions
            .get(&(settings.centres, k))
            .map(|it| it.cost);
        let cost = cost.filter(|_| settings.models.contains(&Model::KMeans));
        let original = || of_distinct(fits, &comparison.k_means.labels, comparison.n_segments);
        Some(Self {
            restarts: cost.map(|cost| Restarts::of(original(), cost)),
            counts: comparison.models().map(count).collect(),
            rng: Rng::new(comparison.settings.seed ^ 0xB007),
            n_drawn: 0,
            n_at_once: ((AT_ONCE / fits.weight_of_resample(&comparison.settings, k)) as usize)
                .clamp(1, SETS),
            comparison: comparison.clone(),
        })
    }

    /// Whether it is of this comparison.
    pub(super) fn is_of(&self, settings: &Settings) -> bool {
        self.comparison.settings == *settings
    }

    /// Draws some more and clusters them with the models compared; the findings once there are enough.
    pub(super) fn go_on(
        &mut self,
        fits: &Fits,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Option<NoiseFloor>, FitError> {
        let (settings, k) = (&self.comparison.settings, self.comparison.n_clusters);
        let most = settings
            .own_n_clusters
            .values()
            .copied()
            .fold(k, usize::max);
        for _ in 0..self.n_at_once.min(SETS - self.n_drawn) {
            progress(self.n_drawn as f64 / SETS as f64);
            let resample = Resample::draw(&fits.samples, &mut self.rng)?;
            let seed = self.rng.next_u64();
            self.n_drawn += 1;
            if let Some(restarts) = &mut self.restarts {
                let found = started_once(fits, settings, k, seed)?;
                restarts.count(&fits.samples, &found.labels, found.cost);
            }
            if resample.samples.n_distinct() <= most {
                continue;
            }
            for (model, labels) in clustered(&resample.samples, fits, settings, (k, STARTS), seed)?
            {
                let count = self.counts.iter_mut().find(|(other, _)| *other == model);
                if let Some((_, count)) = count {
                    count.count(&resample, &labels);
                }
            }
        }
        Ok((self.n_drawn == SETS).then(|| self.findings(fits)))
    }

    fn findings(&mut self, fits: &Fits) -> NoiseFloor {
        let n_rows = self.comparison.k_means.labels.len();
        let of_rows = |(model, count): (Model, Recurrence)| {
            let stability = count.stability();
            let mut own_rate = vec![-1.0; n_rows];
            for (&row, &distinct) in fits.prepared.rows.iter().zip(&fits.samples.distinct_of) {
                let rate = stability.own_rate[distinct as usize];
                own_rate[row] = if rate.is_nan() { -1.0 } else { rate };
            }
            ModelNoise {
                model,
                n_sets: stability.n_sets,
                jaccard: stability.jaccard,
                own_rate,
            }
        };
        let starts = self.restarts.take().map(Restarts::starts);
        let mut floor = NoiseFloor {
            models: std::mem::take(&mut self.counts)
                .into_iter()
                .map(of_rows)
                .collect(),
            starts: starts.as_ref().map(|starts| of_starts(fits, starts)),
            n_firm: 0,
            n_by_start: 0,
            n_by_sample: 0,
            causes: Vec::new(),
        };
        let rows = fits.prepared.rows.iter().zip(&fits.samples.distinct_of);
        for (&row, &distinct) in rows.filter(|(row, _)| self.comparison.is_mismatched(**row)) {
            let keeps = starts.as_ref().map(|it| it.own_rate[distinct as usize]);
            let (place, cause) = match keeps {
                Some(rate) if rate < FIRM => (&mut floor.n_by_start, Cause::Start),
                _ if floor.is_firm(row) => (&mut floor.n_firm, Cause::Models),
                _ => (&mut floor.n_by_sample, Cause::Sample),
            };
            *place += 1;
            floor.causes.push((row, cause));
        }
        floor
    }
}

/// The near-best results in rows of the file.
fn of_starts(fits: &Fits, starts: &Starts) -> StartNoise {
    /// Rows named at most.
    const NAMED: usize = 100;
    let near_best = |optimum: &Optimum| {
        let rows = fits.prepared.rows.iter().zip(&fits.samples.distinct_of);
        let rows = rows.filter(|(_, distinct)| optimum.otherwise.binary_search(distinct).is_ok());
        let mut rows: Vec<usize> = rows.map(|(row, _)| *row).collect();
        let n_rows = rows.len();
        rows.truncate(NAMED);
        NearBest {
            cost: optimum.cost,
            share: optimum.share,
            rows,
            n_rows,
        }
    };
    StartNoise {
        n_runs: starts.n_runs,
        n_near: starts.n_near,
        optima: starts.optima.iter().map(near_best).collect(),
    }
}

/// One run of the first model from one random start.
fn started_once(
    fits: &Fits,
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
    let samples = &fits.samples;
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

/// Labels of rows as labels of the distinct samples.
pub(super) fn of_distinct(fits: &Fits, of_rows: &[u32], n_clusters: usize) -> Labels {
    let mut of_distinct = vec![0; fits.samples.n_distinct()];
    for (&row, &distinct) in fits.prepared.rows.iter().zip(&fits.samples.distinct_of) {
        debug_assert_ne!(of_rows[row], NO_SEGMENT);
        of_distinct[distinct as usize] = of_rows[row];
    }
    Labels {
        of_distinct,
        n_clusters,
    }
}

/// The models on other samples, with so many segments and starts; a mixture that collapses is left out.
pub(super) fn clustered(
    samples: &Samples,
    fits: &Fits,
    settings: &Settings,
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
        let params = fits.mixture_params(settings.covariance);
        if let Ok(Found::Mixture(mixture)) = Part::Mixture(params, starts).fit(samples, &mut |_| ())
        {
            found.push((Model::GaussianMixture, mixture.labels));
        }
    }
    Ok(found)
}
