//! The order of the columns changes nothing: partitions, matches and numbers are the same to the bit, ties of distances included.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use seamline::cluster::hierarchical::{HierarchicalParams, Linkage};
use seamline::cluster::{Metric, ModelKey};
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::questions::{AskExplanation, AskReality};
use seamline::result::{Comparison, Settings};
use support::{ask, compare};

/// Names in another order than the columns.
const NAMES: [&str; 4] = ["visits", "age", "orders", "basket"];

/// Whole numbers from few values: many distances are equal.
fn tied_rows(seed: u64, n: usize) -> Vec<[String; 4]> {
    let mut rng = Rng::new(seed);
    let row = |_| {
        let whole = [rng.below(6), rng.below(5), rng.below(4)];
        // One column with values that no binary fraction equals.
        let tenth = format!("{}.{}", rng.below(3), rng.below(10));
        [
            whole[0].to_string(),
            whole[1].to_string(),
            tenth,
            whole[2].to_string(),
        ]
    };
    (0..n).map(row).collect()
}

fn csv(rows: &[[String; 4]], columns: &[usize]) -> Vec<u8> {
    let line = |of: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = columns.iter().map(|&at| of(at)).collect();
        cells.join(",") + "\n"
    };
    let head = line(&|at| NAMES[at].to_owned());
    let rows = rows.iter().map(|row| line(&|at| row[at].clone()));
    (head + &rows.collect::<String>()).into_bytes()
}

/// All orders of the first `n` columns.
fn orders(n: usize) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new()];
    for _ in 0..n {
        let longer = found.iter().flat_map(|order: &Vec<usize>| {
            let rest = (0..n).filter(|at| !order.contains(at));
            rest.map(|at| order.iter().copied().chain([at]).collect())
        });
        found = longer.collect();
    }
    found
}

/// What must not depend on the order: numbers of segments are those of the first column, hence left out.
#[derive(Debug, PartialEq)]
struct Found {
    /// Labels of each model by first occurrence.
    partitions: Vec<Vec<u32>>,
    mismatched: Vec<usize>,
    naive: usize,
    /// Bits of silhouettes, inertia, likelihood and certainty.
    bits: Vec<u64>,
    failed: Vec<ModelKey>,
}

impl Found {
    fn of(comparison: &Comparison) -> Self {
        let n_rows = comparison.first_labels().len();
        let mut bits = Vec::new();
        for model in &comparison.models {
            let numbers = [model.silhouette, model.inertia];
            bits.extend(numbers.into_iter().flatten().map(f64::to_bits));
            if let Some(mixture) = &model.mixture {
                bits.extend([mixture.log_likelihood, mixture.bic].map(f64::to_bits));
            }
            bits.extend(model.certainty.iter().map(|x| x.to_bits()));
        }
        let partition = |model: ModelKey| {
            let mut seen: Vec<u32> = Vec::new();
            let labels = comparison.labels(model).iter();
            let number = labels.map(|label| {
                let known = seen.iter().position(|it| it == label);
                let at = known.unwrap_or(seen.len());
                if at == seen.len() {
                    seen.push(*label);
                }
                at as u32
            });
            number.collect()
        };
        Self {
            partitions: comparison.models().map(partition).collect(),
            mismatched: (0..n_rows)
                .filter(|&row| comparison.is_mismatched(row))
                .collect(),
            naive: comparison.naive_mismatched,
            bits,
            failed: comparison.failed.iter().map(|it| it.model).collect(),
        }
    }
}

/// The settings with these columns as features, in the order of the file.
fn with(settings: &Settings, columns: &[usize]) -> Settings {
    let features = columns.iter().map(|&at| Feature::column(NAMES[at]));
    Settings {
        features: Some(features.collect()),
        ..settings.clone()
    }
}

fn settings(linkage: Linkage, metric: Metric, scaling: Scaling, n_clusters: usize) -> Settings {
    Settings {
        models: ModelKey::all().collect(),
        hierarchical: HierarchicalParams { linkage, metric },
        scaling,
        n_clusters: Some(n_clusters),
        ..Settings::default()
    }
}

#[test]
fn all_orders_of_tied_columns_give_the_same_result() {
    let choices = [
        (Linkage::Ward, Metric::Euclidean, Scaling::None, 3),
        (Linkage::Ward, Metric::Euclidean, Scaling::ZScore, 5),
        (Linkage::Average, Metric::Manhattan, Scaling::MinMax, 4),
        (Linkage::Complete, Metric::Euclidean, Scaling::None, 4),
        (Linkage::Single, Metric::Euclidean, Scaling::None, 3),
        (Linkage::Centroid, Metric::Euclidean, Scaling::ZScore, 3),
        (Linkage::Average, Metric::Cosine, Scaling::None, 3),
    ];
    for (seed, (linkage, metric, scaling, k)) in (1..).zip(choices) {
        for n_columns in [3, 4] {
            let rows = tied_rows(seed, 70);
            let settings = settings(linkage, metric, scaling, k);
            let mut orders = orders(n_columns).into_iter();
            let found = |order: &[usize]| {
                let (_, comparison) = compare(&csv(&rows, order), &with(&settings, order));
                let names = order.iter().map(|&at| NAMES[at].to_owned());
                // What is shown keeps the order of the file.
                assert_eq!(comparison.features, names.collect::<Vec<_>>());
                Found::of(&comparison)
            };
            let first = found(&orders.next().unwrap());
            assert!(first.partitions.len() >= 2);
            for order in orders {
                assert_eq!(found(&order), first, "{linkage:?} {scaling:?} {order:?}");
            }
        }
    }
}

#[test]
fn means_stand_under_their_names_whatever_the_order() {
    let rows = tied_rows(9, 80);
    let settings = settings(Linkage::Ward, Metric::Euclidean, Scaling::ZScore, 3);
    for order in orders(4) {
        let (_, comparison) = compare(&csv(&rows, &order), &with(&settings, &order));
        for result in &comparison.models {
            let labels = comparison.labels(result.model);
            for (at, &column) in order.iter().enumerate() {
                for segment in 0..comparison.n_segments {
                    let own = rows.iter().zip(labels);
                    let own = own.filter(|(_, label)| **label == segment as u32);
                    let own: Vec<f64> = own.map(|(row, _)| row[column].parse().unwrap()).collect();
                    let mean = own.iter().sum::<f64>() / own.len() as f64;
                    if !own.is_empty() {
                        let found = result.centroids_raw.row(segment)[at];
                        assert!((found - mean).abs() < 1e-12, "{order:?}");
                    }
                }
            }
            if let Some(mixture) = &result.mixture {
                // The weighted mean of the components is the mean of everyone.
                for (at, &column) in order.iter().enumerate() {
                    let values = rows.iter().map(|row| row[column].parse::<f64>().unwrap());
                    let mean = values.sum::<f64>() / rows.len() as f64;
                    let parts = mixture.weights.iter().zip(mixture.means_raw.rows());
                    let found: f64 = parts.map(|(weight, means)| weight * means[at]).sum();
                    assert!((found - mean).abs() < 1e-6, "{order:?}: {found} {mean}");
                }
            }
        }
    }
}

#[test]
fn the_verdict_is_the_same_for_every_order() {
    let rows = tied_rows(4, 60);
    let settings = settings(Linkage::Ward, Metric::Euclidean, Scaling::None, 3);
    let judged = |order: &[usize]| ask(&csv(&rows, order), &with(&settings, order), &AskReality);
    let first = judged(&[0, 1, 2]);
    for order in [[1, 0, 2], [2, 1, 0]] {
        let found = judged(&order);
        assert_eq!(found.nulls, first.nulls, "{order:?}");
        assert_eq!(found.level, first.level);
        // Its sum runs over the segments in the order of their numbers, which are those of the first column.
        let [found, first] = [&found, &first].map(|it| it.silhouette.unwrap());
        assert!((found - first).abs() < 1e-14, "{found} {first}");
    }
}

/// Two groups apart in the first column of the file, which comes last by name.
fn apart_in_the_first() -> Vec<[String; 2]> {
    let mut rng = Rng::new(12);
    let row = |i: usize| {
        let middle = if i.is_multiple_of(2) { 0.0 } else { 9.0 };
        [middle + rng.normal(), rng.normal()].map(|x| format!("{x:.4}"))
    };
    (0..80).map(row).collect()
}

#[test]
fn claims_are_about_the_column_that_they_name_whatever_the_order() {
    let rows = apart_in_the_first();
    let explained = |order: [usize; 2]| {
        let names = ["visits", "age"];
        let line = |cells: [&str; 2]| format!("{},{}\n", cells[order[0]], cells[order[1]]);
        let body = rows.iter().map(|row| line([&row[0], &row[1]]));
        let text = line(names) + &body.collect::<String>();
        let features = order.iter().map(|&at| Feature::column(names[at]));
        let settings = Settings {
            features: Some(features.collect()),
            scaling: Scaling::None,
            n_clusters: Some(2),
            ..Settings::default()
        };
        let found = ask(text.as_bytes(), &settings, &AskExplanation);
        // Numbers of segments are those of the first column: what is found of each column, by name.
        let found = found.insights.iter().map(|it| format!("{it:?}"));
        let of = |name: &str| found.clone().filter(|it| it.contains(name)).count();
        names.map(of)
    };
    let found = explained([0, 1]);
    assert!(found[0] > 0, "{found:?}");
    assert_eq!(explained([1, 0]), found);
}

#[test]
fn above_5_000_customers_the_order_of_rows_changes_no_claim_either() {
    let mut rng = Rng::new(21);
    let line = |i: usize| {
        let middle = 2.5 * (i % 3) as f64;
        let [visits, spend] = [0, 1].map(|_| middle + rng.normal());
        let calls = rng.below(4);
        format!("{i},{visits:.1},{spend:.1},{calls}\n")
    };
    let text = "id,visits,spend,calls\n".to_owned() + &(0..6_000).map(line).collect::<String>();
    let settings = Settings {
        features: Some(["visits", "spend"].map(Feature::column).to_vec()),
        n_clusters: Some(3),
        ..Settings::default()
    };
    let explained = |bytes: &[u8]| ask(bytes, &settings, &AskExplanation);
    let found = explained(text.as_bytes());
    assert!(found.insights.len() > 3, "{:?}", found.insights);
    for seed in [1, 2] {
        let turned = explained(&support::permuted(text.as_bytes(), seed));
        assert_eq!(turned.insights, found.insights);
        assert_eq!(turned.columns, found.columns);
        assert_eq!(turned.rule, found.rule);
    }
}
