//! Smallest changes on generated files: each is applied to the file's own columns, everything that follows is computed again, and the
//! models place the customer where they were said to.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;

use seamline::cluster::ModelKey;
use seamline::export::{Evidence, EvidenceSet, Report};
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::questions::Change;
use seamline::result::Settings;
use seamline::session::Session;
use support::placed::{most_probable, nearest};

/// The columns of the files; the last three are computed from others.
const NAMES: [&str; 10] = [
    "customer",
    "age",
    "income",
    "visits",
    "answer",
    "score",
    "tenure",
    "per_visit",
    "left",
    "points",
];
/// Decimals of the columns; those of the ratio come from arithmetic.
const DECIMALS: [Option<usize>; 10] = [
    Some(0),
    Some(0),
    Some(1),
    Some(0),
    Some(0),
    Some(3),
    Some(0),
    None,
    Some(3),
    Some(0),
];
const GIVEN: [&str; 2] = ["age", "tenure"];
const FOLLOW: [&str; 3] = ["per_visit", "left", "points"];

/// What a row of base columns is with everything that follows.
fn completed(base: &[f64]) -> Vec<f64> {
    let mut row = base[..7].to_vec();
    row.push(row[2] / row[3]);
    row.push(((row[2] - row[5]) * 1e3).round() / 1e3);
    row.push(row[3] * row[4]);
    row
}

/// Overlapping heaps of customers.
fn table(seed: u64) -> Vec<Vec<f64>> {
    let mut rng = Rng::new(seed);
    let centres: Vec<[f64; 6]> = (0..3)
        .map(|_| std::array::from_fn(|_| rng.uniform()))
        .collect();
    let row = |i: usize| {
        let mut near = |which: usize| centres[i % 3][which] + 0.14 * rng.normal();
        let [age, income, visits, answer, score, tenure] =
            [near(0), near(1), near(2), near(3), near(4), near(5)];
        let cut = |x: f64, digits: i32| (x * 10_f64.powi(digits)).round() / 10_f64.powi(digits);
        completed(&[
            i as f64,
            cut(18.0 + 50.0 * age.abs(), 0),
            cut(20.0 + 90.0 * income.abs(), 1),
            cut(1.0 + 40.0 * visits.abs(), 0),
            cut(1.0 + 4.0 * answer, 0).clamp(1.0, 5.0),
            cut(2.0 * score, 3),
            cut(90.0 * tenure.abs(), 0),
        ])
    };
    (0..120).map(row).collect()
}

fn text(table: &[Vec<f64>]) -> String {
    let mut text = NAMES.join(",") + "\n";
    for row in table {
        let cells: Vec<String> = row.iter().map(f64::to_string).collect();
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    text
}

fn features(seed: u64) -> Vec<Feature> {
    let columns = |names: &[&str]| names.iter().map(|name| Feature::column(name)).collect();
    let mut found: Vec<Feature> = match seed % 8 {
        0 => columns(&["income", "visits"]),
        1 => columns(&["income", "answer", "score"]),
        2 => columns(&["age", "income", "score"]),
        3 => columns(&["income", "visits", "per_visit"]),
        4 => columns(&["tenure", "answer", "left"]),
        5 => columns(&["income", "points"]),
        6 => columns(&[
            "answer", "score", "age", "visits", "income", "tenure", "left",
        ]),
        _ => columns(&["score"]),
    };
    if seed % 8 == 7 {
        found.push(Feature::Log { a: "income".into() });
        found.push(Feature::Ratio {
            a: "visits".into(),
            b: "income".into(),
        });
    }
    found
}

fn settings(seed: u64, n_clusters: usize, with_mixture: bool) -> Settings {
    let models = [
        ModelKey::K_MEANS,
        ModelKey::HIERARCHICAL,
        ModelKey::GAUSSIAN_MIXTURE,
    ];
    Settings {
        models: models[..if with_mixture { 3 } else { 2 }]
            .iter()
            .copied()
            .collect(),
        features: Some(features(seed)),
        scaling: [Scaling::ZScore, Scaling::MinMax, Scaling::None][(seed / 8 % 3) as usize],
        n_clusters: Some(n_clusters),
        ..Settings::default()
    }
}

fn place(name: &str) -> usize {
    NAMES.iter().position(|other| *other == name).unwrap()
}

fn features_of(row: &[f64], features: &[Feature]) -> Vec<f64> {
    let value = |name: &String| row[place(name)];
    let of = |feature: &Feature| match feature {
        Feature::Column(name) => value(name),
        Feature::Ratio { a, b } => value(a) / value(b),
        Feature::Log { a } => value(a).ln(),
        _ => f64::NAN,
    };
    features.iter().map(of).collect()
}

/// What the features are divided by.
fn spreads(points: &[Vec<f64>], scaling: Scaling) -> Vec<f64> {
    let spread = |at: usize| {
        let values = || points.iter().map(|point| point[at]);
        let n = points.len() as f64;
        let mean = values().sum::<f64>() / n;
        let ends = values().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
        match scaling {
            Scaling::None => 1.0,
            Scaling::ZScore => (values().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt(),
            Scaling::MinMax => ends.1 - ends.0,
        }
    };
    (0..points[0].len()).map(spread).collect()
}

/// A generated file with what was found on it.
struct Case {
    table: Vec<Vec<f64>>,
    features: Vec<Feature>,
    points: Vec<Vec<f64>>,
    spreads: Vec<f64>,
    report: Report,
}

impl Case {
    fn new(seed: u64, n_clusters: usize, with_mixture: bool) -> Option<Self> {
        let table = table(seed);
        let settings = settings(seed, n_clusters, with_mixture);
        let (mut engine, _) = support::engine("made.csv", text(&table).as_bytes());
        let session = Session {
            settings: settings.clone(),
            ..Session::default()
        };
        let asked = EvidenceSet::from_iter([Evidence::Cards]);
        // A mixture may refuse heaps that are too close.
        let report = engine.report_of(&session, &asked, &mut |_, _| ()).ok()?;
        let has_all = settings
            .models
            .iter()
            .all(|model| report.models.contains_key(model));
        let features = settings.features.clone().unwrap();
        let points: Vec<Vec<f64>> = table
            .iter()
            .map(|row| features_of(row, &features))
            .collect();
        has_all.then(|| Self {
            spreads: spreads(&points, settings.scaling),
            table,
            features,
            points,
            report,
        })
    }

    fn range(&self, column: usize) -> (f64, f64) {
        let values = self.table.iter().map(|row| row[column]);
        values.fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)))
    }

    /// The row after a change of columns that may change, each within its range and on its grid.
    fn applied(&self, row: usize, change: &Change) -> Vec<f64> {
        let mut changed = self.table[row].clone();
        assert!((1..=3).contains(&change.moves.len()), "{change:?}");
        for step in &change.moves {
            let at = place(&step.column);
            assert!(!GIVEN.contains(&NAMES[at]) && !FOLLOW.contains(&NAMES[at]));
            assert_eq!(step.from, changed[at]);
            assert_ne!(step.from, step.to);
            let (min, max) = self.range(at);
            assert!((min..=max).contains(&step.to), "{change:?}");
            let written = format!("{:.*}", DECIMALS[at].unwrap(), step.to);
            assert_eq!(written.parse::<f64>().unwrap(), step.to, "{change:?}");
            changed[at] = step.to;
        }
        completed(&changed)
    }

    fn length(&self, row: usize, to: &[f64]) -> f64 {
        let point = features_of(to, &self.features);
        let moves = point.iter().zip(&self.points[row]).zip(&self.spreads);
        moves
            .map(|((a, b), s)| ((a - b) / s).powi(2))
            .sum::<f64>()
            .sqrt()
    }
}

#[test]
fn applied_changes_flip_stay_in_range_and_on_the_grid() {
    let (mut n_changes, mut n_none, mut n_followed) = (0, 0, 0);
    for seed in 0..24 {
        let Some(case) = Case::new(seed, 2 + seed as usize % 3, seed % 2 == 0) else {
            continue;
        };
        let has_mixture = case.report.models.contains_key(&ModelKey::GAUSSIAN_MIXTURE);
        for card in case.report.cards.iter().flatten() {
            n_none += usize::from(card.changes.is_empty());
            assert!(card.changes.len() <= 3);
            let mut before = 0.0;
            for change in &card.changes {
                let to = case.applied(card.row, change);
                let point = features_of(&to, &case.features);
                let target = change.target as usize;
                assert_eq!(
                    nearest(&case.report, &point, &case.spreads),
                    target,
                    "{seed} {card:?}"
                );
                if has_mixture {
                    assert_eq!(
                        most_probable(&case.report, &point),
                        target,
                        "{seed} {card:?}"
                    );
                }
                let follows =
                    FOLLOW.map(|name| to[place(name)] != case.table[card.row][place(name)]);
                n_followed += usize::from(follows.contains(&true) && matches!(seed % 8, 3..=5));
                // Where all features are columns that move, lengths can be compared.
                if matches!(seed % 8, 0..=2) {
                    let length = case.length(card.row, &to);
                    assert!(length >= before - 1e-9, "{seed} {card:?}");
                    before = length;
                }
                n_changes += 1;
            }
        }
    }
    assert!(
        n_changes > 100 && n_followed > 20 && n_none < n_changes,
        "{n_changes} {n_followed} {n_none}"
    );
}

#[test]
fn no_change_is_longer_than_the_possible_closed_form() {
    let mut n_compared = 0;
    for seed in (0..72).filter(|seed| matches!(seed % 8, 0..=2)) {
        let Some(case) = Case::new(seed, 2, false) else {
            continue;
        };
        let centres = &case.report.models[&ModelKey::K_MEANS].centroids_raw;
        let free: Vec<usize> = (0..case.features.len())
            .filter(|&at| !GIVEN.contains(&case.features[at].name().as_str()))
            .collect();
        for card in case.report.cards.iter().flatten() {
            let point = &case.points[card.row];
            let (own, other) = (
                &centres[card.votes[1].0 as usize],
                &centres[card.votes[0].0 as usize],
            );
            let to_other = nearest(&case.report, point, &case.spreads) == card.votes[1].0 as usize;
            let (from, target) = if to_other { (own, other) } else { (other, own) };
            let scaled = |a: f64, b: f64, at: usize| (a - b) / case.spreads[at];
            let square = |centre: &[f64]| -> f64 {
                let terms = (0..point.len()).map(|at| scaled(point[at], centre[at], at).powi(2));
                terms.sum()
            };
            // (|x - c2|^2 - |x - c1|^2) / (2 |c2 - c1|), with the centres apart in the columns that may move.
            let apart: f64 = free
                .iter()
                .map(|&at| scaled(target[at], from[at], at).powi(2))
                .sum::<f64>()
                .sqrt();
            let closed = (square(target) - square(from)) / (2.0 * apart);
            let mut snapped = case.table[card.row].clone();
            let mut is_possible = true;
            for &at in &free {
                let direction = scaled(target[at], from[at], at) / apart;
                let column = place(&case.features[at].name());
                let border = point[at] + closed * direction * case.spreads[at];
                let ten = 10_f64.powi(DECIMALS[column].unwrap() as i32);
                let next = if direction > 0.0 {
                    (border * ten).ceil() / ten
                } else {
                    (border * ten).floor() / ten
                };
                let (min, max) = case.range(column);
                is_possible &= (min..=max).contains(&next);
                snapped[column] = next;
            }
            let snapped = completed(&snapped);
            let snapped_point = features_of(&snapped, &case.features);
            let reached = nearest(&case.report, &snapped_point, &case.spreads);
            let tree = card.segments[1].segment as usize;
            if !is_possible || reached != tree || closed <= 0.0 {
                continue;
            }
            n_compared += 1;
            let first = card.changes.first().unwrap();
            let length = case.length(card.row, &case.applied(card.row, first));
            let longest = case.length(card.row, &snapped) + 1e-9;
            assert!(length <= longest, "{seed}: {length} > {longest} {card:?}");
            assert!(length >= closed - 1e-9, "{seed}: {length} < {closed}");
        }
    }
    assert!(n_compared > 40, "{n_compared}");
}

#[test]
fn in_the_seed_file_the_ratio_follows_income_and_spending() {
    let Some(bytes) = support::customers("customer_segmentation_synthetic.csv") else {
        return;
    };
    let names = [
        "Age",
        "Annual_Income_k",
        "Spending_Score_1100",
        "Income_to_Spending_Ratio",
        "Savings_Potential",
    ];
    let session = Session {
        settings: Settings {
            features: Some(names.map(Feature::column).to_vec()),
            n_clusters: Some(3),
            ..Settings::default()
        },
        ..Session::default()
    };
    let (mut engine, _) = support::engine("seed.csv", &bytes);
    let asked = EvidenceSet::from_iter([Evidence::Cards]);
    let report = engine.report_of(&session, &asked, &mut |_, _| ()).unwrap();
    let mut n_changes = 0;
    for card in report.cards.iter().flatten() {
        let searched = card.votes.len() > 1 && card.without_rule.is_empty();
        if searched {
            assert_eq!(card.given, ["Age"]);
            assert_eq!(
                card.follows,
                ["Income_to_Spending_Ratio", "Savings_Potential"]
            );
        }
        for step in card.changes.iter().flat_map(|change| &change.moves) {
            let decimals = match step.column.as_str() {
                "Annual_Income_k" => 3,
                "Spending_Score_1100" => 0,
                other => unreachable!("{other} does not move"),
            };
            let written = format!("{:.decimals$}", step.to);
            assert_eq!(written.parse::<f64>().unwrap(), step.to);
            n_changes += 1;
        }
    }
    assert!(n_changes > 10, "{n_changes}");
}

#[test]
fn what_a_given_column_is_computed_from_stays_with_it() {
    let mut rng = Rng::new(4);
    let mut rows = Vec::new();
    for i in 0..120 {
        let middle = 3.0 * f64::from(i % 3);
        let [income, months] = [0, 1].map(|_| 60.0 + 15.0 * (middle + 1.6 * rng.normal()));
        rows.push([income.round(), months.round()]);
    }
    // The copy follows the column that is first by name, which is given or not.
    for [free, given] in [
        ["member_months", "tenure_months"],
        ["z_months", "tenure_months"],
    ] {
        let mut text = format!("id,income,{free},{given}\n");
        for (i, [income, months]) in rows.iter().enumerate() {
            writeln!(text, "k{i},{income},{months},{months}").unwrap();
        }
        let session = Session {
            settings: Settings {
                features: Some(["income", free, given].map(Feature::column).to_vec()),
                n_clusters: Some(3),
                ..Settings::default()
            },
            ..Session::default()
        };
        let (mut engine, _) = support::engine("months.csv", text.as_bytes());
        let asked = EvidenceSet::from_iter([Evidence::Cards]);
        let report = engine.report_of(&session, &asked, &mut |_, _| ()).unwrap();
        let cards = report.cards.into_iter().flatten();
        let steps = cards.flat_map(|card| card.changes.into_iter().flat_map(|it| it.moves));
        let found: BTreeSet<String> = steps.map(|step| step.column).collect();
        assert!(found.contains("income") && found.len() == 1, "{found:?}");
    }
}
