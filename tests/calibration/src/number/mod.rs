//! The number of segments that is recommended: how often it is the number of planted groups, beside single criteria; and how often
//! one is recommended where there are no groups.
//!
//! ```text
//! groups    2 to 10 of 20 to 200 customers each, normal in 2 to 5 features: spheres, ellipses along the axes, or turned ellipses
//! apart     each centre lies 3 to 6 mean standard deviations from its nearest one, and 1 to 1.3 times that from the one it is set beside;
//!           the deviation is that of the two groups along the line between their centres
//! files     the same groups in whole numbers or as answers 1 to 10, and with 1 to 5 customers far from all others
//! no groups 200 to 800 customers in 2 to 5 features: uniform, normal, or log-normal (deviation of the logarithm 0.6)
//! ```

mod files;
mod planted;

use seamline::cluster::ModelKey;
use seamline::numeric::{Matrix, Rng};
use seamline::questions::AskSweep;
use seamline::result::{Criterion, EngineError, ResultId, Sweep};

use self::planted::Planted;
use crate::page::{Counted, File, counted_on_each, share_of};
use crate::{Bound, Experiment, Row, Section};

/// The recommended number of segments.
pub(crate) const EXPERIMENT: Experiment = Experiment {
    name: "number",
    full: 200,
    small: 3,
    run,
};

/// Criteria that the recommendation is compared with, and their names.
const SINGLE: [(Criterion, &str); 5] = [
    (Criterion::Silhouette, "mean silhouette"),
    (Criterion::CalinskiHarabasz, "Calinski-Harabasz"),
    (Criterion::DaviesBouldin, "Davies-Bouldin"),
    (Criterion::Gap, "gap"),
    (Criterion::Bic, "BIC of the mixture"),
];

/// Families of data without groups.
const NONE: [(&str, Value); 3] = [
    ("uniform", |rng| rng.uniform()),
    ("normal", Rng::normal),
    ("log-normal", |rng| libm::exp(0.6 * rng.normal())),
];

/// Whether a number is that of the planted groups.
struct Right {
    recommended: bool,
    /// By each of [`SINGLE`].
    alone: [bool; SINGLE.len()],
}

/// Planted groups as files have them.
const FILES: [(&str, Plant); 2] = [
    (
        "planted, whole numbers or answers 1 to 10",
        Planted::rounded,
    ),
    (
        "planted, and 1 to 5 customers far out",
        Planted::with_outliers,
    ),
];

/// Plants the groups of a seed.
type Plant = fn(u64) -> Planted;

/// Draws a value.
type Value = fn(&mut Rng) -> f64;

fn run(sets: usize) -> Section {
    let Counted {
        found: planted,
        errors,
    } = counted_on_each(sets, |seed| {
        let Planted { rows, n_groups } = Planted::draw(seed);
        let sweep = swept(rows)?;
        let is_right = |number: Option<usize>| number == Some(n_groups);
        let alone = |criterion| is_right(chosen(&sweep, criterion));
        Ok::<_, EngineError>(Right {
            recommended: is_right(sweep.recommended()),
            alone: SINGLE.map(|(criterion, _)| alone(criterion)),
        })
    });
    let right = planted.iter().filter(|it| it.recommended).count();
    let right_alone = |at: usize| planted.iter().filter(|it| it.alone[at]).count();
    let share = |count: usize| count as f64 / sets as f64;
    let row = |what: String, wanted, count: usize| {
        let row = Row::of(what, wanted, count, planted.len());
        row.out_of(sets).with(&errors)
    };
    let wanted = Bound::AtLeast(0.85);
    let mut rows = vec![row(
        "planted, recommended number right".into(),
        wanted,
        right,
    )];
    for (at, (_, name)) in SINGLE.iter().enumerate() {
        let ten_below = Bound::AtMost((100.0 * share(right) - 10.0).max(0.0).round() / 100.0);
        rows.push(row(
            format!("the same, by {name} alone"),
            ten_below,
            right_alone(at),
        ));
    }
    for (what, planted) in FILES {
        let what = format!("{what}, recommended number right");
        rows.push(share_of(what, wanted, sets, |seed| {
            let Planted { rows, n_groups } = planted(seed);
            Ok::<_, EngineError>(swept(rows)?.recommended() == Some(n_groups))
        }));
    }
    for (name, value) in NONE {
        let what = format!("{name}, a number recommended");
        rows.push(share_of(what, Bound::AtMost(0.05), sets, |seed| {
            let sweep = swept(without_groups(value, seed))?;
            Ok::<_, EngineError>(sweep.recommended().is_some())
        }));
    }
    Section {
        title: "The number of segments",
        about: "2 to 10 groups of 20 to 200 customers each, normal in 2 to 5 features (spheres, ellipses along the axes, turned ellipses), \
                lie 3 to 6 standard deviations apart. Counted is how often the recommended number is theirs, and how often that of a \
                single criterion over 2 to 12 is, which should be at least 10 points less often. Then the same groups in whole \
                numbers (2 to 4 to a standard deviation) or 2 to 4 groups of answers 1 to 10, and the same groups with 1 to 5 customers \
                8 to 40 standard deviations away, together or apart. Below: 200 to 800 customers without groups, and how often a number is recommended.",
        rows,
    }
}

/// What the page is told about every number of segments of these rows.
fn swept(rows: Matrix) -> Result<Sweep, EngineError> {
    let models = [
        ModelKey::K_MEANS,
        ModelKey::HIERARCHICAL,
        ModelKey::GAUSSIAN_MIXTURE,
    ];
    let mut engine = File::from(rows).opened(&models)?;
    engine.ask(ResultId(1), &AskSweep, &mut |_, _| ())
}

/// The number that a criterion alone chooses.
fn chosen(sweep: &Sweep, criterion: Criterion) -> Option<usize> {
    let overall = sweep.overall.as_ref()?;
    if criterion == overall.criterion {
        return Some(overall.n_clusters);
    }
    let mut others = overall.others.iter();
    others
        .find(|(other, _)| *other == criterion)
        .map(|&(_, n)| n)
}

fn without_groups(value: Value, seed: u64) -> Matrix {
    let mut rng = Rng::new(seed.wrapping_mul(6_007) + 3);
    let (n, d) = (200 + rng.below(601), 2 + rng.below(4));
    let mut rows = Matrix::with_features(d);
    for _ in 0..n {
        rows.push_row((0..d).map(|_| value(&mut rng)));
    }
    rows
}
