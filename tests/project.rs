//! Project files: written, read, broken in many ways, and changed at random.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

#[path = "support/decisions.rs"]
mod decisions;
#[path = "support/projects.rs"]
mod projects;

use decisions::{File, mixed_file};
use projects::{busy, edited, opened, value, written};
use seamline::demo::DemoFile;
use seamline::numeric::Rng;
use seamline::session::{
    DecisionError, Kept, MAX_PROJECT_BYTES, Project, ProjectError, Session, check,
};
use seamline::table::ReadOptions;
use serde_json::{Value, json};

#[test]
fn a_project_of_every_demo_file_comes_back_equal() {
    for demo in DemoFile::ALL {
        let mut file = File::new(demo.file_name(), demo.generate());
        for (seed, n_decisions) in [(1, 0), (2, 40), (3, 300), (4, 300)] {
            let (session, read) = busy(&mut file, seed, n_decisions);
            let bytes = written(&session, &read);
            assert_eq!(opened(&bytes, &read).unwrap(), *session);
            // The file contains the reading options of its data.
            let project = Project::read(&bytes).unwrap();
            let again = file.read(project.reading());
            assert_eq!(
                project.check(&again.0, &again.1.fingerprint).unwrap(),
                *session
            );
            assert_eq!(bytes, written(&session, &again));
        }
    }
    assert_eq!(Project::file_name("mall"), "mall.seamline.json");
}

#[test]
fn rules_that_nobody_can_read_are_refused_wherever_the_project_comes_from() {
    let mut file = mixed_file();
    let read = file.read(&ReadOptions::default());
    let mut session = Session::for_dataset(&read.0);
    session.rules = Some("these are no rules".to_owned());
    let project = Project::new(&session, read.1.clone());
    // The engine reads rules; the page, which reads the browser's storage, does not.
    let packed = Kept {
        project: project.clone(),
        with_data: false,
    };
    let unpacked = Kept::unpack(&packed.pack().unwrap()).unwrap().project;
    for refused in [
        unpacked.check(&read.0, &read.1.fingerprint).map(|_| ()),
        Project::read(&project.write().unwrap()).map(|_| ()),
    ] {
        assert!(matches!(
            refused,
            Err(ProjectError::Nonsense(DecisionError::Rules(_)))
        ));
    }
}

#[test]
fn a_file_that_is_no_project_is_told_from_one_of_another_version_and_from_a_broken_one() {
    let (value, read) = value();
    let bytes = serde_json::to_vec_pretty(&value).unwrap();
    opened(&bytes, &read).unwrap();
    let of = |bytes: &[u8]| opened(bytes, &read).unwrap_err();
    assert_eq!(of(b""), ProjectError::Truncated);
    for end in [1, 2, 100, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(of(&bytes[..end]), ProjectError::Truncated, "{end}");
    }
    assert_eq!(of(b"id,income\n1,2\n"), ProjectError::NotJson { line: 1 });
    let with_more = [bytes.as_slice(), b"{}"].concat();
    assert!(matches!(of(&with_more), ProjectError::NotJson { .. }));
    assert!(matches!(
        of(&vec![b'['; 10_000]),
        ProjectError::NotJson { .. } | ProjectError::Truncated
    ));
    for other in [
        "[]",
        "3",
        "{}",
        r#"{"format": "map", "version": 1}"#,
        r#"{"version": 1}"#,
    ] {
        assert_eq!(of(other.as_bytes()), ProjectError::NoProject, "{other}");
    }
    assert_eq!(
        edited("/version", json!(2)),
        ProjectError::Newer {
            version: 2,
            latest: 1
        }
    );
    assert_eq!(
        edited("/version", json!(0)),
        ProjectError::Older {
            version: 0,
            earliest: 1
        }
    );
    let large = vec![b' '; MAX_PROJECT_BYTES + 1];
    assert!(matches!(of(&large), ProjectError::TooLarge { .. }));
    // A byte order mark, as some editors add it, changes nothing.
    let marked = [b"\xEF\xBB\xBF".as_slice(), &bytes].concat();
    opened(&marked, &read).unwrap();
}

#[test]
fn fields_that_are_unknown_missing_doubled_or_of_another_kind_are_named() {
    let (value, read) = value();
    let unknown = |path: &str| match edited(path, json!(1)) {
        ProjectError::UnknownField { field, .. } => field,
        other => panic!("{path}: {other:?}"),
    };
    for path in [
        "/colour",
        "/data/colour",
        "/session/colour",
        "/session/settings/clusters",
        "/session/settings/reading/colour",
        "/session/offer/discount",
        "/session/view/look/zoom",
    ] {
        assert_eq!(unknown(path), path.rsplit_once('/').unwrap().1);
    }
    let mut without = value.clone();
    without["data"].as_object_mut().unwrap().remove("n_rows");
    let bytes = serde_json::to_vec(&without).unwrap();
    let field = "n_rows".to_owned();
    assert_eq!(
        opened(&bytes, &read).unwrap_err(),
        ProjectError::MissingField { field }
    );
    let text = serde_json::to_string_pretty(&value).unwrap();
    let twice = text.replacen(
        "\"names\":",
        "\"rules\": null, \"rules\": null, \"names\":",
        1,
    );
    assert!(matches!(
        opened(twice.as_bytes(), &read).unwrap_err(),
        ProjectError::RepeatedField { field, line } if field == "rules" && line > 1
    ));
    let huge = text.replacen("90.0", "1e999", 1);
    assert!(matches!(
        opened(huge.as_bytes(), &read).unwrap_err(),
        ProjectError::NumberTooLarge { line } if line > 1
    ));
    for (path, to) in [
        ("/session/settings/n_clusters", json!("four")),
        ("/session/settings/n_clusters", json!(-4)),
        ("/session/settings/n_clusters", json!(4.5)),
        (
            "/session/filters/income",
            json!({"range": {"min": null, "max": 3.0}}),
        ),
        ("/session/bands/spending", json!([1.0])),
        ("/session/names", json!({"x": "Savers"})),
        ("/data/n_rows", json!(null)),
    ] {
        let error = edited(path, to.clone());
        assert!(
            matches!(error, ProjectError::WrongKind { .. }),
            "{path} {to}: {error:?}"
        );
    }
    let word = edited("/session/settings/scaling", json!("logarithmic"));
    assert!(matches!(word, ProjectError::UnknownWord { found, .. } if found == "logarithmic"));
    let model = edited(
        "/session/settings/models",
        json!(["k_means", "tarot cards"]),
    );
    assert!(matches!(model, ProjectError::UnknownWord { found, .. } if found == "tarot cards"));
    let rows = edited("/session/groups", json!([{"name": "a", "rows": [[4, 2]]}]));
    assert!(matches!(rows, ProjectError::BadRows { .. }));
}

#[test]
fn a_project_of_other_data_says_what_it_was_made_for() {
    let (value, _) = value();
    let bytes = serde_json::to_vec(&value).unwrap();
    let mut other = File::new("other.csv", b"id,income,spending\n1,2,3\n2,3,4\n".to_vec());
    let other = other.read(&ReadOptions::default());
    assert_eq!(
        opened(&bytes, &other).unwrap_err(),
        ProjectError::OtherData {
            name: "mixed.csv".into(),
            n_rows: 160,
            n_rows_found: 2,
            missing: Some("gender".into()),
        }
    );
    for (path, to) in [
        ("/data/fingerprint", json!("0123456789abcdef")),
        ("/data/n_rows", json!(161)),
        ("/data/columns", json!(["id"])),
    ] {
        assert!(
            matches!(edited(path, to), ProjectError::OtherData { .. }),
            "{path}"
        );
    }
}

/// Replaces a value somewhere in the file by another of some type.
fn mutate(value: &mut Value, rng: &mut Rng) {
    if rng.below(4) > 0 {
        match value {
            Value::Array(items) if !items.is_empty() => {
                let at = rng.below(items.len());
                if rng.below(8) == 0 {
                    let item = items[at].clone();
                    items.push(item);
                    return;
                }
                return mutate(&mut items[at], rng);
            }
            Value::Object(fields) if !fields.is_empty() => {
                let name = fields.keys().nth(rng.below(fields.len())).cloned().unwrap();
                if rng.below(12) == 0 {
                    let field = fields.remove(&name).unwrap();
                    fields.insert(name + "x", field);
                    return;
                }
                return mutate(fields.get_mut(&name).unwrap(), rng);
            }
            _ => {}
        }
    }
    let others = [
        json!(null),
        json!(true),
        json!(-1),
        json!(3),
        json!(4_294_967_296_u64),
        json!(1e300),
        json!(0.5),
        json!("income"),
        json!("x"),
        json!([]),
        json!([1, 2]),
        json!({}),
        json!({"0": "a"}),
    ];
    *value = others[rng.below(others.len())].clone();
}

#[test]
fn a_project_changed_at_random_never_gives_a_session_that_makes_no_sense() {
    let mut file = mixed_file();
    let (mut n_opened, mut n_refused) = (0, 0);
    for seed in 0..12 {
        let (session, read) = busy(&mut file, seed, 120);
        let bytes = written(&session, &read);
        let base: Value = serde_json::from_slice(&bytes).unwrap();
        let mut rng = Rng::new(1_000 + seed);
        for _ in 0..150 {
            let mut value = base.clone();
            (0..=rng.below(2)).for_each(|_| mutate(&mut value, &mut rng));
            match opened(&serde_json::to_vec(&value).unwrap(), &read) {
                Ok(session) => {
                    n_opened += 1;
                    check(&session, &read.0).unwrap();
                }
                Err(_) => n_refused += 1,
            }
        }
        for _ in 0..150 {
            let mut bytes = bytes.clone();
            let at = rng.below(bytes.len());
            bytes[at] = rng.below(256) as u8;
            bytes.truncate(if rng.below(4) == 0 { at } else { bytes.len() });
            if let Ok(session) = opened(&bytes, &read) {
                n_opened += 1;
                check(&session, &read.0).unwrap();
            }
        }
    }
    assert!(
        n_opened > 80 && n_refused > 500,
        "{n_opened} opened, {n_refused} refused"
    );
}
