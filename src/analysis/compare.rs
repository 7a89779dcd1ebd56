//! Two models side by side on the same customers.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Model, Settings};
use crate::agreement::{Contingency, Matching, best_matching};
use crate::cluster::gaussian_mixture::GaussianMixture;
use crate::cluster::{Labels, Samples};
use crate::features::{Feature, Prepared};
use crate::numeric::{Matrix, order_by};
use crate::quality::Silhouette;

/// The label of a row that no model saw, because a feature has no value there.
pub const NO_SEGMENT: u32 = u32::MAX;

/// What one model found. Segments are numbered alike in all models of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelResult {
    /// Segment of every row of the table, [`NO_SEGMENT`] where it was left out.
    #[serde(skip)]
    pub labels: Vec<u32>,
    /// Customers per segment.
    pub sizes: Vec<usize>,
    /// Mean of each feature per segment, in raw units; shape `(n_clusters, n_features)`.
    pub centroids_raw: Matrix,
    /// Mean silhouette.
    pub silhouette: f64,
    /// Customers on which the silhouette was measured.
    pub silhouette_measured: usize,
    /// Sum of squared distances to the centroids, in squared scaled units; for K-Means only.
    pub inertia: Option<f64>,
    /// Whether the model was fitted to groups of near customers instead of each; for hierarchical models of many customers.
    pub is_approximate: bool,
    /// For the Gaussian mixture only.
    pub mixture: Option<MixtureFacts>,
}

/// What only a Gaussian mixture knows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MixtureFacts {
    /// Natural logarithm of the likelihood, features in scaled units.
    pub log_likelihood: f64,
    /// Bayesian information criterion, lower is better.
    pub bic: f64,
    /// Akaike information criterion, lower is better.
    pub aic: f64,
    /// Share of each segment.
    pub weights: Vec<f64>,
    /// Mean of each segment in raw units, shape `(n_clusters, n_features)`.
    pub means_raw: Matrix,
    /// Covariance of each segment in raw units, each of shape `(n_features, n_features)`.
    pub covariances_raw: Vec<Matrix>,
    /// Probability of the own segment for every row of the table; 0 where the row was left out.
    #[serde(skip)]
    pub certainty: Vec<f64>,
}

/// The models compared.
///
/// Segments are numbered by ascending centroid of K-Means (first feature, then the next); those of the other
/// models take the number of the segment they are matched to. A customer is mismatched when the numbers differ between the
/// models that are compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The settings in force, with the number of segments and the features filled in.
    pub settings: Settings,
    /// Names of the features, in order.
    pub features: Vec<String>,
    /// Positions in `settings.features` of those whose values are not in the table: derived ones, and columns in which missing values
    /// are filled in.
    pub made: Vec<usize>,
    /// Their values for every row.
    #[serde(skip)]
    pub made_values: Vec<Vec<f64>>,
    /// Number of segments.
    pub n_clusters: usize,
    /// Customers in the models.
    pub n_customers: usize,
    /// Rows left out because a feature has no value there, or because they repeat another.
    pub n_left_out: usize,
    /// K-Means.
    pub k_means: ModelResult,
    /// Hierarchical clustering.
    pub hierarchical: ModelResult,
    /// Gaussian mixture, where it is among the models compared.
    pub gaussian_mixture: Option<ModelResult>,
    /// Customers whose labels differ before segments are matched: what a naive comparison would report.
    pub naive_mismatched: usize,
}

/// A fitted model, before its segments have their common numbers.
pub(super) struct Fitted<'a> {
    pub(super) labels: &'a Labels,
    pub(super) silhouette: &'a Silhouette,
    pub(super) inertia: Option<f64>,
    pub(super) is_approximate: bool,
    pub(super) mixture: Option<&'a GaussianMixture>,
}

/// What the models were fitted on.
pub(super) struct FittedOn<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) samples: &'a Samples,
    /// Rows of the table, those left out included.
    pub(super) n_rows: usize,
}

impl Comparison {
    /// Numbers the segments alike and puts the results side by side. The first model gives the numbers.
    pub(super) fn new(
        settings: Settings,
        fitted_on: &FittedOn,
        (made, made_values): (Vec<usize>, Vec<Vec<f64>>),
        [k_means, hierarchical]: [&Fitted; 2],
        mixture: Option<&Fitted>,
    ) -> Self {
        let &FittedOn {
            prepared,
            samples,
            n_rows,
        } = fitted_on;
        let n_clusters = k_means.labels.n_clusters;
        let first = k_means.labels.of_samples(samples);
        let numbers = numbers_by_centroid(&centroids(&prepared.raw, &first, n_clusters));
        let numbered = |labels: &[u32], numbers: &[u32]| -> Vec<u32> {
            labels
                .iter()
                .map(|&label| numbers[label as usize])
                .collect()
        };
        let reference = numbered(&first, &numbers);
        let result = |fitted: &Fitted| {
            let own = fitted.labels.of_samples(samples);
            let n_labels = fitted.labels.n_clusters;
            let numbers = if std::ptr::eq(fitted, k_means) {
                numbers.clone()
            } else {
                let pairs = reference.iter().copied().zip(own.iter().copied());
                let contingency = Contingency::of(pairs, n_clusters, n_labels);
                numbers_by_matching(&best_matching(&contingency), n_labels)
            };
            fitted_on.result(fitted, &numbered(&own, &numbers), &numbers)
        };
        let fitted = |model: &Model| match model {
            Model::KMeans => Some(k_means),
            Model::Hierarchical => Some(hierarchical),
            Model::GaussianMixture => mixture,
        };
        let naive: Vec<Vec<u32>> = settings
            .models
            .iter()
            .filter_map(fitted)
            .map(|fitted| fitted.labels.of_samples(samples))
            .collect();
        let differs = |&i: &usize| naive.iter().any(|labels| labels[i] != naive[0][i]);
        Self {
            features: prepared.names.clone(),
            made,
            made_values,
            n_clusters,
            n_customers: prepared.rows.len(),
            n_left_out: n_rows - prepared.rows.len(),
            k_means: result(k_means),
            hierarchical: result(hierarchical),
            gaussian_mixture: mixture.map(result),
            naive_mismatched: (0..reference.len()).filter(differs).count(),
            settings,
        }
    }

    /// What a model found; `None` when it was not fitted.
    pub fn result(&self, model: Model) -> Option<&ModelResult> {
        match model {
            Model::KMeans => Some(&self.k_means),
            Model::Hierarchical => Some(&self.hierarchical),
            Model::GaussianMixture => self.gaussian_mixture.as_ref(),
        }
    }

    /// The segment of every row in a model; empty when it was not fitted.
    pub fn labels(&self, model: Model) -> &[u32] {
        self.result(model).map_or(&[], |result| &result.labels)
    }

    /// The models compared, in the order in which they are shown.
    pub fn models(&self) -> impl Iterator<Item = Model> + '_ {
        self.settings.models.iter().copied()
    }

    /// The first two of the models compared.
    pub fn first_pair(&self) -> (Model, Model) {
        let mut models = self.models();
        let first = models.next().unwrap_or(Model::KMeans);
        (first, models.next().unwrap_or(Model::Hierarchical))
    }

    /// Features whose values are not in the table, with these values.
    pub fn made(&self) -> impl Iterator<Item = (&Feature, &[f64])> {
        let features = self.settings.features.as_deref().unwrap_or_default();
        let made = self.made.iter().filter_map(|&at| features.get(at));
        made.zip(self.made_values.iter().map(Vec::as_slice))
    }

    /// Segments of one model against those of another, over the rows that `keep` accepts.
    pub fn contingency(
        &self,
        (rows, columns): (Model, Model),
        keep: impl Fn(usize) -> bool,
    ) -> Contingency {
        let (rows, columns) = (self.labels(rows), self.labels(columns));
        let pairs = rows.iter().copied().zip(columns.iter().copied());
        let kept = pairs.enumerate().filter(|&(row, _)| keep(row));
        Contingency::of(kept.map(|(_, pair)| pair), self.n_clusters, self.n_clusters)
    }

    /// Whether the models compared place the customer in this row differently.
    pub fn is_mismatched(&self, row: usize) -> bool {
        let mut segments = self.models().map(|model| self.labels(model).get(row));
        let first = segments.next().flatten();
        segments.any(|segment| segment != first)
    }
}

impl FittedOn<'_> {
    /// The result of a model whose samples have their common numbers; `numbers` are those of its own labels.
    fn result(&self, fitted: &Fitted, numbered: &[u32], numbers: &[u32]) -> ModelResult {
        let mut sizes = vec![0; numbers.len()];
        let mut labels = vec![NO_SEGMENT; self.n_rows];
        for (&row, &segment) in self.prepared.rows.iter().zip(numbered) {
            labels[row] = segment;
            sizes[segment as usize] += 1;
        }
        ModelResult {
            labels,
            centroids_raw: centroids(&self.prepared.raw, numbered, sizes.len()),
            sizes,
            silhouette: fitted.silhouette.score,
            silhouette_measured: fitted.silhouette.n_measured,
            inertia: fitted.inertia,
            is_approximate: fitted.is_approximate,
            mixture: fitted
                .mixture
                .map(|mixture| self.mixture_facts(mixture, numbers)),
        }
    }

    /// Components under their common numbers, in raw units.
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
            let scaled = component
                .mean
                .iter()
                .zip(&self.samples.means)
                .map(|(x, mean)| x + mean);
            means_raw.push_row(
                scaled
                    .enumerate()
                    .map(|(feature, x)| scaler.raw_from_scaled(feature, x)),
            );
        }
        let covariances_raw = components().map(|component| {
            let mut raw = Matrix::with_features(d);
            for (i, row) in component.covariance.rows().enumerate() {
                raw.push_row(
                    row.iter()
                        .enumerate()
                        .map(|(j, x)| x * scaler.divisor(i) * scaler.divisor(j)),
                );
            }
            raw
        });
        let mut certainty = vec![0.0; self.n_rows];
        for (&row, &distinct) in self.prepared.rows.iter().zip(&self.samples.distinct_of) {
            certainty[row] = mixture.certainty[distinct as usize];
        }
        MixtureFacts {
            log_likelihood: mixture.log_likelihood,
            bic: mixture.bic(),
            aic: mixture.aic(),
            weights: components().map(|component| component.weight).collect(),
            covariances_raw: covariances_raw.collect(),
            means_raw,
            certainty,
        }
    }
}

/// Mean of the samples of each label, shape `(n_clusters, n_features)`.
fn centroids(raw: &Matrix, labels: &[u32], n_clusters: usize) -> Matrix {
    // The mean is taken as first sample + mean of the differences, so that large offsets cost no digits.
    let mut first: Vec<Option<usize>> = vec![None; n_clusters];
    let mut counts = vec![0_usize; n_clusters];
    let mut sums = Matrix::zeros(n_clusters, raw.n_features());
    for (sample, &label) in labels.iter().enumerate() {
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

/// New number of each label: the order of its centroid.
fn numbers_by_centroid(centroids: &Matrix) -> Vec<u32> {
    let order = order_by(centroids.n_samples(), &mut |a, b| {
        let pairs = centroids.row(a).iter().zip(centroids.row(b));
        let mut orders = pairs.map(|(x, y)| x.total_cmp(y));
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

/// New number of each label of the second model: that of its match, or a number of its own above them.
fn numbers_by_matching(matching: &Matching, n_labels: usize) -> Vec<u32> {
    let mut next = matching.column_of_row.len() as u32;
    let numbers = matching.row_of_column(n_labels).into_iter().map(|row| {
        row.map_or_else(
            || {
                next += 1;
                next - 1
            },
            |row| row as u32,
        )
    });
    numbers.collect()
}
