//! The likeliest of several runs.

use serde::{Deserialize, Serialize};

use super::em::{self, most_probable};
use super::many::likeliest;
use super::{Component, CovarianceType, GaussianMixtureParams};
use crate::cluster::{FitError, Labels, Samples};

/// A fitted mixture.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GaussianMixture {
    /// The components, numbered as in the partition that the run started from.
    pub components: Vec<Component>,
    /// Shape of the components.
    pub covariance: CovarianceType,
    /// What was added to every variance, in squared scaled units.
    pub reg_covar: f64,
    /// Natural logarithm of the likelihood of all samples, in scaled units.
    pub log_likelihood: f64,
    /// Most probable component of each distinct sample; ties go to the lowest. A component may have none.
    pub labels: Labels,
    /// Probability of that component, per distinct sample.
    pub certainty: Vec<f64>,
    /// Iterations of the run.
    pub n_iter: usize,
    /// Whether the likelihood settled before the iterations ended.
    pub has_converged: bool,
    n_samples: usize,
}

impl GaussianMixture {
    /// Fits the mixture from `starts`, partitions with the same number of clusters, and from as many drawn at random as the
    /// parameters say.
    ///
    /// # Errors
    /// [`FitError::Collapsed`] when no run ends with all components alive; [`FitError::Params`] when the request is wrong.
    pub fn fit(
        samples: &Samples,
        starts: &[&Labels],
        params: &GaussianMixtureParams,
        mut progress: impl FnMut(f64),
    ) -> Result<Self, FitError> {
        params.check()?;
        let n_clusters = starts.first().map_or(0, |start| start.n_clusters);
        samples.check_clusters(n_clusters)?;
        let found = likeliest(samples, starts, params, &mut progress);
        let run = found.map_err(|spike| FitError::Collapsed {
            n_clusters,
            spike,
            tied_works: false,
        })?;
        let blocks = samples.blocks();
        let mut labels = vec![0; samples.n_distinct()];
        let mut certainty = vec![0.0; samples.n_distinct()];
        let log_likelihood = most_probable(blocks, &run.components, &mut labels, &mut certainty);
        Ok(Self {
            components: run.components,
            covariance: params.covariance,
            log_likelihood,
            labels: Labels {
                of_distinct: labels,
                n_clusters,
            },
            certainty,
            n_iter: run.n_iter,
            has_converged: run.has_converged,
            reg_covar: params.reg_covar,
            n_samples: samples.n_samples(),
        })
    }

    /// Probability of every component for every distinct sample, shape `(n_distinct, n_clusters)`, row by row.
    pub fn posteriors(&self, samples: &Samples) -> Vec<f64> {
        let mut posteriors = vec![0.0; samples.n_distinct() * self.components.len()];
        em::posteriors(samples.blocks(), &self.components, &mut posteriors);
        posteriors
    }

    /// Natural logarithm of weight times density of every component at a point in the centred units of the samples. Their
    /// exponentials, divided by their sum, are the probabilities of the components there.
    pub fn log_shares_at(&self, point: &[f64]) -> Vec<f64> {
        self.components
            .iter()
            .map(|component| component.log_share_at(point))
            .collect()
    }

    /// Bayesian information criterion (Schwarz 1978, Ann. Stat. 6), lower is better: `p ln n - 2 ln L`.
    pub fn bic(&self) -> f64 {
        self.n_parameters() * libm::log(self.n_samples as f64) - 2.0 * self.log_likelihood
    }

    /// Akaike information criterion (Akaike 1974, IEEE Trans. Autom. Control 19), lower is better: `2 p - 2 ln L`.
    pub fn aic(&self) -> f64 {
        2.0 * self.n_parameters() - 2.0 * self.log_likelihood
    }

    fn n_parameters(&self) -> f64 {
        let n_features = self
            .components
            .first()
            .map_or(0, |component| component.mean.len());
        self.covariance
            .n_parameters(self.components.len(), n_features) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Matrix, Rng};

    fn samples(seed: u64, n: usize, n_features: usize) -> (Samples, Labels) {
        let mut rng = Rng::new(seed);
        let mut matrix = Matrix::with_features(n_features);
        for i in 0..n {
            let centre = 3.0 * (i % 3) as f64;
            // Rounding makes equal rows, hence weights.
            let row: Vec<f64> = (0..n_features)
                .map(|_| ((centre + rng.normal()) * 4.0).round() / 4.0)
                .collect();
            matrix.push_row(row);
        }
        let samples = Samples::new(&matrix).unwrap();
        let of_distinct = samples.points.rows().map(|row| match row[0] {
            x if x < -1.5 => 0,
            x if x < 1.5 => 1,
            _ => 2,
        });
        let labels = Labels {
            of_distinct: of_distinct.collect(),
            n_clusters: 3,
        };
        (samples, labels)
    }

    /// ln of a normal density with diagonal covariance, by the definition.
    fn slow_log_density(x: &[f64], mean: &[f64], variances: &[f64]) -> f64 {
        let terms = x.iter().zip(mean).zip(variances);
        terms
            .map(|((x, m), v)| -0.5 * ((x - m) * (x - m) / v + (std::f64::consts::TAU * v).ln()))
            .sum()
    }

    /// Expectation and maximisation by the definition, with a table of responsibilities; diagonal covariances.
    fn slow(samples: &Samples, start: &Labels, iterations: usize, reg_covar: f64) -> f64 {
        let (n, d, k) = (samples.n_distinct(), samples.n_features(), start.n_clusters);
        let mut shares: Vec<Vec<f64>> = start
            .of_distinct
            .iter()
            .map(|&label| {
                (0..k)
                    .map(|c| f64::from(u8::from(c == label as usize)))
                    .collect()
            })
            .collect();
        let mut log_likelihood = 0.0;
        for _ in 0..iterations {
            let mut components = Vec::new();
            for c in 0..k {
                let weight = |i: usize| samples.weights[i] * shares[i][c];
                let total: f64 = (0..n).map(weight).sum();
                let mean: Vec<f64> = (0..d)
                    .map(|f| {
                        (0..n)
                            .map(|i| weight(i) * samples.points.row(i)[f])
                            .sum::<f64>()
                            / total
                    })
                    .collect();
                let variance = (0..d).map(|f| {
                    (0..n)
                        .map(|i| weight(i) * (samples.points.row(i)[f] - mean[f]).powi(2))
                        .sum::<f64>()
                        / total
                        + reg_covar
                });
                components.push((
                    total / samples.n_samples() as f64,
                    mean.clone(),
                    variance.collect::<Vec<_>>(),
                ));
            }
            log_likelihood = 0.0;
            for i in 0..n {
                let densities: Vec<f64> = components
                    .iter()
                    .map(|(weight, mean, variance)| {
                        weight * slow_log_density(samples.points.row(i), mean, variance).exp()
                    })
                    .collect();
                let total: f64 = densities.iter().sum();
                log_likelihood += samples.weights[i] * total.ln();
                shares[i] = densities.iter().map(|density| density / total).collect();
            }
        }
        log_likelihood
    }

    #[test]
    fn blocks_have_the_likelihood_of_the_definition() {
        for (seed, n, n_features) in [
            (1, 300, 1),
            (2, 301, 2),
            (3, 150, 3),
            (4, 150, 4),
            (5, 130, 6),
        ] {
            let (samples, start) = samples(seed, n, n_features);
            for max_iter in [1, 2, 7] {
                let params = GaussianMixtureParams {
                    covariance: CovarianceType::Diag,
                    tol: -1.0,
                    max_iter,
                    ..Default::default()
                };
                let fast = GaussianMixture::fit(&samples, &[&start], &params, |_| ())
                    .unwrap()
                    .log_likelihood;
                let slow = slow(&samples, &start, max_iter, params.reg_covar);
                assert!(
                    (fast - slow).abs() < 1e-9 * slow.abs(),
                    "seed {seed}: {fast} against {slow}"
                );
            }
        }
    }

    #[test]
    fn the_likelihood_never_falls_and_shares_sum_to_one() {
        for covariance in CovarianceType::ALL {
            let (samples, start) = samples(7, 400, 3);
            let mut before = f64::NEG_INFINITY;
            for max_iter in 1..30 {
                let params = GaussianMixtureParams {
                    covariance,
                    tol: 0.0,
                    max_iter,
                    ..Default::default()
                };
                let model = GaussianMixture::fit(&samples, &[&start], &params, |_| ()).unwrap();
                assert!(
                    model.log_likelihood >= before - 1e-4,
                    "{covariance:?}, {max_iter}: {} after {before}",
                    model.log_likelihood
                );
                before = model.log_likelihood;
                for (shares, &certainty) in
                    model.posteriors(&samples).chunks(3).zip(&model.certainty)
                {
                    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                    assert_eq!(shares.iter().copied().fold(0.0, f64::max), certainty);
                }
            }
        }
    }

    #[test]
    fn freer_shapes_are_likelier_and_cost_more_parameters() {
        let (samples, start) = samples(11, 500, 2);
        let likelihood = |covariance| {
            let params = GaussianMixtureParams {
                covariance,
                ..Default::default()
            };
            GaussianMixture::fit(&samples, &[&start], &params, |_| ())
                .unwrap()
                .log_likelihood
        };
        let [full, tied, diag, spherical] = CovarianceType::ALL.map(likelihood);
        assert!(full > tied && full > diag && diag > spherical);
        // scikit-learn 1.9.1, GaussianMixture(3, covariance_type)._n_parameters() on two features
        assert_eq!(
            CovarianceType::ALL.map(|kind| kind.n_parameters(3, 2)),
            [17, 11, 14, 11]
        );
    }

    #[test]
    #[allow(clippy::panic, reason = "a test may stop where it stands")]
    fn a_collapsed_component_is_refused_however_likely() {
        let mut matrix = Matrix::with_features(2);
        let mut rng = Rng::new(3);
        for _ in 0..100 {
            matrix.push_row([rng.normal(), rng.normal()]);
        }
        for _ in 0..40 {
            matrix.push_row([9.0, 9.0]);
        }
        let samples = Samples::new(&matrix).unwrap();
        let own = |i: usize| u32::from(samples.weights[i] > 1.0);
        let start = Labels {
            of_distinct: (0..samples.n_distinct()).map(own).collect(),
            n_clusters: 2,
        };
        let found = GaussianMixture::fit(
            &samples,
            &[&start],
            &GaussianMixtureParams::default(),
            |_| (),
        );
        // Forty customers at one place: it is as flat in one feature as in the other, and one of them is named.
        let place = (0..samples.n_distinct()).find(|&i| samples.weights[i] > 1.0);
        let Err(FitError::Collapsed {
            spike: Some(spike),
            n_clusters: 2,
            tied_works: false,
        }) = found
        else {
            panic!("{found:?}");
        };
        assert!(spike.feature < 2);
        assert_eq!(
            (Some(spike.sample), spike.n_same, spike.n_samples),
            (place, 40, 140)
        );
    }
}
