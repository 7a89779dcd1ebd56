//! Cards about customers: the published ones of the Mall, and their numbers recomputed independently on random data.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::fmt::Write;

use seamline::cluster::ModelKey;
use seamline::engine::Engine;
use seamline::export::{Evidence, EvidenceSet};
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::questions::{AskCard, CustomerCard};
use seamline::result::{EngineError, Likeness, NotPossible, ResultId, Settings};
use seamline::session::Session;
use support::placed::{most_probable, nearest};

fn of_all_models(settings: Settings) -> Settings {
    Settings {
        models: [
            ModelKey::K_MEANS,
            ModelKey::HIERARCHICAL,
            ModelKey::GAUSSIAN_MIXTURE,
        ]
        .into(),
        ..settings
    }
}

#[test]
fn the_four_of_the_mall() {
    let (Some(bytes), Some(expected)) = (
        support::customers("Mall_Customers.csv"),
        support::expected(),
    ) else {
        return;
    };
    let report = support::report(&bytes, &of_all_models(support::mall_settings(5)));
    // Every pair: K-Means differs on four, the tree and the mixture agree.
    let pairs = &report.comparison.pairs;
    let agreeing: Vec<u64> = pairs.iter().map(|pair| pair.n_agreeing).collect();
    assert_eq!(
        (agreeing, report.comparison.n_with_majority),
        (vec![196, 196, 200], 4)
    );
    for (pair, name) in pairs.iter().zip([
        "k_means_vs_ward_k5",
        "k_means_vs_gaussian_mixture_k5",
        "ward_vs_gaussian_mixture_k5",
    ]) {
        let wanted = &expected["mall"][name]["values"];
        let value = |key: &str| wanted[key].as_f64().unwrap();
        support::near(pair.ari, value("ari"), 1e-9);
        support::near(pair.ami, value("ami_arithmetic"), 1e-9);
        support::near(pair.vi, value("vi_nats"), 1e-9);
        support::near(
            pair.fowlkes_mallows.unwrap(),
            value("fowlkes_mallows"),
            1e-9,
        );
    }
    let rows: Vec<usize> = report.cards.iter().flatten().map(|card| card.row).collect();
    assert_eq!(rows, [45, 124, 146, 160]);
    // The second witness, which matches no segments, has the same four last: K-Means against the tree and against the mixture.
    for pair in &pairs[..2] {
        support::near(pair.element_centric, 0.943_042_398_8, 5e-11);
    }
    assert_eq!(pairs[2].element_centric, 1.0);
    let shared = &report.comparison.element_centric_of_rows;
    let mut by_share: Vec<usize> = (0..shared.len()).collect();
    by_share.sort_by(|&a, &b| shared[a].unwrap().total_cmp(&shared[b].unwrap()));
    let mut lowest = by_share[..4].to_vec();
    lowest.sort_unstable();
    assert_eq!(lowest, rows);
    assert!(shared[by_share[4]].unwrap() > 0.9);
    for card in report.cards.iter().flatten() {
        assert_eq!(card.element_centric, shared[card.row]);
    }
    let two = Settings {
        models: [ModelKey::K_MEANS, ModelKey::HIERARCHICAL].into(),
        ..support::mall_settings(5)
    };
    let (_, two) = support::compare(&bytes, &two);
    let likeness = Likeness::of(&two);
    support::near(likeness.mean(), 0.943_042_398_8, 5e-11);
    let of = |row: usize| likeness.of_row(&two, row).unwrap();
    support::near(of(45), 1.0 / 85.0, 1e-15);
    support::near(of(160), 3.0 / 85.0, 1e-15);
    let published = &expected["mall"]["why_cards"]["values"];
    for card in report.cards.iter().flatten() {
        let of_card = &published[(card.row + 1).to_string()];
        let value = |name: &str| of_card[name].as_f64().unwrap();
        support::near(
            card.segments[0].silhouette.unwrap(),
            value("silhouette_k_means"),
            1e-6,
        );
        support::near(
            card.segments[1].silhouette.unwrap(),
            value("silhouette_ward"),
            1e-6,
        );
        support::near(card.distances[0].1, value("nearest_centroid"), 1e-6);
        support::near(card.distances[1].1, value("second_centroid"), 1e-6);
        support::near(1.0 - card.margin, value("ratio"), 1e-6);
        support::near(card.posteriors[0].1, value("largest_posterior"), 0.005);
        // Two against one: the tree and the mixture agree.
        assert_eq!(
            card.votes,
            [(card.segments[1].segment, 2), (card.segments[0].segment, 1)]
        );
        assert_eq!(
            card.pair,
            (card.segments[0].segment, card.segments[1].segment)
        );
        let joining = card.joining.as_ref().unwrap();
        assert!(joining.first <= joining.taken_at && joining.n_branch <= joining.n_taken_by);
        assert!(
            card.changes
                .iter()
                .any(|change| change.refit_agrees == Some(true)),
            "{card:?}"
        );
    }
}

/// Customers in overlapping clusters, with a ratio among the features.
fn heaps(seed: u64) -> String {
    let mut rng = Rng::new(seed);
    let mut text = "customer,income,spending,visits\n".to_owned();
    let centres: Vec<[f64; 3]> = (0..3)
        .map(|_| std::array::from_fn(|_| 30.0 + 50.0 * rng.uniform()))
        .collect();
    for i in 0..120 {
        let [a, b, c] = centres[i % 3].map(|middle| (middle + 9.0 * rng.normal()).max(1.0));
        writeln!(text, "{i},{a:.2},{b:.1},{c:.0}").unwrap();
    }
    text
}

fn settings(seed: u64) -> Settings {
    let mut features = vec![Feature::column("income"), Feature::column("spending")];
    match seed % 3 {
        0 => features.push(Feature::column("visits")),
        1 => features.push(Feature::Ratio {
            a: "income".into(),
            b: "spending".into(),
        }),
        _ => {}
    }
    of_all_models(Settings {
        features: Some(features),
        scaling: [Scaling::None, Scaling::ZScore, Scaling::MinMax][(seed / 3 % 3) as usize],
        n_clusters: Some(3),
        ..Settings::default()
    })
}

/// The features of a row after a change, computed from the file.
fn features_of(
    table: &[Vec<f64>],
    card: &CustomerCard,
    change: usize,
    features: &[Feature],
) -> Vec<f64> {
    let names = ["customer", "income", "spending", "visits"];
    let mut values = table[card.row].clone();
    for step in &card.changes[change].moves {
        let at = names.iter().position(|name| *name == step.column).unwrap();
        assert_eq!(values[at], step.from);
        assert_ne!(step.from, step.to);
        values[at] = step.to;
    }
    let value = |name: &str| values[names.iter().position(|other| *other == name).unwrap()];
    features
        .iter()
        .map(|feature| match feature {
            Feature::Column(name) => value(name),
            Feature::Ratio { a, b } => value(a) / value(b),
            _ => f64::NAN,
        })
        .collect()
}

#[test]
fn every_stated_change_flips_the_assignment() {
    let (mut n_changes, mut n_confirmed) = (0, 0);
    for seed in 0..27 {
        let text = heaps(seed);
        let settings = settings(seed);
        let report = match support::engine("heaps.csv", text.as_bytes())
            .0
            .report(settings.clone(), &mut |_, _| ())
        {
            Ok(report) => report,
            // Some clusters are too close for three components.
            Err(EngineError::Fit(_)) => continue,
            Err(error) => unreachable!("{error:?}"),
        };
        let table: Vec<Vec<f64>> = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect())
            .collect();
        let features = settings.features.unwrap();
        let spreads: Vec<f64> = (0..features.len())
            .map(|at| {
                let values: Vec<f64> = table
                    .iter()
                    .map(|row| match &features[at] {
                        Feature::Column(name) => {
                            row[["customer", "income", "spending", "visits"]
                                .iter()
                                .position(|it| it == name)
                                .unwrap()]
                        }
                        _ => row[1] / row[2],
                    })
                    .collect();
                let n = values.len() as f64;
                let mean = values.iter().sum::<f64>() / n;
                let (min, max) = values
                    .iter()
                    .fold((f64::MAX, f64::MIN), |(a, b), &x| (a.min(x), b.max(x)));
                match settings.scaling {
                    Scaling::None => 1.0,
                    Scaling::ZScore => {
                        (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt()
                    }
                    Scaling::MinMax => max - min,
                }
            })
            .collect();
        for card in report.cards.iter().flatten() {
            let tree = report.models[&ModelKey::HIERARCHICAL].labels[card.row].unwrap();
            for (at, change) in card.changes.iter().enumerate() {
                let point = features_of(&table, card, at, &features);
                assert_eq!(change.target, tree, "{seed} {card:?}");
                assert_eq!(
                    nearest(&report, &point, &spreads),
                    change.target as usize,
                    "{seed} {card:?}"
                );
                assert_eq!(
                    most_probable(&report, &point),
                    change.target as usize,
                    "{seed} {card:?}"
                );
                n_changes += 1;
                n_confirmed += usize::from(change.refit_agrees == Some(true));
            }
        }
    }
    assert!(
        n_changes > 40 && n_confirmed > n_changes / 4,
        "{n_changes} {n_confirmed}"
    );
}

/// The features of a row, each by its formula; `report.fitted` says what they have learned.
fn shaped(table: &[Vec<f64>], row: &[f64], fitted: &[Feature]) -> Vec<f64> {
    let names = ["customer", "income", "spending", "visits"];
    let place = |name: &str| names.iter().position(|other| *other == name).unwrap();
    let of = |feature: &Feature| match feature {
        Feature::Log1p { a } => (1.0 + row[place(a)]).ln(),
        Feature::Rank { a } => {
            let x = row[place(a)];
            let count = |holds: &dyn Fn(f64) -> bool| {
                table.iter().filter(|row| holds(row[place(a)])).count() as f64
            };
            let (below, equal) = (count(&|y| y < x), count(&|y| y == x));
            (2.0 * below + equal + 1.0) / (2 * table.len()) as f64
        }
        Feature::YeoJohnson {
            a,
            lambda: Some(lambda),
        } => ((1.0 + row[place(a)]).powf(lambda.value()) - 1.0) / lambda.value(),
        _ => f64::NAN,
    };
    fitted.iter().map(of).collect()
}

#[test]
fn changes_of_skewed_columns_are_told_in_their_own_units_and_hold() {
    let mut n_changes = 0;
    for seed in 0..8 {
        let text = heaps(seed);
        let a = |name: &str| name.to_owned();
        let settings = of_all_models(Settings {
            features: Some(vec![
                Feature::Log1p { a: a("income") },
                Feature::Rank { a: a("spending") },
                Feature::YeoJohnson {
                    a: a("visits"),
                    lambda: None,
                },
            ]),
            n_clusters: Some(3),
            ..Settings::default()
        });
        let (mut engine, _) = support::engine("heaps.csv", text.as_bytes());
        let session = Session {
            settings,
            ..Session::default()
        };
        let asked = EvidenceSet::from_iter([Evidence::Cards]);
        let report = engine.report_of(&session, &asked, &mut |_, _| ()).unwrap();
        let table: Vec<Vec<f64>> = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect())
            .collect();
        let fitted = report.fitted.clone().unwrap();
        let points: Vec<Vec<f64>> = table
            .iter()
            .map(|row| shaped(&table, row, &fitted))
            .collect();
        let spreads: Vec<f64> = (0..3)
            .map(|at| {
                let values: Vec<f64> = points.iter().map(|point| point[at]).collect();
                let n = values.len() as f64;
                let mean = values.iter().sum::<f64>() / n;
                (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt()
            })
            .collect();
        for card in report.cards.iter().flatten() {
            for change in &card.changes {
                let mut changed = table[card.row].clone();
                for step in &change.moves {
                    let names = ["customer", "income", "spending", "visits"];
                    let at = names.iter().position(|name| *name == step.column).unwrap();
                    assert_eq!(step.from, changed[at]);
                    changed[at] = step.to;
                }
                let point = shaped(&table, &changed, &fitted);
                let target = change.target as usize;
                assert_eq!(
                    nearest(&report, &point, &spreads),
                    target,
                    "{seed} {card:?}"
                );
                if report.models.contains_key(&ModelKey::GAUSSIAN_MIXTURE) {
                    assert_eq!(most_probable(&report, &point), target, "{seed} {card:?}");
                }
                n_changes += 1;
            }
        }
    }
    assert!(n_changes > 10, "{n_changes}");
}

#[test]
fn a_row_without_a_value_has_no_card() {
    let text = heaps(1).replacen("\n1,", "\n1,?", 1);
    let mut engine: Engine = support::engine("heaps.csv", text.as_bytes()).0;
    let result = ResultId(7);
    engine.fit(result, settings(2), &mut |_, _| ()).unwrap();
    let mut ask = |row| engine.ask(result, &AskCard::of(row), &mut |_, _| ());
    assert!(ask(3).is_ok());
    assert_eq!(ask(1), Err(NotPossible::RowLeftOut { row: 1 }.into()));
    let row = 5_000;
    assert_eq!(ask(row), Err(NotPossible::RowLeftOut { row }.into()));
}

#[test]
fn a_marked_column_stays_as_it_is_in_cards_and_in_the_report() {
    let text = heaps(0);
    let settings = settings(0);
    let mut engine: Engine = support::engine("heaps.csv", text.as_bytes()).0;
    let result = ResultId(3);
    engine
        .fit(result, settings.clone(), &mut |_, _| ())
        .unwrap();
    let comparison = engine.compare(settings.clone(), &mut |_, _| ()).unwrap();
    let rows = (0..120).filter(|&row| comparison.is_mismatched(row));
    let rows: Vec<usize> = rows.take(10).collect();
    let moved = |card: &CustomerCard| {
        let moves = card.changes.iter().flat_map(|change| &change.moves);
        moves.map(|it| it.column.clone()).collect::<Vec<_>>()
    };
    let mut n_moved = [0, 0];
    for &row in &rows {
        let free = engine
            .ask(result, &AskCard::of(row), &mut |_, _| ())
            .unwrap();
        assert_eq!(free.may_change, ["income", "spending", "visits"]);
        let given = [("income".to_owned(), true), ("visits".to_owned(), false)].into();
        let asked = AskCard { row, given };
        let card = engine.ask(result, &asked, &mut |_, _| ()).unwrap();
        assert_eq!(
            (card.given.as_slice(), card.may_change.len()),
            (&["income".to_owned()][..], 2)
        );
        assert_eq!(card.segments, free.segments);
        for (n, card) in n_moved.iter_mut().zip([&free, &card]) {
            *n += usize::from(moved(card).iter().any(|it| it == "income"));
        }
    }
    assert!(n_moved[0] > 0 && n_moved[1] == 0, "{n_moved:?}");
    let session = Session {
        settings,
        given: [("income".to_owned(), true)].into(),
        ..Session::default()
    };
    let report = engine
        .report_of(&session, &"cards".parse().unwrap(), &mut |_, _| ())
        .unwrap();
    let cards = report.cards.unwrap();
    assert!(!cards.is_empty());
    for card in &cards {
        assert_eq!(card.given, ["income"]);
        assert!(!moved(card).contains(&"income".to_owned()));
    }
}
