//! Every claim of the verdict in words is held against the numbers.

use super::*;
use crate::quality::{NullTest, Valley};
use crate::words::variants::is_a_sentence;

fn test(kind: NullKind, n_reached: usize, n_sets: usize) -> NullTest {
    NullTest {
        kind,
        p: if n_reached == 10 {
            10.0 / n_sets as f64
        } else {
            (n_reached + 1) as f64 / (n_sets + 1) as f64
        },
        mean: 0.3,
        largest: 0.4,
        n_sets,
        n_reached,
    }
}

fn judged(level: RealityLevel, copula: NullTest, (parted, n): (usize, usize)) -> Reality {
    let valley = |at: usize| Valley {
        pair: (0, at as u32 + 1),
        dip: 0.1,
        p: if at < parted { 0.01 } else { 0.3 },
        density: if at < parted { 0.1 } else { 0.8 },
        is_parted: at < parted,
    };
    Reality {
        level,
        silhouette: Some(0.5),
        n_samples: 200,
        n_distinct: 190,
        n_segments: 3,
        is_too_few: false,
        left_out: Vec::new(),
        has_sliver: false,
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

/// Everything that is said of a verdict.
fn everything(reality: &Reality) -> String {
    let (heading, reason) = withheld_words(reality);
    let withheld = if reality.level.is_beyond_chance() {
        String::new()
    } else {
        format!("{heading}. {reason}")
    };
    [
        verdict(reality).to_owned(),
        verdict_note(reality),
        verdict_sentence(reality),
        withheld,
    ]
    .join(" | ")
}

/// Holds every claim of the words against the numbers of the table.
#[allow(
    clippy::too_many_lines,
    reason = "one claim after the other, with nothing between them"
)]
fn hold(reality: &Reality) {
    let said = everything(reality);
    is_a_sentence(&verdict_sentence(reality));
    let (n, open) = (
        reality.valleys.len(),
        reality.valleys.iter().filter(|it| !it.is_parted).count(),
    );
    let claims = |words: &str| said.contains(words);
    let is_judged = !reality.nulls.is_empty() && !reality.has_sliver;
    let largest = reality.nulls.iter().map(|it| it.p).fold(0.0, f64::max);
    for word in ["rarely", "never", "run into each other", "real,"] {
        assert!(!claims(word), "{word}: {said}");
    }
    assert_eq!(
        claims("The segments are real"),
        reality.level == RealityLevel::Clear,
        "{said}"
    );
    if claims("The segments are real") {
        assert!(open == 0 && n > 0, "{said}");
    }
    assert_eq!(
        claims("every segment has a gap"),
        reality.level == RealityLevel::Clear && largest > 0.05,
        "{said}"
    );
    assert_eq!(
        claims("more than one in twenty"),
        is_judged && reality.level == RealityLevel::None && largest > 0.05,
        "{said}"
    );
    assert_eq!(
        claims("may be cut out of one body"),
        is_judged && reality.level == RealityLevel::None && largest <= 0.05,
        "{said}"
    );
    if claims("one of") || claims("None of") || claims("none of") {
        assert!(reality.nulls.iter().all(|it| it.n_reached == 0), "{said}");
    }
    for test in &reality.nulls {
        let counted = format!("{} of {} random data sets", test.n_reached, test.n_sets);
        let is_nearest = test.p == largest && test.n_reached > 0;
        assert_eq!(
            claims(&counted),
            is_nearest && !reality.has_sliver,
            "{counted}: {said}"
        );
    }
    let gaps = is_judged
        && (reality.level.is_beyond_chance()
            || reality.level == RealityLevel::None && largest > 0.05 && open < n);
    let count_of = format!("Between {} of {n} neighbouring pairs", n - open);
    assert_eq!(
        claims(&count_of),
        gaps && open > 0 && open < n,
        "{count_of}: {said}"
    );
    assert_eq!(claims("could belong to either"), gaps && open > 0, "{said}");
    let has_gap = open < n;
    assert_eq!(
        claims("hang together"),
        is_judged && reality.level == RealityLevel::None && largest <= 0.05 && has_gap,
        "{said}"
    );
    assert_eq!(
        claims("No gap is found"),
        gaps && open == n && n > 0,
        "{said}"
    );
    for valley in &reality.valleys {
        let [a, b] = [valley.pair.0, valley.pair.1].map(|it| letter(it as usize));
        let is_named = claims(&format!("{a} and {b}"));
        assert!(!is_named || !valley.is_parted, "{said}");
    }
    let is_unjudged = reality.level == RealityLevel::Unjudged;
    assert_eq!(
        claims("less than 2 %"),
        reality.has_sliver && !is_unjudged,
        "{said}"
    );
    // What could not be judged is called neither real nor unreal, in no place.
    assert_eq!(claims("annot be judged"), is_unjudged, "{said}");
    // That there are none is said only where most data sets without segments come up to them, and no gap is found.
    assert_eq!(
        claims("segments are not real"),
        is_judged && reality.level == RealityLevel::None && largest > 0.5 && !has_gap,
        "{said}"
    );
    let is_left = reality.left_out.is_empty() || reality.n_distinct > 1;
    assert_eq!(
        claims("too few to tell"),
        reality.is_too_few && is_left,
        "{said}"
    );
    assert_eq!(
        claims("No other feature"),
        is_unjudged && !is_left,
        "{said}"
    );
    assert_eq!(
        claims("in one segment"),
        is_unjudged && is_left && !reality.is_too_few && reality.n_segments == 1,
        "{said}"
    );
    assert_eq!(
        claims("a segment of its own"),
        is_unjudged && is_left && !reality.is_too_few && reality.n_segments > 1,
        "{said}"
    );
    assert_eq!(
        claims("is left out of the verdict"),
        reality.left_out.len() == 1,
        "{said}"
    );
}

#[test]
fn no_sentence_says_more_than_the_numbers_beside_it() {
    use RealityLevel::{Clear, None, Weak};
    let mut n_held = 0;
    for (level, reached, n_sets) in [
        (Clear, 0, 99),
        (Clear, 4, 99),
        (Clear, 10, 22),
        (Weak, 0, 99),
        (Weak, 1, 99),
        (Weak, 10, 22),
        (None, 0, 99),
        (None, 4, 99),
        (None, 5, 99),
        (None, 10, 10),
    ] {
        for n in 0..8 {
            for parted in 0..=n {
                if level == Clear && (parted < n || n == 0) {
                    continue;
                }
                let plain = judged(level, copula(reached, n_sets), (parted, n));
                hold(&plain);
                hold(&Reality {
                    left_out: vec!["Customer ID".into()],
                    ..plain.clone()
                });
                n_held += 2;
                if level == None {
                    hold(&Reality {
                        has_sliver: true,
                        ..plain
                    });
                }
            }
        }
    }
    assert!(n_held > 300);
    for (n_samples, n_distinct) in [
        (1, 1),
        (2, 2),
        (19, 19),
        (400, 2),
        (20, 1),
        (20, 3),
        (500, 500),
    ] {
        for left_out in [Vec::new(), vec!["Customer ID".into()]] {
            for has_sliver in [false, true] {
                for (silhouette, n_segments) in
                    [(Some(0.5), 3), (Option::None, 1), (Option::None, 500)]
                {
                    let is_too_few = n_distinct < 20;
                    if silhouette.is_some() && !is_too_few {
                        continue;
                    }
                    hold(&Reality {
                        is_too_few,
                        nulls: Vec::new(),
                        n_samples,
                        n_distinct,
                        left_out: left_out.clone(),
                        has_sliver,
                        silhouette,
                        n_segments,
                        ..judged(RealityLevel::Unjudged, copula(0, 99), (0, 0))
                    });
                }
            }
        }
    }
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
    let island = judged(RealityLevel::Weak, copula(10, 22), (1, 2));
    assert_eq!(
        note(&island),
        "a segment has a gap to each of its neighbours"
    );
    let handful = Reality {
        has_sliver: true,
        level: RealityLevel::None,
        ..clear.clone()
    };
    // A small p value stands beside no verdict that it speaks against.
    assert_eq!(note(&handful), "a segment holds less than 2 %");
    let few = Reality {
        is_too_few: true,
        n_samples: 12,
        nulls: Vec::new(),
        level: RealityLevel::Unjudged,
        ..clear
    };
    assert_eq!(
        [note(&few), verdict_tip(&few)],
        ["too few customers".to_owned(), String::new()]
    );
}

#[test]
fn the_verdict_names_the_segments_that_are_not_apart() {
    let sentence = verdict_sentence(&judged(RealityLevel::Weak, copula(1, 99), (4, 6)));
    assert_eq!(
        sentence,
        "1 of 99 random data sets without segments (the same columns without segments) is as well separated. \
         Between 4 of 6 neighbouring pairs there is a gap with few customers; none is found between A and F, A and G. \
         Customers there could belong to either."
    );
    let sentence = verdict_sentence(&judged(RealityLevel::Weak, copula(10, 22), (1, 6)));
    assert_eq!(
        sentence,
        "10 of 22 random data sets without segments (the same columns without segments) are as well separated. \
         But at least one segment has a gap to each of its neighbours. \
         Between 1 of 6 neighbouring pairs there is a gap with few customers; none is found between A and C, A and D, A and E, A and F \
         and 1 other pair. Customers there could belong to either."
    );
}

#[test]
fn few_different_customers_and_labels_are_named_as_the_reason() {
    let none = judged(RealityLevel::Unjudged, copula(0, 99), (0, 0));
    let alike = Reality {
        is_too_few: true,
        nulls: Vec::new(),
        n_samples: 400,
        n_distinct: 2,
        ..none.clone()
    };
    assert_eq!(verdict(&alike), "Cannot be judged");
    assert_eq!(verdict_note(&alike), "too few different customers");
    assert_eq!(
        verdict_sentence(&alike),
        "The 400 customers have only 2 rows of different values to tell apart: too few to tell segments from chance."
    );
    let labels = Reality {
        silhouette: None,
        is_too_few: true,
        n_distinct: 1,
        nulls: Vec::new(),
        left_out: vec!["Segment".into()],
        ..none
    };
    assert_eq!(verdict(&labels), "Cannot be judged");
    assert_eq!(
        verdict_sentence(&labels),
        "No other feature tells customers apart, so nothing is known of whether the segments are real. \
         “Segment” is left out of the verdict: an identifier or a label makes no segment real."
    );
    assert_eq!(
        withheld_words(&labels).0,
        "No advice: the segments cannot be judged"
    );
}

#[test]
fn advice_is_withheld_for_the_reason_that_the_verdict_has() {
    let none = judged(RealityLevel::None, copula(10, 22), (0, 3));
    let (heading, reason) = withheld_words(&none);
    assert_eq!(
        heading,
        "No advice: not enough evidence that the segments are real"
    );
    let most = judged(RealityLevel::None, copula(10, 12), (0, 3));
    assert_eq!(
        withheld_words(&most).0,
        "No advice: the segments are not real"
    );
    assert!(reason.starts_with("Too many data sets without segments"));
    let few = |n_samples: usize| Reality {
        level: RealityLevel::Unjudged,
        is_too_few: true,
        nulls: Vec::new(),
        n_samples,
        n_distinct: n_samples,
        ..none.clone()
    };
    let (heading, reason) = withheld_words(&few(6));
    assert_eq!(heading, "No advice: the segments cannot be judged");
    assert!(reason.starts_with("6 customers are too few"), "{reason}");
    assert!(verdict_sentence(&few(1)).starts_with("1 customer is too few"));
    let handful = Reality {
        has_sliver: true,
        ..none
    };
    let (_, reason) = withheld_words(&handful);
    assert!(reason.starts_with("At least one segment holds less than 2 %"));
}

#[test]
fn p_is_read_out_with_its_sign() {
    assert_eq!(
        [0.85, 0.01, 0.001].map(p_words),
        ["p = 0.85", "p = 0.01", "p < 0.01"]
    );
}
