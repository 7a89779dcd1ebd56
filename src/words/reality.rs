//! Whether the segments are real, in words.

use super::numbers::{count, fixed, percent, plural};
use crate::quality::{NullKind, NullTest, Reality, RealityLevel};
use crate::questions::{NoiseFloor, StartNoise};

/// The verdict in a few words.
pub fn verdict(reality: &Reality) -> &'static str {
    match reality.level {
        RealityLevel::None if reality.is_too_few => "Too few customers to say",
        RealityLevel::Clear => "The segments are real",
        RealityLevel::Weak => "Real, but not clearly apart",
        RealityLevel::None => "The segments are not real",
    }
}

/// What it rests on, in a line: the null that comes nearest, or what makes them no evidence.
pub fn verdict_note(reality: &Reality) -> String {
    if reality.level == RealityLevel::None && reality.has_handful {
        return "one segment holds less than 2 %".into();
    }
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

/// Why advice is withheld: a heading and what is behind it.
pub fn withheld_words(reality: &Reality) -> (&'static str, String) {
    if reality.is_too_few {
        return (
            "No advice: too few customers to say",
            verdict_sentence(reality),
        );
    }
    let heading = "No advice: the segments are not real";
    if reality.has_handful {
        return (heading, verdict_sentence(reality));
    }
    (
        heading,
        "Data without any segments look as well separated. An offer for one of them would be an offer for customers picked by a cut \
         through a spread."
            .into(),
    )
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

/// Which mismatches are more than chance of the start or of the sample.
pub fn noise_sentence(noise: &NoiseFloor) -> String {
    let NoiseFloor {
        n_firm,
        n_by_start,
        n_by_sample,
        ..
    } = *noise;
    let n = n_firm + n_by_start + n_by_sample;
    if n == 0 {
        return "No customer is mismatched.".into();
    }
    let part = |n: usize, words: &str| (n > 0).then(|| format!("{} {words}", count(n)));
    let parts = [
        part(n_firm, "because the models differ, whoever is drawn"),
        part(
            n_by_sample,
            "by chance of the sample: drawn anew, some model often places them otherwise",
        ),
        part(
            n_by_start,
            "by chance of the start: runs as good as the best place them otherwise",
        ),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!(
        "Of {}: {}.",
        plural(n, "mismatch", "mismatches"),
        parts.join("; ")
    )
}

/// What the start decides; `names` are those of the customers that the second-best result places otherwise, as far as they are named.
pub fn starts_sentence(starts: &StartNoise, names: &[String]) -> String {
    let runs = count(starts.n_runs);
    let own = starts.optima.iter().find(|it| it.n_rows == 0);
    let share = percent(own.map_or(0.0, |it| it.share));
    let other = starts.optima.iter().find(|it| it.n_rows > 0);
    let Some(other) = other else {
        return format!(
            "Of {runs} runs from random starts {share} end in this result; no other is as good within one percent."
        );
    };
    let who = if names.is_empty() || names.len() < other.n_rows {
        plural(other.n_rows, "customer", "customers")
    } else {
        let noun = if names.len() == 1 {
            "customer"
        } else {
            "customers"
        };
        format!("{noun} {}", names.join(", "))
    };
    format!(
        "Of {runs} runs from random starts {share} end in this result, and {} in one within one percent of it that places only {who} otherwise.",
        percent(other.share)
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> Reality {
        Reality {
            level: RealityLevel::None,
            silhouette: Some(0.5),
            n_samples: 6,
            is_too_few: false,
            has_handful: false,
            nulls: vec![NullTest {
                kind: NullKind::Uniform,
                p: 0.01,
                mean: 0.3,
                largest: 0.4,
                n_sets: 99,
            }],
            valleys: Vec::new(),
            hopkins: None,
        }
    }

    #[test]
    fn advice_is_withheld_for_the_reason_that_the_verdict_has() {
        let (heading, reason) = withheld_words(&none());
        assert_eq!(heading, "No advice: the segments are not real");
        assert!(reason.starts_with("Data without any segments look as well separated."));
        let few = Reality {
            is_too_few: true,
            nulls: Vec::new(),
            ..none()
        };
        let (heading, reason) = withheld_words(&few);
        assert_eq!(heading, "No advice: too few customers to say");
        assert!(reason.starts_with("6 customers are too few"));
        assert_eq!(verdict_note(&few), "");
        let handful = Reality {
            has_handful: true,
            ..none()
        };
        let (_, reason) = withheld_words(&handful);
        assert!(reason.starts_with("One segment holds less than 2 %"));
        // A small p value stands beside no verdict that it speaks against.
        assert_eq!(verdict_note(&handful), "one segment holds less than 2 %");
        assert_eq!(verdict_note(&none()), "p = 0.01 against an even spread");
    }
}
