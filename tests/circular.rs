//! Nothing that the cut itself makes is claimed, and every column is looked at.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

mod support;

use std::fmt::Write;

use seamline::cluster::ModelKey;
use seamline::engine::Step;
use seamline::explain::{Basis, Checked, Claim, Finding, Group, Says, WhyCut};
use seamline::features::Feature;
use seamline::numeric::Rng;
use seamline::questions::{AskExplanation, CheckClaim, Explanation};
use seamline::result::{ResultId, Settings};

/// Settings with these features and models.
fn settings(features: &[&str], models: &[ModelKey], k: usize) -> Settings {
    Settings {
        features: Some(features.iter().map(|name| Feature::column(name)).collect()),
        models: models.iter().copied().collect(),
        n_clusters: Some(k),
        ..Settings::default()
    }
}

const BOTH: [ModelKey; 2] = [ModelKey::K_MEANS, ModelKey::HIERARCHICAL];

fn explained(csv: &str, settings: &Settings) -> Explanation {
    support::ask(csv.as_bytes(), settings, &AskExplanation)
}

/// A file of one bell with so many columns, the first `d` of them for the models; the others correlate with the first by 0.5.
fn one_bell(seed: u64, n: usize, d: usize, n_others: usize) -> String {
    let mut rng = Rng::new(seed);
    let mut csv = "id".to_owned();
    (0..d + n_others).for_each(|at| write!(csv, ",c{at}").unwrap());
    csv.push('\n');
    for i in 0..n {
        write!(csv, "K{i}").unwrap();
        let first = rng.normal();
        for at in 0..d + n_others {
            let x = match at {
                0 => first,
                at if at < d => rng.normal(),
                _ => 0.5 * first + 0.75_f64.sqrt() * rng.normal(),
            };
            write!(csv, ",{:.4}", 50.0 + 12.0 * x).unwrap();
        }
        csv.push('\n');
    }
    csv
}

#[test]
fn in_twelve_files_of_one_bell_next_to_nothing_circular_is_supported() {
    let (mut n_supported, mut n_tested, mut n_lines, mut found_beside, mut n_beside) =
        (0, 0, 0, 0, 0);
    for seed in 0..12_u64 {
        let (n, d, k) = (
            120 + 15 * seed as usize,
            1 + seed as usize % 3,
            2 + seed as usize % 4,
        );
        let csv = one_bell(seed, n, d, 1);
        let features: Vec<String> = (0..d).map(|at| format!("c{at}")).collect();
        let names: Vec<&str> = features.iter().map(String::as_str).collect();
        let found = explained(&csv, &settings(&names, &BOTH, k));
        let circular = found.insights.iter().filter(|it| it.is_feature);
        for it in circular {
            n_lines += 1;
            n_tested += usize::from(it.p.is_some());
            n_supported += usize::from(it.finding == Finding::Supported);
            assert_ne!(it.basis, Basis::Permutations, "{it:?}");
        }
        // Where the first column alone cut them, segments differ in a column that correlates with it.
        if d == 1 {
            let mut beside = found.insights.iter();
            let is_beside = |it: &Checked| !it.is_feature && it.finding == Finding::Supported;
            n_beside += 1;
            found_beside += usize::from(beside.any(is_beside));
        }
    }
    println!(
        "{n_supported} of {n_lines} lines supported, {n_tested} with a p value; beside: {found_beside} of {n_beside}"
    );
    assert!(n_lines >= 60 && n_tested >= 40, "{n_lines} {n_tested}");
    assert!(n_supported * 20 <= n_lines, "{n_supported} of {n_lines}");
    assert!(
        n_beside == 4 && found_beside == n_beside,
        "{found_beside} of {n_beside}"
    );
}

#[test]
fn segments_that_are_apart_are_supported_in_what_parts_them() {
    let mut rng = Rng::new(3);
    let mut csv = "id,x,y\n".to_owned();
    for i in 0..150 {
        let x = 20.0 * f64::from(i % 3) + rng.normal();
        writeln!(csv, "K{i},{x:.4},{:.4}", rng.normal()).unwrap();
    }
    let found = explained(&csv, &settings(&["x"], &BOTH, 3));
    let of = |segment: u32, column: &str| {
        let mut lines = found.insights.iter();
        let line =
            lines.find(|it| it.claim.group == Group::Segment(segment) && it.claim.column == column);
        line.unwrap().clone()
    };
    let (low, high) = (of(0, "x"), of(2, "x"));
    assert_eq!(
        (low.finding, low.claim.says),
        (Finding::Supported, Says::Lower)
    );
    assert_eq!(
        (high.finding, high.claim.says),
        (Finding::Supported, Says::Higher)
    );
    assert!(low.p.unwrap() < 0.01 && low.basis == Basis::Selective);
    // No model used y, and it says nothing.
    assert!(found.insights.iter().all(|it| it.claim.column != "y"));
    // Nobody is mismatched, so there is nothing to say of them.
    assert!(
        found
            .insights
            .iter()
            .all(|it| it.claim.group != Group::Mismatched)
    );
}

#[test]
fn every_column_is_looked_at_however_many_there_are() {
    let mut rng = Rng::new(9);
    let mut csv = "id,x,y".to_owned();
    (0..60).for_each(|at| write!(csv, ",q{at}").unwrap());
    csv.push('\n');
    for i in 0..200 {
        let side = f64::from(i % 2);
        write!(
            csv,
            "K{i},{:.4},{:.4}",
            9.0 * side + rng.normal(),
            rng.normal()
        )
        .unwrap();
        for at in 0..60 {
            // The last column alone follows the segments.
            let shift = if at == 59 { 2.0 * side } else { 0.0 };
            write!(csv, ",{:.4}", shift + rng.normal()).unwrap();
        }
        csv.push('\n');
    }
    let found = explained(&csv, &settings(&["x", "y"], &BOTH, 2));
    let claimed: Vec<&str> = found
        .insights
        .iter()
        .filter(|it| it.finding == Finding::Supported && !it.is_feature)
        .map(|it| it.claim.column.as_str())
        .collect();
    assert_eq!(claimed, ["q59", "q59"]);
    assert_eq!(found.columns.len(), 0, "nobody is mismatched");
    assert!(found.insights.iter().all(|it| it.n_tests > 59));
}

#[test]
fn columns_that_do_not_spread_like_a_bell_or_follow_a_feature_have_no_p_value() {
    let mut rng = Rng::new(5);
    let mut csv = "id,income,answer,copy,visits\n".to_owned();
    for i in 0..160 {
        let income = 40.0 + 20.0 * rng.normal();
        let answer = 1 + rng.below(5);
        writeln!(
            csv,
            "K{i},{income:.3},{answer},{:.3},{:.3}",
            -3.0 * income + rng.normal(),
            rng.normal()
        )
        .unwrap();
    }
    let settings = settings(&["income", "answer"], &BOTH, 3);
    let found = explained(&csv, &settings);
    let basis = |column: &str| {
        let lines = found.insights.iter();
        let lines = lines.filter(|it| it.claim.column == column);
        lines.map(|it| it.basis).collect::<Vec<_>>()
    };
    assert!(!basis("answer").is_empty() && !basis("copy").is_empty());
    let is_all = |column: &str, wanted| basis(column).into_iter().all(|it| it == wanted);
    assert!(is_all("answer", Basis::Cut(WhyCut::FewValues)));
    assert!(is_all("copy", Basis::Cut(WhyCut::Related)));
    let lines = found
        .insights
        .iter()
        .filter(|it| matches!(it.basis, Basis::Cut(_)));
    for it in lines {
        assert_eq!((it.finding, it.p), (Finding::NoClaim, None));
    }
    let claim = |column: &str| Claim {
        column: column.into(),
        group: Group::Segment(0),
        says: Says::Higher,
    };
    let ask = |column: &str| support::ask(csv.as_bytes(), &settings, &CheckClaim(claim(column)));
    assert_eq!(ask("copy").finding, Finding::NoClaim);
    assert_eq!(ask("visits").basis, Basis::Permutations);
}

/// One bell in `web` and `store`, and columns that are computed from them, with noise or without.
fn one_bell_and_what_is_made_of_it(order: [usize; 7]) -> String {
    let mut rng = Rng::new(21);
    let names = ["web", "store", "total", "gap", "area", "near", "visits"];
    let line = |cells: [String; 7]| order.map(|at| cells[at].clone()).join(",");
    let mut csv = format!("id,{}\n", line(names.map(str::to_owned)));
    for i in 0..240 {
        let [web, store] = [(); 2].map(|()| 50.0 + (120.0 * rng.normal()).round() / 10.0);
        let near = 2.0 * web - store + 5.0 * rng.normal();
        let made = [
            web,
            store,
            web + store,
            web - store,
            web * store,
            near,
            rng.normal(),
        ];
        writeln!(csv, "K{i},{}", line(made.map(|x| format!("{x:.2}")))).unwrap();
    }
    csv
}

#[test]
fn what_is_computed_from_the_features_proves_nothing_that_they_do_not() {
    for order in [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0]] {
        let csv = one_bell_and_what_is_made_of_it(order);
        let settings = settings(&["web", "store"], &BOTH, 4);
        let found = explained(&csv, &settings);
        for column in ["total", "gap", "area", "near"] {
            let lines = found.insights.iter();
            let lines = lines.filter(|it| it.claim.column == column);
            let lines: Vec<Basis> = lines.map(|it| it.basis).collect();
            assert!(
                lines.len() >= 4 && lines.iter().all(|it| *it == Basis::Cut(WhyCut::Related)),
                "{column} {lines:?}"
            );
        }
        for says in [Says::Higher, Says::Lower] {
            let claim = |column: &str| {
                let column = column.to_owned();
                let group = Group::Segment(0);
                let claim = Claim {
                    column,
                    group,
                    says,
                };
                support::ask(csv.as_bytes(), &settings, &CheckClaim(claim))
            };
            assert_eq!(claim("total").finding, Finding::NoClaim);
            assert_eq!(claim("visits").basis, Basis::Permutations);
        }
    }
}

#[test]
fn a_shared_p_value_is_the_same_to_the_bit_and_the_question_yields_in_between() {
    let csv = one_bell(4, 700, 3, 0);
    let settings = settings(&["c0", "c1", "c2"], &BOTH, 4);
    let (mut alone, _) = support::engine("bell.csv", csv.as_bytes());
    let (mut shared, _) = support::engine("bell.csv", csv.as_bytes());
    let result = ResultId(1);
    for engine in [&mut alone, &mut shared] {
        engine
            .fit(result, settings.clone(), &mut |_, _| ())
            .unwrap();
    }
    let expected = alone.ask(result, &AskExplanation, &mut |_, _| ()).unwrap();
    let (mut n_items, mut n_rounds) = (0, 0);
    let found = loop {
        let shares = shared.shares_of(result, &AskExplanation).unwrap();
        for (item, weight) in shares.into_iter().flat_map(|it| it.items) {
            assert!(weight > 0.0);
            let samples = shared.samples();
            let answer =
                <AskExplanation as seamline::engine::Question>::help(&item, samples, &mut |_| ());
            shared.keep_for::<AskExplanation>(&answer.unwrap());
            n_items += 1;
        }
        n_rounds += 1;
        match shared
            .step(result, &AskExplanation, &mut |_, _| ())
            .unwrap()
        {
            Step::Done(found) => break found,
            Step::Unfinished => {}
        }
    };
    assert_eq!(found, expected);
    println!("{n_items} p values shared, {n_rounds} rounds");
    assert!(n_items > 3 && n_rounds > 1, "{n_items} {n_rounds}");
}
