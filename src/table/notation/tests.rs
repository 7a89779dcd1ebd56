//! Files with cells that are no plain numbers, in five languages.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fmt::Write;

use crate::numeric::Rng;
use crate::table::{
    Column, ColumnKind, Decimal, ReadOptions, Remark, Role, Table, Unit, Warning, read_table,
};

mod kinds;

/// A table with a name and a column of that name.
fn read(name: &str, cells: &[String], options: &ReadOptions) -> Table {
    let mut text = format!("id;\"{name}\";spend\n");
    for (row, cell) in cells.iter().enumerate() {
        let cell = cell.replace('"', "\"\"");
        let other = 10 + row * 7 % 90;
        writeln!(text, "C{row:04};\"{cell}\";{other}").unwrap();
    }
    read_table(&mut text.as_bytes(), options, &mut |_| ()).unwrap()
}

fn found(name: &str, cells: &[String]) -> Table {
    read(name, cells, &ReadOptions::default())
}

fn second(table: &Table) -> &Column {
    &table.columns[1]
}

/// What is said of the second column.
fn remarks(table: &Table) -> Vec<&Remark> {
    let of_second = table.warnings.iter().filter_map(|warning| match warning {
        Warning::Remark { column, about } if *column == table.columns[1].name => Some(about),
        _ => None,
    });
    of_second.collect()
}

fn label(column: &Column) -> &str {
    match &column.unit {
        Unit::Label(label) => label.name(),
        _ => "",
    }
}

#[test]
fn errors_of_spreadsheets_never_change_what_a_column_is() {
    let languages = [
        ["Revenue", "#DIV/0!", "#N/A"],
        ["Umsatz", "#WERT!", "#NV"],
        ["Chiffre", "#VALEUR!", "#NOMBRE!"],
        ["Ingresos", "#¡DIV/0!", "#¿NOMBRE?"],
        ["Ricavi", "#RIF!", "Err:502"],
    ];
    for [name, one, other] in languages {
        for every in [2, 3, 4, 10] {
            let cell = |row: usize| match row % every {
                0 if row.is_multiple_of(2 * every) => one.to_owned(),
                0 => other.to_owned(),
                _ => format!("{}.5", 100 + row * 37 % 900),
            };
            let cells: Vec<String> = (0..24).map(cell).collect();
            let table = found(name, &cells);
            let column = second(&table);
            let n = 24_usize.div_ceil(every);
            assert_eq!(
                (column.kind, column.missing),
                (ColumnKind::Number, n),
                "{name}"
            );
            let told = table.warnings.iter().any(|it| {
                matches!(it, Warning::SpreadsheetErrors { column, count, found, line: 2 }
                    if column == name && *count == n && found == one)
            });
            assert!(told, "{name}: {:?}", table.warnings);
            assert_eq!(column.cell(0), one);
        }
    }
}

#[test]
fn numbers_of_two_countries_are_told_and_not_used() {
    let forms: [(&str, &str, f64, f64); 3] = [
        ("627.5", "3.349.666.667", 627.5, 3_349_666_667.0),
        ("38.99", "54.179.764", 38.99, 54_179_764.0),
        ("1,234.50", "1.234,50", 1_234.5, 1_234.5),
    ];
    for (point, comma, by_point, by_comma) in forms {
        for every in [2, 3, 8] {
            let cell = |row: usize| {
                if row.is_multiple_of(every) {
                    comma
                } else {
                    point
                }
                .to_owned()
            };
            let cells: Vec<String> = (0..48).map(cell).collect();
            let table = found("Umsatz", &cells);
            let column = second(&table);
            let n_commas = 48 / every;
            assert_eq!(
                (column.kind, column.role),
                (ColumnKind::Number, Role::Ignored)
            );
            let told = remarks(&table).iter().any(|about| {
                matches!(about, Remark::MixedDecimals { points, point_example, commas, comma_example, is_chosen: false, .. }
                    if *commas == n_commas && *points == 48 - n_commas && point_example == point && comma_example == comma)
            });
            assert!(told, "{point}: {:?}", table.warnings);
            assert!(
                !table
                    .warnings
                    .iter()
                    .any(|it| matches!(it, Warning::NotNumbers { .. }))
            );
            for (decimal, value, kept) in [
                (Decimal::Point, by_point, 48 - n_commas),
                (Decimal::Comma, by_comma, n_commas),
            ] {
                let mut options = ReadOptions::default();
                options.decimals.insert("Umsatz".into(), decimal);
                let table = read("Umsatz", &cells, &options);
                let numbers = second(&table).numbers.iter().filter(|x| !x.is_nan());
                let numbers: Vec<f64> = numbers.copied().collect();
                assert_eq!(numbers, vec![value; kept], "{point} {decimal:?}");
                assert!(remarks(&table).iter().any(|it| matches!(
                    it,
                    Remark::MixedDecimals {
                        is_chosen: true,
                        ..
                    }
                )));
            }
        }
    }
    // A single slip stays a text among numbers.
    let cells: Vec<String> = (0..40)
        .map(|row| {
            if row == 5 {
                "1.234,50".into()
            } else {
                format!("{row}.25")
            }
        })
        .collect();
    let table = found("Umsatz", &cells);
    assert_eq!(second(&table).not_numbers, [5]);
    assert!(remarks(&table).is_empty());
}

#[test]
fn of_several_currencies_one_is_kept() {
    type Write = fn(usize) -> String;
    let writes: [[Write; 3]; 4] = [
        [
            |x| format!("${x},400.50"),
            |x| format!("€{x},400.50"),
            |x| format!("£{x},400.50"),
        ],
        [
            |x| format!("{x}.400,50 €"),
            |x| format!("{x}.400,50 CHF"),
            |x| format!("US$ {x}.400,50"),
        ],
        [
            |x| format!("EUR {x} 400,50"),
            |x| format!("USD {x} 400,50"),
            |x| format!("GBP {x} 400,50"),
        ],
        // Each by the sign of its country.
        [
            |x| format!("€ {x}.400"),
            |x| format!("US${x},400.50"),
            |x| format!("£{x},400"),
        ],
    ];
    let names = [
        "Annual Revenue",
        "Jahresumsatz",
        "Chiffre d'affaires",
        "Ingresos",
        "Ricavi",
    ];
    for (which, write) in writes.iter().enumerate() {
        for name in names {
            // Half, a third, a sixth.
            let place = |row: usize| [0, 1, 0, 2, 0, 1][row % 6];
            let cells: Vec<String> = (0..60).map(|row| write[place(row)](1 + row % 9)).collect();
            let table = found(name, &cells);
            let column = second(&table);
            assert_eq!(
                (column.kind, column.missing),
                (ColumnKind::Number, 30),
                "{which} {name}"
            );
            let fraction = if which == 3 { 0.0 } else { 0.5 };
            assert_eq!(column.numbers[0], 1_400.0 + fraction, "{which} {name}");
            let said = remarks(&table);
            let Some(Remark::MixedUnits { kept, counts, .. }) = said.first() else {
                panic!("{which} {name}: {said:?}");
            };
            let numbers: Vec<usize> = counts.iter().map(|it| it.count).collect();
            assert_eq!(numbers, [30, 20, 10]);
            assert_eq!(*kept, counts[0].unit);
            let mut options = ReadOptions::default();
            options.units.insert(name.into(), counts[1].unit.clone());
            let other = read(name, &cells, &options);
            assert_eq!(second(&other).missing, 40, "{which} {name}");
            assert_eq!(second(&other).numbers[1], 2_400.5);
            assert_eq!(second(&other).cell(1), cells[1]);
        }
    }
    // A stray cell of another kind does not change the unit.
    let mut lengths: Vec<String> = (0..60)
        .map(|row| format!("{} cm", 150 + row % 40))
        .collect();
    lengths.extend(["3 mm".to_owned(), "5 kg".to_owned()]);
    let table = found("size", &lengths);
    assert_eq!(second(&table).numbers[0], 150.0);
    assert_eq!(second(&table).numbers[60], 0.3);
    assert!(second(&table).numbers[61].is_nan());
    let one: Vec<String> = (0..30)
        .map(|row| format!("€ {}.{:03}", 1 + row, row * 31 % 1_000))
        .collect();
    let table = found("Umsatz", &one);
    assert_eq!(second(&table).numbers[3], 4_093.0);
    assert_eq!(second(&table).decimal, Decimal::Comma);
    assert!(second(&table).ambiguous.is_some());
}

#[test]
fn durations_become_numbers_and_times_of_day_do_not() {
    let mut rng = Rng::new(3);
    let mut below = |n: usize| rng.below(n);
    let names = [
        "Call duration",
        "Gesprächsdauer",
        "Durée",
        "Duración",
        "Durata",
    ];
    for name in names {
        let cells: Vec<String> = (0..60)
            .map(|_| format!("{:02}:{:02}:{:02}", below(2), below(60), below(60)))
            .collect();
        let table = found(name, &cells);
        let column = second(&table);
        assert_eq!(
            (column.kind, label(column)),
            (ColumnKind::Number, "s"),
            "{name}"
        );
        let parts: Vec<f64> = cells[0].split(':').map(|it| it.parse().unwrap()).collect();
        assert_eq!(
            column.numbers[0],
            parts[0] * 3_600.0 + parts[1] * 60.0 + parts[2]
        );
        assert!(
            matches!(remarks(&table)[..], [Remark::Times { unit: Some(_), .. }]),
            "{name}"
        );
        assert_eq!(column.cell(0), cells[0]);
    }
    for name in ["Order time", "Uhrzeit", "Heure", "Hora", "Orario", "x"] {
        let cells: Vec<String> = (0..60)
            .map(|_| format!("{:02}:{:02}", 8 + below(14), below(60)))
            .collect();
        let table = found(name, &cells);
        let column = second(&table);
        assert!(
            matches!(column.kind, ColumnKind::Text | ColumnKind::Category),
            "{name} {:?}",
            column.kind
        );
        assert!(column.numbers.is_empty(), "{name}");
        assert!(
            matches!(remarks(&table)[..], [Remark::Times { unit: None, .. }]),
            "{name}"
        );
        let mut options = ReadOptions::default();
        options.kinds.insert(name.into(), ColumnKind::Number);
        assert_eq!(
            second(&read(name, &cells, &options)).kind,
            ColumnKind::Number
        );
    }
    for [one, other] in [
        ["3h 20m", "45m"],
        ["2 Std. 5 Min.", "50 Min."],
        ["1 heure 5 minutes", "30 minutes"],
        ["2 horas 3 min", "9 min"],
        ["1 ora 4 minuti", "5 minuti"],
    ] {
        let cells: Vec<String> = (0..30)
            .map(|row| if row % 3 == 0 { one } else { other }.to_owned())
            .collect();
        let table = found("Besuch", &cells);
        assert_eq!(
            (second(&table).kind, label(second(&table))),
            (ColumnKind::Number, "min"),
            "{one}"
        );
    }
}

#[test]
fn units_are_read_and_converted() {
    type Case = (&'static [&'static str], &'static [f64], &'static str);
    let cases: [Case; 8] = [
        (&["170 cm", "182 cm"], &[170.0, 182.0], "cm"),
        (&["80kg", "72,5kg"], &[80.0, 72.5], "kg"),
        (&["1.2k", "3.4M", "950"], &[1_200.0, 3_400_000.0, 950.0], ""),
        (&["2 min", "15 min"], &[2.0, 15.0], "min"),
        (&["1.75 m", "168 cm"], &[175.0, 168.0], "cm"),
        (&["500 g", "1.5 kg"], &[500.0, 1_500.0], "g"),
        (&["1,2 Mio. €", "300 Tsd. €"], &[1_200_000.0, 300_000.0], ""),
        (&["3 orders", "1 order"], &[3.0, 1.0], "orders"),
    ];
    for (texts, values, unit) in cases {
        let cells: Vec<String> = (0..40)
            .map(|row| texts[row % texts.len()].to_owned())
            .collect();
        let table = found("x", &cells);
        let column = second(&table);
        assert_eq!(
            (column.kind, label(column)),
            (ColumnKind::Number, unit),
            "{texts:?}"
        );
        assert_eq!(column.numbers[..values.len()], *values, "{texts:?}");
        assert_eq!(column.cell(1), texts[1]);
    }
    let percent: Vec<String> = (0..40).map(|row| format!("{row} %")).collect();
    assert_eq!(second(&found("x", &percent)).unit, Unit::Percent);
    // Days and months cannot be converted: the rarer are told.
    let cells: Vec<String> = (0..40)
        .map(|row| format!("{row} {}", if row % 4 == 0 { "months" } else { "days" }))
        .collect();
    let table = found("x", &cells);
    assert_eq!(second(&table).missing, 10);
    assert!(
        remarks(&table)
            .iter()
            .any(|it| matches!(it, Remark::MixedUnits { kept, .. } if kept == "d"))
    );
}

#[test]
fn words_behind_numbers_make_no_amounts() {
    let streets = [
        "12 Oak Street",
        "7 Elm Road",
        "30 Hill Lane",
        "4 Main Square",
    ];
    let sizes = ["A4", "B5", "10A", "11B"];
    let others = ["12 red", "14 blue", "9 green", "3 white"];
    for texts in [streets, sizes, others] {
        let cells: Vec<String> = (0..40).map(|row| texts[row % 4].to_owned()).collect();
        let column = found("x", &cells).columns.remove(1);
        assert_eq!(column.kind, ColumnKind::Category, "{texts:?}");
    }
}

#[test]
fn codes_for_no_answer_are_pointed_out_and_made_missing() {
    let mut rng = Rng::new(9);
    for (name, code) in [
        ("income", "99999999"),
        ("Einkommen", "9999"),
        ("jours depuis achat", "-1"),
        ("valoración", "-99"),
        ("visite", "999"),
    ] {
        let cells: Vec<String> = (0..60)
            .map(|row| {
                if row % 7 == 0 {
                    code.to_owned()
                } else {
                    (1 + rng.below(400)).to_string()
                }
            })
            .collect();
        let table = found(name, &cells);
        let is_told = |table: &Table, wanted: bool| {
            remarks(table).iter().any(|it| {
                matches!(it, Remark::MissingCodes { codes, is_missing } if *is_missing == wanted
                && codes.len() == 1 && codes[0].unit == code && codes[0].count == 9)
            })
        };
        assert!(is_told(&table, false), "{name}: {:?}", table.warnings);
        assert_eq!(second(&table).missing, 0);
        let mut options = ReadOptions::default();
        options.set_missing(name, &[code.to_owned()], true);
        let table = read(name, &cells, &options);
        assert!(is_told(&table, true) && !is_told(&table, false), "{name}");
        assert_eq!(
            (second(&table).kind, second(&table).missing),
            (ColumnKind::Number, 9),
            "{name}"
        );
        assert_eq!(second(&table).cell(0), code);
        let gaps = table.warnings.iter().find_map(|it| match it {
            Warning::MissingCells { count, .. } => Some(*count),
            _ => None,
        });
        assert_eq!(gaps, Some(9), "{name}");
        options.set_missing(name, &[code.to_owned()], false);
        assert_eq!(options, ReadOptions::default());
    }
}

/// The rows of a file may stand in any order.
#[test]
fn the_order_of_rows_changes_nothing() {
    let mut rng = Rng::new(4);
    let texts = [
        "€5.50", "$7", "1.2k", "#NV", "12:30", "3h 5m", "9999", "1.234,5", "12 kg", "8",
    ];
    for round in 0..200 {
        let some: Vec<&str> = (0..3).map(|_| texts[rng.below(texts.len())]).collect();
        let mut cells: Vec<String> = (0..30).map(|_| some[rng.below(3)].to_owned()).collect();
        let there = found("x", &cells);
        cells.reverse();
        let back = found("x", &cells);
        assert_eq!(second(&there).kind, second(&back).kind, "{round} {some:?}");
        assert_eq!(remarks(&there), remarks(&back), "{round} {some:?}");
        let mut numbers: Vec<u64> = second(&there).numbers.iter().map(|x| x.to_bits()).collect();
        numbers.reverse();
        let others: Vec<u64> = second(&back).numbers.iter().map(|x| x.to_bits()).collect();
        assert_eq!(numbers, others, "{round} {some:?}");
    }
}
