//! Properties for any data: seeded sets with ties, duplicates, offsets and extreme ranges. A failure names its seed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

use std::sync::Arc;

use seamline::cluster::ModelKey;
use seamline::cluster::gaussian_mixture::{CovarianceType, GaussianMixture, GaussianMixtureParams};
use seamline::cluster::hierarchical::{Hierarchical, HierarchicalParams, Linkage};
use seamline::cluster::k_means::{KMeans, KMeansParams};
use seamline::cluster::{FitError, Labels, Metric, Samples, k_medians};
use seamline::engine::Engine;
use seamline::features::FeatureError;
use seamline::numeric::{Matrix, Rng};
use seamline::result::{Comparison, EngineError, K_RANGE, Settings};

const SEEDS: u64 = 12;

/// Every third set consists of small integers, with many ties and duplicates.
fn rows(seed: u64) -> Vec<Vec<f64>> {
    let mut rng = Rng::new(seed);
    let (n, d) = (30 + rng.below(150), 1 + rng.below(4));
    (0..n)
        .map(|i| {
            let centre = 7.0 * (i % 3) as f64;
            let row = (0..d).map(|_| match seed % 3 {
                0 => (centre + rng.below(4) as f64).floor(),
                // Multiples of 1/64 stay exact under every transformation below.
                _ => ((centre + rng.normal()) * 64.0).round() / 64.0,
            });
            row.collect()
        })
        .collect()
}

fn samples(rows: &[Vec<f64>]) -> Samples {
    let mut matrix = Matrix::with_features(rows[0].len());
    rows.iter()
        .for_each(|row| matrix.push_row(row.iter().copied()));
    Samples::new(&matrix).unwrap()
}

/// The labels of every model at three clusters.
fn labels_of_all(samples: &Samples) -> Vec<Vec<u32>> {
    let params = KMeansParams {
        n_clusters: 3,
        ..Default::default()
    };
    let mut all = vec![
        KMeans::fit(samples, &params, &mut |_| ()).unwrap().labels,
        k_medians(samples, &params, &mut |_| ()).unwrap().labels,
    ];
    for linkage in Linkage::ALL {
        let params = HierarchicalParams {
            linkage,
            metric: Metric::Euclidean,
        };
        let tree = Hierarchical::fit(samples, params, &mut |_| ())
            .unwrap()
            .tree;
        all.push(tree.cut_at_count(3).unwrap());
    }
    all.iter()
        .map(|labels| labels.of_samples(samples))
        .collect()
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for seed in 0..SEEDS {
        let rows = rows(seed);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut rng = Rng::new(seed + 100);
        (1..order.len())
            .rev()
            .for_each(|i| order.swap(i, rng.below(i + 1)));
        let shuffled: Vec<Vec<f64>> = order.iter().map(|&i| rows[i].clone()).collect();
        let (before, after) = (
            labels_of_all(&samples(&rows)),
            labels_of_all(&samples(&shuffled)),
        );
        for (before, after) in before.iter().zip(&after) {
            assert!(
                order
                    .iter()
                    .zip(after)
                    .all(|(&i, &label)| before[i] == label),
                "seed {seed}"
            );
        }
    }
}

#[test]
fn neither_scale_nor_offset_changes_who_belongs_together() {
    for seed in 0..SEEDS {
        let rows = rows(seed);
        let before = labels_of_all(&samples(&rows));
        // Powers of two are exact; so are multiples of 1/64 far from the origin, and their means to a few parts in 10^8.
        for (scale, offset) in [(1.0 / (1_u64 << 27) as f64, 0.0), (1024.0, 0.0)] {
            let changed = rows
                .iter()
                .map(|row| row.iter().map(|x| scale * x + offset).collect());
            let after = labels_of_all(&samples(&changed.collect::<Vec<_>>()));
            assert_eq!(before, after, "seed {seed}, scale {scale}");
        }
        let moved = rows.iter().map(|row| row.iter().map(|x| x + 1e8).collect());
        let moved = samples(&moved.collect::<Vec<_>>());
        let params = KMeansParams {
            n_clusters: 3,
            ..Default::default()
        };
        let inertia =
            |samples: &Samples| KMeans::fit(samples, &params, &mut |_| ()).unwrap().inertia;
        let (here, there) = (inertia(&samples(&rows)), inertia(&moved));
        assert!(
            (here - there).abs() <= 1e-6 * here.max(1.0),
            "seed {seed}: {here} {there}"
        );
    }
}

#[test]
fn repeated_rows_are_weights() {
    for seed in 0..SEEDS {
        let rows = rows(seed);
        let (once, thrice) = (
            samples(&rows),
            samples(&[rows.clone(), rows.clone(), rows.clone()].concat()),
        );
        assert_eq!(once.n_distinct(), thrice.n_distinct());
        let params = KMeansParams {
            n_clusters: 3,
            ..Default::default()
        };
        let fit = |samples: &Samples| KMeans::fit(samples, &params, &mut |_| ()).unwrap();
        let (a, b) = (fit(&once), fit(&thrice));
        assert!(
            (3.0 * a.inertia - b.inertia).abs() <= 1e-9 * b.inertia,
            "seed {seed}"
        );
        let ward = |samples| {
            Hierarchical::fit(samples, HierarchicalParams::default(), &mut |_| ())
                .unwrap()
                .tree
        };
        for (a, b) in ward(&once).steps().iter().zip(ward(&thrice).steps()) {
            assert!(
                (a.height * 3.0_f64.sqrt() - b.height).abs() <= 1e-9 * b.height,
                "seed {seed}"
            );
        }
    }
}

#[test]
fn a_cut_at_any_number_gives_that_number() {
    for seed in 0..SEEDS {
        let samples = samples(&rows(seed));
        for linkage in Linkage::ALL {
            let params = HierarchicalParams {
                linkage,
                metric: Metric::Euclidean,
            };
            let tree = Hierarchical::fit(&samples, params, &mut |_| ())
                .unwrap()
                .tree;
            for k in 1..=samples.n_distinct() {
                let labels = tree.cut_at_count(k).unwrap();
                let sizes = labels.sizes(&samples);
                assert!(
                    sizes.len() == k && sizes.iter().all(|&size| size > 0),
                    "seed {seed}, {linkage:?}, {k}"
                );
            }
        }
    }
}

#[test]
fn posteriors_add_up_to_one_and_the_labels_are_the_likeliest() {
    for (seed, covariance) in (0..SEEDS).zip(CovarianceType::ALL.into_iter().cycle()) {
        let samples = samples(&rows(seed));
        let params = KMeansParams {
            n_clusters: 3,
            ..Default::default()
        };
        let start = KMeans::fit(&samples, &params, &mut |_| ()).unwrap().labels;
        let params = GaussianMixtureParams {
            covariance,
            ..Default::default()
        };
        match GaussianMixture::fit(&samples, &[&start], &params, |_| ()) {
            Ok(mixture) => {
                let posteriors = mixture.posteriors(&samples);
                for (shares, &label) in posteriors.chunks(3).zip(&mixture.labels.of_distinct) {
                    assert!(
                        (shares.iter().sum::<f64>() - 1.0).abs() < 1e-12,
                        "seed {seed}"
                    );
                    assert!(
                        shares.iter().all(|&share| share <= shares[label as usize]),
                        "seed {seed}"
                    );
                }
            }
            Err(error) => assert!(
                matches!(error, FitError::Collapsed { n_clusters: 3, .. }),
                "seed {seed}: {error:?}"
            ),
        }
    }
}

fn compare(
    text: &str,
    models: impl IntoIterator<Item = ModelKey>,
) -> Result<Arc<Comparison>, EngineError> {
    let mut engine = Engine::default();
    engine.import(
        "any.csv",
        &mut text.as_bytes(),
        &seamline::table::ReadOptions::default(),
        &mut |_, _| (),
    )?;
    let settings = Settings {
        models: models.into_iter().collect(),
        ..Settings::default()
    };
    let comparison = engine.compare(settings, &mut |_, _| ())?;
    assert!(K_RANGE.contains(&comparison.n_clusters));
    Ok(comparison)
}

#[test]
fn extreme_ranges_are_clustered_or_refused_with_a_reason() {
    let table = |scale: f64| {
        let lines = (0..60).map(|i| {
            format!(
                "{},{}\n",
                scale * f64::from(i % 7),
                scale * f64::from(i * i % 11)
            )
        });
        format!("a,b\n{}", lines.collect::<String>())
    };
    for scale in [1e-300, 1e-100, 1e-8, 1.0, 1e8, 1e140, 1e300] {
        match compare(&table(scale), [ModelKey::K_MEANS, ModelKey::HIERARCHICAL]) {
            Ok(_) => assert!(scale > 1e-200 && scale < 1e200),
            Err(EngineError::Features(FeatureError::Span {
                feature, is_large, ..
            })) => {
                assert_eq!((feature.as_str(), is_large), ("a", scale > 1e200));
            }
            Err(error) => panic!("{scale}: {error:?}"),
        }
    }
}

#[test]
fn thousands_of_columns_and_few_rows_are_clustered_or_refused() {
    let mut rng = Rng::new(1);
    let header: Vec<String> = (0..5_000).map(|i| format!("c{i}")).collect();
    let lines = (0..30).map(|_| {
        let cells: Vec<String> = (0..5_000).map(|_| format!("{:.3}", rng.normal())).collect();
        cells.join(",") + "\n"
    });
    let text = format!("{}\n{}", header.join(","), lines.collect::<String>());
    compare(&text, [ModelKey::K_MEANS, ModelKey::HIERARCHICAL]).unwrap();
    let found = compare(
        &text,
        [
            ModelKey::K_MEANS,
            ModelKey::HIERARCHICAL,
            ModelKey::GAUSSIAN_MIXTURE,
        ],
    )
    .unwrap();
    assert_eq!(found.models.len(), 2);
    assert!(matches!(found.failed[0].error, FitError::Collapsed { .. }));
}

#[test]
fn constant_columns_single_rows_and_missing_numbers_are_told_apart() {
    let both = [ModelKey::K_MEANS, ModelKey::HIERARCHICAL];
    let refused = |text| compare(text, both).unwrap_err();
    assert!(matches!(
        refused("a,b\n1,2\n"),
        EngineError::TooFewCustomers { n_samples: 1, .. }
    ));
    let alike = refused("a,b\n1,2\n1,2\n1,2\n");
    assert!(
        matches!(
            alike,
            EngineError::AllAlike { n_samples: 3 } | EngineError::Features(_)
        ),
        "{alike:?}"
    );
    compare("a,b\n1,5\n2,5\n9,5\n8,5\n", both).unwrap();
    compare("a\n1\n2\n9\n8\n", both).unwrap();
    // Rows with NaN or infinite numbers are left out.
    compare("a,b\n1,5\nNaN,4\n9,5\n8,1\ninf,2\n3,3\n", both).unwrap();
}

#[test]
fn labels_name_every_cluster() {
    for seed in 0..SEEDS {
        let samples = samples(&rows(seed));
        let k_of = |labels: &Labels| {
            labels
                .sizes(&samples)
                .iter()
                .filter(|&&size| size > 0)
                .count()
        };
        for k in 2..8 {
            let params = KMeansParams {
                n_clusters: k,
                ..Default::default()
            };
            match k_medians(&samples, &params, &mut |_| ()) {
                Ok(model) => assert_eq!(k_of(&model.labels), k, "seed {seed}"),
                Err(error) => assert!(
                    matches!(error, FitError::TooFewDistinct { .. }),
                    "{error:?}"
                ),
            }
        }
    }
}
