//! The parts of a report about models: each alone, compared with each other, and at every number of segments.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use crate::agreement::best_matching;
use crate::cluster::hierarchical::Linkage;
use crate::cluster::{FitError, ModelKey};
use crate::explain::GroupSummary;
use crate::numeric::map_of;
use crate::quality::{Gap, GroupCount};
use crate::result::{
    Choice, Comparison, FailedModel, Judged, Likeness, MixtureFacts, ModelResult, NO_SEGMENT,
    Obstacle, Sweep, SweepPoint,
};

/// Models that could not be fitted; a cause that is not known has no key.
pub(super) fn failed<S: Serializer>(failed: &[FailedModel], to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Failed<'a> {
        model: ModelKey,
        error: &'a FitError,
        #[serde(skip_serializing_if = "Option::is_none")]
        cause: Option<&'a Obstacle>,
    }
    to.collect_seq(failed.iter().map(|it| Failed {
        model: it.model,
        error: &it.error,
        cause: it.cause.as_ref(),
    }))
}

/// The models at every number of segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepReport {
    /// In ascending order of the number of segments.
    pub points: Vec<PointReport>,
    /// Gap statistic of K-Means, from one segment up.
    pub gaps: Vec<Gap>,
    /// The recommended number; `None` where nothing recommends one.
    pub recommended: Option<usize>,
    /// The groups that the customers form; `None` where they cannot be counted.
    pub groups: Option<GroupCount>,
    /// The number with the highest mean silhouette; `None` if every number has a tiny segment.
    pub overall: Option<Choice>,
    /// The best number for each model alone.
    pub by_model: Vec<(ModelKey, Choice)>,
    /// Customers for whom silhouettes were measured.
    pub n_measured: usize,
    /// Customers clustered.
    pub n_samples: usize,
}

/// The models at one number of segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointReport {
    /// Number of segments.
    pub n_clusters: usize,
    /// The models that could be fitted, each under its key.
    #[serde(flatten)]
    pub models: BTreeMap<ModelKey, Judged>,
    /// Inertia of K-Means in squared scaled units, or the sum of distances of its variant.
    pub inertia: Option<f64>,
    /// Bayesian information criterion of the mixture, lower is better.
    pub bic: Option<f64>,
}

/// One model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelReport {
    /// Segment of each row of the file.
    pub labels: Vec<Option<u32>>,
    /// Customers per segment.
    pub sizes: Vec<usize>,
    /// Mean of each feature per segment, in raw units; empty for a segment that the model lacks.
    pub centroids_raw: Vec<Vec<f64>>,
    /// Mean silhouette.
    pub silhouette: Option<f64>,
    /// Customers for whom it was measured.
    pub silhouette_measured: usize,
    /// Only for a segment column: the value that each segment stands for, by its number; empty for one that it lacks.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub values: Vec<String>,
    /// Only for K-Means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inertia: Option<f64>,
    /// Only for the hierarchical model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linkage: Option<Linkage>,
    /// Only for the hierarchical model, up to 20,000 distinct customers: how well the tree preserves distances.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cophenetic: Option<f64>,
    /// Certainty of each row's segment, in `[0, 1]`; absent for a mixture, whose components give it, and if the model has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Vec<Option<f64>>>,
    /// Only for the Gaussian mixture: likelihood, criteria, weights, means and covariances.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mixture: Option<MixtureFacts>,
    /// Only for the hierarchical model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merges: Option<Vec<MergeRow>>,
}

/// A merge in SciPy's layout: `[left, right, height, size]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MergeRow(pub u32, pub u32, pub f64, pub u32);

/// The models compared with each other; where only one could be fitted its measures are NaN (null in the file), its lists empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparisonReport {
    /// Segment of the other models matched to each segment of the first: the same number, since segments have common numbers.
    pub matching: Vec<usize>,
    /// The label of customers in no segment of some model; absent if there are none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub noise: Option<u32>,
    /// Customers per pair of segments.
    pub contingency: Vec<Vec<u64>>,
    /// Customers whose segments are not matched to each other.
    pub n_mismatched: usize,
    /// Their rows, from 0.
    pub mismatched_rows: Vec<usize>,
    /// Their identifiers, or row numbers from 1 if the file has none.
    pub mismatched_ids: Vec<String>,
    /// Share of customers that are not mismatched.
    pub agreement_fraction: f64,
    /// Adjusted Rand index.
    pub ari: f64,
    /// Adjusted mutual information (arithmetic mean).
    pub ami: f64,
    /// Variation of information in nats.
    pub vi: f64,
    /// Fowlkes-Mallows index; `None` if a model has no two customers in a segment.
    pub fowlkes_mallows: Option<f64>,
    /// Element-centric similarity: the mean over all customers.
    pub element_centric: f64,
    /// Of each row of the file, the mean over all pairs of models.
    pub element_centric_of_rows: Vec<Option<f64>>,
    /// Every pair of the models compared, matched to each other directly.
    pub pairs: Vec<PairReport>,
    /// Mismatched customers for whom most models agree.
    pub n_with_majority: usize,
    /// Customers whose labels differ before segments are matched.
    pub naive_mismatched: usize,
    /// Spread of every numeric column and derived feature among the mismatched and among all customers.
    pub summary: Vec<GroupSummary>,
}

/// Two models compared with each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairReport {
    /// The models.
    pub models: (ModelKey, ModelKey),
    /// Customers whose segments are matched to each other.
    pub n_agreeing: u64,
    /// Adjusted Rand index.
    pub ari: f64,
    /// Adjusted mutual information (arithmetic mean).
    pub ami: f64,
    /// Variation of information in nats.
    pub vi: f64,
    /// Fowlkes-Mallows index; `None` if a model has no two customers in a segment.
    pub fowlkes_mallows: Option<f64>,
    /// Element-centric similarity: the mean over all customers.
    pub element_centric: f64,
}

impl PairReport {
    pub(super) fn all(comparison: &Comparison, likeness: &Likeness) -> Vec<Self> {
        let models: Vec<ModelKey> = comparison.models().collect();
        let mut pairs = Vec::new();
        for (at, &first) in models.iter().enumerate() {
            for &second in &models[at + 1..] {
                let contingency = comparison.contingency((first, second), |_| true);
                pairs.push(Self {
                    models: (first, second),
                    n_agreeing: best_matching(&contingency).agreeing,
                    ari: contingency.adjusted_rand_index(),
                    ami: contingency.adjusted_mutual_information(),
                    vi: contingency.variation_of_information(),
                    fowlkes_mallows: contingency.fowlkes_mallows(),
                    element_centric: likeness.of_models(first, second),
                });
            }
        }
        pairs
    }
}

impl SweepReport {
    pub(super) fn of(sweep: &Sweep) -> Self {
        let point = |point: &SweepPoint| PointReport {
            n_clusters: point.n_clusters,
            models: map_of(point.models.iter().cloned()),
            inertia: point.inertia,
            bic: point.bic,
        };
        Self {
            points: sweep.points.iter().map(point).collect(),
            gaps: sweep.gaps.clone(),
            recommended: sweep.recommended(),
            groups: sweep.groups.clone(),
            overall: sweep.overall.clone(),
            by_model: sweep.by_model.clone(),
            n_measured: sweep.n_measured,
            n_samples: sweep.n_samples,
        }
    }
}

impl ModelReport {
    pub(super) fn new(model: &ModelResult) -> Self {
        let is_given = model.model == ModelKey::GIVEN;
        let segments = (0..model.sizes.len() as u32).filter(|_| is_given);
        let value = |segment: u32| model.value_of(segment).unwrap_or_default().to_owned();
        Self {
            values: segments.map(value).collect(),
            labels: model
                .labels
                .iter()
                .map(|&label| (label != NO_SEGMENT).then_some(label))
                .collect(),
            sizes: model.sizes.clone(),
            centroids_raw: model
                .centroids_raw
                .rows()
                .zip(&model.sizes)
                .map(|(row, &size)| if size > 0 { row.to_vec() } else { Vec::new() })
                .collect(),
            silhouette: model.silhouette,
            silhouette_measured: model.silhouette_measured,
            inertia: model.inertia,
            linkage: None,
            cophenetic: None,
            certainty: certainty_of(model),
            mixture: model.mixture.clone(),
            merges: None,
        }
    }
}

/// The certainties in a report, row by row.
fn certainty_of(model: &ModelResult) -> Option<Vec<Option<f64>>> {
    let is_told = !model.certainty.is_empty() && model.mixture.is_none();
    is_told.then(|| {
        let rows = model.certainty.iter().zip(&model.labels);
        rows.map(|(&certainty, &label)| (label != NO_SEGMENT).then_some(certainty))
            .collect()
    })
}
