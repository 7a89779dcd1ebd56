//! Which of two values is the "yes" of a category.
//!
//! ```text
//! no        a word for no; or such a word before others: `no internet`, `ohne Vertrag`; or the other value negated: `inactive`, `non-member`
//! yes       the value beside a no; else a word for yes
//! neither   the rarer value is what the column asks for; of equally frequent ones the later by its letters
//! ```
//!
//! The order of the rows decides nothing.

use std::cmp::Ordering;

/// Words for no, in lower case.
const NO: &str = "nein não nao nej nei ei nie ne nee niet нет hayır όχι nem nu false falsch faux falso fals off aus";
/// Words that say no to the words behind them, too.
const WITHOUT: &str = "no non not nicht kein keine keiner never ohne without sans sin sem senza pas aucun nessuno ninguno uden utan uten bez";
/// Words for yes, in lower case.
const YES: &str = "yes ja oui sí si sì sim tak ano да evet ναι igen da true wahr vrai verdadero vero verdadeiro on an ein kyllä jah";
/// A letter for no, and those that stand for yes beside it. Beside others, F is a gender.
const LETTERS: [(&str, &str); 2] = [("n", "yjostd"), ("f", "tvw")];
/// What a word begins with that is the contrary of the rest.
const NEGATIONS: [&str; 4] = ["in", "im", "un", "non"];

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// A value as it is compared: in lower case, its words one blank apart.
fn plain(value: &str) -> String {
    let lower = value.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Whether a value is the no beside another one.
fn is_no(value: &str, other: &str) -> bool {
    let first = value.split(' ').next().unwrap_or_default();
    let is_zero = value.contains('0') && value.chars().all(|c| matches!(c, '0' | '.' | ','));
    let is_letter =
        |(no, yes): &(&str, &str)| value == *no && other.len() == 1 && yes.contains(other);
    let is_contrary = |negation: &&str| {
        let rest = value.strip_prefix(*negation).map(str::trim_start);
        !other.is_empty() && rest == Some(other)
    };
    is_zero
        || is_in(NO, value)
        || is_in(WITHOUT, first)
        || LETTERS.iter().any(is_letter)
        || NEGATIONS.iter().any(is_contrary)
}

/// The place of the "yes" among two values that occur so often.
pub fn yes_of(values: [&str; 2], counts: [usize; 2]) -> usize {
    let [a, b] = values.map(plain);
    let no = [is_no(&a, &b), is_no(&b, &a)];
    let yes = [is_in(YES, &a), is_in(YES, &b)];
    // A no decides before a yes.
    let wanted = if no[0] == no[1] { yes } else { [no[1], no[0]] };
    match wanted {
        [true, false] => 0,
        [false, true] => 1,
        _ => match counts[0].cmp(&counts[1]) {
            Ordering::Less => 0,
            Ordering::Greater => 1,
            Ordering::Equal => usize::from(values[1] > values[0]),
        },
    }
}

#[cfg(test)]
mod tests;
