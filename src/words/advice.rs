//! Advice and its arithmetic, in words.

use super::made::short_of;
use super::numbers::{count, entered, fixed, line_number, percent, plural, value_text};
use super::segments::level_word;
use crate::advise::{Advice, Gaining, Offer, detectable, per_group};
use crate::explain::{NumberProfile, Trait};
use crate::features::Feature;
use crate::session::OfferNumber;
use crate::table::Unit;

/// The panel, for readers.
pub const ADVICE_LABEL: &str = "Advice";
/// The button that shows advice on segments that are not real.
pub const SHOW_ADVICE_ANYWAY: &str = "Show the advice anyway";
/// What stands above the segment that is advised on.
pub const RECOMMENDATION_FOR: &str = "Recommendation for";
/// What opens the further proposals.
pub const OTHER_ACTIONS: &str = "Other actions";
/// What opens the statements on the segment that these data support.
pub const ABOUT_SEGMENT: &str = "What sets this segment apart";
/// The heading of the offer.
pub const YOUR_NUMBERS: &str = "Your numbers";
/// What they are.
pub const YOUR_NUMBERS_CAPTION: &str = "Examples. Put in your own, in one currency.";
/// The heading of the sum.
pub const WHAT_IT_BRINGS: &str = "What it brings";
/// What a test is that has enough customers.
pub const ENOUGH_TIP: &str = "Enough to see the difference in four of five tests, with one in twenty seeing one that is not there";
/// The heading of the mismatched.
pub const WHICH_OFFER: &str = "Mismatched customers: which offer?";
/// The heads of their table: the customer, then twice a choice and its gain.
pub const CONTESTED_HEADS: [&str; 5] = ["Customer", "First choice", "Gain", "Second", "Gain"];
/// Why their table holds no gain.
pub const NO_PROBABILITY: &str = "How likely a segment is, only the Gaussian mixture says. Where it is not among the models, or lacks a segment, no gain is computed.";
/// What opens the rules.
pub const THE_RULES: &str = "The rules";
/// How they are read and changed.
pub const RULES_CAPTION: &str = "A table, one rule a line: the first that fits is proposed. Columns are found by words in their names. \
     Edit it here, or in a spreadsheet and paste it.";
/// The field of the rules, for readers.
pub const RULES_LABEL: &str = "Rules";
/// The button that takes them.
pub const USE_THESE_RULES: &str = "Use these rules";
/// The button that goes back.
pub const STANDARD_RULES_AGAIN: &str = "Back to the standard rules";

/// What a number of the offer is called.
pub fn offer_number_name(number: OfferNumber) -> &'static str {
    match number {
        OfferNumber::Margin => "Margin per response",
        OfferNumber::Cost => "Cost per contact",
        OfferNumber::Today => "Response today",
        OfferNumber::WithOffer => "Response with the action",
    }
}

/// The median of a column that a proposal rests on.
pub fn rests_on_words(number: &NumberProfile, unit: Unit) -> String {
    format!(
        "{}: median {} against {} of everyone",
        number.column,
        value_text(number.segment.median, unit),
        value_text(number.everyone.median, unit)
    )
}

/// How many mismatched customers are not listed.
pub fn contested_left_out(n: usize) -> String {
    format!("And {} more, in the exported file.", count(n))
}

/// For how many of the mismatched an action was found; nothing where that is all.
pub fn contested_counted(counted: usize, all: usize) -> Option<String> {
    (counted < all).then(|| {
        format!(
            "The actions are counted for the first {} of {} mismatched customers.",
            count(counted),
            count(all)
        )
    })
}

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

/// What a rule rests on: `Rule in line 3: high annual income, low spending score`. `traits` are those of the segment.
pub fn rule_words(advice: &Advice, traits: &[Trait], features: &[Feature]) -> String {
    let line = line_number(advice.rule.line);
    if advice.columns.is_empty() {
        return format!("Rule in line {line}, for whom no other fits");
    }
    let columns = advice.columns.iter().map(|column| {
        let own = traits.iter().find(|it| it.column == *column);
        own.map_or_else(
            || column.clone(),
            |it| format!("{} {}", level_word(it.level), short_of(features, column)),
        )
    });
    let columns: Vec<String> = columns.collect();
    format!("Rule in line {line}: {}", columns.join(", "))
}

/// A line of the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GainLine {
    /// Responses beyond those of today.
    ExtraResponses,
    /// Their margin.
    ExtraMargin,
    /// What the contacts cost.
    ContactCost,
    /// What is left.
    Expected,
    /// The uplift at which nothing is gained or lost.
    BreakEven,
    /// What is lost for one customer who gets the offer of another segment.
    WrongOffer,
}

/// A line of the sum with its numbers.
pub struct GainRow {
    /// Which.
    pub line: GainLine,
    /// What it is called.
    pub name: &'static str,
    /// How it is reckoned; empty where the lines above say so.
    pub how: String,
    /// What comes out.
    pub result: String,
}

/// The sum for a segment of `n` customers, line by line.
pub fn gain_rows(offer: &Offer, n: usize) -> [GainRow; 6] {
    let gain = offer.gain(n as f64);
    let (n, uplift) = (count(n), percent(offer.uplift().abs()));
    let sign = if offer.uplift() < 0.0 { "−" } else { "" };
    let (margin, cost) = (entered(offer.margin), entered(offer.cost));
    let row = |line, name, how, result| GainRow {
        line,
        name,
        how,
        result,
    };
    let responses = fixed(gain.extra_responses, 2);
    [
        row(
            GainLine::ExtraResponses,
            "Extra responses",
            format!("{n} × {sign}{uplift}"),
            responses.clone(),
        ),
        row(
            GainLine::ExtraMargin,
            "Extra margin",
            format!("{responses} × {margin}"),
            fixed(gain.extra_margin, 2),
        ),
        row(
            GainLine::ContactCost,
            "Contact cost",
            format!("{n} × {cost}"),
            fixed(-gain.contacts, 2),
        ),
        row(
            GainLine::Expected,
            "Expected gain",
            String::new(),
            fixed(gain.expected, 2),
        ),
        row(
            GainLine::BreakEven,
            "Break-even uplift",
            format!("{cost} ÷ {margin}"),
            format!("{} points", fixed(100.0 * offer.break_even(), 2)),
        ),
        row(
            GainLine::WrongOffer,
            "Lost per wrongly addressed customer",
            match offer.missed() {
                missed if missed > 0.0 => {
                    format!("contact {cost} + own offer missed {}", fixed(missed, 2))
                }
                _ => format!("contact {cost}"),
            },
            fixed(offer.wrong_offer(), 2),
        ),
    ]
}

/// Tests of more customers in each group are not counted out.
const MOST_TESTED: usize = 1_000_000_000;

/// Whether so many customers can prove the uplift.
pub fn test_sentence(offer: &Offer, n: usize) -> String {
    let Some(needed) = per_group(offer.today, offer.with_offer) else {
        return "Both responses are the same, so there is nothing to prove.".into();
    };
    let (today, with_offer) = (percent(offer.today), percent(offer.with_offer));
    if today == with_offer {
        return format!(
            "Both responses read {today}: enter a larger difference to see what proves it."
        );
    }
    // Beyond that a count is of no use, and may not fit.
    if needed > MOST_TESTED {
        return format!(
            "Too few to test: proving {today} → {with_offer} takes more than a billion customers."
        );
    }
    let proving = format!(
        "proving {} → {} takes {} customers in each of two groups",
        percent(offer.today),
        percent(offer.with_offer),
        count(needed)
    );
    if 2 * needed <= n {
        return format!(
            "Enough to test: {proving}, and the segment has {}.",
            count(n)
        );
    }
    let half = n / 2;
    if half < 2 {
        return format!(
            "Too few to test: {proving}, and the segment has {}.",
            count(n)
        );
    }
    if offer.with_offer < offer.today {
        return format!(
            "Too few to test: {proving}, and the segment has {}.",
            count(n)
        );
    }
    // Rounded up: a point less would not show.
    let shown = detectable(offer.today, half).map_or_else(
        || "no rise would show".to_owned(),
        |uplift| {
            let points = libm::ceil(100.0 * uplift - 1e-9) as usize;
            let points = plural(points, "point", "points");
            format!("only a rise of {points} or more would show")
        },
    );
    format!(
        "Too few to test: {proving}. With {} in each, {shown}.",
        count(half)
    )
}

/// What to do about a contested customer: what the `rule` says, unless the offer is known to gain in fewer than both segments.
pub fn contested_action(gaining: Option<Gaining>, rule: &str) -> &str {
    match gaining {
        None | Some(Gaining::Both) => rule,
        Some(Gaining::First) => {
            "Offer of the first choice: that of the second costs more than it brings"
        }
        Some(Gaining::Neither) => "No offer: each costs more than it brings",
    }
}

/// When an offer to a contested customer pays.
pub fn contested_sentence(offer: &Offer) -> String {
    let worth = entered(offer.uplift() * offer.margin);
    let pays = match offer.pays_from() {
        Some(from) => format!("the offer pays from {} on", percent(from)),
        None => "the offer never pays".to_owned(),
    };
    format!(
        "Gain = probability × {worth} − {}: {pays}.",
        entered(offer.cost)
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::explain::Level;
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
    fn offer(today: f64, with_offer: f64) -> Offer {
        Offer {
            margin: 30.0,
            cost: 0.6,
            today,
            with_offer,
        }
    }

    #[test]
    fn a_test_has_enough_customers_or_too_few() {
        let say = |n| test_sentence(&offer(0.04, 0.07), n);
        assert_eq!(
            say(22),
            "Too few to test: proving 4.0 % → 7.0 % takes 906 customers in each of two groups. \
             With 11 in each, only a rise of 52 points or more would show."
        );
        assert_eq!(
            say(1_812),
            "Enough to test: proving 4.0 % → 7.0 % takes 906 customers in each of two groups, and the segment has 1,812."
        );
        assert!(say(1_811).starts_with("Too few to test: "));
        for n in [0, 1, 3] {
            assert!(
                say(n).ends_with(&format!(", and the segment has {n}.")),
                "{}",
                say(n)
            );
        }
        for n in [4, 5, 100] {
            is_a_sentence(&say(n));
        }
        is_a_sentence(&test_sentence(&offer(0.04, 0.04), 22));
        let alike = test_sentence(&offer(0.04, 0.040_000_1), 22);
        assert!(alike.starts_with("Both responses read 4.0 %"), "{alike}");
        let endless = test_sentence(&offer(0.040_499_9, 0.040_500_1), 22);
        assert!(
            endless.ends_with("more than a billion customers."),
            "{endless}"
        );
        assert!(test_sentence(&offer(0.04, 0.025), 22).ends_with(", and the segment has 22."));
        assert!(test_sentence(&offer(0.99, 0.999), 8).contains("no rise would show"));
    }

    #[test]
    fn the_expected_gain_is_one_line_of_the_sum() {
        let rows = gain_rows(&offer(0.04, 0.07), 100);
        let total: Vec<_> = rows
            .iter()
            .filter(|row| row.line == GainLine::Expected)
            .collect();
        assert_eq!(total.len(), 1);
        assert_eq!(
            [total[0].name, &total[0].result],
            ["Expected gain", "30.00"]
        );
        let last = &rows[5];
        assert_eq!(
            [last.name, &last.result],
            ["Lost per wrongly addressed customer", "0.90"]
        );
        assert_eq!(last.how, "contact 0.6 + own offer missed 0.30");
        assert_eq!(gain_rows(&offer(0.04, 0.04), 9)[5].how, "contact 0.6");
    }

    #[test]
    fn between_two_segments_no_offer_is_made_that_gains_nothing() {
        let rule = "Personal offer: let them choose between both";
        let say = |gaining| contested_action(gaining, rule);
        assert_eq!(say(None), rule);
        assert_eq!(say(Some(Gaining::Both)), rule);
        assert!(say(Some(Gaining::First)).starts_with("Offer of the first choice"));
        assert!(say(Some(Gaining::Neither)).starts_with("No offer"));
    }

    #[test]
    fn a_rule_is_named_by_what_it_rests_on() {
        let rules = crate::advise::read_rules(crate::advise::STANDARD_RULES).unwrap();
        let traits = [
            ("Annual Income (k$)", Level::Low),
            ("Spending Score", Level::High),
        ];
        let traits = traits.map(|(column, level)| Trait {
            column: column.into(),
            level,
        });
        let advice = crate::advise::advice_for(&rules, crate::advise::Audience::Segment, &traits);
        assert_eq!(
            rule_words(&advice[0], &traits, &[]),
            "Rule in line 4: low annual income, high spending score"
        );
        let last = rule_words(advice.last().unwrap(), &traits, &[]);
        assert!(last.ends_with(", for whom no other fits"), "{last}");
    }
}
