//! No words of the page outside the room of words and `index.html`.

use super::{code, sources, src};

/// Where only structure stands.
const FOLDERS: [&str; 5] = [
    "ui/panels",
    "ui/widgets",
    "ui/state",
    "ui/canvas",
    "ui/hooks",
];

/// Attributes that people read or hear, and the properties of parts that become such.
const READ: [&str; 6] = [
    "aria-label",
    "title",
    "placeholder",
    "alt",
    "label",
    "aria-valuetext",
];
/// Attributes that only programs read, however many words they hold.
const UNREAD: [&str; 8] = [
    "class",
    "style",
    "viewBox",
    "d",
    "data-testid",
    "aria-keyshortcuts",
    "id",
    "key",
];

/// A string literal, and the code around it.
struct Literal<'a> {
    text: &'a str,
    before: &'a str,
    after: &'a str,
}

fn literals(code: &str) -> Vec<Literal<'_>> {
    let bytes = code.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = code[at..].find(['"', '\'']).map(|next| at + next) {
        if bytes[start] == b'\'' {
            // A character, or a lifetime.
            let rest = &code[start + 1..];
            let escaped = usize::from(rest.starts_with('\\'));
            let length = rest[escaped..].chars().next().map_or(0, char::len_utf8) + escaped;
            let is_letter = rest[length..].starts_with('\'');
            at = start + 1 + if is_letter { length + 1 } else { 0 };
            continue;
        }
        let mut end = start + 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        if end >= bytes.len() {
            break;
        }
        found.push(Literal {
            text: &code[start + 1..end],
            before: code[..start].trim_end(),
            after: code[end + 1..].trim_start(),
        });
        at = end + 1;
    }
    found
}

/// The attribute that a literal is the value of, directly or by `format!`.
fn attribute(before: &str) -> Option<&str> {
    let before = before.strip_suffix("format!(").unwrap_or(before);
    let before = before.strip_suffix('=')?;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    let start = before.trim_end_matches(is_part).len();
    Some(&before[start..])
}

fn has_letters(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| {
        let is_second = before.is_alphabetic() && c.is_alphabetic();
        before = c;
        is_second
    })
}

/// The text without places for values and without tags.
fn bare(text: &str) -> String {
    let (mut depth, mut is_tag, mut bare) = (0, false, String::new());
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if depth == 0 && !is_tag => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// Whether a text has two words of letters alone. Names of classes, files and tests hold other signs.
fn has_words(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '-' && c != '_');
        word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || c == '’')
    });
    words.count() > 1
}

/// Whether a literal is one capitalised word, such as a head or a button has.
fn is_head(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase)
        && text.chars().count() > 1
        && letters.all(char::is_lowercase)
}

/// Words for people in tags that are written as text.
fn has_read_attribute(text: &str) -> bool {
    READ.iter().any(|name| {
        text.split(&format!("{name}=")).skip(1).any(|value| {
            let value = value.trim_start_matches(['\\', '"', '\'']);
            let value = value.split(['\\', '"', '>', ' ']).next().unwrap_or("");
            has_letters(&bare(value)) && value != "true" && value != "false"
        })
    })
}

fn is_prose(literal: &Literal<'_>) -> bool {
    let Literal {
        text,
        before,
        after,
    } = literal;
    // What a developer reads: `logging::warn!("...")` and reasons of lints.
    let is_logged = before.ends_with("logging::warn!(") || before.ends_with("logging::log!(");
    if is_logged || before.ends_with("reason =") {
        return false;
    }
    if let Some(name) = attribute(before) {
        let name = name.rsplit(':').next().unwrap_or(name);
        if READ.contains(&name) {
            return has_letters(&bare(text));
        }
        if UNREAD.contains(&name) {
            return false;
        }
    }
    let is_in_tags = (before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->"))
        && after.starts_with(['<', '{']);
    if is_in_tags && has_letters(text) {
        return true;
    }
    // A key that is compared with: `"Enter" =>`, `== "Enter"`, `"One" | "Two"`.
    let is_compared = after.starts_with("=>")
        || after.starts_with('|')
        || after.starts_with("==")
        || before.ends_with("==")
        || before.ends_with("!=")
        || before.ends_with('|');
    // Selectors of elements.
    let is_selector =
        text.contains([':', '[', '#', '.']) && !text.contains(". ") && text.contains(['[', '(']);
    let bare = bare(text);
    is_head(text) && !is_compared || has_words(&bare) && !is_selector || has_read_attribute(text)
}

/// The prose of a source, without that of its tests.
fn prose(code: &str) -> Vec<&str> {
    let code = code.split("#[cfg(test)]").next().unwrap_or("");
    let found = literals(code);
    let found = found.iter().filter(|literal| is_prose(literal));
    found.map(|literal| literal.text).collect()
}

#[test]
fn words_of_the_page_stand_in_the_room_of_words() {
    let mut found = Vec::new();
    let mut n_files = 0;
    for folder in FOLDERS {
        for path in sources(&src().join(folder)) {
            n_files += 1;
            let code = code(&path);
            let of_file = prose(&code).into_iter();
            found.extend(of_file.map(|text| format!("{}: {text}", path.display())));
        }
    }
    assert!(n_files > 40, "only {n_files} files were read");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Words that a style sheet puts on the page.
fn prose_of_style(text: &str) -> Vec<&str> {
    let declarations = text.split([';', '{', '}']);
    let contents = declarations.filter_map(|it| it.trim().strip_prefix("content:"));
    let is_prose = |value: &&str| {
        let mut quoted = value.split('"').skip(1).step_by(2);
        quoted.any(has_letters)
    };
    contents.filter(is_prose).collect()
}

#[test]
fn style_sheets_hold_no_words() {
    let styles = src().parent().unwrap().join("style");
    let mut n_files = 0;
    for folder in [styles.clone(), styles.join("components")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "css") {
                n_files += 1;
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(prose_of_style(&text), [""; 0], "{}", path.display());
            }
        }
    }
    assert!(n_files > 5, "only {n_files} style sheets were read");
    assert_eq!(
        prose_of_style(
            "a::after { content: \"Drop it\"; } b { content: \" →\"; justify-content: start; content: attr(data-words) }"
        ),
        [" \"Drop it\""]
    );
}

#[test]
fn prose_is_told_from_what_programs_read() {
    for code in [
        r#"view! { <h2>"Models"</h2> }"#,
        r#"view! { <span>"to"</span> }"#,
        r#"view! { <p>{words}</p><b>"two words"{more}</b> }"#,
        r#"<button aria-label="Close" on:click=close>"#,
        r#"<input title=format!("Role of {name}")/>"#,
        r#"<Segmented label="Scaling".to_owned()/>"#,
        r#"format!("{} of {} are listed", a, b)"#,
        r#"vec!["Median", "Mode"]"#,
        r#"const HEAD: &str = "<th title=\"Number of segments\">k</th>";"#,
        r#"const HEAD: &str = "<th scope=col>Model name</th>";"#,
        r#"Some(one) => "No segment","#,
    ] {
        assert!(!prose(code).is_empty(), "{code}");
    }
    for code in [
        r#"<div class="button primary" style:left=format!("{x}px") data-testid="two words">"#,
        r#"<svg viewBox="0 0 16 16"><path d="M2.5 3.5h11v9h-11z"></path></svg>"#,
        r#"match key { "Enter" | "Escape" => one, _ => two }"#,
        r#"if event.key() == "Enter" { 'a' }"#,
        r#"leptos::logging::warn!("the points could not be drawn")"#,
        r#"query_selector(".segmented__option:nth-child({at}) input")"#,
        r#"format!("<tr class={class}><td>{}</td></tr>", cells)"#,
        r#"view! { <p>{words}" "{again}</p> }"#,
        r#"fn of<'a>(text: &'a str) -> char { '"' }"#,
        "#[cfg(test)]\nmod tests { const SAID: &str = \"Two words\"; }",
    ] {
        assert_eq!(prose(code), [""; 0], "{code}");
    }
}
