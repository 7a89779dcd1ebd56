//! The schema itself: every key described with its unit, no open objects, exactly the names in the code.

use std::collections::BTreeSet;
use std::path::Path;

use seamline::cluster::ModelKey;
use seamline::export::Evidence;
use serde_json::{Value, json};

use super::{REPORTS, SCHEMA, VALIDATOR, keys};

/// Visits every schema within a schema, with its place, and whether a unit is given above it.
fn walk(schema: &Value, place: &str, is_said: bool, check: &mut dyn FnMut(&Value, &str, bool)) {
    let description = schema["description"].as_str().unwrap_or_default();
    let is_said = is_said || description.contains(" Unit: ");
    check(schema, place, is_said);
    for group in ["properties", "$defs"] {
        for key in keys(&schema[group]) {
            walk(
                &schema[group][key],
                &format!("{place}/{group}/{key}"),
                false,
                check,
            );
        }
    }
    for group in ["prefixItems", "anyOf"] {
        for (at, inner) in schema[group].as_array().into_iter().flatten().enumerate() {
            walk(inner, &format!("{place}/{group}/{at}"), is_said, check);
        }
    }
    for inner in ["items", "additionalProperties", "propertyNames"] {
        if schema[inner].is_object() {
            walk(&schema[inner], &format!("{place}/{inner}"), is_said, check);
        }
    }
}

#[test]
fn the_schema_describes_every_key_with_its_unit_and_leaves_nothing_open() {
    let says = |schema: &Value, what: &str| match &schema["type"] {
        Value::Array(types) => types.contains(&what.into()),
        other => other == what,
    };
    let mut n_keys = 0;
    walk(&SCHEMA, "", false, &mut |schema, place, is_said| {
        let parent = place.rsplit('/').nth(1).unwrap_or_default();
        if ["properties", "$defs"].contains(&parent) {
            n_keys += 1;
            let description = schema["description"].as_str().unwrap_or_default();
            assert!(
                description.len() > 3 && description.ends_with('.'),
                "{place}"
            );
        }
        let kinds = ["type", "$ref", "anyOf", "const", "enum"];
        assert!(kinds.iter().any(|kind| !schema[kind].is_null()), "{place}");
        if says(schema, "number") || says(schema, "integer") {
            assert!(is_said, "{place} has no unit");
        }
        if says(schema, "array") {
            assert!(!schema["items"].is_null(), "{place} may hold anything");
        }
        if says(schema, "object") {
            let others = &schema["additionalProperties"];
            let is_map = others.is_object() && schema["propertyNames"].is_object();
            assert!(others == false || is_map, "{place} may have any key");
            let known: BTreeSet<&String> = keys(&schema["properties"]).collect();
            let required = schema["required"].as_array().into_iter().flatten();
            let required: BTreeSet<&str> = required.map(|key| key.as_str().unwrap()).collect();
            let optional = known.iter().filter(|key| !required.contains(key.as_str()));
            let optional: Vec<&str> = optional.map(|key| key.as_str()).collect();
            let is_choice = schema["minProperties"] == 1 && schema["maxProperties"] == 1;
            let may_lack = match place {
                "" => vec!["failed", "fitted"],
                "/$defs/model_result" => {
                    vec![
                        "certainty",
                        "cophenetic",
                        "inertia",
                        "linkage",
                        "merges",
                        "mixture",
                    ]
                }
                "/properties/failed/items" => vec!["cause"],
                "/$defs/comparison" => vec!["noise"],
                "/$defs/card" => vec!["follows", "given", "may_change", "without_rule"],
                _ => Vec::new(),
            };
            assert!(is_choice || optional == may_lack, "{place}: {optional:?}");
        }
    });
    assert!(n_keys > 300, "{n_keys}");
}

/// The variants of an enum in the source, as serialised.
fn variants(file: &str, name: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
    let source = std::fs::read_to_string(path).unwrap();
    let body = source.split_once(&format!("pub enum {name} {{")).unwrap().1;
    let body = body.split_once("\n}").unwrap().0;
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let lines = lines.filter(|line| line.starts_with(char::is_uppercase));
    let snake = |line: &str| {
        let mut text = String::new();
        for c in line.chars().take_while(|c| c.is_alphanumeric()) {
            if c.is_uppercase() && !text.is_empty() {
                text.push('_');
            }
            text.extend(c.to_lowercase());
        }
        text
    };
    lines.map(snake).collect()
}

#[test]
fn every_word_of_the_code_is_in_the_schema_and_no_other() {
    for (place, file, name) in [
        (
            "/$defs/linkage",
            "cluster/hierarchical/linkage.rs",
            "Linkage",
        ),
        ("/$defs/metric", "cluster/metric.rs", "Metric"),
        (
            "/$defs/covariance",
            "cluster/gaussian_mixture/params.rs",
            "CovarianceType",
        ),
        (
            "/$defs/settings/properties/centres",
            "cluster/k_means/centres.rs",
            "Centres",
        ),
        (
            "/$defs/settings/properties/missing",
            "features/rows.rs",
            "Missing",
        ),
        (
            "/$defs/settings/properties/repeats",
            "features/rows.rs",
            "Repeats",
        ),
        ("/$defs/scaling", "features/scaling.rs", "Scaling"),
        ("/$defs/feature", "features/spec.rs", "Feature"),
        ("/$defs/decimal", "table/number.rs", "Decimal"),
        ("/$defs/kind", "table/role.rs", "ColumnKind"),
        ("/$defs/role", "table/role.rs", "Role"),
        ("/$defs/params_error", "cluster/error.rs", "ParamsError"),
        ("/$defs/fit_error", "cluster/error.rs", "FitError"),
        ("/$defs/obstacle", "result/comparison.rs", "Obstacle"),
        ("/$defs/not_possible", "result/error.rs", "NotPossible"),
        ("/$defs/criterion", "result/sweep.rs", "Criterion"),
        (
            "/$defs/reality/properties/level",
            "quality/reality.rs",
            "RealityLevel",
        ),
        ("/$defs/null_kind", "quality/nulls.rs", "NullKind"),
        ("/$defs/cause", "questions/noise_floor.rs", "Cause"),
        ("/$defs/claim/properties/group", "explain/claim.rs", "Group"),
        ("/$defs/says", "explain/claim.rs", "Says"),
        ("/$defs/finding", "explain/claim.rs", "Finding"),
        ("/$defs/level", "explain/profile.rs", "Level"),
        ("/$defs/audience", "advise/rules.rs", "Audience"),
    ] {
        let schema = SCHEMA.pointer(place).unwrap_or_else(|| panic!("{place}"));
        let mut words: BTreeSet<String> = keys(&schema["properties"]).cloned().collect();
        let listed = schema["enum"].as_array().into_iter().flatten();
        words.extend(listed.map(|word| word.as_str().unwrap().to_owned()));
        for choice in schema["anyOf"].as_array().into_iter().flatten() {
            words.extend(choice["const"].as_str().map(str::to_owned));
            words.extend(keys(&choice["properties"]).cloned());
        }
        // Reasons of a single model need no entry.
        let is_open = schema.to_string().contains("own_reason");
        let in_code = variants(file, name);
        assert!(
            words == in_code || (is_open && words.is_subset(&in_code)),
            "{place}: {words:?}, {in_code:?}"
        );
    }
    let names: Value = Evidence::ALL.iter().map(|it| json!(it)).collect();
    assert_eq!(SCHEMA["$defs"]["evidence_name"]["enum"], names);
}

#[test]
fn a_new_model_needs_no_new_schema() {
    walk(&SCHEMA, "", false, &mut |schema, place, _| {
        // The settings contain the options of the first models in addition to those of any model.
        if place != "/$defs/settings" {
            let words = schema["enum"].as_array().into_iter().flatten();
            let words = words.filter_map(Value::as_str);
            let mut words = words.chain(keys(&schema["properties"]).map(String::as_str));
            assert!(words.all(|word| ModelKey::named(word).is_none()), "{place}");
        }
    });
    for (_, report) in REPORTS.iter() {
        let renamed = report.to_string().replace("\"k_means\"", "\"mean_shift\"");
        let mut renamed: Value = serde_json::from_str(&renamed).unwrap();
        let reasons = [
            json!({"no_core": {"min_samples": 9}}),
            json!({"params": "no_core"}),
        ];
        let failed = reasons.map(|error| json!({"model": "mean_shift", "error": error}));
        renamed["failed"] = failed.into_iter().collect();
        assert!(VALIDATOR.is_valid(&renamed) && renamed.get("k_means").is_none());
    }
}
