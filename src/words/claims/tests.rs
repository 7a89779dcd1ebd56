//! A claim reads as what the data say of it.

use super::*;
use crate::explain::{Claim, Group};
use crate::numeric::five_numbers;
use crate::words::variants::is_a_sentence;

fn checked(says: Says, finding: Finding) -> Checked {
    Checked {
        claim: Claim {
            column: "Age".into(),
            group: Group::Segment(0),
            says,
        },
        finding,
        is_feature: false,
        basis: Basis::Permutations,
        group: five_numbers([22.0, 23.0, 24.0, 25.0].into_iter()),
        others: five_numbers([37.0, 38.0, 39.0].into_iter()),
        statistic: 0.42,
        p: Some(0.001),
        superiority: 0.297,
        p_superiority: Some(0.04),
        leading: None,
        n_tests: 1,
    }
}

#[test]
fn a_claim_reads_as_what_is_claimed_and_of_whom() {
    let a = Who::Segment(Some(0));
    let sentences = Says::ALL.map(|says| claim_sentence(&checked(says, Finding::NotShown), a));
    assert_eq!(
        sentences,
        [
            "Customers of A are higher in Age than the others.",
            "Customers of A are lower in Age than the others.",
            "Customers of A do not differ in Age from the others.",
            "Customers of A differ most in Age, of the columns looked at, from the others.",
            "Customers of A do not differ most in Age, of the columns looked at, from the others.",
        ]
    );
    assert_eq!(
        own_claim_sentence(&checked(Says::Higher, Finding::Contradicted), a),
        "Contradicted by these data: “Customers of A are higher in Age than the others.”"
    );
    let none = claim_sentence(
        &checked(Says::Lower, Finding::Supported),
        Who::Segment(None),
    );
    assert_eq!(
        none,
        "Customers in no segment are lower in Age than the others."
    );
}

#[test]
fn the_numbers_behind_a_claim_say_whose_they_are() {
    let found = checked(Says::Lower, Finding::Supported);
    assert_eq!(
        evidence_sentence(&found, Who::Segment(Some(0)), Unit::None),
        "Median 23.5 (4) against 38 (3 others), mean 23.5 against 38. \
         Pick one customer of A and one other customer: the one of A has the higher value in 29.7 % of cases, equal values counted half (p = 0.04). \
         The two distributions differ by 0.42 of 1 at most (p < 0.01). No model used this column."
    );
    for who in [Who::Mismatched, Who::Segment(None)] {
        is_a_sentence(&evidence_sentence(&found, who, Unit::None));
    }
    let one = Checked {
        others: five_numbers([37.0].into_iter()),
        ..checked(Says::Lower, Finding::Supported)
    };
    assert!(
        evidence_sentence(&one, Who::Mismatched, Unit::None).contains(" against 37 (1 other), ")
    );
    let mut bare = checked(Says::Driver, Finding::NotShown);
    (bare.group, bare.is_feature) = (None, false);
    assert_eq!(
        evidence_sentence(&bare, Who::Mismatched, Unit::None),
        "No model used this column."
    );
    assert_eq!(
        finding_note(&bare).unwrap_or_default(),
        "Of 1 column looked at, none is shown to set the group apart. \
         Columns of texts, and those that the models cut by, are not looked at: the cut makes their distance."
    );
    bare.n_tests = 0;
    is_a_sentence(&finding_note(&bare).unwrap_or_default());
    let other = Checked {
        leading: Some("Income".into()),
        n_tests: 7,
        ..checked(Says::Driver, Finding::Contradicted)
    };
    let note = finding_note(&other).unwrap_or_default();
    assert!(
        note.starts_with("Of 7 columns looked at, Income sets the group apart most. "),
        "{note}"
    );
}

#[test]
fn the_medians_of_a_percentage_are_percentages() {
    let found = checked(Says::Lower, Finding::Supported);
    let said = evidence_sentence(&found, Who::Mismatched, Unit::Percent);
    let medians = "Median 23.5 % (4) against 38 % (3 others), mean 23.5 % against 38 %. Pick one";
    assert!(said.starts_with(medians), "{said}");
}

#[test]
fn nothing_found_is_said_of_those_that_there_are() {
    assert_eq!(no_insight_sentence(0, 9), "No customer is mismatched.");
    for n in [1, FEWEST - 1, FEWEST] {
        for said in [no_insight_sentence(n, 90), no_insight_sentence(90, n)] {
            is_a_sentence(said);
            assert_eq!(said.starts_with("Too few"), n < FEWEST, "{n}");
        }
    }
}

#[test]
fn a_column_that_the_models_cut_by_is_no_claim_unless_more_than_the_cut_is_there() {
    let a = Who::Segment(Some(0));
    let cut = |basis, finding, p| Checked {
        is_feature: true,
        basis,
        p,
        p_superiority: None,
        ..checked(Says::Lower, finding)
    };
    let found = cut(Basis::Selective, Finding::Supported, Some(0.02));
    assert_eq!(
        insight_sentence(&found, a),
        "Customers of A are lower in Age than the others."
    );
    let said = evidence_sentence(&found, a, Unit::None);
    assert!(
        said.ends_with(
            "The two distributions differ by 0.42 of 1 at most. Given that the models, which cut by this column, find this very \
             group, chance makes the means differ as much: p = 0.02."
        ),
        "{said}"
    );
    let among_many = Checked {
        n_tests: 12,
        ..cut(Basis::Selective, Finding::NotShown, Some(0.03))
    };
    let said = evidence_sentence(&among_many, a, Unit::None);
    assert!(
        said.ends_with("p = 0.03, which is not beyond chance among 12 tests."),
        "{said}"
    );
    let said = finding_note(&among_many).unwrap_or_default();
    assert!(
        said.contains(" among 12 tests it is not beyond chance "),
        "{said}"
    );
    // However small p is, it is not blamed on chance where the ranks point elsewhere.
    let against = Checked {
        superiority: 0.5,
        ..cut(Basis::Selective, Finding::NotShown, Some(1e-5))
    };
    for said in [
        evidence_sentence(&against, a, Unit::None),
        insight_sentence(&against, a),
        finding_note(&against).unwrap_or_default(),
    ] {
        is_a_sentence(&said);
        assert!(
            said.ends_with("the order of the values does not lean the same way."),
            "{said}"
        );
        assert!(
            !said.contains("beyond chance") && !said.contains("alone may"),
            "{said}"
        );
    }
    let ranked = Checked {
        claim: Claim {
            says: Says::Driver,
            ..against.claim.clone()
        },
        ..cut(Basis::Selective, Finding::NoClaim, Some(1e-5))
    };
    assert_eq!(
        finding_note(&ranked).unwrap_or_default(),
        "The models cut by this column, which makes the distance: it cannot be ranked beside others."
    );
    let unsure = cut(Basis::Selective, Finding::NotShown, Some(0.3));
    assert_eq!(
        insight_sentence(&unsure, a),
        "Age: no claim. The models cut by this column, and the cut alone may explain the difference."
    );
    for why in [
        WhyCut::FewValues,
        WhyCut::SharedValue,
        WhyCut::Related,
        WhyCut::NoReturn,
        WhyCut::TooMany,
        WhyCut::TooFew,
    ] {
        let none = cut(Basis::Cut(why), Finding::NoClaim, None);
        let said = evidence_sentence(&none, a, Unit::None);
        is_a_sentence(&said);
        assert!(!said.contains("p = ") && !said.contains("p < "), "{said}");
        is_a_sentence(&insight_sentence(&none, a));
        is_a_sentence(&finding_note(&none).unwrap_or_default());
        assert!(own_claim_sentence(&none, a).starts_with("Cannot be tested: "));
    }
    let copy = Checked {
        is_feature: false,
        ..cut(Basis::Cut(WhyCut::Related), Finding::NoClaim, None)
    };
    assert_eq!(
        insight_sentence(&copy, a),
        "Age: no claim. The models cut by columns that say nearly the same."
    );
}
