//! What segments and their columns are called.

use crate::explain::{Level, Trait};
use crate::export::letter;
use crate::numeric::order_by;
use crate::table::is_common_word;
use crate::view::Profile;

/// The letter of a segment; a dash for those in none.
pub fn segment_letter(segment: Option<usize>) -> String {
    segment.map_or_else(|| "–".to_owned(), letter)
}

/// A segment within a sentence: "A", "no segment".
pub fn segment_words(segment: Option<usize>) -> String {
    segment.map_or_else(|| "no segment".to_owned(), letter)
}

/// Who is there: "Customers of A", "Customers in no segment".
pub fn members_words(segment: Option<usize>) -> String {
    segment.map_or_else(
        || "Customers in no segment".to_owned(),
        |segment| format!("Customers of {}", letter(segment)),
    )
}

/// A name for every segment, from its two strongest traits; a third where two would be alike.
pub fn segment_names(profiles: &[Profile]) -> Vec<(u32, String)> {
    let named = |n: usize| -> Vec<String> {
        let of = profiles.iter().map(|profile| name_of(profile, n));
        of.collect()
    };
    let (two, three) = (named(2), named(3));
    let is_alone = |name: &String| two.iter().filter(|other| *other == name).count() == 1;
    let names = two.iter().zip(&three);
    let names = names.map(|(two, three)| if is_alone(two) { two } else { three });
    let segments = profiles.iter().map(|profile| profile.segment);
    segments.zip(names.cloned()).collect()
}

/// From the strongest traits, in the order of the columns: `High income, low spending`.
fn name_of(profile: &Profile, n: usize) -> String {
    let chosen: Vec<&Trait> = profile.traits.iter().take(n).collect();
    let place = |of: &Trait| {
        let mut columns = profile.numbers.iter();
        columns.position(|it| it.column == of.column)
    };
    let order = order_by(chosen.len(), &mut |a, b| {
        place(chosen[a]).cmp(&place(chosen[b]))
    });
    let chosen: Vec<&Trait> = order.into_iter().map(|at| chosen[at as usize]).collect();
    let strong: Vec<&&Trait> = chosen
        .iter()
        .filter(|it| it.level != Level::Middle)
        .collect();
    let words: Vec<String> = if strong.is_empty() {
        let columns: Vec<String> = chosen.iter().map(|it| brief(&it.column)).collect();
        vec![format!("middle {}", columns.join(" and "))]
    } else {
        let of = strong.into_iter();
        of.map(|it| format!("{} {}", level_word(it.level), brief(&it.column)))
            .collect()
    };
    if chosen.is_empty() {
        return "Customers".into();
    }
    capitalised(&words.join(", "))
}

/// "low", "middle", "high".
pub fn level_word(level: Level) -> &'static str {
    match level {
        Level::Low => "low",
        Level::Middle => "middle",
        Level::High => "high",
    }
}

/// The name of a column as it stands within a sentence: without units, numbers and underscores.
pub fn short(column: &str) -> String {
    let bare = column.split(['(', '[']).next().unwrap_or(column);
    let spaced = bare.replace('_', " ");
    let is_word =
        |word: &&str| word.chars().count() > 1 && !word.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<String> = spaced
        .split_whitespace()
        .filter(is_word)
        .map(|word| {
            // Abbreviations stay as they are.
            if word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()) {
                word.to_owned()
            } else {
                word.to_lowercase()
            }
        })
        .collect();
    if words.is_empty() {
        column.trim().to_owned()
    } else {
        words.join(" ")
    }
}

/// The same without words that most columns could have: `income`, `spending`, `order value`.
fn brief(column: &str) -> String {
    let read = short(column);
    let words: Vec<&str> = read
        .split(' ')
        .filter(|word| !is_common_word(word))
        .collect();
    if words.is_empty() {
        read
    } else {
        words.join(" ")
    }
}

/// With a capital letter at the beginning.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_in_no_segment_is_never_a_letter() {
        assert_eq!(segment_letter(Some(5)), "F");
        assert_eq!(segment_letter(None), "–");
        assert_eq!(segment_words(None), "no segment");
        assert_eq!(members_words(Some(0)), "Customers of A");
        assert_eq!(members_words(None), "Customers in no segment");
    }

    #[test]
    fn columns_are_read_out_without_their_units() {
        for (column, read) in [
            ("Annual Income (k$)", "annual income"),
            ("Spending_Score_1100", "spending score"),
            ("Annual_Income_k", "annual income"),
            ("CLV", "CLV"),
            ("x", "x"),
            ("2024", "2024"),
        ] {
            assert_eq!(short(column), read);
        }
        for (column, read) in [
            ("Annual Income (k$)", "income"),
            ("Spending Score (1-100)", "spending"),
            ("Average order value", "order"),
            ("Total", "total"),
        ] {
            assert_eq!(brief(column), read);
        }
    }
}
