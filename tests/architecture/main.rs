//! Checks on the source: imports between rooms, contents of files, length and simplicity.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod history;
mod prose;
mod tuples;
mod workflows;

use std::path::{Path, PathBuf};

/// The rooms, in order: each may use those before it, except for the pairs below.
const ROOMS: [&str; 22] = [
    "workbook",
    "numeric",
    "table",
    "orders",
    "features",
    "cluster",
    "quality",
    "agreement",
    "inference",
    "explain",
    "advise",
    "result",
    "session",
    "demo",
    "view",
    "engine",
    "questions",
    "export",
    "worker",
    "chart",
    "words",
    "ui",
];
/// Rooms before it that a room may not use.
const APART: [(&str, &[&str]); 5] = [
    ("agreement", &["quality"]),
    ("advise", &["features", "cluster", "quality", "agreement"]),
    (
        "demo",
        &[
            "features",
            "cluster",
            "quality",
            "agreement",
            "explain",
            "advise",
            "result",
        ],
    ),
    ("words", &["worker"]),
    (
        "chart",
        &[
            "workbook",
            "table",
            "orders",
            "features",
            "cluster",
            "quality",
            "agreement",
            "explain",
            "advise",
            "result",
            "session",
            "demo",
            "view",
            "engine",
            "questions",
            "export",
            "worker",
        ],
    ),
];

/// Whether a room may use another.
fn may_use(room: &str, other: &str) -> bool {
    let place = |name: &str| ROOMS.iter().position(|known| *known == name).unwrap();
    let apart = APART.iter().find(|(name, _)| *name == room);
    place(other) <= place(room) && !apart.is_some_and(|(_, apart)| apart.contains(&other))
}

/// Names that pure rooms never contain, and the files that are exceptions.
const IMPURE: [&str; 9] = [
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "std::time",
    "std::thread",
    "println!",
    "eprintln!",
    "HashMap",
];
const EXCEPTIONS: [&str; 7] = [
    "worker/client.rs",
    "worker/life.rs",
    "worker/round.rs",
    "worker/share_out.rs",
    "worker/pool.rs",
    "worker/codec.rs",
    "worker/server.rs",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Code without comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn rooms_use_only_the_rooms_they_may() {
    let mut seen = 0;
    for room in ROOMS {
        for path in sources(&src().join(room)) {
            let code = code(&path);
            // Unit tests may import more.
            let code = code.split("#[cfg(test)]").next().unwrap();
            for used in code.split("crate::").skip(1) {
                let used: String = used
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if ROOMS.contains(&used.as_str()) {
                    seen += 1;
                    assert!(may_use(room, &used), "{} uses {used}", path.display());
                }
            }
        }
    }
    assert!(
        seen > 50,
        "only {seen} imports were found: the test reads the wrong text"
    );
}

#[test]
fn pure_rooms_name_no_page_no_clock_and_no_output() {
    for room in ROOMS.iter().filter(|room| **room != "ui") {
        for path in sources(&src().join(room)) {
            if EXCEPTIONS.iter().any(|exception| path.ends_with(exception)) {
                continue;
            }
            let code = code(&path);
            let found = IMPURE.iter().find(|word| code.contains(**word));
            assert!(
                found.is_none(),
                "{} names {}",
                path.display(),
                found.unwrap()
            );
            assert!(
                *room == "chart" || !code.contains("plotters"),
                "{} names plotters",
                path.display()
            );
        }
    }
}

#[test]
fn the_page_never_fits_and_widgets_never_read_context() {
    for path in sources(&src().join("ui")) {
        let code = code(&path);
        assert!(
            !code.contains("::fit(") && !code.contains("Engine::"),
            "{} fits",
            path.display()
        );
        assert!(
            !path.starts_with(src().join("ui/widgets")) || !code.contains("use_context"),
            "{}",
            path.display()
        );
        let draws = path.starts_with(src().join("ui/canvas"));
        assert!(
            draws || !code.contains("CanvasBackend"),
            "{} knows the canvas backend",
            path.display()
        );
    }
}

/// Rooms that the page loads before its first paint: what they import adds to its size, and a list of models brings in every fit.
const FACTS_ALONE: [&str; 5] = ["result", "session", "ui", "view", "words"];

#[test]
fn the_page_asks_for_the_facts_of_models_and_never_for_their_fits() {
    for room in FACTS_ALONE {
        for path in sources(&src().join(room)) {
            let code = code(&path);
            let mut words = code.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            let found = words.find(|word| ["ClusterModel", "MODELS"].contains(word));
            assert!(found.is_none(), "{} names {found:?}", path.display());
            assert!(
                !code.contains(".model()"),
                "{} asks for a fit",
                path.display()
            );
        }
    }
}

#[test]
fn colours_live_in_the_palette_and_in_the_tokens() {
    let styles = src().parent().unwrap().join("style");
    for folder in [styles.clone(), styles.join("components")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() && !path.ends_with("tokens.css") {
                let text = std::fs::read_to_string(&path).unwrap();
                let is_colour =
                    |part: &str| part.chars().take_while(char::is_ascii_hexdigit).count() >= 3;
                let found = text.split(": #").skip(1).any(is_colour) || text.contains("rgb(");
                assert!(!found, "{} holds a colour", path.display());
            }
        }
    }
}

/// Where a signal of the state is written: `state.field.set(...)`, possibly over several lines.
fn written_signal(code: &str) -> Option<String> {
    let words = [
        "set",
        "update",
        "write",
        "maybe_update",
        "try_set",
        "try_update",
    ];
    let code: String = code.split_whitespace().collect();
    code.split("state.").skip(1).find_map(|rest| {
        let name = |text: &str| -> String {
            let is_part = |c: &char| c.is_alphanumeric() || *c == '_';
            text.chars().take_while(is_part).collect()
        };
        let field = name(rest);
        let after = rest[field.len()..].strip_prefix('.')?;
        let verb = name(after);
        let is_call = after[verb.len()..].starts_with('(');
        (is_call && words.contains(&verb.as_str())).then(|| format!("state.{field}.{verb}"))
    })
}

#[test]
fn signals_of_the_state_are_written_in_the_state_alone() {
    let state = src().join("ui/state");
    for path in sources(&src().join("ui")) {
        if !path.starts_with(&state) {
            let found = written_signal(&code(&path));
            assert!(found.is_none(), "{}: {}", path.display(), found.unwrap());
        }
    }
    // The signals are private, so that other modules can only read the state.
    let text = code(&state.join("mod.rs"));
    let fields = text.split("struct Parts {").nth(1).unwrap();
    let fields = fields.split('}').next().unwrap().split(',');
    let open: Vec<&str> = fields
        .filter(|field| field.contains("pub(") && field.contains("RwSignal"))
        .collect();
    assert_eq!(open, [""; 0]);
    assert_eq!(
        written_signal("untrack(|| state\n    .hover\n    .set(None))"),
        Some("state.hover.set".to_owned())
    );
}

/// The largest number of lines in a file, including tests.
const MAX_LINES: usize = 450;

/// The length of a file, if it is too long.
fn too_long(text: &str) -> Option<usize> {
    Some(text.lines().count()).filter(|&n_lines| n_lines > MAX_LINES)
}

#[test]
fn no_file_is_long() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files: Vec<PathBuf> = ["src", "xtask", "tests"]
        .iter()
        .flat_map(|folder| sources(&root.join(folder)))
        .collect();
    assert!(files.len() > 300, "only {} files were found", files.len());
    let long: Vec<String> = files
        .iter()
        .filter_map(|path| {
            let n_lines = too_long(&std::fs::read_to_string(path).unwrap())?;
            let path = path.strip_prefix(root).unwrap();
            Some(format!("{}: {n_lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
    assert_eq!(too_long(&"a line\n".repeat(MAX_LINES)), None);
    assert_eq!(
        too_long(&"a line\n".repeat(MAX_LINES + 1)),
        Some(MAX_LINES + 1)
    );
}
