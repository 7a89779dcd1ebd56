//! Whether the segments are real, in words.

use super::numbers::{count, fixed, plural};
use crate::analysis::NoiseFloor;
use crate::quality::{NullKind, NullTest, Reality, RealityLevel};

/// The verdict in a few words.
pub fn verdict(reality: &Reality) -> &'static str {
    match reality.level {
        RealityLevel::None if reality.is_too_few => "Too few customers to say",
        RealityLevel::Clear => "The segments are real",
        RealityLevel::Weak => "Real, but not clearly apart",
        RealityLevel::None => "The segments are not real",
    }
}

/// What it rests on, in a line: the null that comes nearest.
pub fn verdict_note(reality: &Reality) -> String {
    let nearest = reality.nulls.iter().max_by(|a, b| a.p.total_cmp(&b.p));
    nearest.map_or_else(String::new, |test| {
        let p = p_value(test.p);
        let sign = if p.starts_with('<') { "" } else { "= " };
        format!("p {sign}{p} against {}", null_name(test.kind))
    })
}

/// What follows from it, in a sentence or two.
pub fn verdict_sentence(reality: &Reality) -> String {
    let parted = reality.valleys.iter().filter(|it| it.is_parted).count();
    let pairs = plural(reality.valleys.len(), "pair", "pairs");
    match reality.level {
        RealityLevel::None if reality.is_too_few => format!(
            "{} are too few to tell segments from chance. Whatever is drawn here is one way to sort them.",
            plural(reality.n_samples, "customer", "customers")
        ),
        RealityLevel::None if reality.has_handful => "One segment holds less than 2 % of the customers. Outliers make any cut look good, so the silhouette is no evidence here. \
             Choose another number of segments or scaling."
            .into(),
        RealityLevel::None => "The models cut a spread without gaps. Data without any segments look as well separated, so where the cuts run, and who is \
             mismatched between them, says nothing about the customers."
            .into(),
        RealityLevel::Weak => format!(
            "Data without segments are rarely separated as well. A valley parts {parted} of {pairs} of neighbouring segments: the others run into each \
             other, and customers between them could belong to either."
        ),
        RealityLevel::Clear => format!(
            "Data without segments are never separated as well. A valley parts {parted} of {pairs} of neighbouring segments."
        ),
    }
}

/// A test against one null as a row: name, p, mean and largest silhouette, sets.
pub fn null_row(test: &NullTest) -> [String; 5] {
    [
        null_name(test.kind).to_owned(),
        p_value(test.p),
        fixed(test.mean, 3),
        fixed(test.largest, 3),
        count(test.n_sets),
    ]
}

/// What a null keeps of the data.
pub fn null_tip(kind: NullKind) -> &'static str {
    match kind {
        NullKind::Uniform => "Customers drawn evenly over the box that yours fill",
        NullKind::Gaussian => {
            "Customers drawn from one bell with the mean, spread and correlation of yours"
        }
        NullKind::Copula => {
            "Customers with the same values in every column and the same correlation of ranks as yours, but without segments"
        }
    }
}

fn null_name(kind: NullKind) -> &'static str {
    match kind {
        NullKind::Uniform => "an even spread",
        NullKind::Gaussian => "one bell",
        NullKind::Copula => "the same columns without segments",
    }
}

/// A p value with as many digits as its sets carry.
pub fn p_value(p: f64) -> String {
    if p < 0.005 {
        "< 0.01".into()
    } else {
        fixed(p, 2)
    }
}

/// Which mismatches are more than chance of the sample.
pub fn noise_sentence(noise: &NoiseFloor) -> String {
    let NoiseFloor {
        n_firm, n_loose, ..
    } = *noise;
    let drawn = "when the customers are drawn anew";
    match (n_firm, n_loose) {
        (0, 0) => format!("No customer is mismatched, so there is nothing to compare {drawn}."),
        (0, n) => format!(
            "{} firmer than chance: {drawn}, each is placed otherwise in more than a quarter of the cases by some model.",
            if n == 1 {
                "The mismatched customer is not".to_owned()
            } else {
                format!("None of the {} mismatched customers is", count(n))
            }
        ),
        (n, 0) => format!(
            "{} in its segment in every model {drawn}: here the models differ, not the sample.",
            if n == 1 {
                "The mismatched customer stays".to_owned()
            } else {
                format!("Each of the {} mismatched customers stays", count(n))
            }
        ),
        (firm, loose) => format!(
            "Of the mismatched customers {} in the segment in every model {drawn}; for the other {} it is chance of the sample.",
            plural(firm, "stays", "stay"),
            count(loose)
        ),
    }
}

/// What a Jaccard similarity of resamples says (Hennig 2007).
pub fn jaccard_words(jaccard: f64) -> &'static str {
    match jaccard {
        x if x >= 0.85 => "stable",
        x if x >= 0.75 => "a pattern",
        x if x >= 0.6 => "doubtful",
        _ => "not to be believed",
    }
}
