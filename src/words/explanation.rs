//! Why the models disagree, in words.

use super::numbers::{UnitOf, count, fixed, plural, value_text};
use super::reality::p_words;
use crate::agreement::Contingency;
use crate::explain::{Basis, Condition, FEWEST, Rule, WhyCut};
use crate::questions::{ColumnDifference, Explanation};
use crate::result::Comparison;
use crate::table::Unit;

/// The table of the columns, for readers.
pub const SUMMARY_LABEL: &str = "Summary of the mismatched customers";
/// The heads of the table: column, group, and six numbers.
pub const SUMMARY_HEADS: [&str; 8] = [
    "Column", "Group", "Mean", "Min", "25 %", "Median", "75 %", "Max",
];
/// The customers whom the models place differently, as a group.
pub const MISMATCHED_GROUP: [&str; 2] = ["Mismatched", "Mismatched shown"];
/// All customers, as a group.
pub const EVERYONE_GROUP: [&str; 2] = ["Everyone", "Everyone shown"];
/// Where the models place everybody alike.
pub const NOBODY_MISMATCHED: &str = "No customer is mismatched.";
/// All models but one failed, so nobody can be mismatched.
pub const ONE_MODEL: &str = "Only one model could be fitted, so there is none to compare it with.";
/// Beside a column that the models do not see.
pub const NOT_A_FEATURE: &str = "not a feature";

/// How a column that the models used is tested, for the tip.
const SELECTIVE_TIP: &str = "The models are fitted again to these customers with the group moved closer or farther, to see where they still find the same group. \
     p says how often chance makes a difference this large where they do (selective inference: Gao, Bien & Witten 2022; Chen & Gao 2023)";

/// Why a column that the models cut by has no valid test.
pub(super) fn why_cut_sentence(why: WhyCut) -> &'static str {
    match why {
        WhyCut::FewValues => "It has few different values, so no valid test is known for it.",
        WhyCut::SharedValue => {
            "Very many customers share one of its values, so no valid test is known for it."
        }
        WhyCut::Related => {
            "It is computed from the same numbers as a column of the models, or says nearly the same, so no test of it is valid."
        }
        WhyCut::NoReturn => {
            "The models no longer find this group when its customers move a little, so chance cannot be told from the cut."
        }
        WhyCut::TooMany => {
            "A valid test fits the models again many times, which takes too long here."
        }
        WhyCut::Given => {
            "Who is in this group depends on the segment column, and how that was made is not known."
        }
        WhyCut::TooFew => "There are fewer than five customers on one side.",
    }
}

/// How a column differs, in a few words; all that were tested share the level.
pub fn difference_words(column: &ColumnDifference, n_tested: usize) -> String {
    let Some(p) = column.p else {
        return match column.basis {
            Basis::Permutations | Basis::Selective | Basis::Cut(WhyCut::TooFew) => {
                "too few customers to test"
            }
            Basis::Cut(_) if column.is_feature => "the models cut here; no test",
            Basis::Cut(_) => "the models cut by nearly the same; no test",
        }
        .to_owned();
    };
    let words = match column.basis {
        _ if column.differs => "differs".to_owned(),
        _ if column.differs_alone() => {
            format!("not beyond chance among {} columns", count(n_tested))
        }
        Basis::Selective => "not shown to differ by more than the cut explains".to_owned(),
        _ => "no clear difference".to_owned(),
    };
    format!("{words} ({})", p_words(p))
}

/// What that is measured by.
pub fn difference_tip(column: &ColumnDifference) -> String {
    match column.basis {
        Basis::Cut(why) => why_cut_sentence(why).trim_end_matches('.').to_owned(),
        _ if column.p.is_none() => why_cut_sentence(WhyCut::TooFew)
            .trim_end_matches('.')
            .to_owned(),
        Basis::Permutations => format!(
            "Whether the mismatched are spread differently from the others in this column: the largest distance between both distributions \
             (Kolmogorov-Smirnov) is {}, and p says how often chance reaches it. Means mislead where a group lies in the middle",
            fixed(column.statistic, 2)
        ),
        Basis::Selective => SELECTIVE_TIP.to_owned(),
    }
}

/// What sets the mismatched apart, in a few sentences.
pub fn explanation_sentence(explanation: &Explanation, unit_of: UnitOf) -> String {
    if explanation.n_mismatched == 0 {
        return String::new();
    }
    if let Some(few) = too_few_sentence(explanation) {
        return few;
    }
    let columns = || explanation.columns.iter();
    let of = |basis: Basis| {
        let tested = columns().filter(move |it| it.basis == basis && it.p.is_some());
        tested.collect::<Vec<_>>()
    };
    let (unused, used) = (of(Basis::Permutations), of(Basis::Selective));
    let few = columns().filter(|it| it.p.is_none() && !is_cut(it));
    let cut = columns().filter(|it| it.p.is_none() && is_cut(it));
    let sentences = [
        unused_sentence(explanation, &unused),
        used_sentence(&used),
        untested_sentence(&cut.collect::<Vec<_>>(), NO_VALID_TEST),
        untested_sentence(&few.collect::<Vec<_>>(), TOO_FEW_VALUES),
        rule_words(explanation, unit_of),
    ];
    let said: Vec<String> = sentences.into_iter().filter(|it| !it.is_empty()).collect();
    said.join(" ")
}

/// Why a column has no p value, and why several have none.
const NO_VALID_TEST: [&str; 2] = [
    "has no valid test: the models cut by it, or by nearly the same",
    "have no valid test: the models cut by them, or by nearly the same",
];
const TOO_FEW_VALUES: [&str; 2] = [
    "has too few values for a test",
    "have too few values for a test",
];

/// Whether the models cut by a column in a way that leaves no valid test of it.
fn is_cut(column: &ColumnDifference) -> bool {
    matches!(column.basis, Basis::Cut(why) if why != WhyCut::TooFew)
}

/// What leads, of the columns that no model used; in the others the cut makes the distance.
fn unused_sentence(explanation: &Explanation, unused: &[&ColumnDifference]) -> String {
    let n = unused.len();
    if let Some(leading) = explanation.leading() {
        let among = match n {
            1 => "the one column that no model used".to_owned(),
            n => format!("of the {} columns that no model used", count(n)),
        };
        return format!("{leading} sets the mismatched apart most, {among}.");
    }
    let may_be_many = unused.iter().any(|it| it.differs_alone());
    match n {
        0 => "No column beyond those that the models used can be tested.".to_owned(),
        1 if may_be_many => format!(
            "In {}, the one column that no model used, the difference is not beyond chance among the {} columns tested.",
            joined_names(unused),
            count(explanation.n_tested())
        ),
        1 => format!(
            "In {}, the one column that no model used, the mismatched do not clearly differ from the others.",
            joined_names(unused)
        ),
        n if may_be_many => format!(
            "In none of the {} columns that no model used is the difference beyond chance among the {} columns tested.",
            count(n),
            count(explanation.n_tested())
        ),
        n => format!(
            "In none of the {} columns that no model used do the mismatched clearly differ from the others.",
            count(n)
        ),
    }
}

/// In which of the columns that the models used there is more than the cut explains.
fn used_sentence(used: &[&ColumnDifference]) -> String {
    let differ: Vec<&ColumnDifference> = used.iter().copied().filter(|it| it.differs).collect();
    match (differ.len(), used.len()) {
        (_, 0) => String::new(),
        (0, 1) => format!(
            "In {}, which the models used, they are not shown to differ by more than the cuts explain.",
            joined_names(used)
        ),
        (0, n) => format!(
            "In none of {} columns that the models used are they shown to differ by more than the cuts explain.",
            count(n)
        ),
        (n, _) if n > MOST_NAMED => format!(
            "In {} columns that the models used they differ by more than the cuts explain.",
            count(n)
        ),
        _ => format!(
            "In {}, which the models used, they differ by more than the cuts explain.",
            joined_names(&differ)
        ),
    }
}

/// Which columns have no p value, and why: of one, and of several.
fn untested_sentence(columns: &[&ColumnDifference], [of_one, of_several]: [&str; 2]) -> String {
    match columns.len() {
        0 => String::new(),
        1 => format!("{} {of_one}.", joined_names(columns)),
        n if n > MOST_NAMED => format!("{} columns {of_several}.", count(n)),
        _ => format!("{} {of_several}.", joined_names(columns)),
    }
}

/// The rule, and what it is worth: no more than the columns that it is about.
fn rule_words(explanation: &Explanation, unit_of: UnitOf) -> String {
    let Some(rule) = &explanation.rule else {
        return "No simple rule finds them.".to_owned();
    };
    let said = rule_sentence(rule, explanation.n_mismatched, unit_of);
    let about = rule.conditions.iter();
    let about = about.map(|it| {
        let mut columns = explanation.columns.iter();
        columns.find(|column| column.column == it.column)
    });
    let about: Vec<&ColumnDifference> = about.flatten().collect();
    let is_by_cut = |it: &&ColumnDifference| it.basis != Basis::Permutations;
    if !about.is_empty() && about.iter().all(|it| it.differs) {
        said
    } else if about.iter().filter(|it| !it.differs).any(is_by_cut) {
        format!("A rule that describes the cuts and proves nothing: {said}")
    } else {
        format!("A rule that may be chance: {said}")
    }
}

/// Where one side is too small to be tested or to be found by a rule.
fn too_few_sentence(explanation: &Explanation) -> Option<String> {
    let said = |n: usize, of: [&str; 2]| {
        let are = if n == 1 { "is" } else { "are" };
        let who = if n == 0 {
            format!("No {}", of[0])
        } else {
            plural(n, of[0], of[1])
        };
        let too_few = if n == 0 {
            "is there to compare the mismatched with".to_owned()
        } else {
            format!("{are} too few for a test or a rule")
        };
        format!("{who} {too_few}.")
    };
    let Explanation {
        n_mismatched,
        n_others,
        ..
    } = *explanation;
    if n_mismatched < FEWEST {
        Some(said(
            n_mismatched,
            ["mismatched customer", "mismatched customers"],
        ))
    } else if n_others < FEWEST {
        Some(said(n_others, ["matched customer", "matched customers"]))
    } else {
        None
    }
}

/// More columns than these are counted instead of named.
const MOST_NAMED: usize = 3;

/// `a, b and c`.
fn joined_names(columns: &[&ColumnDifference]) -> String {
    let names: Vec<&str> = columns.iter().map(|it| it.column.as_str()).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// What stands above the summary, for screen readers.
pub const LEAD_LABEL: &str = "What sets the mismatched apart";

/// What the indices of agreement mean.
pub const INDICES_TIP: &str = "Adjusted Rand index and adjusted mutual information: 1 for the same segments, 0 for what chance gives. \
    Variation of information: 0 for the same segments, in nats. Fowlkes-Mallows: 1 for the same pairs of customers together, – where a model puts no two together. Element-centric similarity: the mean share of a customer's segment that both models have";

/// Customers above which the index that needs long sums is left out.
const MOST_FOR_MUTUAL: u64 = 50_000;

/// The indices of agreement of two models.
pub fn indices_sentence(contingency: &Contingency) -> String {
    // There is no agreement of nobody, nor of one customer with itself.
    let index = |of: fn(&Contingency) -> f64| {
        let is_any = contingency.total() > 1;
        fixed(if is_any { of(contingency) } else { f64::NAN }, 3)
    };
    let mutual = if contingency.total() <= MOST_FOR_MUTUAL {
        let index = index(Contingency::adjusted_mutual_information);
        format!(", adjusted mutual information {index}")
    } else {
        String::new()
    };
    let pairs = contingency.fowlkes_mallows().unwrap_or(f64::NAN);
    format!(
        "Adjusted Rand index {}{mutual}, variation of information {}, Fowlkes-Mallows {}.",
        index(Contingency::adjusted_rand_index),
        index(Contingency::variation_of_information),
        fixed(pairs, 3)
    )
}

/// How the models split over the mismatched, where there are three.
pub fn votes_sentence(comparison: &Comparison) -> String {
    if comparison.models.len() < 3 {
        return String::new();
    }
    let rows = 0..comparison.first_labels().len();
    let mismatched = rows.filter(|&row| comparison.is_mismatched(row));
    let (mut two, mut none) = (0, 0);
    for row in mismatched {
        let majority = comparison.votes(row).first().is_some_and(|(_, n)| *n > 1);
        *(if majority { &mut two } else { &mut none }) += 1;
    }
    split_sentence(two, none, comparison.models.len())
}

/// On how many mismatched customers at least two models agree, and on how many none do.
fn split_sentence(two: usize, none: usize, n_models: usize) -> String {
    let agree = match n_models {
        3 => "two of the three models agree".to_owned(),
        n => format!("at least two of the {} models agree", count(n)),
    };
    let apart = "each model says another segment";
    match (two, none) {
        (0, 0) => String::new(),
        (1, 0) => format!("For the 1 mismatched customer {agree}."),
        (two, 0) => format!("For all {} {agree}.", count(two)),
        (0, 1) => format!("For the 1 mismatched customer {apart}."),
        (0, none) => format!("For all {} {apart}.", count(none)),
        (two, none) => format!(
            "For {} of the {} {agree}, for {} {apart}.",
            count(two),
            count(two + none),
            count(none)
        ),
    }
}

/// Whom a rule finds, of the mismatched and of the others.
fn rule_sentence(rule: &Rule, n: usize, unit_of: UnitOf) -> String {
    let conditions = rule.conditions.iter();
    let conditions = conditions.map(|it| condition_words(it, unit_of(&it.column)));
    let conditions = conditions.collect::<Vec<_>>().join(" and ");
    let who = match (rule.n_hit, n) {
        (1, 1) => "The 1 mismatched customer has".to_owned(),
        (hit, n) if hit == n => format!("All {} mismatched have", count(n)),
        (1, n) => format!("1 of the {} mismatched has", count(n)),
        (hit, n) => format!("{} of the {} mismatched have", count(hit), count(n)),
    };
    let others = match rule.n_picked.saturating_sub(rule.n_hit) {
        0 => "no other customer has".to_owned(),
        1 => "1 other customer has too".to_owned(),
        others => format!("{} other customers have too", count(others)),
    };
    format!("{who} {conditions}; {others}.")
}

fn condition_words(Condition { column, min, max }: &Condition, unit: Unit) -> String {
    let value = |x: &f64| value_text(*x, unit);
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("{column} {}", value(min)),
        (Some(min), Some(max)) => format!("{column} {} to {}", value(min), value(max)),
        (Some(min), None) => format!("{column} {} or more", value(min)),
        (None, Some(max)) => format!("{column} {} or less", value(max)),
        (None, None) => column.clone(),
    }
}

#[cfg(test)]
mod tests;
