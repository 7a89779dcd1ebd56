//! Results of the engine on generated files, section by section: a change of any bit of any result changes a line.
//!
//! A line is `file / setting / section digest`; a section is a part of the report. Plain numbers stand above the digests, so that a
//! reader sees the subject of a change.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fmt::Write;

use seamline::cluster::Metric;
use seamline::cluster::ModelKey;
use seamline::cluster::gaussian_mixture::CovarianceType;
use seamline::cluster::hierarchical::{HierarchicalParams, Linkage};
use seamline::cluster::k_means::Centres;
use seamline::demo::DemoFile;
use seamline::engine::Engine;
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::result::Settings;
use seamline::table::ReadOptions;
use serde_json::Value;

/// Expected on native and wasm.
const EXPECTED: &str = include_str!("expected.txt");

/// Numbers written in full: file, setting, place in the report.
const PLAIN: [(&str, &str, &str); 10] = [
    ("mall", "default", "/k_means/inertia"),
    ("mall", "default", "/hierarchical/cophenetic"),
    ("mall", "default", "/comparison/ari"),
    ("mall", "default", "/comparison/n_mismatched"),
    ("mall", "default", "/reality/hopkins"),
    (
        "mall",
        "mixture",
        "/gaussian_mixture/mixture/log_likelihood",
    ),
    ("mall", "mixture", "/comparison/ami"),
    ("even", "default", "/k_means/silhouette"),
    ("orders", "default", "/noise_floor/n_firm"),
    ("many", "mixture", "/gaussian_mixture/mixture/bic"),
];

const THREE_MODELS: [ModelKey; 3] = [
    ModelKey::K_MEANS,
    ModelKey::HIERARCHICAL,
    ModelKey::GAUSSIAN_MIXTURE,
];

/// Sections that describe the input of the report, not results.
const GIVEN: [&str; 3] = ["version", "names", "evidence"];

/// Compares the results on one file with its expected lines, and names those that differ.
pub fn check(file: &str) {
    let of_file = format!("{file} /");
    let lines = lines(file);
    let found: Vec<&str> = lines.lines().collect();
    let expected: Vec<&str> = EXPECTED
        .lines()
        .filter(|line| line.starts_with(&of_file))
        .collect();
    let gone = expected.iter().filter(|line| !found.contains(line));
    let new = found.iter().filter(|line| !expected.contains(line));
    let differs: Vec<String> = gone
        .map(|line| format!("- {line}"))
        .chain(new.map(|line| format!("+ {line}")))
        .collect();
    assert!(
        found == expected,
        "what differs:\n{}\n\nall of it:\n{}",
        differs.join("\n"),
        found.join("\n")
    );
}

/// The lines of one file: plain numbers, then digests, both in the order of the settings.
fn lines(file: &str) -> String {
    let (mut plain, mut digests) = (String::new(), String::new());
    let (bytes, settings) = content(file);
    let mut engine = Engine::default();
    engine
        .import(
            file,
            &mut bytes.as_slice(),
            &ReadOptions::default(),
            &mut |_, _| (),
        )
        .unwrap();
    for (setting, settings) in settings {
        let report = engine.report(settings, &mut |_, _| ()).unwrap();
        let report = serde_json::to_value(&report).unwrap();
        for (_, _, place) in PLAIN.iter().filter(|(f, s, _)| (*f, *s) == (file, setting)) {
            let number = report.pointer(place).unwrap();
            writeln!(plain, "{file} / {setting} {place} = {number}").unwrap();
        }
        let sections = report.as_object().unwrap().iter();
        for (section, content) in sections.filter(|(section, _)| !GIVEN.contains(&section.as_str()))
        {
            writeln!(
                digests,
                "{file} / {setting} / {section} {:016x}",
                digest(content)
            )
            .unwrap();
        }
    }
    plain + &digests
}

/// The bytes of a file, and the settings that it is used with.
fn content(file: &str) -> (Vec<u8>, Vec<(&'static str, Settings)>) {
    let demo = match file {
        "mall" => DemoFile::MallVisitors,
        "orders" => DemoFile::OnlineOrders,
        "even" => DemoFile::EvenSpread,
        // Enough customers for runs in single precision and for trees built in rounds.
        _ => {
            let settings = Settings {
                models: THREE_MODELS.into(),
                n_clusters: Some(4),
                ..Settings::default()
            };
            return (many().into_bytes(), vec![("mixture", settings)]);
        }
    };
    (demo.generate(), settings(demo))
}

/// FNV-1a of the text: numbers are written in full, so that equal texts mean equal bits.
fn digest(content: &Value) -> u64 {
    let text = serde_json::to_vec(content).unwrap();
    text.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

fn many() -> String {
    let mut rng = Rng::new(5);
    let mut text = "Income,Spending,Visits\n".to_owned();
    for i in 0..5000 {
        let middle = f64::from(i % 4);
        let (income, spending, visits) = (
            40.0 * middle + 9.0 * rng.normal(),
            20.0 + 9.0 * rng.normal(),
            5.0 - middle + rng.normal(),
        );
        writeln!(text, "{income},{spending},{visits}").unwrap();
    }
    text
}

fn settings(demo: DemoFile) -> Vec<(&'static str, Settings)> {
    let derived = match demo {
        DemoFile::OnlineOrders => vec![
            Feature::Log {
                a: "Average order value".into(),
            },
            Feature::column("Orders per year"),
        ],
        DemoFile::MallVisitors | DemoFile::EvenSpread => {
            let (a, b) = (
                "Annual Income (k$)".to_owned(),
                "Spending Score (1-100)".to_owned(),
            );
            vec![Feature::column(&a), Feature::Ratio { a, b }]
        }
    };
    vec![
        ("default", Settings::default()),
        (
            "mixture",
            Settings {
                scaling: Scaling::MinMax,
                n_clusters: Some(4),
                seed: 9,
                models: THREE_MODELS.into(),
                covariance: CovarianceType::Diag,
                hierarchical: HierarchicalParams {
                    linkage: Linkage::Average,
                    metric: Metric::Manhattan,
                },
                ..Settings::default()
            },
        ),
        (
            "derived",
            Settings {
                features: Some(derived.clone()),
                scaling: Scaling::None,
                n_clusters: Some(3),
                ..Settings::default()
            },
        ),
        (
            "medians",
            Settings {
                centres: Centres::Medians,
                hierarchical: HierarchicalParams {
                    linkage: Linkage::Single,
                    metric: Metric::Chebyshev,
                },
                ..Settings::default()
            },
        ),
        (
            "directions",
            Settings {
                features: Some(derived),
                scaling: Scaling::None,
                n_clusters: Some(3),
                centres: Centres::Directions,
                hierarchical: HierarchicalParams {
                    linkage: Linkage::Complete,
                    metric: Metric::Cosine,
                },
                ..Settings::default()
            },
        ),
    ]
}
