//! Profiles and advice compared with slow computations from the file and the labels alone.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::fmt::Write;

use seamline::cluster::ModelKey;
use seamline::explain::Level;
use seamline::features::Feature;
use seamline::result::{ColumnData, Filters, Settings};
use seamline::table::Role;
use seamline::view::View;
use seamline::words::segment_names;

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 {
        values[half]
    } else {
        f64::midpoint(values[half - 1], values[half])
    }
}

#[test]
fn an_ignored_column_is_neither_described_nor_tested() {
    let rows = (0..60).map(|i| {
        let (low, noise) = (f64::from(i % 2) * 50.0, f64::from(i * 7 % 31));
        format!(
            "{},{},{noise},{}\n",
            low + noise,
            2.0 * low + f64::from(i % 5),
            ["a", "b", "c"][i as usize % 3]
        )
    });
    let text = format!("spent,visits,noise,area\n{}", rows.collect::<String>());
    let named = |role: Option<Role>| {
        let roles = ["noise", "area"].into_iter();
        let roles = role.map(|role| roles.map(|name| (name.to_owned(), role)).collect());
        let settings = Settings {
            features: Some(vec![Feature::column("spent"), Feature::column("visits")]),
            roles: roles.unwrap_or_default(),
            ..Settings::default()
        };
        let report = support::report(text.as_bytes(), &settings);
        let written = serde_json::to_value(&report).unwrap();
        let sections = ["comparison", "explanation", "profiles"];
        let text: Vec<String> = sections.iter().map(|it| written[it].to_string()).collect();
        ["noise", "area"].map(|name| text.iter().any(|text| text.contains(name)))
    };
    assert_eq!(named(None), [true, true]);
    assert_eq!(named(Some(Role::Ignored)), [false, false]);
}

#[test]
fn every_number_of_a_profile_is_that_of_its_customers() {
    let Some(bytes) = support::customers("Mall_Customers.csv") else {
        return;
    };
    let report = support::report(&bytes, &support::mall_settings(5));
    let (dataset, comparison) = support::compare(&bytes, &support::mall_settings(5));
    let (model, profiles) = &report.profiles.as_ref().unwrap()[0];
    assert_eq!((*model, profiles.len()), (ModelKey::K_MEANS, 5));
    for profile in profiles {
        let members: Vec<usize> = (0..200)
            .filter(|&row| report.models[&ModelKey::K_MEANS].labels[row] == Some(profile.segment))
            .collect();
        assert_eq!(profile.n, members.len());
        support::near(profile.share, members.len() as f64 / 200.0, 1e-15);
        for it in &profile.numbers {
            let all = dataset.numbers(&it.column).unwrap();
            let own: Vec<f64> = members.iter().map(|&row| all[row]).collect();
            let mean = own.iter().sum::<f64>() / own.len() as f64;
            let of_all = all.iter().sum::<f64>() / 200.0;
            let spread = (all.iter().map(|x| (x - of_all).powi(2)).sum::<f64>() / 200.0).sqrt();
            support::near(it.segment.mean, mean, 1e-9);
            support::near(it.segment.median, median(own), 1e-12);
            support::near(it.everyone.median, median(all.to_vec()), 1e-12);
            support::near(it.effect, (mean - of_all) / spread, 1e-9);
            assert_eq!(it.is_feature, it.column != "Age");
        }
        // The strongest trait is that of a feature.
        let strongest = &profile.traits[0];
        assert_ne!(strongest.column, "Age");
        let of_trait = profile
            .numbers
            .iter()
            .find(|it| it.column == strongest.column)
            .unwrap();
        assert_eq!(strongest.level, Level::of(of_trait.effect));
        // The typical customer, by trying all of them.
        let (income, spending) = (
            dataset.numbers("Annual Income (k$)").unwrap(),
            dataset.numbers("Spending Score (1-100)").unwrap(),
        );
        let sum = |row: usize| -> f64 {
            let apart = |other: &usize| {
                (income[row] - income[*other]).hypot(spending[row] - spending[*other])
            };
            members.iter().map(apart).sum()
        };
        let best = members
            .iter()
            .map(|&row| sum(row))
            .fold(f64::INFINITY, f64::min);
        let (typical, is_exact) = profile.typical.unwrap();
        assert!(is_exact && members.contains(&typical));
        support::near(sum(typical), best, 1e-9);
        // Shares of the categories of gender.
        let Some(ColumnData::Codes { codes, names, .. }) =
            dataset.column("Gender").map(|it| &it.data)
        else {
            unreachable!("genders are a category");
        };
        for share in &profile.shares {
            let code = names.iter().position(|name| *name == share.value).unwrap() as u32;
            let n = members.iter().filter(|&&row| codes[row] == code).count();
            assert_eq!((share.n, share.n_present), (n, members.len()));
            support::near(share.share, n as f64 / members.len() as f64, 1e-15);
            assert!(share.interval.0 < share.share && share.share < share.interval.1);
        }
    }
    // Advice on each: the number of customers times the gain of one.
    let advised = report.advice.as_ref().unwrap();
    for advice in &advised.segments {
        let offer = advised.offer;
        let each = (offer.with_offer - offer.today) * offer.margin - offer.cost;
        support::near(advice.gain.expected, advice.n as f64 * each, 1e-9);
        assert!(!advice.proposals.is_empty());
    }
    assert!(!advised.is_behind_verdict);
    // Contested customers have the probabilities of their cards.
    let contested = &report.explanation.as_ref().unwrap().contested;
    assert_eq!(contested.len(), 4);
    for it in contested {
        assert!(comparison.is_mismatched(it.row));
        support::near(it.choices.iter().map(|(_, share)| share).sum(), 1.0, 1e-9);
    }
}

#[test]
fn names_of_many_customers_hold_whatever_their_order_and_however_few_are_in_a_segment() {
    // Every fifth row is of the same kind, and 20 customers of 100,000 are unlike all others.
    let mut csv = String::from("x,y\n");
    for i in 0..100_000 {
        let (kind, step) = (i % 5, i / 5 % 3);
        let (x, y) = if i % 5_000 == 17 {
            (400, -200)
        } else {
            (20 * kind + step, 30 * (kind * 2 % 5) + step)
        };
        writeln!(csv, "{x},{y}").unwrap();
    }
    let settings = Settings {
        features: Some(["x", "y"].map(Feature::column).to_vec()),
        models: [ModelKey::K_MEANS, ModelKey::HIERARCHICAL].into(),
        n_clusters: Some(6),
        ..Settings::default()
    };
    let (dataset, comparison) = support::compare(csv.as_bytes(), &settings);
    let filters = Filters::new();
    let view = View {
        dataset: &dataset,
        comparison: &comparison,
        filters: &filters,
    };
    let facts = view.facts(comparison.first_pair());
    for model in [ModelKey::K_MEANS, ModelKey::HIERARCHICAL] {
        let (named, whole) = (view.named_profiles(model), view.profiles(model, &facts));
        assert_eq!((named.len(), whole.len()), (6, 6));
        assert_eq!(named, view.named_profiles(model));
        for (named, whole) in named.iter().zip(&whole) {
            assert_eq!((named.segment, named.n), (whole.segment, whole.n));
            for (drawn, all) in named.numbers.iter().zip(&whole.numbers) {
                support::near(drawn.effect, all.effect, 0.05 * (1.0 + all.effect.abs()));
                support::near(drawn.segment.median, all.segment.median, 1.0);
            }
        }
        assert!(named.iter().any(|it| it.n == 20));
        assert_eq!(segment_names(&named, &[]), segment_names(&whole, &[]));
    }
}
