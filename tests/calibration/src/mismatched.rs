//! Selective p values of the mismatched customers: one bell, cut by K-Means, Ward's tree and a mixture, whose disagreement is compared with everyone
//! else in each feature.
//!
//! ```text
//! sets     60 to 200 customers and 1 to 3 features of one bell, half of them with correlations, 2 to 5 segments
//! counted  p of the first feature, `x0`, and how often any claim about the mismatched is called supported
//! ```

use seamline::cluster::ModelKey;
use seamline::explain::{Basis, Finding, Group};
use seamline::numeric::{Matrix, Rng};
use seamline::questions::AskExplanation;
use seamline::result::{EngineError, ResultId, Settings};

use crate::page::{Counted, File, counted_on_each, name};
use crate::selective::{p_of_uniform, share};
use crate::{Bound, Experiment, Row, Section};

/// What is said of the mismatched.
pub(crate) const EXPERIMENT: Experiment = Experiment {
    name: "mismatched",
    full: 1_000,
    small: 12,
    run,
};

/// The models that the page compares.
const ALL: [ModelKey; 3] = [
    ModelKey::K_MEANS,
    ModelKey::HIERARCHICAL,
    ModelKey::GAUSSIAN_MIXTURE,
];

/// What is found on a set.
struct Found {
    /// Of the first feature of the file, if it has one.
    p: Option<f64>,
    is_supported: bool,
}

fn run(sets: usize) -> Section {
    let Counted { found, errors } = counted_on_each(sets, found);
    let p: Vec<f64> = found.iter().filter_map(|it| it.p).collect();
    let supported = found.iter().filter(|it| it.is_supported).count();
    Section {
        title: "The mismatched customers: selective p values",
        about: "One bell is cut by K-Means, Ward's tree and a mixture, and the mismatched are compared with everyone else in the features.",
        rows: vec![
            // A set without five mismatched customers has no p value.
            Row::figure(
                "p at most 0.05",
                Bound::Between(0.036, 0.066),
                share(&p, 0.05),
                p.len(),
            )
            .out_of(sets)
            .with(&errors),
            Row::figure(
                "p of the test that p is uniform",
                Bound::P(0.01),
                p_of_uniform(&p),
                p.len(),
            )
            .out_of(sets),
            Row::of(
                "any claim supported",
                Bound::AtMost(0.05),
                supported,
                found.len(),
            )
            .out_of(sets),
        ],
    }
}

fn found(seed: u64) -> Result<Found, EngineError> {
    let mut rng = Rng::new(seed.wrapping_mul(6_151) + 7);
    let (n, d, k) = (60 + rng.below(141), 1 + rng.below(3), 2 + rng.below(4));
    let rho = if rng.below(2) == 0 { 0.0 } else { 0.6 };
    let mut rows = Matrix::with_features(d);
    for _ in 0..n {
        let common = rng.normal();
        let own = (0..d).map(|_| rho * common + (1.0_f64 - rho * rho).sqrt() * rng.normal());
        rows.push_row(own.collect::<Vec<_>>());
    }
    let mut engine = File::from(rows).opened_with(Settings {
        models: ALL.into_iter().collect(),
        n_clusters: Some(k),
        ..Settings::default()
    })?;
    let said = engine.ask(ResultId(1), &AskExplanation, &mut |_, _| ())?;
    let of_mismatched = said
        .insights
        .iter()
        .filter(|it| it.claim.group == Group::Mismatched);
    let mut columns = said.columns.iter();
    let first = columns.find(|it| it.column == name(0) && it.basis == Basis::Selective);
    Ok(Found {
        p: first.and_then(|it| it.p),
        is_supported: of_mismatched
            .into_iter()
            .any(|it| it.finding == Finding::Supported),
    })
}
