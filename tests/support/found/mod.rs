//! Results of the use cases for a file, in plain numbers: the one place where the fixtures know the names of requests and results.

mod compared;
mod everything;

use seamline::cluster::ModelKey;
use seamline::cluster::gaussian_mixture::CovarianceType;
use seamline::cluster::hierarchical::HierarchicalParams;
use seamline::features::{Feature, Scaling};
use seamline::result::Settings;

pub use compared::Compared;
pub use everything::Found;

/// A model, by the name of the fixtures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    KMeans,
    Hierarchical,
    GaussianMixture,
}

impl Which {
    pub const ALL: [Self; 3] = [Self::KMeans, Self::Hierarchical, Self::GaussianMixture];

    fn model(self) -> ModelKey {
        match self {
            Self::KMeans => ModelKey::K_MEANS,
            Self::Hierarchical => ModelKey::HIERARCHICAL,
            Self::GaussianMixture => ModelKey::GAUSSIAN_MIXTURE,
        }
    }

    fn of(model: ModelKey) -> Self {
        match model {
            ModelKey::K_MEANS => Self::KMeans,
            ModelKey::HIERARCHICAL => Self::Hierarchical,
            ModelKey::GAUSSIAN_MIXTURE => Self::GaussianMixture,
            other => panic!("the fixtures know no {other:?}"),
        }
    }
}

/// A request.
#[derive(Clone, Debug)]
pub struct Wish {
    pub features: Vec<Feature>,
    pub scaling: Scaling,
    /// Segments of every model; absent: the recommended number.
    pub n_clusters: Option<usize>,
    pub models: Vec<Which>,
    /// Models with another number.
    pub own: Vec<(Which, usize)>,
    pub hierarchical: HierarchicalParams,
    pub covariance: CovarianceType,
    pub seed: u64,
}

impl Wish {
    /// K-Means and Ward's tree on raw columns.
    pub fn raw(columns: &[&str], n_clusters: usize) -> Self {
        Self {
            features: columns.iter().map(|name| Feature::column(name)).collect(),
            scaling: Scaling::None,
            n_clusters: Some(n_clusters),
            models: vec![Which::KMeans, Which::Hierarchical],
            own: Vec::new(),
            hierarchical: HierarchicalParams::default(),
            covariance: CovarianceType::default(),
            seed: 1,
        }
    }

    fn settings(&self) -> Settings {
        Settings {
            features: Some(self.features.clone()),
            scaling: self.scaling,
            n_clusters: self.n_clusters,
            models: self.models.iter().map(|which| which.model()).collect(),
            own_n_clusters: self
                .own
                .iter()
                .map(|(which, n)| (which.model(), *n))
                .collect(),
            hierarchical: self.hierarchical,
            covariance: self.covariance,
            seed: self.seed,
            ..Settings::default()
        }
    }

    /// The same as settings for the command line.
    pub fn json(&self) -> String {
        serde_json::to_string(&self.settings()).unwrap()
    }
}
