//! Other settings: what they would find, models with different numbers of segments, and segments that keep their numbers.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::collections::BTreeMap;

use seamline::cluster::ModelKey;
use seamline::cluster::hierarchical::Linkage;
use seamline::features::{Feature, Scaling};
use seamline::questions::{Against, AskSweep, AskWhatIf, WhatIf};
use seamline::result::{Comparison, Settings};

fn what_if(bytes: &[u8], settings: &Settings) -> WhatIf {
    support::ask(bytes, settings, &AskWhatIf)
}

#[test]
fn the_matrix_of_the_seed_file() {
    let (Some(bytes), Some(expected)) = (
        support::customers("customer_segmentation_synthetic.csv"),
        support::expected(),
    ) else {
        return;
    };
    let (age, income, spending, ratio) = (
        "Age",
        "Annual_Income_k",
        "Spending_Score_1100",
        "Income_to_Spending_Ratio",
    );
    let found = what_if(&bytes, &support::seed_settings());
    assert_eq!((found.n_customers, found.n_today), (500, 39));
    let published = expected["seed"]["what_if_k2"]["values"]
        .as_object()
        .unwrap();
    let mut n_checked = 0;
    for (name, values) in published {
        let (left, linkage) = name.split_once(" | ").unwrap();
        let scaling = if left.starts_with("raw") {
            Scaling::None
        } else {
            Scaling::ZScore
        };
        let mut features: Vec<&str> = Vec::new();
        for (word, column) in [
            ("age", age),
            ("income", income),
            ("spending", spending),
            ("ratio", ratio),
        ] {
            if left.contains(word) {
                features.push(column);
            }
        }
        features.sort_unstable();
        let linkage = match linkage {
            "ward" => Linkage::Ward,
            "complete" => Linkage::Complete,
            _ => Linkage::Average,
        };
        let tried = found.tried.iter().find(|it| {
            let mut names: Vec<&str> = it.features.iter().map(String::as_str).collect();
            names.sort_unstable();
            names == features
                && it.scaling == scaling
                && it.n_clusters == 2
                && it.against == Against::Hierarchical(linkage)
        });
        let tried = tried.unwrap();
        let number = |key: &str| values[key].as_u64().unwrap() as usize;
        assert_eq!(tried.n_mismatched, number("mismatched"), "{name}");
        // If half of all customers are mismatched, both matchings are equally good, and the other half is right too.
        let overlap = number("overlap_with_the_39");
        let is_tied = tried.n_mismatched == 250;
        assert!(
            tried.n_overlap == overlap || is_tied && tried.n_overlap == 39 - overlap,
            "{name}: {}",
            tried.n_overlap
        );
        support::near(tried.ari, values["ari"].as_f64().unwrap(), 1e-9);
        assert_eq!(
            support::numbers(&values["sizes_k_means"]),
            tried.sizes.iter().map(|&n| n as u64).collect::<Vec<_>>(),
            "{name}"
        );
        assert_eq!(
            support::numbers(&values["sizes_other"]),
            tried
                .sizes_against
                .iter()
                .map(|&n| n as u64)
                .collect::<Vec<_>>(),
            "{name}"
        );
        n_checked += 1;
    }
    assert_eq!(n_checked, published.len());
    // Every trial counts a customer at most once.
    assert!(
        found
            .times
            .iter()
            .all(|&(_, times)| times <= found.tried.len())
    );
    let sum: usize = found.times.iter().map(|(_, times)| times).sum();
    assert_eq!(
        sum,
        found.tried.iter().map(|it| it.n_mismatched).sum::<usize>()
    );
}

#[test]
fn outliers_are_no_segment() {
    let Some(bytes) = support::customers("customer_segmentation_synthetic.csv") else {
        return;
    };
    // Standardised, with the ratio, two segments: 493 and 7, which agree completely and mean nothing.
    let settings = Settings {
        scaling: Scaling::ZScore,
        ..support::seed_settings()
    };
    let report = support::report(&bytes, &settings);
    let mut sizes = report.models[&ModelKey::K_MEANS].sizes.clone();
    sizes.sort_unstable();
    assert_eq!((sizes, report.comparison.n_mismatched), (vec![7, 493], 0));
    let reality = report.reality.unwrap();
    assert!(reality.has_sliver && reality.level == seamline::quality::RealityLevel::None);
    let what_if = report.what_if.unwrap();
    let tried = what_if
        .tried
        .iter()
        .find(|it| it.sizes == [7, 493])
        .unwrap();
    assert!(tried.is_degenerate);
    let sweep = support::ask(&bytes, &settings, &AskSweep);
    assert_ne!(sweep.recommended(), Some(2), "{:?}", sweep.overall);
}

fn mall(own: &[(ModelKey, usize)], k: usize) -> Settings {
    Settings {
        models: [
            ModelKey::K_MEANS,
            ModelKey::HIERARCHICAL,
            ModelKey::GAUSSIAN_MIXTURE,
        ]
        .into(),
        own_n_clusters: own.iter().copied().collect::<BTreeMap<_, _>>(),
        ..support::mall_settings(k)
    }
}

/// Customers in each segment of a model.
fn sizes(comparison: &Comparison, model: ModelKey) -> Vec<usize> {
    comparison.result(model).unwrap().sizes.clone()
}

#[test]
fn models_may_have_different_numbers_of_segments() {
    let Some(bytes) = support::customers("Mall_Customers.csv") else {
        return;
    };
    let (_, found) = support::compare(
        &bytes,
        &mall(
            &[(ModelKey::HIERARCHICAL, 6), (ModelKey::GAUSSIAN_MIXTURE, 6)],
            5,
        ),
    );
    // The sixth of the mixture holds others than that of the tree.
    assert_eq!((found.n_clusters, found.n_segments), (5, 7));
    // K-Means has no sixth segment, which has a number of its own.
    assert_eq!(sizes(&found, ModelKey::K_MEANS)[5], 0);
    assert!(sizes(&found, ModelKey::HIERARCHICAL)[5] > 0);
    assert_eq!(found.segments(), [0, 1, 2, 3, 4, 5, 6]);
    let in_sixth =
        (0..200).filter(|&row| found.result(ModelKey::HIERARCHICAL).unwrap().labels[row] == 5);
    assert!(in_sixth.clone().all(|row| found.is_mismatched(row)));
    for row in 0..200 {
        let votes = found.votes(row);
        assert_eq!(votes.iter().map(|(_, n)| n).sum::<usize>(), 3);
        assert_eq!(votes.len() > 1, found.is_mismatched(row));
    }
    // With fewer segments than K-Means, some of those have no counterpart.
    let (_, found) = support::compare(&bytes, &mall(&[(ModelKey::HIERARCHICAL, 4)], 5));
    assert_eq!(found.n_segments, 5);
    assert_eq!(
        sizes(&found, ModelKey::HIERARCHICAL)
            .iter()
            .filter(|&&n| n == 0)
            .count(),
        1
    );
    let report = support::report(&bytes, &mall(&[(ModelKey::HIERARCHICAL, 6)], 5));
    assert_eq!(report.models[&ModelKey::HIERARCHICAL].sizes.len(), 6);
    let refused = mall(&[(ModelKey::HIERARCHICAL, 51)], 5);
    assert!(
        support::engine("m.csv", &bytes)
            .0
            .compare(refused, &mut |_, _| ())
            .is_err()
    );
}

#[test]
fn segments_keep_their_numbers_through_refits() {
    let Some(bytes) = support::customers("Mall_Customers.csv") else {
        return;
    };
    let (_, five) = support::compare(&bytes, &mall(&[], 5));
    let with = |settings: Settings, before: &Comparison| Settings {
        identity: Some(before.identity.clone()),
        ..settings
    };
    // Another seed with the same number of segments: the same numbers.
    let seeded = Settings {
        seed: 99,
        ..mall(&[], 5)
    };
    let (_, again) = support::compare(&bytes, &with(seeded, &five));
    assert_eq!(
        again.result(ModelKey::K_MEANS).unwrap().labels,
        five.result(ModelKey::K_MEANS).unwrap().labels
    );
    // One segment more: four of five keep nearly all customers, and the new number is the lowest free one.
    let (_, six) = support::compare(&bytes, &with(mall(&[], 6), &five));
    assert_eq!(six.segments(), [0, 1, 2, 3, 4, 5]);
    let same = (0..200).filter(|&row| {
        six.result(ModelKey::K_MEANS).unwrap().labels[row]
            == five.result(ModelKey::K_MEANS).unwrap().labels[row]
    });
    assert!(same.count() > 140);
    // One fewer: the remaining letters are old ones.
    let (_, four) = support::compare(&bytes, &with(mall(&[], 4), &five));
    assert_eq!(four.segments().len(), 4);
    let same = (0..200).filter(|&row| {
        four.result(ModelKey::K_MEANS).unwrap().labels[row]
            == five.result(ModelKey::K_MEANS).unwrap().labels[row]
    });
    assert!(same.count() > 140);
    // With other features and scaling too.
    let other = Settings {
        scaling: Scaling::ZScore,
        features: Some(
            ["Annual Income (k$)", "Spending Score (1-100)", "Age"]
                .map(Feature::column)
                .to_vec(),
        ),
        ..mall(&[], 5)
    };
    let (_, other) = support::compare(&bytes, &with(other, &five));
    let same = (0..200).filter(|&row| {
        other.result(ModelKey::K_MEANS).unwrap().labels[row]
            == five.result(ModelKey::K_MEANS).unwrap().labels[row]
    });
    assert!(same.count() > 100);
}
