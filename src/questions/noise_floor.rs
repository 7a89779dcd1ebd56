//! The noise floor: how often each customer keeps its segment under other random starts and under resampling, and which mismatches
//! are due to that.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::bootstrap::{Bootstrap, Replicate};
use crate::agreement::{Optimum, Recurrence, Restarts, Starts};
use crate::cluster::{Fit, FitError, ModelKey, Samples};
use crate::engine::{Ground, Question, Shares, Step, pack, unpack};
use crate::numeric::Rng;
use crate::result::{EngineError, NotPossible, Stage};

/// Number of resamples.
const SETS: usize = 100;
/// Weight of the work done before other requests are served.
const AT_ONCE: f64 = 3e8;
/// With more customers, resampling takes too long.
pub(super) const MOST: usize = 20_000;
/// A customer that keeps its segment less often is there by chance of the sample (Hennig's threshold for a pattern).
pub const FIRM: f64 = 0.75;

/// The results of resampling for every model and customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoiseFloor {
    /// The models compared, in order.
    pub models: Vec<ModelNoise>,
    /// Single runs of the model that starts at random, on the original customers, if one is compared.
    pub starts: Option<StartNoise>,
    /// Mismatched customers that keep their segments in all models, under any start and sample: the models differ on them.
    pub n_firm: usize,
    /// Mismatched customers that near-best runs often place in another segment: chance of the start.
    pub n_by_start: usize,
    /// Other mismatched customers that often leave their segment under resampling: chance of the sample.
    pub n_by_sample: usize,
    /// Every mismatched row, ascending, with the cause.
    pub causes: Vec<(usize, Cause)>,
}

/// Why a customer is mismatched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The models differ, under any start and sample.
    Models,
    /// Chance of the start.
    Start,
    /// Chance of the sample.
    Sample,
}

/// Single runs of the model that starts at random, on the original customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StartNoise {
    /// Number of runs, each from one random start.
    pub n_runs: usize,
    /// Runs that ended within one percent of the best cost.
    pub n_near: usize,
    /// The near-best results, most frequent first.
    pub optima: Vec<NearBest>,
}

/// One near-best result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearBest {
    /// Its cost: inertia, or the sum of distances.
    pub cost: f64,
    /// Share of all runs that ended in it.
    pub share: f64,
    /// Rows of the file that it places in another segment than the result on the screen, ascending; the first 100.
    pub rows: Vec<usize>,
    /// Number of all such rows.
    pub n_rows: usize,
}

/// The results of resampling for one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelNoise {
    /// The model.
    pub model: ModelKey,
    /// Resamples that could be clustered.
    pub n_sets: usize,
    /// For each segment, the mean Jaccard similarity to the most similar segment of a resample; `None` if no resample has one.
    pub jaccard: Vec<Option<f64>>,
    /// For each row of the file, the share of the resamples with this customer in which it keeps its segment; −1 if there is none.
    pub own_rate: Vec<f64>,
}

impl NoiseFloor {
    /// How often a row keeps its segment, averaged over the models; `None` if no model has a share.
    pub fn keeps(&self, row: usize) -> Option<f64> {
        let rates = self
            .models
            .iter()
            .filter_map(|model| model.own_rate.get(row));
        let rates: Vec<f64> = rates.copied().filter(|&rate| rate >= 0.0).collect();
        (!rates.is_empty()).then(|| rates.iter().sum::<f64>() / rates.len() as f64)
    }

    /// Why a row is mismatched; `None` if it is not.
    pub fn cause(&self, row: usize) -> Option<Cause> {
        let at = self.causes.binary_search_by_key(&row, |(row, _)| *row);
        at.ok().map(|at| self.causes[at].1)
    }

    /// Whether a row keeps its segment under resampling in every model.
    fn is_firm(&self, row: usize) -> bool {
        let mut rates = self.models.iter().map(|model| model.own_rate[row]);
        rates.all(|rate| rate >= FIRM)
    }
}

/// How often does each customer keep its segment?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskNoiseFloor;

/// Resampling in progress.
#[derive(Debug)]
pub struct Resampling {
    counts: Vec<(ModelKey, Recurrence)>,
    restarts: Option<Restarts>,
    /// All resamples.
    bootstrap: Bootstrap,
    /// Number of resamples counted.
    n_counted: usize,
    /// Resamples done but not counted yet, by number.
    kept: BTreeMap<usize, Replicate>,
    /// Weight of one resample.
    weight: f64,
}

impl Resampling {
    /// The state before the first resample.
    fn of(ground: &Ground<'_>) -> Result<Self, NotPossible> {
        let Ground {
            fits, comparison, ..
        } = ground;
        let n_samples = ground.samples.n_samples();
        if n_samples > MOST {
            return Err(NotPossible::TooManyCustomers {
                n_samples,
                max: MOST,
            });
        }
        let k = comparison.n_clusters;
        let count = |model: ModelKey| {
            let original = ground.of_distinct(comparison.labels(model));
            (model, Recurrence::of(original))
        };
        let settings = &comparison.settings;
        // Other starts matter only for a model that starts at random.
        let random = settings.models.iter().copied();
        let mut random =
            random.filter(|key| key.facts().is_some_and(|facts| facts.starts_at_random));
        let starting = random
            .next()
            .and_then(|model| match fits.fit_of(model, settings, k)? {
                Fit::Partition(found) => {
                    let original = ground.of_distinct(comparison.labels(model));
                    Some((model, Restarts::of(original, found.cost?)))
                }
                Fit::Tree(_) | Fit::Mixture(_) => None,
            });
        let mut rng = Rng::new(settings.seed ^ 0xB007);
        Ok(Self {
            bootstrap: Bootstrap {
                settings: settings.clone(),
                models: comparison.fitted_models().collect(),
                n_clusters: k,
                scale: fits.scale(),
                starting: starting.as_ref().map(|(model, _)| *model),
                seeds: (0..SETS).map(|_| rng.next_u64()).collect(),
            },
            restarts: starting.map(|(_, restarts)| restarts),
            counts: comparison.fitted_models().map(count).collect(),
            n_counted: 0,
            kept: BTreeMap::new(),
            weight: fits.weight_of_resample(settings, k),
        })
    }

    /// Number of resamples that take about a third of a second.
    fn n_at_once(&self) -> usize {
        ((AT_ONCE / self.weight) as usize).clamp(1, SETS)
    }

    /// The resamples with these numbers.
    fn some(&self, numbers: Range<usize>) -> Bootstrap {
        Bootstrap {
            seeds: self.bootstrap.seeds[numbers].to_vec(),
            ..self.bootstrap.clone()
        }
    }

    /// The resamples that several workers can draw now, with their weights; none near the end. Together they take one worker about
    /// two thirds of a second.
    fn shares(&self) -> Vec<(Item, f64)> {
        let at_once = self.n_at_once();
        let end = SETS.min(self.n_counted + 2 * at_once);
        let step = at_once.div_ceil(2);
        if end - self.n_counted <= at_once || !self.kept.is_empty() {
            return Vec::new();
        }
        let starts = (self.n_counted..end).step_by(step);
        let share = |start: usize| {
            let numbers = start..end.min(start + step);
            let weight = self.weight * numbers.len() as f64;
            ((start, self.some(numbers)), weight)
        };
        starts.map(share).collect()
    }

    /// Weight of all resamples, and of those not counted yet.
    fn weights(&self) -> (f64, f64) {
        let left = SETS - self.n_counted;
        (self.weight * SETS as f64, self.weight * left as f64)
    }

    /// Keeps resamples drawn elsewhere, numbered from `first`.
    fn keep(&mut self, first: usize, replicates: Vec<Replicate>) {
        self.kept.extend((first..).zip(replicates));
    }

    /// Draws more resamples unless others have, and counts what is there; returns the findings at the end.
    fn go_on(
        &mut self,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Option<NoiseFloor>, FitError> {
        if !self.kept.contains_key(&self.n_counted) {
            let numbers = self.n_counted..SETS.min(self.n_counted + self.n_at_once());
            let (first, n_more) = (numbers.start, numbers.len() as f64);
            let mut hear = |share: f64| progress((first as f64 + share * n_more) / SETS as f64);
            let replicates = self.some(numbers).draw(ground.samples, &mut hear)?;
            self.keep(first, replicates);
        }
        // In order, since sums of fractions depend on it.
        while let Some(replicate) = self.kept.remove(&self.n_counted) {
            self.count(ground.samples, &replicate);
        }
        Ok((self.n_counted == SETS).then(|| self.findings(ground)))
    }

    fn count(&mut self, samples: &Samples, replicate: &Replicate) {
        self.n_counted += 1;
        if let (Some(restarts), Some(start)) = (&mut self.restarts, &replicate.start)
            && let Some(cost) = start.cost
        {
            restarts.count(samples, &start.labels, cost);
        }
        for (model, labels) in &replicate.models {
            let count = self.counts.iter_mut().find(|(other, _)| other == model);
            if let Some((_, count)) = count {
                count.count(&replicate.drawn, labels);
            }
        }
    }

    fn findings(&mut self, ground: &Ground<'_>) -> NoiseFloor {
        let Ground {
            prepared,
            samples,
            comparison,
            ..
        } = ground;
        let n_rows = comparison.first_labels().len();
        let of_rows = |(model, count): (ModelKey, Recurrence)| {
            let stability = count.stability();
            let mut own_rate = vec![-1.0; n_rows];
            for (&row, &distinct) in prepared.rows.iter().zip(&samples.distinct_of) {
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
            starts: starts.as_ref().map(|starts| of_starts(ground, starts)),
            n_firm: 0,
            n_by_start: 0,
            n_by_sample: 0,
            causes: Vec::new(),
        };
        let rows = prepared.rows.iter().zip(&samples.distinct_of);
        for (&row, &distinct) in rows.filter(|(row, _)| comparison.is_mismatched(**row)) {
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

/// Resamples for another worker: the number of the first, and how to draw them.
type Item = (usize, Bootstrap);
/// Their results.
type Found = (usize, Result<Vec<Replicate>, FitError>);

fn begun<'a>(
    state: &'a mut Option<Resampling>,
    ground: &Ground<'_>,
) -> Result<&'a mut Resampling, NotPossible> {
    let begun = match state.take() {
        Some(begun) => begun,
        None => Resampling::of(ground)?,
    };
    Ok(state.insert(begun))
}

impl Question for AskNoiseFloor {
    type Answer = NoiseFloor;
    type State = Option<Resampling>;
    const STAGE: Stage = Stage::Resampling;
    const IS_KEPT: bool = true;

    fn step(
        &self,
        state: &mut Option<Resampling>,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<NoiseFloor>, EngineError> {
        let found = begun(state, ground)?.go_on(ground, progress)?;
        Ok(found.map_or(Step::Unfinished, Step::Done))
    }

    fn shares(
        &self,
        state: &mut Option<Resampling>,
        ground: &Ground<'_>,
    ) -> Result<Option<Shares<Vec<u8>>>, EngineError> {
        let resampling = begun(state, ground)?;
        let (whole, left) = resampling.weights();
        let items = resampling.shares().into_iter();
        let items = items.filter_map(|(item, weight)| Some((pack(&item)?, weight)));
        Ok(Some(Shares {
            needs_samples: true,
            items: items.collect(),
            whole,
            left,
        }))
    }

    fn help(
        item: &[u8],
        samples: Option<&Samples>,
        progress: &mut dyn FnMut(f64),
    ) -> Option<Vec<u8>> {
        let (first, bootstrap): Item = unpack(item)?;
        let found: Found = (first, bootstrap.draw(samples?, progress));
        pack(&found)
    }

    fn keep(state: &mut Option<Resampling>, found: &[u8]) {
        if let (Some(resampling), Some((first, Ok(replicates)))) = (state, unpack::<Found>(found)) {
            resampling.keep(first, replicates);
        }
    }
}

/// The near-best results, with rows of the file.
fn of_starts(ground: &Ground<'_>, starts: &Starts) -> StartNoise {
    /// The largest number of rows listed.
    const NAMED: usize = 100;
    let near_best = |optimum: &Optimum| {
        let (rows, distinct) = (&ground.prepared.rows, &ground.samples.distinct_of);
        let rows = rows.iter().zip(distinct);
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
