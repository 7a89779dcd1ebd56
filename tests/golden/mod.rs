//! One number that changes when any bit of any result changes.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fmt::Write;

use seamline::analysis::{Centres, Engine, Model, Report, SampleData, Settings};
use seamline::cluster::Metric;
use seamline::cluster::gaussian_mixture::CovarianceType;
use seamline::cluster::hierarchical::{HierarchicalParams, Linkage};
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::table::ReadOptions;

/// What native and wasm must both compute.
pub const EXPECTED: &str = include_str!("expected.txt");

/// A digest of everything the engine finds in the samples, under several settings, down to the last bit.
pub fn digest() -> String {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let options = ReadOptions::default();
    for sample in SampleData::ALL {
        let bytes = sample.generate();
        let mut engine = Engine::default();
        engine
            .import(
                sample.file_name(),
                &mut bytes.as_slice(),
                &options,
                &mut |_, _| (),
            )
            .unwrap();
        for settings in settings(sample) {
            add(&mut hash, &engine.report(settings, &mut |_, _| ()).unwrap());
        }
    }
    // Enough customers for runs in single precision and trees in rounds.
    let mut engine = Engine::default();
    engine
        .import("many.csv", &mut many().as_bytes(), &options, &mut |_, _| ())
        .unwrap();
    let settings = Settings {
        models: Model::ALL.into(),
        n_clusters: Some(4),
        ..Settings::default()
    };
    add(&mut hash, &engine.report(settings, &mut |_, _| ()).unwrap());
    format!("{hash:016x}")
}

fn add(hash: &mut u64, report: &Report) {
    // Numbers are written in full: equal texts are equal bits.
    for byte in serde_json::to_vec(report).unwrap() {
        *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
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

fn settings(sample: SampleData) -> Vec<Settings> {
    let derived = match sample {
        SampleData::OnlineOrders => vec![
            Feature::Log {
                a: "Average order value".into(),
            },
            Feature::column("Orders per year"),
        ],
        SampleData::MallVisitors | SampleData::EvenSpread => {
            let (a, b) = (
                "Annual Income (k$)".to_owned(),
                "Spending Score (1-100)".to_owned(),
            );
            vec![Feature::column(&a), Feature::Ratio { a, b }]
        }
    };
    vec![
        Settings::default(),
        Settings {
            scaling: Scaling::MinMax,
            n_clusters: Some(4),
            seed: 9,
            models: Model::ALL.into(),
            covariance: CovarianceType::Diag,
            hierarchical: HierarchicalParams {
                linkage: Linkage::Average,
                metric: Metric::Manhattan,
            },
            ..Settings::default()
        },
        Settings {
            features: Some(derived.clone()),
            scaling: Scaling::None,
            n_clusters: Some(3),
            ..Settings::default()
        },
        Settings {
            centres: Centres::Medians,
            hierarchical: HierarchicalParams {
                linkage: Linkage::Single,
                metric: Metric::Chebyshev,
            },
            ..Settings::default()
        },
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
    ]
}
