//! Whether the segments are real, in words.

use super::numbers::{count, fixed, plural};
use crate::quality::{NullKind, Reality, RealityLevel};

/// What the verdict is called.
pub const VERDICT: &str = "Verdict";
/// What its sentences are, for screen readers.
pub const VERDICT_IN_WORDS: &str = "Verdict in words";

/// The verdict in a few words.
pub fn verdict(reality: &Reality) -> &'static str {
    match reality.level {
        RealityLevel::None if reality.is_too_few => "Too few customers to say",
        RealityLevel::Clear => "The segments are real",
        RealityLevel::Weak => "Real, but not clearly apart",
        RealityLevel::None => "The segments are not real",
    }
}

/// What it rests on, in a line: how many data sets without segments come up to it, or what makes them no evidence.
pub fn verdict_note(reality: &Reality) -> String {
    if reality.is_too_few {
        return String::new();
    }
    if reality.level == RealityLevel::None && reality.has_handful {
        return "one segment holds less than 2 %".into();
    }
    let Some(rivals) = Rivals::of(reality) else {
        return String::new();
    };
    let Rivals {
        reached, n_sets, ..
    } = rivals;
    match reached {
        0 => format!(
            "none of {} data sets without segments is as well separated",
            count(n_sets)
        ),
        1 => format!(
            "1 of {} data sets without segments is as well separated",
            count(n_sets)
        ),
        n => format!(
            "{} of {} data sets without segments are as well separated",
            count(n),
            count(n_sets)
        ),
    }
}

/// The same with p and the null that comes nearest, for a tip.
pub fn verdict_tip(reality: &Reality) -> String {
    let nearest = reality.nulls.iter().max_by(|a, b| a.p.total_cmp(&b.p));
    nearest.map_or_else(String::new, |test| {
        format!("{} against {}", p_words(test.p), null_name(test.kind))
    })
}

/// Data sets without segments, and how many of them are as well separated as these segments.
struct Rivals {
    reached: usize,
    n_sets: usize,
    /// The kind of the null that comes nearest; none where no set of any kind is as well separated.
    kind: Option<NullKind>,
}

impl Rivals {
    /// Those of the null that comes nearest, or all where none comes near; `None` where nothing was tested.
    fn of(reality: &Reality) -> Option<Self> {
        let nearest = reality.nulls.iter().max_by(|a, b| a.p.total_cmp(&b.p))?;
        let all = reality.nulls.iter();
        if all.clone().all(|test| test.n_reached() == 0) {
            return Some(Self {
                reached: 0,
                n_sets: all.map(|test| test.n_sets).sum(),
                kind: None,
            });
        }
        Some(Self {
            reached: nearest.n_reached(),
            n_sets: nearest.n_sets,
            kind: Some(nearest.kind),
        })
    }

    /// A main clause without its full stop.
    fn words(&self) -> String {
        let of = format!("{} random data sets without segments", count(self.n_sets));
        let kind = self
            .kind
            .map_or_else(String::new, |kind| format!(" ({})", null_name(kind)));
        match self.reached {
            0 => format!("None of {of}{kind} is as well separated"),
            1 => format!("1 of {of}{kind} is as well separated"),
            n => format!("{} of {of}{kind} are as well separated", count(n)),
        }
    }
}

/// What follows from it, in a sentence or two.
pub fn verdict_sentence(reality: &Reality) -> String {
    if reality.level == RealityLevel::None {
        return not_real_sentence(reality);
    }
    let rivals = Rivals::of(reality).map_or_else(String::new, |rivals| rivals.words() + ". ");
    let (parted, n) = (n_parted(reality), reality.valleys.len());
    let copula = reality
        .nulls
        .iter()
        .find(|test| test.kind == NullKind::Copula);
    // Without that null beaten a segment counts that lies apart from all its neighbours.
    let island = if copula.is_some_and(|test| test.p > 0.05) {
        "But at least one segment has a gap to each of its neighbours. "
    } else {
        ""
    };
    let either = if parted < n {
        " Customers there could belong to either."
    } else {
        ""
    };
    format!("{rivals}{island}{}{either}", gaps_sentence(parted, n))
}

fn not_real_sentence(reality: &Reality) -> String {
    if reality.is_too_few {
        return format!(
            "{} too few to tell segments from chance. Whatever is drawn here is one way to sort {}.",
            match reality.n_samples {
                1 => "1 customer is".to_owned(),
                n => format!("{} customers are", count(n)),
            },
            if reality.n_samples == 1 { "it" } else { "them" }
        );
    }
    if reality.has_handful {
        return "One segment holds less than 2 % of the customers. A few customers far out make any cut look good, so the silhouette is no evidence here. \
             Choose another number of segments or scaling."
            .into();
    }
    Rivals::of(reality).map_or_else(
        || "These segments have no silhouette, so they cannot be compared with data without segments.".into(),
        |rivals| {
            format!(
                "{}: more than one in twenty. The models draw lines through customers without clear groups, so who is mismatched \
                 says nothing about the customers.",
                rivals.words()
            )
        },
    )
}

/// Between how many neighbouring segments fewer customers lie than on either side.
fn gaps_sentence(parted: usize, n: usize) -> String {
    match (parted, n) {
        (_, 0) => String::new(),
        (0, 1) => "No gap is found between the two segments.".into(),
        (1, 1) => "Between the two segments there is a gap with few customers.".into(),
        (0, 2) => "No gap is found between either of 2 neighbouring pairs.".into(),
        (0, n) => format!(
            "No gap is found between any of {} neighbouring pairs.",
            count(n)
        ),
        (parted, n) if parted == n && n == 2 => {
            "Between both neighbouring pairs there is a gap with few customers.".into()
        }
        (parted, n) if parted == n => format!(
            "Between all {} neighbouring pairs there is a gap with few customers.",
            count(n)
        ),
        (parted, n) => format!(
            "Between {} of {} neighbouring pairs there is a gap with few customers; between the other {} none is found.",
            count(parted),
            count(n),
            if n - parted == 1 {
                "one".to_owned()
            } else {
                count(n - parted)
            }
        ),
    }
}

fn n_parted(reality: &Reality) -> usize {
    reality.valleys.iter().filter(|it| it.is_parted).count()
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
    if reality.has_handful || reality.nulls.is_empty() {
        return (heading, verdict_sentence(reality));
    }
    (
        heading,
        "Too many data sets without segments are as well separated. An offer would go to customers picked by a line through a spread."
            .into(),
    )
}

/// The customers that the verdict was found on: `on 500 customers`.
pub(super) fn looked_at(reality: &Reality) -> String {
    format!("on {}", plural(reality.n_samples, "customer", "customers"))
}

/// What a null is called: what its sets are drawn like.
pub(super) fn null_name(kind: NullKind) -> &'static str {
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

/// The same with its letter: `p = 0.85`, `p < 0.01`.
pub fn p_words(p: f64) -> String {
    let value = p_value(p);
    let sign = if value.starts_with('<') { "" } else { "= " };
    format!("p {sign}{value}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::{NullTest, Valley};
    use crate::words::variants::is_a_sentence;

    fn test(kind: NullKind, reached: usize, n_sets: usize) -> NullTest {
        NullTest {
            kind,
            p: if reached == 10 {
                10.0 / n_sets as f64
            } else {
                (reached + 1) as f64 / (n_sets + 1) as f64
            },
            mean: 0.3,
            largest: 0.4,
            n_sets,
        }
    }

    fn judged(level: RealityLevel, copula: NullTest, (parted, n): (usize, usize)) -> Reality {
        let valley = |at: usize| Valley {
            pair: (0, at as u32 + 1),
            dip: 0.1,
            p: 0.01,
            is_parted: at < parted,
        };
        Reality {
            level,
            silhouette: Some(0.5),
            n_samples: 200,
            is_too_few: false,
            has_handful: false,
            nulls: vec![
                test(NullKind::Uniform, 0, 99),
                test(NullKind::Gaussian, 0, 99),
                copula,
            ],
            valleys: (0..n).map(valley).collect(),
            hopkins: None,
        }
    }

    fn copula(reached: usize, n_sets: usize) -> NullTest {
        test(NullKind::Copula, reached, n_sets)
    }

    #[test]
    fn the_note_counts_the_sets_that_come_up_to_the_segments() {
        let note = |reality: &Reality| verdict_note(reality);
        let clear = judged(RealityLevel::Clear, copula(0, 99), (6, 6));
        assert_eq!(
            note(&clear),
            "none of 297 data sets without segments is as well separated"
        );
        let one = judged(RealityLevel::Clear, copula(1, 99), (6, 6));
        assert_eq!(
            note(&one),
            "1 of 99 data sets without segments is as well separated"
        );
        let none = judged(RealityLevel::None, copula(10, 22), (0, 3));
        assert_eq!(
            note(&none),
            "10 of 22 data sets without segments are as well separated"
        );
        assert_eq!(
            verdict_tip(&none),
            "p = 0.45 against the same columns without segments"
        );
        let handful = Reality {
            has_handful: true,
            level: RealityLevel::None,
            ..clear.clone()
        };
        // A small p value stands beside no verdict that it speaks against.
        assert_eq!(note(&handful), "one segment holds less than 2 %");
        let few = Reality {
            is_too_few: true,
            nulls: Vec::new(),
            level: RealityLevel::None,
            ..clear
        };
        assert_eq!([note(&few), verdict_tip(&few)], ["", ""]);
    }

    #[test]
    fn the_verdict_says_what_its_evidence_says() {
        let sentence = verdict_sentence(&judged(RealityLevel::Clear, copula(1, 99), (4, 6)));
        assert_eq!(
            sentence,
            "1 of 99 random data sets without segments (the same columns without segments) is as well separated. \
             Between 4 of 6 neighbouring pairs there is a gap with few customers; between the other 2 none is found. \
             Customers there could belong to either."
        );
        let sentence = verdict_sentence(&judged(RealityLevel::Weak, copula(10, 22), (1, 2)));
        assert_eq!(
            sentence,
            "10 of 22 random data sets without segments (the same columns without segments) are as well separated. \
             But at least one segment has a gap to each of its neighbours. \
             Between 1 of 2 neighbouring pairs there is a gap with few customers; between the other one none is found. \
             Customers there could belong to either."
        );
        let sentence = verdict_sentence(&judged(RealityLevel::None, copula(5, 99), (0, 3)));
        assert!(
            sentence.starts_with("5 of 99 random data sets")
                && sentence.contains("are as well separated: more than one in twenty."),
            "{sentence}"
        );
        let unjudged = Reality {
            nulls: Vec::new(),
            ..judged(RealityLevel::None, copula(0, 99), (0, 0))
        };
        is_a_sentence(&verdict_sentence(&unjudged));
        for (level, parted, n) in [
            (RealityLevel::Clear, 1, 1),
            (RealityLevel::Clear, 2, 2),
            (RealityLevel::Clear, 3, 3),
            (RealityLevel::Weak, 0, 1),
            (RealityLevel::Weak, 0, 2),
            (RealityLevel::Weak, 0, 4),
        ] {
            let sentence = verdict_sentence(&judged(level, copula(0, 99), (parted, n)));
            is_a_sentence(&sentence);
            let is_open = sentence.ends_with("Customers there could belong to either.");
            assert_eq!(is_open, parted < n, "{sentence}");
        }
    }

    #[test]
    fn advice_is_withheld_for_the_reason_that_the_verdict_has() {
        let none = judged(RealityLevel::None, copula(10, 22), (0, 3));
        let (heading, reason) = withheld_words(&none);
        assert_eq!(heading, "No advice: the segments are not real");
        assert!(reason.starts_with("Too many data sets without segments"));
        let few = |n_samples: usize| Reality {
            is_too_few: true,
            nulls: Vec::new(),
            n_samples,
            ..none.clone()
        };
        let (heading, reason) = withheld_words(&few(6));
        assert_eq!(heading, "No advice: too few customers to say");
        assert!(reason.starts_with("6 customers are too few"), "{reason}");
        assert!(verdict_sentence(&few(1)).starts_with("1 customer is too few"));
        let handful = Reality {
            has_handful: true,
            ..none
        };
        let (_, reason) = withheld_words(&handful);
        assert!(reason.starts_with("One segment holds less than 2 %"));
    }

    #[test]
    fn p_is_read_out_with_its_sign() {
        assert_eq!(
            [0.85, 0.01, 0.001].map(p_words),
            ["p = 0.85", "p = 0.01", "p < 0.01"]
        );
    }
}
