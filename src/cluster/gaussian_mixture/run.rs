//! One run of expectation and maximisation, step by step until the likelihood settles.

use super::collapse::{Collapse, Rules};
use super::densities::{Precision, Work};
use super::em::expect;
use super::maximise::{Sums, maximise};
use super::{Blocks, Component, GaussianMixtureParams};
use crate::cluster::Spike;
use crate::numeric::{order_by, symmetric_eigen};

/// A run on its way.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) components: Vec<Component>,
    /// Likelihood of the components before the last step.
    pub(super) log_likelihood: f64,
    pub(super) n_iter: usize,
    pub(super) has_converged: bool,
    /// How often a collapsed component may still be put elsewhere.
    pub(super) repairs: usize,
}

/// A run that has ended in a collapse.
pub(super) struct Ended {
    /// The value that the collapsed component sits on, if any.
    pub(super) spike: Option<Spike>,
}

/// What a run goes over: all samples, or some.
pub(super) struct Ground<'a> {
    pub(super) blocks: &'a Blocks,
    /// Number of samples in the blocks.
    pub(super) n_samples: f64,
    pub(super) precision: Precision,
    pub(super) rules: &'a Rules<'a>,
    pub(super) params: &'a GaussianMixtureParams,
}

impl Run {
    pub(super) fn of(components: Vec<Component>, repairs: usize) -> Self {
        Self {
            components,
            log_likelihood: f64::NEG_INFINITY,
            n_iter: 0,
            has_converged: false,
            repairs,
        }
    }

    /// So many more steps, or until the likelihood settles.
    pub(super) fn advance(&mut self, steps: usize, ground: &Ground) -> Result<(), Ended> {
        let params = ground.params;
        let d = ground.blocks.columns.len();
        let mut work = Work::new(self.components.len(), d);
        for _ in 0..steps {
            if self.has_converged || self.n_iter == params.max_iter {
                break;
            }
            self.n_iter += 1;
            let mut sums = vec![Sums::new(d); self.components.len()];
            let (blocks, precision) = (ground.blocks, ground.precision);
            let found = expect(blocks, &self.components, precision, &mut work, &mut sums);
            // The likelihood belongs to the components before this step; when the run ends, those are kept.
            self.has_converged = found - self.log_likelihood < params.tol * ground.n_samples;
            self.log_likelihood = found;
            if self.has_converged || self.n_iter == params.max_iter {
                break;
            }
            let means: Vec<Vec<f64>> = self
                .components
                .iter()
                .map(|component| component.mean.clone())
                .collect();
            let next = maximise(&sums, &means, params.covariance, params.reg_covar);
            let collapse = match next {
                Ok(next) => {
                    self.components = next;
                    ground.rules.collapse(&self.components)
                }
                Err(which) => Some(Collapse { which, flat: None }),
            };
            if let Some(collapse) = collapse {
                self.repair(&collapse, ground.rules)?;
            }
        }
        Ok(())
    }

    /// The run, if it has ended with all components alive.
    pub(super) fn checked(self, rules: &Rules) -> Result<Self, Ended> {
        match rules.collapse(&self.components) {
            None if self.log_likelihood.is_finite() => Ok(self),
            None => Err(Ended { spike: None }),
            Some(collapse) => Err(Ended {
                spike: rules.spike(&collapse, &self.components),
            }),
        }
    }

    /// Takes a collapsed component away and halves the heaviest of the others along its longest axis, so that their number stays
    /// (as splits in Ueda, Nakano, Ghahramani & Hinton 2000, Neural Comput. 12).
    fn repair(&mut self, collapse: &Collapse, rules: &Rules) -> Result<(), Ended> {
        let weight = |at: usize| self.components[at].weight;
        let others = (0..self.components.len()).filter(|&other| other != collapse.which);
        let heaviest = others.reduce(|best, next| {
            if weight(next) > weight(best) {
                next
            } else {
                best
            }
        });
        let moved = heaviest.and_then(|split| self.moved(collapse.which, split));
        let (Some(moved), true) = (moved, self.repairs > 0) else {
            return Err(Ended {
                spike: rules.spike(collapse, &self.components),
            });
        };
        *self = Self {
            n_iter: self.n_iter,
            ..Self::of(moved, self.repairs - 1)
        };
        Ok(())
    }

    /// The components with one taken away and another halved.
    fn moved(&self, away: usize, split: usize) -> Option<Vec<Component>> {
        let mut components = self.components.clone();
        [components[split], components[away]] = self.components[split].halves()?;
        Some(components)
    }

    /// Runs from these components with one taken away and another halved: every one in turn, and the two that spread most.
    pub(super) fn neighbours(&self) -> Vec<Self> {
        let k = self.components.len();
        let spread = |at: usize| {
            let component = &self.components[at];
            let variances = component
                .covariance
                .rows()
                .enumerate()
                .map(|(i, row)| row[i]);
            component.weight * variances.sum::<f64>()
        };
        let widest = order_by(k, &mut |a, b| spread(b).total_cmp(&spread(a)));
        let pairs = (0..k).flat_map(|away| {
            let others = widest.iter().map(|&at| at as usize);
            others
                .filter(move |&split| split != away)
                .take(2)
                .map(move |split| (away, split))
        });
        let moved = pairs.filter_map(|(away, split)| self.moved(away, split));
        moved
            .map(|components| Self::of(components, self.repairs))
            .collect()
    }
}

impl Component {
    /// Two components of half the weight, apart along the longest axis; `None` where they have no place.
    fn halves(&self) -> Option<[Self; 2]> {
        let (values, vectors) = symmetric_eigen(&self.covariance);
        let step = 0.5 * values.first()?.sqrt();
        let at = |sign: f64| {
            let pairs = self.mean.iter().zip(vectors.row(0));
            let mean = pairs.map(|(m, v)| m + sign * step * v).collect();
            Self::new(0.5 * self.weight, mean, self.covariance.clone())
        };
        Some([at(-1.0)?, at(1.0)?])
    }
}
