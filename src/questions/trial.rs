//! One choice of scaling and features, fitted by whoever has time: the first model and those that it is compared with.

use serde::{Deserialize, Serialize};

use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::{Dendrogram, Hierarchical, HierarchicalParams, Linkage};
use crate::cluster::{Fit, FitError, FitJob, Labels, Metric, ModelKey, Samples, Scale};
use crate::result::{K_RANGE, Settings};

/// What the first model is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// A tree of this linkage.
    Hierarchical(Linkage),
    /// A Gaussian mixture of this shape.
    GaussianMixture(CovarianceType),
}

/// A choice, with all that it needs to be tried.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Trial {
    /// The customers that are looked at.
    pub(super) samples: Samples,
    settings: Settings,
    numbers: Vec<usize>,
}

/// What was found with one number of segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Clusterings {
    pub(super) n_clusters: usize,
    /// Of the first model.
    pub(super) first: Labels,
    /// Of those that it is compared with.
    pub(super) others: Vec<(Against, Labels)>,
}

impl Trial {
    /// With as many segments as today, one fewer and one more.
    pub(super) fn of(samples: Samples, settings: Settings, today: usize) -> Self {
        let numbers = (today - 1..=today + 1)
            .filter(|k| K_RANGE.contains(k) && *k < samples.n_distinct())
            .collect();
        Self {
            samples,
            settings,
            numbers,
        }
    }

    /// Fits all models.
    pub(super) fn fit(&self) -> Result<Vec<Clusterings>, FitError> {
        let (samples, settings) = (&self.samples, &self.settings);
        let trees = trees(samples, settings)?;
        let mut found = Vec::new();
        for &k in &self.numbers {
            let Some(first) = partition(samples, settings, k)? else {
                continue;
            };
            let mut others = Vec::new();
            for (linkage, tree) in &trees {
                others.push((Against::Hierarchical(*linkage), tree.cut_at_count(k)?));
            }
            let start = others.first().map(|(_, cut)| cut.clone());
            let starts = [Some(first.clone()), start].into_iter().flatten().collect();
            others.extend(mixture(samples, settings, starts));
            found.push(Clusterings {
                n_clusters: k,
                first,
                others,
            });
        }
        Ok(found)
    }
}

/// K-Means or its relative with `k` segments.
fn partition(samples: &Samples, settings: &Settings, k: usize) -> Result<Option<Labels>, FitError> {
    let found = fitted(samples, settings, ModelKey::K_MEANS, (k, Vec::new()))?;
    found.map(|fit| fit.labels(k)).transpose()
}

/// A model with so many segments, from these starts; `None` where there is no such model.
fn fitted(
    samples: &Samples,
    settings: &Settings,
    model: ModelKey,
    (k, starts): (usize, Vec<Labels>),
) -> Result<Option<Fit>, FitError> {
    let Some(found) = model.model() else {
        return Ok(None);
    };
    let job = FitJob {
        key: found.fit_key(&settings.model_options(), k),
        starts,
        scale: Scale::of(samples),
    };
    job.fit(samples, &mut |_| ()).map(Some)
}

/// Trees of the usual linkages, and of today's.
fn trees(samples: &Samples, settings: &Settings) -> Result<Vec<(Linkage, Dendrogram)>, FitError> {
    let today = settings.hierarchical;
    let mut linkages = vec![Linkage::Ward, Linkage::Complete, Linkage::Average];
    if !linkages.contains(&today.linkage) {
        linkages.push(today.linkage);
    }
    let mut found = Vec::new();
    for linkage in linkages {
        let metric = linkage.check(today.metric);
        let metric = metric.map_or(Metric::Euclidean, |()| today.metric);
        let params = HierarchicalParams { linkage, metric };
        found.push((
            linkage,
            Hierarchical::fit(samples, params, &mut |_| ())?.tree,
        ));
    }
    Ok(found)
}

/// The mixture, unless it collapses.
fn mixture(
    samples: &Samples,
    settings: &Settings,
    starts: Vec<Labels>,
) -> Option<(Against, Labels)> {
    let k = starts.first()?.n_clusters;
    let found = fitted(samples, settings, ModelKey::GAUSSIAN_MIXTURE, (k, starts));
    let labels = found.ok()??.labels(k).ok()?;
    Some((Against::GaussianMixture(settings.covariance), labels))
}
