//! The tree's splits against chance, and whom equal distances place, asked as the page asks.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use seamline::cluster::ModelKey;
use seamline::cluster::hierarchical::{HierarchicalParams, Linkage};
use seamline::engine::{Engine, Step};
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::questions::{AskTree, TreeEvidence};
use seamline::result::{ResultId, Settings};
use support::{ask, engine};

/// Round bells of a standard deviation of 1 around these centres.
fn bells(centres: &[[f64; 2]], n: usize, seed: u64) -> Vec<u8> {
    let mut rng = Rng::new(seed);
    let mut text = String::from("spend,visits\n");
    for i in 0..n {
        let [x, y] = centres[i % centres.len()];
        writeln!(text, "{:.6},{:.6}", x + rng.normal(), y + rng.normal()).unwrap();
    }
    text.into_bytes()
}

fn settings(linkage: Linkage, n_clusters: usize) -> Settings {
    Settings {
        features: Some(["spend", "visits"].map(Feature::column).to_vec()),
        hierarchical: HierarchicalParams {
            linkage,
            ..HierarchicalParams::default()
        },
        scaling: Scaling::None,
        n_clusters: Some(n_clusters),
        ..Settings::default()
    }
}

fn asked(bytes: &[u8], settings: &Settings) -> TreeEvidence {
    ask(bytes, settings, &AskTree)
}

const FOUR: [[f64; 2]; 4] = [[0.0, 0.0], [7.0, 0.0], [0.0, 8.0], [9.0, 9.0]];

#[test]
fn the_splits_of_four_groups_are_told_and_no_more() {
    let found = asked(&bells(&FOUR, 240, 3), &settings(Linkage::Ward, 4));
    let splits = found.splits.unwrap();
    assert_eq!((splits.holds_to, splits.n_further()), (4, 0));
    for split in &splits.splits {
        assert_eq!(split.is_told, split.n_clusters <= 4, "{split:?}");
        // The level shares 0.05 by the samples below a split.
        let n = (split.sizes.0 + split.sizes.1) as f64;
        assert!((split.level - 0.05 * (n - 1.0) / 239.0).abs() < 1e-15);
    }
    assert_eq!(found.n_by_ties, Some(0));
}

#[test]
fn no_split_of_one_bell_is_told() {
    let bytes = bells(&[[0.0, 0.0]], 200, 8);
    for linkage in [
        Linkage::Ward,
        Linkage::Average,
        Linkage::Single,
        Linkage::Centroid,
    ] {
        let splits = asked(&bytes, &settings(linkage, 3)).splits.unwrap();
        assert_eq!(
            (splits.holds_to, splits.splits.len()),
            (1, 1),
            "{linkage:?}"
        );
        assert!(splits.splits[0].n_reached > 0);
    }
}

#[test]
fn a_part_of_many_customers_is_examined() {
    let found = asked(&bells(&FOUR, 1_200, 5), &settings(Linkage::Ward, 4));
    let splits = found.splits.unwrap();
    assert_eq!((splits.holds_to, splits.n_drawn()), (4, Some(300)));
}

#[test]
fn without_a_tree_nothing_is_said_of_one() {
    let settings = Settings {
        models: BTreeSet::from([ModelKey::K_MEANS, ModelKey::GAUSSIAN_MIXTURE]),
        ..settings(Linkage::Ward, 4)
    };
    let found = asked(&bells(&FOUR, 120, 1), &settings);
    assert_eq!((found.splits, found.n_by_ties), (None, None));
}

#[test]
fn whom_equal_distances_place_is_counted_whatever_the_order_of_rows() {
    // A ring of eight: every neighbour is as far as the next.
    let ring = "1,0\n2,0\n3,1\n3,2\n2,3\n1,3\n0,2\n0,1\n";
    let text = format!("spend,visits\n{ring}");
    let backward: Vec<&str> = ring.lines().rev().collect();
    let counts = |text: &str| {
        [2, 3].map(|k| {
            let settings = settings(Linkage::Ward, k);
            asked(text.as_bytes(), &settings).n_by_ties.unwrap()
        })
    };
    let found = counts(&text);
    assert!(found.iter().any(|&n| n > 0), "{found:?}");
    assert_eq!(
        counts(&format!("spend,visits\n{}\n", backward.join("\n"))),
        found
    );
}

#[test]
fn rounds_are_short_and_end_in_the_same_answer() {
    let bytes = bells(&FOUR, 240, 3);
    let settings = settings(Linkage::Ward, 4);
    let (mut engine, _): (Engine, _) = engine("test.csv", &bytes);
    let result = ResultId(1);
    engine
        .fit(result, settings.clone(), &mut |_, _| ())
        .unwrap();
    let mut rounds = 1;
    let found = loop {
        match engine.step(result, &AskTree, &mut |_, _| ()).unwrap() {
            Step::Unfinished => rounds += 1,
            Step::Done(found) => break found,
        }
    };
    // Three other orders, then splits.
    assert!(rounds > 4, "{rounds}");
    assert_eq!(found, asked(&bytes, &settings));
}

#[test]
fn few_and_equal_customers_are_no_evidence() {
    let few = "spend,visits\n1,1\n2,2\n9,9\n9,8\n1,2\n";
    let splits = asked(few.as_bytes(), &settings(Linkage::Ward, 2)).splits;
    let splits = splits.unwrap();
    assert_eq!((splits.holds_to, splits.splits[0].n_sets), (1, 0));
    assert!(splits.splits[0].p.is_finite());
    // Heaps of equal customers are told from any bell, which says nothing of others.
    let two: String = (0..40)
        .map(|i| if i % 2 == 0 { "1,1\n" } else { "5,5\n" })
        .collect();
    let found = asked(
        format!("spend,visits\n{two}").as_bytes(),
        &settings(Linkage::Ward, 2),
    );
    let splits = found.splits.unwrap();
    assert_eq!((splits.holds_to, splits.max_clusters), (1, 2));
    assert_eq!(splits.splits[0].n_sets, 0);
    assert!(splits.splits[0].index < 1e-12);
}
