//! No tuple in place of a struct.

use super::{code, sources, src};

/// The elements between brackets, split at commas; `None` if the bracket is not closed.
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

/// Whether an element of a tuple is a type, rather than a pattern or value.
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
    // `Some(x)` is a pattern; among types, only functions have parentheses.
    let is_called = bare[path.len()..].starts_with('(') && !name.starts_with("Fn") && name != "fn";
    let is_named = name.starts_with(char::is_uppercase) || WORDS.contains(&name);
    bare.starts_with('[') || is_named && !is_called
}

/// Tuples of three or more different things in place of a struct: as the type of a parameter or field, or as a type alias. Tuples
/// of similar things, such as coordinates, are allowed, and so are return values and locals.
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
        // Goes back over the rest of the type to the item that has it.
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
