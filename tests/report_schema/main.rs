//! Reports match `docs/report.schema.json`, and the schema is complete: every key is described with its unit, and no other key is
//! allowed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

#[path = "../support/mod.rs"]
mod support;
mod tight;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::draft202012;
use seamline::cluster::ModelKey;
use seamline::engine::Engine;
use seamline::export::{Evidence, EvidenceSet};
use seamline::features::{Feature, Missing};
use seamline::result::{Settings, Stage};
use seamline::session::Session;
use serde_json::{Value, json};

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../docs/report.schema.json");
    serde_json::from_str(text).unwrap()
});
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| draft202012::new(&SCHEMA).unwrap());

/// A file of the fixtures.
fn engine(file: &str) -> Engine {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let bytes = std::fs::read(path.join(file)).unwrap();
    support::engine("test.csv", &bytes).0
}

fn report(engine: &mut Engine, settings: Settings, asked: &EvidenceSet) -> Value {
    let session = Session {
        settings,
        names: BTreeMap::from([(0, "Savers".to_owned())]),
        ..Session::default()
    };
    let report = engine.report_of(&session, asked, &mut |_, _| ());
    serde_json::to_value(report.unwrap()).unwrap()
}

fn settings(models: &[ModelKey], n_clusters: Option<usize>) -> Settings {
    Settings {
        models: models.iter().copied().collect(),
        n_clusters,
        ..Settings::default()
    }
}

const ALL: [ModelKey; 3] = [
    ModelKey::K_MEANS,
    ModelKey::HIERARCHICAL,
    ModelKey::GAUSSIAN_MIXTURE,
];

/// Two other models, and HDBSCAN with these numbers.
fn by_density(min_cluster_size: usize, min_samples: usize) -> Settings {
    let asked = [
        ("min_cluster_size".to_owned(), min_cluster_size),
        ("min_samples".to_owned(), min_samples),
    ];
    Settings {
        options: BTreeMap::from([(ModelKey::HDBSCAN, BTreeMap::from(asked))]),
        ..settings(&[&ALL[..2], &[ModelKey::HDBSCAN]].concat(), Some(4))
    }
}

/// Reports of all kinds, by name.
static REPORTS: LazyLock<Vec<(&str, Value)>> = LazyLock::new(|| {
    let (all, none) = (EvidenceSet::all(), EvidenceSet::none());
    let features = vec![
        Feature::column("Score (1-100)"),
        Feature::Ratio {
            a: "Income (k)".into(),
            b: "Age".into(),
        },
        Feature::Indicator {
            a: "Gender".into(),
            value: "Male".into(),
        },
        Feature::YeoJohnson {
            a: "Income (k)".into(),
            lambda: None,
        },
        Feature::Rank { a: "Age".into() },
    ];
    let mut visitors = engine("customers/visitors.csv");
    let mut few = support::engine("few.csv", b"id,x,y\n1,1,2\n2,5,9\n").0;
    // Enough customers that resampling takes too long, with few distinct ones.
    let many: String = (0..20_001).fold("x,y\n".into(), |mut text, i| {
        writeln!(text, "{},{}", i % 7, i % 3).unwrap();
        text
    });
    let mut many = support::engine("many.csv", many.as_bytes()).0;
    let pairs: String = (0..303).fold("x,y\n".into(), |mut text, i| {
        writeln!(text, "{},{}", i % 101 * (i % 101), i % 101).unwrap();
        text
    });
    let mut many_pairs = support::engine("pairs.csv", pairs.as_bytes()).0;
    let noise_floor = EvidenceSet::from_iter([Evidence::NoiseFloor]);
    vec![
        (
            "open number",
            report(&mut visitors, settings(&ALL, None), &all),
        ),
        (
            "made features",
            report(
                &mut visitors,
                Settings {
                    features: Some(features),
                    own_n_clusters: BTreeMap::from([(ModelKey::HIERARCHICAL, 5)]),
                    ..settings(&ALL[..2], Some(3))
                },
                &all,
            ),
        ),
        (
            "without evidence",
            report(&mut visitors, settings(&ALL, Some(4)), &none),
        ),
        (
            "a model left out",
            report(&mut engine("sets/pairs.csv"), settings(&ALL, Some(6)), &all),
        ),
        (
            "values filled in",
            report(
                &mut engine("customers/visitors_dirty.csv"),
                Settings {
                    missing: Missing::Median,
                    ..settings(&ALL[1..], Some(3))
                },
                &all,
            ),
        ),
        (
            "customers in no segment",
            report(
                &mut engine("customers/visitors_dirty.csv"),
                by_density(15, 5),
                &all,
            ),
        ),
        (
            "no segment at all",
            report(&mut many_pairs, by_density(250, 2), &none),
        ),
        (
            "too many segments",
            report(&mut many_pairs, by_density(2, 2), &none),
        ),
        (
            "one model alone",
            report(
                &mut engine("sets/pairs.csv"),
                settings(&[ALL[0], ALL[2]], Some(6)),
                &all,
            ),
        ),
        (
            "a segment column",
            report(
                &mut visitors,
                Settings {
                    segment_column: Some("Gender".into()),
                    ..settings(&ALL[..1], Some(4))
                },
                &all,
            ),
        ),
        (
            "two customers",
            report(&mut few, settings(&ALL[..2], Some(2)), &all),
        ),
        (
            "too many customers",
            report(&mut many, settings(&ALL[..2], Some(2)), &noise_floor),
        ),
    ]
});

#[test]
fn every_report_is_as_the_schema_says() {
    assert!(draft202012::meta::is_valid(&SCHEMA));
    for (name, report) in REPORTS.iter() {
        let wrong: Vec<String> = VALIDATOR
            .iter_errors(report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
        let compared = keys(report).filter(|key| ModelKey::named(key).is_some());
        let failed = report["failed"].as_array().into_iter().flatten();
        let failed = failed.map(|failed| failed["model"].as_str().unwrap());
        let mut told: BTreeSet<&str> = compared.map(String::as_str).chain(failed).collect();
        let has_column = told.remove(ModelKey::GIVEN.as_str());
        assert_eq!(
            has_column,
            !report["settings"]["segment_column"].is_null(),
            "{name}"
        );
        let asked = report["settings"]["models"].as_array().unwrap().iter();
        let asked: BTreeSet<&str> = asked.map(|model| model.as_str().unwrap()).collect();
        assert_eq!(told, asked, "{name}");
    }
    let of = |name: &str| &REPORTS.iter().find(|(other, _)| *other == name).unwrap().1;
    assert!(!of("open number")["sweep"].is_null() && of("made features")["sweep"].is_null());
    let failed = json!([{"model": "gaussian_mixture", "error": {"collapsed": {"n_clusters": 6, "spike": null, "tied_works": true}}}]);
    for name in ["a model left out", "one model alone"] {
        assert_eq!(of(name)["failed"], failed, "{name}");
    }
    assert!(of("one model alone")["comparison"]["agreement_fraction"].is_null());
    let failed =
        json!([{"model": "hdbscan", "error": {"too_many_clusters": {"found": 101, "max": 100}}}]);
    assert_eq!(of("too many segments")["failed"], failed);
    let cards = of("customers in no segment")["cards"].as_array().unwrap();
    assert!(cards.iter().any(|card| card["without_rule"].is_array()));
    let cards = of("made features")["cards"].as_array().unwrap();
    let given = json!(["Gender", "Age"]);
    assert!(cards.iter().any(|card| card["given"] == given));
    let failed = json!([{"model": "hdbscan", "error": {"no_clusters": {"n_distinct": 101}}}]);
    assert_eq!(of("no segment at all")["failed"], failed);
    assert_eq!(of("without evidence")["names"], json!({"0": "Savers"}));
    let reason =
        json!({"noise_floor": {"too_many_customers": {"n_samples": 20_001, "max": 20_000}}});
    assert_eq!(of("too many customers")["evidence"]["not_possible"], reason);
}

#[test]
fn who_is_in_no_segment_is_told_by_number_and_by_certainty() {
    let mut n_without = 0;
    for (name, report) in REPORTS.iter() {
        let own = &report["hdbscan"];
        let models = keys(report).filter(|key| ModelKey::named(key).is_some());
        for model in models {
            let is_told = report[model].get("certainty").is_some();
            assert_eq!(is_told, model == "hdbscan", "{name}: {model}");
        }
        if own.is_null() {
            assert!(report["comparison"].get("noise").is_none(), "{name}");
            continue;
        }
        let noise = &report["comparison"]["noise"];
        let of = |key: &str| own[key].as_array().unwrap();
        assert_eq!(of("labels").len(), of("certainty").len());
        for (label, certainty) in of("labels").iter().zip(of("certainty")) {
            assert_eq!(label.is_null(), certainty.is_null(), "{name}");
            if !label.is_null() {
                assert_eq!(label == noise, certainty == &json!(0.0), "{name}");
                n_without += usize::from(label == noise);
            }
        }
        let noise = usize::try_from(noise.as_u64().unwrap()).unwrap();
        assert!(of("sizes")[noise].as_u64() > Some(0), "{name}");
        assert_eq!(report["k_means"]["sizes"][noise], 0, "{name}");
    }
    assert!(n_without > 0);
}

#[test]
fn null_stands_for_what_was_not_asked_or_is_not_possible_and_for_nothing_else() {
    for (name, report) in REPORTS.iter() {
        let evidence = &report["evidence"];
        let asked = evidence["asked"].as_array().unwrap();
        for kind in Evidence::ALL {
            let key = serde_json::to_value(kind).unwrap();
            let is_there = asked.contains(&key);
            let key = key.as_str().unwrap();
            let is_possible = evidence["not_possible"].get(key).is_none();
            let is_told = !report[key].is_null();
            assert_eq!(is_told, is_there && is_possible, "{name}: {key}");
        }
    }
}

#[test]
fn what_is_asked_alone_is_what_is_found_with_the_rest_and_the_rest_takes_no_time() {
    let settings = settings(&ALL[..2], Some(4));
    let all = report(
        &mut engine("customers/visitors.csv"),
        settings.clone(),
        &EvidenceSet::all(),
    );
    let stages = |asked: &EvidenceSet| {
        let mut stages: Vec<Stage> = Vec::new();
        let session = Session {
            settings: settings.clone(),
            ..Session::default()
        };
        let report = engine("customers/visitors.csv")
            .report_of(&session, asked, &mut |stage, _| {
                if !matches!(stage, Stage::Fitting { .. }) && !stages.contains(&stage) {
                    stages.push(stage);
                }
            })
            .unwrap();
        (stages, serde_json::to_value(report).unwrap())
    };
    let (without, _) = stages(&EvidenceSet::none());
    assert_eq!(without, [Stage::Silhouette]);
    for (kind, more) in [
        (Evidence::Reality, Some(Stage::Judging)),
        (Evidence::NoiseFloor, Some(Stage::Resampling)),
        (Evidence::Explanation, Some(Stage::Explaining)),
        (Evidence::Profiles, None),
        (Evidence::WhatIf, Some(Stage::Trying)),
        (Evidence::Advice, Some(Stage::Judging)),
        (Evidence::Cards, Some(Stage::Explaining)),
        (Evidence::Tree, Some(Stage::Judging)),
    ] {
        let (heard, alone) = stages(&EvidenceSet::from_iter([kind]));
        let expected: Vec<Stage> = without.iter().copied().chain(more).collect();
        assert_eq!(heard, expected, "{kind:?}");
        let key = serde_json::to_value(kind).unwrap();
        let key = key.as_str().unwrap();
        assert!(!alone[key].is_null() && alone[key] == all[key], "{key}");
        for part in ["k_means", "hierarchical", "comparison"] {
            assert_eq!(alone[part], all[part], "{kind:?}: {part}");
        }
    }
}

fn keys(object: &Value) -> impl Iterator<Item = &String> {
    object.as_object().into_iter().flat_map(|it| it.keys())
}

/// Places of all keys: the first of all places that differ only in numbers.
fn places(value: &Value, place: &str, shape: &str, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let (place, shape) = (format!("{place}/{key}"), format!("{shape}/{key}"));
                places(value, &place, &shape, found);
                found.entry(shape).or_insert(place);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                places(item, &format!("{place}/{at}"), &format!("{shape}/*"), found);
            }
        }
        _ => (),
    }
}

#[test]
fn a_renamed_or_added_key_is_refused() {
    let mut seen = BTreeSet::new();
    for (name, report) in REPORTS.iter() {
        let mut found = BTreeMap::new();
        places(report, "", "", &mut found);
        for (shape, place) in found {
            let (parent, key) = place.rsplit_once('/').unwrap();
            // Keys that are names of models or options, segments, stand-ins for a model, or reasons of a single model.
            let is_free = ModelKey::named(key).is_some()
                || parent == "/names"
                || parent.starts_with("/settings/options/")
                || parent.ends_with("/against")
                || parent.ends_with("/error");
            if is_free || !seen.insert(shape) {
                continue;
            }
            let parent = parent.to_owned();
            let changed = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
                let mut changed = report.clone();
                change(
                    changed
                        .pointer_mut(&parent)
                        .unwrap()
                        .as_object_mut()
                        .unwrap(),
                );
                VALIDATOR.is_valid(&changed)
            };
            let renamed = changed(&|object| {
                let value = object.remove(key).unwrap();
                object.insert(format!("{key}_2"), value);
            });
            assert!(!renamed, "{name}: {place} may have another name");
            let added = changed(&|object| drop(object.insert(format!("{key}_2"), json!(1))));
            assert!(!added, "{name}: another key may stand beside {place}");
        }
    }
    assert!(seen.len() > 250, "{}", seen.len());
}
