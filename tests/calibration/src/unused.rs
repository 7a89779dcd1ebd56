//! Claims about a column that no model used: how often chance alone is taken for a difference, and how often a real one is found.
//!
//! ```text
//! features  two groups 5 sd apart in one feature, cut by K-Means into two segments
//! beside    noise, or a column that correlates with the feature inside the data by rho = 0.5
//! asked     `insights` of a segment over one such column, at level 0.05
//! ```

use seamline::cluster::k_means::{KMeans, KMeansParams};
use seamline::cluster::{FitError, Samples};
use seamline::explain::{Evidence, Group, Grouped, Test, insights, spreads};
use seamline::numeric::{Matrix, Rng};

use crate::page::{Counted, counted_on_each};
use crate::{Bound, Experiment, Row, Section};

/// Claims about columns that no model used.
pub(crate) const EXPERIMENT: Experiment = Experiment {
    name: "unused",
    full: 1_000,
    small: 60,
    run,
};

/// Customers of a set.
const CUSTOMERS: usize = 200;
/// Correlation of the second column with the feature.
const RHO: f64 = 0.5;

fn run(sets: usize) -> Section {
    let Counted {
        found: claimed,
        errors,
    } = counted_on_each(sets, is_claimed);
    let row = |what: &str, wanted, which: usize| {
        let count = claimed.iter().filter(|claimed| claimed[which]).count();
        let row = Row::of(what, wanted, count, claimed.len());
        row.out_of(sets).with(&errors)
    };
    Section {
        title: "Columns that no model used",
        about: "Two groups of 100 customers lie 5 standard deviations apart in one feature, and K-Means cuts them into two segments. A \
                second column, which no model used, is noise or correlates with the feature (rho 0.5). Counted is how often a segment \
                is said to be higher or lower in it.",
        rows: vec![
            row("noise, called a difference", Bound::AtMost(0.05), 0),
            row("correlated, found", Bound::AtLeast(0.95), 1),
        ],
    }
}

/// Whether a difference is claimed in a column of noise, and in a correlated one.
fn is_claimed(seed: u64) -> Result<[bool; 2], FitError> {
    let mut rng = Rng::new(seed.wrapping_mul(7919) + 11);
    let mut data = Matrix::with_features(1);
    let (mut noise, mut related) = (Vec::new(), Vec::new());
    for i in 0..CUSTOMERS {
        // Centres at -2.5 and 2.5 give the feature the variance 1 + 2.5^2.
        let feature = rng.normal() + if i % 2 == 0 { -2.5 } else { 2.5 };
        let deviation = (1.0_f64 + 6.25).sqrt();
        data.push_row([feature]);
        noise.push(rng.normal());
        related.push(RHO * feature / deviation + (1.0 - RHO * RHO).sqrt() * rng.normal());
    }
    let params = KMeansParams {
        n_clusters: 2,
        seed,
        ..Default::default()
    };
    let samples = Samples::new(&data)?;
    let fit = KMeans::fit(&samples, &params, &mut |_| ())?;
    let labels = fit.labels.of_samples(&samples);
    let is_member: Vec<bool> = labels.iter().map(|&label| label == 0).collect();
    let claimed = [noise, related].map(|values| {
        let columns = [Evidence {
            name: "beside",
            is_feature: false,
            values: &values,
        }];
        let found = spreads(&columns, std::slice::from_ref(&is_member), seed);
        !insights(
            &columns,
            &[Grouped {
                group: Group::Segment(0),
                is_member: &is_member,
                spreads: &found[0],
                tests: &[Test::Permutations],
            }],
        )
        .is_empty()
    });
    Ok(claimed)
}
