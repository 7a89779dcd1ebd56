//! Whether the segments are real, in words.
//!
//! Every sentence is built from the same facts as the table of evidence, and a test holds each claim against them.

use super::numbers::{count, fixed, plural};
use crate::export::letter;
use crate::quality::{LEVEL, NullKind, Reality, RealityLevel, Unjudged, Valley};

/// What the verdict is called.
pub const VERDICT: &str = "Verdict";
/// What its sentences are, for screen readers.
pub const VERDICT_IN_WORDS: &str = "Verdict in words";
/// Pairs of segments named at most.
const NAMED: usize = 4;

/// Why there is no verdict, or what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// Nothing could be compared.
    Unjudged(Unjudged),
    /// A segment of so few customers that the silhouette is no evidence.
    Sliver,
    /// Better separated than data without segments, but cut out of one body.
    OneBody,
    /// Data without segments of some kind are as well separated, too often to call them told apart, but some number speaks for the
    /// segments: one null is beaten, none comes up to them most of the time, or two neighbours lie apart beyond chance.
    Open,
    /// The segments were compared with data without segments, and where they are called unreal no number speaks for them.
    Compared,
}

impl Ground {
    fn of(reality: &Reality) -> Self {
        let is_none = reality.level == RealityLevel::None;
        if let Some(why) = reality.obstacle() {
            Self::Unjudged(why)
        } else if is_none && reality.has_sliver {
            Self::Sliver
        } else if is_none && reality.nulls.iter().all(|test| test.p <= LEVEL) {
            Self::OneBody
        } else if is_none && has_hint(reality) {
            Self::Open
        } else {
            Self::Compared
        }
    }
}

/// The verdict in a few words.
pub fn verdict(reality: &Reality) -> &'static str {
    match reality.level {
        RealityLevel::Clear => "The segments are real",
        RealityLevel::Weak if !has_gap(reality) => "More than chance, but without gaps",
        RealityLevel::Weak => "Only partly apart",
        RealityLevel::None if Ground::of(reality) == Ground::Compared => {
            "The segments are not real"
        }
        RealityLevel::None => "Not enough evidence either way",
        RealityLevel::Unjudged => "Cannot be judged",
    }
}

/// What it rests on, in a line: how many data sets without segments come up to it, or what makes them no evidence.
pub fn verdict_note(reality: &Reality) -> String {
    match Ground::of(reality) {
        Ground::Unjudged(why) => return unjudged_note(why).into(),
        Ground::Sliver => return "a segment holds less than 2 %".into(),
        Ground::OneBody => return "between some neighbours there is no gap".into(),
        Ground::Open | Ground::Compared => {}
    }
    if reality.level.is_beyond_chance() && !beats_copula(reality) {
        let who = if reality.level == RealityLevel::Clear {
            "every segment"
        } else {
            "a segment"
        };
        return format!("{who} has a gap to each of its neighbours");
    }
    let Some(rivals) = Rivals::of(reality) else {
        return String::new();
    };
    let of = format!("{} data sets without segments", count(rivals.n_sets));
    match rivals.reached {
        0 => format!("none of {of} is as well separated"),
        1 => format!("1 of {of} is as well separated"),
        n => format!("{} of {of} are as well separated", count(n)),
    }
}

fn unjudged_note(why: Unjudged) -> &'static str {
    match why {
        Unjudged::NothingLeft => "only identifiers and labels are left",
        Unjudged::TooFew => "too few customers",
        Unjudged::TooFewDifferent => "too few different customers",
        Unjudged::OneSegment => "all customers looked at are in one segment",
        Unjudged::EachAlone => "each customer is a segment of its own",
    }
}

/// The same with p and the null that comes nearest, for a tip.
pub fn verdict_tip(reality: &Reality) -> String {
    let nearest = reality.nulls.iter().max_by(|a, b| a.p.total_cmp(&b.p));
    nearest.map_or_else(String::new, |test| {
        format!("{} against {}", p_words(test.p), null_name(test.kind))
    })
}

/// Whether the same columns without segments are hardly ever as well separated, or were not asked: one column has no such twin.
fn beats_copula(reality: &Reality) -> bool {
    let mut of_kind = reality.nulls.iter();
    of_kind.all(|test| test.kind != NullKind::Copula || test.p <= LEVEL)
}

fn has_gap(reality: &Reality) -> bool {
    reality.valleys.iter().any(|valley| valley.is_parted)
}

/// Whether a number speaks for segments, though not all do. Skewed columns, and columns computed from others, beat an even spread and one
/// bell without any segment: of the nulls the one that keeps most of the columns counts. The dips of all neighbours share the level (Bonferroni).
fn has_hint(reality: &Reality) -> bool {
    let strictest = reality.nulls.iter().max_by_key(|test| test.kind as u8);
    let beats_it = strictest.is_some_and(|test| test.p <= LEVEL);
    let is_rather_apart = reality.nulls.iter().all(|test| test.p <= 0.5);
    let n_pairs = reality.valleys.len() as f64;
    let dips = reality.valleys.iter().any(|it| it.p * n_pairs <= LEVEL);
    beats_it || is_rather_apart || dips
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
        if all.clone().all(|test| test.n_reached == 0) {
            return Some(Self {
                reached: 0,
                n_sets: all.map(|test| test.n_sets).sum(),
                kind: None,
            });
        }
        Some(Self {
            reached: nearest.n_reached,
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
    let left_out = left_out_sentence(reality);
    let sentence = match reality.level {
        RealityLevel::None | RealityLevel::Unjudged => not_real_sentence(reality),
        RealityLevel::Weak | RealityLevel::Clear => real_sentence(reality),
    };
    if left_out.is_empty() {
        sentence
    } else {
        format!("{sentence} {left_out}")
    }
}

fn real_sentence(reality: &Reality) -> String {
    let rivals = Rivals::of(reality).map_or_else(String::new, |rivals| rivals.words() + ". ");
    let gaps = gaps_sentence(&reality.valleys);
    // Without that null beaten a segment counts that lies apart from all its neighbours.
    let but = match reality.level {
        _ if beats_copula(reality) => "",
        RealityLevel::Clear => "But every segment has a gap to each of its neighbours. ",
        _ => "But at least one segment has a gap to each of its neighbours. ",
    };
    format!("{rivals}{but}{gaps}")
}

fn not_real_sentence(reality: &Reality) -> String {
    match Ground::of(reality) {
        Ground::Unjudged(why) => unjudged_sentence(reality, why),
        Ground::Sliver => {
            "At least one segment holds less than 2 % of the customers. A few customers on their own make any cut look good, so the silhouette is no \
             evidence here. Choose another number of segments or scaling, or leave these customers out."
                .into()
        }
        Ground::OneBody => {
            let rivals = Rivals::of(reality).map_or_else(String::new, |rivals| rivals.words() + ". ");
            let where_not = if has_gap(reality) {
                "But all segments hang together by neighbours"
            } else {
                "But the segments are neighbours"
            };
            format!(
                "{rivals}{where_not} between whom no gap is found: they may be cut out of one body, such as a curve, or one with a few \
                 customers far out."
            )
        }
        Ground::Open | Ground::Compared => Rivals::of(reality).map_or_else(String::new, |rivals| {
            let gaps = if has_gap(reality) {
                gaps_sentence(&reality.valleys) + " "
            } else {
                String::new()
            };
            format!(
                "{}: more than one in twenty. {gaps}So who is mismatched may be chance of where the lines are drawn.",
                rivals.words()
            )
        }),
    }
}

/// Why nothing is known of whether the segments are real.
fn unjudged_sentence(reality: &Reality, why: Unjudged) -> String {
    match why {
        Unjudged::NothingLeft => {
            "No other feature tells customers apart, so nothing is known of whether the segments are real."
                .into()
        }
        Unjudged::TooFewDifferent => format!(
            "The {} have only {} to tell apart: too few to tell segments from chance.",
            plural(reality.n_samples, "customer", "customers"),
            plural(
                reality.n_distinct,
                "row of different values",
                "rows of different values"
            )
        ),
        Unjudged::TooFew => format!(
            "{} too few to tell segments from chance. Whatever is drawn here is one way to sort {}.",
            match reality.n_samples {
                1 => "1 customer is".to_owned(),
                n => format!("{} customers are", count(n)),
            },
            if reality.n_samples == 1 { "it" } else { "them" }
        ),
        Unjudged::EachAlone => {
            "Each customer looked at is a segment of its own: no segment holds two to compare.".into()
        }
        Unjudged::OneSegment => {
            "All customers looked at are in one segment, so it cannot be compared with data without segments."
                .into()
        }
    }
}

/// Which features the verdict does not look at.
fn left_out_sentence(reality: &Reality) -> String {
    match &reality.left_out[..] {
        [] => String::new(),
        [one] => format!(
            "“{one}” is left out of the verdict: an identifier or a label makes no segment real."
        ),
        [first, .., last] => format!(
            "{} features from “{first}” to “{last}” are left out of the verdict: an identifier or a label makes no segment real.",
            count(reality.left_out.len())
        ),
    }
}

/// Between which neighbouring segments fewer customers lie than on either side.
fn gaps_sentence(valleys: &[Valley]) -> String {
    let pairs = |is_so: fn(&Valley) -> bool| -> Vec<(u32, u32)> {
        let those = valleys.iter().filter(|it| is_so(it));
        those.map(|it| it.pair).collect()
    };
    let parted = pairs(|it| it.is_parted).len();
    // Where few lie, but as few may be chance, it is not said that customers there belong to either.
    let (full, thin) = (
        pairs(|it| !it.is_parted && !it.may_be_chance()),
        pairs(Valley::may_be_chance),
    );
    let found = match (parted, valleys.len()) {
        (_, 0) => return "No two segments are neighbours.".into(),
        (0, 1) => "No gap is found between the two segments.".into(),
        (1, 1) => "Between the two segments there is a gap with few customers.".into(),
        (parted, n) if parted == n && n == 2 => {
            "Between both neighbouring pairs there is a gap with few customers.".into()
        }
        (parted, n) if parted == n => format!(
            "Between all {} neighbouring pairs there is a gap with few customers.",
            count(n)
        ),
        (0, 2) => "No gap is found between either of 2 neighbouring pairs.".into(),
        (0, n) => format!(
            "No gap is found between any of {} neighbouring pairs.",
            count(n)
        ),
        (parted, n) => {
            let none = match &full[..] {
                [] => String::new(),
                full => format!("; none is found between {}", pairs_words(full)),
            };
            format!(
                "Between {} of {} neighbouring pairs there is a gap with few customers{none}.",
                count(parted),
                count(n)
            )
        }
    };
    let either = if full.is_empty() {
        ""
    } else {
        " Customers there could belong to either."
    };
    let chance = match &thin[..] {
        [] => String::new(),
        _ if valleys.len() == 1 => " Few customers lie there, but that may be chance.".to_owned(),
        thin => format!(
            " Between {} few customers lie, but that may be chance.",
            pairs_words(thin)
        ),
    };
    format!("{found}{either}{chance}")
}

/// The pairs by letter: `A and B`, `A and B, B and C and 3 other pairs`.
fn pairs_words(pairs: &[(u32, u32)]) -> String {
    let named = pairs.iter().take(NAMED);
    let named = named.map(|(a, b)| format!("{} and {}", letter(*a as usize), letter(*b as usize)));
    let named = named.collect::<Vec<_>>().join(", ");
    match pairs.len().saturating_sub(NAMED) {
        0 => named,
        n => format!("{named} and {}", plural(n, "other pair", "other pairs")),
    }
}

/// Why advice is withheld: a heading and what is behind it.
pub fn withheld_words(reality: &Reality) -> (&'static str, String) {
    match Ground::of(reality) {
        Ground::Unjudged(_) => (
            "No advice: the segments cannot be judged",
            verdict_sentence(reality),
        ),
        Ground::Sliver | Ground::OneBody => (
            "No advice: not enough evidence that the segments are real",
            verdict_sentence(reality),
        ),
        Ground::Open | Ground::Compared => (
            if Ground::of(reality) == Ground::Open {
                "No advice: not enough evidence that the segments are real"
            } else {
                "No advice: the segments are not real"
            },
            "Too many data sets without segments are as well separated. An offer would go to customers picked by a line that may be chance."
                .into(),
        ),
    }
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
mod tests;
