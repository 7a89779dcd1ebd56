//! Comparison of the models: common numbers for their segments, and all results in raw units.

use std::cmp::Ordering;

use super::given::Given;
use crate::agreement::{Contingency, best_matching};
use crate::cluster::gaussian_mixture::GaussianMixture;
use crate::cluster::{Fit, Labels, ModelKey, NOISE, Samples};
use crate::features::Prepared;
use crate::numeric::{Matrix, order_by};
use crate::quality::{Silhouette, has_pair};
use crate::result::{
    Comparison, FailedModel, Identity, MixtureFacts, ModelResult, NO_SEGMENT, Settings, lowest_free,
};
use crate::table::Table;

/// A fitted model, before its segments get common numbers.
pub(super) struct Fitted<'a> {
    pub(super) model: ModelKey,
    pub(super) fit: &'a Fit,
    pub(super) labels: Labels,
    pub(super) silhouette: Option<Silhouette>,
    pub(super) inertia: Option<f64>,
}

/// Segments of every customer, of a fitted model or of a column.
struct Own<'a> {
    /// Label of each sample.
    of_samples: Vec<u32>,
    n_labels: usize,
    has_noise: bool,
    source: Source<'a>,
}

/// Where segments come from.
#[derive(Clone, Copy)]
enum Source<'a> {
    Model(&'a Fitted<'a>),
    Column(&'a Given),
}

impl<'a> Own<'a> {
    fn of_model(fitted: &'a Fitted<'a>, samples: &Samples) -> Self {
        Self {
            of_samples: fitted.labels.of_samples(samples),
            n_labels: fitted.labels.n_clusters,
            has_noise: fitted.labels.has_noise(),
            source: Source::Model(fitted),
        }
    }

    fn of_column(given: &'a Given) -> Self {
        Self {
            of_samples: given.of_samples.clone(),
            n_labels: given.values.len(),
            has_noise: given.has_gaps(),
            source: Source::Column(given),
        }
    }
}

/// The data that the models were fitted on.
pub(super) struct FittedOn<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) samples: &'a Samples,
    pub(super) table: &'a Table,
    /// Customers who could be in the models, but do not pass the filters of the settings.
    pub(super) n_outside: usize,
}

/// Features whose values are not in the table: their positions, and a value per row for each.
pub(super) struct Made {
    pub(super) at: Vec<usize>,
    pub(super) values: Vec<Vec<f64>>,
}

/// Gives the segments common numbers, starting from the first model, and builds the comparison.
pub(super) fn side_by_side(
    settings: Settings,
    fitted_on: &FittedOn,
    made: Made,
    fitted: &[Fitted],
    given: Option<&Given>,
    failed: Vec<FailedModel>,
) -> Comparison {
    let (prepared, samples) = (fitted_on.prepared, fitted_on.samples);
    let models = fitted.iter().map(|fitted| Own::of_model(fitted, samples));
    let own: Vec<Own> = models.chain(given.map(Own::of_column)).collect();
    // If the first model failed, the first of the others may have its own number of segments.
    let of_first = own.first().map_or(0, |first| first.n_labels);
    let n_clusters = settings.n_clusters.unwrap_or(of_first);
    let mut numbers: Vec<Vec<u32>> = Vec::new();
    let mut placed: Vec<Vec<u32>> = Vec::new();
    // Matched by numbers in which the order of the columns is no part: of two equally good matchings it would choose one.
    for own in &own {
        let of_model = if placed.is_empty() {
            let centroids = centroids(&prepared.raw, &own.of_samples, of_first);
            numbers_by_centroid(&centroids, prepared.scaler.order())
        } else {
            numbers_like(&placed, &own.of_samples, own.n_labels)
        };
        placed.push(numbered(&own.of_samples, &of_model));
        numbers.push(of_model);
    }
    if let (Some(own), Some(matched)) = (own.first(), numbers.first()) {
        let shown = first_numbers(&settings, fitted_on, &own.of_samples, of_first);
        let shown = shown_numbers(matched, &shown, &numbers);
        for numbers in &mut numbers {
            *numbers = numbered(numbers, &shown);
        }
        for placed in &mut placed {
            *placed = numbered(placed, &shown);
        }
    }
    let highest = numbers.iter().flatten().max();
    let mut n_segments = highest.map_or(0, |&it| it as usize + 1);
    let has_noise = own.iter().any(|own| own.has_noise);
    let noise = has_noise.then_some(n_segments as u32);
    if let Some(noise) = noise {
        n_segments += 1;
        for label in placed.iter_mut().flatten().filter(|label| **label == NOISE) {
            *label = noise;
        }
    }
    let results = own.iter().zip(placed.iter().zip(&numbers));
    let models: Vec<ModelResult> = results
        .map(|(own, (placed, numbers))| fitted_on.result(own.source, placed, numbers, n_segments))
        .collect();
    let of_models = &own[..fitted.len()];
    let differs = |&i: &usize| {
        let mut labels = of_models.iter().map(|own| own.of_samples[i]);
        let first = labels.next();
        labels.any(|label| Some(label) != first)
    };
    Comparison {
        features: prepared.names.clone(),
        made: made.at,
        made_values: made.values,
        n_clusters,
        n_segments,
        identity: models.first().map_or_else(Identity::default, |first| {
            let n_real = noise.map_or(n_segments, |noise| noise as usize);
            Identity::of(fitted_on.table, &first.labels, n_real)
        }),
        n_customers: prepared.rows.len(),
        n_left_out: fitted_on.table.n_rows() - prepared.rows.len(),
        n_outside: fitted_on.n_outside,
        naive_mismatched: (0..prepared.rows.len()).filter(differs).count(),
        models,
        failed,
        noise,
        settings,
    }
}

/// Whether each sample is placed differently by the models, whose own labels are given with how many there are, once their segments are
/// matched as in a comparison.
pub(crate) fn mismatched(own: &[(Vec<u32>, usize)]) -> Vec<bool> {
    let mut placed: Vec<Vec<u32>> = Vec::new();
    for (labels, n_labels) in own {
        placed.push(if placed.is_empty() {
            labels.clone()
        } else {
            numbered(labels, &numbers_like(&placed, labels, *n_labels))
        });
    }
    let n = placed.first().map_or(0, Vec::len);
    let differs = |i: usize| placed.iter().any(|labels| labels[i] != placed[0][i]);
    (0..n).map(differs).collect()
}

/// New numbers of the labels of the first model: the order of its centroids, or the numbers of earlier segments.
fn first_numbers(
    settings: &Settings,
    fitted_on: &FittedOn,
    own: &[u32],
    n_clusters: usize,
) -> Vec<u32> {
    let raw = &fitted_on.prepared.raw;
    let in_order: Vec<usize> = (0..raw.n_features()).collect();
    let by_centroid = numbers_by_centroid(&centroids(raw, own, n_clusters), &in_order);
    let Some(identity) = &settings.identity else {
        return by_centroid;
    };
    let labels = fitted_on.of_rows(&numbered(own, &by_centroid));
    let fresh = Identity::of(fitted_on.table, &labels, n_clusters);
    let kept = identity.numbers_for(&fresh, fitted_on.table);
    by_centroid.iter().map(|&at| kept[at as usize]).collect()
}

/// The number on the screen of each number matched by: `matched` and `shown` are those of the labels of the first model; segments that
/// it does not have get the lowest free numbers.
fn shown_numbers(matched: &[u32], shown: &[u32], numbers: &[Vec<u32>]) -> Vec<u32> {
    let highest = numbers.iter().flatten().max();
    let mut found = vec![u32::MAX; highest.map_or(0, |&it| it as usize + 1)];
    for (&matched, &shown) in matched.iter().zip(shown) {
        found[matched as usize] = shown;
    }
    for at in 0..found.len() {
        if found[at] == u32::MAX {
            found[at] = lowest_free(&found);
        }
    }
    found
}

impl FittedOn<'_> {
    /// The result of a model whose samples have common numbers; `numbers` are those of the model's own labels.
    fn result(
        &self,
        source: Source,
        numbered: &[u32],
        numbers: &[u32],
        n_segments: usize,
    ) -> ModelResult {
        let mut sizes = vec![0; n_segments];
        for &segment in numbered {
            sizes[segment as usize] += 1;
        }
        let silhouette = match source {
            Source::Model(fitted) => fitted.silhouette.as_ref(),
            Source::Column(given) => given.silhouette.as_ref(),
        };
        let silhouette = silhouette.filter(|_| has_pair(&sizes));
        let result = ModelResult {
            model: ModelKey::GIVEN,
            labels: self.of_rows(numbered),
            numbers: numbers.to_vec(),
            centroids_raw: centroids(&self.prepared.raw, numbered, sizes.len()),
            silhouette: silhouette.map(|judged| judged.score),
            silhouette_measured: silhouette.map_or(0, |judged| judged.n_measured),
            sizes,
            inertia: None,
            values: Vec::new(),
            is_approximate: false,
            certainty: Vec::new(),
            mixture: None,
        };
        match source {
            Source::Model(fitted) => self.of_model(fitted, numbers, result),
            Source::Column(given) => ModelResult {
                values: given.values.clone(),
                ..result
            },
        }
    }

    /// Adds what only a fitted model has.
    fn of_model(&self, fitted: &Fitted, numbers: &[u32], result: ModelResult) -> ModelResult {
        let certainty = fitted.fit.certainty().map(|of_distinct| {
            let mut of_rows = vec![0.0; self.table.n_rows()];
            for (&row, &distinct) in self.prepared.rows.iter().zip(&self.samples.distinct_of) {
                of_rows[row] = of_distinct[distinct as usize];
            }
            of_rows
        });
        let certainty = certainty.unwrap_or_default();
        ModelResult {
            model: fitted.model,
            inertia: fitted.inertia,
            is_approximate: fitted.fit.is_approximate(),
            certainty,
            mixture: match &fitted.fit {
                Fit::Mixture(mixture) => Some(self.mixture_facts(mixture, numbers)),
                Fit::Partition(_) | Fit::Tree(_) => None,
            },
            ..result
        }
    }

    /// Converts labels of the samples to labels of all rows of the table.
    fn of_rows(&self, of_samples: &[u32]) -> Vec<u32> {
        let mut labels = vec![NO_SEGMENT; self.table.n_rows()];
        for (&row, &label) in self.prepared.rows.iter().zip(of_samples) {
            labels[row] = label;
        }
        labels
    }

    /// Components with their common numbers, in raw units.
    fn mixture_facts(&self, mixture: &GaussianMixture, numbers: &[u32]) -> MixtureFacts {
        let d = self.samples.n_features();
        let scaler = &self.prepared.scaler;
        let order = order_by(numbers.len(), &mut |a, b| numbers[a].cmp(&numbers[b]));
        let components = || {
            order
                .iter()
                .map(|&component| &mixture.components[component as usize])
        };
        let mut means_raw = Matrix::with_features(d);
        for component in components() {
            let pairs = component.mean.iter().zip(&self.samples.means);
            let scaled: Vec<f64> = pairs.map(|(x, mean)| x + mean).collect();
            means_raw.push_row(scaler.raw_row(&scaled));
        }
        let covariances_raw = components().map(|component| {
            let mut raw = Matrix::zeros(d, d);
            for (&i, row) in scaler.order().iter().zip(component.covariance.rows()) {
                for (&j, x) in scaler.order().iter().zip(row) {
                    raw.row_mut(i)[j] = x * scaler.divisor(i) * scaler.divisor(j);
                }
            }
            raw
        });
        MixtureFacts {
            log_likelihood: mixture.log_likelihood,
            bic: mixture.bic(),
            aic: mixture.aic(),
            reg_covar: mixture.reg_covar,
            segments: order.iter().map(|&at| numbers[at as usize]).collect(),
            weights: components().map(|component| component.weight).collect(),
            covariances_raw: covariances_raw.collect(),
            means_raw,
        }
    }
}

/// Mean of the samples of each label, shape `(n_clusters, n_features)`.
fn centroids(raw: &Matrix, labels: &[u32], n_clusters: usize) -> Matrix {
    // The mean is computed as first sample + mean of the differences, so that large offsets lose no digits.
    let mut first: Vec<Option<usize>> = vec![None; n_clusters];
    let mut counts = vec![0_usize; n_clusters];
    let mut sums = Matrix::zeros(n_clusters, raw.n_features());
    let placed = labels.iter().enumerate();
    for (sample, &label) in placed.filter(|(_, label)| **label != NOISE) {
        let origin = *first[label as usize].get_or_insert(sample);
        counts[label as usize] += 1;
        for ((sum, x), o) in sums
            .row_mut(label as usize)
            .iter_mut()
            .zip(raw.row(sample))
            .zip(raw.row(origin))
        {
            *sum += x - o;
        }
    }
    for label in 0..n_clusters {
        if let Some(origin) = first[label] {
            for (sum, o) in sums.row_mut(label).iter_mut().zip(raw.row(origin)) {
                *sum = o + *sum / counts[label] as f64;
            }
        }
    }
    sums
}

/// New number of each label, by the order of the centroids: by the first of `features`, then by the next.
fn numbers_by_centroid(centroids: &Matrix, features: &[usize]) -> Vec<u32> {
    let order = order_by(centroids.n_samples(), &mut |a, b| {
        let (a, b) = (centroids.row(a), centroids.row(b));
        let mut orders = features.iter().map(|&at| a[at].total_cmp(&b[at]));
        orders
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    });
    let mut numbers = vec![0; order.len()];
    for (number, label) in order.into_iter().enumerate() {
        numbers[label as usize] = number as u32;
    }
    numbers
}

/// New number of each label of a further model: that of its match in the first of `earlier`; for the rest, that of a match among
/// the numbers that only the next one has; otherwise the lowest free number.
fn numbers_like(earlier: &[Vec<u32>], own: &[u32], n_labels: usize) -> Vec<u32> {
    let mut numbers = vec![u32::MAX; n_labels];
    let mut taken: Vec<u32> = Vec::new();
    for (stage, labels) in earlier.iter().enumerate() {
        let mut names: Vec<u32> = labels.clone();
        names.sort_unstable();
        names.dedup();
        // Numbers that earlier models have are settled.
        names.retain(|name| *name != NOISE && !taken.contains(name));
        let open: Vec<usize> = (0..n_labels)
            .filter(|&label| numbers[label] == u32::MAX)
            .collect();
        let at = |number: u32| names.binary_search(&number).unwrap_or(usize::MAX) as u32;
        let column =
            |label: u32| open.binary_search(&(label as usize)).unwrap_or(usize::MAX) as u32;
        let pairs = labels.iter().zip(own);
        let pairs = pairs.map(|(&number, &label)| (at(number), column(label)));
        let contingency = Contingency::of(pairs, names.len(), open.len());
        let matching = best_matching(&contingency);
        for (row, column) in matching.column_of_row.iter().enumerate() {
            if let Some(column) = *column
                && (stage == 0 || contingency.count(row, column) > 0)
            {
                numbers[open[column]] = names[row];
            }
        }
        taken.extend(labels.iter().filter(|label| **label != NOISE));
        taken.sort_unstable();
        taken.dedup();
    }
    for label in 0..n_labels {
        if numbers[label] == u32::MAX {
            numbers[label] = lowest_free(&taken);
            taken.push(numbers[label]);
        }
    }
    numbers
}

/// The number of each label; [`NOISE`] is unchanged.
fn numbered(labels: &[u32], numbers: &[u32]) -> Vec<u32> {
    let number = |label: &u32| numbers.get(*label as usize).copied().unwrap_or(NOISE);
    labels.iter().map(number).collect()
}
