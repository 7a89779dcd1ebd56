//! What a session keeps when the file is read in another way.

use super::*;
use crate::result::Identity;
use crate::table::Header;

#[test]
fn reading_again_keeps_what_still_makes_sense() {
    let mut desk = Desk::new();
    let before = desk.dataset.clone();
    let identity = Identity {
        columns: vec![text("income")],
        numbers: vec![0, 1],
        means: vec![vec![Some(10.0)], vec![Some(30.0)]],
    };
    for decision in [
        Decision::Rename {
            segment: 1,
            name: text("Savers"),
        },
        Decision::Place {
            row: 3,
            placement: Some(Placement::Open),
        },
        Decision::SaveGroup {
            name: text("Some"),
            rows: Rows::of([1, 2]),
        },
        Decision::SetMissing(Missing::Mode),
        Decision::SetNumber(Some(3)),
        Decision::FilterValues {
            column: text("town"),
            codes: vec![1, 2],
        },
        Decision::FilterRange {
            column: text("age"),
            range: Some([30.0, 61.0]),
        },
    ] {
        desk.decide(&decision);
    }
    let mut reading = desk.dataset.reading.clone();
    reading.kinds.insert(text("age"), ColumnKind::Category);
    reading.kinds.insert(text("rare"), ColumnKind::Category);
    let now = read(&reading);
    let known = Known {
        dataset: &now,
        before: Some(&before),
        identity: Some(&identity),
        n_clusters: None,
    };
    let decision = Decision::ReadAgain(reading.clone());
    assert_eq!(desk.refuses(&decision), DecisionError::OtherReading);
    let next = apply(&desk.session, &decision, &known).unwrap();
    check(&next, &now).unwrap();
    let mut expected = desk.session.clone();
    expected.settings.reading = reading;
    expected.settings.features = Some(vec![Feature::column("income"), Feature::column("spending")]);
    expected.settings.identity = Some(identity);
    expected.filters.remove("age");
    assert_eq!(next, expected);
}

#[test]
fn entries_of_lists_come_and_go_with_the_choice_and_the_rest_stays() {
    let mut desk = Desk::new();
    desk.decide(&Decision::SetMissing(Missing::Mode));
    let before = desk.dataset.clone();
    let mut reading = before.reading.clone();
    reading.lists.insert(text("town"), text(";"));
    let split = read(&reading);
    let own = &split.columns[before.columns.len()];
    assert!(own.name.starts_with("town: "), "{}", own.name);
    let known = |dataset, before| Known {
        dataset,
        before: Some(before),
        identity: None,
        n_clusters: None,
    };
    let decision = Decision::ReadAgain(reading);
    let next = apply(&desk.session, &decision, &known(&split, &before)).unwrap();
    assert_eq!(next.features(), desk.session.features());
    let own = Feature::column(&own.name);
    let decision = Decision::AddFeature(own.clone());
    let with = apply(&next, &decision, &known(&split, &split)).unwrap();
    check(&with, &split).unwrap();
    assert!(with.features().contains(&own));
    let back = Decision::ReadAgain(before.reading.clone());
    let without = apply(&with, &back, &known(&before, &split)).unwrap();
    check(&without, &before).unwrap();
    assert_eq!(without.features(), desk.session.features());
    assert_eq!(without.settings.missing, Missing::Mode);
    for (separator, is_one) in [("; ", true), ("", false), ("and", false), (";;", false)] {
        let mut reading = before.reading.clone();
        reading.lists.insert(text("town"), text(separator));
        let now = read(&reading);
        let known = Known {
            dataset: &now,
            before: Some(&before),
            identity: None,
            n_clusters: None,
        };
        let next = apply(&desk.session, &Decision::ReadAgain(reading), &known);
        assert_eq!(next.is_ok(), is_one, "{separator}");
    }
}

#[test]
fn another_header_moves_the_rows_and_what_is_said_of_them_is_forgotten() {
    let mut desk = Desk::new();
    let before = desk.dataset.clone();
    desk.decide(&Decision::Place {
        row: 5,
        placement: Some(Placement::Segment(1)),
    });
    desk.decide(&Decision::Rename {
        segment: 1,
        name: text("Savers"),
    });
    let mut look = desk.session.view.look.clone();
    look.card = Some(5);
    desk.decide(&Decision::Look(look));
    let reading = ReadOptions {
        header: Some(Header::Line(2)),
        ..ReadOptions::default()
    };
    let now = read(&reading);
    assert_eq!(now.n_rows, 5);
    let known = Known {
        before: Some(&before),
        ..Known::of(&now)
    };
    let next = apply(&desk.session, &Decision::ReadAgain(reading), &known).unwrap();
    check(&next, &now).unwrap();
    assert!(next.placements.is_empty() && next.names.is_empty());
    assert_eq!(next.view.look.card, None);
    assert!(!next.features().is_empty());
}

#[test]
fn a_column_is_given_by_its_name_until_it_is_marked_and_marks_change_no_fit() {
    let mut desk = Desk::new();
    let mark = |column: &str, is_given| Decision::SetGiven {
        column: text(column),
        is_given,
    };
    let fresh = desk.session.clone();
    let column = |name: &str| {
        let mut columns = desk.dataset.columns.iter();
        columns.find(|it| it.name == name).unwrap().clone()
    };
    let columns = ["income", "age", "gender"].map(column);
    let given = |session: &Session| columns.each_ref().map(|it| session.is_given(it));
    assert_eq!(given(&fresh), [false, true, true]);
    desk.decide(&mark("income", true));
    desk.decide(&mark("age", false));
    assert_eq!(given(&desk.session), [true, false, true]);
    assert!(!desk.session.needs_fit(&fresh));
    // What the name says needs no mark.
    let mut back = desk.try_to(&mark("income", false)).unwrap();
    assert_eq!(back.given, [(text("age"), false)].into());
    back.given.clear();
    assert_eq!(back, fresh);
    assert_eq!(
        desk.refuses(&mark("no such", true)),
        DecisionError::UnknownColumn {
            column: text("no such")
        }
    );
    let mut history = History::new(fresh.clone());
    let known = Known::of(&desk.dataset);
    let change = history.decide(mark("income", true), &known, Gesture::Whole);
    assert!(!change.unwrap().needs_fit());
    assert_eq!(*history.undo().unwrap().after, fresh);
    assert!(history.redo().unwrap().after.is_given(&columns[0]));
    // Read without a header, the file has no such column.
    let mut reading = desk.dataset.reading.clone();
    reading.header = Some(Header::None);
    let now = read(&reading);
    let known = Known {
        before: Some(&desk.dataset),
        ..Known::of(&now)
    };
    let next = apply(&desk.session, &Decision::ReadAgain(reading), &known).unwrap();
    assert!(next.given.is_empty());
    check(&next, &now).unwrap();
    assert!(check(&desk.session, &now).is_err());
}
