//! A segment column of the file beside the models: matched like one of them, whatever the order of the rows, and never fitted.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;

use seamline::agreement::{Contingency, best_matching};
use seamline::cluster::ModelKey;
use seamline::engine::Engine;
use seamline::explain::{Basis, WhyCut};
use seamline::numeric::Rng;
use seamline::questions::{AskCard, AskExplanation, AskNoiseFloor, AskWhatIf};
use seamline::result::{Comparison, EngineError, GivenError, ResultId, Settings};
use seamline::session::{Decision, DecisionError, Known, Session, apply};

/// Three groups of 40; the tier follows them but for every tenth customer, and every twentieth has none. Two of the customers are
/// equal in both numbers and have different tiers.
fn lines() -> Vec<String> {
    let mut rng = Rng::new(11);
    let mut lines = Vec::new();
    for row in 0..120 {
        let group = row % 3;
        let tier = match row {
            _ if row % 20 == 7 => "",
            _ if row % 10 == 4 => ["Gold", "Silver", "Bronze"][(group + 1) % 3],
            _ => ["Gold", "Silver", "Bronze"][group],
        };
        let x = 20.0 * group as f64 + rng.normal();
        let y = 30.0 * (group % 2) as f64 + rng.normal();
        lines.push(format!("C{row:03},{x:.3},{y:.3},{tier}\n"));
    }
    lines[3] = "C003,1.5,0.5,Gold\n".into();
    lines[6] = "C006,1.5,0.5,Bronze\n".into();
    lines
}

fn file(lines: &[String]) -> Vec<u8> {
    let mut text = String::from("id,income,spending,tier\n");
    for line in lines {
        write!(text, "{line}").unwrap();
    }
    text.into_bytes()
}

fn settings(column: &str) -> Settings {
    Settings {
        models: [ModelKey::K_MEANS, ModelKey::HIERARCHICAL].into(),
        segment_column: Some(column.into()),
        n_clusters: Some(3),
        ..Settings::default()
    }
}

fn given(comparison: &Comparison) -> &[u32] {
    comparison.labels(ModelKey::GIVEN)
}

#[test]
fn its_segments_are_matched_like_those_of_a_model() {
    let lines = lines();
    let (dataset, comparison) = support::compare(&file(&lines), &settings("tier"));
    assert_eq!(comparison.models.len(), 3);
    assert_eq!(comparison.fitted_models().count(), 2);
    let result = comparison.result(ModelKey::GIVEN).unwrap();
    assert_eq!(result.values, ["Bronze", "Gold", "Silver"]);
    let noise = comparison.noise.unwrap();
    // Every customer of a value is in one segment, every value in one of its own, and who has none is in none.
    for (row, line) in lines.iter().enumerate() {
        let tier = line.trim_end().rsplit(',').next().unwrap();
        let segment = given(&comparison)[row];
        let value = result.value_of(segment);
        assert_eq!(value.unwrap_or_default(), tier, "{line}");
        assert_eq!(segment == noise, tier.is_empty());
    }
    // The matching keeps as many customers as the best of all, found by trying each.
    let k_means = comparison.labels(ModelKey::K_MEANS);
    let pairs = k_means.iter().zip(given(&comparison));
    let placed = pairs.filter(|(_, own)| **own != noise);
    let kept = placed.clone().filter(|(a, b)| a == b).count();
    let orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    let best = orders.iter().map(|order: &[u32; 3]| {
        let renamed = placed.clone().map(|(a, b)| (*a, order[*b as usize]));
        renamed.filter(|(a, b)| a == b).count()
    });
    assert_eq!(kept, best.max().unwrap());
    // Who is mismatched: those moved to another tier, those without one, and one of the equal two.
    let expected = lines.iter().enumerate().filter(|(row, line)| {
        let own = line.trim_end().rsplit(',').next().unwrap();
        own != ["Gold", "Silver", "Bronze"][row % 3]
    });
    let expected: Vec<usize> = expected.map(|(row, _)| row).collect();
    let mismatched = (0..dataset.n_rows).filter(|&row| comparison.is_mismatched(row));
    assert_eq!(mismatched.collect::<Vec<_>>(), expected);
    assert!(expected.contains(&6) && !expected.contains(&3));
    // The models themselves are what they are without it.
    let alone = Settings {
        segment_column: None,
        ..settings("tier")
    };
    let (_, alone) = support::compare(&file(&lines), &alone);
    for model in alone.models() {
        let (own, other) = (alone.labels(model), comparison.labels(model));
        let pairs = own.iter().copied().zip(other.iter().copied());
        let contingency = Contingency::of(pairs, 3, comparison.n_segments);
        assert_eq!(best_matching(&contingency).agreeing, 120);
        let silhouettes = [&alone, &comparison].map(|it| it.result(model).unwrap().silhouette);
        assert_eq!(silhouettes[0], silhouettes[1]);
    }
}

/// Mean silhouette over customers with a value, from all pairs; 0 for one alone in its segment.
fn silhouette_of_pairs(points: &[[f64; 2]], labels: &[usize], n_labels: usize) -> f64 {
    let mut sum = 0.0;
    for (i, a) in points.iter().enumerate() {
        let (mut total, mut n) = (vec![0.0; n_labels], vec![0.0; n_labels]);
        for (j, b) in points.iter().enumerate().filter(|(j, _)| *j != i) {
            total[labels[j]] += (a[0] - b[0]).hypot(a[1] - b[1]);
            n[labels[j]] += 1.0;
        }
        let own = total[labels[i]] / n[labels[i]];
        let others = (0..n_labels).filter(|&other| other != labels[i] && n[other] > 0.0);
        let next = others.map(|other| total[other] / n[other]);
        let next = next.fold(f64::INFINITY, f64::min);
        sum += (next - own) / next.max(own);
    }
    sum / points.len() as f64
}

#[test]
fn its_silhouette_is_that_of_all_pairs_though_equal_customers_have_different_values() {
    let lines = lines();
    let settings = Settings {
        scaling: seamline::features::Scaling::None,
        ..settings("tier")
    };
    let (_, comparison) = support::compare(&file(&lines), &settings);
    let (mut points, mut labels) = (Vec::new(), Vec::new());
    for line in &lines {
        let cells: Vec<&str> = line.trim_end().split(',').collect();
        if let Some(label) = ["Gold", "Silver", "Bronze"]
            .iter()
            .position(|it| *it == cells[3])
        {
            points.push([1, 2].map(|at: usize| cells[at].parse::<f64>().unwrap()));
            labels.push(label);
        }
    }
    let result = comparison.result(ModelKey::GIVEN).unwrap();
    let expected = silhouette_of_pairs(&points, &labels, 3);
    support::near(result.silhouette.unwrap(), expected, 1e-12);
    assert_eq!(result.silhouette_measured, points.len());
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    let lines = lines();
    let (_, first) = support::compare(&file(&lines), &settings("tier"));
    let mut rng = Rng::new(5);
    for _ in 0..3 {
        let order = rng.some_of((0..lines.len()).collect(), lines.len());
        let mixed: Vec<String> = order.iter().map(|&row| lines[row].clone()).collect();
        let (_, other) = support::compare(&file(&mixed), &settings("tier"));
        for model in first.models() {
            let (own, moved) = (first.result(model).unwrap(), other.result(model).unwrap());
            assert_eq!(
                own.silhouette.map(f64::to_bits),
                moved.silhouette.map(f64::to_bits)
            );
            assert_eq!(own.values, moved.values);
            for (at, &row) in order.iter().enumerate() {
                assert_eq!(own.labels[row], moved.labels[at]);
            }
        }
    }
}

#[test]
fn one_model_is_enough_beside_it_and_whole_numbers_are_segments_too() {
    let lines = lines();
    let numbers = lines.iter().map(|line| {
        let (before, tier) = line.trim_end().rsplit_once(',').unwrap();
        let tiers = ["Gold", "Silver", "Bronze"];
        let code = tiers.iter().position(|it| *it == tier);
        let code = code.map_or_else(String::new, |at| (7 * at + 3).to_string());
        format!("{before},{code}\n")
    });
    let numbers: Vec<String> = numbers.collect();
    let alone = Settings {
        models: [ModelKey::K_MEANS].into(),
        ..settings("tier")
    };
    let (_, of_words) = support::compare(&file(&lines), &alone);
    let (_, of_numbers) = support::compare(&file(&numbers), &alone);
    assert_eq!(given(&of_words), given(&of_numbers));
    assert!(!of_words.is_alone());
    // Values are in order as texts.
    assert_eq!(
        of_numbers.result(ModelKey::GIVEN).unwrap().values,
        ["10", "17", "3"]
    );
}

#[test]
fn every_question_has_an_answer_beside_it() {
    let (mut engine, _) = support::engine("tiers.csv", &file(&lines()));
    let id = ResultId(1);
    let comparison = engine.fit(id, settings("tier"), &mut |_, _| ()).unwrap();
    let noise = engine.ask(id, &AskNoiseFloor, &mut |_, _| ()).unwrap();
    let models: Vec<ModelKey> = noise.models.iter().map(|it| it.model).collect();
    assert_eq!(models, [ModelKey::K_MEANS, ModelKey::HIERARCHICAL]);
    let explained = engine.ask(id, &AskExplanation, &mut |_, _| ()).unwrap();
    // Who is mismatched depends on the column: no p value of a column that cut the models.
    for column in explained.columns.iter().filter(|it| it.is_feature) {
        assert_eq!((column.basis, column.p), (Basis::Cut(WhyCut::Given), None));
    }
    for row in [4, 6, 7] {
        let card = engine.ask(id, &AskCard::of(row), &mut |_, _| ()).unwrap();
        assert_eq!(card.segments.len(), 3);
        for placed in &card.segments {
            assert_eq!(placed.segment, comparison.labels(placed.model)[row]);
        }
    }
    let what_if = engine.ask(id, &AskWhatIf, &mut |_, _| ()).unwrap();
    assert!(!what_if.tried.is_empty());
}

#[test]
fn what_cannot_be_a_segment_column_is_refused_by_name() {
    let mut engine = Engine::default();
    let lines = lines();
    let constant = lines
        .iter()
        .map(|line| line.replace("Silver", "Gold").replace("Bronze", "Gold"));
    let constant: Vec<String> = constant.collect();
    let incomes = lines.iter().map(|line| line.split(',').nth(1).unwrap());
    let n_values = incomes.map(|it| it.parse::<f64>().unwrap().to_bits());
    let n_values = n_values.collect::<BTreeSet<u64>>().len();
    for (lines, column, expected) in [
        (&lines, "income", GivenError::TooManyValues { n_values }),
        (&lines, "tiers", GivenError::Gone),
        (&constant, "tier", GivenError::OneValue),
    ] {
        let read = engine.import(
            "tiers.csv",
            &mut file(lines).as_slice(),
            &seamline::table::ReadOptions::default(),
            &mut |_, _| (),
        );
        let dataset = read.unwrap();
        let error = engine
            .compare(settings(column), &mut |_, _| ())
            .unwrap_err();
        let refused = EngineError::SegmentColumn {
            column: column.into(),
            why: expected,
        };
        assert_eq!(error, refused);
        let session = Session::for_dataset(&dataset);
        let decision = Decision::CompareColumn(Some(column.into()));
        let error = apply(&session, &decision, &Known::of(&dataset)).unwrap_err();
        let as_decided = if expected == GivenError::Gone {
            DecisionError::UnknownColumn {
                column: column.into(),
            }
        } else {
            DecisionError::SegmentColumn {
                column: column.into(),
                why: expected,
            }
        };
        assert_eq!(error, as_decided);
    }
    let named = serde_json::json!({"models": ["k_means", "segment_column"]});
    let settings: Settings = serde_json::from_value(named).unwrap();
    assert!(settings.check().is_err());
}
