//! All decisions of a user: hundreds of random ones, undone and redone.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

#[path = "support/decisions.rs"]
mod decisions;

use std::collections::BTreeMap;
use std::sync::Arc;

use decisions::{File, look, mixed_file, random_decision};
use seamline::numeric::Rng;
use seamline::result::{Dataset, Identity};
use seamline::session::{
    DataMark, Decision, DecisionError, Gesture, History, Known, Look, MAX_STEPS, Session, apply,
    check,
};
use seamline::table::ReadOptions;

/// Everything except what the user looks at.
fn decided(session: &Session) -> Session {
    let mut session = session.clone();
    session.view.look = Look::default();
    session
}

fn comes_back_equal(session: &Session) {
    let json = serde_json::to_string(session).unwrap();
    assert_eq!(
        serde_json::from_str::<Session>(&json).unwrap(),
        *session,
        "{json}"
    );
    let bytes = postcard::to_allocvec(session).unwrap();
    assert_eq!(postcard::from_bytes::<Session>(&bytes).unwrap(), *session);
}

/// Some result on the screen.
fn identity(rng: &mut Rng) -> Identity {
    let numbers: Vec<u32> = (0..2 + rng.below(3) as u32).collect();
    let mean = |_| vec![Some(rng.normal()), None];
    Identity {
        columns: vec!["income".into(), "gone".into()],
        means: numbers.iter().map(mean).collect(),
        numbers,
    }
}

/// Makes a possible decision; counts the names of those refused.
fn decide(
    history: &mut History,
    file: &mut File,
    rng: &mut Rng,
    refused: &mut BTreeMap<String, usize>,
) -> Decision {
    loop {
        let before = Arc::clone(history.session());
        let old = file.read(&before.settings.reading);
        let decision = random_decision(&before, &old.0, rng);
        let shown = identity(rng);
        let now = match &decision {
            Decision::ReadAgain(reading) => file.read(reading),
            _ => std::rc::Rc::clone(&old),
        };
        let known = Known {
            dataset: &now.0,
            before: Some(&old.0),
            identity: Some(&shown),
            n_clusters: None,
        };
        match history.decide(decision.clone(), &known, Gesture::Whole) {
            Ok(change) => {
                let after = &change.after;
                check(after, &now.0).unwrap_or_else(|error| panic!("{decision:?}: {error:?}"));
                // Where filters alone decide who is in the models, the identity stays that of the segments before them.
                let is_filtering = !before.only().is_empty() && before.settings == after.settings;
                let is_whole = matches!(decision, Decision::ReadAgain(_));
                if change.needs_fit() && !is_whole && !is_filtering {
                    assert_eq!(after.settings.identity.as_ref(), Some(&shown));
                }
                if *before != **after {
                    return decision;
                }
            }
            Err(error) => {
                assert!(Arc::ptr_eq(history.session(), &before), "half applied");
                *refused.entry(variant(&error)).or_default() += 1;
            }
        }
    }
}

fn variant(error: &DecisionError) -> String {
    let words = format!("{error:?}");
    let end = words.find(|c: char| !c.is_alphanumeric());
    words[..end.unwrap_or(words.len())].to_owned()
}

#[test]
fn three_hundred_decisions_are_undone_and_redone_and_every_session_on_the_way_makes_sense() {
    let mut refused = BTreeMap::new();
    for seed in 1..=12 {
        let (mut file, mut rng) = (mixed_file(), Rng::new(seed));
        let first = file.read(&ReadOptions::default());
        let mut history = History::new(Session::for_dataset(&first.0));
        let mut stops = vec![Arc::clone(history.session())];
        for _ in 0..300 {
            decide(&mut history, &mut file, &mut rng, &mut refused);
            comes_back_equal(history.session());
            stops.push(Arc::clone(history.session()));
        }
        assert_eq!(history.n_steps(), (MAX_STEPS, 0));
        for (at, stop) in stops.iter().enumerate().rev().take(MAX_STEPS + 1) {
            // Without what the user looks at: undo keeps that, as far as it exists in the other table.
            assert_eq!(
                decided(history.session()),
                decided(stop),
                "seed {seed}, undone to {at}"
            );
            wander(&mut history, &mut file, &mut rng);
            let undone = history.undo();
            assert_eq!(undone.is_some(), at > stops.len() - 1 - MAX_STEPS);
        }
        for (at, stop) in stops.iter().enumerate().skip(stops.len() - 1 - MAX_STEPS) {
            assert_eq!(
                decided(history.session()),
                decided(stop),
                "seed {seed}, redone to {at}"
            );
            wander(&mut history, &mut file, &mut rng);
            history.redo();
        }
        assert!(history.redo().is_none());
    }
    // The generator reaches most errors.
    assert!(refused.len() >= 25, "{refused:?}");
}

/// Looks elsewhere, if there is something to see.
fn wander(history: &mut History, file: &mut File, rng: &mut Rng) {
    let steps = history.n_steps();
    let session = Arc::clone(history.session());
    let read = file.read(&session.settings.reading);
    check(&session, &read.0).unwrap_or_else(|error| panic!("{error:?}"));
    let look = look(&session, &read.0, rng);
    if history
        .decide(Decision::Look(look), &Known::of(&read.0), Gesture::Whole)
        .is_ok()
    {
        check(history.session(), &read.0).unwrap();
    }
    assert_eq!(history.n_steps(), steps);
}

#[test]
fn a_fresh_session_of_every_kind_of_file_makes_sense() {
    for text in [
        "id,name\n1,ann\n2,bob\n",
        "x\n1\n",
        "a,b\nx,y\nx,z\ny,z\n",
        "id,income,age\n1,10,20\n2,11,30\n3,19,40\n",
        "date,note\n2024-01-01,hello there\n2024-01-02,you\n",
    ] {
        let read = File::new("t.csv", text.as_bytes().to_vec()).read(&ReadOptions::default());
        let session = Session::for_dataset(&read.0);
        assert_eq!(check(&session, &read.0), Ok(()), "{text}");
        comes_back_equal(&session);
    }
}

fn mixed() -> std::rc::Rc<(Dataset, DataMark)> {
    mixed_file().read(&ReadOptions::default())
}

#[test]
fn the_same_decision_on_the_same_session_is_the_same_session() {
    let read = mixed();
    let session = Session::for_dataset(&read.0);
    let decision = Decision::SetNumber(Some(4));
    let known = Known::of(&read.0);
    let once = apply(&session, &decision, &known).unwrap();
    assert_eq!(apply(&session, &decision, &known).unwrap(), once);
    assert_eq!(apply(&once, &decision, &known).unwrap(), once);
    assert_eq!(once.settings.n_clusters, Some(4));
    assert_eq!(session.settings.n_clusters, None);
}
