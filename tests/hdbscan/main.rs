//! HDBSCAN compared with scikit-learn 1.9.1 and with a slow twin that follows the definitions.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

mod twin;

use seamline::cluster::hdbscan::{Hdbscan, HdbscanParams};
use seamline::cluster::{FitError, ModelKey, NOISE, ParamsError, Samples};
use seamline::numeric::{Matrix, Rng};
use serde::Deserialize;
use twin::slow;

/// The output of tests/fixtures/hdbscan.py.
#[derive(Deserialize)]
struct Fixture {
    n_drawn: usize,
    sets: Vec<Set>,
    tied: Vec<Set>,
}

/// How a set is generated, its parameters, and scikit-learn's result.
#[derive(Deserialize)]
struct Set {
    seed: u64,
    n: usize,
    d: usize,
    n_centres: usize,
    noise: f64,
    min_cluster_size: usize,
    min_samples: usize,
    #[serde(default)]
    labels: Vec<i64>,
    #[serde(default)]
    probabilities: Vec<f64>,
    tree_length: f64,
}

/// The random number generator of the script.
struct Draws(u64);

impl Draws {
    fn uniform(&mut self) -> f64 {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn bell(&mut self) -> f64 {
        (0..12).fold(0.0, |total, _| total + self.uniform()) - 6.0
    }
}

impl Set {
    /// The rows, generated as in the script.
    fn rows(&self, is_tied: bool) -> Vec<Vec<f64>> {
        let mut draws = Draws(self.seed);
        let centres: Vec<Vec<f64>> = (0..self.n_centres)
            .map(|_| (0..self.d).map(|_| 20.0 * draws.uniform() - 10.0).collect())
            .collect();
        let widths: Vec<f64> = (0..self.n_centres)
            .map(|_| 0.3 + 1.2 * draws.uniform())
            .collect();
        let mut row = || -> Vec<f64> {
            if draws.uniform() < self.noise {
                return (0..self.d).map(|_| 24.0 * draws.uniform() - 12.0).collect();
            }
            let at = (draws.uniform() * self.n_centres as f64) as usize;
            let centre = centres[at].iter();
            centre.map(|x| x + widths[at] * draws.bell()).collect()
        };
        let rows = (0..self.n).map(|_| row());
        let rounded = rows.map(|row| {
            let values = row.into_iter();
            values
                .map(|x| if is_tied { x.floor() } else { x })
                .collect()
        });
        rounded.collect()
    }

    fn fit(&self, is_tied: bool) -> (Samples, Hdbscan) {
        let samples = samples(&self.rows(is_tied));
        let params = HdbscanParams {
            min_cluster_size: self.min_cluster_size,
            min_samples: self.min_samples,
        };
        let model = fit(&samples, params);
        (samples, model)
    }
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../fixtures/hdbscan.json")).unwrap()
}

fn samples(rows: &[Vec<f64>]) -> Samples {
    let mut matrix = Matrix::with_features(rows.first().map_or(1, Vec::len));
    rows.iter()
        .for_each(|row| matrix.push_row(row.iter().copied()));
    Samples::new(&matrix).unwrap()
}

fn fit(samples: &Samples, params: HdbscanParams) -> Hdbscan {
    Hdbscan::fit(samples, &params, &mut |_| ()).unwrap()
}

/// Expands one value per distinct row to one per row.
fn of_rows<T: Copy>(samples: &Samples, of_distinct: &[T]) -> Vec<T> {
    let of_row = |&distinct: &u32| of_distinct[distinct as usize];
    samples.distinct_of.iter().map(of_row).collect()
}

/// Clusters renamed by first row, so that equal partitions are equal.
fn up_to_names<T: Copy + PartialEq>(labels: &[T], noise: T) -> Vec<Option<usize>> {
    let mut names: Vec<T> = Vec::new();
    let mut name = |label: T| {
        names
            .iter()
            .position(|&known| known == label)
            .unwrap_or_else(|| {
                names.push(label);
                names.len() - 1
            })
    };
    labels
        .iter()
        .map(|&label| (label != noise).then(|| name(label)))
        .collect()
}

fn near_relative(found: f64, wanted: f64, tolerance: f64, what: &str) {
    assert!(
        (found - wanted).abs() <= tolerance * wanted.abs(),
        "{what}: {found} against {wanted}"
    );
}

#[test]
fn forty_sets_have_the_clusters_of_scikit_learn() {
    let fixture = fixture();
    assert_eq!(fixture.sets.len(), 40);
    assert!(fixture.n_drawn >= 40);
    for set in &fixture.sets {
        let (samples, model) = set.fit(false);
        assert_eq!(samples.n_distinct(), set.n, "seed {}: no ties", set.seed);
        assert_eq!(
            up_to_names(&of_rows(&samples, &model.labels), NOISE),
            up_to_names(&set.labels, -1),
            "seed {}",
            set.seed
        );
        let probabilities = of_rows(&samples, &model.probabilities);
        for (row, (found, wanted)) in probabilities.iter().zip(&set.probabilities).enumerate() {
            assert!(
                (found - wanted).abs() < 1e-9,
                "seed {}, row {row}: {found} against {wanted}",
                set.seed
            );
        }
        let what = format!("seed {}", set.seed);
        near_relative(model.tree_length, set.tree_length, 1e-9, &what);
    }
}

#[test]
fn with_ties_and_duplicates_the_spanning_tree_is_as_long_as_that_of_scikit_learn() {
    let fixture = fixture();
    let mut n_repeated = 0;
    for set in &fixture.tied {
        let (samples, model) = set.fit(true);
        n_repeated += set.n - samples.n_distinct();
        let what = format!("seed {}", set.seed);
        near_relative(model.tree_length, set.tree_length, 1e-9, &what);
    }
    assert!(n_repeated > 100, "{n_repeated} duplicates");
}

/// Small sets that are difficult in various ways.
fn troublesome(seed: u64) -> Vec<Vec<f64>> {
    let mut rng = Rng::new(seed);
    let (n, d) = (2 + rng.below(60), 1 + rng.below(3));
    let kind = seed % 8;
    let scale = match seed % 16 {
        6 => 1e-150,
        // Squares of differences lose digits, or underflow.
        14 => 1e-161,
        7 | 15 => 1e120,
        _ => 1.0,
    };
    (0..n)
        .map(|i| {
            let centre = 6.0 * (i % 3) as f64;
            let row = (0..d).map(|feature| match kind {
                // Increasing numbers of ties and duplicates.
                0 => rng.below(30) as f64,
                1 => rng.below(6) as f64,
                2 => centre + rng.below(2) as f64,
                // A constant feature beside others, and only constants.
                3 if feature == 0 => 4.0,
                4 => 4.0,
                _ => centre + rng.normal(),
            });
            row.map(|x| x * scale).collect()
        })
        .collect()
}

#[test]
fn the_slow_twin_finds_the_same_with_ties_duplicates_constants_and_any_scale() {
    let mut n_clustered = 0;
    for seed in 0..240 {
        let rows = troublesome(seed);
        let samples = samples(&rows);
        let mut rng = Rng::new(seed + 1_000);
        let params = HdbscanParams {
            min_cluster_size: 2 + rng.below(8),
            min_samples: 1 + rng.below(rows.len().min(8)),
        };
        let model = fit(&samples, params);
        n_clustered += usize::from(model.n_clusters > 1);
        let expanded: Vec<&[f64]> = samples
            .distinct_of
            .iter()
            .map(|&distinct| samples.points.row(distinct as usize))
            .collect();
        let (labels, probabilities) = slow(&expanded, params);
        assert_eq!(
            up_to_names(&of_rows(&samples, &model.labels), NOISE),
            up_to_names(&labels, NOISE),
            "seed {seed}, {params:?}"
        );
        for (found, wanted) in of_rows(&samples, &model.probabilities)
            .iter()
            .zip(&probabilities)
        {
            assert!(
                (found - wanted).abs() < 1e-12,
                "seed {seed}: {found} {wanted}"
            );
        }
    }
    assert!(n_clustered > 90, "{n_clustered} sets with clusters");
}

#[test]
fn neither_the_order_of_rows_nor_that_of_features_changes_anything() {
    for set in fixture().tied {
        let rows = set.rows(true);
        let (before, model) = set.fit(true);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut rng = Rng::new(set.seed);
        (1..order.len())
            .rev()
            .for_each(|i| order.swap(i, rng.below(i + 1)));
        let turned: Vec<Vec<f64>> = order
            .iter()
            .map(|&i| rows[i].iter().rev().copied().collect())
            .collect();
        let after = samples(&turned);
        let params = HdbscanParams {
            min_cluster_size: set.min_cluster_size,
            min_samples: set.min_samples,
        };
        let again = fit(&after, params);
        let labels = of_rows(&before, &model.labels);
        let permuted: Vec<u32> = order.iter().map(|&i| labels[i]).collect();
        assert_eq!(
            up_to_names(&permuted, NOISE),
            up_to_names(&of_rows(&after, &again.labels), NOISE),
            "seed {}",
            set.seed
        );
    }
}

/// Many rows; integers or not.
fn many(n: usize, is_tied: bool) -> Vec<Vec<f64>> {
    let mut rng = Rng::new(5);
    let row = |i: usize| {
        let centre = 40.0 * (i % 4) as f64;
        let (x, y) = (centre + 8.0 * rng.normal(), 9.0 * rng.normal());
        if is_tied {
            vec![x.floor(), y.floor()]
        } else {
            vec![x, y]
        }
    };
    (0..n).map(row).collect()
}

#[test]
fn many_rows_go_by_boxes_with_the_result_of_all_pairs() {
    for is_tied in [false, true] {
        let rows = many(if is_tied { 12_000 } else { 3_000 }, is_tied);
        // With seven constants added, the same rows have too many features for boxes.
        let wide: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| [row.as_slice(), &[1.0; 7]].concat())
            .collect();
        let (narrow, wide) = (samples(&rows), samples(&wide));
        assert!(narrow.n_distinct() > 2_000, "{}", narrow.n_distinct());
        let params = HdbscanParams {
            min_cluster_size: 50,
            min_samples: 12,
        };
        let (by_boxes, by_pairs) = (fit(&narrow, params), fit(&wide, params));
        assert_eq!(by_boxes.labels, by_pairs.labels);
        assert_eq!(by_boxes.probabilities, by_pairs.probabilities);
        assert!(by_boxes.n_clusters >= 4, "{}", by_boxes.n_clusters);
        assert!(by_boxes.labels.contains(&NOISE));
    }
}

#[test]
fn clusters_are_numbered_by_their_first_sample_and_noise_has_no_probability() {
    let samples = samples(&many(2_500, false));
    let mut last = 0.0;
    let mut rises = |fraction: f64| {
        assert!((last..=1.0).contains(&fraction), "{fraction} after {last}");
        last = fraction;
    };
    let params = HdbscanParams {
        min_cluster_size: 50,
        min_samples: 12,
    };
    let model = Hdbscan::fit(&samples, &params, &mut rises).unwrap();
    assert_eq!(last, 1.0);
    let mut n_seen = 0;
    for (&label, &probability) in model.labels.iter().zip(&model.probabilities) {
        if label == NOISE {
            assert_eq!(probability, 0.0);
        } else {
            assert!(label <= n_seen && probability > 0.0 && probability <= 1.0);
            n_seen = n_seen.max(label + 1);
        }
    }
    assert_eq!(n_seen as usize, model.n_clusters);
}

#[test]
fn equal_customers_in_numbers_are_a_cluster_of_infinite_density() {
    let mut rows: Vec<Vec<f64>> = (0..30).map(|i| vec![f64::from(i) * 0.37]).collect();
    rows.extend(vec![vec![-5.0]; 6]);
    rows.extend(vec![vec![20.0]; 6]);
    let samples = samples(&rows);
    let params = HdbscanParams {
        min_cluster_size: 5,
        min_samples: 5,
    };
    let model = fit(&samples, params);
    let labels = of_rows(&samples, &model.labels);
    let probabilities = of_rows(&samples, &model.probabilities);
    assert!(labels[30..36].iter().all(|&label| label == labels[30]));
    assert!(labels[30] != NOISE && labels[36] != NOISE && labels[30] != labels[36]);
    assert!(probabilities[30..].iter().all(|&p| p == 1.0));
}

#[test]
fn what_cannot_be_fitted_is_refused_and_what_has_no_shape_is_noise() {
    let refused = |rows: &[Vec<f64>], min_cluster_size, min_samples| {
        let params = HdbscanParams {
            min_cluster_size,
            min_samples,
        };
        Hdbscan::fit(&samples(rows), &params, &mut |_| ()).unwrap_err()
    };
    let rows: Vec<Vec<f64>> = (0..4).map(|i| vec![f64::from(i * i)]).collect();
    let wrong = |name: &str, value| {
        FitError::Params(ParamsError::Option {
            model: ModelKey::HDBSCAN,
            name: name.to_owned(),
            value,
        })
    };
    assert_eq!(refused(&rows, 1, 5), wrong("min_cluster_size", 1));
    assert_eq!(refused(&rows, 5, 0), wrong("min_samples", 0));
    let few = |needed, n_samples| FitError::TooFewSamples { needed, n_samples };
    assert_eq!(refused(&rows, 5, 5), few(5, 4));
    assert_eq!(refused(&rows[..1], 5, 1), few(2, 1));
    assert_eq!(refused(&[], 5, 5), few(5, 0));
    for shapeless in [rows, vec![vec![3.0]; 40]] {
        let samples = samples(&shapeless);
        let params = HdbscanParams {
            min_cluster_size: 3,
            min_samples: 4,
        };
        let model = fit(&samples, params);
        assert_eq!(model.n_clusters, 0);
        assert!(model.labels.iter().all(|&label| label == NOISE));
    }
}

#[test]
fn what_is_in_force_unless_asked_for_is_the_same_here_and_for_the_model() {
    let HdbscanParams {
        min_cluster_size,
        min_samples,
    } = HdbscanParams::default();
    let options = ModelKey::HDBSCAN.facts().unwrap().numbers;
    for (name, value) in [
        ("min_cluster_size", min_cluster_size),
        ("min_samples", min_samples),
    ] {
        let option = options.iter().find(|option| option.name == name);
        assert_eq!(option.unwrap().default, value, "{name}");
    }
}
