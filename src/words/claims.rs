//! Claims and what the data say of them, in words.

use super::explanation::{NOBODY_MISMATCHED, why_cut_sentence};
use super::numbers::{count, fixed, percent, plural, value_text};
use super::reality::p_words;
use super::segments::members_words;
use crate::explain::{Basis, Checked, FEWEST, Finding, LEVEL, NotShown, Says, WhyCut};
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
     by more than finding this very group explains, and the order of the values leans the same way. This test takes it that customers spread like a bell around the centre of their segment, and equally wide in every segment. \
     All columns of the mismatched share an error of 5 %, and so do those of all segments; a claim of your own is one test. What differs most is asked \
     only of columns that no model used: in the others the cut makes the distance.";
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

/// That the models cut by a column, and what is left beside that, in a sentence or two.
fn cut_words(checked: &Checked) -> String {
    let is_direction = matches!(checked.claim.says, Says::Higher | Says::Lower | Says::Same);
    match (checked.basis, checked.why_not()) {
        (Basis::Selective, _) if !is_direction => {
            "The models cut by this column, which makes the distance: it cannot be ranked beside others."
                .into()
        }
        (Basis::Selective, Some(NotShown::Ranks)) => {
            "The models cut by this column. The means differ by more than the cut explains, but the order of the values does not lean the same way."
                .into()
        }
        (Basis::Selective, Some(NotShown::ManyTests)) => format!(
            "The models cut by this column, and among {} tests it is not beyond chance that more than the cut is there.",
            count(checked.n_tests)
        ),
        (Basis::Selective, _) => {
            "The models cut by this column, and the cut alone may explain the difference.".into()
        }
        (Basis::Cut(WhyCut::Related), _) if !checked.is_feature => {
            "The models cut by columns that say nearly the same.".into()
        }
        (Basis::Cut(_), _) => "The models cut by this column.".into(),
        (Basis::Permutations, _) => "No model used this column.".into(),
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
pub fn no_insight_sentence(n_mismatched: usize, n_others: usize) -> &'static str {
    if n_mismatched == 0 {
        NOBODY_MISMATCHED
    } else if n_mismatched < FEWEST {
        "Too few customers are mismatched for a test."
    } else if n_others < FEWEST {
        "Too few customers are matched for a test."
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
            let among = match checked.why_not() {
                Some(NotShown::ManyTests) => format!(
                    ", which is not beyond chance among {} tests",
                    count(checked.n_tests)
                ),
                Some(NotShown::Ranks) => {
                    ", but the order of the values does not lean the same way".to_owned()
                }
                _ => String::new(),
            };
            format!(
                "Given that the models, which cut by this column, find this very group, chance makes the means differ as much: {}{among}.",
                p_words(p)
            )
        }
        (Basis::Selective, None) => "The models cut by this column.".to_owned(),
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
        Finding::NoClaim => Some(cut_words(checked)),
        Finding::NotShown if is_direction && checked.basis == Basis::Selective => {
            Some(cut_words(checked))
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
const NOT_LOOKED_AT: &str = "Columns of texts, and those that the models cut by, are not looked at: the cut makes their distance.";

/// How many columns were looked at, and one of them: `Of 7 columns looked at, Age`.
fn looked_at(n_columns: usize, which: &str) -> String {
    format!(
        "Of {} looked at, {which}",
        plural(n_columns, "column", "columns")
    )
}

#[cfg(test)]
mod tests;
