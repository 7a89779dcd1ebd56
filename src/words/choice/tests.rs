//! What is said of numbers of segments, for sweeps of all kinds.

use super::*;
use crate::cluster::k_means::Centres;
use crate::quality::Separation;
use crate::result::Judged;
use crate::words::model_name;

/// Two models that leave a smallest segment of so many among 200 customers, from 2 segments up.
fn sweep(smallest: &[usize], others: Vec<(Criterion, usize)>) -> Sweep {
    let judging = vec![ModelKey::K_MEANS, ModelKey::HIERARCHICAL];
    let judged = |smallest| Judged {
        silhouette: Some(0.5),
        separation: Separation {
            calinski_harabasz: Some(100.0),
            davies_bouldin: Some(1.0),
        },
        smallest,
    };
    let points = smallest
        .iter()
        .enumerate()
        .map(|(at, &smallest)| SweepPoint {
            n_clusters: at + 2,
            models: judging
                .iter()
                .map(|&model| (model, judged(smallest)))
                .collect(),
            inertia: None,
            bic: None,
        });
    Sweep {
        points: points.collect(),
        judging,
        gaps: Vec::new(),
        groups: None,
        overall: Some(Choice {
            n_clusters: 5,
            criterion: Criterion::Silhouette,
            value: 0.5537,
            runner_up: Some((6, 0.5389)),
            others,
            degenerate: Vec::new(),
        }),
        by_model: Vec::new(),
        n_measured: 200,
        n_samples: 200,
    }
}

fn words(sweep: &Sweep) -> String {
    choice_words(sweep, |model| model_name(model, Centres::Means))
}

#[test]
fn a_choice_names_its_reason_its_rival_and_who_differs() {
    let others = vec![
        (Criterion::CalinskiHarabasz, 10),
        (Criterion::DaviesBouldin, 5),
        (Criterion::Gap, 1),
    ];
    assert_eq!(
        words(&sweep(&[50, 40, 40, 30, 20], others)),
        "Best separated at 5 segments: mean silhouette 0.554 of K-Means and Hierarchical, then 6 with 0.539. \
         Davies-Bouldin says 5, too. Of 2 to 6 segments, Calinski-Harabasz prefers 10. The gap criterion recommends 1 segment."
    );
}

#[test]
fn every_number_passed_over_is_named_and_no_criterion_without_a_choice_agrees() {
    let indices = || {
        vec![
            (Criterion::CalinskiHarabasz, 2),
            (Criterion::DaviesBouldin, 2),
        ]
    };
    let mut one_left = sweep(&[100, 3, 3, 3, 3], indices());
    let choice = one_left.overall.as_mut().unwrap();
    (choice.n_clusters, choice.runner_up) = (2, None);
    assert_eq!(
        words(&one_left),
        "2 segments is the only number without a segment under 2 %: mean silhouette 0.554 of K-Means and Hierarchical. \
         3 to 6 are not recommended: a segment of 3 customers splits off."
    );
    let some = sweep(&[100, 50, 3, 4, 1, 2], Vec::new());
    assert!(
        words(&some)
            .ends_with(" 4, 6 and 7 are not recommended: segments of 1 to 3 customers split off."),
        "{}",
        words(&some)
    );
    let none = Sweep {
        overall: None,
        n_measured: 150,
        ..sweep(&[3, 3], Vec::new())
    };
    assert_eq!(
        words(&none),
        "Every number leaves a segment under 2 %. Measured on 150 customers drawn at random."
    );
    assert_eq!(
        number_ranges(&[2, 3, 5, 7, 8, 9, 10]),
        "2, 3, 5 and 7 to 10"
    );
}

fn counted(by_valleys: usize, by_members: usize, handfuls: &[usize]) -> GroupCount {
    GroupCount {
        n_groups: by_valleys.min(by_members),
        by_valleys,
        by_members,
        n_components: by_valleys,
        handfuls: handfuls.to_vec(),
        most: 6,
        n_measured: 200,
    }
}

#[test]
fn groups_recommend_a_number_and_the_chart_is_described_as_it_is() {
    let chart = " The mean silhouette of K-Means and Hierarchical is highest at 2: 0.500.";
    let four = Sweep {
        groups: Some(counted(4, 4, &[])),
        ..sweep(&[50, 40, 40, 30, 20], vec![(Criterion::Gap, 4)])
    };
    assert_eq!(
        words(&four),
        format!(
            "4 segments are recommended: mixtures of three shapes find 4 groups with a peak each (BIC), whose members they tell apart (ICL).{chart} Gap says 4, too."
        )
    );
    let six = Sweep {
        groups: Some(counted(6, 6, &[1, 2])),
        ..sweep(&[3, 40, 40, 30, 20], Vec::new())
    };
    assert_eq!(
        words(&six),
        "6 segments are recommended: mixtures of three shapes find 6 groups with a peak each (BIC), whose members they tell apart (ICL). \
         6 is the largest number that was tried. 3 customers lie apart and are no group. \
         The mean silhouette of K-Means and Hierarchical is highest at 2: 0.500, where a segment of 3 customers splits off. \
         2 is not recommended: a segment of 3 customers splits off."
    );
    let unsure = Sweep {
        groups: Some(counted(6, 3, &[])),
        ..sweep(&[50, 40, 40, 30, 20], Vec::new())
    };
    assert!(words(&unsure).starts_with(
        "3 segments are recommended: mixtures of three shapes find 6 groups with a peak each (BIC) and 3 whose members they tell apart (ICL); the smaller number is taken."
    ));
    let told = Sweep {
        groups: Some(counted(2, 4, &[])),
        ..unsure
    };
    assert_eq!(told.recommended(), Some(2));
    let separated = Sweep {
        groups: Some(counted(2, 5, &[])),
        ..told
    };
    assert!(words(&separated).starts_with(
        "5 segments are recommended: mixtures of three shapes find 2 groups with a peak each (BIC) and 5 whose members they tell apart (ICL); the better separated number is taken."
    ));
}

#[test]
fn a_number_at_which_the_models_split_off_a_handful_is_not_recommended() {
    let two = Sweep {
        groups: Some(counted(2, 4, &[])),
        ..sweep(&[3, 40, 40, 30, 20], Vec::new())
    };
    assert_eq!(two.recommended(), None);
    assert!(words(&two).starts_with(
        "Nothing recommends a number of segments: mixtures find 2 groups, but at 2 segments a segment of 3 customers splits off."
    ));
    // A handful that mixtures find as well lies apart, whatever the number.
    let apart = Sweep {
        groups: Some(counted(2, 4, &[3])),
        ..two
    };
    assert_eq!(apart.recommended(), Some(2));
    assert!(words(&apart).contains(
        "3 customers lie apart and are no group. As long as they are in, at 2 segments a segment of 3 customers splits off."
    ));
}

#[test]
fn where_customers_form_one_group_nothing_recommends_a_number() {
    let one = Sweep {
        groups: Some(counted(1, 1, &[])),
        ..sweep(&[50, 40, 40, 30, 20], vec![(Criterion::DaviesBouldin, 5)])
    };
    assert_eq!((one.recommended(), one.number_shown()), (None, Some(2)));
    assert_eq!(
        words(&one),
        "Nothing recommends a number of segments: mixtures of three shapes find one group (BIC and ICL). \
         Of 2 to 4 segments, 2 are the best separated without one under 2 %. \
         The mean silhouette of K-Means and Hierarchical is highest at 2: 0.500. Of 2 to 6 segments, Davies-Bouldin prefers 5."
    );
}

#[test]
fn a_recommended_number_that_the_verdict_speaks_against_says_so() {
    use crate::quality::{NullKind, NullTest, RealityLevel};
    let groups = |n| Sweep {
        groups: Some(counted(n, n, &[])),
        ..sweep(&[50, 40, 40, 30, 20], Vec::new())
    };
    let judged = |level, has_sliver| Reality {
        level,
        silhouette: Some(0.3),
        n_samples: 200,
        n_distinct: 200,
        n_segments: 3,
        is_too_few: false,
        left_out: Vec::new(),
        has_sliver,
        nulls: vec![NullTest {
            kind: NullKind::Uniform,
            p: 10.0 / 14.0,
            mean: 0.3,
            largest: 0.4,
            n_sets: 14,
            n_reached: 10,
        }],
        valleys: Vec::new(),
        hopkins: None,
    };
    let doubt = |n, shown, reality: &Reality| doubt_words(&groups(n), Some(shown), reality);
    let none = judged(RealityLevel::None, false);
    assert_eq!(
        doubt(3, 3, &none).unwrap(),
        "But the verdict on these 3 segments is “The segments are not real”: 10 of 14 data sets without segments are as well separated. \
         Choose fewer segments, or other features."
    );
    // There are no fewer than 2.
    assert!(
        doubt(2, 2, &none)
            .unwrap()
            .ends_with(". Choose other features.")
    );
    assert_eq!(
        doubt(3, 3, &judged(RealityLevel::None, true)).unwrap(),
        "But the verdict on these 3 segments is “Not enough evidence either way”: a segment holds less than 2 %. \
         Leave out who lies apart, to have the others judged."
    );
    // Nothing is said of a number that is not on the screen, of one that nothing recommends, and of segments that are real.
    assert_eq!(doubt(3, 4, &none), None);
    assert_eq!(doubt(1, 2, &none), None);
    for level in [RealityLevel::Weak, RealityLevel::Clear] {
        assert_eq!(doubt(3, 3, &judged(level, false)), None);
    }
}
