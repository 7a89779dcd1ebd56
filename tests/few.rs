//! Few customers, equal customers, segments of one: typed facts, and never a number that is NaN.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::fmt::Write;

use seamline::cluster::ModelKey;
use seamline::explain::{Claim, Finding, Group, Says};
use seamline::export::{Evidence, EvidenceSet, Report};
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::quality::RealityLevel;
use seamline::questions::{AskCard, CheckClaim};
use seamline::result::{EngineError, Filter, Filters, NotPossible, ResultId, Settings};
use seamline::session::Session;
use seamline::table::Unit;
use seamline::view::View;
use seamline::words;

fn settings(columns: &[&str], k: usize) -> Settings {
    Settings {
        features: Some(columns.iter().map(|name| Feature::column(name)).collect()),
        n_clusters: Some(k),
        ..Settings::default()
    }
}

/// No column of these files is written with a unit.
fn unit_of(_: &str) -> Unit {
    Unit::None
}

/// Every sentence on the screen about a report.
fn sentences(report: &Report) -> String {
    let mut said = String::new();
    let mut say = |sentence: String| writeln!(said, "{sentence}").unwrap();
    let reality = report.reality.as_ref().unwrap();
    say(words::verdict_sentence(reality));
    say(words::verdict_note(reality));
    let explanation = report.explanation.as_ref().unwrap();
    say(words::explanation_sentence(explanation, &unit_of));
    for column in &explanation.columns {
        say(words::difference_words(column, explanation.n_tested()));
    }
    let found = report.what_if.as_ref().unwrap();
    say(words::what_if_sentence(found, found.n_customers));
    say(words::cells_sentence(found));
    if let Some(noise) = &report.noise_floor {
        say(words::noise_sentence(noise, report.models.len() < 2));
        if let Some(starts) = &noise.starts {
            say(words::starts_sentence(starts, &[]));
        }
    }
    for card in report.cards.iter().flatten() {
        say(words::margin_sentence(card));
        say(words::card_votes_sentence(card, None));
        say(words::no_change_words(card));
        card.changes
            .iter()
            .for_each(|change| say(words::change_words(change, &unit_of)));
        if let Some(joining) = &card.joining {
            say(words::joining_sentence(
                joining,
                Some(card.pair.0 as usize),
                Some(card.pair.1 as usize),
            ));
        }
        for placed in &card.segments {
            say(words::silhouette_sentence(placed.silhouette));
        }
    }
    for (_, profiles) in report.profiles.iter().flatten() {
        for (_, name) in words::segment_names(profiles, &[]) {
            say(name);
        }
        for profile in profiles {
            say(words::profile_sentence(profile, Some("7"), &[], &unit_of));
            profile
                .numbers
                .iter()
                .for_each(|it| say(words::number_tip(it, Unit::None)));
            profile
                .shares
                .iter()
                .for_each(|it| say(words::share_tip(it) + &words::share_beside_words(it)));
        }
    }
    for insight in &explanation.insights {
        say(words::evidence_sentence(
            insight,
            words::Who::Mismatched,
            Unit::None,
        ));
    }
    let advised = report.advice.as_ref().unwrap();
    for advice in &advised.segments {
        say(words::test_sentence(&advised.offer, advice.n));
        for row in words::gain_rows(&advised.offer, advice.n) {
            say([row.name, &row.how, &row.result].join(" "));
        }
    }
    said
}

fn report(csv: &str, settings: &Settings) -> Report {
    let report = support::report(csv.as_bytes(), settings);
    let said = sentences(&report);
    assert!(!said.contains("NaN") && !said.contains("inf"), "{said}");
    report
}

#[test]
fn two_customers_are_too_few_to_say() {
    let found = report("id,x,y\n1,1,2\n2,5,9\n", &settings(&["x", "y"], 2));
    let reality = found.reality.as_ref().unwrap();
    assert!(reality.is_too_few && reality.level == RealityLevel::Unjudged);
    assert_eq!(words::verdict(reality), "Cannot be judged");
    assert_eq!(words::verdict_note(reality), "too few customers");
    assert_eq!(found.comparison.n_mismatched, 0);
    // What is not computed of segments of one is no number.
    assert_eq!((reality.silhouette, reality.nulls.len()), (None, 0));
    assert_eq!(found.comparison.fowlkes_mallows, None);
    assert!(found.models.values().all(|it| it.silhouette.is_none()));
    for model in &found.noise_floor.unwrap().models {
        assert_eq!(
            (model.n_sets, model.jaccard.as_slice()),
            (0, [None; 2].as_slice())
        );
    }
    let explanation = found.explanation.unwrap();
    assert!(explanation.insights.is_empty() && explanation.rule.is_none());
    assert!(found.advice.unwrap().is_behind_verdict);
    let mut engine = support::engine("two.csv", b"id,x,y\n1,1,2\n2,5,9\n").0;
    let claim = Claim {
        column: "x".into(),
        group: Group::Segment(0),
        says: Says::Higher,
    };
    let result = ResultId(1);
    engine
        .fit(result, settings(&["x", "y"], 2), &mut |_, _| ())
        .unwrap();
    let mut check = |claim| engine.ask(result, &CheckClaim(claim), &mut |_, _| ());
    assert_eq!(check(claim.clone()).unwrap().finding, Finding::TooFew);
    let column = "name".to_owned();
    let of_no_numbers = Claim {
        column: column.clone(),
        ..claim
    };
    assert_eq!(
        check(of_no_numbers),
        Err(NotPossible::NoNumbers { column }.into())
    );
    // A card of a customer who is alone in a segment.
    let card = engine.ask(result, &AskCard::of(1), &mut |_, _| ()).unwrap();
    assert_eq!(
        (card.joining, card.segments[0].silhouette),
        (None, Some(0.0))
    );
}

#[test]
fn alike_customers_and_a_column_of_one_value() {
    let alike = "id,x\n1,4\n2,4\n3,4\n";
    let error = support::engine("alike.csv", alike.as_bytes())
        .0
        .report(settings(&["x"], 2), &mut |_, _| ())
        .unwrap_err();
    assert_eq!(error, EngineError::AllAlike { n_samples: 3 });
    let mut one_value = "id,x,same\n".to_owned();
    for i in 0..40 {
        writeln!(one_value, "{i},{},7", i * i).unwrap();
    }
    let found = report(&one_value, &settings(&["x", "same"], 3));
    let (_, profiles) = &found.profiles.as_ref().unwrap()[0];
    let same = profiles[0]
        .numbers
        .iter()
        .find(|it| it.column == "same")
        .unwrap();
    assert_eq!((same.effect, same.segment.median), (0.0, 7.0));
    let column = found
        .explanation
        .as_ref()
        .unwrap()
        .columns
        .iter()
        .find(|it| it.column == "same");
    assert!(column.is_none_or(|it| it.statistic < 1e-12 && it.p.is_none()));
}

#[test]
fn a_segment_of_one_and_a_model_with_more_segments() {
    let mut csv = "id,x,y\n".to_owned();
    for i in 0..60 {
        writeln!(csv, "{i},{},{}", i % 6, i % 5).unwrap();
    }
    csv += "99,1000,1000\n";
    let found = report(&csv, &settings(&["x", "y"], 2));
    assert!(found.reality.as_ref().unwrap().has_sliver);
    let (_, profiles) = &found.profiles.as_ref().unwrap()[0];
    let alone = profiles.iter().find(|it| it.n == 1).unwrap();
    assert_eq!(alone.typical, Some((60, true)));
    let more = Settings {
        models: [
            ModelKey::K_MEANS,
            ModelKey::HIERARCHICAL,
            ModelKey::GAUSSIAN_MIXTURE,
        ]
        .into(),
        own_n_clusters: [(ModelKey::HIERARCHICAL, 5)].into(),
        covariance: seamline::cluster::gaussian_mixture::CovarianceType::Spherical,
        scaling: seamline::features::Scaling::None,
        ..settings(&["x", "y"], 3)
    };
    match support::engine("more.csv", csv.as_bytes())
        .0
        .report(more, &mut |_, _| ())
    {
        Ok(found) => {
            let said = sentences(&found);
            assert!(!said.contains("NaN") && !said.contains("inf"), "{said}");
            assert!(found.models[&ModelKey::HIERARCHICAL].sizes.len() >= 5);
        }
        // The outlier may get a component of the mixture for itself, which collapses.
        Err(error) => assert!(matches!(error, EngineError::Fit(_)), "{error:?}"),
    }
}

#[test]
fn a_filter_that_leaves_three_customers() {
    let mut csv = "id,x,y,kind\n".to_owned();
    for i in 0..60 {
        writeln!(
            csv,
            "{i},{},{},{}",
            i % 7 + 20 * (i % 3),
            i % 11,
            ["a", "b"][i % 2]
        )
        .unwrap();
    }
    let (dataset, comparison) = support::compare(csv.as_bytes(), &settings(&["x", "y"], 3));
    let narrow = |max: f64| Filters::from([("id".to_owned(), Filter::Range { min: 0.0, max })]);
    for (max, n) in [(2.0, 3), (0.0, 1), (-1.0, 0)] {
        let filters = narrow(max);
        let view = View {
            dataset: &dataset,
            comparison: &comparison,
            filters: &filters,
        };
        let facts = view.facts(comparison.first_pair());
        assert_eq!(facts.rows.len(), n);
        let profiles = view.profiles(ModelKey::K_MEANS, &facts);
        assert_eq!(profiles.iter().map(|it| it.n).sum::<usize>(), n);
        for profile in &profiles {
            let said = words::profile_sentence(profile, None, &[], &unit_of);
            assert!(!said.contains("NaN"), "{said}");
            for it in &profile.numbers {
                assert!(
                    it.effect.is_finite() && !words::number_tip(it, Unit::None).contains("NaN"),
                    "{it:?}"
                );
            }
            assert!(
                profile
                    .shares
                    .iter()
                    .all(|it| it.interval.0 <= it.share && it.share <= it.interval.1)
            );
        }
    }
}

#[test]
fn odd_files_have_changes_or_words_and_no_number_that_was_not_computed() {
    let of = |n: usize, row: &dyn Fn(usize) -> String| {
        let rows: Vec<String> = (0..n).map(row).collect();
        format!("id,x,y\n{}\n", rows.join("\n"))
    };
    let mut rng = Rng::new(15);
    let noise: Vec<[f64; 2]> = (0..60).map(|_| [rng.uniform(), rng.uniform()]).collect();
    let files = [
        (
            "a constant column",
            of(60, &|i| format!("{i},{:.3},7", noise[i][0])),
        ),
        (
            "one yes/no column",
            of(60, &|i| format!("{i},{},{:.2}", i % 2, noise[i][1])),
        ),
        (
            "yes/no alone",
            of(60, &|i| format!("{i},{},{}", i % 2, i / 2 % 2)),
        ),
        ("two rows", of(2, &|i| format!("{i},{i},{}", 5 * i))),
        (
            "a segment of one",
            of(60, &|i| {
                let far = if i == 7 { 90.0 } else { 0.0 };
                format!("{i},{:.2},{:.2}", noise[i][0] + far, noise[i][1] + far)
            }),
        ),
        (
            "few different rows",
            of(90, &|i| format!("{i},{},{}", i % 3, i % 9)),
        ),
        (
            "mostly zeros",
            of(60, &|i| {
                let x = if i % 5 < 3 { 0.0 } else { 100.0 * noise[i][0] };
                format!("{i},{x:.2},{:.2}", noise[i][1])
            }),
        ),
    ];
    let (mut n_mismatched, mut n_alike) = (0, 0);
    for (name, text) in files {
        for (k, scaling) in [(2, Scaling::ZScore), (3, Scaling::None)] {
            let (mut engine, _) = support::engine("odd.csv", text.as_bytes());
            let settings = Settings {
                features: Some(["x", "y"].map(Feature::column).to_vec()),
                n_clusters: Some(k),
                scaling,
                ..Settings::default()
            };
            let session = Session {
                settings: settings.clone(),
                ..Session::default()
            };
            let asked = EvidenceSet::from_iter([Evidence::Cards]);
            let Ok(report) = engine.report_of(&session, &asked, &mut |_, _| ()) else {
                // Three segments of two rows, or of two different ones.
                assert!(matches!(name, "two rows"), "{name} {k}");
                continue;
            };
            let compared = &report.comparison;
            assert!((0.0..=1.0).contains(&compared.element_centric), "{name}");
            if compared.n_mismatched == 0 {
                // No row of these files is left out.
                let all = compared.element_centric_of_rows.iter().flatten();
                assert!(all.copied().all(|share| share > 0.0), "{name}");
                n_alike += 1;
            }
            n_mismatched += compared.n_mismatched;
            for card in report.cards.iter().flatten() {
                for change in &card.changes {
                    assert!((1..=2).contains(&change.moves.len()), "{name} {change:?}");
                    for step in &change.moves {
                        assert!(step.to.is_finite() && step.to != step.from, "{name}");
                        // A constant has nowhere to go.
                        assert!(name != "a constant column" || step.column == "x");
                        assert!(
                            !(name.contains("yes/no") && step.column == "x")
                                || step.to == 0.0
                                || step.to == 1.0
                        );
                    }
                }
                let words = words::no_change_words(card);
                assert!(!words.contains("NaN") && words.ends_with('.'), "{words}");
            }
        }
    }
    assert!(n_mismatched > 5 && n_alike > 1, "{n_mismatched} {n_alike}");
}

/// Three heaps in two columns, and a number in a third that sorts customers into segments at random.
fn heaps_and_labels(label_first: bool) -> String {
    let mut rng = Rng::new(4);
    let head = ["segment,area,basket\n", "area,basket,segment\n"];
    let mut csv = head[usize::from(!label_first)].to_owned();
    for i in 0..150 {
        let centre = [0.0, 9.0, 20.0][i % 3];
        let [a, b] = [centre + rng.normal(), rng.normal()];
        let label = 1 + rng.below(3);
        let line = if label_first {
            format!("{label},{a:.3},{b:.3}\n")
        } else {
            format!("{a:.3},{b:.3},{label}\n")
        };
        csv.push_str(&line);
    }
    csv
}

#[test]
fn a_former_segment_is_left_out_of_the_verdict_wherever_it_stands_in_the_file() {
    let judged =
        |csv: String, columns: [&str; 3]| report(&csv, &settings(&columns, 3)).reality.unwrap();
    let last = judged(heaps_and_labels(false), ["area", "basket", "segment"]);
    let first = judged(heaps_and_labels(true), ["segment", "area", "basket"]);
    assert_eq!(last.left_out, ["segment"]);
    // The letters of segments follow the order of the columns; nothing else does.
    assert_eq!(
        (&first.nulls, first.silhouette),
        (&last.nulls, last.silhouette)
    );
}

#[test]
fn one_column_with_two_heaps_holds_real_segments() {
    let mut rng = Rng::new(9);
    let rows = (0..160).map(|i| format!("{:.3}\n", 8.0 * f64::from(i % 2) + rng.normal()));
    let csv = format!("spend\n{}", rows.collect::<String>());
    let found = report(&csv, &settings(&["spend"], 2)).reality.unwrap();
    assert_eq!(found.level, RealityLevel::Clear, "{found:?}");
    // The copula of one column is the column, heaps and all.
    assert_eq!(found.nulls.len(), 2);
    let tailed = (0..160).map(|_| format!("{:.3}\n", libm::exp(rng.normal())));
    let csv = format!("spend\n{}", tailed.collect::<String>());
    let found = report(&csv, &settings(&["spend"], 2)).reality.unwrap();
    assert!(!found.level.is_beyond_chance(), "{found:?}");
}
