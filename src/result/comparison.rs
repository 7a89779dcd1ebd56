//! The models side by side on the same customers.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Identity, Model, Settings, lowest_free};
use crate::agreement::{Contingency, best_matching};
use crate::cluster::gaussian_mixture::GaussianMixture;
use crate::cluster::{Labels, Samples};
use crate::features::{Feature, Prepared};
use crate::numeric::{Matrix, order_by};
use crate::quality::Silhouette;
use crate::table::Table;

/// The label of a row that no model saw, because a feature has no value there.
pub const NO_SEGMENT: u32 = u32::MAX;

/// What one model found. Segments are numbered alike in all models of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelResult {
    /// Segment of every row of the table, [`NO_SEGMENT`] where it was left out.
    #[serde(skip)]
    pub labels: Vec<u32>,
    /// Customers per segment, by number; 0 for a segment that only another model has.
    pub sizes: Vec<usize>,
    /// Mean of each feature per segment, in raw units; shape `(n_segments, n_features)`, zeros where the model has no such segment.
    pub centroids_raw: Matrix,
    /// Number of each of the model's own labels.
    pub numbers: Vec<u32>,
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
    /// Numbers of its segments, ascending: the order of what follows.
    pub segments: Vec<u32>,
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
/// Segments are numbered by ascending centroid of K-Means (first feature, then the next), or as those of before (see [`Identity`]);
/// those of the other models take the number of the segment they are matched to. Where models have different numbers of segments,
/// what is left without a counterpart is matched among the others, and then gets a number of its own. A customer is mismatched when
/// the numbers differ between the models that are compared.
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
    /// Number of segments that was asked for.
    pub n_clusters: usize,
    /// Numbers of segments are below this; more than `n_clusters` where models differ in it or numbers of before are kept.
    pub n_segments: usize,
    /// What the segments are known again by.
    pub identity: Identity,
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
pub(crate) struct Fitted<'a> {
    pub(crate) labels: &'a Labels,
    pub(crate) silhouette: &'a Silhouette,
    pub(crate) inertia: Option<f64>,
    pub(crate) is_approximate: bool,
    pub(crate) mixture: Option<&'a GaussianMixture>,
}

/// What the models were fitted on.
pub(crate) struct FittedOn<'a> {
    pub(crate) prepared: &'a Prepared,
    pub(crate) samples: &'a Samples,
    pub(crate) table: &'a Table,
}

impl Comparison {
    /// Numbers the segments alike and puts the results side by side. The first model gives the numbers.
    pub(crate) fn new(
        settings: Settings,
        fitted_on: &FittedOn,
        (made, made_values): (Vec<usize>, Vec<Vec<f64>>),
        [k_means, hierarchical]: [&Fitted; 2],
        mixture: Option<&Fitted>,
    ) -> Self {
        let (prepared, samples) = (fitted_on.prepared, fitted_on.samples);
        let own: Vec<Vec<u32>> = [Some(k_means), Some(hierarchical), mixture]
            .into_iter()
            .flatten()
            .map(|fitted| fitted.labels.of_samples(samples))
            .collect();
        let n_clusters = k_means.labels.n_clusters;
        let by_centroid = numbers_by_centroid(&centroids(&prepared.raw, &own[0], n_clusters));
        let first = match &settings.identity {
            Some(identity) => {
                let labels = fitted_on.of_rows(&numbered(&own[0], &by_centroid));
                let fresh = Identity::of(fitted_on.table, &labels, n_clusters);
                let kept = identity.numbers_for(&fresh, fitted_on.table);
                by_centroid.iter().map(|&at| kept[at as usize]).collect()
            }
            None => by_centroid,
        };
        let mut numbers = vec![first];
        let mut placed = vec![numbered(&own[0], &numbers[0])];
        for (own, fitted) in own[1..].iter().zip([Some(hierarchical), mixture]) {
            let n_labels = fitted.map_or(0, |fitted| fitted.labels.n_clusters);
            let of_model = numbers_like(&placed, own, n_labels);
            placed.push(numbered(own, &of_model));
            numbers.push(of_model);
        }
        let n_segments = numbers
            .iter()
            .flatten()
            .max()
            .map_or(0, |&it| it as usize + 1);
        let result = |at: usize, fitted: &Fitted| {
            fitted_on.result(fitted, &placed[at], &numbers[at], n_segments)
        };
        let k_means = result(0, k_means);
        let compared = |model: &Model| match model {
            Model::KMeans => own.first(),
            Model::Hierarchical => own.get(1),
            Model::GaussianMixture => own.get(2),
        };
        let naive: Vec<&Vec<u32>> = settings.models.iter().filter_map(compared).collect();
        let differs = |&i: &usize| naive.iter().any(|labels| labels[i] != naive[0][i]);
        Self {
            features: prepared.names.clone(),
            made,
            made_values,
            n_clusters,
            n_segments,
            identity: Identity::of(fitted_on.table, &k_means.labels, n_segments),
            n_customers: prepared.rows.len(),
            n_left_out: fitted_on.table.n_rows() - prepared.rows.len(),
            k_means,
            hierarchical: result(1, hierarchical),
            gaussian_mixture: mixture.map(|mixture| result(2, mixture)),
            naive_mismatched: (0..prepared.rows.len()).filter(differs).count(),
            settings,
        }
    }

    /// Numbers of the segments that hold a customer in some model, ascending.
    pub fn segments(&self) -> Vec<usize> {
        let holds = |&segment: &usize| {
            let mut results = Model::ALL
                .into_iter()
                .filter_map(|model| self.result(model));
            results.any(|result| result.sizes[segment] > 0)
        };
        (0..self.n_segments).filter(holds).collect()
    }

    /// How many of the models compared place a row in each segment: the segment with most votes first, equal ones by number.
    pub fn votes(&self, row: usize) -> Vec<(u32, usize)> {
        let mut votes: Vec<(u32, usize)> = Vec::new();
        for model in self.models() {
            let Some(&segment) = self.labels(model).get(row) else {
                continue;
            };
            match votes.iter_mut().find(|(other, _)| *other == segment) {
                Some((_, n)) => *n += 1,
                None => votes.push((segment, 1)),
            }
        }
        let order = order_by(votes.len(), &mut |a, b| {
            votes[b]
                .1
                .cmp(&votes[a].1)
                .then(votes[a].0.cmp(&votes[b].0))
        });
        order.into_iter().map(|at| votes[at as usize]).collect()
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
        Contingency::of(kept.map(|(_, pair)| pair), self.n_segments, self.n_segments)
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
    fn result(
        &self,
        fitted: &Fitted,
        numbered: &[u32],
        numbers: &[u32],
        n_segments: usize,
    ) -> ModelResult {
        let mut sizes = vec![0; n_segments];
        for &segment in numbered {
            sizes[segment as usize] += 1;
        }
        ModelResult {
            labels: self.of_rows(numbered),
            numbers: numbers.to_vec(),
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

    /// Labels of the samples as labels of all rows of the table.
    fn of_rows(&self, of_samples: &[u32]) -> Vec<u32> {
        let mut labels = vec![NO_SEGMENT; self.table.n_rows()];
        for (&row, &label) in self.prepared.rows.iter().zip(of_samples) {
            labels[row] = label;
        }
        labels
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
        let mut certainty = vec![0.0; self.table.n_rows()];
        for (&row, &distinct) in self.prepared.rows.iter().zip(&self.samples.distinct_of) {
            certainty[row] = mixture.certainty[distinct as usize];
        }
        MixtureFacts {
            log_likelihood: mixture.log_likelihood,
            bic: mixture.bic(),
            aic: mixture.aic(),
            segments: order.iter().map(|&at| numbers[at as usize]).collect(),
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

/// New number of each label of a further model: that of its match in the first of `earlier`; of what is left, that of a match among
/// what only the next one has; then the lowest free.
fn numbers_like(earlier: &[Vec<u32>], own: &[u32], n_labels: usize) -> Vec<u32> {
    let mut numbers = vec![u32::MAX; n_labels];
    let mut taken: Vec<u32> = Vec::new();
    for (stage, labels) in earlier.iter().enumerate() {
        let mut names: Vec<u32> = labels.clone();
        names.sort_unstable();
        names.dedup();
        // Matched before: both this model's label and the number are settled.
        names.retain(|name| !taken.contains(name));
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
        taken.extend(labels);
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

fn numbered(labels: &[u32], numbers: &[u32]) -> Vec<u32> {
    labels
        .iter()
        .map(|&label| numbers[label as usize])
        .collect()
}
