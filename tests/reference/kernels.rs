//! Single kernels: agreement of partitions, K-Means on degenerate sets, certified digits of moments.

use seamline::agreement::{Contingency, best_matching};
use seamline::cluster::Samples;
use seamline::cluster::k_means::{KMeans, KMeansParams};
use seamline::numeric::{Matrix, Moments};

use crate::support::{near, near_relative, shared};

#[test]
fn agreement_of_48_pairs_of_partitions() {
    let Some(file) = shared("reference/agreement_metrics.json") else {
        return;
    };
    let cases: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 48);
    for case in cases {
        let labels = |key: &str| -> Vec<u32> {
            // Segment names are arbitrary integers; here they become 0, 1, 2, ...
            let names: Vec<i64> = case[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|label| label.as_i64().unwrap())
                .collect();
            let distinct: std::collections::BTreeSet<i64> = names.iter().copied().collect();
            names
                .iter()
                .map(|name| distinct.iter().position(|one| one == name).unwrap() as u32)
                .collect()
        };
        let (a, b) = (labels("a"), labels("b"));
        for (a, b) in [(&a, &b), (&b, &a)] {
            let n = |labels: &[u32]| labels.iter().max().map_or(0, |max| *max as usize + 1);
            let contingency = Contingency::of(a.iter().copied().zip(b.iter().copied()), n(a), n(b));
            let wanted = |key: &str| case[key].as_f64().unwrap();
            let mismatched = contingency.total() - best_matching(&contingency).agreeing;
            assert_eq!(
                mismatched,
                case["mismatched_after_best_matching"].as_u64().unwrap(),
                "{}",
                case["name"]
            );
            near(contingency.adjusted_rand_index(), wanted("ari"), 1e-12);
            near(
                contingency.adjusted_mutual_information(),
                wanted("ami_arithmetic"),
                1e-9,
            );
            near(
                contingency.variation_of_information(),
                wanted("vi_nats"),
                1e-12,
            );
            // Where no two customers are together scikit-learn gives 0, and nothing is told here.
            near(
                contingency.fowlkes_mallows().unwrap_or(0.0),
                wanted("fowlkes_mallows"),
                1e-12,
            );
        }
    }
}

#[test]
fn k_means_survives_degenerate_sets() {
    let Some(file) = shared("reference/degenerate_cases.json") else {
        return;
    };
    let cases: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let case = |id: &str| {
        cases["kmeans"]
            .as_array()
            .unwrap()
            .iter()
            .find(|case| case["id"] == id)
            .unwrap()
    };
    let fit = |rows: &[Vec<f64>], n_clusters: usize| {
        let mut matrix = Matrix::with_features(rows[0].len());
        rows.iter()
            .for_each(|row| matrix.push_row(row.iter().copied()));
        let samples = Samples::new(&matrix).unwrap();
        let model = KMeans::fit(
            &samples,
            &KMeansParams {
                n_clusters,
                ..Default::default()
            },
            &mut |_| (),
        );
        model.map(|model| (model.labels.of_samples(&samples), model.inertia))
    };
    let rows =
        |id: &str| -> Vec<Vec<f64>> { serde_json::from_value(case(id)["X"].clone()).unwrap() };
    let (_, inertia) = fit(&rows("km-float32-inertia"), 2).unwrap();
    near_relative(inertia, 4e-8, 1e-6);
    for id in [
        "km-fewer-distinct-than-k",
        "km-init-duplicates-stops",
        "km-n-lt-k",
    ] {
        assert!(
            fit(&rows(id), case(id)["k"].as_u64().unwrap() as usize).is_err(),
            "{id}"
        );
    }
    let offsets: Vec<f64> = serde_json::from_value(case("km-offset")["offsets"].clone()).unwrap();
    for offset in offsets {
        let moved: Vec<Vec<f64>> = rows("km-offset")
            .iter()
            .map(|row| row.iter().map(|x| x + offset).collect())
            .collect();
        let (labels, _) = fit(&moved, 4).unwrap();
        for block in labels.chunks(25) {
            assert!(
                block.iter().all(|label| *label == block[0]),
                "offset {offset}"
            );
        }
    }
}

#[test]
fn means_and_deviations_keep_their_certified_digits() {
    let Some(file) = shared("reference/nist/expected.json") else {
        return;
    };
    let certified: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    for name in ["numacc1.csv", "numacc2.csv", "numacc3.csv", "numacc4.csv"] {
        let table =
            seamline::table::read_csv(&std::fs::read(file.with_file_name(name)).unwrap()).unwrap();
        let values = table.column("v").unwrap();
        let moments = Moments::of(values.numbers.iter().copied());
        let digits =
            |found: f64, wanted: f64| -(((found - wanted) / wanted).abs().max(1e-16)).log10();
        let wanted = |key: &str| certified[name][key].as_f64().unwrap();
        // One digit less than certified allows for the rounding of the last one.
        assert!(
            digits(moments.mean, wanted("mean")) >= wanted("mean_digits") - 1.0,
            "{name}: mean {}",
            moments.mean
        );
        assert!(
            digits(moments.sample_deviation(), wanted("sd")) >= wanted("sd_digits") - 1.0,
            "{name}: {}",
            moments.sample_deviation()
        );
    }
}
