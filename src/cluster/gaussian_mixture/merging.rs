//! Components that belong together: what merging two of them costs, and whether the density has a valley between them.
//!
//! ```text
//! loss(a, b)  = (w_a + w_b) ln det S_ab - w_a ln det S_a - w_b ln det S_b      (Runnalls 2007, IEEE Trans. Aerosp. Electron. Syst. 43)
//!             = w_a w_b / (w_a + w_b) (m_a - m_b)^T S^-1 (m_a - m_b)           where all share one covariance S
//! ridge(t)    = ((1 - t) P_a + t P_b)^-1 ((1 - t) P_a m_a + t P_b m_b)         P = S^-1; every mode of two components lies on it
//!                                                                             (Ray & Lindsay 2005, Ann. Statist. 33)
//! saddle(a,b) = the least density along the ridge / the lower of the peaks on its two sides    (Hennig 2010, Adv. Data Anal. Classif. 4)
//! ICL         = BIC + 2 sum of the entropies of the posteriors                 (Biernacki, Celeux & Govaert 2000, IEEE PAMI 22)
//! ```

use super::{Component, CovarianceType, GaussianMixture};
use crate::cluster::Samples;
use crate::numeric::{Matrix, Sum};

/// Points on a ridge.
const STEPS: usize = 20;

/// The density between two components.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Saddle {
    /// The first component.
    pub a: usize,
    /// The second.
    pub b: usize,
    /// The least density on the ridge between them as a share of the lower peak beside it, at most 1: without a valley it is 1.
    pub depth: f64,
}

impl GaussianMixture {
    /// The two components whose merging costs the least likelihood, the lower number first; `None` for one component.
    pub fn cheapest_merge(&self) -> Option<(usize, usize)> {
        let n = self.components.len();
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        let mut best: Option<((usize, usize), f64)> = None;
        for (a, b) in pairs {
            let Some(loss) = loss(&self.components[a], &self.components[b], self.covariance) else {
                continue;
            };
            if best.is_none_or(|(_, least)| loss < least) {
                best = Some(((a, b), loss));
            }
        }
        best.map(|(pair, _)| pair)
    }

    /// The density between each two components, of all components together.
    pub fn saddles(&self) -> Vec<Saddle> {
        let inverses: Vec<Matrix> = self.components.iter().map(Component::precision).collect();
        let n = self.components.len();
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        let saddle = |(a, b): (usize, usize)| {
            let along = (0..=STEPS).map(|step| {
                let share = step as f64 / STEPS as f64;
                let ends = [(a, 1.0 - share), (b, share)];
                let point = self.ridge(ends, &inverses)?;
                let logs = self.log_shares_at(&point);
                let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let shares = logs.iter().map(|log| libm::exp(log - largest));
                Some(largest + libm::log(shares.sum::<f64>()))
            });
            let depth = along
                .collect::<Option<Vec<f64>>>()
                .map_or(1.0, |along| depth(&along));
            Saddle { a, b, depth }
        };
        pairs.map(saddle).collect()
    }

    /// The point of the ridge between two components, each with its share.
    fn ridge(&self, ends: [(usize, f64); 2], inverses: &[Matrix]) -> Option<Vec<f64>> {
        let d = self.components.first()?.mean.len();
        let (mut sum, mut right) = (Matrix::zeros(d, d), vec![0.0; d]);
        for (at, share) in ends {
            let mean = &self.components[at].mean;
            for (i, row) in inverses[at].rows().enumerate() {
                for (j, p) in row.iter().enumerate() {
                    sum.row_mut(i)[j] += share * p;
                    right[i] += share * p * mean[j];
                }
            }
        }
        Component::new(1.0, right, sum).map(|it| it.solved())
    }

    /// Integrated completed likelihood, lower is better: [`Self::bic`], and twice the entropy of who belongs to which component.
    pub fn icl(&self, samples: &Samples) -> f64 {
        let posteriors = self.posteriors(samples);
        let of_samples = posteriors.chunks(self.components.len().max(1));
        let terms = of_samples.zip(&samples.weights).map(|(shares, weight)| {
            let sure = shares.iter().filter(|&&share| share > 0.0);
            weight * sure.map(|share| share * libm::log(*share)).sum::<f64>()
        });
        self.bic() - 2.0 * terms.collect::<Sum>().value()
    }
}

impl Component {
    /// The inverse of the covariance: `L^T L`.
    fn precision(&self) -> Matrix {
        let d = self.mean.len();
        let mut inverse = Matrix::zeros(d, d);
        for row in self.whitener.rows() {
            for i in 0..d {
                for j in 0..d {
                    inverse.row_mut(i)[j] += row[i] * row[j];
                }
            }
        }
        inverse
    }

    /// The solution `x` of `covariance x = mean`.
    fn solved(&self) -> Vec<f64> {
        let d = self.mean.len();
        let mut solution = vec![0.0; d];
        for row in self.whitener.rows() {
            let dot: f64 = row.iter().zip(&self.mean).map(|(l, x)| l * x).sum();
            let pairs = solution.iter_mut().zip(row);
            pairs.for_each(|(x, l)| *x += l * dot);
        }
        solution
    }

    fn log_det(&self) -> f64 {
        let pivots = self.whitener.rows().enumerate();
        pivots.map(|(i, row)| -2.0 * libm::log(row[i])).sum()
    }
}

/// The likelihood lost by one normal distribution in the place of two, twice and per sample; `None` where it has no spread.
fn loss(a: &Component, b: &Component, shape: CovarianceType) -> Option<f64> {
    let d = a.mean.len();
    let weight = a.weight + b.weight;
    let apart: Vec<f64> = a.mean.iter().zip(&b.mean).map(|(a, b)| a - b).collect();
    let between = a.weight * b.weight / weight;
    if shape == CovarianceType::Tied {
        let whitened = a.whitener.rows().map(|row| {
            let dot: f64 = row.iter().zip(&apart).map(|(l, x)| l * x).sum();
            dot * dot
        });
        return Some(between * whitened.sum::<f64>());
    }
    let mut both = Matrix::zeros(d, d);
    for i in 0..d {
        for j in 0..d {
            if shape == CovarianceType::Full || i == j {
                let within = a.weight * a.covariance.row(i)[j] + b.weight * b.covariance.row(i)[j];
                both.row_mut(i)[j] = (within + between * apart[i] * apart[j]) / weight;
            }
        }
    }
    let both = Component::new(weight, a.mean.clone(), both)?;
    Some(weight * both.log_det() - a.weight * a.log_det() - b.weight * b.log_det())
}

/// The deepest valley of logarithms of a density: its share of the lower of the highest points on its two sides, at most 1.
fn depth(along: &[f64]) -> f64 {
    let highest = |part: &[f64]| part.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let inner = 1..along.len().saturating_sub(1);
    let depths = inner.map(|at| {
        let lower = highest(&along[..at]).min(highest(&along[at + 1..]));
        along[at] - lower
    });
    libm::exp(depths.fold(0.0, f64::min))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::cluster::Labels;
    use crate::cluster::gaussian_mixture::GaussianMixtureParams;
    use crate::numeric::Rng;

    /// A mixture of three normal distributions with standard deviation 1 along a line; the middle lies `near` from the first.
    fn three(near: f64) -> (Samples, GaussianMixture) {
        let mut rng = Rng::new(3);
        let mut matrix = Matrix::with_features(2);
        for i in 0..900 {
            let centre = [0.0, near, 12.0][i % 3];
            matrix.push_row([centre + rng.normal(), rng.normal()]);
        }
        let samples = Samples::new(&matrix).unwrap();
        let means = samples.means.clone();
        let label = |row: &[f64]| match row[0] + means[0] {
            x if x < near / 2.0 => 0,
            x if x < f64::midpoint(near, 12.0) => 1,
            _ => 2,
        };
        let start = Labels {
            of_distinct: samples.points.rows().map(label).collect(),
            n_clusters: 3,
        };
        let params = GaussianMixtureParams::default();
        let mixture = GaussianMixture::fit(&samples, &[&start], &params, |_| ()).unwrap();
        (samples, mixture)
    }

    #[test]
    fn a_valley_is_as_deep_as_the_density_says() {
        let (_, mixture) = three(4.0);
        assert_eq!(mixture.cheapest_merge(), Some((0, 1)));
        let saddles = mixture.saddles();
        let of = |a: usize, b: usize| saddles.iter().find(|it| (it.a, it.b) == (a, b)).unwrap();
        // Two equal normal distributions 4 apart: 2 phi(2) / (phi(0) + phi(4)) = 0.2706; the sample is not exactly that.
        assert!((of(0, 1).depth - 0.2706).abs() < 0.06, "{:?}", of(0, 1));
        assert!(of(1, 2).depth < 0.01 && of(0, 2).depth < 0.01);
    }

    #[test]
    fn components_without_a_valley_have_a_saddle_of_one() {
        let (_, mixture) = three(1.2);
        let saddles = mixture.saddles();
        assert!(saddles[0].depth > 0.9, "{saddles:?}");
    }

    #[test]
    fn unsure_members_cost_by_the_integrated_likelihood() {
        let (samples, apart) = three(6.0);
        let (close_samples, close) = three(2.5);
        let costs =
            |mixture: &GaussianMixture, samples: &Samples| mixture.icl(samples) - mixture.bic();
        assert!(costs(&apart, &samples) > 0.0);
        assert!(costs(&close, &close_samples) > 10.0 * costs(&apart, &samples));
    }
}
