//! The noise floor: how often each customer keeps its segment when the customers are drawn again, and which mismatches are no more
//! than that.

use serde::{Deserialize, Serialize};

use super::fits::Fits;
use super::part::{Found, Part};
use super::{Comparison, Model, NO_SEGMENT, Settings};
use crate::agreement::{Recurrence, Resample, Stability};
use crate::cluster::k_means::KMeansParams;
use crate::cluster::{FitError, Labels, Samples};
use crate::numeric::Rng;

/// Resamples drawn.
const SETS: usize = 100;
/// Starts of the first model on a resample.
const STARTS: usize = 3;
/// Customers above which resampling takes too long to wait for.
const MOST: usize = 20_000;
/// A customer that keeps its segment less often than this is where it is by chance of the sample (Hennig's reading of a pattern).
pub const FIRM: f64 = 0.75;

/// What resampling says of every model and customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoiseFloor {
    /// The models compared, in their order.
    pub models: Vec<ModelNoise>,
    /// Mismatched customers that keep their segment in every model: the models differ on them.
    pub n_firm: usize,
    /// Mismatched customers that do not: chance of the sample would place them otherwise too.
    pub n_loose: usize,
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

    /// Whether a row keeps its segment in every model.
    fn is_firm(&self, row: usize) -> bool {
        let mut rates = self.models.iter().map(|model| model.own_rate[row]);
        rates.all(|rate| rate >= FIRM)
    }
}

/// Draws resamples and clusters them with the models compared; `None` above 20,000 customers.
pub(super) fn noise_floor(
    fits: &Fits,
    comparison: &Comparison,
    progress: &mut dyn FnMut(f64),
) -> Result<Option<NoiseFloor>, FitError> {
    if fits.samples.n_samples() > MOST {
        return Ok(None);
    }
    let (settings, k) = (&comparison.settings, comparison.n_clusters);
    let models: Vec<Model> = comparison.models().collect();
    let originals: Vec<Labels> = models
        .iter()
        .map(|&model| of_distinct(fits, comparison.labels(model), k))
        .collect();
    let mut counts: Vec<Recurrence> = originals.iter().map(Recurrence::of).collect();
    let mut rng = Rng::new(settings.seed ^ 0xB007);
    for set in 0..SETS {
        let resample = Resample::draw(&fits.samples, &mut rng)?;
        if resample.samples.n_distinct() > k {
            let found = clustered(&resample.samples, fits, settings, k, rng.next_u64())?;
            for (model, labels) in &found {
                if let Some(at) = models.iter().position(|other| other == model) {
                    counts[at].count(&resample, labels);
                }
            }
        }
        progress((set + 1) as f64 / SETS as f64);
    }
    let n_rows = comparison.k_means.labels.len();
    let of_rows = |stability: Stability, model: Model| {
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
    let stabilities = counts.into_iter().map(Recurrence::stability);
    let mut floor = NoiseFloor {
        models: stabilities
            .zip(models)
            .map(|(it, model)| of_rows(it, model))
            .collect(),
        n_firm: 0,
        n_loose: 0,
    };
    for &row in &fits.prepared.rows {
        if comparison.is_mismatched(row) {
            let place = if floor.is_firm(row) {
                &mut floor.n_firm
            } else {
                &mut floor.n_loose
            };
            *place += 1;
        }
    }
    Ok(Some(floor))
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

/// The models on a resample; a mixture that collapses is left out.
fn clustered(
    samples: &Samples,
    fits: &Fits,
    settings: &Settings,
    n_clusters: usize,
    seed: u64,
) -> Result<Vec<(Model, Labels)>, FitError> {
    let mut found = Vec::new();
    let params = KMeansParams {
        n_clusters,
        n_init: STARTS,
        max_iter: settings.max_iter,
        seed,
    };
    let first = Part::Partition(settings.centres, params).fit(samples, &mut |_| ())?;
    if let Found::Partition(partition) = first {
        found.push((Model::KMeans, partition.labels));
    }
    if let Found::Tree(tree) = Part::Tree(settings.hierarchical).fit(samples, &mut |_| ())? {
        found.push((Model::Hierarchical, tree.tree.cut_at_count(n_clusters)?));
    }
    if settings.models.contains(&Model::GaussianMixture) {
        let starts = found.iter().map(|(_, labels)| labels.clone()).collect();
        let params = fits.mixture_params(settings.covariance);
        if let Ok(Found::Mixture(mixture)) = Part::Mixture(params, starts).fit(samples, &mut |_| ())
        {
            found.push((Model::GaussianMixture, mixture.labels));
        }
    }
    Ok(found)
}
