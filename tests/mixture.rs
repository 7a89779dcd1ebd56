//! The mixture on data that are hard for it: it is fitted, or the others are shown and it says which column is behind it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

mod support;

use std::collections::BTreeSet;

use seamline::cluster::ModelKey;
use seamline::cluster::gaussian_mixture::CovarianceType;
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::questions::{AskExplanation, AskShapes};
use seamline::result::{Comparison, Obstacle, Settings};
use seamline::words::{error_sentence, failed_sentence, not_fitted_at, offers_tied};

const MIXTURE: ModelKey = ModelKey::GAUSSIAN_MIXTURE;

/// All three models with this number of segments.
fn three(n_clusters: Option<usize>) -> Settings {
    Settings {
        models: Settings::default_models(0),
        n_clusters,
        ..Settings::default()
    }
}

/// A file with these columns, every row from its number.
fn csv(header: &str, n: usize, mut row: impl FnMut(usize) -> String) -> String {
    let rows: String = (0..n).map(|i| row(i) + "\n").collect();
    format!("{header}\n{rows}")
}

fn compared(csv: &str, settings: &Settings) -> Comparison {
    let (_, found) = support::compare(csv.as_bytes(), settings);
    let told: BTreeSet<ModelKey> = found
        .models()
        .chain(found.failed.iter().map(|it| it.model))
        .collect();
    assert_eq!(
        told, settings.models,
        "every model is there or says why not"
    );
    assert!(!serde_json::to_string(&*found).unwrap().contains("NaN"));
    (*found).clone()
}

/// Why the mixture is missing beside the two others, in words.
fn why_missing(found: &Comparison) -> String {
    assert_eq!(
        found.models().collect::<Vec<_>>(),
        [ModelKey::K_MEANS, ModelKey::HIERARCHICAL]
    );
    failed_sentence(&found.failed[0])
}

/// Two clouds of four: a pair of numbers per row.
fn clouds(rng: &mut Rng, i: usize) -> (f64, f64) {
    let place = 8.0 * (i % 2) as f64;
    (place + rng.normal(), place + rng.normal())
}

#[test]
fn constant_and_repeated_columns_are_no_reason_to_refuse() {
    let mut rng = Rng::new(1);
    let file = csv("a,b,always,again,sum", 120, |i| {
        let (a, b) = clouds(&mut rng, i);
        format!("{a:.3},{b:.3},7,{a:.3},{:.3}", a + b)
    });
    for covariance in CovarianceType::ALL {
        let settings = Settings {
            covariance,
            ..three(Some(2))
        };
        let found = compared(&file, &settings);
        let mixture = found.result(MIXTURE);
        let mixture = mixture.unwrap_or_else(|| panic!("{covariance:?}: {:?}", found.failed));
        assert_eq!(mixture.sizes, [60, 60], "{covariance:?}");
    }
}

#[test]
fn a_column_of_many_zeros_is_named_and_the_tied_shape_offered() {
    let mut rng = Rng::new(2);
    let file = csv("visits,spend", 400, |i| {
        let spend = if i % 5 < 3 {
            0.0
        } else {
            20.0 + 10.0 * rng.uniform()
        };
        format!("{:.2},{spend:.2}", 10.0 + rng.normal())
    });
    for n_clusters in [Some(2), Some(4), None] {
        let found = compared(&file, &three(n_clusters));
        assert_eq!(
            why_missing(&found),
            "Gaussian mixture could not be fitted: 60.0 % of the customers have 0 in “spend”, and a segment of them alone has no spread there. The shape “Tied” can be fitted."
        );
        assert!(offers_tied(&found.failed[0]));
        let Some(Obstacle::Spike { value, n_same, .. }) = found.failed[0].cause else {
            panic!("{:?}", found.failed)
        };
        assert_eq!((value, n_same), (0.0, 240));
        let tied = Settings {
            covariance: CovarianceType::Tied,
            ..three(n_clusters)
        };
        assert!(compared(&file, &tied).failed.is_empty());
    }
}

#[test]
fn yes_and_no_alone_has_no_bells() {
    let file = csv("member", 90, |i| (i % 3 / 2).to_string());
    let of_member = |n_clusters| Settings {
        features: Some(vec![Feature::column("member")]),
        ..three(Some(n_clusters))
    };
    let said = why_missing(&compared(&file, &of_member(2)));
    assert!(
        said.contains("% of the customers have 0 in “member”")
            || said.contains("% of the customers have 1 in “member”"),
        "{said}"
    );
    // More segments than values: no model has them, and it is said once.
    let (mut engine, _) = support::engine("test.csv", file.as_bytes());
    let refused = engine.compare(of_member(3), &mut |_, _| ()).unwrap_err();
    let said = error_sentence(&refused);
    assert!(
        said.contains("have only 2 different combinations of values"),
        "{said}"
    );
}

#[test]
fn nine_different_rows_among_four_hundred_are_segmented_by_the_others() {
    let file = csv("a,b", 400, |i| format!("{},{}", i % 3, i / 3 % 3));
    for n_clusters in [Some(2), Some(8), Some(9), None] {
        let found = compared(&file, &three(n_clusters));
        if found.result(MIXTURE).is_none() {
            let said = why_missing(&found);
            assert!(said.contains("% of the customers have"), "{said}");
        }
    }
}

#[test]
fn two_rows_are_two_segments_of_two_models() {
    let found = compared("a,b\n1,2\n5,9\n", &three(Some(2)));
    let said = why_missing(&found);
    assert!(
        said.contains("finds no 2 segments of which each has customers and spread"),
        "{said}"
    );
    let only = Settings {
        models: [ModelKey::K_MEANS, MIXTURE].into(),
        ..three(Some(2))
    };
    let (mut engine, _) = support::engine("two.csv", b"a,b\n1,2\n5,9\n");
    let alone = engine.compare(only, &mut |_, _| ()).unwrap();
    assert_eq!(alone.models[0].sizes, [1, 1]);
    let said = failed_sentence(&alone.failed[0]);
    assert!(
        alone.is_alone() && said.starts_with("Gaussian mixture could not be fitted:"),
        "{said}"
    );
}

#[test]
fn a_segment_of_one_is_one_for_the_shape_that_needs_no_more() {
    let mut rng = Rng::new(4);
    let file = csv("a,b", 101, |i| {
        let far = if i == 100 { 60.0 } else { 0.0 };
        format!("{:.3},{:.3}", far + rng.normal(), far + rng.normal())
    });
    let fitted = |covariance| {
        let settings = Settings {
            covariance,
            scaling: Scaling::None,
            ..three(Some(2))
        };
        compared(&file, &settings)
    };
    let mut sizes = fitted(CovarianceType::Tied)
        .result(MIXTURE)
        .unwrap()
        .sizes
        .clone();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 100]);
    // Alone it has no ellipse of its own.
    let said = why_missing(&fitted(CovarianceType::Full));
    assert!(said.ends_with("The shape “Tied” can be fitted."), "{said}");
}

#[test]
fn the_mixture_is_compared_by_default_up_to_fifty_thousand_rows() {
    assert!(Settings::default_models(50_000).contains(&MIXTURE));
    assert!(!Settings::default_models(50_001).contains(&MIXTURE));
    let (_, dataset) = support::engine("any.csv", b"a,b\n1,2\n5,9\n");
    let session = seamline::session::Session::for_dataset(&dataset);
    assert_eq!(session.settings.models, Settings::default_models(2));
}

#[test]
fn an_automatic_number_is_the_same_with_and_without_the_mixture() {
    let mut rng = Rng::new(5);
    let file = csv("a,b", 150, |i| {
        let place = 9.0 * (i % 3) as f64;
        format!(
            "{:.3},{:.3}",
            place + rng.normal(),
            place * place / 9.0 + rng.normal()
        )
    });
    let with = compared(&file, &three(None));
    let two = Settings {
        models: [ModelKey::K_MEANS, ModelKey::HIERARCHICAL].into(),
        ..three(None)
    };
    let without = compared(&file, &two);
    assert_eq!(
        (with.n_clusters, with.models.len()),
        (without.n_clusters, 3)
    );
    // The sweep behind it rates the mixture at every number, and says where it could not be fitted.
    let sweep = support::ask(
        file.as_bytes(),
        &with.settings,
        &seamline::questions::AskSweep,
    );
    let rated = sweep
        .points
        .iter()
        .filter(|point| point.of(MIXTURE).is_some());
    let n_rated = rated.count();
    assert!(n_rated > 5);
    assert_eq!(
        not_fitted_at(MIXTURE, &sweep).is_some(),
        n_rated < sweep.points.len()
    );
}

#[test]
fn no_gain_is_computed_where_no_probability_is_known() {
    let mut rng = Rng::new(6);
    let file = csv("a,b", 200, |_| {
        format!("{:.3},{:.3}", rng.normal(), rng.normal())
    });
    let both = Settings {
        models: [ModelKey::K_MEANS, ModelKey::HIERARCHICAL].into(),
        ..three(Some(3))
    };
    let of_two = support::ask(file.as_bytes(), &both, &AskExplanation);
    assert!(!of_two.contested.is_empty());
    assert!(of_two.contested.iter().all(|it| it.is_by_votes));
    let of_three = support::ask(file.as_bytes(), &three(Some(3)), &AskExplanation);
    assert!(!of_three.contested.is_empty());
    assert!(of_three.contested.iter().all(|it| !it.is_by_votes));
}

#[test]
fn the_shape_on_offer_is_the_one_of_lowest_criterion() {
    let mut rng = Rng::new(8);
    // Three clouds of one turned shape.
    let file = csv("a,b", 300, |i| {
        let (x, y) = (rng.normal(), rng.normal());
        let place = 7.0 * (i % 3) as f64;
        format!("{:.3},{:.3}", place + x, 0.9 * x + 0.5 * y - place)
    });
    let settings = Settings {
        scaling: Scaling::None,
        ..three(Some(3))
    };
    let shapes = support::ask(file.as_bytes(), &settings, &AskShapes);
    assert_eq!(shapes.rated.len(), 44);
    let best = shapes.best().unwrap();
    assert_eq!(
        (best.covariance, best.n_clusters),
        (CovarianceType::Tied, 3)
    );
    for covariance in CovarianceType::ALL {
        let settings = Settings {
            covariance,
            ..settings.clone()
        };
        let found = compared(&file, &settings);
        let mixture = found.result(MIXTURE).unwrap().mixture.as_ref().unwrap();
        assert_eq!(
            shapes.of(covariance, 3).unwrap().bic,
            Some(mixture.bic),
            "{covariance:?}"
        );
        assert!(best.bic.unwrap() <= mixture.bic);
    }
}

#[test]
fn customers_that_are_zero_everywhere_are_named_by_row() {
    let Some(path) = support::shared("real_kinds/25_cosine_zero_rows.csv") else {
        return support::skip("data/real_kinds/25_cosine_zero_rows.csv");
    };
    let bytes = std::fs::read(path).unwrap();
    let settings = Settings {
        scaling: Scaling::None,
        centres: seamline::cluster::k_means::Centres::Directions,
        ..three(Some(3))
    };
    let (_, found) = support::compare(&bytes, &settings);
    let failed = found
        .failed
        .iter()
        .find(|it| it.model == ModelKey::K_MEANS)
        .unwrap();
    let Some(Obstacle::Zeros { rows, n_zero }) = &failed.cause else {
        panic!("{failed:?}")
    };
    assert!(*n_zero > 0 && rows.len() == (*n_zero).min(20));
    let said = failed_sentence(failed);
    assert!(
        said.contains(&format!(
            "{n_zero} customers are zero in every feature: rows {}",
            rows[0] + 1
        )),
        "{said}"
    );
}
