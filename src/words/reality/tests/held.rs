//! All ways in which nulls and valleys can come out, and what is said of each.

use super::*;
use crate::words::variants::is_a_sentence;

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
    let n_thin = reality
        .valleys
        .iter()
        .filter(|it| !it.is_parted && it.density <= 1.0 / 3.0);
    let n_thin = n_thin.count();
    assert_eq!(
        claims("could belong to either"),
        gaps && open > n_thin,
        "{said}"
    );
    assert_eq!(
        claims("few customers lie, but that may be chance") || claims("Few customers lie there"),
        gaps && n_thin > 0,
        "{said}"
    );
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
    // That there are none is said only where most data sets without segments come up to them, and no number speaks for segments.
    // The null that keeps most of the columns; a single column has but two.
    let strictest = reality.nulls.iter().max_by_key(|it| it.kind as u8);
    let n_pairs = reality.valleys.len() as f64;
    let speaks = strictest.is_some_and(|it| it.p <= 0.05)
        || reality.valleys.iter().any(|it| it.p <= 0.05 / n_pairs);
    assert_eq!(
        claims("segments are not real"),
        is_judged && reality.level == RealityLevel::None && largest > 0.5 && !speaks,
        "{said} {reality:?}"
    );
    // Parts are apart only where a gap is.
    let is_weak = reality.level == RealityLevel::Weak;
    assert_eq!(claims("Only partly apart"), is_weak && has_gap, "{said}");
    assert_eq!(claims("without gaps"), is_weak && !has_gap, "{said}");
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

/// Every list of so many of the choices.
fn lists<T: Clone>(choices: &[T], n: usize) -> Vec<Vec<T>> {
    (0..n).fold(vec![Vec::new()], |lists, _| {
        let longer = lists.iter().flat_map(|list| {
            choices.iter().map(|choice| {
                let mut longer = list.clone();
                longer.push(choice.clone());
                longer
            })
        });
        longer.collect()
    })
}

/// Every way to come out of the nulls: each beaten, nearly beaten, at times or mostly not; of one feature there are two.
fn nulls() -> Vec<Vec<NullTest>> {
    let kinds = [NullKind::Uniform, NullKind::Gaussian, NullKind::Copula];
    let reached = [(0, 99), (4, 99), (10, 22), (10, 12)];
    let of = |n_nulls: usize| {
        lists(&reached, n_nulls).into_iter().map(move |reached| {
            let tests = kinds.iter().zip(reached);
            tests
                .map(|(kind, (n_reached, n_sets))| test(*kind, n_reached, n_sets))
                .collect()
        })
    };
    of(2).chain(of(3)).collect()
}

/// Every way to lie beside each other: a gap, a dip that is no gap, a gap that may be chance, hardly a hint, none.
fn valleys_of(pairs: &[(u32, u32)]) -> Vec<Vec<Valley>> {
    let seen = [
        (0.01, 0.1),
        (0.01, 0.5),
        (0.3, 0.2),
        (0.6, 0.55),
        (0.3, 0.8),
    ];
    let of = lists(&seen, pairs.len()).into_iter().map(|seen| {
        let valleys = pairs.iter().zip(seen);
        let valleys = valleys.map(|(&pair, (p, density))| Valley {
            pair,
            dip: 0.1,
            p,
            density,
            is_parted: p <= 0.05 && density <= 1.0 / 3.0,
        });
        valleys.collect()
    });
    of.collect()
}

#[test]
fn no_sentence_says_more_than_the_numbers_beside_it() {
    use RealityLevel::{Clear, None, Weak};
    let (mut n_held, mut n_of) = (0, [0; 3]);
    let pairs: [&[(u32, u32)]; 4] = [
        &[(0, 1)],
        &[(0, 1), (1, 2)],
        &[(0, 1), (0, 2), (1, 2)],
        &[(0, 1), (1, 2), (2, 3)],
    ];
    let all: Vec<Vec<Valley>> = pairs.iter().flat_map(|pairs| valleys_of(pairs)).collect();
    for nulls in nulls() {
        for valleys in &all {
            let plain = Reality {
                level: level_of(&nulls, valleys),
                nulls: nulls.clone(),
                valleys: valleys.clone(),
                n_distinct: 20 + n_held % 2,
                ..judged(None, copula(0, 99), (0, 0))
            };
            hold(&plain);
            n_held += 1;
            n_of[[Clear, Weak, None]
                .iter()
                .position(|it| *it == plain.level)
                .unwrap_or(0)] += 1;
        }
    }
    assert!(n_held > 10_000 && n_of.iter().all(|n| *n > 50), "{n_of:?}");
    // Many neighbours, some of them named.
    for nulls in nulls() {
        for n in 0..8 {
            for parted in 0..=n {
                let plain = judged(None, copula(0, 99), (parted, n));
                let plain = Reality {
                    level: level_of(&nulls, &plain.valleys),
                    nulls: nulls.clone(),
                    ..plain
                };
                hold(&plain);
                hold(&Reality {
                    left_out: vec!["Customer ID".into()],
                    ..plain.clone()
                });
                hold(&Reality {
                    has_sliver: true,
                    level: None,
                    ..plain
                });
            }
        }
    }
    for (n_samples, n_distinct) in [
        (1, 1),
        (2, 2),
        (19, 19),
        (400, 2),
        (20, 1),
        (20, 3),
        (21, 19),
        (20, 20),
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
