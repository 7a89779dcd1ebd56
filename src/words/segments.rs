//! What segments and their columns are called.

use super::made::{Made, brief, short};
use super::numbers::compact;
use crate::explain::{Level, Trait};
use crate::export::letter;
use crate::features::Feature;
use crate::numeric::order_by;
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

/// A name for every segment, from its two strongest traits; a third where two would be alike, and the value of the column in which
/// they differ most where they still are. `features` tell which columns are computed from others.
pub fn segment_names(profiles: &[Profile], features: &[Feature]) -> Vec<(u32, String)> {
    let made = &Made::of(features);
    let named = |n: usize| -> Vec<String> {
        let of = profiles.iter().map(|profile| name_of(profile, n, made));
        of.collect()
    };
    let (two, three) = (named(2), named(3));
    let alike = |names: &[String], name: &String| -> Vec<usize> {
        let places = 0..names.len();
        places.filter(|&at| names[at] == *name).collect()
    };
    let names = two.iter().zip(&three).map(|(short, long)| {
        let is_alone = alike(&two, short).len() == 1;
        if is_alone { short } else { long }.clone()
    });
    let names: Vec<String> = names.collect();
    let name = |at: usize| {
        let same = alike(&names, &names[at]);
        let value = (same.len() > 1).then(|| value_apart(profiles, &same, at, made));
        match value.flatten() {
            Some(value) => format!("{}, {value}", names[at]),
            None => names[at].clone(),
        }
    };
    let named = (0..profiles.len()).map(|at| (profiles[at].segment, name(at)));
    named.collect()
}

/// The mean of a segment in the column in which these differ most: `income 61`.
fn value_apart(profiles: &[Profile], alike: &[usize], at: usize, made: &Made) -> Option<String> {
    let numbers = &profiles.get(at)?.numbers;
    let width = |column: usize| {
        let effects = alike.iter().filter_map(|&of| {
            let other = profiles[of].numbers.get(column)?;
            (other.column == numbers[column].column).then_some(other.effect)
        });
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let (min, max) = effects.fold(ends, |(min, max), x| (min.min(x), max.max(x)));
        max - min
    };
    let order = order_by(numbers.len(), &mut |a, b| width(b).total_cmp(&width(a)));
    let widest = *order.first()? as usize;
    let chosen = Some(&numbers[widest]).filter(|_| width(widest) > 0.0)?;
    let profile = profiles.get(at)?;
    // A value is told in the numbers of the file, under their name.
    let (name, of) = match made.source_of(profile, &chosen.column) {
        Some(source) => (called(profile, made, &chosen.column), source),
        None => (made.short(&chosen.column), chosen),
    };
    Some(format!("{name} {}", compact(of.segment.mean)))
}

/// What a column is called in the name of a segment: briefly, unless another column would be called the same. A feature is called like
/// the column that it ascends with, unless that is a feature, too.
fn called(profile: &Profile, made: &Made, column: &str) -> String {
    let source = made.ascending_with(column);
    let others = profile.numbers.iter().filter(|it| it.column != column);
    // The column behind it is no other, but a feature of its own is.
    let others = others.filter(|it| it.column != source || it.is_feature);
    let others: Vec<&str> = others.map(|it| it.column.as_str()).collect();
    let named = |name: fn(&str) -> String, of: &str| {
        if made.is_formula(of) {
            made.short(of)
        } else {
            name(made.ascending_with(of))
        }
    };
    let own = |name: fn(&str) -> String| {
        let own = named(name, column);
        let is_own = others.iter().all(|of| named(name, of) != own);
        is_own.then_some(own)
    };
    own(brief)
        .or_else(|| own(short))
        .unwrap_or_else(|| column.to_owned())
}

/// From the strongest traits, in the order of the columns: `High income, low spending`.
fn name_of(profile: &Profile, n: usize, made: &Made) -> String {
    let chosen: Vec<&Trait> = profile.traits.iter().take(n).collect();
    let place = |of: &Trait| {
        let mut columns = profile.numbers.iter();
        columns.position(|it| it.column == of.column)
    };
    let order = order_by(chosen.len(), &mut |a, b| {
        place(chosen[a]).cmp(&place(chosen[b]))
    });
    let chosen: Vec<&Trait> = order.into_iter().map(|at| chosen[at as usize]).collect();
    let called = |it: &&Trait| called(profile, made, &it.column);
    let strong: Vec<&Trait> = chosen
        .iter()
        .copied()
        .filter(|it| it.level != Level::Middle)
        .collect();
    let words: Vec<String> = if strong.is_empty() {
        let columns: Vec<String> = chosen.iter().map(called).collect();
        vec![format!("middle {}", columns.join(" and "))]
    } else {
        let of = strong.iter();
        of.map(|it| format!("{} {}", level_word(it.level), called(it)))
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
    use crate::explain::{NumberProfile, traits};
    use crate::numeric::five_numbers;

    #[test]
    fn who_is_in_no_segment_is_never_a_letter() {
        assert_eq!(segment_letter(Some(5)), "F");
        assert_eq!(segment_letter(None), "–");
        assert_eq!(segment_words(None), "no segment");
        assert_eq!(members_words(Some(0)), "Customers of A");
        assert_eq!(members_words(None), "Customers in no segment");
    }

    fn profile(segment: u32, of: &[(&str, f64)]) -> Profile {
        let number = |&(column, effect): &(&str, f64)| {
            let spread = five_numbers([50.0 + 10.0 * effect].into_iter());
            spread.map(|spread| NumberProfile {
                column: column.to_owned(),
                is_feature: true,
                segment: spread,
                everyone: spread,
                effect,
            })
        };
        let numbers: Vec<NumberProfile> = of.iter().filter_map(number).collect();
        Profile {
            segment,
            n: 10,
            share: 0.5,
            shares: Vec::new(),
            traits: traits(&numbers),
            numbers,
            typical: None,
        }
    }

    #[test]
    fn a_name_has_no_column_twice_and_segments_that_differ_have_two() {
        let names = |profiles: &[Profile]| {
            let names = segment_names(profiles, &[]).into_iter();
            names.map(|(_, name)| name).collect::<Vec<_>>()
        };
        let of = |segment, total, yearly| {
            profile(
                segment,
                &[("Enrollment total", total), ("Enrollment per year", yearly)],
            )
        };
        assert_eq!(
            names(&[of(0, 1.0, -1.0), of(1, -1.0, 1.0)]),
            [
                "High enrollment total, low enrollment per year",
                "Low enrollment total, high enrollment per year"
            ]
        );
        let of = |segment, a, b| profile(segment, &[("Question (1)", a), ("Question (2)", b)]);
        assert_eq!(
            names(&[of(0, 1.0, -1.0)]),
            ["High Question (1), low Question (2)"]
        );
        // One column, five segments: the same level twice.
        let of = |segment, effect| profile(segment, &[("Income", effect)]);
        let five = [of(0, -1.5), of(1, -0.6), of(2, 0.0), of(3, 0.8), of(4, 2.0)];
        assert_eq!(
            names(&five),
            [
                "Low income, income 35",
                "Low income, income 44",
                "Middle income",
                "High income, income 58",
                "High income, income 70"
            ]
        );
        // Where they cannot be told apart, nothing is made up.
        assert_eq!(names(&[of(0, 1.0), of(1, 1.0)]), ["High income"; 2]);
    }

    #[test]
    fn a_feature_is_called_like_the_column_that_it_ascends_with_and_no_other() {
        let income = || "Annual Income (k$)".to_owned();
        let transforms = [
            Feature::Log { a: income() },
            Feature::Log1p { a: income() },
            Feature::Rank { a: income() },
        ];
        let of = |feature: &Feature, segment, effect, is_feature| {
            let name = feature.name();
            let mut profile = profile(segment, &[(&name, effect), (&income(), effect)]);
            profile.numbers[1].is_feature = is_feature;
            profile.traits = traits(&profile.numbers[..1]);
            // The column itself has numbers of its own.
            let own = five_numbers([2000.0 + 100.0 * effect].into_iter());
            profile.numbers[1].segment = own.unwrap_or(profile.numbers[1].segment);
            profile
        };
        for feature in transforms {
            let features = [feature.clone()];
            let [low, high, higher] = [(0, -1.0), (1, 1.0), (2, 1.5)]
                .map(|(segment, effect)| of(&feature, segment, effect, false));
            let names = segment_names(&[low, high.clone(), higher], &features);
            let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
            // Values are those of the column.
            assert_eq!(
                names,
                [
                    "Low income",
                    "High income, income 2,100",
                    "High income, income 2,150"
                ]
            );
            // Beside the column as a feature each is called in full.
            let both = [feature.clone(), Feature::column(&income())];
            let beside = of(&feature, 0, 1.0, true);
            assert_eq!(
                name_of(&beside, 1, &Made::of(&both)),
                capitalised(&format!("high {}", feature.name()))
            );
            // A column of the file that is called so is no such feature.
            let own = name_of(&high, 1, &Made::of(&[Feature::column(&feature.name())]));
            assert!(!own.eq_ignore_ascii_case("high income"), "{own}");
        }
    }
}
