//! Project files with one choice that makes no sense.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::too_many_lines,
    reason = "a table of cases, and a test may stop where it stands"
)]

#[path = "support/decisions.rs"]
mod decisions;
#[path = "support/projects.rs"]
mod projects;

use projects::edited;
use seamline::advise::RuleError;
use seamline::cluster::ModelKey;
use seamline::session::{DecisionError, ProjectError};
use serde_json::{Value, json};

#[test]
fn every_choice_that_makes_no_sense_is_refused_for_what_it_is() {
    use DecisionError as E;
    let found = |path: &str, to: Value| match edited(path, to) {
        ProjectError::Nonsense(error) => error,
        other => panic!("{path}: {other:?}"),
    };
    let column = |name: &str| name.to_owned();
    let settings = |field: &str| format!("/session/settings/{field}");
    let cases: Vec<(String, Value, DecisionError)> = vec![
        (
            settings("n_clusters"),
            json!(51),
            E::NumberOutOfRange {
                n_clusters: 51,
                min: 2,
                max: 50,
            },
        ),
        (settings("features"), json!([]), E::NoFeatures),
        (settings("features"), json!(null), E::NoFeatures),
        (
            settings("features"),
            json!([{"column": "wage"}]),
            E::UnknownColumn {
                column: column("wage"),
            },
        ),
        (
            settings("features"),
            json!([{"column": "since"}]),
            E::NotNumeric {
                column: column("since"),
            },
        ),
        (
            settings("features"),
            json!([{"log": {"a": "id"}}]),
            E::IdentifierAsFeature {
                column: column("id"),
            },
        ),
        (
            settings("features"),
            json!([{"indicator": {"a": "gender", "value": "x"}}]),
            E::UnknownValue {
                column: column("gender"),
                value: column("x"),
            },
        ),
        (
            settings("features"),
            json!([{"ratio": {"a": "age", "b": "age"}}]),
            E::SameColumn {
                column: column("age"),
            },
        ),
        (
            settings("features"),
            json!([{"indicator": {"a": "age", "value": "x"}}]),
            E::NotCategory {
                column: column("age"),
            },
        ),
        (
            settings("features"),
            json!([{"ordinal": {"a": "gender", "order": ["male", "male"]}}]),
            E::BadOrder {
                column: column("gender"),
            },
        ),
        (
            settings("roles"),
            json!({"wage": "feature"}),
            E::UnknownColumn {
                column: column("wage"),
            },
        ),
        (
            settings("roles"),
            json!({"since": "feature"}),
            E::NotNumeric {
                column: column("since"),
            },
        ),
        (
            settings("models"),
            json!(["k_means"]),
            E::TooFewModels { n_models: 1 },
        ),
        (
            settings("options"),
            json!({"k_means": {"speed": 3}}),
            E::UnknownOption {
                model: ModelKey::K_MEANS,
                name: column("speed"),
            },
        ),
        (
            settings("n_init"),
            json!(0),
            E::RunsOutOfRange {
                n_init: 0,
                max_iter: 300,
            },
        ),
        (
            settings("max_iter"),
            json!(4_000_000_000_u32),
            E::RunsOutOfRange {
                n_init: 10,
                max_iter: 4_000_000_000,
            },
        ),
        (
            settings("identity"),
            json!({"columns": ["a"], "numbers": [0, 0], "means": [[1.0], [2.0]]}),
            E::BadIdentity,
        ),
        (
            settings("reading"),
            json!({"encoding": "klingon"}),
            E::UnknownReading {
                choice: column("encoding"),
            },
        ),
        (
            settings("reading"),
            json!({"delimiter": "a"}),
            E::UnknownReading {
                choice: column("delimiter"),
            },
        ),
        (
            settings("reading"),
            json!({"header": {"line": 0}}),
            E::UnknownReading {
                choice: column("header"),
            },
        ),
        (
            settings("reading"),
            json!({"header": "none"}),
            E::OtherReading,
        ),
        (
            column("/session/names"),
            json!({"10000": "x"}),
            E::UnknownSegment { segment: 10_000 },
        ),
        (column("/session/names"), json!({"0": " "}), E::NameEmpty),
        (
            column("/session/names"),
            json!({"0": "a\nb"}),
            E::NameNotPlain,
        ),
        (
            column("/session/names"),
            json!({"0": "x".repeat(61)}),
            E::NameTooLong {
                n_characters: 61,
                max: 60,
            },
        ),
        (
            column("/session/names"),
            json!({"0": "Savers", "3": "savers"}),
            E::NameTaken {
                name: column("savers"),
                segment: 3,
            },
        ),
        (
            column("/session/groups"),
            json!([{"name": "a", "rows": []}]),
            E::GroupEmpty { name: column("a") },
        ),
        (
            column("/session/groups"),
            json!([{"name": "a", "rows": [[1, 160]]}]),
            E::UnknownRow {
                row: 160,
                n_rows: 160,
            },
        ),
        (
            column("/session/groups"),
            json!([{"name": "a", "rows": [[1, 2]]}, {"name": "A", "rows": [[3, 3]]}]),
            E::GroupTaken { name: column("A") },
        ),
        (
            column("/session/filters"),
            json!({"income": {"range": {"min": 9.0, "max": 1.0}}}),
            E::RangeReversed {
                column: column("income"),
                min: 9.0,
                max: 1.0,
            },
        ),
        (
            column("/session/filters"),
            json!({"gender": {"values": {"codes": [3]}}}),
            E::UnknownCode {
                column: column("gender"),
                code: 3,
                n_values: 3,
            },
        ),
        (
            column("/session/filters"),
            json!({"gender": {"values": {"codes": []}}}),
            E::EmptyFilter {
                column: column("gender"),
            },
        ),
        (
            column("/session/bands"),
            json!({"age": [3.0, 2.0]}),
            E::BandsReversed {
                column: column("age"),
                edges: [3.0, 2.0],
            },
        ),
        (
            column("/session/band_column"),
            json!("since"),
            E::NotNumeric {
                column: column("since"),
            },
        ),
        (
            column("/session/placements"),
            json!({"160": "open"}),
            E::UnknownRow {
                row: 160,
                n_rows: 160,
            },
        ),
        (
            column("/session/placements"),
            json!({"1": {"segment": 4_000_000_000_u32}}),
            E::UnknownSegment {
                segment: 4_000_000_000,
            },
        ),
        (
            column("/session/view/axes/x"),
            json!("wage"),
            E::UnknownColumn {
                column: column("wage"),
            },
        ),
        (
            column("/session/view/look/card"),
            json!(999),
            E::UnknownRow {
                row: 999,
                n_rows: 160,
            },
        ),
        (
            column("/session/view/look/what_if"),
            json!(1),
            E::NumberOutOfRange {
                n_clusters: 1,
                min: 2,
                max: 50,
            },
        ),
        (
            column("/session/rules"),
            json!("for,column\n"),
            E::Rules(RuleError::NoTable),
        ),
        (
            column("/session/rules"),
            json!("x".repeat(70_000)),
            E::RulesTooLong {
                n_bytes: 70_000,
                max: 65_536,
            },
        ),
    ];
    assert!(cases.len() >= 20);
    for (path, to, expected) in cases {
        assert_eq!(found(&path, to), expected, "{path}");
    }
    let offer = |field: &str| format!("/session/offer/{field}");
    for (field, value) in [
        ("margin", 0.0),
        ("cost", -1.0),
        ("today", 1.5),
        ("with_offer", -0.1),
    ] {
        let error = found(&offer(field), json!(value));
        assert!(
            matches!(error, E::OfferOutOfRange { .. }),
            "{field}: {error:?}"
        );
    }
}
