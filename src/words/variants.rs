//! For tests: whether each variant of an enum has its words.

use std::fmt::Debug;

/// Checks that each variant of an enum in a source is among the values.
#[track_caller]
pub(super) fn names_all<T: Debug>(source: &str, name: &str, values: &[T]) {
    let body = source.split_once(&format!("enum {name} {{")).unwrap().1;
    let body = body.split_once("\n}").unwrap().0;
    let lines = body
        .lines()
        .filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    let variants = lines
        .map(str::trim)
        .filter(|line| line.starts_with(char::is_uppercase));
    let word = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap()
            .to_owned()
    };
    let variants: Vec<String> = variants.map(word).collect();
    assert!(variants.len() > 3, "{variants:?}");
    let found: Vec<String> = values
        .iter()
        .map(|value| word(&format!("{value:?}")))
        .collect();
    for variant in &variants {
        assert!(found.contains(variant), "{name}::{variant} is not tested");
    }
}

/// Checks that something reads as a sentence, without what only programs write.
#[track_caller]
pub(super) fn is_a_sentence(text: &str) {
    assert!(text.ends_with('.'), "{text}");
    assert!(
        text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“'),
        "{text}"
    );
    assert!(
        !text.contains(['{', '}', '"']) && !text.contains("  "),
        "{text}"
    );
}
