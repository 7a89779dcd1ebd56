//! Sequences of requests, replies, losses and new workers.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use super::*;
use crate::demo::DemoFile;
use crate::engine::Engine;
use crate::export::Format;
use crate::questions::{
    AskCard, AskExplanation, AskNoiseFloor, AskReality, AskSweep, AskWhatIf, Listed,
};
use crate::result::EngineError;
use crate::session::Session;
use crate::table::ReadOptions;
use crate::worker::carry_out;

const DONE: Option<&Outcome> = Some(&Outcome::Unfinished);

fn fit(k: usize) -> Request {
    Request::Fit {
        id: ResultId(k as u32),
        settings: with_k(k),
    }
}

fn with_k(k: usize) -> Settings {
    Settings {
        n_clusters: Some(k),
        ..Settings::default()
    }
}

fn ask(k: usize, question: impl Listed) -> Request {
    Request::Ask {
        result: ResultId(k as u32),
        question: question.into_any(),
    }
}

fn export(k: usize) -> Request {
    let session = Session {
        settings: with_k(k),
        ..Session::default()
    };
    Request::Export {
        session: Box::new(session),
        format: Format::Labelled,
    }
}

fn import() -> Request {
    Request::ImportDemo {
        demo: DemoFile::MallVisitors,
        options: ReadOptions::default(),
    }
}

fn request<F>(next: Option<Next<F>>) -> Option<Request> {
    match next {
        Some(Next::Run(_, job)) => Some(job.request),
        Some(Next::Restore(_)) | None => None,
    }
}

/// The engine's outcomes of importing a demo file and of fits with these numbers of segments.
fn outcomes(numbers: &[usize]) -> Vec<Outcome> {
    let mut engine = Engine::default();
    let mut carry = |request| carry_out(&mut engine, request, None, &mut |_, _| ()).unwrap();
    let imported = carry(import());
    let fitted = numbers.iter().map(|&k| carry(fit(k)));
    std::iter::once(imported).chain(fitted).collect()
}

/// A queue whose worker has read a table; the last job was number 1.
fn with_table() -> Queue<&'static str> {
    let mut queue = Queue::default();
    queue.open();
    queue.ask(import(), "mall");
    queue.finish(1, outcomes(&[]).first()).unwrap();
    queue
}

/// A queue with a result of four segments on the screen; the last job was number 2.
fn with_result() -> Queue<&'static str> {
    let mut queue = with_table();
    queue.ask(fit(4), "");
    queue.finish(2, outcomes(&[4]).last()).unwrap();
    queue
}

#[test]
fn a_newer_request_replaces_the_waiting_one_of_its_kind() {
    let mut queue = Queue::default();
    assert!(queue.ask(fit(1), ()).is_none(), "there is no worker yet");
    assert!(queue.ask(fit(2), ()).is_none());
    assert_eq!(request(queue.open()), Some(fit(2)));
    assert!(queue.ask(fit(3), ()).is_none());
    assert!(queue.ask(fit(4), ()).is_none());
    assert!(queue.finish(1, None).is_some());
    assert_eq!(request(queue.start()), Some(fit(4)));
    assert!(
        queue.finish(1, DONE).is_none() && queue.is_running(2),
        "a reply to an old job is dropped"
    );
    // A newer card replaces an older one; questions of other kinds stay.
    queue.ask(ask(4, AskCard::of(1)), ());
    queue.ask(ask(4, AskReality), ());
    queue.ask(ask(4, AskCard::of(2)), ());
    assert!(queue.finish(2, None).is_some());
    assert_eq!(request(queue.start()), Some(ask(4, AskReality)));
    queue.finish(3, DONE);
    assert_eq!(request(queue.start()), Some(ask(4, AskCard::of(2))));
    queue.finish(4, DONE);
    assert!(queue.is_idle());
}

#[test]
fn what_is_unfinished_lets_the_others_pass_and_keeps_its_order() {
    let mut queue = Queue::default();
    queue.open();
    queue.ask(ask(2, AskNoiseFloor), ());
    assert_eq!(request(queue.go_on(1)), Some(ask(2, AskNoiseFloor)));
    queue.ask(ask(2, AskWhatIf), ());
    queue.ask(ask(2, AskReality), ());
    queue.ask(fit(3), ());
    // A fit first, then questions not begun, in order.
    assert_eq!(request(queue.go_on(2)), Some(fit(3)));
    queue.finish(3, None);
    assert_eq!(request(queue.start()), Some(ask(2, AskWhatIf)));
    assert_eq!(request(queue.go_on(4)), Some(ask(2, AskReality)));
    // All are begun: first the verdict, then other settings, then the noise floor.
    assert_eq!(request(queue.go_on(5)), Some(ask(2, AskReality)));
    queue.ask(export(2), ());
    queue.ask(ask(2, AskCard::of(0)), ());
    assert_eq!(request(queue.go_on(6)), Some(export(2)));
    queue.finish(7, DONE);
    assert_eq!(request(queue.start()), Some(ask(2, AskCard::of(0))));
    queue.finish(8, DONE);
    assert_eq!(request(queue.start()), Some(ask(2, AskReality)));
    queue.finish(9, DONE);
    assert_eq!(request(queue.start()), Some(ask(2, AskWhatIf)));
    queue.finish(10, DONE);
    assert_eq!(request(queue.start()), Some(ask(2, AskNoiseFloor)));
    // The same question about another result replaces this one.
    queue.ask(ask(4, AskNoiseFloor), ());
    assert_eq!(request(queue.go_on(11)), Some(ask(4, AskNoiseFloor)));
    queue.finish(12, DONE);
    assert!(queue.is_idle());
}

#[test]
fn questions_about_a_result_are_dropped_when_another_is_there_and_stay_when_it_cannot_be_fitted() {
    let mut queue = with_result();
    queue.ask(fit(5), "");
    queue.ask(ask(4, AskReality), "");
    queue.ask(export(4), "");
    queue.finish(3, None).unwrap();
    assert_eq!(request(queue.start()), Some(ask(4, AskReality)));
    queue.ask(fit(6), "");
    queue.ask(ask(4, AskExplanation), "");
    // The verdict is unfinished and comes after requests about the new result.
    assert_eq!(request(queue.go_on(4)), Some(export(4)));
    queue.finish(5, DONE);
    assert_eq!(request(queue.start()), Some(fit(6)));
    queue.finish(6, outcomes(&[6]).last()).unwrap();
    let next = queue.ask(ask(6, AskSweep), "");
    assert_eq!(request(next), Some(ask(6, AskSweep)));
    queue.finish(7, DONE);
    assert!(queue.is_idle());
}

#[test]
fn a_fresh_worker_is_handed_the_table_before_what_needs_it() {
    let mut queue = with_table();
    queue.ask(fit(5), "");
    queue.cancel();
    assert!(queue.is_idle() && queue.start().is_none());
    assert_eq!(queue.open(), Some(Next::Restore(3)));
    assert!(queue.ask(fit(6), "").is_none());
    assert_eq!(queue.finish(3, None), None);
    assert_eq!(request(queue.start()), Some(fit(6)));
    queue.finish(4, None);
    assert!(queue.start().is_none(), "once is enough");
}

#[test]
fn a_fresh_worker_fits_the_result_on_the_screen_before_what_is_asked_of_it() {
    let mut queue = with_result();
    queue.ask(ask(4, AskReality), "");
    queue.cancel();
    assert_eq!(queue.open(), Some(Next::Restore(4)));
    queue.finish(4, None);
    assert!(queue.start().is_none(), "nothing is asked");
    // Asked again: the fit comes first, once, with all choices filled in.
    let next = queue.ask(ask(4, AskReality), "");
    let Some(Next::Run(5, Job { request: first, .. })) = next else {
        panic!("{next:?}");
    };
    let Request::Fit { id, settings } = &first else {
        panic!("{first:?}");
    };
    assert_eq!((*id, settings.n_clusters), (ResultId(4), Some(4)));
    assert!(settings.features.is_some());
    assert_eq!(queue.running(), Some((5, &first)), "others may help");
    assert_eq!(
        queue.finish(5, outcomes(&[4]).last()),
        None,
        "the page knows it"
    );
    assert_eq!(request(queue.start()), Some(ask(4, AskReality)));
    queue.finish(6, DONE).unwrap();
    let next = queue.ask(ask(4, AskSweep), "");
    assert_eq!(request(next), Some(ask(4, AskSweep)));
    queue.finish(7, DONE);
    // Another fit needs only the table; a question about another result does not need the one on the screen.
    queue.cancel();
    queue.open();
    queue.finish(8, None);
    let next = queue.ask(ask(9, AskSweep), "");
    assert_eq!(request(next), Some(ask(9, AskSweep)));
    queue.finish(9, None);
    assert_eq!(request(queue.ask(fit(5), "")), Some(fit(5)));
}

#[test]
fn a_result_that_cannot_be_fitted_again_is_gone_and_said_to_be() {
    let mut queue = with_result();
    queue.cancel();
    queue.open();
    queue.finish(3, None);
    let next = queue.ask(ask(4, AskReality), "");
    assert!(matches!(request(next), Some(Request::Fit { .. })));
    assert_eq!(queue.finish(4, None), None);
    // The engine is asked anyway, and replies that it has no such result.
    assert_eq!(request(queue.start()), Some(ask(4, AskReality)));
    let mut engine = Engine::default();
    carry_out(&mut engine, import(), None, &mut |_, _| ()).unwrap();
    let gone = carry_out(&mut engine, ask(4, AskReality), None, &mut |_, _| ());
    let result = ResultId(4);
    assert_eq!(gone, Err(EngineError::ResultGone { result }));
}

#[test]
fn a_file_that_cannot_be_read_leaves_the_table() {
    let mut queue = with_table();
    queue.ask(fit(5), "");
    assert!(queue.is_in_the_way_of(&import()) && !queue.is_in_the_way_of(&fit(2)));
    queue.cancel();
    queue.ask(import(), "gone");
    // The file comes first: the old table is not handed over only to be dropped.
    assert_eq!(request(queue.open()), Some(import()));
    assert!(queue.ask(fit(6), "").is_none());
    queue.finish(3, None).unwrap();
    assert_eq!(queue.start(), Some(Next::Restore(4)));
    queue.finish(4, None);
    assert_eq!(request(queue.start()), Some(fit(6)));
    queue.finish(5, None);
    // After a file was read, the old table is not needed.
    queue.cancel();
    queue.ask(import(), "next");
    assert_eq!(request(queue.open()), Some(import()));
    queue.finish(6, outcomes(&[]).first());
    assert!(queue.start().is_none());
}

#[test]
fn what_ran_and_waited_goes_on_when_a_file_cannot_be_read() {
    let mut queue = with_result();
    queue.ask(ask(4, AskReality), "");
    queue.ask(ask(4, AskNoiseFloor), "");
    queue.ask(fit(5), "");
    let rules = Request::ReadRules {
        text: String::new(),
    };
    queue.ask(rules.clone(), "");
    // One file after another: the last one counts.
    for name in ["broken", "gone"] {
        assert!(queue.is_in_the_way_of(&import()));
        queue.set_aside();
        queue.ask(import(), name);
        let Some(Next::Run(_, job)) = queue.open() else {
            panic!("{queue:?}");
        };
        assert_eq!((job.request, job.file), (import(), name));
    }
    queue.finish(5, None).unwrap();
    assert_eq!(queue.start(), Some(Next::Restore(6)));
    queue.finish(6, None);
    assert!(matches!(request(queue.start()), Some(Request::Fit { id, .. }) if id == ResultId(4)));
    queue.finish(7, outcomes(&[4]).last());
    for (number, expected) in [
        (8, ask(4, AskReality)),
        (9, fit(5)),
        (10, ask(4, AskNoiseFloor)),
        (11, rules),
    ] {
        assert_eq!(request(queue.start()), Some(expected));
        queue.finish(number, None).unwrap();
    }
    assert!(queue.is_idle());
    // Nor is it lost if the worker ends while reading the file.
    queue.ask(fit(6), "");
    queue.set_aside();
    queue.ask(import(), "huge");
    queue.open();
    assert_eq!(queue.lose(Ending::Broken), Loss::Requests(vec![import()]));
    assert_eq!(queue.open(), Some(Next::Restore(14)));
    queue.finish(14, None);
    assert_eq!(request(queue.start()), Some(fit(6)));
}

#[test]
fn a_file_that_is_read_makes_the_result_of_the_last_one_needless() {
    let mut queue = with_result();
    queue.ask(fit(5), "");
    queue.set_aside();
    queue.ask(import(), "next");
    assert_eq!(request(queue.open()), Some(import()));
    queue.ask(ask(4, AskReality), "");
    queue.ask(export(4), "");
    queue.finish(4, outcomes(&[]).first()).unwrap();
    assert!(queue.is_idle(), "asked of a table that is gone");
}

#[test]
fn silence_costs_a_second_try_and_an_error_costs_the_request() {
    let mut queue = with_table();
    queue.ask(ask(5, AskNoiseFloor), "");
    queue.ask(fit(7), "");
    assert_eq!(queue.lose(Ending::Silent), Loss::Time);
    assert_eq!(queue.open(), Some(Next::Restore(3)));
    queue.finish(3, None);
    assert_eq!(request(queue.start()), Some(ask(5, AskNoiseFloor)));
    assert_eq!(
        queue.lose(Ending::Silent),
        Loss::Requests(vec![ask(5, AskNoiseFloor)])
    );
    // Waiting requests are still wanted.
    assert_eq!(queue.open(), Some(Next::Restore(5)));
    queue.finish(5, None);
    assert_eq!(request(queue.start()), Some(fit(7)));
    queue.ask(ask(5, AskNoiseFloor), "");
    assert_eq!(queue.lose(Ending::Broken), Loss::Requests(vec![fit(7)]));
    assert_eq!(queue.lose(Ending::Broken), Loss::Nothing);
    queue.ask(import(), "next");
    queue.open();
    queue.ask(fit(2), "");
    assert_eq!(queue.lose(Ending::Broken), Loss::Requests(vec![import()]));
    assert_eq!(queue.open(), Some(Next::Restore(8)));
    queue.finish(8, None);
    assert_eq!(request(queue.start()), Some(fit(2)));
}

#[test]
fn a_fit_before_questions_that_ends_the_worker_costs_them_and_nothing_else() {
    let mut queue = with_result();
    queue.cancel();
    queue.open();
    queue.finish(3, None);
    queue.ask(ask(4, AskReality), "");
    queue.ask(ask(4, AskSweep), "");
    assert_eq!(queue.lose(Ending::Silent), Loss::Time);
    assert_eq!(queue.open(), Some(Next::Restore(5)));
    queue.finish(5, None);
    let refit = request(queue.start()).unwrap();
    assert!(matches!(refit, Request::Fit { id, .. } if id == ResultId(4)));
    queue.ask(fit(6), "");
    let lost = vec![refit, ask(4, AskReality), ask(4, AskSweep)];
    assert_eq!(queue.lose(Ending::Silent), Loss::Requests(lost));
    queue.open();
    queue.finish(7, None);
    assert_eq!(request(queue.start()), Some(fit(6)));
}

#[test]
fn a_table_that_ends_workers_is_handed_over_only_when_it_is_needed() {
    let mut queue = with_table();
    queue.cancel();
    assert_eq!(queue.open(), Some(Next::Restore(2)));
    queue.ask(fit(2), "");
    let lost = vec![fit(2)];
    assert_eq!(queue.lose(Ending::Broken), Loss::Requests(lost));
    assert!(queue.open().is_none());
    assert_eq!(queue.ask(fit(3), ""), Some(Next::Restore(3)));
    assert_eq!(queue.lose(Ending::Silent), Loss::Requests(vec![fit(3)]));
    queue.open();
    assert_eq!(queue.ask(fit(3), ""), Some(Next::Restore(4)));
    queue.finish(4, None);
    assert_eq!(request(queue.start()), Some(fit(3)));
    queue.cancel();
    queue.open();
    assert_eq!(queue.lose(Ending::Broken), Loss::Nothing, "nobody waits");
}

#[test]
fn a_table_that_is_not_taken_fails_what_needs_it() {
    let mut queue = with_result();
    queue.cancel();
    queue.open();
    queue.ask(ask(4, AskReality), "");
    queue.ask(import(), "");
    assert_eq!(queue.fail(2), [], "it ended before");
    assert_eq!(queue.fail(3), [ask(4, AskReality)]);
    assert_eq!(request(queue.start()), Some(import()));
    assert_eq!(queue.fail(4), [import()]);
    assert!(queue.is_idle() && queue.start().is_none());
    // It is tried again when needed.
    assert_eq!(queue.ask(fit(5), ""), Some(Next::Restore(5)));
    queue.finish(5, None);
    assert_eq!(request(queue.start()), Some(fit(5)));
    assert_eq!(queue.fail(6), [fit(5)]);
}

#[test]
fn what_waits_for_a_worker_that_never_comes_is_given_up() {
    let mut queue = with_table();
    queue.lose(Ending::Broken);
    queue.ask(fit(2), "");
    assert_eq!(queue.give_up(), [fit(2)]);
    assert!(queue.is_idle());
    queue.ask(fit(3), "");
    assert_eq!(queue.open(), Some(Next::Restore(2)));
}

#[test]
fn what_takes_no_time_goes_before_what_does() {
    let mut queue = with_result();
    let project = Request::Export {
        session: Box::default(),
        format: Format::Project,
    };
    queue.ask(ask(4, AskWhatIf), "");
    queue.ask(export(4), "");
    queue.ask(project.clone(), "");
    queue.ask(Request::Mark, "");
    queue.ask(Request::Mark, "");
    queue.ask(export(5), "");
    // The newest first; no file replaces another.
    let rest = [export(4), export(5)];
    for (number, expected) in (3..).zip([Request::Mark, project].into_iter().chain(rest)) {
        queue.finish(number, DONE);
        assert_eq!(request(queue.start()), Some(expected));
    }
}
