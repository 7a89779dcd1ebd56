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
    assert_eq!(
        difference_words(&column("age", 0.67, true)),
        "no more than the cut explains (p = 0.67)"
    );
    assert_eq!(
        difference_words(&column("age", 0.67, false)),
        "no clear difference (p = 0.67)"
    );
    assert_eq!(
        difference_words(&column("age", 0.001, true)),
        "differs (p < 0.01)"
    );
    assert!(difference_tip(&column("age", 0.67, false)).contains(" is 0.33, "));
    let cut = ColumnDifference {
        basis: Basis::Cut(WhyCut::NoReturn),
        p: None,
        differs: false,
        ..column("age", 0.67, true)
    };
    assert_eq!(difference_words(&cut), "the models cut here; no test");
    assert!(!difference_tip(&cut).ends_with('.'));
    let said = |columns: Vec<ColumnDifference>| {
        let n = columns.len();
        explanation_sentence(&explained(columns, None), n, &plain)
    };
    assert_eq!(
        said(vec![cut.clone(), column("visits", 0.01, false)]),
        "visits sets the mismatched apart most, the one column that can be tested; no model used this column. \
         age has no valid test: the models cut by it, or by nearly the same. No simple rule finds them."
    );
    assert_eq!(
        said(vec![cut.clone(), cut.clone()]),
        "No column can be tested. age and age have no valid test: the models cut by them, or by nearly the same. No simple rule finds them."
    );
    is_a_sentence(&said(vec![cut; 5]));
}

#[test]
fn what_leads_leads_among_what_was_tested() {
    let say = |columns, all| explanation_sentence(&explained(columns, None), all, &plain);
    let rest = " No simple rule finds them.";
    assert_eq!(
        say(vec![column("Q8", 0.01, false), column("Q1", 0.3, true)], 20),
        format!(
            "Q8 sets the mismatched apart most, of the 2 columns that can be tested; no model used this column.{rest}"
        )
    );
    assert_eq!(
        say(vec![column("income", 0.01, true)], 3),
        format!("income sets the mismatched apart most, the one column that can be tested.{rest}")
    );
    assert_eq!(
        say(vec![column("income", 0.01, true)], 1),
        format!("income sets the mismatched apart most.{rest}")
    );
    assert_eq!(
        say(vec![column("a", 0.4, false), column("b", 0.5, false)], 2),
        format!("In none of 2 columns do the mismatched clearly differ from the others.{rest}")
    );
    assert_eq!(
        say(vec![column("a", 0.4, true), column("b", 0.5, true)], 2),
        format!(
            "In none of 2 columns do the mismatched differ from the others by more than the cuts explain.{rest}"
        )
    );
    for columns in [Vec::new(), vec![column("a", 0.4, true)]] {
        is_a_sentence(&say(columns, 1));
    }
    let few = |n_mismatched: usize| Explanation {
        n_mismatched,
        ..explained(vec![column("a", 0.4, true)], None)
    };
    assert_eq!(
        explanation_sentence(&few(4), 3, &plain),
        "4 mismatched customers are too few for a test or a rule."
    );
    let nearly_all = |n_others| {
        let found = Explanation {
            n_others,
            ..few(100)
        };
        explanation_sentence(&found, 3, &plain)
    };
    assert_eq!(
        nearly_all(1),
        "1 matched customer is too few for a test or a rule."
    );
    assert_eq!(
        nearly_all(0),
        "No matched customer is there to compare the mismatched with."
    );
    assert!(explanation_sentence(&few(FEWEST), 3, &plain).ends_with(rest));
    let nobody = Explanation {
        n_mismatched: 0,
        ..explained(Vec::new(), None)
    };
    assert_eq!(explanation_sentence(&nobody, 3, &plain), "");
}

#[test]
fn a_rule_counts_whom_it_finds_and_whom_it_should_not() {
    assert_eq!(
        rule_sentence(&rule(2, 2), 4, &plain),
        "2 of the 4 mismatched have income 77 to 79 and age 48 or more; no other customer has."
    );
    assert!(rule_sentence(&rule(5, 4), 4, &plain).starts_with("All 4 mismatched have"));
    assert!(rule_sentence(&rule(5, 4), 4, &plain).ends_with("; 1 other customer does too."));
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
