//! Models that fail, are switched off, or decide their number themselves: every answer still makes sense.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;

use seamline::cluster::k_means::Centres;
use seamline::cluster::{FitError, ModelKey};
use seamline::explain::{Claim, Finding, Group, Says};
use seamline::export::Report;
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::questions::{AskCard, AskExplanation, CheckClaim, CustomerCard};
use seamline::result::{FailedModel, ResultId, Settings};
use seamline::words;
use serde_json::{Value, json};

const K_MEANS: ModelKey = ModelKey::K_MEANS;
const TREE: ModelKey = ModelKey::HIERARCHICAL;
const MIXTURE: ModelKey = ModelKey::GAUSSIAN_MIXTURE;
const HDBSCAN: ModelKey = ModelKey::HDBSCAN;

fn csv(rows: impl IntoIterator<Item = (f64, f64)>) -> String {
    let mut csv = "id,x,y\n".to_owned();
    for (id, (x, y)) in rows.into_iter().enumerate() {
        writeln!(csv, "{id},{x},{y}").unwrap();
    }
    csv
}

/// Three touching clusters.
fn clouds(n: usize) -> Vec<(f64, f64)> {
    let mut rng = Rng::new(7);
    (0..n)
        .map(|i| {
            let centre = 4.0 * (i % 3) as f64;
            (centre + rng.normal(), 0.5 * centre + rng.normal())
        })
        .collect()
}

fn settings(models: &[ModelKey], n_clusters: usize) -> Settings {
    Settings {
        features: Some(["x", "y"].map(Feature::column).to_vec()),
        models: models.iter().copied().collect(),
        n_clusters: Some(n_clusters),
        ..Settings::default()
    }
}

#[test]
fn directions_that_cannot_be_had_spoil_no_answer_about_the_other_models() {
    // A customer at the origin has no direction.
    let csv = csv([(0.0, 0.0)].into_iter().chain(clouds(90)));
    for models in [&[K_MEANS, TREE, MIXTURE][..], &[TREE, MIXTURE]] {
        let settings = Settings {
            centres: Centres::Directions,
            scaling: Scaling::None,
            ..settings(models, 3)
        };
        let found = support::report(csv.as_bytes(), &settings);
        let compared: BTreeSet<ModelKey> = found.models.keys().copied().collect();
        assert_eq!(compared, BTreeSet::from([TREE, MIXTURE]));
        let failed = found.failed.iter();
        let failed: Vec<_> = failed.map(|it| (it.model, it.error.clone())).collect();
        let wanted = models.contains(&K_MEANS);
        let error = FitError::ZeroVector { n_samples: 91 };
        assert_eq!(
            failed,
            wanted
                .then_some((K_MEANS, error))
                .into_iter()
                .collect::<Vec<_>>()
        );
        let cards = found.cards.unwrap();
        assert!(!cards.is_empty());
        for card in &cards {
            assert_eq!((card.distances.len(), card.posteriors.len()), (3, 3));
        }
        assert_eq!(found.explanation.unwrap().contested.len(), cards.len());
    }
}

/// Settings for HDBSCAN with this smallest segment.
fn at_least(min_cluster_size: usize, settings: Settings) -> Settings {
    let asked = [("min_cluster_size".to_owned(), min_cluster_size)];
    Settings {
        options: [(HDBSCAN, asked.into())].into(),
        ..settings
    }
}

fn in_json(report: &Report) -> Value {
    serde_json::to_value(report).unwrap()
}

#[test]
fn a_model_that_finds_too_many_segments_is_left_out_with_what_to_do() {
    let mut rng = Rng::new(3);
    let mut place = || 1_000.0 * rng.uniform();
    let middles: Vec<(f64, f64)> = (0..130).map(|_| (place(), place())).collect();
    let pairs = middles
        .into_iter()
        .flat_map(|(x, y)| [(x, y), (x + 1e-3, y)]);
    let settings = Settings {
        options: [(
            HDBSCAN,
            ["min_cluster_size", "min_samples"]
                .map(|it| (it.to_owned(), 2))
                .into(),
        )]
        .into(),
        ..settings(&[K_MEANS, TREE, HDBSCAN], 3)
    };
    let found = support::report(csv(pairs).as_bytes(), &settings);
    assert!(!found.models.contains_key(&HDBSCAN));
    assert_eq!(found.comparison.contingency.len(), 3);
    let [failed] = found.failed.as_slice() else {
        unreachable!("one model is left out")
    };
    let why = serde_json::to_value(&failed.error).unwrap();
    assert_eq!(why["too_many_clusters"]["max"], json!(100));
    assert!(why["too_many_clusters"]["found"].as_u64().unwrap() > 100);
    let said = words::failed_sentence(failed);
    assert!(said.contains("Raise “Smallest segment”"), "{said}");
}

#[test]
fn the_number_asked_for_is_that_of_the_result_where_the_first_model_fails() {
    let csv = csv([(0.0, 0.0)].into_iter().chain(clouds(90)));
    let settings = Settings {
        centres: Centres::Directions,
        scaling: Scaling::None,
        own_n_clusters: [(TREE, 5)].into(),
        ..settings(&[K_MEANS, TREE, MIXTURE], 3)
    };
    let (_, comparison) = support::compare(csv.as_bytes(), &settings);
    assert_eq!(comparison.n_clusters, 3);
    assert_eq!(
        (comparison.first_pair(), comparison.n_segments),
        ((TREE, MIXTURE), 5)
    );
    let found = support::report(csv.as_bytes(), &settings);
    for card in &found.cards.unwrap() {
        assert_eq!(card.posteriors.len(), 3);
    }
    let tried = found.what_if.unwrap().tried;
    assert!(tried.iter().all(|it| (2..=4).contains(&it.n_clusters)));
}

#[test]
fn a_model_that_finds_no_segment_at_all_is_left_out_with_what_to_do() {
    let mut rng = Rng::new(5);
    let csv = csv((0..150).map(|_| (rng.uniform(), rng.uniform())));
    let found = support::report(
        csv.as_bytes(),
        &at_least(100, settings(&[K_MEANS, TREE, HDBSCAN], 3)),
    );
    assert!(!found.models.contains_key(&HDBSCAN));
    let error = FitError::NoClusters { n_distinct: 150 };
    let failed = FailedModel {
        model: HDBSCAN,
        error,
        cause: None,
    };
    assert_eq!(found.failed, std::slice::from_ref(&failed));
    assert!(found.reality.is_some() && found.noise_floor.is_some() && found.what_if.is_some());
    assert!(!in_json(&found).to_string().contains("NaN"));
    let said = words::failed_sentence(&failed);
    assert!(
        said.starts_with("HDBSCAN could not be fitted: It finds no segment"),
        "{said}"
    );
    for first in [K_MEANS, TREE, MIXTURE] {
        let settings = at_least(100, settings(&[first, HDBSCAN], 3));
        let found = support::report(csv.as_bytes(), &settings);
        assert_eq!(found.models.keys().collect::<Vec<_>>(), [&first]);
        assert_eq!(found.failed, std::slice::from_ref(&failed));
        assert!(found.reality.is_some() && found.noise_floor.is_some() && found.cards.is_some());
        // Nothing is said of a model beside itself.
        let compared = &found.comparison;
        assert!(compared.agreement_fraction.is_nan() && compared.ari.is_nan());
        assert!(compared.contingency.is_empty() && compared.pairs.is_empty());
        assert_eq!(compared.n_mismatched, 0);
        let said = words::failed_sentence(&failed);
        assert!(said.contains("Lower “Smallest segment”"), "{said}");
        let said = words::noise_sentence(found.noise_floor.as_ref().unwrap(), true);
        assert_eq!(said, words::ONE_MODEL);
    }
}

#[test]
fn no_change_is_claimed_for_models_without_a_rule_that_differ_or_set_a_customer_aside() {
    let csv = csv(clouds(150));
    let (mut n_aside, mut n_changed) = (0, 0);
    for models in [&[K_MEANS, HDBSCAN][..], &[K_MEANS, TREE, HDBSCAN]] {
        let settings = at_least(12, settings(models, 3));
        let (_, comparison) = support::compare(csv.as_bytes(), &settings);
        assert!(comparison.result(HDBSCAN).unwrap().numbers.len() > 1);
        for card in support::report(csv.as_bytes(), &settings).cards.unwrap() {
            // A message and a report contain all of it.
            let message = postcard::to_allocvec(&card).unwrap();
            assert_eq!(
                postcard::from_bytes::<CustomerCard>(&message).unwrap(),
                card
            );
            let text = serde_json::to_string(&card).unwrap();
            assert_eq!(serde_json::from_str::<CustomerCard>(&text).unwrap(), card);
            let without_rule = card.segments.iter().filter(|it| it.model != K_MEANS);
            let without_rule: Vec<_> = without_rule.collect();
            let target = without_rule[0].segment;
            let is_joint = without_rule.iter().all(|it| it.segment == target);
            let said = serde_json::to_value(&card).unwrap()["without_rule"].clone();
            if is_joint && !comparison.is_noise(target) {
                n_changed += card.changes.len();
                assert!(card.changes.iter().all(|it| it.target == target));
                assert_eq!(said, Value::Null);
            } else {
                n_aside += 1;
                assert!(card.changes.is_empty(), "{card:?}");
                let names: Vec<_> = without_rule.iter().map(|it| it.model.as_str()).collect();
                assert_eq!(said, json!(names));
                let words = words::no_change_words(&card);
                assert!(
                    words.contains("HDBSCAN") && words.contains("no rule"),
                    "{words}"
                );
            }
        }
    }
    assert!(n_aside > 5 && n_changed > 0, "{n_aside}, {n_changed}");
}

#[test]
fn those_without_a_segment_have_no_silhouette_and_count_in_none() {
    let csv = csv(clouds(120));
    let settings = at_least(12, settings(&[K_MEANS, HDBSCAN], 3));
    let (mut engine, _) = support::engine("test.csv", csv.as_bytes());
    let result = ResultId(1);
    let comparison = engine.fit(result, settings, &mut |_, _| ()).unwrap();
    let (mut sum, mut n) = (0.0, 0.0);
    for (row, &segment) in comparison.labels(HDBSCAN).iter().enumerate() {
        let card = engine.ask(result, &AskCard::of(row), &mut |_, _| ());
        let silhouette = card.unwrap().segments[1].silhouette;
        assert_eq!(silhouette.is_none(), comparison.is_noise(segment), "{row}");
        sum += silhouette.unwrap_or(0.0);
        n += f64::from(u8::from(silhouette.is_some()));
    }
    assert!(n > 30.0 && n < 120.0, "{n}");
    let of_model = comparison.result(HDBSCAN).unwrap().silhouette.unwrap();
    support::near(sum / n, of_model, 1e-12);
}

#[test]
fn other_choices_are_tried_with_the_models_that_are_compared() {
    let csv = csv(clouds(120));
    for models in [
        [K_MEANS, TREE],
        [K_MEANS, HDBSCAN],
        [TREE, MIXTURE],
        [TREE, HDBSCAN],
        [MIXTURE, HDBSCAN],
    ] {
        let settings = at_least(12, settings(&models, 3));
        let found = support::report(csv.as_bytes(), &settings);
        let mut sizes = found.models[&models[0]].sizes.clone();
        sizes.retain(|&size| size > 0);
        sizes.sort_unstable();
        let tried = found.what_if.unwrap().tried;
        let today = tried.iter().filter(|it| {
            it.n_clusters == 3 && it.scaling == settings.scaling && it.features == ["x", "y"]
        });
        let today: Vec<_> = today.collect();
        assert!(!today.is_empty());
        for tried in &today {
            assert_eq!(tried.sizes, sizes, "{models:?}: {tried:?}");
        }
        let against = today
            .iter()
            .map(|it| serde_json::to_value(it.against).unwrap());
        let against: Vec<Value> = against.collect();
        let has = |model: ModelKey| against.iter().any(|it| it.get(model.as_str()).is_some());
        let other = json!({"model": "hdbscan"});
        assert_eq!(
            against.contains(&other),
            models.contains(&HDBSCAN),
            "{against:?}"
        );
        assert_eq!(has(MIXTURE), models[0] != MIXTURE);
        let own = json!({"hierarchical": "ward"});
        assert_eq!(against.contains(&own), models[0] != TREE, "{against:?}");
    }
}

#[test]
fn a_model_that_fails_and_numbers_of_models_switched_off_keep_nothing_from_being_found() {
    // A customer at the origin has no direction, and few are distinct.
    let few = (0..40).map(|i| (1.0 + f64::from(i % 3), f64::from(i % 4)));
    let csv = csv([(0.0, 0.0)].into_iter().chain(few));
    let settings = Settings {
        centres: Centres::Directions,
        scaling: Scaling::None,
        own_n_clusters: [(MIXTURE, 12)].into(),
        ..settings(&[K_MEANS, TREE], 3)
    };
    let means = Settings {
        centres: Centres::Means,
        ..settings.clone()
    };
    let found = support::report(csv.as_bytes(), &means);
    for of_model in &found.noise_floor.unwrap().models {
        assert!(of_model.n_sets > 90, "{} sets", of_model.n_sets);
    }
    let csv = self::csv([(0.0, 0.0)].into_iter().chain(clouds(90)));
    let failing = Settings {
        own_n_clusters: [].into(),
        models: [K_MEANS, TREE, MIXTURE].into(),
        ..settings
    };
    let found = support::report(csv.as_bytes(), &failing);
    let cards = found.cards.unwrap();
    let changes = cards.iter().flat_map(|card| &card.changes);
    let again: Vec<_> = changes.map(|change| change.refit_agrees).collect();
    assert!(
        !again.is_empty() && again.iter().all(Option::is_some),
        "{again:?}"
    );
}

#[test]
fn what_only_a_later_model_finds_is_told_of_its_own_customers() {
    let mut rng = Rng::new(11);
    let places = [(0.0, 0.0), (15.0, 0.0), (22.0, 0.0)];
    let rows = (0..240).map(|i| {
        let (x, y) = places[i % 3];
        (x + 0.5 * rng.normal(), y + 0.5 * rng.normal())
    });
    let csv = csv(rows);
    let settings = Settings {
        scaling: Scaling::None,
        ..at_least(20, settings(&[K_MEANS, HDBSCAN], 2))
    };
    let (mut engine, _) = support::engine("test.csv", csv.as_bytes());
    let result = ResultId(1);
    let comparison = engine.fit(result, settings, &mut |_, _| ()).unwrap();
    let (first, later) = (&comparison.models[0].sizes, &comparison.models[1].sizes);
    let own = (0..comparison.n_segments).find(|&it| first[it] == 0 && later[it] > 50);
    let own = own.unwrap() as u32;
    assert!(!comparison.is_noise(own));
    let claim = Claim {
        column: "x".into(),
        group: Group::Segment(own),
        says: Says::Higher,
    };
    let checked = engine.ask(result, &CheckClaim(claim), &mut |_, _| ());
    let checked = checked.unwrap();
    assert_ne!(checked.finding, Finding::TooFew);
    let explanation = engine.ask(result, &AskExplanation, &mut |_, _| ()).unwrap();
    let mut of_own = explanation.insights.iter();
    assert!(
        of_own.any(|it| it.claim.group == Group::Segment(own) && it.finding == Finding::Supported)
    );
    // Offers are for segments that the models choose for the customer.
    assert!(!explanation.contested.is_empty());
    for it in &explanation.contested {
        let votes = comparison.votes(it.row).into_iter();
        let votes = votes.filter(|(segment, _)| !comparison.is_noise(*segment));
        let votes: Vec<_> = votes
            .map(|(segment, n)| (segment, n as f64 / 2.0))
            .collect();
        assert_eq!(it.choices, votes);
    }
    let advised = support::report(csv.as_bytes(), &comparison.settings)
        .advice
        .unwrap();
    let advised = advised
        .segments
        .iter()
        .find(|it| it.segment == own)
        .unwrap();
    assert_eq!(advised.n, later[own as usize]);
}

#[test]
fn an_offer_names_the_segment_that_one_of_four_models_has_and_the_mixture_has_not() {
    let mut rng = Rng::new(11);
    let places = [(0.0, 0.0), (15.0, 0.0), (22.0, 0.0)];
    let rows = (0..240).map(|i| {
        let (x, y) = places[i % 3];
        (x + 0.5 * rng.normal(), y + 0.5 * rng.normal())
    });
    let settings = Settings {
        scaling: Scaling::None,
        ..at_least(20, settings(&[K_MEANS, TREE, MIXTURE, HDBSCAN], 2))
    };
    let found = support::report(csv(rows).as_bytes(), &settings);
    let sizes = |model| found.models[&model].sizes.as_slice();
    let own = sizes(HDBSCAN).iter().zip(sizes(MIXTURE));
    let own = own
        .enumerate()
        .find(|(_, (own, other))| **own > 50 && **other == 0);
    let own = own.unwrap().0 as u32;
    let contested = found.explanation.unwrap().contested;
    let named = contested
        .iter()
        .filter_map(|it| match it.choices.as_slice() {
            [(_, first), (second, share)] if *second == own => Some((*first, *share)),
            _ => None,
        });
    let named: Vec<_> = named.collect();
    assert!(named.len() > 50, "{contested:?}");
    assert!(
        named.iter().all(|shares| *shares == (0.75, 0.25)),
        "{named:?}"
    );
}
