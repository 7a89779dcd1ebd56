//! Categories among the features.

use super::*;

#[test]
fn a_category_becomes_a_yes_or_no_per_value_or_an_order() {
    let mut desk = Desk::new();
    let (column, role) = (text("town"), Role::Feature);
    desk.decide(&Decision::SetRole { column, role });
    assert_eq!(desk.names()[3..], ["town = a", "town = b", "town = c"]);
    let use_town = |order: &[&str]| Decision::UseCategory {
        column: text("town"),
        order: Some(order.iter().map(|value| text(value)).collect()),
    };
    desk.decide(&use_town(&["b", "a", "c"]));
    assert_eq!(desk.names()[3..], ["town (in order)"]);
    let column = || text("town");
    assert_eq!(
        desk.refuses(&use_town(&["a", "x"])),
        DecisionError::UnknownValue {
            column: column(),
            value: text("x")
        }
    );
    for bad in [&[][..], &["a", "a"]] {
        let error = DecisionError::BadOrder { column: column() };
        assert_eq!(desk.refuses(&use_town(bad)), error);
    }
    let (column, role) = (column(), Role::Profile);
    desk.decide(&Decision::SetRole { column, role });
    assert_eq!(desk.session, Session::for_dataset(&desk.dataset));
}

#[test]
fn of_two_values_one_becomes_a_yes_or_no_and_an_order_keeps_both() {
    let mut desk = Desk::new();
    let (column, role) = (text("gender"), Role::Feature);
    desk.decide(&Decision::SetRole { column, role });
    let own: Vec<Feature> = desk.session.features()[3..].to_vec();
    let [Feature::Indicator { a, .. }] = own.as_slice() else {
        panic!("{own:?}");
    };
    assert_eq!(a, "gender");
    // Both of an earlier session stay what they were, and its steps go on.
    let data = desk.dataset.column("gender").unwrap().data.clone();
    let ColumnData::Codes { names, .. } = data else {
        panic!("gender is a category");
    };
    let both = names.iter().map(|value| Feature::Indicator {
        a: text("gender"),
        value: value.clone(),
    });
    let both: Vec<Feature> = both.collect();
    let (without, with) = (own.clone(), both.clone());
    desk.decide(&Decision::ChangeFeatures { without, with });
    assert_eq!(desk.session.features()[3..], both);
    let column = text("gender");
    let order = Some(names);
    desk.decide(&Decision::UseCategory { column, order });
    assert_eq!(desk.names()[3..], ["gender (in order)"]);
    let (column, order) = (text("gender"), None);
    desk.decide(&Decision::UseCategory { column, order });
    assert_eq!(desk.session.features()[3..], own);
}
