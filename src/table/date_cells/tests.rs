//! Columns of dates in all forms, in any order of the rows, with damaged ones among them.

use super::*;
use crate::numeric::Rng;
use crate::table::ColumnKind;
use crate::table::{ReadOptions, Table, Warning, read_csv, read_table};

fn found(cells: &[&str]) -> (DateForm, bool, usize, String) {
    let cells: Texts = cells.iter().copied().collect();
    let found = dates(&cells, &Tally::of(&cells), None, |_| ());
    let text = |days: &f64| match days {
        days if days.is_nan() => "-".to_owned(),
        days => Date::of_days(*days).to_string(),
    };
    let days: Vec<String> = found.days.iter().map(text).collect();
    (found.form, found.is_settled, found.n_unread, days.join(" "))
}

#[test]
fn a_column_is_read_in_its_most_frequent_form_and_the_rest_is_counted() {
    assert_eq!(
        found(&[
            "31.01.2024",
            "1.2.24",
            "",
            "30.02.2024",
            "2024-01-05",
            "01.13.2024"
        ]),
        (
            DateForm::DayFirst,
            true,
            3,
            "2024-01-31 2024-02-01 - - - -".into()
        )
    );
    assert_eq!(
        found(&["1/31/2024", "2/1/1999 08:15", "n/a", "soon"]),
        (
            DateForm::MonthFirst,
            true,
            1,
            "2024-01-31 1999-02-01 - -".into()
        )
    );
    assert_eq!(
        found(&["01/02/2024", "03/04/70"]),
        (DateForm::DayFirst, false, 0, "2024-02-01 1970-04-03".into())
    );
    assert_eq!(
        found(&["2024-01-31T23:59:00Z", "2023/2/1", "1.2.2024"]),
        (
            DateForm::YearFirst,
            true,
            1,
            "2024-01-31 2023-02-01 -".into()
        )
    );
    let none = Texts::default();
    let none = dates(&none, &Tally::of(&none), None, |_| ());
    assert_eq!((none.last(), none.days.len()), (None, 0));
}

fn written(form: DateForm, date: &str) -> String {
    let (year, month, day) = (&date[..4], &date[5..7], &date[8..]);
    match form {
        DateForm::YearFirst => date.to_owned(),
        DateForm::DayFirst => format!("{day}/{month}/{year}"),
        DateForm::MonthFirst => format!("{month}/{day}/{year}"),
    }
}

/// A file of customers with dates; `damaged` stand at places that the seed decides.
fn file(form: DateForm, damaged: &[&str], is_open: bool, rng: &mut Rng) -> (String, Vec<String>) {
    let mut cells = Vec::new();
    let mut meant = Vec::new();
    for _ in 0..60 {
        let days = if is_open { 12 } else { 28 };
        let (month, day) = (1 + rng.below(12), 1 + rng.below(days));
        let date = format!("{}-{month:02}-{day:02}", 1980 + rng.below(45));
        cells.push(written(form, &date));
        meant.push(date);
    }
    for text in damaged {
        let at = rng.below(cells.len() + 1);
        cells.insert(at, (*text).to_owned());
        meant.insert(at, String::new());
    }
    let rows = cells.iter().enumerate();
    let rows = rows.map(|(at, cell)| format!("c{at},{cell},{}\n", at * at % 97));
    (
        "id,joined,spend\n".to_owned() + &rows.collect::<String>(),
        meant,
    )
}

fn days(table: &Table) -> Vec<String> {
    let dates = table.columns[1].dates().unwrap();
    let text = |days: &f64| match days {
        days if days.is_nan() => String::new(),
        days => Date::of_days(*days).to_string(),
    };
    dates.days.iter().map(text).collect()
}

#[test]
fn damaged_dates_are_named_and_count_as_missing() {
    let damaged = [
        "31/02/2024",
        "00/00/0000",
        "03/04/24",
        "45292",
        "29/02/2023",
        "soon",
    ];
    for round in 0..40 {
        let form = [DateForm::DayFirst, DateForm::MonthFirst][round % 2];
        let mut rng = Rng::new(round as u64);
        let (text, meant) = file(form, &damaged, false, &mut rng);
        let table = read_csv(text.as_bytes()).unwrap();
        let column = &table.columns[1];
        assert_eq!(column.kind, ColumnKind::Date, "{text}");
        assert_eq!(days(&table), meant, "{text}");
        assert_eq!(column.missing, damaged.len());
        let first = meant.iter().position(String::is_empty).unwrap();
        let warning = |warning: &&Warning| matches!(warning, Warning::NotDates { .. });
        let Some(Warning::NotDates {
            column,
            count,
            lines,
            found,
        }) = table.warnings.iter().find(warning)
        else {
            panic!("{:?}", table.warnings);
        };
        assert_eq!((column.as_str(), *count), ("joined", damaged.len()));
        assert_eq!((lines.len(), lines[0]), (damaged.len(), first as u64 + 2));
        assert_eq!(*found, table.columns[1].cell(first));
    }
}

#[test]
fn the_order_of_day_and_month_is_offered_where_no_row_tells_it() {
    let mut rng = Rng::new(3);
    for form in [DateForm::DayFirst, DateForm::MonthFirst] {
        let (text, meant) = file(form, &[], true, &mut rng);
        let table = read_csv(text.as_bytes()).unwrap();
        let open = |warning: &Warning| matches!(warning, Warning::OpenDates { .. });
        assert!(table.warnings.iter().any(open));
        let by_column = ReadOptions {
            date_forms: [("joined".to_owned(), form)].into(),
            ..ReadOptions::default()
        };
        let by_file = ReadOptions {
            date_form: Some(form),
            ..ReadOptions::default()
        };
        for options in [by_column, by_file] {
            let table = read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap();
            assert_eq!(days(&table), meant);
            // Still offered, so that it can be taken back.
            assert!(table.warnings.iter().any(open));
        }
        let (text, _) = file(form, &[], false, &mut rng);
        let table = read_csv(text.as_bytes()).unwrap();
        assert!(!table.warnings.iter().any(open));
    }
    let (text, meant) = file(DateForm::YearFirst, &[], true, &mut rng);
    let options = ReadOptions {
        date_form: Some(DateForm::MonthFirst),
        ..ReadOptions::default()
    };
    let table = read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap();
    assert_eq!(days(&table), meant);
}

#[test]
fn mixed_forms_are_told() {
    let mut rng = Rng::new(4);
    for (form, other) in [
        (DateForm::DayFirst, "2024-05-17"),
        (DateForm::DayFirst, "05/17/2024"),
        (DateForm::MonthFirst, "17/05/2024"),
        (DateForm::YearFirst, "17.05.2024"),
    ] {
        let (text, meant) = file(form, &[other], false, &mut rng);
        let table = read_csv(text.as_bytes()).unwrap();
        let column = "joined".to_owned();
        let told = Warning::MixedDates { column, form };
        assert!(table.warnings.contains(&told), "{:?}", table.warnings);
        assert_eq!(days(&table), meant);
    }
}

#[test]
fn what_only_looks_like_dates_is_none() {
    for cell in [
        "1.2.3", "555-1234", "10.0.0.1", "12345", "1234", "20.30", "2024", "2024-1",
    ] {
        let is_serial = cell == "12345";
        assert!(is_serial || !is_damaged(cell), "{cell}");
    }
    assert!(!is_damaged("12345") && !is_damaged("70000") && is_damaged("45292.5"));
    let text = "id,plz\n1,45292\n2,20095\n3,01067\n4,50667\n";
    let table = read_csv(text.as_bytes()).unwrap();
    assert_ne!(table.columns[1].kind, ColumnKind::Date);
}

#[test]
fn a_month_that_is_a_word_leaves_nothing_open() {
    let wanted = "2025-03-27 2025-04-02 - 2024-02-29";
    let cells = ["Mar 27, 2025", "2 April 2025", "Never", "29-Feb-24"];
    let (_, is_settled, n_unread, days) = found(&cells);
    assert_eq!((is_settled, n_unread, days.as_str()), (true, 1, wanted));
    let rows: String = cells
        .iter()
        .fold(String::new(), |rows, cell| rows + "\"" + cell + "\"\n");
    let table =
        read_csv(format!("seen\n{rows}\"3 May 2025\"\n\"4 May 2025\"\n").as_bytes()).unwrap();
    assert_eq!(table.columns[0].kind, ColumnKind::Date);
    let is_open = |it: &Warning| matches!(it, Warning::OpenDates { .. });
    assert!(!table.warnings.iter().any(is_open), "{:?}", table.warnings);
}

#[test]
fn numbers_such_as_20240131_are_dates_beside_written_ones_and_numbers_alone() {
    let cells = ["2024-01-31", "20240201", "2024-02-30", "20240230"];
    let (form, _, n_unread, days) = found(&cells);
    assert_eq!((form, n_unread), (DateForm::YearFirst, 2));
    assert_eq!(days, "2024-01-31 2024-02-01 - -");
    // Another form than that of the column.
    let (form, _, n_unread, days) = found(&["31.01.2024", "1.2.2024", "20240201"]);
    assert_eq!((form, n_unread), (DateForm::DayFirst, 1));
    assert_eq!(days, "2024-01-31 2024-02-01 -");
    let kind = |cells: &[&str]| {
        let rows: Vec<String> = cells.iter().map(|cell| format!("x,{cell}\n")).collect();
        let table = read_csv(format!("a,day\n{}", rows.concat()).as_bytes()).unwrap();
        table.columns[1].kind
    };
    let written = "2024-01-31";
    assert_eq!(
        kind(&[written, "20240201", "20240202", written]),
        ColumnKind::Date
    );
    assert_ne!(
        kind(&["20240201", "20240202", "20240301", "soon"]),
        ColumnKind::Date
    );
}

#[test]
fn years_that_nobody_lives_in_are_no_dates_of_a_column() {
    let cells = ["2024-01-31", "9999-12-31", "0001-01-01", "31 Dec 9999"];
    let (_, _, n_unread, days) = found(&cells);
    assert_eq!((n_unread, days.as_str()), (3, "2024-01-31 - - -"));
}

#[test]
fn forms_that_order_lines_know_are_dates_of_a_column_too() {
    for cells in [
        [
            "31.1.2024, 12:30 Uhr",
            "1.2.2024, 8:05 Uhr",
            "2.2.2024, 0:00 Uhr",
        ],
        ["1/31/24 8:15 p.m.", "2/1/24 9:00 a.m.", "2/2/24 1:01 p.m."],
        [
            "1/31/24, 8:15\u{202f}PM",
            "2/1/24, 9:00\u{202f}AM",
            "2/2/24, 1:01\u{202f}AM",
        ],
        ["31. 1. 2024", "1. 2. 2024", "2. 2. 2024"],
        ["Mi., 31.01.2024", "Do., 01.02.2024", "Fr., 02.02.2024"],
        ["31/01/2024 8h15", "01/02/2024 9h", "02/02/2024 12h30"],
        [
            "2024-01-31T12:30:00+02:00[Europe/Berlin]",
            "2024-02-01 12:30 Europe/Berlin",
            "2024-02-02",
        ],
    ] {
        let (_, is_settled, n_unread, days) = found(&cells);
        assert_eq!((is_settled, n_unread), (true, 0), "{cells:?}");
        assert_eq!(days, "2024-01-31 2024-02-01 2024-02-02", "{cells:?}");
    }
}
