//! Counts of the dashboard with filters, bands and selections, and its exports.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::collections::BTreeMap;

use seamline::cluster::ModelKey;
use seamline::demo::DemoFile;
use seamline::explain::Bands;
use seamline::export::{Format, Labelling, labelled_csv};
use seamline::questions::AskNoiseFloor;
use seamline::result::{Filter, Filters, ResultId, Settings};
use seamline::session::{Placement, Session};
use seamline::table::{fingerprint, read_csv, runs_as_formula};
use seamline::view::View;
use support::german::german;
use support::{compare, customers, engine, expected, seed_settings};

#[test]
fn filters_on_the_seed_file_count_as_verified() {
    let (Some(bytes), Some(expected)) =
        (customers("customer_segmentation_synthetic.csv"), expected())
    else {
        return;
    };
    let (dataset, comparison) = compare(&bytes, &seed_settings());
    let wanted = &expected["seed"]["filters"]["values"];
    let income = |min, max| ("Annual_Income_k".to_owned(), Filter::Range { min, max });
    let spending = (
        "Spending_Score_1100".to_owned(),
        Filter::Range {
            min: 0.0,
            max: 53.0,
        },
    );
    for (name, filters) in [
        ("income 77.2 to 94.6", vec![income(77.2, 94.6)]),
        ("income 77.215 to 94.555", vec![income(77.215, 94.555)]),
        (
            "income 77.215 to 94.555 and spending at most 53",
            vec![income(77.215, 94.555), spending],
        ),
    ] {
        let filters: Filters = filters.into_iter().collect();
        let facts = View {
            dataset: &dataset,
            comparison: &comparison,
            filters: &filters,
        }
        .facts(comparison.first_pair());
        assert_eq!(facts.rows.len() as u64, wanted[name]["customers"], "{name}");
        assert_eq!(
            facts.mismatched.len() as u64,
            wanted[name]["mismatched"],
            "{name}"
        );
        assert_eq!(
            facts.contingency.total(),
            wanted[name]["customers"],
            "{name}"
        );
    }
}

#[test]
fn spending_bands_of_the_39_are_22_12_5() {
    let (Some(bytes), Some(expected)) =
        (customers("customer_segmentation_synthetic.csv"), expected())
    else {
        return;
    };
    let (dataset, comparison) = compare(&bytes, &seed_settings());
    let filters = Filters::new();
    let view = View {
        dataset: &dataset,
        comparison: &comparison,
        filters: &filters,
    };
    let facts = view.facts(comparison.first_pair());
    let bands = Bands::suggested("Spending_Score_1100", 1.0, 100.0);
    let (everyone, mismatched) = (
        view.band_counts(&bands, &facts.rows),
        view.band_counts(&bands, &facts.mismatched),
    );
    assert_eq!(mismatched.totals(), [22, 12, 5]);
    let wanted = &expected["seed"]["bands"]["values"];
    let count = |value: &serde_json::Value| {
        ["Low", "Medium", "High"].map(|band| value[band].as_u64().unwrap())
    };
    assert_eq!(
        everyone.totals(),
        count(&wanted["everyone_by_spending_band"])
    );
    for segment in 0..2 {
        assert_eq!(
            everyone.of_segment[segment],
            count(&wanted["k_means_segment_by_spending_band"][segment])
        );
        let part = &wanted["mismatched_by_k_means_segment_and_spending_band"][segment];
        assert_eq!(mismatched.of_segment[segment], count(part));
    }
}

#[test]
fn three_models_are_counted_together_and_by_pairs() {
    let bytes = DemoFile::MallVisitors.generate();
    let settings = Settings {
        models: [
            ModelKey::K_MEANS,
            ModelKey::HIERARCHICAL,
            ModelKey::GAUSSIAN_MIXTURE,
        ]
        .into(),
        n_clusters: Some(5),
        ..Settings::default()
    };
    let (dataset, comparison) = compare(&bytes, &settings);
    let age = Filter::Range {
        min: 20.0,
        max: 50.0,
    };
    let filters: Filters = [("Age".to_owned(), age)].into();
    let view = View {
        dataset: &dataset,
        comparison: &comparison,
        filters: &filters,
    };
    let labels = [
        ModelKey::K_MEANS,
        ModelKey::HIERARCHICAL,
        ModelKey::GAUSSIAN_MIXTURE,
    ]
    .map(|model| comparison.labels(model));
    let [k_means, hierarchical, mixture] = [
        ModelKey::K_MEANS,
        ModelKey::HIERARCHICAL,
        ModelKey::GAUSSIAN_MIXTURE,
    ];
    for (pair, (a, b)) in [
        ((k_means, hierarchical), (0, 1)),
        ((k_means, mixture), (0, 2)),
        ((hierarchical, mixture), (1, 2)),
    ] {
        let facts = view.facts(pair);
        assert!(facts.rows.len() < 200);
        let differs = |row: &&usize| labels.iter().any(|of| of[**row] != labels[0][**row]);
        assert_eq!(
            facts.mismatched.len(),
            facts.rows.iter().filter(differs).count()
        );
        for segment in 0..5 {
            let of = |model: usize| {
                let rows = facts.rows.iter();
                rows.filter(|&&row| labels[model][row] as usize == segment)
                    .count()
            };
            assert_eq!(facts.sizes[segment], of(0));
            assert_eq!(facts.contingency.row_totals()[segment] as usize, of(a));
            assert_eq!(facts.contingency.column_totals()[segment] as usize, of(b));
        }
    }
}

#[test]
fn a_category_filter_keeps_its_customers_only() {
    let bytes = DemoFile::MallVisitors.generate();
    let (dataset, comparison) = compare(&bytes, &Settings::default());
    let all = View {
        dataset: &dataset,
        comparison: &comparison,
        filters: &Filters::new(),
    }
    .facts(comparison.first_pair());
    let count = |code: u32| {
        let filters: Filters = [(
            "Gender".to_owned(),
            Filter::Values {
                codes: [code].into(),
            },
        )]
        .into();
        View {
            dataset: &dataset,
            comparison: &comparison,
            filters: &filters,
        }
        .facts(comparison.first_pair())
        .rows
        .len()
    };
    assert_eq!(count(0) + count(1), all.rows.len());
    assert!(count(0) > 0 && count(1) > 0);
}

#[test]
fn the_labelled_file_holds_all_rows_and_says_who_is_mismatched() {
    let bytes =
        b"id,note,income,kmeans\n1,=SUM(A1),10,a\n2,-5,11,b\n3,x,90,c\n4,\"a,b\",91,d\n5,y,?,e\n";
    let (mut engine, _) = engine("test.csv", bytes);
    let settings = Settings {
        n_clusters: Some(2),
        ..Settings::default()
    };
    let comparison = engine.compare(settings, &mut |_, _| ()).unwrap();
    let labelled = labelled_csv(engine.table().unwrap(), &comparison, &Labelling::default());
    let text = String::from_utf8(labelled.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "id,note,income,kmeans,kmeans_2,hierarchical,mismatched,element_centric,left_out"
    );
    assert_eq!(lines[1], "1,'=SUM(A1),10,a,A,A,no,1.000000,");
    assert_eq!(lines[2], "2,-5,11,b,A,A,no,1.000000,");
    assert_eq!(lines[4], "4,\"a,b\",91,d,B,B,no,1.000000,");
    assert_eq!(lines[5], "5,y,?,e,,,,,no_value");
    assert_eq!(read_csv(&labelled).unwrap().n_rows(), 5);
    // A name stands beside its letter, and a spreadsheet does not execute it.
    let known = Labelling {
        names: BTreeMap::from([(1, "=Savers".to_owned())]),
        ..Labelling::default()
    };
    let named = labelled_csv(engine.table().unwrap(), &comparison, &known);
    let text = String::from_utf8(named).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "id,note,income,kmeans,kmeans_2,kmeans_name,hierarchical,hierarchical_name,mismatched,element_centric,left_out"
    );
    assert_eq!(lines[1], "1,'=SUM(A1),10,a,A,A,A,A,no,1.000000,");
    assert_eq!(
        lines[4],
        "4,\"a,b\",91,d,B,'=Savers,B,'=Savers,no,1.000000,"
    );
    assert_eq!(lines[5], "5,y,?,e,,,,,,,no_value");
}

#[test]
fn a_german_file_comes_back_in_its_own_form_with_columns_added() {
    let bytes = german();
    let (mut engine, dataset) = engine("kunden.csv", &bytes);
    assert_eq!(dataset.format.encoding, "windows-1252");
    let mut session = Session::for_dataset(&dataset);
    session.settings.n_clusters = Some(2);
    session.names = BTreeMap::from([(0, "Große".to_owned())]);
    session.placements = BTreeMap::from([(3, Placement::Segment(1)), (5, Placement::Open)]);
    let comparison = engine
        .compare(session.fit_settings(), &mut |_, _| ())
        .unwrap();
    let floor = engine
        .ask(ResultId::default(), &AskNoiseFloor, &mut |_, _| ())
        .unwrap();
    let written = Format::Labelled
        .write(&mut engine, &session, &mut |_, _| ())
        .unwrap();
    assert!(!written.starts_with(b"\xEF\xBB\xBF") && std::str::from_utf8(&written).is_err());
    let lines = written.split(|&byte| byte == b'\n');
    assert!(lines.filter(|line| line.ends_with(b"\r")).count() > 40);
    assert!(written.starts_with(b"Kunde ;Ort;"));
    let before = engine.table().unwrap().clone();
    let after = read_csv(&written).unwrap();
    assert_eq!(after.format.encoding, before.format.encoding);
    assert_eq!(after.format.delimiter, before.format.delimiter);
    assert_eq!(after.n_rows(), before.n_rows());
    for (old, new) in before.columns.iter().zip(&after.columns) {
        assert_eq!((&old.name, old.kind), (&new.name, new.kind));
        assert!(
            old.numbers
                .iter()
                .zip(new.numbers.iter())
                .all(|(a, b)| a == b || a.is_nan() && b.is_nan())
        );
        for row in 0..before.n_rows() {
            let (old, new) = (old.cell(row), new.cell(row));
            let runs = runs_as_formula(&old);
            assert_eq!(
                new,
                if runs {
                    format!("'{old}")
                } else {
                    old.into_owned()
                }
            );
        }
    }
    assert_eq!(before.column("Saldo").unwrap().numbers[0], -900.96);
    let added: Vec<&str> = after.columns[7..]
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(
        added,
        [
            "kmeans",
            "kmeans_name",
            "hierarchical",
            "hierarchical_name",
            "gmm",
            "gmm_name",
            "gmm_p",
            "mismatched",
            "element_centric",
            "keeps",
            "reason",
            "decision"
        ]
    );
    let cell = |name: &str, row: usize| after.column(name).unwrap().cell(row).into_owned();
    let first = comparison.first_labels();
    for row in 0..before.n_rows() {
        let name = if first[row] == 0 { "Große" } else { "B" };
        assert_eq!(cell("kmeans_name", row), name);
        let keeps = after.column("keeps").unwrap().numbers[row];
        assert!((keeps - floor.keeps(row).unwrap()).abs() < 1e-6);
        assert_eq!(cell("reason", row).is_empty(), floor.cause(row).is_none());
    }
    assert_eq!(
        [3, 5, 6].map(|row| cell("decision", row)),
        ["B", "open", ""]
    );
    assert!(cell("gmm_p", 0).contains(','));
    // What it was made with, and what the file cannot hold.
    let said = Format::Settings
        .write(&mut engine, &session, &mut |_, _| ())
        .unwrap();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains(&format!("fingerprint: {}\n", fingerprint(&before))));
    assert!(said.contains("names: A = Große\n") && said.contains("seed: 1\n"));
    let settings = said
        .lines()
        .find_map(|line| line.strip_prefix("settings: "));
    let settings: Settings = serde_json::from_str(settings.unwrap()).unwrap();
    assert_eq!(settings, comparison.settings);
    session.names = BTreeMap::from([(0, "Łódź".to_owned())]);
    let wide = Format::Labelled
        .write(&mut engine, &session, &mut |_, _| ())
        .unwrap();
    assert!(wide.starts_with(b"\xEF\xBB\xBF"));
    let wide = read_csv(&wide).unwrap();
    assert_eq!(wide.column("Ort").unwrap().cell(1), "München");
}

#[test]
fn who_is_in_no_segment_has_no_name_in_the_labelled_file() {
    let bytes = include_bytes!("fixtures/customers/visitors.csv");
    let (mut engine, _) = engine("test.csv", bytes);
    let settings = Settings {
        models: [ModelKey::K_MEANS, ModelKey::HDBSCAN].into(),
        n_clusters: Some(5),
        ..Settings::default()
    };
    let comparison = engine.compare(settings, &mut |_, _| ()).unwrap();
    // The number may have been that of a segment when it was named.
    let known = Labelling {
        names: BTreeMap::from([(comparison.noise.unwrap(), "Savers".to_owned())]),
        ..Labelling::default()
    };
    let named = labelled_csv(engine.table().unwrap(), &comparison, &known);
    let text = String::from_utf8(named).unwrap();
    assert!(!text.contains("Savers") && text.contains(",none,none,0.000000,"));
}

#[test]
fn the_number_of_segments_is_chosen_by_evidence_when_left_open() {
    let (_, mall) = compare(&DemoFile::MallVisitors.generate(), &Settings::default());
    assert_eq!(mall.n_clusters, 5);
    assert!(mall.result(ModelKey::K_MEANS).unwrap().silhouette.unwrap() > 0.5);
    let (_, even) = compare(&DemoFile::EvenSpread.generate(), &Settings::default());
    assert!(
        even.result(ModelKey::K_MEANS).unwrap().silhouette.unwrap() < 0.45,
        "{}",
        even.result(ModelKey::K_MEANS).unwrap().silhouette.unwrap()
    );
}
