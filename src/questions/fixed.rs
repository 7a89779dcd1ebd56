//! The segments with fixed centres and components: where a customer with other values would be placed, without a refit.
//!
//! K-Means and its variants place by the nearest centre, the mixture by the largest probability. Trees and densities have no rule
//! for customers that they were not built from.

use crate::cluster::gaussian_mixture::GaussianMixture;
use crate::cluster::k_means::Centres;
use crate::cluster::{
    Fit, FitError, Metric, ModelKey, Placing, mean_direction, median_point, unit,
};
use crate::engine::Fits;
use crate::numeric::{Matrix, order_by};
use crate::result::Comparison;

/// A segment must win by more than rounding.
const BEYOND: f64 = 1e-9;

/// Centres and components with the numbers of their segments.
pub(crate) struct Fixed<'a> {
    fits: &'a Fits,
    metric: Metric,
    centres: Vec<(u32, Vec<f64>)>,
    mixture: Option<(&'a GaussianMixture, &'a [u32])>,
    /// Whether a model that places by centres is compared.
    has_centres: bool,
}

impl<'a> Fixed<'a> {
    pub(crate) fn of(fits: &'a Fits, comparison: &'a Comparison) -> Result<Self, FitError> {
        let settings = &comparison.settings;
        let mut members = vec![Vec::new(); comparison.n_segments];
        let mut models = comparison.models.iter();
        let by_centre = models.find(|result| placing_of(result.model) == Placing::NearestCentre);
        // Without a model that places by centres, the first model's segments are described by means: the configured kind of centre
        // is not in use, and may not exist for these customers.
        let (labels, centres) = match by_centre {
            Some(result) => (result.labels.as_slice(), settings.centres),
            None => (comparison.first_labels(), Centres::Means),
        };
        let metric = centres.metric();
        for (&row, &distinct) in fits.prepared.rows.iter().zip(&fits.samples.distinct_of) {
            if !comparison.is_noise(labels[row]) {
                members[labels[row] as usize].push(distinct);
            }
        }
        let rows = match centres {
            Centres::Directions => fits.samples.rows_for(metric)?,
            Centres::Means | Centres::Medians => Vec::new(),
        };
        let centre = |(segment, mut members): (usize, Vec<u32>)| {
            members.sort_unstable();
            members.dedup();
            if members.is_empty() {
                return None;
            }
            let centre = match centres {
                Centres::Means => mean_point(fits, &members),
                Centres::Medians => median_point(&fits.samples, &members),
                Centres::Directions => mean_direction(&fits.samples, &rows, &members),
            };
            Some((segment as u32, centre))
        };
        let mixture = comparison.models.iter().find_map(|result| {
            match fits.fit_of(result.model, settings, comparison.n_clusters)? {
                Fit::Mixture(mixture) => Some((mixture, result.numbers.as_slice())),
                Fit::Partition(_) | Fit::Tree(_) => None,
            }
        });
        Ok(Self {
            centres: members.into_iter().enumerate().filter_map(centre).collect(),
            has_centres: by_centre.is_some(),
            fits,
            metric,
            mixture,
        })
    }

    /// The point in the centred units of the samples for raw features. Not finite if a feature is undefined.
    pub(crate) fn point(&self, raw: &[f64]) -> Vec<f64> {
        let Fits {
            prepared, samples, ..
        } = self.fits;
        let scaled = prepared.scaler.row(&raw);
        let centred = scaled.zip(&samples.means).map(|(x, mean)| x - mean);
        centred.collect()
    }

    /// Distance to every centre, in scaled units, the nearest first.
    pub(crate) fn distances(&self, point: &[f64]) -> Vec<(u32, f64)> {
        let point = self.as_measured(point);
        let apart =
            |(segment, centre): &(u32, Vec<f64>)| (*segment, self.metric.distance(&point, centre));
        let found: Vec<(u32, f64)> = self.centres.iter().map(apart).collect();
        let order = order_by(found.len(), &mut |a, b| found[a].1.total_cmp(&found[b].1));
        order.into_iter().map(|at| found[at as usize]).collect()
    }

    /// Probability of every segment of the mixture, the largest first; empty without one.
    pub(crate) fn posteriors(&self, point: &[f64]) -> Vec<(u32, f64)> {
        let Some((mixture, numbers)) = self.mixture else {
            return Vec::new();
        };
        let shares = mixture.log_shares_at(point);
        let largest = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shares = shares.iter().map(|share| libm::exp(share - largest));
        let shares: Vec<f64> = shares.collect();
        let sum: f64 = shares.iter().sum();
        let order = order_by(shares.len(), &mut |a, b| shares[b].total_cmp(&shares[a]));
        order
            .into_iter()
            .map(|at| (numbers[at as usize], shares[at as usize] / sum))
            .collect()
    }

    /// How far each model with a rule is from placing a point elsewhere than in `target`, for each rival segment; all are above 0
    /// if all models place it there. Below 0 if a model does not have the target, or if the point is not finite.
    pub(crate) fn margins(&self, point: &[f64], target: u32) -> Vec<f64> {
        if point.iter().any(|x| !x.is_finite()) {
            return vec![-1.0];
        }
        let mut margins = Vec::new();
        let mut push = |scores: &[(u32, f64)]| {
            let own = scores.iter().find(|(segment, _)| *segment == target);
            let Some(&(_, own)) = own else {
                return margins.push(-1.0);
            };
            let rivals = scores.iter().filter(|(segment, _)| *segment != target);
            margins.extend(rivals.map(|(_, score)| own - score - BEYOND * (1.0 + own.abs())));
        };
        if self.has_centres {
            let measured = self.as_measured(point);
            let scores = self.centres.iter().map(|(segment, centre)| {
                let apart = self.metric.distance(&measured, centre);
                // The square makes differences of costs linear along any line.
                let cost = if self.metric == Metric::Euclidean {
                    apart * apart
                } else {
                    apart
                };
                (*segment, -cost)
            });
            push(&scores.collect::<Vec<_>>());
        }
        if let Some((mixture, numbers)) = self.mixture {
            let shares = mixture.log_shares_at(point);
            push(&numbers.iter().copied().zip(shares).collect::<Vec<_>>());
        }
        margins
    }

    fn as_measured(&self, point: &[f64]) -> Vec<f64> {
        if self.metric != Metric::Cosine {
            return point.to_vec();
        }
        let means = &self.fits.samples.means;
        let from_origin: Vec<f64> = point.iter().zip(means).map(|(x, mean)| x + mean).collect();
        unit(&from_origin).unwrap_or(from_origin)
    }
}

pub(super) fn placing_of(model: ModelKey) -> Placing {
    model.facts().map_or(Placing::None, |facts| facts.placing)
}

fn mean_point(fits: &Fits, members: &[u32]) -> Vec<f64> {
    let samples = &fits.samples;
    let weight = |i: &u32| samples.weights[*i as usize];
    let n: f64 = members.iter().map(weight).sum();
    let mean = |column: &Vec<f64>| {
        let terms = members.iter().map(|i| weight(i) * column[*i as usize]);
        terms.sum::<f64>() / n
    };
    samples.columns.iter().map(mean).collect()
}

/// The matrix with one row changed, in raw units.
pub(crate) fn with_row(raw: &Matrix, at: usize, row: &[f64]) -> Matrix {
    let mut changed = raw.clone();
    changed.row_mut(at).copy_from_slice(row);
    changed
}
