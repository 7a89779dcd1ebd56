//! Why a customer is where it is, in words.

use super::models::model_name;
use super::numbers::{all_digits, compact, count, fixed, percent};
use super::segments::{segment_words, short};
use crate::cluster::k_means::Centres;
use crate::explain::Joining;
use crate::export::letter;
use crate::questions::{Cause, Change, CustomerCard};

/// How much nearer the nearest centre is.
pub fn margin_sentence(card: &CustomerCard) -> String {
    match card.distances.as_slice() {
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
    let (taken_by, taken_at) = (count(joining.n_taken_by), compact(joining.taken_at));
    let taken = if joining.n_branch == 1 {
        format!("It stood alone until {taken_by} of {own} took it, at {taken_at}.")
    } else {
        format!(
            "It joined its first neighbours at {}. Their branch had {} customers when {taken_by} of {own} took it, at {taken_at}.",
            compact(joining.first),
            count(joining.n_branch)
        )
    };
    let today = match (joining.cost_own, joining.cost_other) {
        (Some(mine), Some(its)) if its < mine => {
            format!(" {other} would be nearer today, but merges are never undone.")
        }
        (Some(_), Some(_)) => format!(" {own} is still nearer than {other}."),
        _ => String::new(),
    };
    format!("{taken}{today}")
}

/// One change: `Spending score 35 → 40.5`.
pub fn change_words(change: &Change) -> String {
    let moves = change.moves.iter().map(|it| {
        format!(
            "{} {} → {}",
            super::segments::capitalised(&short(&it.column)),
            all_digits(it.from),
            all_digits(it.to)
        )
    });
    moves.collect::<Vec<_>>().join(", ")
}

/// Whether fitting again bears a change out.
pub fn refit_words(change: &Change) -> &'static str {
    match change.refit_agrees {
        Some(true) => "Fitting again agrees",
        Some(false) => "Fitting again moves the segments: the models still differ",
        None => "Not fitted again: too many customers",
    }
}

/// What is said where there is nothing to change, or nothing that could be.
pub fn no_change_words(card: &CustomerCard) -> String {
    let models = card.without_rule.iter();
    let names = models.map(|&model| model_name(model, Centres::default()));
    match names.collect::<Vec<_>>().as_slice() {
        [] if card.votes.len() < 2 => "The models agree on this customer.".into(),
        [] => "No change within the values of this file makes the models agree.".into(),
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
            "The models differ on this customer, whoever is drawn and wherever they start."
        }
        Cause::Start => {
            "Chance of the start: runs as good as the best often place this customer otherwise."
        }
        Cause::Sample => {
            "Chance of the sample: when the customers are drawn anew, some model often places this one otherwise."
        }
    }
}

/// "C by 2 models, A by 1".
///
/// `none` is the number of the customers in no segment.
pub fn votes_words(card: &CustomerCard, none: Option<u32>) -> String {
    let votes = card.votes.iter().map(|&(segment, n)| {
        let models = if n == 1 { "model" } else { "models" };
        let segment = segment_words(Some(segment as usize).filter(|_| none != Some(segment)));
        format!("{segment} by {n} {models}")
    });
    votes.collect::<Vec<_>>().join(", ")
}

/// A silhouette with what it says.
pub fn silhouette_words(silhouette: Option<f64>) -> String {
    silhouette.map_or_else(String::new, |it| format!("silhouette {}", fixed(it, 3)))
}
