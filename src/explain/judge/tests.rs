//! Claims are judged by what their tests can show, and say why they are not shown.

use super::*;
use crate::explain::WhyCut;

fn claim(column: &str, says: Says) -> Claim {
    Claim {
        column: column.into(),
        group: Group::Mismatched,
        says,
    }
}

#[test]
fn a_direction_needs_a_shift_and_a_group_in_the_middle_has_none() {
    let values: Vec<f64> = (0..200).map(f64::from).collect();
    let column = |values| Evidence {
        name: "x",
        is_feature: false,
        values,
    };
    let find = |is_member: &[bool], says| {
        let columns = [column(values.as_slice())];
        check(
            &claim("x", says),
            &columns,
            is_member,
            &[Test::Permutations],
            1,
        )
        .unwrap()
        .finding
    };
    let middle: Vec<bool> = (0..200).map(|i| (80..120).contains(&i)).collect();
    assert_eq!(find(&middle, Says::Higher), Finding::NotShown);
    assert_eq!(find(&middle, Says::Same), Finding::Contradicted);
    assert_eq!(find(&middle, Says::Driver), Finding::Supported);
    assert_eq!(find(&middle, Says::NotDriver), Finding::Contradicted);
    let top: Vec<bool> = (0..200).map(|i| i >= 170).collect();
    assert_eq!(find(&top, Says::Higher), Finding::Supported);
    assert_eq!(find(&top, Says::Lower), Finding::Contradicted);
    let few: Vec<bool> = (0..200).map(|i| i >= 198).collect();
    assert_eq!(find(&few, Says::Higher), Finding::TooFew);
    let columns = [column(values.as_slice())];
    let spreads = spreads(&columns, &[top.clone(), middle.clone()], 1);
    let of = |group, is_member, at: usize| {
        let grouped = Grouped {
            group,
            is_member,
            spreads: &spreads[at],
            tests: &[Test::Permutations],
        };
        insights(&columns, &[grouped])
    };
    let found = of(Group::Segment(1), &top, 0);
    assert_eq!((found.len(), found[0].claim.says), (1, Says::Higher));
    let found = of(Group::Mismatched, &middle, 1);
    assert!(found.is_empty());
    assert_eq!(
        check(
            &claim("y", Says::Higher),
            &[column(values.as_slice())],
            &top,
            &[Test::Permutations],
            1
        )
        .map(|it| it.finding),
        None
    );
}

#[test]
fn a_column_that_the_models_cut_by_needs_a_selective_p_value() {
    let values: Vec<f64> = (0..200).map(f64::from).collect();
    let columns = [Evidence {
        name: "x",
        is_feature: true,
        values: &values,
    }];
    let top: Vec<bool> = (0..200).map(|i| i >= 170).collect();
    let spreads = spreads(&columns, std::slice::from_ref(&top), 1).concat();
    let find = |test, says| {
        let found = check(&claim("x", says), &columns, &top, &[test], 1).unwrap();
        let grouped = Grouped {
            group: Group::Segment(0),
            is_member: &top,
            spreads: &spreads,
            tests: &[test],
        };
        let insight = insights(&columns, &[grouped]);
        let insight: Vec<Finding> = insight.iter().map(|it| it.finding).collect();
        (found.finding, found.p, insight)
    };
    let cut = Test::Cut(WhyCut::NoReturn);
    let no_claim = (Finding::NoClaim, None, vec![Finding::NoClaim]);
    for says in Says::ALL {
        assert_eq!(find(cut, says), no_claim);
    }
    let unsure = find(Test::Selective(0.3), Says::Higher);
    assert_eq!(
        unsure,
        (Finding::NotShown, Some(0.3), vec![Finding::NotShown])
    );
    let sure = find(Test::Selective(0.01), Says::Lower);
    assert_eq!(
        sure,
        (Finding::Contradicted, Some(0.01), vec![Finding::Supported])
    );
    // How far it differs is made by the cut, and stands beside nothing.
    for says in [Says::Driver, Says::NotDriver] {
        assert_eq!(find(Test::Selective(0.01), says).0, Finding::NoClaim);
    }
}

#[test]
fn columns_share_the_level_as_holm_has_it() {
    // R 4.5 p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"): 0.03, 0.06, 0.06, 0.02
    let p = [Some(0.01), Some(0.04), None, Some(0.03), Some(0.005)];
    assert_eq!(beyond_chance(&p), [true, false, false, false, true]);
    assert_eq!(beyond_chance(&[None, Some(0.05)]), [false, true]);
    assert_eq!(beyond_chance(&[]), Vec::<bool>::new());
}

fn evidence<'a>(name: &'a str, values: &'a [f64]) -> Evidence<'a> {
    Evidence {
        name,
        is_feature: true,
        values,
    }
}

#[test]
fn a_direction_that_is_not_shown_says_why() {
    // Most of the group has less, and a few so much more that its mean is higher.
    let far = |i: i32| if i % 10 == 0 { 900.0 } else { 5.0 };
    let against: Vec<f64> = (0..200)
        .map(|i| if i < 50 { far(i) } else { f64::from(i % 40) })
        .collect();
    // Both sides tend to have as much, and the group is higher by its mean.
    let even: Vec<f64> = (0..200)
        .map(|i| match i {
            0..25 => 100.0,
            25..50 => -1.0,
            _ => f64::from(i % 2),
        })
        .collect();
    let group: Vec<bool> = (0..200).map(|i| i < 50).collect();
    for values in [&against, &even] {
        let column = [evidence("x", values)];
        for says in [Says::Higher, Says::Lower] {
            let of = |p| {
                let test = [Test::Selective(p)];
                let found = check(&claim("x", says), &column, &group, &test, 1).unwrap();
                (found.finding, found.why_not())
            };
            assert_eq!(of(1e-6), (Finding::NotShown, Some(NotShown::Ranks)));
            assert_eq!(of(0.2), (Finding::NotShown, Some(NotShown::Chance)));
        }
    }
    let even = superiority(&even, &group).unwrap().0;
    assert!((even - 0.5).abs() < 1e-12, "{even}");
}

#[test]
fn many_tests_take_what_one_alone_would_show_and_it_is_told() {
    let values: Vec<f64> = (0..200).map(f64::from).collect();
    let top: Vec<bool> = (0..200).map(|i| i >= 150).collect();
    let names: Vec<String> = (0..10).map(|at| format!("x{at}")).collect();
    let columns: Vec<Evidence> = names.iter().map(|name| evidence(name, &values)).collect();
    let mut tests = vec![Test::Selective(0.5); 10];
    tests[3] = Test::Selective(0.01);
    let spreads = spreads(&columns, std::slice::from_ref(&top), 1).concat();
    let grouped = Grouped {
        group: Group::Segment(0),
        is_member: &top,
        spreads: &spreads,
        tests: &tests,
    };
    let found = insights(&columns, &[grouped]);
    let why: Vec<Option<NotShown>> = found.iter().map(Checked::why_not).collect();
    let mut wanted = [Some(NotShown::Chance); 10];
    wanted[3] = Some(NotShown::ManyTests);
    assert_eq!(why, wanted);
    let alone = check(&claim("x3", Says::Higher), &columns, &top, &tests, 1).unwrap();
    assert_eq!((alone.finding, alone.why_not()), (Finding::Supported, None));
}

#[test]
fn fewer_than_five_have_no_p_value_in_any_claim() {
    let mut values: Vec<f64> = (0..200).map(f64::from).collect();
    let top: Vec<bool> = (0..200).map(|i| i >= 150).collect();
    for test in [Test::Permutations, Test::Selective(0.001)] {
        for says in Says::ALL {
            let few: Vec<bool> = (0..200).map(|i| i >= 196).collect();
            let of = |values: &[f64], group: &[bool]| {
                let columns = [evidence("x", values)];
                let found = check(&claim("x", says), &columns, group, &[test], 1).unwrap();
                (found.finding, found.p, found.p_superiority, found.leading)
            };
            let none = (Finding::TooFew, None, None, None);
            assert_eq!(of(&values, &few), none);
            let nearly_all: Vec<bool> = few.iter().map(|is| !is).collect();
            assert_eq!(of(&values, &nearly_all), none);
            // Of many members four have a value.
            values[154..].fill(f64::NAN);
            assert_eq!(of(&values, &top), none);
            values = (0..200).map(f64::from).collect();
        }
    }
}

#[test]
fn what_sets_a_group_apart_most_is_asked_of_what_no_model_used() {
    let values: Vec<f64> = (0..200).map(f64::from).collect();
    let less: Vec<f64> = values.iter().map(|x| (x / 20.0).floor()).collect();
    let top: Vec<bool> = (0..200).map(|i| i >= 157).collect();
    let ask = |columns: &[(&str, &[f64], Test)], of: &str, says| {
        let evidence: Vec<Evidence> = columns.iter().map(|it| evidence(it.0, it.1)).collect();
        let tests: Vec<Test> = columns.iter().map(|it| it.2).collect();
        let found = check(&claim(of, says), &evidence, &top, &tests, 1).unwrap();
        (found.finding, found.leading, found.n_tests)
    };
    let used = ("used", values.as_slice(), Test::Selective(1e-9));
    let beside = ("beside", less.as_slice(), Test::Permutations);
    let again = ("again", less.as_slice(), Test::Permutations);
    // Equal ones by name, whatever their order.
    for columns in [[used, beside, again], [again, beside, used]] {
        let leading = Some("again".to_owned());
        let asked = |of, says| ask(&columns, of, says);
        let of = |finding| (finding, leading.clone(), 2);
        assert_eq!(asked("again", Says::Driver), of(Finding::Supported));
        assert_eq!(asked("beside", Says::Driver), of(Finding::Contradicted));
        assert_eq!(asked("beside", Says::NotDriver), of(Finding::Supported));
        assert_eq!(asked("used", Says::Driver), of(Finding::NoClaim));
        assert_eq!(asked("used", Says::NotDriver), of(Finding::NoClaim));
    }
    assert_eq!(
        ask(&[used], "used", Says::Driver),
        (Finding::NoClaim, None, 0)
    );
}
