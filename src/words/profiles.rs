//! The profiles of segments: how their columns are read out beside everyone.

use super::made::Made;
use super::numbers::{UnitOf, compact, count, percent, plural, value_text};
use super::segments::capitalised;
use crate::explain::{NumberProfile, ShareProfile};
use crate::features::Feature;
use crate::table::Unit;
use crate::view::Profile;

/// What the choice of the model is called.
pub const PROFILES_FROM: &str = "Profiles from";
/// What the choice between medians and means is called.
pub const VALUES: &str = "Values";
/// Its options.
pub const VALUES_NAMES: [&str; 2] = ["Median", "Mean"];
/// The table, for readers.
pub const PROFILES_LABEL: &str = "Profiles of the segments";
/// The heads of the table before the columns of the file.
pub const PROFILE_HEADS: [&str; 3] = ["Segment", "Customers", "Stability"];
/// The head after them.
pub const SHARES: &str = "Shares";
/// What stability is.
pub const STABILITY_TIP: &str =
    "How much of the segment is found again when the customers are drawn anew (Jaccard similarity)";

/// Fewer customers than this are told by their ends: quartiles of them lie between customers.
const FEW: usize = 4;

/// Where the middle half of the segment lies in each feature, and the typical customer:
/// `The middle half of them, ends included: annual income 77 to 94, spending score 5 to 39.`
///
/// `features` tell which columns stand for a value of a category.
pub fn profile_sentence(
    profile: &Profile,
    typical: Option<&str>,
    features: &[Feature],
    unit_of: UnitOf,
) -> String {
    let made = Made::of(features);
    let mut ranges = Vec::new();
    let mut categories: Vec<(&str, Vec<(String, f64)>)> = Vec::new();
    for it in profile.numbers.iter().filter(|it| it.is_feature) {
        let made_of = features.iter().find(|feature| feature.name() == it.column);
        if let Some(feature @ (Feature::Indicator { a, .. } | Feature::DatePart { a, .. })) =
            made_of
        {
            let value = match feature {
                Feature::Indicator { value, .. } => value.clone(),
                // The name of the column comes first.
                other => other.name()[a.len()..].trim().to_owned(),
            };
            let share = (value, it.segment.mean);
            match categories
                .iter_mut()
                .find(|(category, _)| *category == a.as_str())
            {
                Some((_, shares)) => shares.push(share),
                None => categories.push((a, vec![share])),
            }
        } else {
            // Logarithms and ranks are nobody's income: the column behind them is read out, under its own name.
            let of = made.source_of(profile, &it.column).unwrap_or(it);
            let name = made.short(&of.column);
            ranges.push(range_words(of, &name, profile.n, unit_of(&of.column)));
        }
    }
    let who = match (profile.n, ranges.len()) {
        (n, _) if n < FEW => plural(n, "customer", "customers"),
        (_, 1) => "The middle half of them, ends included".to_owned(),
        _ => "The middle half of them in each column, ends included".to_owned(),
    };
    let mut sentences = Vec::new();
    if !ranges.is_empty() {
        sentences.push(format!("{who}: {}.", ranges.join(", ")));
    }
    let of_category = |(category, shares): &(&str, Vec<(String, f64)>)| {
        // One of two values says nothing of those who have the other: the column does.
        let most = || profile.shares.iter().find(|it| it.column == *category);
        match (shares.as_slice(), most()) {
            ([_], Some(most)) => category_sentence(category, &[(most.value.clone(), most.share)]),
            _ => category_sentence(category, shares),
        }
    };
    sentences.extend(categories.iter().filter_map(of_category));
    let is_exact = profile.typical.is_none_or(|(_, is_exact)| is_exact);
    let sample = if is_exact {
        ""
    } else {
        " (of a sample of 500)"
    };
    sentences.extend(typical.map(|name| format!("Typical customer: {name}{sample}.")));
    sentences.join(" ")
}

/// `annual income 77 to 94`; from end to end for few customers.
fn range_words(of: &NumberProfile, name: &str, n: usize, unit: Unit) -> String {
    let (from, to) = if n < FEW {
        (of.segment.min, of.segment.max)
    } else {
        (of.segment.q25, of.segment.q75)
    };
    let (from, to) = (value_text(from, unit), value_text(to, unit));
    if from == to {
        format!("{name} {from}")
    } else {
        format!("{name} {from} to {to}")
    }
}

/// Which value of a category most of the segment have: `Tarif: all Basis.`; nothing where none of those known is held.
fn category_sentence(category: &str, shares: &[(String, f64)]) -> Option<String> {
    let held = shares.iter().filter(|(_, share)| *share > 0.0);
    let (value, share) = held.max_by(|a, b| a.1.total_cmp(&b.1))?;
    let name = capitalised(category);
    Some(if *share >= 1.0 {
        format!("{name}: all {value}.")
    } else {
        format!("{name}: {} {value}.", percent(*share))
    })
}

/// What stands beside a column that the models do not see.
pub fn profile_head_note(is_feature: bool) -> &'static str {
    if is_feature {
        ""
    } else {
        super::explanation::NOT_A_FEATURE
    }
}

/// The name of the row of everyone: of all, of those that a filter leaves, or of those whom the models use where filters decide that.
pub fn everyone_name(visible: usize, in_models: usize, n_outside: usize) -> &'static str {
    match (visible == in_models, n_outside) {
        (true, 0) => "All customers",
        (true, _) => "All customers in the models",
        (false, _) => "All customers shown",
    }
}

/// How the pictures are read; they have so many steps.
pub fn pictures_note(bins: usize) -> String {
    format!("Grey in every row below. The coloured part is the segment. {bins} equal steps.")
}

/// Who the mismatched are, and whether each of them is drawn.
pub fn mismatched_row_note(is_each_drawn: bool) -> &'static str {
    if is_each_drawn {
        "Placed in different segments by the models. Each ring is one of them."
    } else {
        "Placed in different segments by the models."
    }
}

/// The field of a segment's name, for readers.
pub fn rename_label(letter: &str) -> String {
    format!("Name of segment {letter}")
}

/// How many customers another model has in the segment.
pub fn size_in_words(n: usize, model: &str) -> String {
    format!("{} {model}", count(n))
}

/// What is shown of everyone.
pub fn value_word(is_mean: bool) -> &'static str {
    if is_mean { "mean" } else { "median" }
}

/// A share beside everyone's: `as everyone`, `everyone 44.0 %`.
pub fn share_beside_words(share: &ShareProfile) -> String {
    let everyone = percent(share.everyone);
    if everyone == percent(share.share) {
        "as everyone".to_owned()
    } else {
        format!("everyone {everyone}")
    }
}

/// The difference to everyone, with its sign: `+17.5`, `−7.5`, `same`.
///
/// It has no unit: `+2 %` of a percentage would read as a share of it.
pub fn difference_to_everyone(own: f64, all: f64) -> String {
    if compact(own) == compact(all) {
        // What reads the same is not told apart by what rounding left.
        return "same".into();
    }
    let apart = own - all;
    let text = compact(apart);
    if apart > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

/// What the picture of a column shows, for a tip.
pub fn number_tip(profile: &NumberProfile, unit: Unit) -> String {
    let NumberProfile {
        column,
        segment,
        everyone,
        effect,
        ..
    } = profile;
    let value = |x: f64| value_text(x, unit);
    let apart = match compact(effect.abs()).as_str() {
        "1" => "1 standard deviation".to_owned(),
        n => format!("{n} standard deviations"),
    };
    format!(
        "{column}: quartiles {}, {}, {}, mean {}; everyone {}, {}, {}, mean {}. The means are {apart} of everyone apart.",
        value(segment.q25),
        value(segment.median),
        value(segment.q75),
        value(segment.mean),
        value(everyone.q25),
        value(everyone.median),
        value(everyone.q75),
        value(everyone.mean)
    )
}

/// A share with its interval, for a tip.
pub fn share_tip(share: &ShareProfile) -> String {
    format!(
        "{} {}: {} of {}, 95 % interval {} to {}; {} of everyone.",
        share.column,
        share.value,
        count(share.n),
        count(share.n_present),
        percent(share.interval.0),
        percent(share.interval.1),
        percent(share.everyone)
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
