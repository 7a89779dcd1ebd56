//! Why a customer is where it is, in words.

use super::explanation::NOT_A_FEATURE;
use super::made::short;
use super::models::model_name;
use super::numbers::{
    UnitOf, all_digits, beside_digits, compact, count, fixed, percent, value_text, with_unit,
};
use super::segments::{capitalised, segment_words};
use crate::cluster::k_means::Centres;
use crate::explain::Joining;
use crate::export::letter;
use crate::numeric::FiveNumbers;
use crate::questions::{Beside, Cause, Change, CustomerCard};
use crate::table::Unit;

/// The card, for readers.
pub const CARD_LABEL: &str = "Why this customer";
/// What stands before and after the name in its heading.
pub const CARD_HEADING: [&str; 2] = ["Why customer ", "?"];
/// The button back.
pub const CARD_BEFORE: &str = "The mismatched customer before";
/// The button on.
pub const CARD_NEXT: &str = "The next mismatched customer";
/// The button that closes the card.
pub const CARD_CLOSE: &str = "Close";
/// What stands between a model and the segment that it places the customer in.
pub const MODEL_SAYS: &str = "says";
/// What a silhouette is.
pub const SILHOUETTE_TIP: &str =
    "Silhouette: how much nearer the customer is to its own segment than to the next, from −1 to 1";
/// What the share of resamples is.
pub const KEEPS_TIP: &str =
    "Share of the resamples holding this customer in which it keeps this segment";
/// How a model that gives probabilities places a customer.
pub const PROBABILITIES: &str = "Probability. Higher wins.";
/// What a tree says of a segment of one.
pub const ALONE_IN_SEGMENT: &str = "Its segment holds no customer that differs from it.";
/// What stands before and after the segment that a change leads to.
pub const SMALLEST_CHANGE: [&str; 2] = ["Smallest change to ", " in all models"];
/// What stands above the columns that a change may move.
pub const MAY_CHANGE: &str = "May change";
/// What a press on one of them does.
pub const MAY_CHANGE_TIP: &str =
    "A change moves the columns that are on; the others stay as they are";
/// What the share of a segment is that the models have in common.
pub const SHARED_TIP: &str = "Of the larger of the customer's two segments, how many customers are in both (element-centric similarity; the mean over pairs of \
    models). It needs no matching of segments";

/// Which of the mismatched is shown: `3 of 39`.
pub fn card_place(at: usize, n: usize) -> String {
    format!("{} of {}", count(at), count(n))
}

/// In which share of the resamples the customer keeps its segment.
pub fn keeps_words(rate: f64) -> String {
    format!("{} of resamples", percent(rate))
}

/// The heading above the columns.
pub fn beside_heading(first: Option<usize>, second: Option<usize>) -> String {
    format!(
        "Next to {} and {}",
        segment_words(first),
        segment_words(second)
    )
}

/// The spread of a column in a segment, for a tip.
pub fn spread_tip(segment: Option<usize>, five: &FiveNumbers, unit: Unit) -> String {
    let value = |x: f64| value_text(x, unit);
    format!(
        "{}: {} to {}, quartiles {}, {}, {}",
        capitalised(&segment_words(segment)),
        value(five.min),
        value(five.max),
        value(five.q25),
        value(five.median),
        value(five.q75)
    )
}

/// The value of a column, and whether the models see it.
pub fn beside_note(beside: &Beside, unit: Unit) -> String {
    let value = beside
        .value
        .map_or_else(|| "no value".to_owned(), |x| value_text(x, unit));
    if beside.is_feature {
        value
    } else {
        format!("{value}, {NOT_A_FEATURE}")
    }
}

/// How much nearer the nearest centre is.
pub fn margin_sentence(card: &CustomerCard) -> String {
    match card.distances.as_slice() {
        [(own, near), (next, far), ..] if near == far => format!(
            "Distance to the centre. {} and {} are equally near.",
            letter(*own as usize),
            letter(*next as usize)
        ),
        [(own, _), (next, _), ..] => format!(
            "Distance to the centre. Shorter wins: {} is {} nearer than {}.",
            letter(*own as usize),
            percent(card.margin),
            letter(*next as usize)
        ),
        _ => "Distance to the centre. There is only one.".into(),
    }
}

/// How the tree placed the customer; `own` and `other` are segments, `None` is no segment.
pub fn joining_sentence(joining: &Joining, own: Option<usize>, other: Option<usize>) -> String {
    let (own, other) = (segment_words(own), segment_words(other));
    let (by, at) = (count(joining.n_taken_by), compact(joining.taken_at));
    let joined = if joining.n_branch == 1 {
        format!("Joined {by} of {own} at step cost {at}.")
    } else {
        format!(
            "Its branch of {} customers joined {by} of {own} at step cost {at}.",
            count(joining.n_branch)
        )
    };
    // The costs are those of today: the segments went on growing after that step.
    let today = match (joining.cost_own, joining.cost_other) {
        (Some(mine), Some(its)) => {
            let is_less = its < mine && compact(its) != compact(mine);
            let but = if is_less {
                ": less, but steps are never undone"
            } else {
                ""
            };
            format!(
                " As the segments stand now, joining {own} costs {} and joining {other} {}{but}.",
                compact(mine),
                compact(its)
            )
        }
        _ => String::new(),
    };
    format!("{joined}{today}")
}

/// One change: `Spending score 35 → 40.5`.
pub fn change_words(change: &Change, unit_of: UnitOf) -> String {
    let moves = change.moves.iter().map(|it| {
        let unit = unit_of(&it.column);
        format!(
            "{} {} → {}",
            capitalised(&short(&it.column)),
            with_unit(beside_digits(it.from, it.to), unit),
            with_unit(all_digits(it.to), unit)
        )
    });
    let categories = change.categories.iter().map(|it| {
        let column = capitalised(&short(&it.column));
        format!("{column} {} → {}", it.from, it.to)
    });
    moves.chain(categories).collect::<Vec<_>>().join(", ")
}

/// What the changes are, and what they leave alone.
pub fn changes_caption(card: &CustomerCard) -> String {
    let verb = |names: &[String], one, many| if names.len() == 1 { one } else { many };
    let (given, follows) = (&card.given, &card.follows);
    let mut words = vec![
        "Shortest first, on the segments as they are; new values stay in the range and the decimals of their column."
            .to_owned(),
    ];
    if !given.is_empty() {
        let stay = verb(given, "stays as it is", "stay as they are");
        words.push(format!("{} {stay}.", listed(given)));
    }
    if !follows.is_empty() {
        words.push(format!(
            "{} {} computed from other columns and {} them.",
            listed(follows),
            verb(follows, "is", "are"),
            verb(follows, "follows", "follow")
        ));
    }
    words.join(" ")
}

/// Columns by name: `Age, Gender and Tenure`.
fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| capitalised(&short(name))).collect();
    match names.as_slice() {
        [] | [_] => names.concat(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// How much of the customer's segment the models share; nothing where there is one model.
pub fn shared_words(card: &CustomerCard) -> String {
    card.element_centric.map_or_else(String::new, |share| {
        format!("The models share {} of its segment.", percent(share))
    })
}

/// Whether fitting again bears a change out.
pub fn refit_words(change: &Change) -> &'static str {
    match change.refit_agrees {
        Some(true) => "After refitting, all models place it there",
        Some(false) => "After refitting, not all models place it there",
        None => "Not refitted: too many customers",
    }
}

/// What is said where there is nothing to change, or nothing that could be.
pub fn no_change_words(card: &CustomerCard) -> String {
    let models = card.without_rule.iter();
    let names = models.map(|&model| model_name(model, Centres::default()));
    match names.collect::<Vec<_>>().as_slice() {
        [] if card.votes.len() < 2 => "The models agree on this customer.".into(),
        [] => {
            let given = if card.given.is_empty() {
                String::new()
            } else {
                format!(", {} as given", listed(&card.given))
            };
            format!(
                "No change of up to three columns is found that makes the models agree, within the range and the decimals of each column{given}."
            )
        }
        [name] => format!(
            "{name} has no rule for a changed customer, so no change is known that makes all models agree."
        ),
        [others @ .., last] => format!(
            "{} and {last} have no rule for a changed customer, so no change is known that makes all models agree.",
            others.join(", ")
        ),
    }
}

/// Why the customer is mismatched.
pub fn cause_words(cause: Cause) -> &'static str {
    match cause {
        Cause::Models => {
            "The models differ: each keeps this customer in its segment in at least 75 % of resamples."
        }
        Cause::Start => {
            "Uncertain: changes segment in more than 25 % of the random starts within 1 % of the best."
        }
        Cause::Sample => "Uncertain: changes segment in more than 25 % of resamples in some model.",
    }
}

/// "Placed in C by 2 models, A by 1 model."
///
/// `none` is the number of the customers in no segment.
pub fn card_votes_sentence(card: &CustomerCard, none: Option<u32>) -> String {
    let votes = card.votes.iter().map(|&(segment, n)| {
        let models = if n == 1 { "model" } else { "models" };
        let segment = segment_words(Some(segment as usize).filter(|_| none != Some(segment)));
        format!("{segment} by {n} {models}")
    });
    format!("Placed in {}.", votes.collect::<Vec<_>>().join(", "))
}

/// The silhouette of the customer as a sentence; nothing where there is none.
pub fn silhouette_sentence(silhouette: Option<f64>) -> String {
    silhouette.map_or_else(String::new, |it| format!("Silhouette {}.", fixed(it, 3)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::five_numbers;
    use crate::questions::{CategoryMove, FIRM, Move};
    use crate::words::variants::is_a_sentence;

    fn joining(n_branch: usize, costs: (Option<f64>, Option<f64>)) -> Joining {
        Joining {
            first: 0.2,
            n_branch,
            taken_at: 4.07,
            n_taken_by: 49,
            cost_own: costs.0,
            cost_other: costs.1,
        }
    }

    #[test]
    fn how_a_customer_joined_is_said_with_what_it_cost() {
        let say = |joining| joining_sentence(&joining, Some(2), Some(0));
        assert_eq!(
            say(joining(1, (Some(5.1), Some(7.22)))),
            "Joined 49 of C at step cost 4.07. As the segments stand now, joining C costs 5.1 and joining A 7.22."
        );
        assert_eq!(
            say(joining(3, (Some(7.22), Some(5.1)))),
            "Its branch of 3 customers joined 49 of C at step cost 4.07. \
             As the segments stand now, joining C costs 7.22 and joining A 5.1: less, but steps are never undone."
        );
        // Equal costs speak for neither.
        assert!(say(joining(1, (Some(5.1), Some(5.1)))).ends_with("costs 5.1 and joining A 5.1."));
        assert_eq!(
            say(joining(1, (None, None))),
            "Joined 49 of C at step cost 4.07."
        );
        is_a_sentence(&joining_sentence(
            &joining(2, (Some(1.0), Some(2.0))),
            Some(0),
            None,
        ));
    }

    #[test]
    fn a_cause_names_the_share_that_decides_it() {
        assert!((FIRM - 0.75).abs() < 1e-12);
        for cause in [Cause::Models, Cause::Start, Cause::Sample] {
            is_a_sentence(cause_words(cause));
            assert_eq!(
                cause_words(cause).contains("at least 75 %"),
                cause == Cause::Models
            );
        }
    }

    fn card(given: &[&str], follows: &[&str]) -> CustomerCard {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        CustomerCard {
            row: 0,
            segments: Vec::new(),
            votes: vec![(0, 1), (1, 1)],
            pair: (0, 1),
            distances: Vec::new(),
            margin: 0.0,
            posteriors: Vec::new(),
            joining: None,
            columns: Vec::new(),
            changes: Vec::new(),
            without_rule: Vec::new(),
            given: names(given),
            may_change: Vec::new(),
            follows: names(follows),
            element_centric: Some(3.0 / 85.0),
        }
    }

    #[test]
    fn what_a_change_leaves_alone_is_named() {
        let plain = changes_caption(&card(&[], &[]));
        assert!(plain.ends_with("decimals of their column."), "{plain}");
        assert_eq!(
            changes_caption(&card(&["Age", "Gender"], &["Ratio"])),
            format!(
                "{plain} Age and Gender stay as they are. Ratio is computed from other columns and follows them."
            )
        );
        assert_eq!(
            changes_caption(&card(&["Age"], &["Ratio", "Savings"])),
            format!(
                "{plain} Age stays as it is. Ratio and Savings are computed from other columns and follow them."
            )
        );
        assert_eq!(
            no_change_words(&card(&["Age"], &[])),
            "No change of up to three columns is found that makes the models agree, within the range and the decimals of each column, \
             Age as given."
        );
        assert_eq!(
            shared_words(&card(&[], &[])),
            "The models share 3.5 % of its segment."
        );
        for words in [
            plain,
            no_change_words(&card(&[], &[])),
            shared_words(&card(&[], &[])),
        ] {
            is_a_sentence(&words);
        }
    }

    #[test]
    fn a_column_is_read_out_beside_both_segments() {
        let beside = |value, is_feature| {
            let beside = Beside {
                column: "Age".into(),
                is_feature,
                value,
                first: None,
                second: None,
            };
            beside_note(&beside, Unit::None)
        };
        assert_eq!(beside(Some(35.0), true), "35");
        assert_eq!(beside(None, false), "no value, not a feature");
        assert_eq!(beside_heading(Some(0), None), "Next to A and no segment");
        assert_eq!(
            [card_place(3, 39), keeps_words(0.934)],
            ["3 of 39", "93.4 % of resamples"]
        );
        assert_eq!(silhouette_sentence(None), "");
        is_a_sentence(&silhouette_sentence(Some(-0.021)));
    }

    #[test]
    fn a_percentage_is_one_wherever_the_card_has_it() {
        let five = five_numbers([2.0, 4.0, 8.0].into_iter());
        let beside = Beside {
            column: "Discount".into(),
            is_feature: true,
            value: Some(8.0),
            first: five,
            second: None,
        };
        assert_eq!(beside_note(&beside, Unit::Percent), "8 %");
        let tip = five.map(|five| spread_tip(Some(0), &five, Unit::Percent));
        assert_eq!(
            tip.unwrap_or_default(),
            "A: 2 % to 8 %, quartiles 3 %, 4 %, 6 %"
        );
        let moves = |column: &str| Move {
            column: column.into(),
            from: 8.25,
            to: 12.0,
        };
        let change = Change {
            moves: vec![moves("Discount"), moves("Orders")],
            categories: vec![CategoryMove {
                column: "plan".into(),
                from: "basic".into(),
                to: "premium".into(),
            }],
            target: 0,
            refit_agrees: None,
        };
        let unit_of = |column: &str| match column {
            "Discount" => Unit::Percent,
            _ => Unit::None,
        };
        assert_eq!(
            change_words(&change, &unit_of),
            "Discount 8.25 % → 12 %, Orders 8.25 → 12, Plan basic → premium"
        );
    }
}
