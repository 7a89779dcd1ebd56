//! Two models side by side on the same customers.

use serde::{Deserialize, Serialize};

use super::Settings;
use crate::agreement::{Contingency, Matching, best_matching};
use crate::cluster::{Labels, Samples};
use crate::features::{Feature, Prepared};
use crate::numeric::Matrix;
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
}

/// K-Means and hierarchical clustering compared.
///
/// Segments are numbered by ascending centroid of K-Means (first feature, then the next); the hierarchical ones take the
/// number of the segment they are matched to. A customer is mismatched when the two numbers differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The settings in force, with the number of segments and the features filled in.
    pub settings: Settings,
    /// Names of the features, in order.
    pub features: Vec<String>,
    /// Values of the derived features for every row, in the order in which they occur in `settings.features`.
    #[serde(skip)]
    pub derived: Vec<Vec<f64>>,
    /// How many derived features there are.
    pub n_derived: usize,
    /// Number of segments.
    pub n_clusters: usize,
    /// Customers in the models.
    pub n_customers: usize,
    /// Rows left out because a feature has no value there.
    pub n_left_out: usize,
    /// K-Means.
    pub k_means: ModelResult,
    /// Hierarchical clustering (Ward).
    pub hierarchical: ModelResult,
    /// Customers whose labels differ before segments are matched: what a naive comparison would report.
    pub naive_mismatched: usize,
}

/// A fitted model, before its segments have their common numbers.
pub(super) struct Fitted<'a> {
    pub(super) labels: &'a Labels,
    pub(super) silhouette: &'a Silhouette,
    pub(super) inertia: Option<f64>,
}

/// What the models were fitted on.
pub(super) struct FittedOn<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) samples: &'a Samples,
    /// Rows of the table, those left out included.
    pub(super) n_rows: usize,
}

impl Comparison {
    /// Numbers the segments alike and puts the results side by side.
    pub(super) fn new(
        settings: Settings,
        fitted_on: &FittedOn,
        derived: Vec<Vec<f64>>,
        k_means: &Fitted,
        hierarchical: &Fitted,
    ) -> Self {
        let &FittedOn {
            prepared,
            samples,
            n_rows,
        } = fitted_on;
        let n_clusters = k_means.labels.n_clusters;
        let (a, b) = (
            k_means.labels.of_samples(samples),
            hierarchical.labels.of_samples(samples),
        );
        let pairs = || a.iter().copied().zip(b.iter().copied());
        let number_of_k_means = numbers_by_centroid(&centroids(&prepared.raw, &a, n_clusters));
        let contingency = Contingency::of(
            pairs().map(|(a, b)| (number_of_k_means[a as usize], b)),
            n_clusters,
            hierarchical.labels.n_clusters,
        );
        let number_of_hierarchical =
            numbers_by_matching(&best_matching(&contingency), hierarchical.labels.n_clusters);
        let result = |fitted: &Fitted, labels: &[u32], numbers: &[u32]| {
            let numbered: Vec<u32> = labels
                .iter()
                .map(|&label| numbers[label as usize])
                .collect();
            let mut sizes = vec![0; n_clusters.max(numbers.len())];
            let mut of_rows = vec![NO_SEGMENT; n_rows];
            for (&row, &segment) in prepared.rows.iter().zip(&numbered) {
                of_rows[row] = segment;
                sizes[segment as usize] += 1;
            }
            ModelResult {
                labels: of_rows,
                centroids_raw: centroids(&prepared.raw, &numbered, sizes.len()),
                sizes,
                silhouette: fitted.silhouette.score,
                silhouette_measured: fitted.silhouette.n_measured,
                inertia: fitted.inertia,
            }
        };
        Self {
            settings,
            features: prepared.names.clone(),
            n_derived: derived.len(),
            derived,
            n_clusters,
            n_customers: prepared.rows.len(),
            n_left_out: n_rows - prepared.rows.len(),
            k_means: result(k_means, &a, &number_of_k_means),
            hierarchical: result(hierarchical, &b, &number_of_hierarchical),
            naive_mismatched: pairs().filter(|(a, b)| a != b).count(),
        }
    }

    /// Values of the derived features with their names.
    pub fn derived(&self) -> impl Iterator<Item = (String, &[f64])> {
        let features = self
            .settings
            .features
            .iter()
            .flatten()
            .filter(|feature| !matches!(feature, Feature::Column(_)));
        features
            .map(Feature::name)
            .zip(self.derived.iter().map(Vec::as_slice))
    }

    /// Segments of K-Means against those of the hierarchical model, over the rows that `keep` accepts.
    pub fn contingency(&self, keep: impl Fn(usize) -> bool) -> Contingency {
        let pairs = self
            .k_means
            .labels
            .iter()
            .copied()
            .zip(self.hierarchical.labels.iter().copied())
            .enumerate();
        let n = self.n_clusters;
        Contingency::of(
            pairs.filter(|&(row, _)| keep(row)).map(|(_, pair)| pair),
            n,
            n,
        )
    }

    /// Whether the models place the customer in this row differently.
    pub fn is_mismatched(&self, row: usize) -> bool {
        self.k_means.labels.get(row) != self.hierarchical.labels.get(row)
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
    let mut order: Vec<usize> = (0..centroids.n_samples()).collect();
    order.sort_by(|&a, &b| {
        let pairs = centroids.row(a).iter().zip(centroids.row(b));
        pairs
            .map(|(x, y)| x.total_cmp(y))
            .find(|order| order.is_ne())
            .unwrap_or(a.cmp(&b))
    });
    let mut numbers = vec![0; order.len()];
    for (number, label) in order.into_iter().enumerate() {
        numbers[label] = number as u32;
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
