//! One choice of scaling and features, fitted on any worker: the first model, and those it is compared with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bootstrap::Again;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::{Dendrogram, Hierarchical, HierarchicalParams, Linkage};
use crate::cluster::{FitError, FitJob, Labels, Metric, ModelKey, Samples, Scale};
use crate::result::{K_RANGE, Settings};

/// A model that the first one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// A tree of this linkage.
    Hierarchical(Linkage),
    /// A Gaussian mixture of this shape.
    GaussianMixture(CovarianceType),
    /// Another of the models compared, with its own options.
    Model(ModelKey),
}

/// A choice with everything needed to try it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Trial {
    /// The customers of the trial.
    pub(super) samples: Samples,
    settings: Settings,
    models: Vec<ModelKey>,
    numbers: Vec<usize>,
}

/// The results for one number of segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Clusterings {
    pub(super) n_clusters: usize,
    /// The first model.
    pub(super) first: Labels,
    /// The models that it is compared with.
    pub(super) others: Vec<(Against, Labels)>,
}

impl Trial {
    /// With the current number of segments, one less and one more. `models` are those currently compared.
    pub(super) fn of(
        samples: Samples,
        settings: Settings,
        models: Vec<ModelKey>,
        today: usize,
    ) -> Self {
        let numbers = (today - 1..=today + 1)
            .filter(|k| K_RANGE.contains(k) && *k < samples.n_distinct())
            .collect();
        Self {
            samples,
            settings: Settings {
                // Here all models have the same number.
                own_n_clusters: BTreeMap::new(),
                ..settings
            },
            models,
            numbers,
        }
    }

    /// Fits the first model, the usual trees, the mixture, and the other models compared. Skips what cannot be fitted; without the
    /// first model there is nothing to compare.
    pub(super) fn fit(&self) -> Result<Vec<Clusterings>, FitError> {
        let Some((&first_model, others_compared)) = self.models.split_first() else {
            return Ok(Vec::new());
        };
        let trees = self.trees(first_model);
        let mut found = Vec::new();
        for &k in &self.numbers {
            let Some(first) = self.model(first_model, k) else {
                continue;
            };
            let mut others = Vec::new();
            for (linkage, tree) in &trees {
                others.push((Against::Hierarchical(*linkage), tree.cut_at_count(k)?));
            }
            let mixture = match first_model {
                ModelKey::GAUSSIAN_MIXTURE => None,
                // Starts from these clusterings, as the mixture of a result starts from K-Means and a tree.
                ModelKey::K_MEANS => {
                    let start = others.first().map(|(_, cut)| cut.clone());
                    self.mixture([Some(first.clone()), start].into_iter().flatten().collect())
                }
                _ => self.model(ModelKey::GAUSSIAN_MIXTURE, k),
            };
            let shape = Against::GaussianMixture(self.settings.covariance);
            others.extend(mixture.map(|labels| (shape, labels)));
            for &model in others_compared {
                if model != ModelKey::HIERARCHICAL && model != ModelKey::GAUSSIAN_MIXTURE {
                    let labels = self.model(model, k);
                    others.extend(labels.map(|labels| (Against::Model(model), labels)));
                }
            }
            found.push(Clusterings {
                n_clusters: k,
                first,
                others,
            });
        }
        Ok(found)
    }

    /// A model with its options and this number of segments, unless it decides the number; `None` if it cannot be fitted.
    fn model(&self, model: ModelKey, k: usize) -> Option<Labels> {
        let again = Again {
            samples: &self.samples,
            models: &[model],
            settings: &self.settings,
            options: self.settings.model_options(),
            n_clusters: k,
            scale: Scale::of(&self.samples),
        };
        again.labels().pop().map(|(_, labels)| labels)
    }

    /// Trees of the usual linkages and of the current one, except the one that is the first model.
    fn trees(&self, first: ModelKey) -> Vec<(Linkage, Dendrogram)> {
        let today = self.settings.hierarchical;
        let mut linkages = vec![Linkage::Ward, Linkage::Complete, Linkage::Average];
        if !linkages.contains(&today.linkage) {
            linkages.push(today.linkage);
        }
        linkages.retain(|linkage| first != ModelKey::HIERARCHICAL || *linkage != today.linkage);
        let tree = |linkage: Linkage| {
            let metric = linkage.check(today.metric);
            let metric = metric.map_or(Metric::Euclidean, |()| today.metric);
            let params = HierarchicalParams { linkage, metric };
            let found = Hierarchical::fit(&self.samples, params, &mut |_| ()).ok()?;
            Some((linkage, found.tree))
        };
        linkages.into_iter().filter_map(tree).collect()
    }

    /// The mixture from these starts; `None` if it collapses.
    fn mixture(&self, starts: Vec<Labels>) -> Option<Labels> {
        let k = starts.first()?.n_clusters;
        let model = ModelKey::GAUSSIAN_MIXTURE.model()?;
        let job = FitJob {
            key: model.fit_key(&self.settings.model_options(), k),
            starts,
            scale: Scale::of(&self.samples),
        };
        job.fit(&self.samples, &mut |_| ()).ok()?.labels(k).ok()
    }
}
