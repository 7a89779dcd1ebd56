//! Trees and mixtures compared with verified numbers: SciPy 1.17.1 and scikit-learn 1.9.1, from the shared test data.
#![allow(
    clippy::unwrap_used,
    clippy::format_collect,
    reason = "a test may stop where it stands"
)]

mod support;

use seamline::cluster::ModelKey;
use seamline::cluster::gaussian_mixture::{CovarianceType, GaussianMixture, GaussianMixtureParams};
use seamline::cluster::hierarchical::{
    Hierarchical, HierarchicalParams, Linkage, tree_of_distances, ward,
};
use seamline::cluster::k_means::Centres;
use seamline::cluster::k_means::{KMeans, KMeansParams};
use seamline::cluster::{FitError, Metric, Samples};
use seamline::features::{Feature, Missing, Repeats, Scaling, prepare};
use seamline::numeric::Matrix;
use seamline::questions::AskSweep;
use seamline::result::{EngineError, FailedModel, Obstacle, Settings};
use seamline::table::read_csv;
use seamline::view::unplaceable;
use support::{
    customers, expected, mall_settings, near, near_relative, numbers, report, seed_settings,
    shared, sorted_numbers,
};

#[test]
fn ward_heights_of_scipys_own_test() {
    let Some(file) = shared("scipy_hierarchy/hierarchy_test_data.json") else {
        return;
    };
    let data: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let rows = |value: &serde_json::Value| -> Vec<Vec<f64>> {
        serde_json::from_value(value.clone()).unwrap()
    };
    let points = rows(&data["X"]);
    let mut matrix = Matrix::with_features(points[0].len());
    points.into_iter().for_each(|row| matrix.push_row(row));
    let samples = Samples::new(&matrix).unwrap();
    let tree = ward(&samples, &mut |_| ()).over_all_samples(&samples);
    for (step, wanted) in tree.steps().iter().zip(rows(&data["linkage_X_ward"])) {
        near_relative(step.height, wanted[2], 1e-6);
        assert_eq!(step.size, wanted[3] as u32);
    }
    for (linkage, name) in [(Linkage::Centroid, "centroid"), (Linkage::Median, "median")] {
        let params = HierarchicalParams {
            linkage,
            metric: Metric::Euclidean,
        };
        let tree = Hierarchical::fit(&samples, params, &mut |_| ())
            .unwrap()
            .tree
            .over_all_samples(&samples);
        for (step, wanted) in tree
            .steps()
            .iter()
            .zip(rows(&data[format!("linkage_X_{name}")]))
        {
            near_relative(step.height, wanted[2], 1e-6);
        }
    }
    let distances: Vec<f64> = serde_json::from_value(data["ytdist"].clone()).unwrap();
    for (linkage, name) in [
        (Linkage::Single, "single"),
        (Linkage::Complete, "complete"),
        (Linkage::Average, "average"),
        (Linkage::Weighted, "weighted"),
    ] {
        let tree = tree_of_distances(6, distances.clone(), linkage);
        let wanted = rows(&data[format!("linkage_ytdist_{name}")]);
        assert_eq!(tree.steps().len(), wanted.len());
        for (step, wanted) in tree.steps().iter().zip(wanted) {
            near_relative(step.height, wanted[2], 1e-10);
            assert_eq!(step.size, wanted[3] as u32, "{name}");
        }
    }
}

/// Income and spending of Mall Customers, raw.
fn mall_samples() -> Option<Samples> {
    let table = read_csv(&customers("Mall_Customers.csv")?).unwrap();
    let features = ["Annual Income (k$)", "Spending Score (1-100)"].map(Feature::column);
    let prepared = prepare(
        &table,
        &features,
        Scaling::None,
        Missing::LeaveOut,
        Repeats::Keep,
    )
    .unwrap();
    Some(Samples::new(&prepared.scaled).unwrap())
}

#[test]
fn linkages_of_mall_have_the_heights_of_scipy() {
    let Some(file) = shared("customers/expected.json") else {
        return;
    };
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let Some(samples) = mall_samples() else {
        return;
    };
    for linkage in Linkage::ALL {
        let name = serde_json::to_value(linkage).unwrap();
        let wanted = &expected["mall"]["linkages_k5"]["values"][name.as_str().unwrap()];
        let wanted: Vec<f64> =
            serde_json::from_value(wanted["heights_sorted_last_10"].clone()).unwrap();
        let tree = Hierarchical::fit(
            &samples,
            HierarchicalParams {
                linkage,
                metric: Metric::Euclidean,
            },
            &mut |_| (),
        )
        .unwrap()
        .tree;
        let mut heights: Vec<f64> = tree.steps().iter().map(|step| step.height).collect();
        heights.sort_by(f64::total_cmp);
        // Integer incomes and scores tie; the last ten heights of centroid and median depend on how ties are broken.
        if !linkage.may_invert() && linkage != Linkage::Weighted {
            for (found, wanted) in heights[heights.len() - 10..].iter().zip(wanted) {
                near_relative(*found, wanted, 1e-9);
            }
        }
        assert!(heights.iter().all(|height| height.is_finite()));
    }
}

#[test]
fn the_mixture_of_mall_has_the_likelihood_of_scikit_learn() {
    let Some(samples) = mall_samples() else {
        return;
    };
    let k_means = KMeans::fit(
        &samples,
        &KMeansParams {
            n_clusters: 5,
            ..Default::default()
        },
        &mut |_| (),
    )
    .unwrap();
    let cut = ward(&samples, &mut |_| ()).cut_at_count(5).unwrap();
    let mixture = |covariance| {
        let params = GaussianMixtureParams {
            covariance,
            ..Default::default()
        };
        GaussianMixture::fit(&samples, &[&k_means.labels, &cut], &params, |_| ()).unwrap()
    };
    let full = mixture(CovarianceType::Full);
    // customers/expected.json, gaussian_mixture_k5 and mixture_bic: scikit-learn 1.9.1, best of 20 starts
    near(full.log_likelihood, -1_755.344_273_290_92, 0.005);
    near(full.bic(), 3_664.339_750_211_733, 0.01);
    near(full.aic(), 3_568.688_546_581_84, 0.01);
    let mut sizes = full.labels.sizes(&samples);
    sizes.sort_unstable();
    assert_eq!(sizes, [21, 23, 32, 39, 85]);
    for (covariance, bic) in [
        (CovarianceType::Tied, 3664.268),
        (CovarianceType::Diag, 3647.467),
        (CovarianceType::Spherical, 3654.057),
    ] {
        let found = mixture(covariance).bic();
        assert!(found < bic + 0.5, "{covariance:?}: {found} against {bic}");
    }
}

#[test]
fn the_mixture_disagrees_with_k_means_as_verified() {
    let (Some(mall), Some(seed), Some(expected)) = (
        customers("Mall_Customers.csv"),
        customers("customer_segmentation_synthetic.csv"),
        expected(),
    ) else {
        return;
    };
    let with = |models: &[ModelKey], settings: Settings| Settings {
        models: models.iter().copied().collect(),
        ..settings
    };
    let (k_means, ward, mixture) = (
        ModelKey::K_MEANS,
        ModelKey::HIERARCHICAL,
        ModelKey::GAUSSIAN_MIXTURE,
    );
    // Mall: the mixture finds the segments of Ward, so the same four customers are mismatched in any comparison with K-Means.
    let pair = &expected["mall"]["k_means_vs_gaussian_mixture_k5"]["values"];
    for models in [&[k_means, mixture][..], &[k_means, ward, mixture]] {
        let report = report(&mall, &with(models, mall_settings(5)));
        assert_eq!(
            sorted_numbers(&report.comparison.mismatched_ids),
            numbers(&pair["mismatched_ids"])
        );
    }
    let report_of_two = report(&mall, &with(&[ward, mixture], mall_settings(5)));
    assert_eq!(report_of_two.comparison.n_mismatched, 0);
    assert_eq!(report_of_two.comparison.ari, 1.0);
    let settings = with(&[ward, mixture], mall_settings(5));
    let sweep = support::ask(&mall, &settings, &AskSweep);
    let at_five = sweep.points.iter().find(|point| point.n_clusters == 5);
    let wanted = &expected["mall"]["gaussian_mixture_k5"]["values"]["silhouette"];
    near_relative(
        at_five
            .unwrap()
            .of(ModelKey::GAUSSIAN_MIXTURE)
            .unwrap()
            .silhouette
            .unwrap(),
        wanted.as_f64().unwrap(),
        1e-9,
    );
    // The seed file: the mixture separates customers that K-Means does not.
    let wanted = &expected["seed"]["gaussian_mixture_k2"]["values"];
    let found = report(&seed, &with(&[k_means, mixture], seed_settings()));
    let model = &found.models[&ModelKey::GAUSSIAN_MIXTURE];
    let facts = model.mixture.clone().unwrap();
    near(
        facts.log_likelihood,
        wanted["log_likelihood"].as_f64().unwrap(),
        0.01,
    );
    near(facts.bic, wanted["bic"].as_f64().unwrap(), 0.02);
    near(found.comparison.n_mismatched as f64, 202.0, 2.0);
    let mut sizes = model.sizes.clone();
    sizes.sort_unstable();
    near(sizes[0] as f64, 122.0, 2.0);
}

#[test]
fn a_mixture_that_cannot_be_leaves_the_other_models_alone() {
    // Two places and nothing in between: no variance within.
    let rows: String = (0..40).map(|i| format!("{},{}\n", i % 2, i % 2)).collect();
    let (mut engine, _) = support::engine("two.csv", format!("a,b\n{rows}").as_bytes());
    let two = Settings {
        n_clusters: Some(2),
        features: Some(vec![Feature::column("a"), Feature::column("b")]),
        ..Settings::default()
    };
    let three = Settings {
        models: [
            ModelKey::K_MEANS,
            ModelKey::HIERARCHICAL,
            ModelKey::GAUSSIAN_MIXTURE,
        ]
        .into(),
        ..two.clone()
    };
    let comparison = engine.compare(three, &mut |_, _| ()).unwrap();
    let models: Vec<ModelKey> = comparison.models().collect();
    assert_eq!(models, [ModelKey::K_MEANS, ModelKey::HIERARCHICAL]);
    assert_eq!(comparison.failed.len(), 1);
    let failed = &comparison.failed[0];
    assert_eq!(failed.model, ModelKey::GAUSSIAN_MIXTURE);
    // Half of the customers have 0 in both columns, the others 1; nor have two such places a spread to share.
    let FitError::Collapsed {
        n_clusters: 2,
        spike: Some(spike),
        tied_works: false,
    } = failed.error
    else {
        unreachable!("{:?}", failed.error)
    };
    assert_eq!((spike.n_same, spike.n_samples), (20, 40));
    let said = seamline::words::failed_sentence(failed);
    assert!(
        said.starts_with("Gaussian mixture could not be fitted: 50.0 % of the customers have "),
        "{said}"
    );
    let of_two = engine.compare(two.clone(), &mut |_, _| ()).unwrap();
    assert_eq!(of_two.models, comparison.models);
    assert_eq!(of_two.models[0].sizes, [20, 20]);
    // Of two models the one that could be fitted is shown alone, as it is beside others; the reason for the other is named.
    let alone = Settings {
        models: [ModelKey::K_MEANS, ModelKey::GAUSSIAN_MIXTURE].into(),
        ..two
    };
    let alone = engine.compare(alone, &mut |_, _| ()).unwrap();
    assert_eq!(alone.models, comparison.models[..1]);
    assert_eq!(alone.failed, comparison.failed);
    assert!(alone.is_alone() && !comparison.is_alone());
    assert!((0..40).all(|row| !alone.is_mismatched(row)));
}

#[test]
fn another_linkage_on_the_way_changes_no_result() {
    let Some(bytes) = customers("Mall_Customers.csv") else {
        return;
    };
    let settings = |linkage, metric| Settings {
        models: [
            ModelKey::K_MEANS,
            ModelKey::HIERARCHICAL,
            ModelKey::GAUSSIAN_MIXTURE,
        ]
        .into(),
        hierarchical: HierarchicalParams { linkage, metric },
        ..mall_settings(5)
    };
    let ward = settings(Linkage::Ward, Metric::Euclidean);
    let average = settings(Linkage::Average, Metric::Cosine);
    let (mut engine, _) = support::engine("mall.csv", &bytes);
    let mut compare =
        |settings: &Settings| engine.compare(settings.clone(), &mut |_, _| ()).unwrap();
    let (first, between, last) = (compare(&ward), compare(&average), compare(&ward));
    assert_eq!(first, last);
    assert_ne!(
        first.result(ModelKey::HIERARCHICAL).unwrap().labels,
        between.result(ModelKey::HIERARCHICAL).unwrap().labels
    );
    assert_eq!(
        first.result(ModelKey::K_MEANS).unwrap().labels,
        between.result(ModelKey::K_MEANS).unwrap().labels
    );
    assert_eq!(
        first.result(ModelKey::K_MEANS).unwrap().inertia,
        between.result(ModelKey::K_MEANS).unwrap().inertia
    );
}

#[test]
fn relatives_of_k_means_are_compared_under_their_own_rules() {
    let rows = (0..40).map(|i| {
        let (size, tilt) = (1.0 + f64::from(i % 10), 1.0 + 0.02 * f64::from(i % 7));
        let (a, b) = if i < 20 {
            (size, size * 3.0 * tilt)
        } else {
            (size * 3.0 * tilt, size)
        };
        format!("{a},{b}\n")
    });
    let text = format!("Income,Spending\n{}", rows.collect::<String>());
    let settings = |centres| Settings {
        centres,
        scaling: Scaling::None,
        n_clusters: Some(2),
        ..Settings::default()
    };
    let (mut engine, _) = support::engine("tilted.csv", text.as_bytes());
    let directions = engine
        .compare(settings(Centres::Directions), &mut |_, _| ())
        .unwrap();
    // Customers who spend three times their income, and those who spend a third, whatever the amounts.
    assert_eq!(
        directions.result(ModelKey::K_MEANS).unwrap().sizes,
        [20, 20]
    );
    assert!((0..40).all(
        |row| (directions.result(ModelKey::K_MEANS).unwrap().labels[row]
            == directions.result(ModelKey::K_MEANS).unwrap().labels[0])
            == (row < 20)
    ));
    assert_eq!(directions.result(ModelKey::K_MEANS).unwrap().inertia, None);
    let medians = engine
        .compare(settings(Centres::Medians), &mut |_, _| ())
        .unwrap();
    assert_ne!(
        medians.result(ModelKey::K_MEANS).unwrap().labels,
        directions.result(ModelKey::K_MEANS).unwrap().labels
    );
    let means = engine
        .compare(settings(Centres::Means), &mut |_, _| ())
        .unwrap();
    assert!(means.result(ModelKey::K_MEANS).unwrap().inertia.is_some());
    let (mut engine, _) = support::engine("zero.csv", b"Income,Spending\n0,0\n1,2\n2,1\n3,9\n");
    let alone = engine
        .compare(settings(Centres::Directions), &mut |_, _| ())
        .unwrap();
    // The tree can be built and is shown; the reason for the other is named, with the row that can be left out.
    let failed = vec![FailedModel {
        model: ModelKey::K_MEANS,
        error: FitError::ZeroVector { n_samples: 4 },
        cause: Some(Obstacle::Zeros {
            rows: vec![0],
            n_zero: 1,
        }),
    }];
    assert_eq!(alone.failed, failed);
    assert_eq!(alone.models().collect::<Vec<_>>(), [ModelKey::HIERARCHICAL]);
    // Where no model is left, the same is said of all of them.
    let none = Settings {
        hierarchical: HierarchicalParams {
            linkage: Linkage::Average,
            metric: Metric::Cosine,
        },
        ..settings(Centres::Directions)
    };
    let refused = engine.compare(none.clone(), &mut |_, _| ()).unwrap_err();
    let EngineError::NoneFitted { failed } = &refused else {
        unreachable!("{refused:?}")
    };
    assert_eq!(failed.len(), 2);
    let said = seamline::words::error_sentence(&refused);
    assert!(
        said.contains("1 customer is zero in every feature: row 1."),
        "{said}"
    );
    // Without that customer both can be fitted.
    let left_out = unplaceable(failed, &none.left_out).unwrap();
    assert_eq!(left_out.n_customers, 1);
    let without = Settings {
        left_out: left_out.left_out.iter().collect(),
        ..none
    };
    let fitted = engine.compare(without, &mut |_, _| ()).unwrap();
    assert!(fitted.failed.is_empty() && fitted.models.len() == 2);
    assert_eq!((fitted.n_customers, fitted.n_left_out), (3, 1));
}

#[test]
fn single_linkage_of_many_customers_is_exact() {
    let mut rng = seamline::numeric::Rng::new(8);
    let mut matrix = Matrix::with_features(2);
    for i in 0..30_000 {
        let centre = if i % 3 == 0 { 60.0 } else { 0.0 };
        matrix.push_row([centre + rng.normal(), rng.normal()]);
    }
    let samples = Samples::new(&matrix).unwrap();
    let params = HierarchicalParams {
        linkage: Linkage::Single,
        metric: Metric::Euclidean,
    };
    let model = Hierarchical::fit(&samples, params, &mut |_| ()).unwrap();
    assert!(!model.is_approximate);
    let labels = model.tree.cut_at_count(2).unwrap().of_samples(&samples);
    assert!((0..labels.len()).all(|i| (labels[i] == labels[0]) == (i % 3 == 0)));
    assert!(
        model
            .tree
            .steps()
            .windows(2)
            .all(|pair| pair[0].height <= pair[1].height)
    );
}
