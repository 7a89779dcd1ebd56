//! What the verdict and the evidence say about the two customer files, and where there is too little to say anything. How often the verdict
//! is right is counted in `tests/calibration`.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use seamline::cluster::Samples;
use seamline::cluster::k_means::{KMeans, KMeansParams};
use seamline::numeric::Matrix;
use seamline::quality::{Reality, RealityLevel, reality};
use seamline::questions::{Cause, CheckClaim};
use seamline::result::ResultId;

fn verdict(name: &str, settings: &seamline::result::Settings) -> Option<Reality> {
    let bytes = support::customers(name)?;
    support::report(&bytes, settings).reality
}

#[test]
fn the_seed_file_holds_no_segments() {
    let Some(found) = verdict(
        "customer_segmentation_synthetic.csv",
        &support::seed_settings(),
    ) else {
        return;
    };
    assert_eq!(found.level, RealityLevel::None, "{found:?}");
    assert!(found.nulls.iter().any(|test| test.p > 0.1), "{found:?}");
    // Hopkins statistic of income and spending, in expected.json: 0.54.
    let two = ["Annual_Income_k", "Spending_Score_1100"].map(seamline::features::Feature::column);
    let settings = seamline::result::Settings {
        features: Some(two.to_vec()),
        ..support::seed_settings()
    };
    let found = verdict("customer_segmentation_synthetic.csv", &settings).unwrap();
    assert_eq!(found.level, RealityLevel::None, "{found:?}");
    support::near(found.hopkins.unwrap(), 0.54, 0.05);
}

#[test]
fn the_mall_holds_segments() {
    let Some(found) = verdict("Mall_Customers.csv", &support::mall_settings(5)) else {
        return;
    };
    assert!(found.level.is_beyond_chance(), "{found:?}");
    assert!(found.nulls.iter().all(|test| test.p < 0.05), "{found:?}");
    support::near(found.hopkins.unwrap(), 0.82, 0.05);
    support::near(found.silhouette.unwrap(), 0.553_931_997_444_648, 1e-9);
}

#[test]
fn neither_verdict_nor_noise_depends_on_the_order_of_the_file() {
    let Some(bytes) = support::customers("Mall_Customers.csv") else {
        return;
    };
    let settings = support::mall_settings(5);
    let (one, other) = (
        support::report(&bytes, &settings),
        support::report(&support::permuted(&bytes, 4), &settings),
    );
    assert_eq!(one.reality, other.reality);
    let jaccard = |report: &seamline::export::Report| {
        let models = &report.noise_floor.as_ref().unwrap().models;
        models
            .iter()
            .map(|model| model.jaccard.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(jaccard(&one), jaccard(&other));
}

#[test]
fn too_few_and_a_handful_are_said() {
    let rows = |values: &[f64]| {
        let mut data = Matrix::with_features(1);
        values.iter().for_each(|&x| data.push_row([x]));
        data
    };
    let judge = |data: &Matrix| {
        let samples = Samples::new(data).unwrap();
        let params = KMeansParams {
            n_clusters: 2,
            ..Default::default()
        };
        let fit = KMeans::fit(&samples, &params, &mut |_| ()).unwrap();
        reality(&samples, &fit.labels, 1, &mut |_| ()).unwrap()
    };
    let few = judge(&rows(&[1.0, 2.0, 9.0]));
    assert!(few.is_too_few && few.level == RealityLevel::Unjudged && few.nulls.is_empty());
    let alike: Vec<f64> = (0..100).map(|i| f64::from(i % 2)).collect();
    assert!(judge(&rows(&alike)).is_too_few);
    let mut outlier: Vec<f64> = (0..200).map(|i| f64::from(i) / 100.0).collect();
    outlier.push(1e4);
    let found = judge(&rows(&outlier));
    assert!(
        found.has_sliver && found.level == RealityLevel::None && found.silhouette.unwrap() > 0.9
    );
}

/// Mean own-label rate of rows in a model of a report.
fn mean_rate(report: &seamline::export::Report, model: usize, rows: &[usize]) -> f64 {
    let rates = &report.noise_floor.as_ref().unwrap().models[model].own_rate;
    rows.iter().map(|&row| rates[row]).sum::<f64>() / rows.len() as f64
}

#[test]
fn resamples_tell_chance_from_the_models() {
    let Some(bytes) = support::customers("customer_segmentation_synthetic.csv") else {
        return;
    };
    let report = support::report(&bytes, &support::seed_settings());
    let mismatched = &report.comparison.mismatched_rows;
    assert_eq!(mismatched.len(), 39);
    let others: Vec<usize> = (0..500).filter(|row| !mismatched.contains(row)).collect();
    // Ranges of expected.json, seed.bootstrap_k2: Ward 0.51 and 0.94, K-Means 0.94 and 0.99.
    for (model, rows, range) in [
        (1, mismatched, 0.4..0.62),
        (1, &others, 0.88..0.98),
        (0, mismatched, 0.86..1.0),
        (0, &others, 0.96..1.0),
    ] {
        let rate = mean_rate(&report, model, rows);
        assert!(range.contains(&rate), "{model} {rate} {range:?}");
    }
    let floor = report.noise_floor.unwrap();
    assert_eq!(floor.n_firm + floor.n_by_sample + floor.n_by_start, 39);
    assert!(floor.n_by_sample > 30, "{floor:?}");
    let caused: Vec<usize> = floor.causes.iter().map(|(row, _)| *row).collect();
    assert_eq!(caused, *mismatched);
    let by_sample = mismatched
        .iter()
        .filter(|&&row| floor.cause(row) == Some(Cause::Sample));
    assert_eq!(
        (by_sample.count(), floor.cause(others[0])),
        (floor.n_by_sample, None)
    );
    support::near(floor.models[0].jaccard[0].unwrap(), 0.98, 0.02);
    support::near(floor.models[1].jaccard[0].unwrap(), 0.83, 0.06);
}

#[test]
fn the_segments_of_the_mall_are_found_again() {
    let Some(bytes) = support::customers("Mall_Customers.csv") else {
        return;
    };
    let floor = support::report(&bytes, &support::mall_settings(5))
        .noise_floor
        .unwrap();
    // Ranges of expected.json, mall.bootstrap_k5.
    assert!(
        floor.models[0].jaccard.iter().all(|&x| x > Some(0.93)),
        "{floor:?}"
    );
    assert!(
        floor.models[1].jaccard.iter().all(|&x| x > Some(0.8)),
        "{floor:?}"
    );
    assert!(floor.models.iter().all(|model| model.n_sets == 100));
    // expected.json, mall.local_optima_k5: the two near-best results differ in customer 133 alone.
    let starts = floor.starts.unwrap();
    assert_eq!(starts.n_runs, 100);
    let of_rows = |rows: &[usize]| {
        let found = starts.optima.iter().find(|it| it.rows == rows);
        found.cloned().unwrap()
    };
    let (best, second) = (of_rows(&[]), of_rows(&[132]));
    support::near_relative(best.cost, 44_448.455_447_933_71, 1e-9);
    support::near_relative(second.cost, 44_454.476_479_679_72, 1e-9);
    for share in [best.share, second.share] {
        assert!((0.2..=0.6).contains(&share), "{starts:?}");
    }
}

#[test]
fn income_not_spending_drives_the_mismatch() {
    use seamline::explain::{best_range, best_rule};
    let Some(bytes) = support::customers("customer_segmentation_synthetic.csv") else {
        return;
    };
    let report = support::report(&bytes, &support::seed_settings());
    let found = report.explanation.as_ref().unwrap();
    // expected.json, seed.ks_mismatched_vs_others: income first, then spending; age is not significant.
    let column = |name: &str| found.columns.iter().find(|it| it.column == name).unwrap();
    let (income, spending, age) = (
        column("Annual_Income_k"),
        column("Spending_Score_1100"),
        column("Age"),
    );
    assert_eq!(found.columns[0].column, "Annual_Income_k");
    support::near(income.statistic, 0.518_438_177_874_186_6, 1e-12);
    support::near(spending.statistic, 0.368_541_075_699_427_1, 1e-12);
    support::near(age.statistic, 0.170_754_769_453_251_02, 1e-12);
    assert!((0.1..0.4).contains(&age.p.unwrap()));
    // The models cut by both, and the cut alone makes the mismatched lie where they lie.
    assert!(
        !income.differs && !spending.differs,
        "{income:?} {spending:?}"
    );
    assert!(income.is_feature && !age.is_feature);
    // seed.rules: at least the F1 of a decision tree of the same size.
    let table = seamline::table::read_csv(&bytes).unwrap();
    let is_member: Vec<bool> = (0..500)
        .map(|row| report.comparison.mismatched_rows.contains(&row))
        .collect();
    let values = |name: &str| table.column(name).unwrap().numbers.to_vec();
    let (a, i, s) = (
        values("Age"),
        values("Annual_Income_k"),
        values("Spending_Score_1100"),
    );
    let of_income = best_range("income", &i, &is_member).unwrap();
    assert!(
        of_income.f1 >= 0.783_505_154 && of_income.conditions.len() == 1,
        "{of_income:?}"
    );
    assert_eq!(best_range("spending", &s, &is_member), None);
    assert_eq!(best_range("age", &a, &is_member), None);
    let rule = best_rule(&[("age", &a), ("income", &i), ("spending", &s)], &is_member).unwrap();
    assert!(rule.f1 >= 0.88, "{rule:?}");
}

#[test]
fn claims_are_held_against_whole_distributions() {
    use seamline::explain::{Claim, Finding, Group, Says};
    let Some(bytes) = support::customers("customer_segmentation_synthetic.csv") else {
        return;
    };
    let mut engine = support::engine("seed.csv", &bytes).0;
    let result = ResultId(1);
    engine
        .fit(result, support::seed_settings(), &mut |_, _| ())
        .unwrap();
    let mut find = |column: &str, says: Says| {
        let claim = Claim {
            column: column.into(),
            group: Group::Mismatched,
            says,
        };
        let checked = engine.ask(result, &CheckClaim(claim), &mut |_, _| ());
        checked.unwrap()
    };
    // The trap: means differ, 50.05 and 43.73, and a permutation test of means would call that significant (p 0.012).
    let older = find("Age", Says::Higher);
    assert_eq!(older.finding, Finding::NotShown, "{older:?}");
    support::near(older.group.unwrap().mean, 50.051_282_051_282_05, 1e-9);
    support::near(older.others.unwrap().mean, 43.726_681_127_982_644, 1e-9);
    assert!(!older.is_feature);
    // They are in the middle of income, where the models cut: nothing of it is beyond the cut.
    for says in Says::ALL {
        let of_income = find("Annual_Income_k", says);
        assert_ne!(of_income.finding, Finding::Supported, "{of_income:?}");
        assert!(of_income.is_feature && of_income.p_superiority.is_none());
    }
    let report = support::report(&bytes, &support::seed_settings());
    let insights = &report.explanation.as_ref().unwrap().insights;
    let of_mismatched = insights
        .iter()
        .filter(|it| it.claim.group == Group::Mismatched);
    assert!(
        of_mismatched
            .clone()
            .all(|it| it.finding != Finding::Supported || it.claim.column != "Age")
    );
    assert!(
        insights
            .iter()
            .any(|it| it.claim.group == Group::Segment(0))
    );
}
