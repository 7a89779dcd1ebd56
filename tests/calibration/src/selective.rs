//! Selective p values (`seamline::inference`): uniform where there is one bell, small where groups are apart; by the question that the page
//! asks about a claim, on z-scores where there is one bell.
//!
//! ```text
//! size   one bell of 60 to 500 customers and 1 to 5 features, half of the sets with correlations, cut into 2 to 6 segments; one segment
//!        of at least 5 customers against everyone else, in one feature, both drawn by the seed
//! power  two or three groups of 60 customers, 4 or 6 sd apart in the first of two features; one segment against everyone else in it
//! ```

use seamline::cluster::hierarchical::{HierarchicalParams, Linkage};
use seamline::cluster::{Metric, ModelKey};
use seamline::explain::{Basis, Claim, Group, Says};
use seamline::features::Scaling;
use seamline::numeric::{Matrix, Rng};
use seamline::questions::CheckClaim;
use seamline::result::{EngineError, ResultId, Settings};

use crate::page::{Counted, File, counted_on_each, name};
use crate::{Bound, Experiment, Row, Section};

/// Selective p values.
pub(crate) const EXPERIMENT: Experiment = Experiment {
    name: "selective",
    full: 1_000,
    small: 12,
    run,
};

/// The steps of the search were chosen on the seeds before.
const UNSEEN: u64 = 20_000_000;
/// Customers in each planted group.
const IN_A_GROUP: usize = 60;

/// A model with its options.
struct Kind {
    name: &'static str,
    /// The model whose segments are tested, before another that it is compared with.
    models: [ModelKey; 2],
    linkage: Linkage,
    /// The share of sets that has a p value: a chain has one large segment and others of a few.
    has_p: f64,
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "K-Means",
        models: [ModelKey::K_MEANS, ModelKey::HIERARCHICAL],
        linkage: Linkage::Ward,
        has_p: 1.0,
    },
    Kind {
        name: "Ward",
        models: [ModelKey::HIERARCHICAL, ModelKey::HDBSCAN],
        linkage: Linkage::Ward,
        has_p: 1.0,
    },
    Kind {
        name: "average linkage",
        models: [ModelKey::HIERARCHICAL, ModelKey::HDBSCAN],
        linkage: Linkage::Average,
        has_p: 0.4,
    },
    Kind {
        name: "mixture",
        models: [ModelKey::GAUSSIAN_MIXTURE, ModelKey::HDBSCAN],
        linkage: Linkage::Ward,
        has_p: 0.9,
    },
];

/// Planted groups, how far they are apart, and the least power: a floor below what was found. The fixture `selective` holds the power
/// beside that of the published procedure.
const POWER: [(usize, f64, f64); 4] = [(2, 4.0, 0.4), (3, 4.0, 0.2), (2, 6.0, 0.9), (3, 6.0, 0.55)];

fn run(sets: usize) -> Section {
    let (mut rows, mut all) = (Vec::new(), Vec::new());
    let between = Bound::Between(0.036, 0.066);
    let pair = |what: &str, p: &[f64]| {
        [
            Row::figure(
                format!("{what}: p at most 0.05"),
                between,
                share(p, 0.05),
                p.len(),
            ),
            Row::figure(
                format!("{what}: p of the test that p is uniform"),
                Bound::P(0.01),
                p_of_uniform(p),
                p.len(),
            ),
        ]
    };
    for (at, kind) in KINDS.iter().enumerate() {
        let Counted { found, errors } = counted_on_each(sets, |seed| {
            p_of_one_bell(kind, (seed + UNSEEN) * 8_191 + at as u64)
        });
        let p: Vec<f64> = found.into_iter().flatten().collect();
        all.extend(p.iter().copied().step_by(KINDS.len()));
        let expected = (kind.has_p * sets as f64) as usize;
        let pair = pair(&format!("one bell, {}", kind.name), &p);
        rows.extend(pair.map(|row| row.out_of(expected).with(&errors)));
    }
    rows.extend(pair("one bell, a quarter of the sets of each", &all));
    for (n_groups, distance, least) in POWER {
        let Counted { found, errors } = counted_on_each(sets / 2, |seed| {
            p_of_groups(&KINDS[0], n_groups, distance, seed)
        });
        // A group that hardly ever comes back is not found, either.
        let p: Vec<f64> = found.into_iter().map(|p| p.unwrap_or(1.0)).collect();
        let what = format!("{n_groups} groups {distance} sd apart, K-Means: p at most 0.05");
        let row = Row::figure(what, Bound::AtLeast(least), share(&p, 0.05), p.len());
        rows.push(row.out_of(sets / 2).with(&errors));
    }
    Section {
        title: "Columns that the models used: selective p values",
        about: "One bell is cut into segments, and a segment is compared with everyone else in a feature that it was cut \
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

/// The p value of a segment of one bell in a feature; `None` where one side is too small, or the group never comes back.
fn p_of_one_bell(kind: &Kind, seed: u64) -> Result<Option<f64>, EngineError> {
    let mut rng = Rng::new(seed);
    let (n, d, k) = (60 + rng.below(441), 1 + rng.below(5), 2 + rng.below(5));
    let rho = if rng.below(2) == 0 { 0.0 } else { 0.6 };
    let mut data = Matrix::with_features(d);
    for _ in 0..n {
        let common = rng.normal();
        let own = (0..d).map(|_| rho * common + (1.0_f64 - rho * rho).sqrt() * rng.normal());
        data.push_row(own.collect::<Vec<_>>());
    }
    let (segment, feature) = (rng.below(k), rng.below(d));
    p(kind, data, Scaling::ZScore, k, Asked { segment, feature })
}

fn p_of_groups(
    kind: &Kind,
    n_groups: usize,
    distance: f64,
    seed: u64,
) -> Result<Option<f64>, EngineError> {
    let mut rng = Rng::new(seed.wrapping_mul(131_071) + 3);
    let mut data = Matrix::with_features(2);
    for i in 0..n_groups * IN_A_GROUP {
        let centre = distance * (i % n_groups) as f64;
        data.push_row([centre + rng.normal(), rng.normal()]);
    }
    // Z-scores would shrink the feature that parts the groups beside the other.
    let segment = rng.below(n_groups);
    let asked = Asked {
        segment,
        feature: 0,
    };
    p(kind, data, Scaling::None, n_groups, asked)
}

/// A segment and a feature.
#[derive(Clone, Copy)]
struct Asked {
    segment: usize,
    feature: usize,
}

/// What the page says of a segment in a feature, beside everyone else.
fn p(
    kind: &Kind,
    data: Matrix,
    scaling: Scaling,
    k: usize,
    asked: Asked,
) -> Result<Option<f64>, EngineError> {
    let mut engine = File::from(data).opened_with(Settings {
        models: kind.models.into_iter().collect(),
        hierarchical: HierarchicalParams {
            linkage: kind.linkage,
            metric: Metric::Euclidean,
        },
        n_clusters: Some(k),
        scaling,
        ..Settings::default()
    })?;
    let claim = Claim {
        column: name(asked.feature),
        group: Group::Segment(asked.segment as u32),
        says: Says::Higher,
    };
    let found = engine.ask(ResultId(1), &CheckClaim(claim), &mut |_, _| ())?;
    Ok(found.p.filter(|_| found.basis == Basis::Selective))
}
