//! Customers who are kept out of the models, by hand or by filters.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod files;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use seamline::demo::DemoFile;
use seamline::engine::Engine;
use seamline::features::{Feature, Missing};
use seamline::numeric::Rng;
use seamline::result::{Comparison, Dataset, EngineError, Filter, Filters, NO_SEGMENT, Settings};
use seamline::session::{
    Decision, DecisionError, Gesture, History, Kept, Known, Project, Rows, Session, check,
};
use seamline::table::ReadOptions;
use seamline::view::View;

fn opened(name: &str, bytes: &[u8]) -> (Engine, Dataset) {
    let mut engine = Engine::default();
    let mut bytes = bytes;
    let read = engine.import(name, &mut bytes, &ReadOptions::default(), &mut |_, _| ());
    (engine, read.unwrap())
}

/// Customers in four heaps, with gaps, a category, repeats and a skewed amount.
fn file(n: usize) -> Vec<u8> {
    let mut rng = Rng::new(7);
    let mut text = String::from("id,income,spending,amount,town\n");
    for row in 0..n {
        let heap = (row % 4) as f64;
        let income = match rng.below(10) {
            0 => String::new(),
            _ => format!("{:.0}", 20.0 + 25.0 * heap + 4.0 * rng.normal()),
        };
        let spending = 50.0 - 12.0 * heap + 3.0 * rng.normal();
        let amount = (1.0 + heap + rng.normal()).exp();
        let town = ["Bonn", "Köln", "Ulm", ""][rng.below(4)];
        writeln!(text, "C{row:03},{income},{spending:.1},{amount:.2},{town}").unwrap();
    }
    text.into_bytes()
}

/// The rows in the models of a result.
fn rows_in(comparison: &Comparison) -> Vec<usize> {
    let labels = comparison.first_labels().iter().enumerate();
    labels
        .filter(|(_, label)| **label != NO_SEGMENT)
        .map(|(row, _)| row)
        .collect()
}

/// Everything in a result but the settings that it was asked for with, with the bits of floats.
fn bits(comparison: &Comparison) -> String {
    let mut bare = comparison.clone();
    bare.settings = Settings::default();
    let certainty = comparison.models.iter().flat_map(|it| &it.certainty);
    let certainty: Vec<u64> = certainty.map(|x| x.to_bits()).collect();
    let labels: Vec<_> = comparison.models.iter().map(|it| &it.labels).collect();
    let bare = serde_json::to_string(&bare).unwrap();
    format!("{bare} {labels:?} {certainty:?}")
}

/// Filters on columns, features that learn from the customers, and categories.
fn random_filters(view: &View, rng: &mut Rng) -> Filters {
    let names = [
        "income",
        "spending",
        "amount",
        "rank of amount",
        "Yeo-Johnson income",
    ];
    let mut filters = Filters::new();
    for name in names {
        let values = view.numbers(name).unwrap_or_default();
        let known: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        if known.is_empty() || rng.below(3) > 0 {
            continue;
        }
        let (a, b) = (known[rng.below(known.len())], known[rng.below(known.len())]);
        let (min, max) = (a.min(b), a.max(b));
        filters.insert(name.to_owned(), Filter::Range { min, max });
    }
    if rng.below(2) == 0 {
        let codes = [rng.below(3) as u32, rng.below(3) as u32].into();
        filters.insert("town".to_owned(), Filter::Values { codes });
    }
    filters
}

#[test]
fn the_models_use_whom_the_page_shows_under_the_same_filters() {
    let (mut engine, dataset) = opened("heaps.csv", &file(160));
    let mut rng = Rng::new(11);
    let mut n_fitted = 0;
    for round in 0..40 {
        let yeo_johnson = Feature::YeoJohnson {
            a: "income".into(),
            lambda: None,
        };
        let features = vec![
            Feature::column("income"),
            Feature::column("spending"),
            Feature::Rank { a: "amount".into() },
            yeo_johnson,
        ];
        let all = Settings {
            features: Some(features),
            missing: [Missing::LeaveOut, Missing::Median][round % 2],
            left_out: (0..rng.below(20)).map(|_| rng.below(160) as u32).collect(),
            n_clusters: Some(3),
            models: Settings::default_models(usize::MAX),
            ..Settings::default()
        };
        let whole = engine.compare(all.clone(), &mut |_, _| ()).unwrap();
        let none = Filters::new();
        let view = |comparison, filters| View {
            dataset: &dataset,
            comparison,
            filters,
        };
        let filters = random_filters(&view(&whole, &none), &mut rng);
        let shown = view(&whole, &filters).facts(whole.first_pair()).rows;
        let only = filters.clone();
        let fitted = engine.compare(Settings { only, ..all }, &mut |_, _| ());
        match fitted {
            Ok(fitted) => {
                n_fitted += 1;
                assert_eq!(rows_in(&fitted), shown, "{filters:?}");
                assert_eq!(fitted.n_customers, shown.len());
                assert_eq!(fitted.n_outside, whole.n_customers - shown.len());
                // What features have learned does not change with the filters, so the same are shown on top.
                let on_top = view(&fitted, &filters).facts(fitted.first_pair()).rows;
                assert_eq!(on_top, shown);
                let values = |it: &Comparison| -> Vec<u64> {
                    let made = it.made_values.iter().flatten();
                    made.map(|x| x.to_bits()).collect()
                };
                assert!(values(&fitted) == values(&whole));
                // Histograms and chips count whom the other filters let through, in the models or not.
                for name in filters.keys().map(String::as_str).chain(["spending"]) {
                    assert_eq!(
                        view(&fitted, &filters).rows_without_filter(name),
                        view(&whole, &filters).rows_without_filter(name)
                    );
                    assert_eq!(
                        view(&fitted, &filters).extent(name),
                        view(&whole, &filters).extent(name)
                    );
                }
            }
            Err(EngineError::KeptOut { n_customers, .. }) => {
                assert_eq!(n_customers, shown.len());
            }
            Err(_) => assert!(shown.len() < 30, "{filters:?}"),
        }
    }
    assert!(n_fitted > 20, "{n_fitted}");
}

#[test]
fn a_file_of_only_those_who_pass_gives_the_same_segments() {
    let whole = file(120);
    let text = String::from_utf8(whole.clone()).unwrap();
    let spends = |line: &str| line.split(',').nth(2).unwrap().parse::<f64>().unwrap() >= 30.0;
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(at, line)| *at == 0 || spends(line));
    let part: Vec<&str> = lines.map(|(_, line)| line).collect();
    let filter = Filter::Range {
        min: 30.0,
        max: 1e9,
    };
    let settings = |only: Filters| Settings {
        features: Some(vec![Feature::column("income"), Feature::column("spending")]),
        n_clusters: Some(3),
        only,
        ..Settings::default()
    };
    let (mut engine, _) = opened("whole.csv", &whole);
    let only = [("spending".to_owned(), filter)].into();
    let found = engine.compare(settings(only), &mut |_, _| ()).unwrap();
    let (mut alone, _) = opened("part.csv", part.join("\n").as_bytes());
    let expected = alone
        .compare(settings(Filters::new()), &mut |_, _| ())
        .unwrap();
    assert!(found.n_customers < 110 && found.n_customers == expected.n_customers);
    for (found, expected) in found.models.iter().zip(&expected.models) {
        let labels = |labels: &[u32]| -> Vec<u32> {
            let placed = labels.iter().copied();
            placed.filter(|label| *label != NO_SEGMENT).collect()
        };
        assert_eq!(labels(&found.labels), labels(&expected.labels));
        assert_eq!(found.centroids_raw, expected.centroids_raw);
        assert_eq!(found.silhouette, expected.silhouette);
    }
}

/// A page that shows the result of every session.
struct Page {
    engine: Engine,
    dataset: Dataset,
    history: History,
    shown: Arc<Comparison>,
}

impl Page {
    fn of(bytes: &[u8]) -> Self {
        let (mut engine, dataset) = opened("page.csv", bytes);
        let session = Session::for_dataset(&dataset);
        let shown = engine
            .compare(session.fit_settings(), &mut |_, _| ())
            .unwrap();
        Self {
            engine,
            dataset,
            history: History::new(session),
            shown,
        }
    }

    fn try_to(&mut self, decision: Decision) -> Result<(), DecisionError> {
        let known = Known {
            dataset: &self.dataset,
            before: None,
            identity: Some(&self.shown.identity),
            n_clusters: Some(self.shown.n_clusters),
        };
        self.history.decide(decision, &known, Gesture::Whole)?;
        Ok(())
    }

    fn fit(&mut self) -> Result<(), EngineError> {
        let settings = self.history.session().fit_settings();
        self.shown = self.engine.compare(settings, &mut |_, _| ())?;
        Ok(())
    }

    fn decide(&mut self, decision: Decision) {
        self.try_to(decision).unwrap();
        self.fit().unwrap();
    }

    fn range(&mut self, column: &str, range: [f64; 2]) {
        self.decide(Decision::FilterRange {
            column: column.to_owned(),
            range: Some(range),
        });
    }
}

#[test]
fn the_switch_off_again_gives_the_result_of_before_to_the_bit() {
    for demo in [DemoFile::MallVisitors, DemoFile::OnlineOrders] {
        let mut page = Page::of(&demo.generate());
        let before = bits(&page.shown);
        let names = page.dataset.columns.iter();
        let numbers = names.filter(|column| column.summary.is_some());
        let columns: Vec<_> = numbers
            .map(|it| (it.name.clone(), it.summary.unwrap()))
            .collect();
        let n_all = page.shown.n_customers;
        for (name, five) in &columns {
            page.range(name, [five.q25, five.max]);
            assert_eq!(bits(&page.shown), before, "only shown");
            page.decide(Decision::Refit(true));
            let filtered = page.shown.n_customers;
            if five.q25 > five.min {
                assert!(filtered < n_all);
                assert_ne!(bits(&page.shown), before);
            }
            // Another range, then another column, while it is on.
            page.range(name, [five.median, five.max]);
            page.range(&columns[0].0, [columns[0].1.min, columns[0].1.q75]);
            page.decide(Decision::Refit(false));
            assert_eq!(bits(&page.shown), before, "{name}: off");
            page.decide(Decision::Refit(true));
            page.decide(Decision::ClearFilters);
            assert_eq!(bits(&page.shown), before, "{name}: no filter left");
            page.decide(Decision::Refit(false));
        }
        // Step by step back, too.
        while page.history.undo().is_some() {
            page.fit().unwrap();
        }
        assert_eq!(bits(&page.shown), before);
    }
}

#[test]
fn customers_left_out_by_hand_are_counted_and_come_back_to_the_bit() {
    let mut page = Page::of(&file(120));
    let before = bits(&page.shown);
    let n_all = page.shown.n_customers;
    let segment: Vec<u32> = rows_in(&page.shown)
        .into_iter()
        .filter(|&row| page.shown.first_labels()[row] == 0)
        .map(|row| row as u32)
        .collect();
    let leave = page.history.session().leaving_out(segment.iter().copied());
    page.decide(leave);
    assert_eq!(page.shown.n_customers, n_all - segment.len());
    assert!(segment.iter().all(|&row| !page.shown.is_in(row as usize)));
    // A verb adds to those left out already, and takes single ones back.
    let other = rows_in(&page.shown)[3] as u32;
    let leave = page.history.session().leaving_out([other, segment[0]]);
    page.decide(leave);
    assert_eq!(page.shown.n_customers, n_all - segment.len() - 1);
    let back = page.history.session().taking_back([other, 119]);
    page.decide(back);
    assert_eq!(page.shown.n_customers, n_all - segment.len());
    assert!(page.shown.is_in(other as usize));
    for _ in 0..3 {
        page.history.undo().unwrap();
    }
    page.fit().unwrap();
    assert_eq!(bits(&page.shown), before);
}

#[test]
fn two_customers_stay_and_what_leaves_fewer_is_refused_with_everything_as_it_was() {
    let text = b"id,x,y\na,1,2\nb,9,8\nc,5,1\nd,5,1\ne,,3\n";
    let mut page = Page::of(text);
    page.decide(Decision::SetNumber(Some(2)));
    let session = Arc::clone(page.history.session());
    for rows in [vec![0, 1, 2, 3], vec![0, 1, 2], vec![1, 2, 3, 4]] {
        let n_customers = 4 - rows.iter().filter(|row| **row < 4).count();
        let error = page.try_to(Decision::LeaveOut(Rows::of(rows))).unwrap_err();
        assert_eq!(error, DecisionError::TooFewKept { n_customers });
        assert_eq!(page.history.session(), &session);
    }
    let gone = Decision::LeaveOut(Rows::of([7]));
    assert!(matches!(
        page.try_to(gone),
        Err(DecisionError::UnknownRow { row: 7, n_rows: 5 })
    ));
    page.decide(Decision::LeaveOut(Rows::of([2, 3])));
    assert_eq!((page.shown.n_customers, page.shown.n_left_out), (2, 3));
    let last = bits(&page.shown);
    // Two of the same values are no segments: the last result stays, and one step leads back.
    page.try_to(Decision::LeaveOut(Rows::of([0, 1]))).unwrap();
    let alike = EngineError::KeptOut {
        n_customers: 2,
        n_by_hand: 2,
        n_outside: 0,
    };
    assert_eq!(page.fit(), Err(alike));
    assert_eq!(bits(&page.shown), last);
    page.history.undo().unwrap();
    page.decide(Decision::LeaveOut(Rows::default()));
    assert_eq!(page.shown.n_customers, 4);
    // The same by filters.
    page.try_to(Decision::Refit(true)).unwrap();
    let range = |min: f64, max: f64| Decision::FilterRange {
        column: "x".into(),
        range: Some([min, max]),
    };
    let session = Arc::clone(page.history.session());
    for (min, max, n_customers) in [(2.0, 3.0, 0), (0.0, 2.0, 1)] {
        let error = page.try_to(range(min, max)).unwrap_err();
        assert_eq!(error, DecisionError::TooFewKept { n_customers });
        assert_eq!(page.history.session(), &session);
    }
    page.try_to(range(5.0, 6.0)).unwrap();
    let alike = EngineError::KeptOut {
        n_customers: 2,
        n_by_hand: 0,
        n_outside: 2,
    };
    assert_eq!(page.fit(), Err(alike));
    page.decide(range(5.0, 9.0));
    assert_eq!((page.shown.n_customers, page.shown.n_outside), (3, 1));
}

#[test]
fn who_is_kept_out_stands_in_the_project_the_browser_and_the_settings() {
    let mut page = Page::of(&file(80));
    let codes = vec![0, 1];
    let column = "town".to_owned();
    page.decide(Decision::FilterValues { column, codes });
    page.decide(Decision::Refit(true));
    page.decide(Decision::LeaveOut(Rows::of([2, 5, 6])));
    let session = Arc::clone(page.history.session());
    let mark = page.engine.mark().unwrap();
    let project = Project::new(&session, mark);
    let bytes = project.write().unwrap();
    let read = Project::read(&bytes).unwrap();
    assert_eq!(read, project);
    let opened = page.engine.open_on_table(&read).unwrap();
    assert_eq!(opened, *session);
    let kept = Kept {
        project,
        with_data: false,
    };
    assert_eq!(Kept::unpack(&kept.pack().unwrap()).unwrap(), kept);
    // The settings of the result lead to the same session and the same result.
    let settings = page.shown.settings.clone();
    let text = serde_json::to_string(&settings).unwrap();
    let again: Settings = serde_json::from_str(&text).unwrap();
    let from_settings = Session::of_settings(again);
    assert!(from_settings.refits && from_settings.filters == session.filters);
    check(&from_settings, &page.dataset).unwrap();
    let found = page
        .engine
        .compare(from_settings.fit_settings(), &mut |_, _| ());
    assert_eq!(bits(&found.unwrap()), bits(&page.shown));
    // Rows that do not exist, and filters in two places.
    let nonsense = |change: &dyn Fn(&mut Session)| {
        let mut session = (*session).clone();
        change(&mut session);
        check(&session, &page.dataset).unwrap_err()
    };
    let last = *rows_in(&page.shown).last().unwrap() as u32;
    let all_but_one: BTreeSet<u32> = (0..80).filter(|row| *row != last).collect();
    assert_eq!(
        nonsense(&|it| {
            it.settings.left_out.insert(80);
        }),
        DecisionError::UnknownRow {
            row: 80,
            n_rows: 80
        }
    );
    assert_eq!(
        nonsense(&|it| it.settings.left_out = all_but_one.clone()),
        DecisionError::TooFewKept { n_customers: 1 }
    );
    assert_eq!(
        nonsense(&|it| it.settings.only = it.filters.clone()),
        DecisionError::FiltersTwice
    );
}

#[test]
fn filters_of_settings_on_what_is_not_there_are_named() {
    let (mut engine, _) = opened("heaps.csv", &file(40));
    let only = |name: &str| -> Filters {
        let range = Filter::Range { min: 0.0, max: 1.0 };
        [(name.to_owned(), range)].into()
    };
    for name in ["no such column", "town", "id"] {
        let settings = Settings {
            only: only(name),
            ..Settings::default()
        };
        let error = engine.compare(settings, &mut |_, _| ()).unwrap_err();
        assert!(format!("{error:?}").contains(name), "{error:?}");
    }
}
