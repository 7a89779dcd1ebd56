//! Why the models disagree, in words.

use super::numbers::{compact, count, fixed, percent};
use super::reality::p_value;
use crate::agreement::Contingency;
use crate::explain::{Condition, Rule};
use crate::questions::{ColumnDifference, Explanation};
use crate::result::Comparison;

/// What the numbers beside a column say.
pub const DIFFERENCE_TIP: &str = "Whether the mismatched are spread over this column otherwise than the others: the largest distance between both \
    distributions (Kolmogorov-Smirnov) and how often chance reaches it. Means mislead where a group lies in the middle";

/// A share that chance explains more often than this is not called a difference.
const LEVEL: f64 = 0.05;

/// How a column differs, in a few words.
pub fn difference_words(column: &ColumnDifference) -> String {
    let p = p_value(column.p);
    let sign = if p.starts_with('<') { "" } else { "= " };
    let word = if column.p <= LEVEL {
        "differs"
    } else {
        "no difference shown"
    };
    format!("{word}: {}, p {sign}{p}", fixed(column.statistic, 2))
}

/// What sets the mismatched apart, in a sentence or two.
pub fn explanation_sentence(explanation: &Explanation) -> String {
    if explanation.n_mismatched == 0 {
        return String::new();
    }
    let leading = explanation
        .columns
        .first()
        .filter(|column| column.p <= LEVEL);
    let leading = leading.map_or_else(
        || "In no column are the mismatched spread otherwise than the others.".to_owned(),
        |column| {
            let used = if column.is_feature {
                ""
            } else {
                ", which no model used"
            };
            format!("{} sets the mismatched apart most{used}.", column.column)
        },
    );
    let rule = explanation.rule.as_ref().map_or_else(
        || "No simple rule finds them.".to_owned(),
        |rule| rule_sentence(rule, explanation.n_mismatched),
    );
    format!("{leading} {rule}")
}

/// What stands above the summary, for screen readers.
pub const LEAD_LABEL: &str = "What sets the mismatched apart";

/// What the indices of agreement mean.
pub const INDICES_TIP: &str = "Adjusted Rand index and adjusted mutual information: 1 for the same segments, 0 for what chance gives. \
    Variation of information: 0 for the same segments, in nats. Fowlkes-Mallows: 1 for the same pairs of customers together";

/// Customers above which the index that needs long sums is left out.
const MOST_FOR_MUTUAL: u64 = 50_000;

/// The indices of agreement of two models.
pub fn indices_sentence(contingency: &Contingency) -> String {
    // There is no agreement of nobody.
    let index = |of: fn(&Contingency) -> f64| {
        let is_any = contingency.total() > 0;
        fixed(if is_any { of(contingency) } else { f64::NAN }, 3)
    };
    let mutual = if contingency.total() <= MOST_FOR_MUTUAL {
        let index = index(Contingency::adjusted_mutual_information);
        format!(", adjusted mutual information {index}")
    } else {
        String::new()
    };
    format!(
        "Adjusted Rand index {} (1: the same segments, 0: what chance gives){mutual}, variation of information {}, Fowlkes-Mallows {}.",
        index(Contingency::adjusted_rand_index),
        index(Contingency::variation_of_information),
        index(Contingency::fowlkes_mallows)
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
    if two + none == 0 {
        return String::new();
    }
    format!(
        "On {} two of the three models agree, on {} each says another segment.",
        count(two),
        count(none)
    )
}

fn rule_sentence(rule: &Rule, n: usize) -> String {
    let conditions = rule.conditions.iter().map(condition_words);
    format!(
        "{} holds {} of the {}; {} of those it picks are mismatched, against {} of everyone.",
        conditions.collect::<Vec<_>>().join(" and "),
        count(rule.n_hit),
        count(n),
        percent(rule.precision),
        percent(rule.base_rate)
    )
}

fn condition_words(Condition { column, min, max }: &Condition) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{column} {} to {}", compact(*min), compact(*max)),
        (Some(min), None) => format!("{column} from {}", compact(*min)),
        (None, Some(max)) => format!("{column} up to {}", compact(*max)),
        (None, None) => column.clone(),
    }
}
