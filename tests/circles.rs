//! No dependency cycles between files, read from the source, including `super::` and re-exports.
//!
//! A path is followed to the file that defines the name; re-exports are not the end of an arrow.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Rooms that still have cycles; none may be added.
const OPEN: &[&str] = &[];

/// A source file as a module.
struct Module {
    /// Its path in the crate, such as `engine::fits`.
    path: Vec<String>,
    /// Code without comments, strings and tests.
    code: String,
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

/// Code alone: comments and strings are blanked, and tests at the end are cut off.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        let mut is_quoted = false;
        let mut previous = ' ';
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            if c == '"' && previous != '\\' && previous != '\'' {
                is_quoted = !is_quoted;
            }
            if !is_quoted && c == '/' && rest.peek() == Some(&'/') {
                break;
            }
            code.push(if is_quoted { ' ' } else { c });
            previous = c;
        }
        code.push('\n');
    }
    code
}

fn modules() -> BTreeMap<Vec<String>, Module> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut found = BTreeMap::new();
    for file in files {
        let place = file.strip_prefix(&src).unwrap().with_extension("");
        let mut path: Vec<String> = place
            .components()
            .map(|part| part.as_os_str().to_str().unwrap().to_owned())
            .collect();
        let last = path.last().unwrap().as_str();
        // Crate roots only list modules; tests may import anything.
        if path.len() == 1
            || path[0] == "bin"
            || last == "tests"
            || path.iter().any(|it| it == "tests")
        {
            continue;
        }
        if last == "mod" {
            path.pop();
        }
        let code = code_of(&std::fs::read_to_string(&file).unwrap());
        found.insert(path.clone(), Module { path, code });
    }
    found
}

/// All paths in a module, as segments; braces are expanded.
fn paths(module: &Module) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let code = &module.code;
    let mut at = 0;
    while let Some(next) = ["crate::", "super::"]
        .iter()
        .filter_map(|start| code[at..].find(start))
        .min()
    {
        let start = at + next;
        at = start + 1;
        if code[..start]
            .chars()
            .next_back()
            .is_some_and(|c| is_word(c) || c == ':')
        {
            continue;
        }
        unfold(&code[start..], &mut Vec::new(), &mut found);
    }
    // What a module uses from its own children, unless it only re-exports it.
    let (body, uses, children) = parts(code);
    let names_in_body = |name: &str| {
        body.match_indices(name).any(|(at, _)| {
            let before = body[..at].chars().next_back();
            let after = body[at + name.len()..].chars().next();
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
    };
    for path in uses {
        if path.starts_with("crate::") || path.starts_with("super::") {
            continue;
        }
        let mut taken = Vec::new();
        unfold(path, &mut Vec::new(), &mut taken);
        for mut names in taken {
            if names_in_body(names.last().unwrap()) {
                names.insert(0, "self".to_owned());
                found.push(names);
            }
        }
    }
    for child in children {
        for (at, _) in body.match_indices(&format!("{child}::")) {
            let before = body[..at].chars().next_back();
            if !before.is_some_and(|c| is_word(c) || c == ':') {
                let mut own = vec!["self".to_owned()];
                unfold(&body[at..], &mut own, &mut found);
            }
        }
    }
    found
}

/// A module's code without imports and declarations; the imported paths; the declared children.
fn parts(code: &str) -> (String, Vec<&str>, Vec<&str>) {
    let (mut body, mut uses, mut children) = (String::new(), Vec::new(), Vec::new());
    let mut rest = code;
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = rest[..end].trim_start();
        let words = match line.strip_prefix("pub") {
            Some(words) if words.starts_with('(') => {
                words.split_once(')').map_or("", |(_, words)| words)
            }
            Some(words) => words,
            None => line,
        };
        let words = words.trim_start();
        if words.starts_with("use ") {
            let start = rest.find("use ").unwrap() + 4;
            let length = rest[start..].find(';').unwrap_or(rest.len() - start);
            uses.push(rest[start..start + length].trim());
            rest = &rest[(start + length + 1).min(rest.len())..];
            continue;
        }
        match words.strip_prefix("mod ").map(str::trim_end) {
            Some(child) if child.ends_with(';') => children.push(child.trim_end_matches(';')),
            _ => body.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    (body, uses, children)
}

/// Expands a path such as `a::{b, c::d}` into one list of names per end.
fn unfold(text: &str, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let depth = before.len();
    let mut at = 0;
    loop {
        let name: String = text[at..].chars().take_while(|&c| is_word(c)).collect();
        at += name.len();
        if !name.is_empty() {
            before.push(name);
        }
        if text[at..].starts_with("::") {
            at += 2;
            if text[at..].starts_with('{') {
                at += 1;
                loop {
                    at += text[at..].len() - text[at..].trim_start().len();
                    if text[at..].starts_with('}') || at >= text.len() {
                        at += 1;
                        break;
                    }
                    let step = unfold(&text[at..], before, found);
                    at += step.max(1);
                    at += text[at..].len() - text[at..].trim_start().len();
                    if text[at..].starts_with(',') {
                        at += 1;
                    }
                }
                break;
            }
            continue;
        }
        if before.len() > depth {
            found.push(before.clone());
        }
        break;
    }
    before.truncate(depth);
    at
}

struct Crate {
    modules: BTreeMap<Vec<String>, Module>,
}

impl Crate {
    /// The file that defines what a path names, seen from a module.
    fn file_of(&self, from: &[String], names: &[String]) -> Option<Vec<String>> {
        let mut place: Vec<String> = from.to_vec();
        let mut rest = names;
        while let Some((first, others)) = rest.split_first() {
            match first.as_str() {
                "crate" => place.clear(),
                "super" => {
                    place.pop();
                }
                "self" => {}
                _ => break,
            }
            rest = others;
        }
        self.descend(place, rest, 0)
    }

    fn descend(
        &self,
        mut place: Vec<String>,
        names: &[String],
        depth: usize,
    ) -> Option<Vec<String>> {
        let mut rest = names;
        while let Some((first, others)) = rest.split_first() {
            let mut deeper = place.clone();
            deeper.push(first.clone());
            if !self.modules.contains_key(&deeper) {
                break;
            }
            (place, rest) = (deeper, others);
        }
        let module = self.modules.get(&place)?;
        let Some(name) = rest.first() else {
            return Some(place);
        };
        // A re-export from elsewhere?
        for names in passed_on(module) {
            if names.last() == Some(name) && depth < 8 {
                let from = if ["crate", "super"].contains(&names[0].as_str()) {
                    names.clone()
                } else {
                    let mut own = vec!["self".to_owned()];
                    own.extend(names.clone());
                    own
                };
                let mut start: Vec<String> = place.clone();
                let mut rest = from.as_slice();
                while let Some((first, others)) = rest.split_first() {
                    match first.as_str() {
                        "crate" => start.clear(),
                        "super" => {
                            start.pop();
                        }
                        "self" => {}
                        _ => break,
                    }
                    rest = others;
                }
                return self.descend(start, rest, depth + 1);
            }
        }
        Some(place)
    }
}

/// Paths that a module re-exports under its own name.
fn passed_on(module: &Module) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in module.code.match_indices("use ") {
        let line = module.code[..at].rfind('\n').map_or(0, |line| line + 1);
        if module.code[line..at].trim_start().starts_with("pub") {
            unfold(&module.code[at + 4..], &mut Vec::new(), &mut found);
        }
    }
    found
}

/// The files that each file needs.
type Arrows = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

fn arrows_of(modules: BTreeMap<Vec<String>, Module>) -> Arrows {
    let all = Crate { modules };
    let arrows = all.modules.values().map(|module| {
        let to = paths(module).into_iter();
        let to = to.filter_map(|names| all.file_of(&module.path, &names));
        let to = to.filter(|to| *to != module.path).collect();
        (module.path.clone(), to)
    });
    arrows.collect()
}

/// Everything that a file needs, directly or not.
fn reached(arrows: &Arrows, from: &[String]) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let mut open = vec![from.to_vec()];
    while let Some(next) = open.pop() {
        for to in arrows.get(&next).into_iter().flatten() {
            if found.insert(to.clone()) {
                open.push(to.clone());
            }
        }
    }
    found
}

/// A line for each file that needs itself, with the files of its cycle that it names.
fn circles(arrows: &Arrows) -> Vec<String> {
    let reached: BTreeMap<_, _> = arrows
        .keys()
        .map(|from| (from, reached(arrows, from)))
        .collect();
    let turns = |from: &Vec<String>| reached[from].contains(from);
    let mut lines = Vec::new();
    for (from, to) in arrows.iter().filter(|(from, _)| turns(from)) {
        let back = to.iter().filter(|to| {
            let from_there = reached.get(to);
            from_there.is_some_and(|reached| reached.contains(from))
        });
        let back: Vec<String> = back.map(|to| to.join("::")).collect();
        lines.push(format!("{} -> {}", from.join("::"), back.join(", ")));
    }
    lines
}

#[test]
fn no_two_files_need_each_other() {
    let modules = modules();
    assert!(
        modules.len() > 100,
        "only {} files were found",
        modules.len()
    );
    let mut arrows = arrows_of(modules);
    let n_arrows: usize = arrows.values().map(BTreeSet::len).sum();
    assert!(
        n_arrows > 300,
        "only {n_arrows} arrows were found: the test reads the wrong text"
    );
    let is_open = |path: &[String]| OPEN.contains(&path[0].as_str());
    arrows.retain(|from, _| !is_open(from));
    let found = circles(&arrows);
    assert!(
        found.is_empty(),
        "files that need each other:\n{}",
        found.join("\n")
    );
}

#[test]
fn circles_are_found_through_parents_children_and_names_passed_on() {
    let of = |files: &[(&str, &str)]| {
        let modules = files.iter().map(|(path, text)| {
            let path: Vec<String> = path.split("::").map(str::to_owned).collect();
            let code = code_of(text);
            (path.clone(), Module { path, code })
        });
        circles(&arrows_of(modules.collect()))
    };
    let parent = of(&[
        (
            "room",
            "mod child;\npub use child::work;\npub struct Kept;\nfn all() -> Kept { child::make() }\nuse child::make;",
        ),
        (
            "room::child",
            "use super::Kept;\npub fn make() -> Kept { Kept }",
        ),
    ]);
    assert_eq!(parent, ["room -> room::child", "room::child -> room"]);
    let siblings = of(&[
        (
            "room",
            "mod one;\nmod two;\npub use one::One;\npub use two::Two;",
        ),
        ("room::one", "use super::Two;\npub struct One(Two);"),
        ("room::two", "pub struct Two(Box<crate::room::One>);"),
    ]);
    assert_eq!(
        siblings,
        ["room::one -> room::two", "room::two -> room::one"]
    );
    let inline = of(&[
        (
            "room",
            "mod child;\npub struct Kept;\nfn all() -> Kept { child::make() }",
        ),
        (
            "room::child",
            "pub fn make() -> super::Kept { super::Kept }",
        ),
    ]);
    assert_eq!(inline, ["room -> room::child", "room::child -> room"]);
    let namesake = of(&[
        (
            "room",
            "mod apply;\npub use apply::apply;\npub struct Kept;",
        ),
        (
            "room::apply",
            "use super::Kept;\npub fn apply(kept: Kept) {}",
        ),
    ]);
    assert_eq!(namesake, [""; 0]);
    let line = of(&[
        (
            "room",
            "mod one;\nmod two;\npub use one::One;\npub use two::Two;",
        ),
        (
            "room::one",
            "use super::Two; // not crate::room::two\npub struct One(Two);",
        ),
        ("room::two", "pub struct Two;"),
    ]);
    assert_eq!(line, [""; 0]);
}
