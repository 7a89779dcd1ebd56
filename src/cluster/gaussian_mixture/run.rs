//! One run of expectation and maximisation, from a partition until the likelihood settles.

use super::densities::{Precision, Work};
use super::em::expect;
use super::maximise::{Sums, maximise};
use super::start::components_of;
use super::{Blocks, Component, GaussianMixtureParams};
use crate::cluster::{Labels, Samples};

/// A variance below this many times `reg_covar` is that of a collapsed component.
const LEAST_SPREAD: f64 = 10.0;

/// Above this number of distinct samples, iterations compute densities to seven digits; the final mixture is evaluated in full
/// precision.
const MANY: usize = 5_000;

/// A run whose end has not been checked yet.
pub(super) struct Run {
    pub(super) components: Vec<Component>,
    pub(super) log_likelihood: f64,
    pub(super) n_iter: usize,
    pub(super) has_converged: bool,
}

impl Run {
    /// `None` when it collapses.
    pub(super) fn from(
        samples: &Samples,
        blocks: &Blocks,
        start: &Labels,
        params: &GaussianMixtureParams,
    ) -> Option<Self> {
        let mut run = Self {
            components: components_of(samples, start, params)?,
            log_likelihood: f64::NEG_INFINITY,
            n_iter: 0,
            has_converged: false,
        };
        let n = samples.n_samples() as f64;
        let mut work = Work::new(start.n_clusters, samples.n_features());
        let precision = if samples.n_distinct() > MANY {
            Precision::Single
        } else {
            Precision::Double
        };
        while run.n_iter < params.max_iter {
            run.n_iter += 1;
            let mut sums = vec![Sums::new(samples.n_features()); start.n_clusters];
            let log_likelihood = expect(blocks, &run.components, precision, &mut work, &mut sums);
            // The likelihood belongs to the components before this step; when the run ends, those are kept.
            run.has_converged = log_likelihood - run.log_likelihood < params.tol * n;
            run.log_likelihood = log_likelihood;
            if run.has_converged || run.n_iter == params.max_iter {
                break;
            }
            let means: Vec<Vec<f64>> = run
                .components
                .iter()
                .map(|component| component.mean.clone())
                .collect();
            run.components = maximise(&sums, &means, params.covariance, params.reg_covar)?;
            if run.has_collapsed(samples, params) {
                return None;
            }
        }
        (!run.has_collapsed(samples, params) && run.log_likelihood.is_finite()).then_some(run)
    }

    fn has_collapsed(&self, samples: &Samples, params: &GaussianMixtureParams) -> bool {
        let least_samples = samples.n_features() as f64 + 1.0;
        self.components.iter().any(|component| {
            component.weight * (samples.n_samples() as f64) < least_samples
                || component.least_variance <= LEAST_SPREAD * params.reg_covar
        })
    }
}
