//! The noise floor: how often each customer keeps its segment when a model starts elsewhere and when the customers are drawn
//! again, and which mismatches are no more than that.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::bootstrap::{Bootstrap, Replicate};
use crate::agreement::{Optimum, Recurrence, Restarts, Starts};
use crate::cluster::{Fit, FitError, ModelKey, Samples};
use crate::engine::{Ground, Question, Shares, Step, pack, unpack};
use crate::numeric::Rng;
use crate::result::{EngineError, NotPossible, Stage};

/// Resamples drawn.
const SETS: usize = 100;
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
    /// What single runs of the model that starts at random found on the same customers, where one is compared.
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

/// What single runs of the model that starts at random found on the same customers.
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
    pub model: ModelKey,
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

/// How often does everybody keep the segment, whoever is drawn?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskNoiseFloor;

/// Resamples that are being drawn.
#[derive(Debug)]
pub struct Resampling {
    counts: Vec<(ModelKey, Recurrence)>,
    restarts: Option<Restarts>,
    /// All that are to be drawn.
    bootstrap: Bootstrap,
    /// How many are counted.
    n_counted: usize,
    /// What others drew and is not counted yet, by the number of the resample.
    kept: BTreeMap<usize, Replicate>,
    /// Weight of one of them.
    weight: f64,
}

impl Resampling {
    /// Nothing drawn yet.
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
        // Only a model that starts at random can end elsewhere.
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
                models: comparison.models().collect(),
                n_clusters: k,
                scale: fits.scale(),
                starting: starting.as_ref().map(|(model, _)| *model),
                seeds: (0..SETS).map(|_| rng.next_u64()).collect(),
            },
            restarts: starting.map(|(_, restarts)| restarts),
            counts: comparison.models().map(count).collect(),
            n_counted: 0,
            kept: BTreeMap::new(),
            weight: fits.weight_of_resample(settings, k),
        })
    }

    /// Resamples that take about a third of a second.
    fn n_at_once(&self) -> usize {
        ((AT_ONCE / self.weight) as usize).clamp(1, SETS)
    }

    /// So many of those to be drawn.
    fn some(&self, numbers: Range<usize>) -> Bootstrap {
        Bootstrap {
            seeds: self.bootstrap.seeds[numbers].to_vec(),
            ..self.bootstrap.clone()
        }
    }

    /// What several workers can draw now, each with its weight; none where little is left.
    /// All of it takes one worker about two thirds of a second.
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

    /// Weight of all resamples, and of those that are not counted.
    fn weights(&self) -> (f64, f64) {
        let left = SETS - self.n_counted;
        (self.weight * SETS as f64, self.weight * left as f64)
    }

    /// Keeps what somebody drew, from the resample of this number on.
    fn keep(&mut self, first: usize, replicates: Vec<Replicate>) {
        self.kept.extend((first..).zip(replicates));
    }

    /// Counts what others drew, or else draws some more; the findings once there are enough.
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
        // In their order: sums of fractions depend on it.
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

/// Resamples on their way to another worker: the number of the first, and how they are drawn.
type Item = (usize, Bootstrap);
/// What came of them.
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

/// The near-best results in rows of the file.
fn of_starts(ground: &Ground<'_>, starts: &Starts) -> StartNoise {
    /// Rows named at most.
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
