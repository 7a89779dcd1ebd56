//! Claims and what the data say of them, in words.

use super::explanation::{NOBODY_MISMATCHED, why_cut_sentence};
use super::numbers::{count, fixed, percent, plural, value_text};
use super::reality::p_words;
use super::segments::members_words;
use crate::explain::{Basis, Checked, FEWEST, Finding, LEVEL, Says, WhyCut};
use crate::table::Unit;

/// What the panel is, for readers.
pub const CLAIMS_LABEL: &str = "Claims";
/// The heading of what was found without being asked.
pub const ABOUT_MISMATCHED: &str = "What sets the mismatched apart";
/// The heading of the form.
pub const CHECK_A_CLAIM: &str = "Check a claim";
/// Its button.
pub const CHECK_THE_CLAIM: &str = "Check the claim";
/// The group of a claim.
pub const CLAIM_GROUP: &str = "Group";
/// What is claimed of it.
pub const CLAIM_SAYS: &str = "Claim";
/// The column that it is about.
pub const CLAIM_COLUMN: &str = "Column";
/// How a claim is judged.
pub const HOW_CLAIMS_ARE_JUDGED: &str = "A direction is supported where the whole distributions and the order of the values both differ that way beyond chance. \
     By a column that the models used, every group differs, because it was cut there. In such a column a direction is supported where the means differ \
     by more than finding this very group explains. This test takes it that customers spread like a bell around the centre of their segment, and equally wide in every segment. \
     All columns of the mismatched share an error of 5 %, and so do those of all segments; a claim of your own is one test.";
/// Of whom a claim can speak; a segment by its letter, where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The mismatched.
    Mismatched,
    /// A segment, or those in none.
    Segment(Option<usize>),
}

impl Who {
    /// What they are called at the beginning of a sentence.
    pub fn words(self) -> String {
        match self {
            Self::Mismatched => "Mismatched customers".to_owned(),
            Self::Segment(segment) => members_words(segment),
        }
    }

    /// One of them, and one of them again.
    fn one(self) -> [String; 2] {
        match self {
            Self::Mismatched => ["one mismatched", "the mismatched"].map(str::to_owned),
            Self::Segment(None) => {
                ["one customer in no segment", "the one in no segment"].map(str::to_owned)
            }
            Self::Segment(Some(segment)) => {
                let letter = crate::export::letter(segment);
                [
                    format!("one customer of {letter}"),
                    format!("the one of {letter}"),
                ]
            }
        }
    }
}

/// What a claim says, as it stands between a group and a column: `are higher in`.
pub fn says_words(says: Says) -> &'static str {
    match says {
        Says::Higher => "are higher in",
        Says::Lower => "are lower in",
        Says::Same => "do not differ in",
        Says::Driver => "differ most in",
        Says::NotDriver => "do not differ most in",
    }
}

/// "Supported", "Contradicted", "Not shown", "Too few", "Cannot be tested".
pub fn finding_words(finding: Finding) -> &'static str {
    match finding {
        Finding::Supported => "Supported by these data",
        Finding::Contradicted => "Contradicted by these data",
        Finding::NotShown => "Not shown by these data",
        Finding::TooFew => "Too few customers to say",
        Finding::NoClaim => "Cannot be tested",
    }
}

/// The claim as a sentence.
pub fn claim_sentence(checked: &Checked, who: Who) -> String {
    let (group, says) = (who.words(), says_words(checked.claim.says));
    let column = &checked.claim.column;
    match checked.claim.says {
        Says::Higher | Says::Lower => format!("{group} {says} {column} than the others."),
        Says::Same => format!("{group} {says} {column} from the others."),
        Says::Driver | Says::NotDriver => {
            format!("{group} {says} {column}, of the columns looked at, from the others.")
        }
    }
}

/// What came of a column, without being asked: a claim that holds, or how the models cut by it.
pub fn insight_sentence(checked: &Checked, who: Who) -> String {
    let column = &checked.claim.column;
    match checked.finding {
        Finding::Supported => claim_sentence(checked, who),
        _ => format!("{column}: no claim. {}", cut_words(checked)),
    }
}

/// That the models cut by a column, in a sentence.
fn cut_words(checked: &Checked) -> &'static str {
    match checked.basis {
        Basis::Selective => {
            "The models cut by this column, and the cut alone may explain the difference."
        }
        Basis::Cut(WhyCut::Related) if !checked.is_feature => {
            "The models cut by a column that says nearly the same."
        }
        Basis::Cut(_) => "The models cut by this column.",
        Basis::Permutations => "No model used this column.",
    }
}

/// A claim of the user with what the data say of it.
pub fn own_claim_sentence(checked: &Checked, who: Who) -> String {
    format!(
        "{}: “{}”",
        finding_words(checked.finding),
        claim_sentence(checked, who)
    )
}

/// That nothing was found without being asked.
pub fn no_insight_sentence(n_mismatched: usize) -> &'static str {
    if n_mismatched == 0 {
        NOBODY_MISMATCHED
    } else if n_mismatched < FEWEST {
        "Too few customers are mismatched for a test."
    } else {
        "In no column are the mismatched shown to be higher or lower than the others."
    }
}

/// The numbers behind it; `unit` is that of its column.
pub fn evidence_sentence(checked: &Checked, who: Who, unit: Unit) -> String {
    let value = |x: f64| value_text(x, unit);
    let rests_on = match (checked.basis, checked.p) {
        (Basis::Cut(why), _) => why_cut_sentence(why).to_owned(),
        (Basis::Selective, Some(p)) => {
            let n = checked.n_tests;
            let among = if checked.finding == Finding::NotShown && p <= LEVEL && n > 1 {
                format!(", which is not beyond chance among {} tests", count(n))
            } else {
                String::new()
            };
            format!(
                "Given that the models, which cut by this column, find this very group, chance makes the means differ as much: {}{among}.",
                p_words(p)
            )
        }
        (Basis::Selective, None) => cut_words(checked).to_owned(),
        (Basis::Permutations, _) => "No model used this column.".to_owned(),
    };
    // Nothing can be counted of nobody.
    let medians = match (&checked.group, &checked.others) {
        (Some(group), Some(others)) => format!(
            "Median {} ({}) against {} ({}), mean {} against {}. ",
            value(group.median),
            count(group.count),
            value(others.median),
            plural(others.count, "other", "others"),
            value(group.mean),
            value(others.mean)
        ),
        _ => return rests_on,
    };
    let [one, it] = who.one();
    let (by_ranks, by_distance) = match (checked.basis, checked.p, checked.p_superiority) {
        (Basis::Permutations, Some(p), Some(ranks)) => (
            format!(" ({})", p_words(ranks)),
            format!(" ({})", p_words(p)),
        ),
        _ => Default::default(),
    };
    format!(
        "{medians}Pick {one} and one other customer: {it} has the higher value in {} of cases, equal values counted half{by_ranks}. \
         The two distributions differ by {} of 1 at most{by_distance}. {rests_on}",
        percent(checked.superiority),
        fixed(checked.statistic, 2),
    )
}

/// Why it came out like that, where numbers alone mislead.
pub fn finding_note(checked: &Checked) -> Option<String> {
    let says = checked.claim.says;
    let is_direction = matches!(says, Says::Higher | Says::Lower);
    let is_low = |p: Option<f64>| p.is_some_and(|p| p <= LEVEL);
    let (differs, leans) = (is_low(checked.p), is_low(checked.p_superiority));
    match checked.finding {
        Finding::NoClaim => Some(cut_words(checked).into()),
        Finding::NotShown if is_direction && checked.basis == Basis::Selective => {
            Some(cut_words(checked).into())
        }
        Finding::NotShown if is_direction && differs => Some(
            "The group is spread differently from the others, but not clearly higher or lower: it may lie in the middle.".into(),
        ),
        Finding::NotShown if is_direction && leans => Some(
            "The values lean to one side, but chance explains how the whole group is spread. A difference of means alone is no evidence here.".into(),
        ),
        Finding::NotShown if says == Says::Same => {
            Some("No difference is shown. That does not show that there is none.".into())
        }
        Finding::NotShown if !is_direction && checked.leading.is_none() => Some(match checked.n_tests {
            0 => format!("No column can be looked at. {NOT_LOOKED_AT}"),
            n => format!("{} is shown to set the group apart. {NOT_LOOKED_AT}", looked_at(n, "none")),
        }),
        _ => checked.leading.as_ref().map(|leading| {
            let among = looked_at(checked.n_tests, leading);
            format!("{among} sets the group apart most. {NOT_LOOKED_AT}")
        }),
    }
}

/// What a claim about the leading column leaves aside.
const NOT_LOOKED_AT: &str =
    "Columns of texts, and those that the models cut by without a valid test, are not looked at.";

/// How many columns were looked at, and one of them: `Of 7 columns looked at, Age`.
fn looked_at(n_columns: usize, which: &str) -> String {
    format!(
        "Of {} looked at, {which}",
        plural(n_columns, "column", "columns")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{Claim, Group};
    use crate::numeric::five_numbers;
    use crate::words::variants::is_a_sentence;

    fn checked(says: Says, finding: Finding) -> Checked {
        Checked {
            claim: Claim {
                column: "Age".into(),
                group: Group::Segment(0),
                says,
            },
            finding,
            is_feature: false,
            basis: Basis::Permutations,
            group: five_numbers([22.0, 23.0, 24.0, 25.0].into_iter()),
            others: five_numbers([37.0, 38.0, 39.0].into_iter()),
            statistic: 0.42,
            p: Some(0.001),
            superiority: 0.297,
            p_superiority: Some(0.04),
            leading: None,
            n_tests: 1,
        }
    }

    #[test]
    fn a_claim_reads_as_what_is_claimed_and_of_whom() {
        let a = Who::Segment(Some(0));
        let sentences = Says::ALL.map(|says| claim_sentence(&checked(says, Finding::NotShown), a));
        assert_eq!(
            sentences,
            [
                "Customers of A are higher in Age than the others.",
                "Customers of A are lower in Age than the others.",
                "Customers of A do not differ in Age from the others.",
                "Customers of A differ most in Age, of the columns looked at, from the others.",
                "Customers of A do not differ most in Age, of the columns looked at, from the others.",
            ]
        );
        assert_eq!(
            own_claim_sentence(&checked(Says::Higher, Finding::Contradicted), a),
            "Contradicted by these data: “Customers of A are higher in Age than the others.”"
        );
        let none = claim_sentence(
            &checked(Says::Lower, Finding::Supported),
            Who::Segment(None),
        );
        assert_eq!(
            none,
            "Customers in no segment are lower in Age than the others."
        );
    }

    #[test]
    fn the_numbers_behind_a_claim_say_whose_they_are() {
        let found = checked(Says::Lower, Finding::Supported);
        assert_eq!(
            evidence_sentence(&found, Who::Segment(Some(0)), Unit::None),
            "Median 23.5 (4) against 38 (3 others), mean 23.5 against 38. \
             Pick one customer of A and one other customer: the one of A has the higher value in 29.7 % of cases, equal values counted half (p = 0.04). \
             The two distributions differ by 0.42 of 1 at most (p < 0.01). No model used this column."
        );
        for who in [Who::Mismatched, Who::Segment(None)] {
            is_a_sentence(&evidence_sentence(&found, who, Unit::None));
        }
        let one = Checked {
            others: five_numbers([37.0].into_iter()),
            ..checked(Says::Lower, Finding::Supported)
        };
        assert!(
            evidence_sentence(&one, Who::Mismatched, Unit::None)
                .contains(" against 37 (1 other), ")
        );
        let mut bare = checked(Says::Driver, Finding::NotShown);
        (bare.group, bare.is_feature) = (None, false);
        assert_eq!(
            evidence_sentence(&bare, Who::Mismatched, Unit::None),
            "No model used this column."
        );
        assert_eq!(
            finding_note(&bare).unwrap_or_default(),
            "Of 1 column looked at, none is shown to set the group apart. \
             Columns of texts, and those that the models cut by without a valid test, are not looked at."
        );
        bare.n_tests = 0;
        is_a_sentence(&finding_note(&bare).unwrap_or_default());
        let other = Checked {
            leading: Some("Income".into()),
            n_tests: 7,
            ..checked(Says::Driver, Finding::Contradicted)
        };
        let note = finding_note(&other).unwrap_or_default();
        assert!(
            note.starts_with("Of 7 columns looked at, Income sets the group apart most. "),
            "{note}"
        );
    }

    #[test]
    fn the_medians_of_a_percentage_are_percentages() {
        let found = checked(Says::Lower, Finding::Supported);
        let said = evidence_sentence(&found, Who::Mismatched, Unit::Percent);
        let medians =
            "Median 23.5 % (4) against 38 % (3 others), mean 23.5 % against 38 %. Pick one";
        assert!(said.starts_with(medians), "{said}");
    }

    #[test]
    fn nothing_found_is_said_of_those_that_there_are() {
        assert_eq!(no_insight_sentence(0), "No customer is mismatched.");
        for n in [1, FEWEST - 1, FEWEST] {
            is_a_sentence(no_insight_sentence(n));
            let is_few = no_insight_sentence(n).starts_with("Too few");
            assert_eq!(is_few, n < FEWEST, "{n}");
        }
    }

    #[test]
    fn a_column_that_the_models_cut_by_is_no_claim_unless_more_than_the_cut_is_there() {
        let a = Who::Segment(Some(0));
        let cut = |basis, finding, p| Checked {
            is_feature: true,
            basis,
            p,
            p_superiority: None,
            ..checked(Says::Lower, finding)
        };
        let found = cut(Basis::Selective, Finding::Supported, Some(0.02));
        assert_eq!(
            insight_sentence(&found, a),
            "Customers of A are lower in Age than the others."
        );
        let said = evidence_sentence(&found, a, Unit::None);
        assert!(
            said.ends_with(
                "The two distributions differ by 0.42 of 1 at most. Given that the models, which cut by this column, find this very \
                 group, chance makes the means differ as much: p = 0.02."
            ),
            "{said}"
        );
        let among_many = Checked {
            n_tests: 12,
            ..cut(Basis::Selective, Finding::NotShown, Some(0.03))
        };
        let said = evidence_sentence(&among_many, a, Unit::None);
        assert!(
            said.ends_with("p = 0.03, which is not beyond chance among 12 tests."),
            "{said}"
        );
        let unsure = cut(Basis::Selective, Finding::NotShown, Some(0.3));
        assert_eq!(
            insight_sentence(&unsure, a),
            "Age: no claim. The models cut by this column, and the cut alone may explain the difference."
        );
        for why in [
            WhyCut::FewValues,
            WhyCut::SharedValue,
            WhyCut::Related,
            WhyCut::NoReturn,
            WhyCut::TooMany,
            WhyCut::TooFew,
        ] {
            let none = cut(Basis::Cut(why), Finding::NoClaim, None);
            let said = evidence_sentence(&none, a, Unit::None);
            is_a_sentence(&said);
            assert!(!said.contains("p = ") && !said.contains("p < "), "{said}");
            is_a_sentence(&insight_sentence(&none, a));
            is_a_sentence(&finding_note(&none).unwrap_or_default());
            assert!(own_claim_sentence(&none, a).starts_with("Cannot be tested: "));
        }
        let copy = Checked {
            is_feature: false,
            ..cut(Basis::Cut(WhyCut::Related), Finding::NoClaim, None)
        };
        assert_eq!(
            insight_sentence(&copy, a),
            "Age: no claim. The models cut by a column that says nearly the same."
        );
    }
}
