//! Selective p values (`seamline::inference`): uniform where there is one bell, small where groups are apart.
//!
//! ```text
//! size   one bell of 60 to 500 customers and 1 to 5 features, half of the sets with correlations, cut into 2 to 6 segments; one segment
//!        of at least 5 customers against another or against everyone else, in one feature, all drawn by the seed
//! power  two or three groups of 60 customers, 4 or 6 sd apart in the first of two features; one segment against everyone else in it
//! ```

use seamline::cluster::hierarchical::{HierarchicalParams, Linkage};
use seamline::cluster::{
    Fit, FitJob, FitKey, Labels, Metric, ModelKey, ModelOptions, Samples, Scale,
};
use seamline::inference::{Contrast, Side, selective_p};
use seamline::numeric::{Matrix, Rng};

use crate::page::found_on_each;
use crate::{Bound, Experiment, Row, Section};

/// Selective p values.
pub(crate) const EXPERIMENT: Experiment = Experiment {
    name: "selective",
    full: 1_000,
    small: 32,
    run,
};

/// The steps of the search were chosen on the seeds before.
const UNSEEN: u64 = 20_000_000;
/// The fewest customers of a segment that is tested.
const FEWEST: usize = 5;
/// Customers in each planted group.
const IN_A_GROUP: usize = 60;

/// A model with its options.
struct Kind {
    name: &'static str,
    model: ModelKey,
    linkage: Linkage,
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "K-Means",
        model: ModelKey::K_MEANS,
        linkage: Linkage::Ward,
    },
    Kind {
        name: "Ward",
        model: ModelKey::HIERARCHICAL,
        linkage: Linkage::Ward,
    },
    Kind {
        name: "average linkage",
        model: ModelKey::HIERARCHICAL,
        linkage: Linkage::Average,
    },
    Kind {
        name: "mixture",
        model: ModelKey::GAUSSIAN_MIXTURE,
        linkage: Linkage::Ward,
    },
];

/// Planted groups, how far they are apart, and the least power: a floor below what was found. The fixture `selective` holds the power
/// beside that of the published procedure.
const POWER: [(usize, f64, f64); 4] = [(2, 4.0, 0.4), (3, 4.0, 0.2), (2, 6.0, 0.9), (3, 6.0, 0.55)];

fn run(sets: usize) -> Section {
    let (mut rows, mut all) = (Vec::new(), Vec::new());
    for (at, kind) in KINDS.iter().enumerate() {
        let p = found_on_each(sets, |seed| {
            p_of_one_bell(kind, (seed + UNSEEN) * 8_191 + at as u64)
        });
        let p: Vec<f64> = p.into_iter().flatten().collect();
        all.extend(p.iter().copied().step_by(KINDS.len()));
        rows.push(Row {
            what: format!("one bell, {}: p at most 0.05", kind.name),
            n: p.len(),
            wanted: Bound::Between(0.036, 0.066),
            found: Some(share(&p, 0.05)),
        });
        rows.push(Row {
            what: format!("one bell, {}: p of the test that p is uniform", kind.name),
            n: p.len(),
            wanted: Bound::P(0.01),
            found: Some(p_of_uniform(&p)),
        });
    }
    rows.push(Row {
        what: "one bell, a quarter of the sets of each: p at most 0.05".to_owned(),
        n: all.len(),
        wanted: Bound::Between(0.036, 0.066),
        found: Some(share(&all, 0.05)),
    });
    rows.push(Row {
        what: "one bell, a quarter of the sets of each: p of the test that p is uniform".to_owned(),
        n: all.len(),
        wanted: Bound::P(0.01),
        found: Some(p_of_uniform(&all)),
    });
    for (n_groups, distance, least) in POWER {
        let p = found_on_each(sets / 2, |seed| {
            p_of_groups(&KINDS[0], n_groups, distance, seed)
        });
        // A group that hardly ever comes back is not found, either.
        let p: Vec<f64> = p.into_iter().map(|p| p.unwrap_or(1.0)).collect();
        rows.push(Row {
            what: format!("{n_groups} groups {distance} sd apart, K-Means: p at most 0.05"),
            n: p.len(),
            wanted: Bound::AtLeast(least),
            found: Some(share(&p, 0.05)),
        });
    }
    Section {
        title: "Columns that the models used: selective p values",
        about: "One bell is cut into segments, and a segment is compared with another or with everyone else in a feature that it was cut \
                by. Usual tests call nearly all of these differences; the selective p value must be uniform. Below it, groups that are \
                there, in the feature that parts them.",
        rows,
    }
}

/// Share of values up to a level.
pub(crate) fn share(p: &[f64], level: f64) -> f64 {
    p.iter().filter(|&&p| p <= level).count() as f64 / p.len().max(1) as f64
}

/// The p value of the Kolmogorov test that values are uniform, by its limit with Stephens' correction (1970, J. R. Stat. Soc. B 32).
pub(crate) fn p_of_uniform(p: &[f64]) -> f64 {
    let mut sorted = p.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let far = sorted.iter().enumerate().map(|(i, &p)| {
        let (below, above) = (i as f64 / n, (i + 1) as f64 / n);
        (p - below).max(above - p)
    });
    let distance = far.fold(0.0, f64::max);
    let x = distance * (n.sqrt() + 0.12 + 0.11 / n.sqrt());
    let term = |i: i32| {
        f64::from(if i % 2 == 1 { 2 } else { -2 }) * libm::exp(-2.0 * f64::from(i * i) * x * x)
    };
    (1..=100).map(term).sum::<f64>().clamp(0.0, 1.0)
}

fn p_of_one_bell(kind: &Kind, seed: u64) -> Option<f64> {
    let mut rng = Rng::new(seed);
    let (n, d, k) = (60 + rng.below(441), 1 + rng.below(5), 2 + rng.below(5));
    let rho = if rng.below(2) == 0 { 0.0 } else { 0.6 };
    let mut data = Matrix::with_features(d);
    for _ in 0..n {
        let common = rng.normal();
        let own = (0..d).map(|_| rho * common + (1.0_f64 - rho * rho).sqrt() * rng.normal());
        data.push_row(own.collect::<Vec<_>>());
    }
    let tested = Tested::of(kind, &data, k, seed)?;
    let segment = rng.below(k) as u32;
    let other = (segment + 1 + rng.below(k - 1) as u32) % k as u32;
    let other = (rng.below(2) == 0).then_some(other);
    tested.p(segment, other, rng.below(d))
}

fn p_of_groups(kind: &Kind, n_groups: usize, distance: f64, seed: u64) -> Option<f64> {
    let mut rng = Rng::new(seed.wrapping_mul(131_071) + 3);
    let mut data = Matrix::with_features(2);
    for i in 0..n_groups * IN_A_GROUP {
        let centre = distance * (i % n_groups) as f64;
        data.push_row([centre + rng.normal(), rng.normal()]);
    }
    let tested = Tested::of(kind, &data, n_groups, seed)?;
    tested.p(rng.below(n_groups) as u32, None, 0)
}

/// A set with its segments.
struct Tested<'a> {
    kind: &'a Kind,
    samples: Samples,
    labels: Labels,
    options: ModelOptions,
}

impl<'a> Tested<'a> {
    fn of(kind: &'a Kind, data: &Matrix, k: usize, seed: u64) -> Option<Self> {
        let samples = Samples::new(data).ok()?;
        let options = ModelOptions {
            hierarchical: HierarchicalParams {
                linkage: kind.linkage,
                metric: Metric::Euclidean,
            },
            seed,
            ..ModelOptions::default()
        };
        let labels = fitted(kind.model, &samples, &options, k)?.labels(k).ok()?;
        Some(Self {
            kind,
            samples,
            labels,
            options,
        })
    }

    /// The p value of a segment against another or everyone else; `None` where one is too small, or the group never comes back.
    fn p(&self, segment: u32, other: Option<u32>, feature: usize) -> Option<f64> {
        let labels = &self.labels.of_distinct;
        let side = |&label: &u32| match other {
            _ if label == segment => Side::Group,
            Some(other) if label != other => Side::Neither,
            _ => Side::Compared,
        };
        let sides: Vec<Side> = labels.iter().map(side).collect();
        let n_of = |side: Side| sides.iter().filter(|own| **own == side).count();
        if n_of(Side::Group) < FEWEST || n_of(Side::Compared) < FEWEST {
            return None;
        }
        let points = &self.samples.points;
        let contrast = Contrast::of(points, &self.samples.weights, &sides, feature)?;
        let k = self.labels.n_clusters;
        let found = selective_p(&contrast, points, &mut |moved: &Matrix| {
            let samples = Samples::new(moved)?;
            let Some(fit) = fitted(self.kind.model, &samples, &self.options, k) else {
                return Ok(false);
            };
            let again = fit.labels(k)?.of_samples(&samples);
            let is_back = |side: Side| {
                let at = sides.iter().position(|own| *own == side);
                let label = at.map(|at| again[at]);
                let mut rows = sides.iter().zip(&again);
                rows.all(|(own, found)| (*own == side) == (Some(*found) == label))
            };
            Ok(is_back(Side::Group) && (other.is_none() || is_back(Side::Compared)))
        });
        let found: Result<Option<f64>, seamline::cluster::FitError> = found;
        found.ok()?
    }
}

/// A model fitted after those that it starts from.
fn fitted(model: ModelKey, samples: &Samples, options: &ModelOptions, k: usize) -> Option<Fit> {
    fitted_key(&model.model()?.fit_key(options, k), samples, k)
}

fn fitted_key(key: &FitKey, samples: &Samples, k: usize) -> Option<Fit> {
    let before = key.model.model()?.requires(key).into_iter();
    let starts = before.filter_map(|key| fitted_key(&key, samples, k)?.labels(k).ok());
    let job = FitJob {
        key: key.clone(),
        starts: starts.collect(),
        scale: Scale::of(samples),
    };
    job.fit(samples, &mut |_| ()).ok()
}
