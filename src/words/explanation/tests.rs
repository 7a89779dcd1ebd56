//! What is said of the mismatched is held against the numbers.

use super::*;
use crate::words::variants::is_a_sentence;

fn plain(_: &str) -> Unit {
    Unit::None
}

fn column(name: &str, p: f64, is_feature: bool) -> ColumnDifference {
    ColumnDifference {
        column: name.into(),
        is_feature,
        basis: if is_feature {
            Basis::Selective
        } else {
            Basis::Permutations
        },
        statistic: 0.33,
        p: Some(p),
        differs: p <= 0.05,
        rule: None,
    }
}

fn rule(n_picked: usize, n_hit: usize) -> Rule {
    let condition = |column: &str, min, max| Condition {
        column: column.into(),
        min,
        max,
    };
    Rule {
        conditions: vec![
            condition("income", Some(77.0), Some(79.0)),
            condition("age", Some(48.0), None),
        ],
        n_picked,
        n_hit,
        precision: n_hit as f64 / n_picked as f64,
        recall: 0.5,
        f1: 0.5,
        base_rate: 0.02,
    }
}

fn explained(columns: Vec<ColumnDifference>, rule: Option<Rule>) -> Explanation {
    Explanation {
        n_mismatched: 40,
        n_others: 60,
        columns,
        rule,
        insights: Vec::new(),
        contested: Vec::new(),
    }
}

#[test]
fn a_column_differs_or_is_not_shown_to() {
    let said = |p, is_feature| difference_words(&column("age", p, is_feature), 7);
    assert_eq!(
        said(0.67, true),
        "not shown to differ by more than the cut explains (p = 0.67)"
    );
    assert_eq!(said(0.67, false), "no clear difference (p = 0.67)");
    assert_eq!(said(0.001, true), "differs (p < 0.01)");
    assert!(difference_tip(&column("age", 0.67, false)).contains(" is 0.33, "));
    // What one test alone would show is not blamed on the cut.
    for is_feature in [false, true] {
        let among = ColumnDifference {
            differs: false,
            ..column("age", 0.01, is_feature)
        };
        assert_eq!(
            difference_words(&among, 7),
            "not beyond chance among 7 columns (p = 0.01)"
        );
    }
    let cut = cut(WhyCut::NoReturn, true);
    assert_eq!(difference_words(&cut, 7), "the models cut here; no test");
    assert!(!difference_tip(&cut).ends_with('.'));
}

/// A column without a valid test.
fn cut(why: WhyCut, is_feature: bool) -> ColumnDifference {
    ColumnDifference {
        basis: Basis::Cut(why),
        p: None,
        differs: false,
        ..column("age", 0.67, is_feature)
    }
}

#[test]
fn a_column_without_a_p_value_says_why_it_has_none() {
    let none = |basis, is_feature| ColumnDifference {
        basis,
        ..cut(WhyCut::NoReturn, is_feature)
    };
    let too_few = [
        none(Basis::Permutations, false),
        none(Basis::Selective, true),
        none(Basis::Cut(WhyCut::TooFew), true),
    ];
    for column in too_few {
        assert_eq!(difference_words(&column, 7), "too few customers to test");
        assert_eq!(
            difference_tip(&column),
            "There are fewer than five customers on one side"
        );
    }
    // No model used it: none cut it.
    let related = cut(WhyCut::Related, false);
    assert_eq!(
        difference_words(&related, 7),
        "the models cut by nearly the same; no test"
    );
    let few = none(Basis::Permutations, false);
    let said = explanation_sentence(
        &explained(vec![few, column("visits", 0.5, false)], None),
        &plain,
    );
    assert!(
        said.contains("age has too few values for a test."),
        "{said}"
    );
    assert!(!said.contains("cut"), "{said}");
}

#[test]
fn what_has_no_valid_test_is_named() {
    let cut = cut(WhyCut::NoReturn, true);
    let said =
        |columns: Vec<ColumnDifference>| explanation_sentence(&explained(columns, None), &plain);
    assert_eq!(
        said(vec![cut.clone(), column("visits", 0.01, false)]),
        "visits sets the mismatched apart most, the one column that no model used. \
         age has no valid test: the models cut by it, or by nearly the same. No simple rule finds them."
    );
    assert_eq!(
        said(vec![cut.clone(), cut.clone()]),
        "No column beyond those that the models used can be tested. \
         age and age have no valid test: the models cut by them, or by nearly the same. No simple rule finds them."
    );
    is_a_sentence(&said(vec![cut; 5]));
}

#[test]
fn what_leads_leads_among_what_no_model_used() {
    let say = |columns| explanation_sentence(&explained(columns, None), &plain);
    let rest = " No simple rule finds them.";
    // The cut makes the distance of a column that the models used, however large it is.
    let far = ColumnDifference {
        statistic: 0.9,
        ..column("income", 0.01, true)
    };
    assert_eq!(
        say(vec![
            far.clone(),
            column("Q8", 0.01, false),
            column("Q1", 0.3, false)
        ]),
        format!(
            "Q8 sets the mismatched apart most, of the 2 columns that no model used. \
             In income, which the models used, they differ by more than the cuts explain.{rest}"
        )
    );
    // Equal ones by name, in any order.
    for names in [["b", "a"], ["a", "b"]] {
        let said = say(names.map(|name| column(name, 0.01, false)).to_vec());
        assert!(
            said.starts_with("a sets the mismatched apart most"),
            "{said}"
        );
    }
    assert_eq!(
        say(vec![far]),
        format!(
            "No column beyond those that the models used can be tested. \
             In income, which the models used, they differ by more than the cuts explain.{rest}"
        )
    );
    assert_eq!(
        say(vec![column("a", 0.4, false), column("b", 0.5, false)]),
        format!(
            "In none of the 2 columns that no model used do the mismatched clearly differ from the others.{rest}"
        )
    );
    assert_eq!(
        say(vec![
            column("a", 0.4, false),
            column("b", 0.5, true),
            column("c", 0.5, true)
        ]),
        format!(
            "In a, the one column that no model used, the mismatched do not clearly differ from the others. \
             In none of 2 columns that the models used are they shown to differ by more than the cuts explain.{rest}"
        )
    );
    let untold = |name: &str| ColumnDifference {
        differs: false,
        ..column(name, 0.03, false)
    };
    assert_eq!(
        say(vec![untold("a"), untold("b"), column("c", 0.5, true)]),
        format!(
            "In none of the 2 columns that no model used is the difference beyond chance among the 3 columns tested. \
             In c, which the models used, they are not shown to differ by more than the cuts explain.{rest}"
        )
    );
    for n in 0..6 {
        let columns = (0..n).map(|at| column(&format!("C{at}"), 0.03, at % 2 == 0));
        is_a_sentence(&say(columns.collect()));
    }
}

#[test]
fn a_rule_is_worth_what_its_own_columns_are() {
    let say = |income: ColumnDifference, age: ColumnDifference| {
        let other = column("visits", 0.001, false);
        let columns = vec![income, age, other];
        explanation_sentence(&explained(columns, Some(rule(5, 4))), &plain)
    };
    let differs = |name| column(name, 0.001, false);
    let said = say(differs("income"), differs("age"));
    assert!(!said.contains("A rule that"), "{said}");
    let said = say(column("income", 0.4, true), differs("age"));
    assert!(
        said.contains("A rule that describes the cuts and proves nothing: "),
        "{said}"
    );
    let said = say(differs("income"), cut(WhyCut::Related, false));
    assert!(
        said.contains("A rule that describes the cuts and proves nothing: "),
        "{said}"
    );
    let said = say(differs("income"), column("age", 0.4, false));
    assert!(said.contains("A rule that may be chance: "), "{said}");
}

#[test]
fn few_are_told_and_nobody_is_not() {
    let rest = " No simple rule finds them.";
    let few = |n_mismatched: usize| Explanation {
        n_mismatched,
        ..explained(vec![column("a", 0.4, true)], None)
    };
    assert_eq!(
        explanation_sentence(&few(4), &plain),
        "4 mismatched customers are too few for a test or a rule."
    );
    let nearly_all = |n_others| {
        let found = Explanation {
            n_others,
            ..few(100)
        };
        explanation_sentence(&found, &plain)
    };
    assert_eq!(
        nearly_all(1),
        "1 matched customer is too few for a test or a rule."
    );
    assert_eq!(
        nearly_all(0),
        "No matched customer is there to compare the mismatched with."
    );
    assert!(explanation_sentence(&few(FEWEST), &plain).ends_with(rest));
    let nobody = Explanation {
        n_mismatched: 0,
        ..explained(Vec::new(), None)
    };
    assert_eq!(explanation_sentence(&nobody, &plain), "");
}

#[test]
fn a_rule_counts_whom_it_finds_and_whom_it_should_not() {
    assert_eq!(
        rule_sentence(&rule(2, 2), 4, &plain),
        "2 of the 4 mismatched have income 77 to 79 and age 48 or more; no other customer has."
    );
    assert!(rule_sentence(&rule(5, 4), 4, &plain).starts_with("All 4 mismatched have"));
    assert!(rule_sentence(&rule(5, 4), 4, &plain).ends_with("; 1 other customer has too."));
    assert!(rule_sentence(&rule(3, 1), 2, &plain).starts_with("1 of the 2 mismatched has"));
    assert!(rule_sentence(&rule(3, 1), 2, &plain).ends_with("; 2 other customers have too."));
    assert!(rule_sentence(&rule(1, 1), 1, &plain).starts_with("The 1 mismatched customer has"));
    let one = Condition {
        column: "age".into(),
        min: Some(30.0),
        max: Some(30.0),
    };
    assert_eq!(condition_words(&one, Unit::None), "age 30");
    let unit_of = |column: &str| match column {
        "income" => Unit::Percent,
        _ => Unit::None,
    };
    let said = rule_sentence(&rule(2, 2), 4, &unit_of);
    assert!(
        said.contains(" income 77 % to 79 % and age 48 or more;"),
        "{said}"
    );
}

#[test]
fn models_agree_on_all_some_or_none() {
    assert_eq!(
        split_sentence(4, 0, 3),
        "For all 4 two of the three models agree."
    );
    assert_eq!(
        split_sentence(3, 1, 3),
        "For 3 of the 4 two of the three models agree, for 1 each model says another segment."
    );
    assert_eq!(
        split_sentence(0, 2, 3),
        "For all 2 each model says another segment."
    );
    assert_eq!(
        split_sentence(1, 0, 4),
        "For the 1 mismatched customer at least two of the 4 models agree."
    );
    assert_eq!(split_sentence(0, 0, 3), "");
}
