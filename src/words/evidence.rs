//! The evidence behind the verdict, and how stable segments and mismatches are, in words.

use super::explanation::{NOBODY_MISMATCHED, ONE_MODEL};
use super::numbers::{count, fixed, percent, plural};
use super::reality::{looked_at, null_name, p_value};
use crate::quality::{NullKind, NullTest, Reality, Valley};
use crate::questions::{FIRM, NoiseFloor, StartNoise};

/// What opens the tables.
pub const THE_EVIDENCE: &str = "The evidence";
/// The heads of the table of nulls: what a column holds.
pub const NULL_HEADS: [Head; 5] = [
    Head::plain("Data without segments"),
    Head::tipped(
        "p",
        "The share of such data that are separated as well as yours",
    ),
    Head::plain("Mean"),
    Head::plain("Largest"),
    Head::tipped("Sets", "Fewer where the answer was clear early"),
];
/// The caption of the table of neighbours.
pub const NEIGHBOURS: &str =
    "Neighbouring segments of the first model, and whether fewer customers lie between them:";
/// The heads of the table of neighbours.
pub const NEIGHBOUR_HEADS: [Head; 5] = [
    Head::plain("Segments"),
    Head::tipped(
        "Dip",
        "How far from one heap the customers of both are (Hartigan's dip): on the straight line, or along the customers, whichever shows a gap less",
    ),
    Head::tipped(
        "p",
        "How often evenly spread numbers dip as much; a gap is found up to 0.05",
    ),
    Head::tipped(
        "Density",
        "How densely customers lie at the seam, beside the fullest place of the emptier segment; a gap is found up to a third",
    ),
    Head::plain("Between them"),
];
/// The caption of the table of stability.
pub const STABILITY: &str = "How much of each segment is found again when the customers are drawn anew, 100 times (Jaccard similarity):";
/// Its first head.
pub const STABILITY_HEAD: &str = "Segment";
/// What resamples are.
pub const RESAMPLES_TIP: &str = "A resample is as many customers, drawn from yours with repeats; the models are fitted to 100 of them";

/// The head of a column, and what it means where the word alone does not say.
pub struct Head {
    /// What stands there.
    pub words: &'static str,
    /// Its tip; empty for none.
    pub tip: &'static str,
}

impl Head {
    pub(super) const fn plain(words: &'static str) -> Self {
        Self { words, tip: "" }
    }

    pub(super) const fn tipped(words: &'static str, tip: &'static str) -> Self {
        Self { words, tip }
    }
}

/// The caption of the table of nulls.
pub fn nulls_caption(reality: &Reality) -> String {
    let silhouette = fixed(reality.silhouette.unwrap_or(f64::NAN), 3);
    format!(
        "Your silhouette is {silhouette} ({}). Data without segments reach, at the best number of segments of each set:",
        looked_at(reality)
    )
}

/// Whose segments the verdict is about.
pub fn judged_sentence(model: &str) -> String {
    format!("Judged here are the segments of {model}, not those of other models.")
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

/// The p value of a gap, with the decimals that tell it from 0.05.
pub fn gap_p(p: f64) -> String {
    fixed(p, 3)
}

/// What lies between two neighbouring segments.
pub fn gap_words(valley: &Valley) -> &'static str {
    if valley.is_parted {
        "a gap with few customers"
    } else if valley.may_be_chance() {
        "few customers, may be chance"
    } else {
        "no gap found"
    }
}

/// The Hopkins statistic, and how it is read.
pub fn hopkins_sentence(hopkins: Option<f64>) -> String {
    format!(
        "Hopkins statistic {}. 0.5: evenly spread; near 1: clumped. A few customers far out raise it too.",
        fixed(hopkins.unwrap_or(f64::NAN), 2)
    )
}

/// Which mismatches are more than chance of the start or of the sample.
pub fn noise_sentence(noise: &NoiseFloor, is_alone: bool) -> String {
    /// Some of the mismatched, and what they have in common.
    struct Part {
        n: usize,
        verb: &'static str,
        verb_of_several: &'static str,
        rest: String,
    }
    let NoiseFloor {
        n_firm,
        n_by_start,
        n_by_sample,
        ..
    } = *noise;
    let all = n_firm + n_by_start + n_by_sample;
    if is_alone {
        return ONE_MODEL.into();
    }
    if all == 0 {
        return NOBODY_MISMATCHED.into();
    }
    let (firm, else_where) = (whole_percent(FIRM), whole_percent(1.0 - FIRM));
    let changing = |n: usize, rest: String| Part {
        n,
        verb: "changes segment",
        verb_of_several: "change segment",
        rest,
    };
    let parts = [
        Part {
            n: n_firm,
            verb: "keeps its segment",
            verb_of_several: "keep their segments",
            rest: format!(
                "in at least {firm} of resamples in every model: the models differ there."
            ),
        },
        changing(
            n_by_start,
            format!(
                "in more than {else_where} of the random starts that end within one percent of the best."
            ),
        ),
        changing(
            n_by_sample,
            format!("in more than {else_where} of resamples in some model."),
        ),
    ];
    let parts = parts.into_iter().filter(|part| part.n > 0);
    let sentence = |(at, part): (usize, Part)| {
        let who = match (at, part.n == all) {
            (_, true) if all == 1 => "The 1 mismatched customer".to_owned(),
            (_, true) => format!("All {} mismatched customers", count(all)),
            (0, _) => format!("{} of {} mismatched customers", count(part.n), count(all)),
            // Each is counted once: from start to start before from sample to sample.
            _ => format!("{} more", count(part.n)),
        };
        let verb = if part.n == 1 {
            part.verb
        } else {
            part.verb_of_several
        };
        format!("{who} {verb} {}", part.rest)
    };
    let sentences: Vec<String> = parts.enumerate().map(sentence).collect();
    sentences.join(" ")
}

/// What the start decides; `names` are those of the customers that the other result places otherwise, as far as they are named.
pub fn starts_sentence(starts: &StartNoise, names: &[String]) -> String {
    let runs = |share: f64| (share * starts.n_runs as f64).round() as usize;
    let give = |n: usize| if n == 1 { "gives" } else { "give" };
    let own = starts.optima.iter().find(|it| it.n_rows == 0);
    // Five results at most are told apart: this one may be among those left out.
    let told: usize = starts.optima.iter().map(|it| runs(it.share)).sum();
    let own = match runs(own.map_or(0.0, |it| it.share)) {
        0 if told < starts.n_near => {
            // No more than any of those that are told apart.
            let fewest = starts.optima.iter().map(|it| runs(it.share)).min();
            let most = fewest.map_or(starts.n_near, |n| n.min(starts.n_near - told));
            format!(
                "At most {} of {} {} exactly this result",
                count(most),
                plural(starts.n_runs, "random start", "random starts"),
                give(most)
            )
        }
        0 => format!(
            "None of {} gives exactly this result",
            plural(starts.n_runs, "random start", "random starts")
        ),
        n => format!(
            "{} of {} {} exactly this result",
            count(n),
            plural(starts.n_runs, "random start", "random starts"),
            give(n)
        ),
    };
    let Some(other) = starts.optima.iter().find(|it| it.n_rows > 0) else {
        return format!("{own}; no other result comes within one percent of the best.");
    };
    let n = runs(other.share);
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
        "{own}; {} {} one within one percent of the best that places {who} otherwise.",
        count(n),
        give(n)
    )
}

/// What a Jaccard similarity of resamples says (Hennig 2007): nothing of a segment that the model does not have, and why where no
/// resample could be compared.
pub fn jaccard_words(jaccard: Option<Option<f64>>) -> &'static str {
    match jaccard {
        None => "",
        Some(None) => "too few customers to draw again",
        Some(Some(x)) if x >= 0.85 => "stable",
        Some(Some(x)) if x >= 0.75 => "fairly stable",
        Some(Some(x)) if x >= 0.6 => "unstable",
        Some(Some(_)) => "very unstable",
    }
}

/// A share without decimals, for one that is a round number.
fn whole_percent(share: f64) -> String {
    percent(share).replace(".0", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::ModelKey;
    use crate::questions::{ModelNoise, NearBest};
    use crate::words::variants::is_a_sentence;

    fn noise(n_firm: usize, n_by_sample: usize, n_by_start: usize) -> String {
        let model = ModelNoise {
            model: ModelKey::K_MEANS,
            n_sets: 100,
            jaccard: Vec::new(),
            own_rate: Vec::new(),
        };
        let noise = NoiseFloor {
            models: vec![model.clone(), model],
            starts: None,
            n_firm,
            n_by_start,
            n_by_sample,
            causes: Vec::new(),
        };
        noise_sentence(&noise, false)
    }

    #[test]
    fn mismatches_are_split_by_cause_for_every_number_of_them() {
        assert_eq!(
            noise(1, 3, 0),
            "1 of 4 mismatched customers keeps its segment in at least 75 % of resamples in every model: the models differ there. \
             3 more change segment in more than 25 % of resamples in some model."
        );
        assert_eq!(
            noise(0, 39, 0),
            "All 39 mismatched customers change segment in more than 25 % of resamples in some model."
        );
        assert_eq!(
            noise(0, 0, 1),
            "The 1 mismatched customer changes segment in more than 25 % of the random starts that end within one percent of the best."
        );
        assert_eq!(noise(0, 0, 0), "No customer is mismatched.");
        for sentence in [noise(2, 1, 1), noise(5, 0, 0), noise(0, 1, 2)] {
            is_a_sentence(&sentence);
        }
        assert_eq!(
            noise(0, 1, 2),
            "2 of 3 mismatched customers change segment in more than 25 % of the random starts that end within one percent of the best. \
             1 more changes segment in more than 25 % of resamples in some model."
        );
    }

    #[test]
    fn starts_are_counted_and_not_only_shared_out() {
        let best = |share: f64, n_rows: usize| NearBest {
            cost: 1.0,
            share,
            rows: Vec::new(),
            n_rows,
        };
        let of = |optima: Vec<NearBest>| StartNoise {
            n_runs: 100,
            n_near: 0,
            optima,
        };
        let say = |optima: Vec<NearBest>| starts_sentence(&of(optima), &[]);
        assert_eq!(
            say(vec![best(0.15, 14)]),
            "None of 100 random starts gives exactly this result; 15 give one within one percent of the best that places 14 customers otherwise."
        );
        assert_eq!(
            say(vec![best(0.9, 0), best(0.01, 1)]),
            "90 of 100 random starts give exactly this result; 1 gives one within one percent of the best that places 1 customer otherwise."
        );
        assert_eq!(
            say(vec![best(1.0, 0)]),
            "100 of 100 random starts give exactly this result; no other result comes within one percent of the best."
        );
        is_a_sentence(&say(Vec::new()));
        let left_out = StartNoise {
            n_near: 16,
            ..of(vec![best(0.15, 14)])
        };
        let sentence = starts_sentence(&left_out, &[]);
        assert!(
            sentence.starts_with("At most 1 of 100 random starts gives exactly this result;"),
            "{sentence}"
        );
        let named = starts_sentence(&of(vec![best(0.01, 1)]), &["K-1".to_owned()]);
        assert!(named.ends_with("places customer K-1 otherwise."), "{named}");
    }

    #[test]
    fn a_segment_that_a_model_does_not_have_is_called_nothing() {
        assert_eq!(jaccard_words(None), "");
        assert!(jaccard_words(Some(None)).starts_with("too few"));
        assert_eq!(
            [0.85, 0.75, 0.6, 0.59].map(|it| jaccard_words(Some(Some(it)))),
            ["stable", "fairly stable", "unstable", "very unstable"]
        );
        is_a_sentence(&hopkins_sentence(Some(0.71)));
        is_a_sentence(&hopkins_sentence(None));
    }
}
