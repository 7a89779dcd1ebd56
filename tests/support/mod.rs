//! Shared by several tests.
#![allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::explicit_write,
    clippy::format_collect,
    reason = "each test uses a part, and a test may stop where it stands"
)]

pub mod found;
pub mod german;
pub mod placed;
pub mod verdict;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use seamline::engine::{Engine, Question};
use seamline::export::Report;
use seamline::features::{Feature, Scaling};
use seamline::result::{Comparison, Dataset, ResultId, Settings};
use seamline::table::ReadOptions;

/// A file of the shared test data, or a loud message that the test was skipped.
pub fn shared(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SEAMLINE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let file = folder.join("data").join(path);
    if file.exists() {
        return Some(file);
    }
    skip(&file.display().to_string());
    None
}

/// Prints a loud message that something is missing, past the test runner, which hides the output of passing tests.
pub fn skip(missing: &str) {
    writeln!(
        std::io::stderr(),
        "SKIPPED: {missing} is not there, this promise was held on the fixtures alone"
    )
    .unwrap();
}

/// The verified numbers of the customer files.
pub fn expected() -> Option<serde_json::Value> {
    let file = shared("customers/expected.json")?;
    Some(serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap())
}

/// A customer file, if its content is the one that the numbers were computed for.
pub fn customers(name: &str) -> Option<Vec<u8>> {
    use sha2::Digest;
    let bytes = std::fs::read(shared(&format!("customers/{name}"))?).unwrap();
    let sum: String = sha2::Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        expected()?["files"][name]["sha256"],
        sum,
        "{name} is an altered copy"
    );
    Some(bytes)
}

/// An engine that has read these bytes.
pub fn engine(name: &str, bytes: &[u8]) -> (Engine, Dataset) {
    let mut engine = Engine::default();
    let dataset = engine
        .import(
            name,
            &mut { bytes },
            &ReadOptions::default(),
            &mut |_, _| (),
        )
        .unwrap();
    (engine, dataset)
}

pub fn compare(bytes: &[u8], settings: &Settings) -> (Dataset, Arc<Comparison>) {
    let (mut engine, dataset) = engine("test.csv", bytes);
    (
        dataset,
        engine.compare(settings.clone(), &mut |_, _| ()).unwrap(),
    )
}

/// The answer to a question about the result with these settings.
pub fn ask<Q: Question>(bytes: &[u8], settings: &Settings, question: &Q) -> Q::Answer {
    let (mut engine, _) = engine("test.csv", bytes);
    let (result, settings) = (ResultId(1), settings.clone());
    engine.fit(result, settings, &mut |_, _| ()).unwrap();
    engine.ask(result, question, &mut |_, _| ()).unwrap()
}

pub fn report(bytes: &[u8], settings: &Settings) -> Report {
    engine("test.csv", bytes)
        .0
        .report(settings.clone(), &mut |_, _| ())
        .unwrap()
}

/// The recipe of the 39: income, spending and their ratio, no scaling, two segments.
pub fn seed_settings() -> Settings {
    let names = [
        "Annual_Income_k",
        "Spending_Score_1100",
        "Income_to_Spending_Ratio",
    ];
    raw(names.map(Feature::column).to_vec(), 2)
}

/// The same on the file without the ratio.
pub fn basic_settings() -> Settings {
    let (a, b) = ("Annual Income (k$)", "Spending Score (1-100)");
    let ratio = Feature::Ratio {
        a: a.into(),
        b: b.into(),
    };
    raw(vec![Feature::column(a), Feature::column(b), ratio], 2)
}

/// Mall Customers: income and spending, raw.
pub fn mall_settings(n_clusters: usize) -> Settings {
    raw(
        ["Annual Income (k$)", "Spending Score (1-100)"]
            .map(Feature::column)
            .to_vec(),
        n_clusters,
    )
}

fn raw(features: Vec<Feature>, n_clusters: usize) -> Settings {
    Settings {
        features: Some(features),
        scaling: Scaling::None,
        n_clusters: Some(n_clusters),
        ..Settings::default()
    }
}

/// Rows of a CSV file in a random order (seeded); the header stays.
pub fn permuted(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = seamline::numeric::Rng::new(seed);
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    for i in (2..lines.len()).rev() {
        lines.swap(i, 1 + rng.below(i));
    }
    (lines.join("\n") + "\n").into_bytes()
}

pub fn sorted_numbers(ids: &[String]) -> Vec<u64> {
    let mut ids: Vec<u64> = ids.iter().map(|id| id.parse().unwrap()).collect();
    ids.sort_unstable();
    ids
}

pub fn numbers(value: &serde_json::Value) -> Vec<u64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_u64().unwrap())
        .collect()
}

#[track_caller]
pub fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} against {expected}, tolerance {tolerance}"
    );
}

#[track_caller]
pub fn near_relative(found: f64, expected: f64, tolerance: f64) {
    near(found, expected, tolerance * expected.abs());
}
