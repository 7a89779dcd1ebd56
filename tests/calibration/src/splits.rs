//! Splits of the tree: how often one is told from chance where there is no group, and how often all true ones are where there are.
//!
//! ```text
//! one bell  60 to 500 customers, 1 to 5 features, a random covariance; Ward, average or complete linkage
//! planted   3 to 6 round bells in 2 to 5 features, centres at least 5 sd apart, sizes up to 1 : 4; Ward linkage
//! asked     `tree_splits` at the family-wise level 0.05
//! ```

use seamline::cluster::hierarchical::{Hierarchical, HierarchicalParams, Linkage};
use seamline::cluster::{FitError, Metric, Samples};
use seamline::numeric::{Matrix, Rng};
use seamline::quality::{TreeSplits, tree_splits};

use crate::page::{Counted, counted_on_each, share_of};
use crate::{Bound, Experiment, Row, Section};

/// Splits of the tree.
pub(crate) const EXPERIMENT: Experiment = Experiment {
    name: "splits",
    full: 200,
    small: 4,
    run,
};

/// Distance of the centres in standard deviations.
const APART: f64 = 5.0;

fn run(sets: usize) -> Section {
    let linkages = [
        (Linkage::Ward, "Ward"),
        (Linkage::Average, "average"),
        (Linkage::Complete, "complete"),
    ];
    let mut rows: Vec<Row> = linkages
        .into_iter()
        .map(|(linkage, name)| {
            let what = format!("one bell, {name} linkage: any split told");
            share_of(what, Bound::AtMost(0.07), sets, |seed| {
                Ok::<_, FitError>(found(&bell(seed), linkage, seed)?.holds_to > 1)
            })
        })
        .collect();
    let Counted {
        found: told,
        errors,
    } = counted_on_each(sets, |seed| {
        let planted = Planted::of(seed);
        let found = found(&planted.rows, Linkage::Ward, seed)?;
        let is_more = found.holds_to > planted.n_groups || found.n_further() > 0;
        Ok::<_, FitError>((found.holds_to >= planted.n_groups, is_more))
    });
    let all_told = told.iter().filter(|(is_all, _)| *is_all).count();
    let just_those = told.iter().filter(|it| matches!(it, (true, false))).count();
    rows.push(
        Row::of(
            "planted groups: all true splits told",
            Bound::AtLeast(0.9),
            all_told,
            told.len(),
        )
        .out_of(sets)
        .with(&errors),
    );
    rows.push(
        Row::of(
            "planted groups: all true splits told, and no other",
            Bound::AtLeast(0.8),
            just_those,
            told.len(),
        )
        .out_of(sets),
    );
    Section {
        title: "Splits of the tree",
        about: "Each split of the tree, from the top, is held against sets of one bell (Kimes, Liu, Hayes & Marron 2017). Without groups: one \
                bell of 60 to 500 customers in 1 to 5 features with a random covariance; counted is how often any split is told from \
                chance. With groups: 3 to 6 round bells in 2 to 5 features, centres at least 5 standard deviations apart, sizes up to \
                1 : 4, 200 to 400 customers; counted is how often all the splits up to the planted number are told.",
        rows,
    }
}

fn found(rows: &Matrix, linkage: Linkage, seed: u64) -> Result<TreeSplits, FitError> {
    let params = HierarchicalParams {
        linkage,
        metric: Metric::Euclidean,
    };
    let samples = Samples::new(rows)?;
    let tree = Hierarchical::fit(&samples, params, &mut |_| ())?;
    tree_splits(&tree, params, &samples, seed, &mut |_| ())
}

/// One bell with a random covariance.
fn bell(seed: u64) -> Matrix {
    let mut rng = Rng::new(seed.wrapping_mul(6151) + 3);
    let (n, d) = (60 + rng.below(441), 1 + rng.below(5));
    let mixing: Vec<f64> = (0..d * d).map(|_| rng.normal()).collect();
    let mut rows = Matrix::with_features(d);
    for _ in 0..n {
        let z: Vec<f64> = (0..d).map(|_| rng.normal()).collect();
        rows.push_row(mixing.chunks(d).map(|line| {
            let terms = line.iter().zip(&z);
            terms.map(|(a, z)| a * z).sum::<f64>()
        }));
    }
    rows
}

/// Round bells around centres that keep their distance.
struct Planted {
    rows: Matrix,
    n_groups: usize,
}

impl Planted {
    fn of(seed: u64) -> Self {
        let mut rng = Rng::new(seed.wrapping_mul(9973) + 17);
        let (n_groups, d) = (3 + rng.below(4), 2 + rng.below(4));
        let mut centres: Vec<Vec<f64>> = Vec::new();
        while centres.len() < n_groups {
            let wide = APART * 2.0;
            let centre: Vec<f64> = (0..d).map(|_| wide * (rng.uniform() - 0.5) * 2.0).collect();
            let is_far = |other: &Vec<f64>| {
                let pairs = centre.iter().zip(other);
                pairs.map(|(a, b)| (a - b).powi(2)).sum::<f64>() >= APART * APART
            };
            if centres.iter().all(is_far) {
                centres.push(centre);
            }
        }
        let n = 200 + rng.below(201);
        let parts: Vec<f64> = (0..n_groups).map(|_| 1.0 + 3.0 * rng.uniform()).collect();
        let whole: f64 = parts.iter().sum();
        let mut rows = Matrix::with_features(d);
        for (centre, part) in centres.iter().zip(&parts) {
            for _ in 0..(part / whole * n as f64) as usize {
                rows.push_row(centre.iter().map(|x| x + rng.normal()));
            }
        }
        Self { rows, n_groups }
    }
}
