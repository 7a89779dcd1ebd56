//! Advice and its arithmetic, in words.

use super::numbers::{compact, count, fixed, percent};
use crate::advise::{Advice, Offer, detectable, per_group};

/// Why nothing is proposed for what is chosen.
pub enum NoAdvice {
    /// The customers who are in no segment.
    NoSegment,
    /// A segment of which no customer passes the filters.
    Hidden {
        /// Its letter.
        letter: String,
    },
}

/// The same in a sentence.
pub fn no_advice_sentence(why: &NoAdvice) -> String {
    match why {
        NoAdvice::NoSegment => {
            "No recommendation for customers in no segment: they have nothing in common that an offer could rest on.".into()
        }
        NoAdvice::Hidden { letter } => format!(
            "No recommendation for {letter}: none of its customers passes the filters."
        ),
    }
}

/// Whose segments a recommendation is about.
pub fn advice_source(model: &str, is_first: bool) -> String {
    if is_first {
        format!("As {model}, the first model, has it.")
    } else {
        format!("As {model} has it: the models before have no such segment.")
    }
}

/// What a rule rests on: `Rule in line 3: Annual Income (k$), Spending Score (1-100)`.
pub fn rule_words(advice: &Advice) -> String {
    if advice.columns.is_empty() {
        format!("Rule in line {}, for whom no other fits", advice.rule.line)
    } else {
        format!(
            "Rule in line {}: {}",
            advice.rule.line,
            advice.columns.join(", ")
        )
    }
}

/// The sum as rows: what, how, result.
pub fn gain_rows(offer: &Offer, n: usize) -> Vec<[String; 3]> {
    let gain = offer.gain(n as f64);
    let (n, uplift) = (count(n), percent(offer.uplift().abs()));
    let sign = if offer.uplift() < 0.0 { "−" } else { "" };
    vec![
        [
            "Extra responses".into(),
            format!("{n} × {sign}{uplift}"),
            fixed(gain.extra_responses, 2),
        ],
        [
            "Extra margin".into(),
            format!(
                "{} × {}",
                fixed(gain.extra_responses, 2),
                compact(offer.margin)
            ),
            fixed(gain.extra_margin, 2),
        ],
        [
            "Contact cost".into(),
            format!("{n} × {}", compact(offer.cost)),
            fixed(-gain.contacts, 2),
        ],
        [
            "Expected gain".into(),
            String::new(),
            fixed(gain.expected, 2),
        ],
        [
            "Break-even uplift".into(),
            format!("{} ÷ {}", compact(offer.cost), compact(offer.margin)),
            format!("{} points", fixed(100.0 * offer.break_even(), 2)),
        ],
        [
            "Cost of the wrong offer".into(),
            "each".into(),
            fixed(offer.wrong_offer(), 2),
        ],
    ]
}

/// Whether so many customers can prove the uplift.
pub fn test_sentence(offer: &Offer, n: usize) -> String {
    let Some(needed) = per_group(offer.today, offer.with_offer) else {
        return "Both responses are the same, so there is nothing to prove.".into();
    };
    let points = fixed(100.0 * offer.uplift().abs(), 1);
    if 2 * needed <= n {
        return format!(
            "To prove {points} points, a test needs {} customers in each of two groups. The segment has enough.",
            count(needed)
        );
    }
    let half = n / 2;
    let shown = detectable(offer.today, half).map_or_else(
        || "would show nothing".to_owned(),
        |uplift| format!("show {} points or more", fixed(100.0 * uplift, 0)),
    );
    format!(
        "{} customers cannot prove {points} points: a test needs {} in each of two groups. Two groups of {} {shown}.",
        count(n),
        count(needed),
        count(half)
    )
}

/// When an offer to a contested customer pays.
pub fn contested_sentence(offer: &Offer) -> String {
    let worth = compact(offer.uplift() * offer.margin);
    let pays = match offer.pays_from() {
        Some(from) => format!("the offer pays from {} on", percent(from)),
        None => "the offer never pays".to_owned(),
    };
    format!(
        "Gain = probability × {worth} − {}: {pays}.",
        compact(offer.cost)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::variants::is_a_sentence;

    #[test]
    fn no_advice_has_a_reason_each() {
        let letter = "F".to_owned();
        let all = [NoAdvice::NoSegment, NoAdvice::Hidden { letter }];
        let all = all.map(|why| no_advice_sentence(&why));
        for sentence in &all {
            is_a_sentence(sentence);
        }
        assert!(all[1].contains("passes the filters"), "{}", all[1]);
        let [first, other] = [true, false].map(|is_first| advice_source("HDBSCAN", is_first));
        is_a_sentence(&first);
        is_a_sentence(&other);
        assert_ne!(first, other);
    }
}
