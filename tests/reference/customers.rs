//! Customer files: the mismatched customers, and all figures about them.

use seamline::agreement::{Contingency, best_matching};
use seamline::cluster::ModelKey;
use seamline::result::Settings;

use crate::support::{
    basic_settings, compare, customers, expected, mall_settings, near, near_relative, numbers,
    permuted, report, seed_settings, sorted_numbers,
};

#[test]
fn the_39_customers_of_the_seed_analysis_are_found() {
    let (Some(bytes), Some(expected)) =
        (customers("customer_segmentation_synthetic.csv"), expected())
    else {
        return;
    };
    let expected = &expected["seed"];
    let report = report(&bytes, &seed_settings());
    let comparison = &report.comparison;
    assert_eq!(comparison.contingency, [[246, 0], [39, 215]]);
    let pair = &expected["k_means_vs_ward_k2"]["values"];
    assert_eq!(
        sorted_numbers(&comparison.mismatched_ids),
        numbers(&pair["mismatched_ids"])
    );
    near(
        comparison.agreement_fraction,
        pair["agreement_fraction"].as_f64().unwrap(),
        0.0,
    );
    near(comparison.ari, pair["ari"].as_f64().unwrap(), 1e-9);
    near(
        comparison.ami,
        pair["ami_arithmetic"].as_f64().unwrap(),
        1e-9,
    );
    near(comparison.vi, pair["vi_nats"].as_f64().unwrap(), 1e-9);
    let fowlkes_mallows = pair["fowlkes_mallows"].as_f64().unwrap();
    near(comparison.fowlkes_mallows.unwrap(), fowlkes_mallows, 1e-9);
    let k_means = &expected["k_means_k2"]["values"];
    near_relative(
        report.models[&ModelKey::K_MEANS].inertia.unwrap(),
        k_means["inertia"].as_f64().unwrap(),
        1e-9,
    );
    near_relative(
        report.models[&ModelKey::K_MEANS].silhouette.unwrap(),
        k_means["silhouette"].as_f64().unwrap(),
        1e-9,
    );
    near_relative(
        report.models[&ModelKey::HIERARCHICAL].silhouette.unwrap(),
        expected["ward_k2"]["values"]["silhouette"]
            .as_f64()
            .unwrap(),
        1e-9,
    );
    for (found, wanted) in report.models[&ModelKey::K_MEANS]
        .centroids_raw
        .iter()
        .zip(k_means["centroids_raw"].as_array().unwrap())
    {
        for (found, wanted) in found.iter().zip(wanted.as_array().unwrap()) {
            near_relative(*found, wanted.as_f64().unwrap(), 1e-9);
        }
    }
}

#[test]
fn the_identifiers_equal_the_published_list() {
    let Some(bytes) = customers("customer_segmentation_synthetic.csv") else {
        return;
    };
    let Some(list) = customers("mismatched_customers_synthetic.csv") else {
        return;
    };
    let list = seamline::table::read_csv(&list).unwrap();
    let ids = &list.columns[0];
    let mut published: Vec<_> = (0..ids.n_rows()).map(|row| ids.cell(row)).collect();
    let mut found = report(&bytes, &seed_settings()).comparison.mismatched_ids;
    found.sort();
    published.sort_unstable();
    assert_eq!(found, published);
}

#[test]
fn the_summary_of_the_39_has_its_digits() {
    let (Some(bytes), Some(expected)) =
        (customers("customer_segmentation_synthetic.csv"), expected())
    else {
        return;
    };
    let report = report(&bytes, &seed_settings());
    let (group, everyone) = (
        &expected["seed"]["mismatched_summary"]["values"],
        &expected["seed"]["columns"]["values"],
    );
    for column in [
        "Age",
        "Annual_Income_k",
        "Spending_Score_1100",
        "Income_to_Spending_Ratio",
    ] {
        let summary = report
            .comparison
            .summary
            .iter()
            .find(|summary| summary.column == column)
            .unwrap();
        for (found, wanted) in [
            (summary.group.unwrap(), &group[column]),
            (summary.everyone.unwrap(), &everyone[column]),
        ] {
            let values = [
                found.mean,
                found.min,
                found.q25,
                found.median,
                found.q75,
                found.max,
            ];
            for (value, key) in values
                .into_iter()
                .zip(["mean", "min", "q25", "median", "q75", "max"])
            {
                near(value, wanted[key].as_f64().unwrap(), 1e-9);
            }
        }
    }
}

#[test]
fn a_derived_ratio_finds_the_same_39() {
    let Some(bytes) = customers("customer_segmentation_basic.csv") else {
        return;
    };
    let Some(expected) = expected() else { return };
    let report = report(&bytes, &basic_settings());
    let wanted = numbers(&expected["seed"]["k_means_vs_ward_k2"]["values"]["mismatched_ids"]);
    assert_eq!(sorted_numbers(&report.comparison.mismatched_ids), wanted);
    let derived = report.comparison.summary.last().unwrap();
    near(derived.group.unwrap().max, 15.443_000_000_000_001, 1e-9);
}

#[test]
fn mall_customers_at_five_segments() {
    let (Some(bytes), Some(expected)) = (customers("Mall_Customers.csv"), expected()) else {
        return;
    };
    let report = report(&bytes, &mall_settings(5));
    near_relative(
        report.models[&ModelKey::K_MEANS].inertia.unwrap(),
        44_448.455_447_933_71,
        1e-9,
    );
    let sorted = |sizes: &[usize]| {
        let mut sizes = sizes.to_vec();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        sizes
    };
    assert_eq!(
        sorted(&report.models[&ModelKey::K_MEANS].sizes),
        [81, 39, 35, 23, 22]
    );
    assert_eq!(
        sorted(&report.models[&ModelKey::HIERARCHICAL].sizes),
        [85, 39, 32, 23, 21]
    );
    near(
        report.models[&ModelKey::K_MEANS].silhouette.unwrap(),
        0.553_931_997_444_648,
        1e-9,
    );
    near(
        report.models[&ModelKey::HIERARCHICAL].silhouette.unwrap(),
        0.552_994_595_514_889_7,
        1e-9,
    );
    assert_eq!(
        sorted_numbers(&report.comparison.mismatched_ids),
        [46, 125, 147, 161]
    );
    let pair = &expected["mall"]["k_means_vs_ward_k5"]["values"];
    let contingency = serde_json::to_value(&report.comparison.contingency).unwrap();
    assert_eq!(contingency, pair["contingency"]);
    near(report.comparison.ari, pair["ari"].as_f64().unwrap(), 1e-9);
    near(
        report.comparison.ami,
        pair["ami_arithmetic"].as_f64().unwrap(),
        1e-9,
    );
    near(
        report.comparison.vi,
        pair["vi_nats"].as_f64().unwrap(),
        1e-9,
    );
    let merges = report.models[&ModelKey::HIERARCHICAL]
        .merges
        .clone()
        .unwrap();
    let heights = expected["mall"]["ward_k5"]["values"]["last_10_heights"]
        .as_array()
        .unwrap();
    for (merge, height) in merges[merges.len() - 10..].iter().zip(heights) {
        near_relative(merge.2, height.as_f64().unwrap(), 1e-9);
    }
}

#[test]
fn k_means_reaches_the_best_known_inertia_at_every_k() {
    let (Some(bytes), Some(expected)) = (customers("Mall_Customers.csv"), expected()) else {
        return;
    };
    let values = expected["mall"]["k_means_sweep"]["values"]
        .as_object()
        .unwrap();
    for (k, wanted) in values.iter().filter(|(k, _)| *k != "1") {
        let report = report(&bytes, &mall_settings(k.parse().unwrap()));
        let (found, wanted) = (
            report.models[&ModelKey::K_MEANS].inertia.unwrap(),
            wanted["inertia"].as_f64().unwrap(),
        );
        assert!(
            found <= wanted * (1.0 + 1e-6),
            "k = {k}: {found} against {wanted}"
        );
    }
}

#[test]
fn indices_of_every_number_of_segments_are_those_of_scikit_learn() {
    let (Some(bytes), Some(expected)) = (customers("Mall_Customers.csv"), expected()) else {
        return;
    };
    let settings = Settings {
        n_clusters: None,
        ..mall_settings(5)
    };
    let sweep = report(&bytes, &settings).sweep.unwrap();
    let values = &expected["mall"]["k_means_sweep"]["values"];
    let mut compared = 0;
    for point in &sweep.points {
        let wanted = &values[point.n_clusters.to_string()];
        // A lower inertia than the recorded one means another partition.
        if let Some(inertia) = wanted["inertia"].as_f64()
            && point.inertia.unwrap() > inertia * (1.0 - 1e-9)
        {
            let found = &point.models[&ModelKey::K_MEANS];
            near_relative(
                found.silhouette.unwrap(),
                wanted["silhouette"].as_f64().unwrap(),
                1e-9,
            );
            let indices = found.separation;
            near_relative(
                indices.calinski_harabasz.unwrap(),
                wanted["calinski_harabasz"].as_f64().unwrap(),
                1e-9,
            );
            near_relative(
                indices.davies_bouldin.unwrap(),
                wanted["davies_bouldin"].as_f64().unwrap(),
                1e-9,
            );
            compared += 1;
        }
    }
    assert!(compared >= 6, "{compared}");
    let choice = sweep.overall.unwrap();
    assert_eq!((choice.n_clusters, choice.runner_up.unwrap().0), (5, 6));
    assert!(sweep.gaps.iter().all(|gap| gap.error > 0.0));
}

#[test]
fn neither_row_order_nor_seed_changes_who_is_mismatched() {
    let (Some(seed), Some(mall)) = (
        customers("customer_segmentation_synthetic.csv"),
        customers("Mall_Customers.csv"),
    ) else {
        return;
    };
    // The identifier is the first column of both files.
    let ids = |bytes: &[u8], settings: &Settings| {
        let (dataset, comparison) = compare(bytes, settings);
        let rows = (0..dataset.n_rows).filter(|&row| comparison.is_mismatched(row));
        let ids: Vec<String> = rows
            .map(|row| dataset.columns[0].cell(row).into_owned())
            .collect();
        sorted_numbers(&ids)
    };
    for (bytes, settings) in [(seed, seed_settings()), (mall, mall_settings(5))] {
        let wanted = ids(&bytes, &settings);
        for variation in 0..25 {
            assert_eq!(
                ids(&permuted(&bytes, variation), &settings),
                wanted,
                "row order {variation}"
            );
            let settings = Settings {
                seed: variation * 7919 + 2,
                ..settings.clone()
            };
            assert_eq!(ids(&bytes, &settings), wanted, "seed {}", settings.seed);
        }
    }
}

#[test]
fn relabelling_a_model_changes_neither_the_matching_nor_the_mismatched() {
    let Some(bytes) = customers("Mall_Customers.csv") else {
        return;
    };
    let report = report(&bytes, &mall_settings(5));
    let a: Vec<u32> = report.models[&ModelKey::K_MEANS]
        .labels
        .iter()
        .flatten()
        .copied()
        .collect();
    let b: Vec<u32> = report.models[&ModelKey::HIERARCHICAL]
        .labels
        .iter()
        .flatten()
        .copied()
        .collect();
    for shift in 0..5 {
        let renamed = b.iter().map(|label| (label * 3 + shift) % 5);
        let contingency = Contingency::of(a.iter().copied().zip(renamed.clone()), 5, 5);
        let matching = best_matching(&contingency);
        let mismatched = a.iter().zip(renamed).enumerate();
        let mismatched = mismatched
            .filter(|(_, (a, b))| matching.column_of_row[**a as usize] != Some(*b as usize));
        assert_eq!(
            mismatched.map(|(row, _)| row).collect::<Vec<_>>(),
            report.comparison.mismatched_rows
        );
    }
}
