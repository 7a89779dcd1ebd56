//! The number of segments that is recommended: how often it is the number of planted groups, beside single criteria; and how often
//! one is recommended where there are no groups.
//!
//! ```text
//! groups    2 to 10 of 20 to 200 customers each, normal in 2 to 5 features: spheres, ellipses along the axes, or turned ellipses
//! apart     each centre lies 3 to 6 mean standard deviations from its nearest one, and 1 to 1.3 times that from the one it is set beside;
//!           the deviation is that of the two groups along the line between their centres
//! no groups 200 to 800 customers in 2 to 5 features: uniform, normal, or log-normal (deviation of the logarithm 0.6)
//! ```

use seamline::cluster::ModelKey;
use seamline::numeric::{Matrix, Rng, point_at};
use seamline::questions::AskSweep;
use seamline::result::{Criterion, EngineError, ResultId, Sweep};

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
                single criterion over 2 to 12 is, which should be at least 10 points less often. Below: 200 to 800 customers without \
                groups, and how often a number is recommended.",
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

/// Planted groups.
struct Planted {
    rows: Matrix,
    n_groups: usize,
}

impl Planted {
    fn draw(seed: u64) -> Self {
        let mut rng = Rng::new(seed.wrapping_mul(7_013) + 5);
        let (n_groups, d) = (2 + rng.below(9), 2 + rng.below(4));
        let apart = 3.0 + 3.0 * rng.uniform();
        let shape = rng.below(3);
        let groups: Vec<Group> = (0..n_groups)
            .map(|_| Group::draw(shape, d, &mut rng))
            .collect();
        let centres = centres(&groups, apart, &mut rng);
        let mut rows = Matrix::with_features(d);
        for (group, centre) in groups.iter().zip(&centres) {
            for _ in 0..20 + rng.below(181) {
                let values: Vec<f64> = (0..d).map(|_| rng.normal()).collect();
                let at = centre.iter().zip(&group.axes);
                rows.push_row(at.map(|(c, axis)| c + dot(axis, &values)));
            }
        }
        Self { rows, n_groups }
    }
}

/// A normal distribution: its values are these axes times independent ones.
struct Group {
    axes: Vec<Vec<f64>>,
}

impl Group {
    /// A sphere (0), or an ellipse with deviations of 0.6 to 1.4 along the axes (1) or turned (2).
    fn draw(shape: usize, d: usize, rng: &mut Rng) -> Self {
        let mut axes = vec![vec![0.0; d]; d];
        for (i, axis) in axes.iter_mut().enumerate() {
            axis[i] = if shape == 0 {
                1.0
            } else {
                0.6 + 0.8 * rng.uniform()
            };
        }
        let pairs = (0..d).flat_map(|i| (i + 1..d).map(move |j| (i, j)));
        for (i, j) in pairs.filter(|_| shape == 2) {
            let (cos, sin) = point_at(rng.uniform());
            for column in 0..d {
                let (x, y) = (axes[i][column], axes[j][column]);
                axes[i][column] = cos * x - sin * y;
                axes[j][column] = sin * x + cos * y;
            }
        }
        Self { axes }
    }

    /// Standard deviation along a direction of length 1.
    fn deviation(&self, direction: &[f64]) -> f64 {
        let columns = 0..direction.len();
        let along = columns.map(|column| {
            let terms = self.axes.iter().zip(direction);
            terms.map(|(axis, x)| axis[column] * x).sum::<f64>()
        });
        along.map(|x| x * x).sum::<f64>().sqrt()
    }
}

/// Centres of groups: each beside one drawn at random, in a random direction, and no two too near.
fn centres(groups: &[Group], apart: f64, rng: &mut Rng) -> Vec<Vec<f64>> {
    let d = groups.first().map_or(0, |group| group.axes.len());
    let mut centres = vec![vec![0.0; d]];
    while centres.len() < groups.len() {
        let (beside, next) = (rng.below(centres.len()), centres.len());
        let direction: Vec<f64> = (0..d).map(|_| rng.normal()).collect();
        let direction = scaled(&direction);
        let mean_deviation = |of: usize, direction: &[f64]| {
            f64::midpoint(
                groups[of].deviation(direction),
                groups[next].deviation(direction),
            )
        };
        let far = apart * (1.0 + 0.3 * rng.uniform()) * mean_deviation(beside, &direction);
        let centre = centres[beside].iter().zip(&direction);
        let centre: Vec<f64> = centre.map(|(c, x)| c + far * x).collect();
        let is_free = centres.iter().enumerate().all(|(of, other)| {
            let between: Vec<f64> = centre.iter().zip(other).map(|(a, b)| a - b).collect();
            let distance = dot(&between, &between).sqrt();
            distance >= apart * mean_deviation(of, &scaled(&between))
        });
        if is_free {
            centres.push(centre);
        }
    }
    centres
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn scaled(vector: &[f64]) -> Vec<f64> {
    let length = dot(vector, vector).sqrt();
    vector.iter().map(|x| x / length).collect()
}
