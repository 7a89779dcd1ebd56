//! Parameters of a Gaussian mixture.

use serde::{Deserialize, Serialize};

use crate::cluster::ParamsError;

/// What the components may look like.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum CovarianceType {
    /// Every component has its own ellipsoid.
    #[default]
    Full,
    /// All components share one ellipsoid.
    Tied,
    /// Every component has its own ellipsoid along the axes.
    Diag,
    /// Every component has its own sphere.
    Spherical,
}

/// Parameters of [`super::GaussianMixture::fit`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GaussianMixtureParams {
    /// Shape of the components.
    pub covariance: CovarianceType,
    /// Added to every variance, in squared scaled units.
    pub reg_covar: f64,
    /// A run has converged when an iteration raises the mean log-likelihood by less.
    pub tol: f64,
    /// Iterations at most.
    pub max_iter: usize,
    /// Samples that a component needs at least, beside what its shape needs.
    pub least_samples: usize,
    /// Starts drawn at random beside those given. Without any, each start that is given runs to its end as it is.
    pub n_starts: usize,
    /// Start of the random sequences.
    pub seed: u64,
}

impl Default for GaussianMixtureParams {
    fn default() -> Self {
        Self {
            covariance: CovarianceType::Full,
            reg_covar: 1e-6,
            tol: 1e-7,
            max_iter: 500,
            least_samples: 0,
            n_starts: 0,
            seed: 1,
        }
    }
}

impl GaussianMixtureParams {
    /// Whether the request makes sense for any data.
    ///
    /// # Errors
    /// [`ParamsError::NoIterations`] when `max_iter` is 0.
    pub fn check(&self) -> Result<(), ParamsError> {
        if self.max_iter == 0 {
            return Err(ParamsError::NoIterations);
        }
        Ok(())
    }
}

impl CovarianceType {
    /// All types, from most to fewest parameters.
    pub const ALL: [Self; 4] = [Self::Full, Self::Tied, Self::Diag, Self::Spherical];

    /// Free parameters of a mixture: covariances, means, weights.
    pub fn n_parameters(self, n_clusters: usize, n_features: usize) -> usize {
        let (k, d) = (n_clusters, n_features);
        let covariances = match self {
            Self::Full => k * d * (d + 1) / 2,
            Self::Tied => d * (d + 1) / 2,
            Self::Diag => k * d,
            Self::Spherical => k,
        };
        covariances + k * d + k - 1
    }
}
