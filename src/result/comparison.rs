//! The models side by side on the same customers.

use serde::{Deserialize, Serialize};

use super::{Identity, Settings};
use crate::agreement::Contingency;
use crate::cluster::{FitError, ModelKey};
use crate::features::Feature;
use crate::numeric::{Matrix, order_by};

/// The label of a row that no model saw, because a feature has no value there.
pub const NO_SEGMENT: u32 = u32::MAX;

/// What one model found. Segments are numbered alike in all models of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelResult {
    /// The model.
    pub model: ModelKey,
    /// Segment of every row of the table, [`NO_SEGMENT`] where it was left out.
    #[serde(skip)]
    pub labels: Vec<u32>,
    /// Customers per segment, by number; 0 for a segment that only another model has.
    pub sizes: Vec<usize>,
    /// Mean of each feature per segment, in raw units; shape `(n_segments, n_features)`, zeros where the model has no such segment.
    pub centroids_raw: Matrix,
    /// Number of each of the model's own labels.
    pub numbers: Vec<u32>,
    /// Mean silhouette of those who are in a segment; `None` where fewer than two segments are there.
    pub silhouette: Option<f64>,
    /// Customers on which the silhouette was measured.
    pub silhouette_measured: usize,
    /// Sum of squared distances to the centroids, in squared scaled units; for K-Means only.
    pub inertia: Option<f64>,
    /// Whether the model was fitted to groups of near customers instead of each; for hierarchical models of many customers.
    pub is_approximate: bool,
    /// How surely each row of the table is in its segment, in `[0, 1]`, 0 where the row was left out; empty where the model does
    /// not say.
    #[serde(skip)]
    pub certainty: Vec<f64>,
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
}

/// A model that was asked for and could not be fitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedModel {
    /// The model.
    pub model: ModelKey,
    /// Why.
    pub error: FitError,
}

/// The models compared.
///
/// Segments are numbered by ascending centroid of the first model (first feature, then the next), or as those of before (see [`Identity`]);
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
    /// The models compared, in their order; at least two.
    pub models: Vec<ModelResult>,
    /// Models that were asked for and could not be fitted.
    pub failed: Vec<FailedModel>,
    /// The number of those who belong to no segment of some model: a group of its own, the last.
    pub noise: Option<u32>,
    /// Customers whose labels differ before segments are matched: what a naive comparison would report.
    pub naive_mismatched: usize,
}

impl Comparison {
    /// Numbers of the segments that hold a customer in some model, ascending.
    pub fn segments(&self) -> Vec<usize> {
        let holds = |&segment: &usize| self.models.iter().any(|result| result.sizes[segment] > 0);
        (0..self.n_segments).filter(holds).collect()
    }

    /// Whether the number is that of the customers without a segment.
    pub fn is_noise(&self, segment: u32) -> bool {
        self.noise == Some(segment)
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

    /// What a model found; `None` when it is not among those compared.
    pub fn result(&self, model: ModelKey) -> Option<&ModelResult> {
        self.models.iter().find(|result| result.model == model)
    }

    /// The segment of every row in a model; empty when it is not among those compared.
    pub fn labels(&self, model: ModelKey) -> &[u32] {
        self.result(model).map_or(&[], |result| &result.labels)
    }

    /// The first model that has customers in this segment.
    pub fn model_that_has(&self, segment: u32) -> Option<ModelKey> {
        let has = |result: &&ModelResult| {
            let size = result.sizes.get(segment as usize);
            size.is_some_and(|&size| size > 0)
        };
        self.models.iter().find(has).map(|result| result.model)
    }

    /// The segment of every row in the first model that has customers in this one; in the first of all where none has.
    pub fn labels_that_have(&self, segment: u32) -> &[u32] {
        let model = self.model_that_has(segment);
        model.map_or(self.first_labels(), |model| self.labels(model))
    }

    /// The segment of every row in the first model.
    pub fn first_labels(&self) -> &[u32] {
        self.models.first().map_or(&[], |result| &result.labels)
    }

    /// Whether a row is in the models.
    pub fn is_in(&self, row: usize) -> bool {
        let label = self.first_labels().get(row);
        label.is_some_and(|&label| label != NO_SEGMENT)
    }

    /// The models compared, in the order in which they are shown.
    pub fn models(&self) -> impl Iterator<Item = ModelKey> + '_ {
        self.models.iter().map(|result| result.model)
    }

    /// The first two of the models compared.
    pub fn first_pair(&self) -> (ModelKey, ModelKey) {
        let mut models = self.models();
        let first = models.next().unwrap_or(ModelKey::K_MEANS);
        (first, models.next().unwrap_or(first))
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
        (rows, columns): (ModelKey, ModelKey),
        keep: impl Fn(usize) -> bool,
    ) -> Contingency {
        let (rows, columns) = (self.labels(rows), self.labels(columns));
        let pairs = rows.iter().copied().zip(columns.iter().copied());
        let kept = pairs.enumerate().filter(|&(row, _)| keep(row));
        Contingency::of(kept.map(|(_, pair)| pair), self.n_segments, self.n_segments)
    }

    /// Whether the models compared place the customer in this row differently.
    pub fn is_mismatched(&self, row: usize) -> bool {
        let mut segments = self.models.iter().map(|result| result.labels.get(row));
        let first = segments.next().flatten();
        segments.any(|segment| segment != first)
    }
}
