//! Every claim of the verdict in words is held against the numbers.

use super::*;
use crate::quality::{NullTest, Valley, level_of};

mod held;

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

#[test]
fn two_groups_that_overlap_little_are_not_called_unreal() {
    // Two bells 3.7 standard deviations apart, 300 customers, two segments.
    let valley = Valley {
        pair: (0, 1),
        dip: 0.03,
        p: 0.002,
        density: 0.45,
        is_parted: false,
    };
    let nulls = vec![
        test(NullKind::Uniform, 10, 14),
        test(NullKind::Gaussian, 0, 99),
        test(NullKind::Copula, 10, 16),
    ];
    let open = Reality {
        level: level_of(&nulls, std::slice::from_ref(&valley)),
        nulls,
        valleys: vec![valley],
        ..judged(RealityLevel::None, copula(0, 99), (0, 0))
    };
    assert_eq!(open.level, RealityLevel::None);
    assert_eq!(verdict(&open), "Not enough evidence either way");
    assert_eq!(
        withheld_words(&open).0,
        "No advice: not enough evidence that the segments are real"
    );
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
    // Nulls that keep less of the columns leave nothing open by being beaten.
    let open = judged(RealityLevel::None, copula(10, 12), (0, 3));
    assert_eq!(
        withheld_words(&open).0,
        "No advice: the segments are not real"
    );
    let kinds = [NullKind::Uniform, NullKind::Gaussian, NullKind::Copula];
    let most = Reality {
        nulls: kinds.map(|kind| test(kind, 10, 12)).to_vec(),
        ..open
    };
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
