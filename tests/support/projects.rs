//! Projects on random files, written, opened and edited.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test uses a part, and a test may stop where it stands"
)]

use std::rc::Rc;
use std::sync::Arc;

use seamline::numeric::Rng;
use seamline::result::Dataset;
use seamline::session::{
    DataMark, Decision, Gesture, History, Known, Project, ProjectError, Session, check,
};
use seamline::table::ReadOptions;
use serde_json::{Value, json};

use super::decisions::{File, mixed_file, random_decision};

pub type Read = Rc<(Dataset, DataMark)>;

/// A session with decisions of all kinds.
pub fn busy(file: &mut File, seed: u64, n_decisions: usize) -> (Arc<Session>, Read) {
    let mut rng = Rng::new(seed);
    let mut read = file.read(&ReadOptions::default());
    let mut history = History::new(Session::for_dataset(&read.0));
    for _ in 0..n_decisions {
        let decision = random_decision(history.session(), &read.0, &mut rng);
        let now = match &decision {
            Decision::ReadAgain(reading) => file.read(reading),
            _ => Rc::clone(&read),
        };
        let known = Known {
            before: Some(&read.0),
            ..Known::of(&now.0)
        };
        if history.decide(decision, &known, Gesture::Whole).is_ok() {
            read = now;
        }
    }
    (Arc::clone(history.session()), read)
}

pub fn written(session: &Session, read: &Read) -> Vec<u8> {
    Project::new(session, read.1.clone()).write().unwrap()
}

pub fn opened(bytes: &[u8], read: &Read) -> Result<Session, ProjectError> {
    Project::read(bytes)?.check(&read.0, &read.1.fingerprint)
}

/// A project with a value in each field, for editing.
pub fn value() -> (Value, Read) {
    let mut file = mixed_file();
    let read = file.read(&ReadOptions::default());
    let session = json!({
        "settings": { "features": [{"column": "income"}, {"log": {"a": "spending"}}], "n_clusters": 4 },
        "names": {"0": "Savers"},
        "groups": [{"name": "Some", "rows": [[1, 4], [9, 9]]}],
        "filters": {"income": {"range": {"min": 1.0, "max": 90.0}}, "gender": {"values": {"codes": [0]}}},
        "bands": {"spending": [20.0, 40.0]},
        "band_column": "spending",
        "placements": {"3": {"segment": 1}, "7": "open"},
        "view": {"axes": {"x": "income", "y": "log spending"}, "look": {"card": 3}}
    });
    let session: Session = serde_json::from_value(session).unwrap();
    check(&session, &read.0).unwrap();
    let bytes = written(&session, &read);
    (serde_json::from_slice(&bytes).unwrap(), read)
}

pub fn set(value: &mut Value, path: &str, to: Value) {
    let (parent, name) = path.rsplit_once('/').unwrap();
    value.pointer_mut(parent).unwrap()[name] = to;
}

/// The error for a project with another value in a field.
#[track_caller]
pub fn edited(path: &str, to: Value) -> ProjectError {
    let (mut value, read) = value();
    set(&mut value, path, to);
    opened(&serde_json::to_vec(&value).unwrap(), &read).unwrap_err()
}
