//! Who may import whom, read from the source.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::path::{Path, PathBuf};

/// The rooms, each above all that it may use: those before it but for the exceptions.
const ROOMS: [&str; 19] = [
    "numeric",
    "table",
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
    "words",
    "chart",
    "ui",
];
/// What a room may not use though it stands before it.
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
            "table",
            "features",
            "cluster",
            "quality",
            "agreement",
            "explain",
            "advise",
            "result",
            "demo",
            "view",
            "engine",
            "questions",
            "export",
            "worker",
            "words",
        ],
    ),
];

/// Whether a room may use another.
fn may_use(room: &str, other: &str) -> bool {
    let place = |name: &str| ROOMS.iter().position(|known| *known == name).unwrap();
    let apart = APART.iter().find(|(name, _)| *name == room);
    place(other) <= place(room) && !apart.is_some_and(|(_, apart)| apart.contains(&other))
}

/// What pure rooms never name, with the files that are the exception.
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
            // Unit tests may look further.
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

/// Where a signal of the state is written: `state.field.set(...)`, over lines too.
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
    // Nor could they be: what others see of the state can only be read.
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

/// Most lines of a file, its tests among them.
const MAX_LINES: usize = 450;

/// How long a file is, where that is too long.
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

/// What stands between brackets at a place, split at its commas; `None` where the bracket is not closed.
fn elements(code: &str) -> Option<Vec<&str>> {
    let (mut depth, mut start, mut found) = (0, 1, Vec::new());
    let mut previous = ' ';
    for (at, c) in code.char_indices() {
        let is_arrow = c == '>' && matches!(previous, '-' | '=');
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '>' if !is_arrow => depth -= 1,
            _ => {}
        }
        if depth == 0 || depth == 1 && c == ',' {
            found.push(code[start..at].trim());
            start = at + 1;
        }
        if depth == 0 {
            found.retain(|element| !element.is_empty());
            return Some(found);
        }
        previous = c;
    }
    None
}

/// Whether an element of a tuple is a type, not a pattern or a value.
fn is_type(element: &str) -> bool {
    const WORDS: [&str; 19] = [
        "u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64", "isize", "f32", "f64",
        "bool", "char", "str", "impl", "dyn", "fn", "mut",
    ];
    let bare = element.trim_start_matches(['&', ' ']);
    let bare = match bare.strip_prefix('\'') {
        Some(lifetime) => lifetime.split_once(' ').map_or("", |(_, bare)| bare),
        None => bare,
    };
    if bare.starts_with('(') {
        return elements(bare).is_some_and(|inner| inner.iter().all(|one| is_type(one)));
    }
    let path: String = bare
        .chars()
        .take_while(|&c| c.is_alphanumeric() || matches!(c, '_' | ':'))
        .collect();
    let name = path.rsplit("::").next().unwrap_or("");
    // `Some(x)` is a pattern; of types only functions have brackets.
    let is_called = bare[path.len()..].starts_with('(') && !name.starts_with("Fn") && name != "fn";
    let is_named = name.starts_with(char::is_uppercase) || WORDS.contains(&name);
    bare.starts_with('[') || is_named && !is_called
}

/// Tuples of three or more different things that stand where a struct should: as the type of a parameter or a field, or under a name
/// of their own. A tuple of like things, such as coordinates, is none, nor is what a function gives back or a local holds.
fn unnamed_structs(code: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (at, _) in code.match_indices('(') {
        let before = &code[..at];
        if before.ends_with(|c| is_word(c) || c == '!') && !before.ends_with("mut") {
            continue;
        }
        let Some(tuple) = elements(&code[at..]) else {
            continue;
        };
        let is_tuple = tuple.len() > 2 && tuple.iter().all(|one| is_type(one));
        if !is_tuple || tuple.iter().all(|one| *one == tuple[0]) {
            continue;
        }
        // Back over the rest of the type to what it is the type of.
        let is_of_type = |c: char| {
            is_word(c) || c.is_whitespace() || matches!(c, '<' | '>' | '&' | '[' | '(' | ',' | '\'')
        };
        let mut head = before;
        loop {
            head = head.trim_end_matches(is_of_type);
            match head.strip_suffix("::") {
                Some(path) => head = path,
                None => break,
            }
        }
        let line = head.rfind(['\n', ';', '{', '}']).map_or(0, |end| end + 1);
        let (start, rest) = (head[line..].trim_start(), &before[head.len()..]);
        let is_local = ["let ", "const ", "static "].iter().any(|word| {
            let last = start.rsplit(['(', '|', ',']).next().unwrap_or("");
            last.trim_start().starts_with(word)
        });
        let is_aliased = head.ends_with('=') && start.contains("type ");
        let is_in_struct = rest.contains("struct ");
        if head.ends_with(':') && !is_local || is_aliased || is_in_struct {
            found.push(format!("{start}{}", tuple.join(", ")));
        }
    }
    found
}

#[test]
fn what_has_three_parts_has_names_for_them() {
    let mut found = Vec::new();
    for path in sources(&src()) {
        let code = code(&path);
        let code = code.split("#[cfg(test)]").next().unwrap();
        let name = path.strip_prefix(src()).unwrap().display().to_string();
        if !name.ends_with("tests.rs") && !name.contains("tests/") {
            let tuples = unnamed_structs(code).into_iter();
            found.extend(tuples.map(|tuple| format!("{name}: {tuple}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn tuples_of_different_things_are_found_where_they_stand_for_a_struct() {
    for refused in [
        "fn draw(\n    state: State,\n    (model, segment, silhouette): (ModelKey, u32, Option<f64>),\n) {}",
        "fn of(all: &[(ModelKey, u32, f64)]) {}",
        "fn of(&self, way: &mut (f64, &'a str, u32)) {}",
        "struct Kept {\n    results: Vec<(ResultId, Arc<Comparison>, usize)>,\n}",
        "struct Kept(Vec<(u32, f64, String)>);",
        "let offer = |component: u32, way: (f64, u32, u32)| way.0;",
        "type Columns = Vec<(String, bool, Vec<f64>)>;",
        "fn of(start: Option<(cluster::ModelKey, [f64; 3], (u32, u32))>) {}",
    ] {
        assert_eq!(unnamed_structs(refused).len(), 1, "{refused}");
    }
    for allowed in [
        "fn of(at: (f64, f64, f64), edge: [f64; 3]) {}",
        "fn of(pair: (ModelKey, usize)) {}",
        "fn of(step: impl Fn(usize, f64, &str) -> bool) {}",
        "fn widest(x: &[f64]) -> (f64, usize, usize) {}",
        "let ends: Vec<(f64, usize, Vec<u32>)> = Vec::new();",
        "const SEGMENTS: [(usize, [f64; 3], f64); 3] = [(1, [0.0; 3], 2.0); 3];",
        "match all {\n    (Some(a), Some(b), None) => Kept { of: (A, b, c) },\n    (Kind::A, Kind::B, Kind::C) => {}\n}",
        "enum Event {\n    Progress(Request, Stage, f64),\n}",
        "let all = call(Place::A, f64::MAX, (1, 2));",
    ] {
        assert_eq!(unnamed_structs(allowed), [""; 0], "{allowed}");
    }
}
