//! The components that a run starts from: of a partition that is given, or of one around samples drawn at random.

use super::maximise::{Sums, maximise};
use super::{Component, GaussianMixtureParams};
use crate::cluster::{Labels, Samples};
use crate::numeric::{Rng, squared_euclidean};

/// Some of the samples, each with a weight.
pub(super) struct Part {
    /// Distinct samples; one may come several times.
    pub(super) rows: Vec<u32>,
    pub(super) weights: Vec<f64>,
}

impl Part {
    /// All samples.
    pub(super) fn whole(samples: &Samples) -> Self {
        Self {
            rows: (0..samples.n_distinct() as u32).collect(),
            weights: samples.weights.clone(),
        }
    }

    /// About `n` samples at even steps along the curve through space, each as likely as its weight.
    pub(super) fn thinned(samples: &Samples, n: usize) -> Self {
        let step = samples.n_samples() as f64 / n as f64;
        let (mut passed, mut next) = (0.0, step / 2.0);
        let mut rows = Vec::with_capacity(n);
        for &i in &samples.along_curve {
            passed += samples.weights[i as usize];
            while next < passed {
                rows.push(i);
                next += step;
            }
        }
        Self {
            weights: vec![1.0; rows.len()],
            rows,
        }
    }
}

/// The components of a partition of all samples.
pub(super) fn components_of(
    samples: &Samples,
    labels: &Labels,
    params: &GaussianMixtureParams,
) -> Option<Vec<Component>> {
    let part = Part::whole(samples);
    components_of_part(
        samples,
        &part,
        &labels.of_distinct,
        labels.n_clusters,
        params,
    )
}

/// The components of a partition of some samples, by their place in the part.
pub(super) fn components_of_part(
    samples: &Samples,
    part: &Part,
    labels: &[u32],
    n_clusters: usize,
    params: &GaussianMixtureParams,
) -> Option<Vec<Component>> {
    let d = samples.n_features();
    let origins: Vec<Vec<f64>> = (0..n_clusters)
        .map(|label| {
            let first = labels.iter().position(|&other| other as usize == label);
            first.map_or_else(
                || vec![0.0; d],
                |at| samples.points.row(part.rows[at] as usize).to_vec(),
            )
        })
        .collect();
    let mut totals = vec![vec![0.0; 1 + d + d * (d + 1) / 2]; n_clusters];
    let n = part.rows.len();
    for start in (0..n).step_by(CHUNK) {
        let places = start..(start + CHUNK).min(n);
        add_rows(samples, part, places, labels, &origins, &mut totals);
    }
    let sums: Vec<Sums> = totals.iter().map(|totals| Sums::of(totals, d)).collect();
    maximise(&sums, &origins, params.covariance, params.reg_covar).ok()
}

/// Samples per call: browsers switch to optimised code only at the next call of a function.
const CHUNK: usize = 1_024;

/// Adds weights, first and second moments around the origins to the totals of each label.
#[inline(never)]
fn add_rows(
    samples: &Samples,
    part: &Part,
    places: std::ops::Range<usize>,
    labels: &[u32],
    origins: &[Vec<f64>],
    totals: &mut [Vec<f64>],
) {
    for at in places {
        let row = samples.points.row(part.rows[at] as usize);
        let (weight, label) = (part.weights[at], labels[at] as usize);
        let origin = &origins[label];
        let mut totals = totals[label].iter_mut();
        let mut add = |x: f64| {
            if let Some(total) = totals.next() {
                *total += x;
            }
        };
        add(weight);
        for (x, o) in row.iter().zip(origin) {
            add(weight * (x - o));
        }
        for (i, (x, o)) in row.iter().zip(origin).enumerate() {
            let first = weight * (x - o);
            for (x, o) in row.iter().zip(origin).take(i + 1) {
                add(first * (x - o));
            }
        }
    }
}

/// How the centres of a partition are drawn.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Draw {
    /// Each sample with the same probability: many where there are many.
    Evenly,
    /// By k-means++ (Arthur & Vassilvitskii 2007, SODA): each next one with probability proportional to its squared distance to
    /// the nearest so far, hence far samples, too.
    Apart,
}

/// A partition around samples drawn at random, their centres moved twice to the means of their parts.
pub(super) fn drawn(
    samples: &Samples,
    part: &Part,
    n_clusters: usize,
    draw: Draw,
    rng: &mut Rng,
) -> Vec<u32> {
    let row = |at: usize| samples.points.row(part.rows[at] as usize);
    let n = part.rows.len();
    let mut nearest = vec![f64::INFINITY; n];
    let mut labels = vec![0; n];
    let mut chances = part.weights.clone();
    for label in 0..n_clusters {
        let chosen = row(drawn_by(&chances, rng)).to_vec();
        for at in 0..n {
            let distance = squared_euclidean(row(at), &chosen);
            if distance < nearest[at] {
                nearest[at] = distance;
                labels[at] = label as u32;
            }
            let is_free = nearest[at] > 0.0;
            chances[at] = match draw {
                Draw::Evenly if is_free => part.weights[at],
                Draw::Evenly => 0.0,
                Draw::Apart => part.weights[at] * nearest[at],
            };
        }
    }
    for _ in 0..MOVES {
        let mut centres = vec![vec![0.0; samples.n_features() + 1]; n_clusters];
        for at in 0..n {
            let (centre, weight) = (&mut centres[labels[at] as usize], part.weights[at]);
            let terms = row(at).iter().copied().chain([1.0]);
            for (sum, x) in centre.iter_mut().zip(terms) {
                *sum += weight * x;
            }
        }
        for centre in &mut centres {
            let total = centre.pop().unwrap_or_default();
            centre.iter_mut().for_each(|sum| *sum /= total);
        }
        for (at, label) in labels.iter_mut().enumerate() {
            let distance = |which: u32| squared_euclidean(row(at), &centres[which as usize]);
            for other in 0..n_clusters as u32 {
                if distance(other) < distance(*label) {
                    *label = other;
                }
            }
        }
    }
    labels
}

/// Times that the centres of a drawn partition are moved.
const MOVES: usize = 2;

/// A place drawn with probability proportional to its chance.
fn drawn_by(chances: &[f64], rng: &mut Rng) -> usize {
    let mut left = rng.uniform() * chances.iter().sum::<f64>();
    let mut last = 0;
    for (at, &chance) in chances.iter().enumerate() {
        if chance > 0.0 {
            last = at;
            if left < chance {
                break;
            }
            left -= chance;
        }
    }
    last
}
