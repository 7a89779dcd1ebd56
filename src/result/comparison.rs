//! The models side by side on the same customers.

use serde::{Deserialize, Serialize};

use super::{Identity, Settings};
use crate::agreement::Contingency;
use crate::cluster::{FitError, ModelKey};
use crate::features::Feature;
use crate::numeric::{Matrix, order_by};

/// The label of a row that is in no model, because a feature has no value there or it repeats another row.
pub const NO_SEGMENT: u32 = u32::MAX;

/// The result of one model. Segments have the same numbers in all models of a comparison.
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
    /// Segment number of each of the model's own labels.
    pub numbers: Vec<u32>,
    /// Mean silhouette of customers in a segment; `None` with fewer than two segments.
    pub silhouette: Option<f64>,
    /// Customers on which the silhouette was measured.
    pub silhouette_measured: usize,
    /// Sum of squared distances to the centroids, in squared scaled units; for K-Means only.
    pub inertia: Option<f64>,
    /// The value that each of its own labels stands for; empty but for [`ModelKey::GIVEN`].
    pub values: Vec<String>,
    /// Whether the model was fitted to groups of near customers; for hierarchical models of many customers.
    pub is_approximate: bool,
    /// Certainty of each row's segment, in `[0, 1]`, 0 for rows left out; empty if the model gives none.
    #[serde(skip)]
    pub certainty: Vec<f64>,
    /// For the Gaussian mixture only.
    pub mixture: Option<MixtureFacts>,
}

impl ModelResult {
    /// The value of the column that a segment stands for; `None` in a fitted model, and for those without a value.
    pub fn value_of(&self, segment: u32) -> Option<&str> {
        let mut named = self.numbers.iter().zip(&self.values);
        let found = named.find(|(number, _)| **number == segment);
        found.map(|(_, value)| value.as_str())
    }
}

/// Results that only a Gaussian mixture has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MixtureFacts {
    /// Natural logarithm of the likelihood, features in scaled units.
    pub log_likelihood: f64,
    /// Bayesian information criterion, lower is better.
    pub bic: f64,
    /// Akaike information criterion, lower is better.
    pub aic: f64,
    /// What was added to every variance, on the diagonal of each covariance, in squared scaled units: the regularisation.
    pub reg_covar: f64,
    /// Numbers of its segments, ascending; the vectors below have this order.
    pub segments: Vec<u32>,
    /// Share of each segment.
    pub weights: Vec<f64>,
    /// Mean of each segment in raw units, shape `(n_clusters, n_features)`.
    pub means_raw: Matrix,
    /// Covariance of each segment in raw units, each of shape `(n_features, n_features)`.
    pub covariances_raw: Vec<Matrix>,
}

/// A model that could not be fitted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailedModel {
    /// The model.
    pub model: ModelKey,
    /// The reason.
    pub error: FitError,
    /// What in the table is behind it, if that is known.
    pub cause: Option<Obstacle>,
}

/// What in the table keeps a model from being fitted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// Many customers have the same value in a feature, so that a segment there has no spread.
    Spike {
        /// Name of the feature.
        feature: String,
        /// The value, in raw units.
        value: f64,
        /// Customers that have it.
        n_same: usize,
        /// All customers.
        n_samples: usize,
    },
    /// Customers that are zero in every feature, so that they have no direction.
    Zeros {
        /// Their rows, from 0; the first of many.
        rows: Vec<usize>,
        /// How many they are.
        n_zero: usize,
    },
}

/// The models compared.
///
/// Segments are numbered by ascending centroid of the first model (first feature, then the next), or keep earlier numbers (see
/// [`Identity`]); those of the other models take the number of the segment they are matched to. Where models have different numbers
/// of segments, unmatched ones are matched among themselves and get new numbers. A customer is mismatched when the numbers differ
/// between the models compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The settings used, with the number of segments and the features filled in.
    pub settings: Settings,
    /// Names of the features, in order.
    pub features: Vec<String>,
    /// Positions in `settings.features` of features whose values are not in the table: derived ones, and columns with missing
    /// values filled in.
    pub made: Vec<usize>,
    /// Their values for every row.
    #[serde(skip)]
    pub made_values: Vec<Vec<f64>>,
    /// The number of segments requested.
    pub n_clusters: usize,
    /// Segment numbers are below this; above `n_clusters` if models have different numbers of segments or earlier numbers are kept.
    pub n_segments: usize,
    /// What later fits recognise the segments by.
    pub identity: Identity,
    /// Customers in the models.
    pub n_customers: usize,
    /// Rows left out because a feature has no value there, because they repeat another, by hand or by filters.
    pub n_left_out: usize,
    /// Of these, customers outside the filters of the settings who could be in the models.
    pub n_outside: usize,
    /// The models compared, in their order; at least one, more unless all others failed.
    pub models: Vec<ModelResult>,
    /// Models that could not be fitted.
    pub failed: Vec<FailedModel>,
    /// The group of customers that some model puts in no segment: the last number.
    pub noise: Option<u32>,
    /// Customers whose labels differ before segments are matched: what a naive comparison would report.
    pub naive_mismatched: usize,
}

impl Comparison {
    /// Numbers of the segments with a customer in some model, ascending.
    pub fn segments(&self) -> Vec<usize> {
        let holds = |&segment: &usize| self.models.iter().any(|result| result.sizes[segment] > 0);
        (0..self.n_segments).filter(holds).collect()
    }

    /// Whether the number stands for customers without a segment.
    pub fn is_noise(&self, segment: u32) -> bool {
        self.noise == Some(segment)
    }

    /// Number of segments of a model that hold customers; those without a segment are none.
    pub fn n_segments_of(&self, model: ModelKey) -> usize {
        let sizes = self.result(model).map_or(&[][..], |it| &it.sizes);
        let held = sizes.iter().enumerate();
        held.filter(|&(segment, &size)| size > 0 && !self.is_noise(segment as u32))
            .count()
    }

    /// The segments that the models give a row, with the number of models for each: most votes first, ties by number.
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

    /// The result of a model; `None` if it is not compared.
    pub fn result(&self, model: ModelKey) -> Option<&ModelResult> {
        self.models.iter().find(|result| result.model == model)
    }

    /// The segment of every row in a model; empty if the model is not compared.
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

    /// The segment of every row in the first model with customers in this segment; in the first model if there is none.
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

    /// The models compared, in display order.
    pub fn models(&self) -> impl Iterator<Item = ModelKey> + '_ {
        self.models.iter().map(|result| result.model)
    }

    /// Those of them that were fitted, without the segments of a column.
    pub fn fitted_models(&self) -> impl Iterator<Item = ModelKey> + '_ {
        self.models().filter(|model| *model != ModelKey::GIVEN)
    }

    /// Whether the segments of a column stand beside the models.
    pub fn has_given(&self) -> bool {
        self.result(ModelKey::GIVEN).is_some()
    }

    /// Whether only one model could be fitted, so that none is compared with another.
    pub fn is_alone(&self) -> bool {
        self.models.len() < 2
    }

    /// The first two of the models compared; twice the same where it is alone.
    pub fn first_pair(&self) -> (ModelKey, ModelKey) {
        let mut models = self.models();
        let first = models.next().unwrap_or(ModelKey::K_MEANS);
        (first, models.next().unwrap_or(first))
    }

    /// Features whose values are not in the table, with their values.
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
