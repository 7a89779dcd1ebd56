//! Requests carried out alone and with a helper give the same answers; invalid ones are refused.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fmt::Write;

use super::*;
use crate::cluster::ModelKey;
use crate::cluster::k_means::Centres;
use crate::demo::DemoFile;
use crate::export::Format;
use crate::features::Feature;
use crate::questions::{
    AnyQuestion, AskCard, AskExplanation, AskNoiseFloor, AskReality, AskSweep, AskWhatIf, Listed,
};
use crate::result::{NotPossible, ResultId, Settings, Stage};
use crate::table::ReadOptions;

const RESULT: ResultId = ResultId(1);

fn carry(engine: &mut Engine, request: Request) -> Result<Outcome, EngineError> {
    carry_out(engine, request, None, &mut |_, _| ())
}

fn ask(result: ResultId, question: impl Listed) -> Request {
    let question = question.into_any();
    Request::Ask { result, question }
}

fn fit(id: ResultId, settings: Settings) -> Request {
    Request::Fit { id, settings }
}

fn mall() -> Engine {
    let mut engine = Engine::default();
    let demo = DemoFile::MallVisitors;
    let options = ReadOptions::default();
    carry(&mut engine, Request::ImportDemo { demo, options }).unwrap();
    engine
}

fn with_k(n_clusters: usize) -> Settings {
    Settings {
        n_clusters: Some(n_clusters),
        ..Default::default()
    }
}

/// Customers around four centres.
fn heaps() -> Engine {
    let mut csv = String::from("a,b,c\n");
    let mut rng = crate::numeric::Rng::new(7);
    for i in 0..2_000 {
        let centre = 4.0 * f64::from(i % 4);
        let x: [f64; 3] = std::array::from_fn(|_| centre + rng.normal());
        writeln!(csv, "{:.3},{:.3},{:.3}", x[0], x[1], x[2]).unwrap();
    }
    let mut engine = Engine::default();
    let import = Request::Import {
        name: "heaps.csv".into(),
        options: ReadOptions::default(),
    };
    let mut file = csv.as_bytes();
    carry_out(&mut engine, import, Some(&mut file), &mut |_, _| ()).unwrap();
    engine
}

fn of_heaps(centres: Centres, n_clusters: Option<usize>) -> Settings {
    Settings {
        models: [
            ModelKey::K_MEANS,
            ModelKey::HIERARCHICAL,
            ModelKey::GAUSSIAN_MIXTURE,
        ]
        .into(),
        features: Some(["a", "b", "c"].map(Feature::column).into()),
        n_init: 2,
        centres,
        n_clusters,
        ..Default::default()
    }
}

/// Carries out a request as the page does, alone or with one helper: the outcome, the number of attempts, and the number of tasks
/// done by the helper. The helper gets the samples at most once.
fn carry_through(
    engine: &mut Engine,
    request: &Request,
    has_helper: bool,
) -> (Outcome, usize, usize) {
    let (mut n_made, mut n_helped) = (0, 0);
    let mut helper = None;
    loop {
        if has_helper {
            n_helped += share_out(engine, request, &mut helper);
        }
        n_made += 1;
        // The fits that a question needs come first.
        let mut last = (true, 0.0);
        let outcome = carry_out(engine, request.clone(), None, &mut |stage, done| {
            let is_fit = matches!(
                stage,
                Stage::Fitting { .. } | Stage::References | Stage::Counting | Stage::Silhouette
            );
            let is_later = is_fit == last.0 && done >= last.1;
            assert!(is_later || last.0 && !is_fit, "{done} after {last:?}");
            last = (is_fit, done);
        });
        match outcome.unwrap() {
            Outcome::Unfinished => {}
            outcome => return (outcome, n_made, n_helped),
        }
    }
}

/// Has the helper do all tasks shared before the request is carried out; returns their number.
fn share_out(engine: &mut Engine, request: &Request, helper: &mut Option<Samples>) -> usize {
    let hold = |helper: &Option<Samples>| match helper {
        Some(_) => Helpers::Lent,
        None => Helpers::Fresh,
    };
    let (mut help_is, mut n_helped) = (Help::Offered(hold(helper)), 0);
    while let Some((answer, parcels)) = share(engine, 1, request, help_is) {
        let FromWorker::Shared {
            weights,
            whole,
            left,
            ..
        } = answer
        else {
            panic!("{answer:?}");
        };
        assert!(left <= whole && weights.iter().sum::<f64>() <= left * (1.0 + 1e-12));
        let mut tasks = parcels.as_slice();
        if tasks.len() > weights.len() {
            assert!(helper.is_none(), "lent twice");
            *helper = unpack_samples(&parcels[0]);
            tasks = &parcels[1..];
        }
        help_is = Help::AtHand(hold(helper));
        assert_eq!(tasks.len(), weights.len());
        // In reverse: results may come in any order.
        for (number, task) in tasks.iter().enumerate().rev() {
            if number % 2 == 0 {
                let found = help(helper.as_ref(), task, &mut |_, _| ()).unwrap();
                keep(engine, &pack_result(&found).unwrap());
                n_helped += 1;
            } else {
                let samples = engine.samples().unwrap().clone();
                let found = help(Some(&samples), task, &mut |_, _| ()).unwrap();
                found.keep(engine);
            }
        }
    }
    n_helped
}

#[test]
fn shared_fits_have_the_outcome_of_one_worker() {
    let settings = of_heaps(Centres::Means, None);
    let request = fit(RESULT, settings);
    let (expected, ..) = carry_through(&mut heaps(), &request, false);
    let (found, n_made, n_helped) = carry_through(&mut heaps(), &request, true);
    assert_eq!(found, expected);
    assert!(n_made == 1 && n_helped > 4, "{n_made} {n_helped}");
}

#[test]
fn shared_questions_have_the_answer_of_one_worker() {
    let (mut alone, mut shared) = (heaps(), heaps());
    for engine in [&mut alone, &mut shared] {
        carry(engine, fit(RESULT, of_heaps(Centres::Medians, Some(4)))).unwrap();
    }
    let questions: [AnyQuestion; 4] = [
        AskSweep.into_any(),
        AskReality.into_any(),
        AskNoiseFloor.into_any(),
        AskWhatIf.into_any(),
    ];
    for question in questions {
        let is_in_rounds = question != AskSweep.into_any();
        let result = RESULT;
        let request = Request::Ask { result, question };
        let (expected, n_alone, _) = carry_through(&mut alone, &request, false);
        let (found, n_shared, n_helped) = carry_through(&mut shared, &request, true);
        assert_eq!(found, expected);
        assert!(n_helped > 4, "{n_helped} of {request:?}");
        // What a helper has done is not repeated.
        assert_eq!(n_shared < n_alone, is_in_rounds, "{n_shared}, {n_alone}");
    }
}

#[test]
fn samples_are_lent_once_and_others_anew() {
    let mut engine = heaps();
    carry(&mut engine, fit(RESULT, of_heaps(Centres::Means, Some(4)))).unwrap();
    let other = ResultId(2);
    let settings = Settings {
        features: Some(["a", "b"].map(Feature::column).into()),
        ..of_heaps(Centres::Means, Some(4))
    };
    carry(&mut engine, fit(other, settings)).unwrap();
    let is_lent = |engine: &mut Engine, result, helpers| {
        let request = ask(result, AskNoiseFloor);
        let (answer, parcels) = share(engine, 1, &request, Help::Offered(helpers)).unwrap();
        let FromWorker::Shared { weights, .. } = answer else {
            panic!("{answer:?}");
        };
        parcels.len() > weights.len()
    };
    assert!(
        is_lent(&mut engine, other, Helpers::Lent),
        "nobody was lent these"
    );
    assert!(!is_lent(&mut engine, other, Helpers::Lent));
    assert!(is_lent(&mut engine, other, Helpers::Fresh));
    // The models of the first result are fitted again.
    carry(&mut engine, ask(RESULT, AskNoiseFloor)).unwrap();
    assert!(
        is_lent(&mut engine, RESULT, Helpers::Lent),
        "they hold others"
    );
}

#[test]
fn questions_take_turns_and_answer_what_they_would_alone() {
    let ended = |outcome: &Outcome| *outcome != Outcome::Unfinished;
    let questions = || [ask(RESULT, AskNoiseFloor), ask(RESULT, AskWhatIf)];
    let alone = questions().map(|request| {
        let mut engine = heaps();
        carry(&mut engine, fit(RESULT, of_heaps(Centres::Means, Some(4)))).unwrap();
        carry_through(&mut engine, &request, false).0
    });
    let mut engine = heaps();
    carry(&mut engine, fit(RESULT, of_heaps(Centres::Means, Some(4)))).unwrap();
    let mut found = [Outcome::Unfinished, Outcome::Unfinished];
    let mut n_rounds = 0;
    while !found.iter().all(ended) {
        for (found, request) in found.iter_mut().zip(questions()) {
            if !ended(found) {
                *found = carry(&mut engine, request).unwrap();
            }
        }
        if n_rounds == 0 {
            // A question in between neither waits nor disturbs the others.
            carry(&mut engine, ask(RESULT, AskExplanation)).unwrap();
        }
        n_rounds += 1;
    }
    assert_eq!(found, alone);
    assert!(n_rounds > 4, "{n_rounds}");
}

#[test]
fn a_result_is_asked_about_by_its_name_as_long_as_it_is_held() {
    let mut engine = mall();
    let [first, second, never] = [ResultId(1), ResultId(2), ResultId(9)];
    carry(&mut engine, fit(first, with_k(4))).unwrap();
    let of_first = carry_through(&mut engine, &ask(first, AskNoiseFloor), false).0;
    // One round of a question that is never finished.
    carry(&mut engine, ask(first, AskWhatIf)).unwrap();
    let other = Settings {
        features: Some(vec![Feature::column("Age")]),
        ..with_k(3)
    };
    carry(&mut engine, fit(second, other)).unwrap();
    // Its models were dropped and are fitted again; nothing is mixed up with the newer ones.
    assert_ne!(
        carry_through(&mut engine, &ask(second, AskNoiseFloor), false).0,
        of_first
    );
    assert_eq!(
        carry_through(&mut engine, &ask(first, AskNoiseFloor), false).0,
        of_first
    );
    let gone = |result| Err(EngineError::ResultGone { result });
    assert_eq!(carry(&mut engine, ask(never, AskReality)), gone(never));
    // A failed fit leaves the results unchanged.
    assert!(carry(&mut engine, fit(ResultId(3), with_k(99))).is_err());
    assert!(carry(&mut engine, ask(second, AskExplanation)).is_ok());
    for id in 10..20 {
        let settings = Settings {
            seed: u64::from(id),
            ..with_k(4)
        };
        carry(&mut engine, fit(ResultId(id), settings)).unwrap();
    }
    assert_eq!(carry(&mut engine, ask(first, AskReality)), gone(first));
    // With another table, no result of this one exists.
    let mut other = mall();
    std::mem::swap(&mut engine, &mut other);
    let newest = ResultId(19);
    assert_eq!(carry(&mut engine, ask(newest, AskReality)), gone(newest));
}

#[test]
fn a_file_that_is_written_leaves_the_results_and_what_is_half_done() {
    let mut engine = heaps();
    for k in 2..=9 {
        carry(&mut engine, fit(ResultId(k as u32), with_k(k))).unwrap();
    }
    let shown = ResultId(20);
    carry(&mut engine, fit(shown, Settings::default())).unwrap();
    let export = Request::Export {
        session: Box::default(),
        format: Format::Labelled,
    };
    let request = ask(shown, AskNoiseFloor);
    let mut n_files = 0;
    while carry(&mut engine, request.clone()).unwrap() == Outcome::Unfinished {
        carry(&mut engine, export.clone()).unwrap();
        n_files += 1;
        assert!(n_files < 100, "it begins anew");
    }
    assert!(n_files > 0);
    // There are as many results as before: a second id takes no room.
    assert!(carry(&mut engine, ask(ResultId(3), AskReality)).is_ok());
}

#[test]
fn what_cannot_be_answered_says_why_and_what_is_asked_of_nothing_too() {
    let mut engine = Engine::default();
    let request = ask(RESULT, AskReality);
    assert_eq!(
        carry(&mut engine, request.clone()),
        Err(EngineError::NoTable)
    );
    assert!(share(&mut engine, 1, &request, Help::Offered(Helpers::Fresh)).is_none());
    let mut engine = mall();
    carry(&mut engine, fit(RESULT, with_k(5))).unwrap();
    let row = 5_000;
    assert_eq!(
        carry(&mut engine, ask(RESULT, AskCard::of(row))),
        Err(NotPossible::RowLeftOut { row }.into())
    );
}

#[test]
fn small_and_wrong_requests_are_not_shared() {
    let mut engine = mall();
    for n_clusters in [5, 99] {
        let request = fit(RESULT, with_k(n_clusters));
        assert!(share(&mut engine, 1, &request, Help::Offered(Helpers::Fresh)).is_none());
    }
    assert!(
        share(
            &mut engine,
            1,
            &ask(RESULT, AskReality),
            Help::Offered(Helpers::Fresh)
        )
        .is_none()
    );
}

#[test]
fn bytes_that_are_no_work_are_refused() {
    let mut engine = mall();
    carry(&mut engine, fit(RESULT, with_k(5))).unwrap();
    let samples = engine.samples().unwrap().clone();
    for parcel in [&b""[..], b"\xff\xff", b"\x01\x03\x00"] {
        assert!(help(Some(&samples), parcel, &mut |_, _| ()).is_none());
        keep(&mut engine, parcel);
    }
    let request = ask(RESULT, AskNoiseFloor);
    let (_, n_made, _) = carry_through(&mut engine, &request, false);
    assert!(n_made > 0);
}
